"""Where the parts of a figure go: no words on words, outlines around their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.path import Path

from builder.exports.figure_hulls import hulls
from builder.exports.figure_labels import Wanted, place
from builder.exports.figure_plan import MARGIN, plan
from builder.exports.figure_text import font, lines, measure, shortened
from builder.exports.figure_types import Box, Plan
from builder.exports.figure_words import NAMED, Subject
from builder.layouts.types import Layout, Mark
from builder.pages.types import SiteInput

Made = Callable[..., SiteInput]
OFTEN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def subject(site: SiteInput, layout: Layout | None = None) -> Subject:
    view = site.views[0]
    return Subject(site, view, layout or view.layouts[0], view.clustering)


def check(laid: Plan) -> None:
    """No two texts overlap, and none leaves the figure."""
    whole = Box(0, 0, laid.width, laid.height)
    boxes = [words.box for words in laid.words]
    assert all(box.within(whole) for box in boxes)
    assert not [(a, b) for a, b in combinations(laid.words, 2) if a.box.overlaps(b.box)]


@OFTEN
@given(
    groups=st.integers(2, 30),
    seed=st.integers(0, 1000),
    width=st.floats(40, 400),
    data=st.data(),
)
def test_no_words_overlap(groups: int, seed: int, width: float, data, made: Made) -> None:
    """Whatever names, marks and width."""
    site = made(count=60, seed=seed, groups=groups)
    texts = st.text(st.characters(codec="utf-8"), max_size=40)
    places = st.floats(-0.3, 1.3)
    marks = data.draw(
        st.lists(st.builds(Mark, places, places, texts, st.integers(0, 2)), max_size=12)
    )
    view = site.views[0]
    named = [replace(one, name=data.draw(texts)) for one in view.clustering.clusters]
    clustering = replace(view.clustering, clusters=tuple(named))
    layout = replace(view.layouts[0], marks=tuple(marks))

    check(plan(Subject(site, view, layout, clustering), width))


def test_words_fit_their_boxes(made: Made) -> None:
    """As they are really set: the ink of every line lies within its box."""
    laid = plan(subject(made(count=60)), 120)
    drawn = Figure(figsize=(10, 10), dpi=720)
    canvas = FigureCanvasAgg(drawn)

    for words in laid.words:
        for line in words.text.split("\n"):
            text = drawn.text(0, 0.5, line, fontproperties=font(words.size), parse_math=False)
            extent = text.get_window_extent(canvas.get_renderer())
            assert extent.width / 720 * 25.4 <= words.box.right - words.box.left
            assert extent.height / 720 * 25.4 <= words.box.bottom - words.box.top
            text.remove()


def test_every_cluster_is_in_the_legend(made: Made) -> None:
    """With its size; and on the map with its name or its number."""
    laid = plan(subject(made(count=60)), 180)

    legend = [words.text for words in laid.words if words.role == "legend"]
    assert legend == [
        "1  wheel of the winds (11)",
        "2  no name (12)",
        "3  eclipse of the sun and of the moon (12)",
        "4  zodiac (12)",
        "5  mappa mundi (12)",
        "grey: 1 image in none",
    ]
    assert {words.number for words in laid.words if words.role == "name"} == {1, 2, 3, 4, 5}
    assert [number for _, number in laid.swatches] == [1, 2, 3, 4, 5, 0]


def test_of_very_many_clusters_the_largest_are_named(made: Made) -> None:
    """The legend says how many are not."""
    laid = plan(subject(made(count=200, groups=90)), 180)

    legend = [words.text for words in laid.words if words.role == "legend"]
    assert len(legend) == NAMED + 1
    assert legend[-1] == "grey: 42 smaller clusters, 1 image in none"
    check(laid)


def test_the_map_takes_the_width(made: Made) -> None:
    """Pictures reach from margin to margin, with room for outlines."""
    laid = plan(subject(made(count=60)), 180)

    low, high = laid.centres.min(axis=0), laid.centres.max(axis=0)
    assert low[0] - MARGIN == pytest.approx(1.15 * laid.side, abs=0.01)
    assert 180 - high[0] - MARGIN == pytest.approx(1.15 * laid.side, abs=0.01)
    outline = np.concatenate([line for lines in laid.hulls.values() for line in lines])
    assert outline.min() > 0
    assert outline[:, 0].max() < 180


def test_a_tall_layout_is_not_taller_than_a_page(made: Made) -> None:
    """It is made smaller and stands in the middle."""
    site = made(count=60)
    layout = site.views[0].layouts[0]
    tall = replace(layout, xy=layout.xy * np.array([0.1, 1], np.float32))

    laid = plan(subject(site, tall), 100)

    assert np.ptp(laid.centres[:, 1]) < 130
    assert laid.centres[:, 0].mean() == pytest.approx(50, abs=4)


def test_ticks_stand_beside_the_pictures(made: Made) -> None:
    """Below, left and right of them, and then there is no scale bar."""
    site = made(count=60)
    layout = site.views[0].layouts[0]
    marks = (Mark(0.1, 1.2, "1200", 1), Mark(0.8, 1.2, "1300", 1), Mark(-0.1, 0.3, "ink", 0))
    laid = plan(subject(site, replace(layout, name="scatter-a-b", marks=marks)), 180)

    placed = {words.text: words.box for words in laid.words if words.role == "mark"}
    assert set(placed) == {"1200", "1300", "ink"}
    assert placed["1200"].top > laid.centres[:, 1].max() + laid.side / 2
    assert placed["ink"].right < laid.centres[:, 0].min() - laid.side / 2
    assert laid.bar is None
    assert laid.hulls == {}
    assert plan(subject(site), 180).bar is not None


def test_the_scale_bar_is_a_tenth_of_the_map(made: Made) -> None:
    """In the units of positions in the tables, of which the longer side is one."""
    laid = plan(subject(made(count=60)), 180)

    assert laid.bar is not None
    left, right, _ = laid.bar
    extent = np.ptp(laid.centres, axis=0).max()
    assert right - left == pytest.approx(extent / 10, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 80), st.integers(1, 6))
def test_lands_hold_their_own_and_never_overlap(seed: int, count: int, groups: int) -> None:
    """On a fine grid no place is within outlines of two clusters, but for the rounding of lines."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, 60, (count, 2))
    labels = rng.integers(-1, groups, count).astype(np.int32)

    found = hulls(centres, 4.0, labels)

    grid = np.stack(np.meshgrid(np.arange(-6, 66), np.arange(-6, 66)), -1).reshape(-1, 2)
    parts = [Path(line) for outlines in found.values() for line in outlines]
    owners = [number for number, outlines in found.items() for _ in outlines]
    inside = np.array([part.contains_points(grid, radius=0) for part in parts]).reshape(
        -1, len(grid)
    )
    nearest = np.linalg.norm(grid[:, None] - centres, axis=2).argmin(axis=1)
    for number, places in zip(owners, inside, strict=True):
        members = np.count_nonzero(labels == number - 1)
        held = np.count_nonzero(parts[owners.index(number)].contains_points(centres))
        assert held >= min(3, members) - 1
        # A lake of others may lie within; the shore itself is their own.
        assert np.count_nonzero(labels[nearest[places]] == number - 1) > 0


def test_two_places_of_one_cluster_get_two_outlines() -> None:
    """And a lone member far away gets none."""
    block = np.array([[x, y] for x in range(3) for y in range(3)], float)
    centres = np.concatenate([block, block + np.array([20, 0]), [[10, 10]]])

    found = hulls(centres, 1.0, np.zeros(19, np.int32))

    assert list(found) == [1]
    assert len(found[1]) == 2


@OFTEN
@given(st.integers(0, 1000), st.integers(1, 40))
def test_placed_labels_are_apart(seed: int, count: int) -> None:
    """From each other and from what was there, within the area; the first always finds room."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform([0, 0], [100, 60], (200, 2))
    area, taken = Box(0, 0, 100, 60), [Box(40, 20, 60, 40)]
    wanted = [Wanted([(20, 5), (6, 3)], centres[rng.integers(0, 200, 6)]) for _ in range(count)]

    found = place(wanted, area, centres, 2.0, taken)

    boxes = [box for _, box in found.values()] + taken
    assert 0 in found
    assert all(box.within(Box(-0.01, -0.01, 100.5, 60.5)) for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


@given(st.text(max_size=60), st.floats(5, 60))
@settings(deadline=None)
def test_broken_lines_fit(text: str, width: float) -> None:
    """Each is within the width, or is an ellipsis; short words are all kept in order."""
    broken = lines(text, 6, width)

    least = measure("…", 6)[0]
    assert all(measure(line, 6)[0] <= max(width, least) for line in broken)
    if all(measure(word, 6)[0] <= width for word in text.split()):
        assert " ".join(broken).split() == text.split()


def test_a_short_text_is_not_cut() -> None:
    """And a long one ends in an ellipsis."""
    assert shortened("moon", 6, 30) == "moon"
    cut = shortened("moon " * 30, 6, 20)
    assert (cut[:4], cut[-1]) == ("moon", "…")
