"""Curves, their axes, and the picture of a table of distances."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builder.pages.about import context
from builder.pages.choices import components
from builder.pages.heat import CELL, heat
from builder.pages.plots import HEIGHT, WIDTH, Point, plot, ticks
from builder.pages.types import SiteInput, Variance

_NUMBERS = st.floats(-1e9, 1e9, allow_subnormal=False)


def test_a_curve_marks_the_chosen_number_and_the_knee() -> None:
    """The best point lies at the top; numbers lie on a logarithmic axis."""
    found = plot(
        "x", "k", [2, 4, 8], [0.1, 0.3, 0.2], [("chosen", 4), ("knee", 8), ("knee", 5)], log=True
    )

    assert found is not None
    assert found.points == "0,200 280,0 560,100"
    assert (Point("chosen", 280.0, 0.0), Point("knee", 560.0, 100.0)) == found.marks
    assert found.ticks_x == ((0.0, "2"), (280.0, "4"), (560.0, "8"))


def test_a_curve_leaves_out_what_is_no_number() -> None:
    """Gaps in a measure do not break the drawing; one point alone is no curve."""
    found = plot("x", "k", [1, 2, 3], [0.5, math.nan, 0.25])

    assert found is not None
    assert found.points == "0,0 560,200"
    assert plot("x", "k", [1, 2], [math.inf, 1.0]) is None


@given(st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=2, max_size=20))
def test_curves_stay_in_their_box(points: list[tuple[float, float]]) -> None:
    """Whatever the values, points and ticks lie within the axes, and texts do not repeat."""
    found = plot("x", "k", [x for x, _ in points], [y for _, y in points])

    assert found is not None
    for pair in found.points.split(" "):
        x, y = map(float, pair.split(","))
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    assert all(-1 <= place <= WIDTH + 1 for place, _ in found.ticks_x)
    assert all(-1 <= place <= HEIGHT + 1 for place, _ in found.ticks_y)


@given(_NUMBERS, st.floats(1e-6, 1e9))
def test_ticks_are_round_and_few(low: float, span: float) -> None:
    """At most six round numbers, ascending, between the ends."""
    high = low + span
    if not high > low or span < abs(low) * 1e-9:
        return
    found = [value for value, _ in ticks(low, high)]

    assert len(found) <= 6
    assert found == sorted(found)
    assert all(low - span * 1e-6 <= value <= high + span * 1e-6 for value in found)


def _covered(path: str, side: int) -> np.ndarray:
    """The squares that a path of oblongs covers, told by drawing it."""
    grid = np.zeros((side, side), int)
    for part in path.split("M")[1:]:
        corner, width = part.split("v")[0].split("h")
        x, y = (int(one) // CELL for one in corner.split(" "))
        grid[y, x : x + int(width) // CELL] += 1
    return grid


@given(st.integers(3, 12), st.integers(0, 5))
def test_every_pair_has_one_square(count: int, seed: int) -> None:
    """Each pair of clusters is covered once; the nearest pair has the fullest tone."""
    table = np.random.default_rng(seed).random((count, count)).astype(np.float32)
    table += table.T
    found = heat(table)

    assert found is not None
    total = sum(_covered(path, count) for _, path in found.tones)
    assert np.array_equal(total, 1 - np.eye(count, dtype=int))
    np.fill_diagonal(table, np.inf)
    row, column = np.unravel_index(int(table.argmin()), table.shape)
    name, path = found.tones[0]
    assert name == "tone-8"
    assert _covered(path, count)[row, column] == 1


def test_many_clusters_share_squares() -> None:
    """Of more clusters than can be told apart several share a square, none is left out."""
    found = heat(np.ones((250, 250), np.float32))

    assert found is not None
    assert (found.together, found.side) == (3, 84 * CELL)
    assert len(found.pictures) <= 32
    assert max(at for at, _ in found.pictures) < 250


def test_few_or_unknown_distances_have_no_picture() -> None:
    """Two clusters need none; a table with gaps has none."""
    assert heat(np.zeros((2, 2), np.float32)) is None
    assert heat(np.full((4, 4), np.nan, np.float32)) is None
    assert heat(np.zeros((0, 0), np.float32)) is None


def test_components_tell_how_many_hold_nine_tenths() -> None:
    """The curve ends at one, the mark stands at the number that holds 90 %."""
    found = components(Variance(np.array([0.6, 0.25, 0.1, 0.05]), {0.5: 1, 0.9: 3}, "a.npz"))

    assert found is not None
    assert found["nine"] == "3"
    assert found["rows"] == [
        ("1", "0.6000", "0.600"),
        ("2", "0.2500", "0.850"),
        ("4", "0.0500", "1.000"),
    ]
    assert round(2 / 3 * WIDTH, 1) == found["plot"].marks[0].x
    assert components(None) is None


def test_the_about_page_tells_edges_at_each_score(rich: SiteInput) -> None:
    """Edges fall as the score rises, and one line is the cut."""
    graph = context(rich, [])["graph"]
    counts = [int(row[1].replace(",", "")) for row in graph["rows"]]

    assert counts == sorted(counts, reverse=True)
    assert [row[-1] for row in graph["rows"]].count(True) == 1
    assert counts[0] > 0
