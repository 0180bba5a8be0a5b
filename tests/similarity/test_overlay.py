"""Drawings laid over each other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.overlay import SIDE, coincidence, coincidences, field, remembered, unpacked


def drawing(seed: int) -> np.ndarray:
    """A few circles and lines that look the same in no two orientations."""
    rng = np.random.default_rng(seed)
    canvas = np.zeros((SIDE, SIDE), np.uint8)
    for _ in range(3):
        x, y, radius = [*rng.integers(45, SIDE - 45, 2).tolist(), int(rng.integers(12, 40))]
        cv2.circle(canvas, (x, y), radius, 1)
    for _ in range(3):
        start, end = rng.integers(20, SIDE - 20, (2, 2)).tolist()
        cv2.line(canvas, start, end, 1)
    return canvas > 0


def circles(count: int) -> np.ndarray:
    canvas = np.zeros((SIDE, SIDE), np.uint8)
    for radius in np.linspace(10, 70, count).astype(int).tolist():
        cv2.circle(canvas, (SIDE // 2, SIDE // 2), radius, 1)
    return canvas > 0


def moved(strokes: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    thick = cv2.dilate(strokes.astype(np.uint8) * 255, np.ones((2, 2), np.uint8))
    return np.asarray(cv2.warpAffine(thick, matrix, (SIDE, SIDE)) > 96)


@pytest.mark.parametrize("turn", range(8))
def test_a_copy_coincides_however_it_lies(turn: int) -> None:
    """Turned by quarters and mirrored."""
    one = drawing(1)
    copy = np.rot90(one[:, ::-1] if turn >= 4 else one, -(turn % 4))

    assert coincidence(field(one), field(copy)) > 0.9


@given(
    seed=st.integers(0, 10_000),
    degrees=st.floats(-12, 12),
    stretch=st.floats(0.92, 1.08),
    shift=st.tuples(st.floats(-4, 4), st.floats(-4, 4)),
)
@settings(max_examples=25, deadline=None)
def test_a_copy_drawn_askew_coincides_more_than_a_stranger(
    seed: int, degrees: float, stretch: float, shift: tuple[float, float]
) -> None:
    """A little turned, stretched and shifted."""
    one = drawing(seed)
    matrix = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), degrees, 1.0)
    matrix[0] *= stretch
    matrix[:, 2] += shift

    copy = coincidence(field(one), field(moved(one, matrix)))

    assert copy > coincidence(field(one), field(drawing(seed + 1)))


def test_seven_circles_are_not_eight() -> None:
    """Where cells see the same."""
    assert coincidence(field(circles(7)), field(circles(7))) > 0.95
    assert coincidence(field(circles(7)), field(circles(8))) < 0.7


def test_hardly_anything_coincides_with_nothing() -> None:
    """Blank pages and dots are no copies of each other."""
    blank = np.zeros((SIDE, SIDE), bool)
    dot = blank.copy()
    dot[80, 80:84] = True

    assert field(blank) is None
    assert coincidence(field(blank), field(drawing(2))) == 0
    assert coincidence(field(dot), field(dot)) == 0


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_it_does_not_matter_which_is_laid_over_which(seed: int) -> None:
    """And the number is a share."""
    one, other = field(drawing(seed)), field(drawing(seed + 7))

    found = coincidence(one, other)

    assert found == coincidence(other, one)
    assert 0 <= found <= 1


def test_all_pairs_are_as_each_by_itself() -> None:
    """Whatever the number of threads, and progress adds up."""
    drawings = [drawing(seed) for seed in range(6)]
    pairs = [(i, j) for i in range(6) for j in range(i)]
    told: list[int] = []

    found = coincidences(pairs, remembered(drawings.__getitem__), told.append)

    each = [coincidence(field(drawings[i]), field(drawings[j])) for i, j in pairs]
    assert found.tolist() == np.array(each, np.float32).tolist()
    assert sum(told) == len(pairs)


def test_a_drawing_that_was_packed_comes_back() -> None:
    """Through the numbers of the store."""
    from builder.features.drawing import SIDE as KEPT
    from builder.features.drawing import packed

    one = drawing(3)
    assert KEPT == SIDE
    assert (unpacked(packed(one).astype(np.float16)) == one).all()
