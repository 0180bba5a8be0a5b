"""The eight orientations, against drawings that are really turned."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.features import strokes
from builder.similarity import dihedral


def drawing(seed: int, side: int) -> np.ndarray:
    """Some thin lines and arcs in a square."""
    rng = np.random.default_rng(seed)
    picture = np.zeros((side, side), np.uint8)
    for _ in range(4):
        x0, y0, x1, y1 = (int(v) for v in rng.integers(4, side - 4, 4))
        cv2.line(picture, (x0, y0), (x1, y1), 1)
    middle = tuple(int(v) for v in rng.integers(side // 4, side // 2, 2))
    cv2.circle(picture, middle, side // 5, 1)
    return picture > 0


def oriented(picture: np.ndarray, orientation: int) -> np.ndarray:
    """Mirrored left to right from 4 on, then turned clockwise by quarters."""
    return np.rot90(picture[:, ::-1] if orientation >= 4 else picture, -(orientation % 4))


@given(st.integers(0, 2**31), st.sampled_from([64, 100, 192]))
@settings(max_examples=30, deadline=None)
def test_rearranged_histograms_are_those_of_turned_drawings(seed: int, side: int) -> None:
    """All eight are had from the numbers of one."""
    picture = drawing(seed, side)
    ways = dihedral.eight(strokes.histogram(picture))

    for orientation in range(8):
        turned = np.ascontiguousarray(oriented(picture, orientation))
        expected = strokes.histogram(turned)
        difference = np.linalg.norm(ways[orientation] - expected) / np.linalg.norm(expected)
        assert difference < 0.02, orientation


def test_orientations_of_a_drawing_without_symmetry_differ() -> None:
    """So the test above cannot pass with the orientations confused."""
    ways = dihedral.eight(strokes.histogram(drawing(1, 128))).reshape(8, -1)
    lengths = np.linalg.norm(ways, axis=1)
    apart = np.linalg.norm(ways[:, None] - ways[None], axis=2) / lengths

    assert (apart[~np.eye(8, dtype=bool)] > 0.2).all()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [((10, 64), (118, 64), 0), ((10, 10), (118, 118), 2), ((64, 10), (64, 118), 4)],
)
def test_directions_are_counted_from_the_x_axis_downwards(
    start: tuple[int, int], end: tuple[int, int], expected: int
) -> None:
    """Level strokes fall into bin 0, those towards the lower right into 2, upright ones into 4."""
    picture = np.zeros((128, 128), np.uint8)
    cv2.line(picture, start, end, 1)

    found = strokes.histogram(picture > 0)

    assert found.sum(axis=(0, 1)).argmax() == expected


def test_flat_rows_and_grids_are_turned_alike() -> None:
    """`eight_histograms` is `eight` of many, written flat."""
    rng = np.random.default_rng(0)
    rows = rng.random((3, strokes.WIDTH)).astype(np.float32)

    found = dihedral.eight_histograms(rows)

    assert found.shape == (3, 8, strokes.WIDTH)
    for row in range(3):
        grid = rows[row].reshape(strokes.CELLS, strokes.CELLS, strokes.BINS)
        assert np.array_equal(dihedral.eight(grid).reshape(8, -1), found[row])
    assert np.array_equal(rows, found[:, 0])


def test_both_rooms_count_cells_and_directions_alike() -> None:
    """Rooms do not import each other, so the constants stand twice."""
    assert (strokes.CELLS, strokes.BINS) == (dihedral.CELLS, dihedral.BINS)


@pytest.mark.parametrize("side", [32, 40, 64, 100, 128, 200, 256])
def test_drawings_of_any_size_are_described(side: int) -> None:
    """Also where cells do not divide the side."""
    found = strokes.histogram(drawing(2, side))

    assert found.shape == (strokes.CELLS, strokes.CELLS, strokes.BINS)
    assert np.isfinite(found).all()
    assert (found.max(axis=(0, 1)) > 0).all()


def test_an_empty_drawing_has_an_empty_histogram() -> None:
    """No stroke, no number."""
    assert not strokes.histogram(np.zeros((128, 128), bool)).any()
