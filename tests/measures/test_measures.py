"""The numbers on images: known answers on drawn ones, and nothing non-finite on odd ones."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from builder.measures import complexity, registry
from builder.measures.colours import colours
from builder.measures.examine import Examined, clues, examine, table
from builder.measures.sheet import Sheet

UNKNOWN = {"hue", "symmetry", "lines"}
"""Measures that may be NaN: without colour, or without ink, there is no answer."""


def paper(height: int = 300, width: int = 400, tone: int = 240) -> np.ndarray:
    """An empty sheet, (h, w, 3)."""
    return np.full((height, width, 3), tone, np.uint8)


def value(name: str, pixels: np.ndarray) -> float:
    """One measure of one picture."""
    return examine(pixels, (pixels.shape[1], pixels.shape[0])).values[name]


def odd_pictures() -> dict[str, np.ndarray]:
    """Pictures that no scanner makes."""
    rng = np.random.default_rng(0)
    return {
        "one pixel": paper(1, 1),
        "one black pixel": paper(1, 1, 0),
        "one row": rng.integers(0, 256, (1, 512, 3)).astype(np.uint8),
        "one column": rng.integers(0, 256, (512, 1, 3)).astype(np.uint8),
        "two by two": rng.integers(0, 256, (2, 2, 3)).astype(np.uint8),
        "black": paper(tone=0),
        "white": paper(tone=255),
        "noise": rng.integers(0, 256, (90, 512, 3)).astype(np.uint8),
    }


@pytest.mark.parametrize("name", odd_pictures())
def test_nothing_infinite_leaves_an_odd_picture(name: str) -> None:
    """Every number is finite, but for those that may be unknown; ratios and colours too."""
    found = examine(odd_pictures()[name], (1, 1))

    wrong = {
        key: number
        for key, number in found.values.items()
        if not math.isfinite(number) and not (math.isnan(number) and key in UNKNOWN)
    }
    assert wrong == {}
    assert np.isfinite(found.ratios).all()
    assert np.isfinite(found.shares).all()


@settings(max_examples=40, deadline=None)
@given(
    arrays.arrays(
        np.uint8,
        st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(3)),
        elements=st.integers(0, 255),
    )
)
def test_shares_are_shares(pixels: np.ndarray) -> None:
    """What is called a share lies in 0 to 1, whatever the picture."""
    found = examine(pixels, (pixels.shape[1], pixels.shape[0]))
    shares = [one.name for one in registry.SINGLE if one.unit == "share"]
    numbers = [found.values[name] for name in (*shares, "coverage", "tones", "drawn", "blot")]

    assert all(math.isnan(number) or 0 <= number <= 1 for number in numbers)
    assert 0 < found.shares.sum() <= 1 + 1e-6


def test_the_same_picture_gives_the_same_numbers() -> None:
    """Measuring twice gives equal values to the last bit."""
    pixels = odd_pictures()["noise"]

    one, two = (examine(pixels, (900, 300)) for _ in range(2))

    assert one.values == two.values or np.array_equal(
        list(one.values.values()), list(two.values.values()), equal_nan=True
    )
    assert np.array_equal(one.ratios, two.ratios)


def test_ink_is_the_share_of_what_was_drawn() -> None:
    """A small black square covers its share of the paper; white on black counts alike."""
    pixels = paper()
    pixels[100:120, 200:230] = 20

    assert value("ink", pixels) == pytest.approx(600 / 120_000)
    assert value("ink", 255 - pixels) == pytest.approx(600 / 120_000)


@pytest.mark.parametrize("count", [0, 1, 5, 12])
def test_parts_are_counted(count: int) -> None:
    """As many parts as dots that do not touch."""
    pixels = paper()
    for number in range(count):
        cv2.circle(pixels, (25 + 30 * number, 150), 6, (30, 20, 10), -1)

    assert value("parts", pixels) == count


def test_a_shadow_across_the_leaf_is_no_ink() -> None:
    """A slow change of light leaves ink and edges at nothing."""
    shadow = np.linspace(120, 250, 400).astype(np.uint8)
    pixels = np.repeat(np.tile(shadow, (300, 1))[..., None], 3, axis=2)

    assert (value("ink", pixels), value("edges", pixels)) == (0, 0)


def test_size_is_that_of_the_file() -> None:
    """Width, height, size and aspect are of the file, not of the preview."""
    found = examine(paper(256, 512), (8000, 4000)).values

    assert [found[name] for name in ("width", "height", "megapixels", "aspect")] == [
        8000,
        4000,
        32,
        2,
    ]


def test_a_circle_is_symmetric_and_a_scribble_is_not() -> None:
    """Symmetry is nearly 1 for a ring, also off the centre, and low for a flag on a pole."""
    ring, flag = paper(), paper()
    cv2.circle(ring, (140, 130), 80, (0, 0, 0), 3)
    cv2.polylines(
        flag, [np.array([[60, 260], [60, 40], [160, 90], [60, 140]])], False, (0, 0, 0), 4
    )

    assert value("symmetry", ring) > 0.97
    assert value("symmetry", flag) < 0.6


def test_symmetry_does_not_depend_on_how_the_picture_lies() -> None:
    """All eight orientations of a figure are equally symmetric."""
    pixels = paper(300, 300)
    cv2.polylines(pixels, [np.array([[60, 40], [250, 90], [200, 220]])], True, (0, 0, 0), 3)
    ways = [np.rot90(one, turn) for one in (pixels, pixels[:, ::-1]) for turn in range(4)]

    found = [value("symmetry", np.ascontiguousarray(way)) for way in ways]

    assert np.ptp(found) < 0.02


def test_lines_and_letters_are_told_apart() -> None:
    """A bare figure is all lines, rows of letters are none, both together lie between."""
    figure, text = paper(), paper()
    cv2.rectangle(figure, (60, 40), (330, 250), (0, 0, 0), 3)
    for y in range(20, 300, 22):
        for x in range(12, 390, 13):
            cv2.ellipse(text, (x, y), (4, 6), 0, 0, 270, (0, 0, 0), 2)
    both = np.minimum(figure, text)

    assert value("lines", figure) == 1
    assert value("lines", text) == 0
    assert 0 < value("lines", both) < 1


def test_edges_grow_with_lines() -> None:
    """Twice as many lines have about twice the edges."""
    few, many = paper(), paper()
    for x in range(20, 400, 40):
        cv2.line(few, (x, 0), (x, 299), (0, 0, 0), 2)
    for x in range(20, 400, 20):
        cv2.line(many, (x, 0), (x, 299), (0, 0, 0), 2)

    assert value("edges", many) == pytest.approx(2 * value("edges", few), rel=0.1)


def test_colours_are_counted_and_ordered() -> None:
    """Three flat colours are three, the commonest first, with their shares."""
    pixels = paper()
    pixels[:, 200:300] = (200, 20, 20)
    pixels[:, 300:] = (20, 20, 200)
    pixels[:60, 300:] = (20, 160, 40)

    found = examine(pixels, (400, 300))

    assert found.values["colours"] == 4
    assert found.palette.tolist() == [[240] * 3, [200, 20, 20], [20, 20, 200]]
    assert found.shares.tolist() == pytest.approx([0.5, 0.25, 0.2], abs=0.01)


@pytest.mark.parametrize(
    ("colour", "hue"), [((200, 30, 40), 30), ((230, 210, 30), 100), ((30, 60, 200), 295)]
)
def test_hue_is_that_of_the_figure(colour: tuple[int, int, int], hue: float) -> None:
    """The hue of the commonest vivid colour on grey paper, within a few degrees of CIELAB's."""
    pixels = paper()
    pixels[80:200, 90:300] = colour

    assert value("hue", pixels) == pytest.approx(hue, abs=12)


def test_a_grey_picture_has_no_hue() -> None:
    """Without colour the hue is unknown and colourfulness nothing."""
    pixels = odd_pictures()["white"]

    assert math.isnan(value("hue", pixels))
    assert value("chroma", pixels) == pytest.approx(0, abs=0.1)


def of_all(pictures: list[np.ndarray]) -> list[Examined]:
    return [examine(one, (one.shape[1], one.shape[0])) for one in pictures]


def test_complexity_grows_with_what_is_drawn() -> None:
    """Blank, ring, scribbles, noise: bits a pixel and the first axis put them in this order."""
    rng = np.random.default_rng(1)
    blank, ring, scribbles = paper(), paper(), paper()
    cv2.circle(ring, (200, 150), 90, (0, 0, 0), 2)
    for line in rng.integers(0, 300, (60, 4)).tolist():
        cv2.line(scribbles, line[:2], line[2:], (20, 20, 20), 1)
    noise = rng.integers(0, 256, (300, 400, 3)).astype(np.uint8)

    measures = table(of_all([blank, ring, scribbles, noise]))

    assert np.argsort(measures["complexity"].values).tolist() == [0, 1, 2, 3]
    assert np.argsort(measures["complexity-1"].values).tolist() == [0, 1, 2, 3]


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(
        np.float64,
        st.tuples(st.integers(0, 12), st.just(len(complexity.RATIOS))),
        elements=st.floats(0, 4, width=16),
    )
)
def test_axes_agree_with_a_plain_decomposition(ratios: np.ndarray) -> None:
    """Unknown or standardised, of the right sign, and as a singular decomposition has them."""
    found = complexity.axes(ratios)

    assert found.shape == (len(ratios), complexity.AXES)
    assert not np.isinf(found).any()
    spread = ratios.std(axis=0) if len(ratios) else np.zeros(0)
    if len(ratios) < 3 or not (spread > 1e-9).any():
        assert np.isnan(found).all()
        return
    first = found[:, 0]
    scores = (ratios - ratios.mean(axis=0)) / np.where(spread > 1e-9, spread, np.inf)
    values = np.linalg.svd(scores, compute_uv=False)
    assert first.mean() == pytest.approx(0, abs=1e-6)
    assert first.std() == pytest.approx(1)
    assert np.linalg.norm(scores.T @ first) ** 2 / len(first) == pytest.approx(
        values[0] ** 2, rel=1e-6
    )
    assert np.dot(first, ratios[:, 0] - ratios[:, 0].mean()) >= -1e-6


def test_axes_keep_their_sign_when_images_are_added() -> None:
    """A few more images of the same collection do not turn an axis round."""
    rng = np.random.default_rng(3)
    ratios = np.outer(rng.random(80), np.arange(1, 11)) + 0.05 * rng.random((80, 10))

    before, after = complexity.axes(ratios[:70]), complexity.axes(ratios)

    assert np.corrcoef(before[:, 0], after[:70, 0])[0, 1] > 0.99


def test_the_table_has_a_named_column_for_each_measure() -> None:
    """Names are slugs and differ, each has label and sentence, rows follow the images."""
    measures = table(of_all([paper(), paper(30, 40, 10)]))
    names = [column.name for column in measures.columns]

    assert len(set(names)) == len(names)
    assert all(column.label and column.meaning.endswith(".") for column in measures.columns)
    assert all(column.values.shape == (2,) for column in measures.columns)
    assert measures["height"].values.tolist() == [300, 30]
    with pytest.raises(KeyError):
        measures["no such"]


def test_no_images_give_empty_columns() -> None:
    """An empty collection is a table without rows."""
    measures = table([])

    assert {column.values.shape for column in measures.columns} == {(0,)}
    assert (measures.palette.shape, measures.shares.shape) == ((0, 3, 3), (0, 3))
    assert clues([])["drawn"].shape == (0,)


def test_the_ground_is_found_beside_dense_ink() -> None:
    """Paper stays ground though a third of the picture is ink."""
    pixels = paper()
    pixels[::6] = 10
    pixels[1::6] = 10

    assert Sheet(pixels, (400, 300)).ink.mean() == pytest.approx(1 / 3, abs=0.03)


def test_colour_shares_cover_a_flat_picture() -> None:
    """One colour fills all."""
    assert colours(Sheet(paper(), (1, 1))).shares.tolist() == [1]
