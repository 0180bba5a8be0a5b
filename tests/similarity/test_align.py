"""One picture laid over another by their drawings."""

from __future__ import annotations

import itertools
import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.features.placed import placed
from builder.similarity.align.bending import carried
from builder.similarity.align.judging import TESTS, log10_nfa
from builder.similarity.align.laying import NONE, align, lies, oriented, ready, turned
from builder.similarity.align.laying import given as by_hand
from builder.similarity.types import Alignment

INK, PAPER = (20, 20, 20), 245


def picture(seed: int, size: tuple[int, int] = (420, 360)) -> np.ndarray:
    """Circles and lines on paper that look the same in no two orientations."""
    rng = np.random.default_rng(seed)
    wide, high = size
    canvas = np.full((high, wide, 3), PAPER, np.uint8)
    for _ in range(4):
        x, y = int(rng.integers(90, wide - 90)), int(rng.integers(90, high - 90))
        cv2.circle(canvas, (x, y), int(rng.integers(25, 80)), INK, 3)
    for _ in range(5):
        start, end = rng.integers(30, min(size) - 30, (2, 2)).tolist()
        cv2.line(canvas, start, end, INK, 3)
    return canvas


def laid(one: np.ndarray, other: np.ndarray, model: str = "affine") -> Alignment:
    first, second = (placed(it, (it.shape[1], it.shape[0])) for it in (one, other))
    return align(turned(ready(first)), ready(second), model)


def wrong(found: Alignment, truth: np.ndarray, one: np.ndarray, other: np.ndarray) -> float:
    """Mean error of the corners, as a share of the longer side."""
    high, wide = one.shape[:2]
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float64)
    matrix = np.array(found.matrix).reshape(3, 3)
    apart = carried(matrix, corners) - carried(truth, corners)
    return float(np.linalg.norm(apart, axis=1).mean() / max(other.shape[:2]))


def finite(found: Alignment) -> bool:
    numbers = [*found.matrix, found.residual, found.overlap, found.log10_nfa]
    return all(math.isfinite(number) for number in numbers)


@pytest.mark.parametrize("orientation", range(8))
def test_a_copy_is_aligned_however_it_lies(orientation: int) -> None:
    """Mirrored and turned by quarters: the corners are found, and the orientation is told."""
    one = picture(3)
    high, wide = one.shape[:2]
    other = np.ascontiguousarray(
        np.rot90(one[:, ::-1] if orientation >= 4 else one, -(orientation % 4))
    )
    truth = np.array([[-1, 0, wide], [0, 1, 0], [0, 0, 1.0]]) if orientation >= 4 else np.eye(3)
    for _ in range(orientation % 4):
        truth = np.array([[0, -1, high], [1, 0, 0], [0, 0, 1.0]]) @ truth
        high, wide = wide, high
    found = laid(one, other)

    assert found.accepted
    assert wrong(found, truth, one, other) < 0.01
    assert orientation == found.orientation


@given(
    seed=st.integers(0, 500),
    degrees=st.floats(-45, 45),
    stretch=st.floats(0.9, 1.1),
    scale=st.floats(0.8, 1.3),
)
@settings(max_examples=12, deadline=None, derandomize=True)
def test_a_copy_drawn_askew_is_aligned(
    seed: int, degrees: float, stretch: float, scale: float
) -> None:
    """Turned by any angle, stretched, of another size, on a larger page."""
    one = picture(seed)
    turn = np.vstack([cv2.getRotationMatrix2D((210, 180), degrees, scale), [0, 0, 1]])
    warp = np.diag([stretch, 1 / stretch, 1]) @ turn
    warp[:2, 2] += 70
    other = cv2.warpPerspective(one, warp, (560, 500), borderValue=(PAPER,) * 3)
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])  # OpenCV counts from pixels' middles
    found = laid(one, other)

    assert wrong(found, half @ warp @ np.linalg.inv(half), one, other) < 0.02


def test_a_part_is_laid_on_the_whole() -> None:
    """Of a figure that was cut off a third is gone."""
    one = picture(5)
    other = np.ascontiguousarray(one[:, 130:])
    found = laid(other, one)

    assert wrong(found, np.array([[1, 0, 130], [0, 1, 0], [0, 0, 1.0]]), other, one) < 0.02


def test_strangers_are_refused() -> None:
    """No two of twelve pictures that have nothing in common are believed to be one."""
    pictures = [picture(seed) for seed in range(20, 32)]
    found = [laid(a, b) for a, b in itertools.pairwise(pictures)]

    assert [False] * len(found) == [one.accepted for one in found]
    assert all(finite(one) for one in found)


def test_a_similarity_keeps_proportions() -> None:
    """Whatever the copy's own, the two axes stay as long and at a right angle."""
    one = picture(7)
    other = cv2.resize(one, None, fx=1.0, fy=1.08)
    matrix = np.array(laid(one, other, "similarity").matrix).reshape(3, 3)[:2, :2]
    square = matrix.T @ matrix

    assert np.allclose(square, square[0, 0] * np.eye(2), atol=1e-6)


def test_a_homography_straightens_a_slanted_page() -> None:
    """It is taken only where it does clearly better than an affine map."""
    one = picture(11)
    high, wide = one.shape[:2]
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    slant = corners + np.array([[0, 0], [-36, 26], [-12, -22], [20, 0]], np.float32)
    truth = cv2.getPerspectiveTransform(corners, slant)
    other = cv2.warpPerspective(one, truth, (wide, high), borderValue=(PAPER,) * 3)
    plain, bent = laid(one, other), laid(one, other, "homography")

    assert (plain.model, bent.model) == ("affine", "homography")
    assert laid(one, one, "homography").model == "affine"
    assert wrong(bent, truth, one, other) < wrong(plain, truth, one, other)


@pytest.mark.parametrize(
    "bad",
    [
        np.full((1, 300, 3), 40, np.uint8),
        np.full((300, 1, 3), PAPER, np.uint8),
        np.full((200, 200, 3), 255, np.uint8),
        np.zeros((200, 200, 3), np.uint8),
        np.full((1, 1, 3), 9, np.uint8),
    ],
    ids=["one pixel high", "one pixel wide", "blank", "black", "a pixel"],
)
def test_where_nothing_is_drawn_nothing_is_laid(bad: np.ndarray) -> None:
    """One pixel high, blank, all black: no map, and no number that is not finite."""
    found = [laid(bad, picture(1)), laid(picture(1), bad), laid(bad, bad)]

    assert found == [NONE] * 3


def test_an_image_lies_on_itself() -> None:
    """Identical pictures: the identity, and everything coincides."""
    one = picture(2)
    found = laid(one, one)

    assert wrong(found, np.eye(3), one, one) < 1e-6
    assert (found.inliers, found.residual, round(found.overlap, 6)) == (800, 0.0, 1.0)


def test_a_thousand_circles_are_no_trouble() -> None:
    """Nested so closely that they are grey: every number is finite."""
    canvas = np.full((700, 700, 3), PAPER, np.uint8)
    for radius in np.linspace(2, 330, 1000):
        cv2.circle(canvas, (350, 350), round(radius * 16) // 16, INK, 1)

    assert finite(laid(canvas, canvas))
    assert finite(laid(canvas, picture(4)))


def test_chance_falls_with_what_coincides_and_with_how_much_is_drawn() -> None:
    """What strangers reach is no evidence; a single stroke is none either."""
    shares = [log10_nfa(share, 2000.0) for share in (0.0, 0.3, 0.5, 0.7, 0.9, 1.0)]

    assert shares == sorted(shares, reverse=True)
    assert math.log10(TESTS) == shares[0] == log10_nfa(1.0, 0.0)
    assert log10_nfa(0.9, 4000.0) < log10_nfa(0.9, 400.0) < log10_nfa(0.9, 40.0)


@given(st.integers(0, 7), st.floats(-40, 40))
def test_the_orientation_is_the_nearest_of_eight(orientation: int, degrees: float) -> None:
    """Small turns beside it do not change it; the angle is the whole turn."""
    angle = np.deg2rad(90 * (orientation % 4) + degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = np.eye(3)
    matrix[:2, :2] = turn @ np.diag([-1.0 if orientation >= 4 else 1.0, 1.0])
    mirrored, told = lies(matrix)

    assert orientation == oriented(matrix)
    assert (orientation >= 4) == mirrored
    assert abs((told - np.rad2deg(angle) + 180) % 360 - 180) < 1e-6


def test_what_is_laid_by_hand_is_believed() -> None:
    """Its numbers say how well it does; the map stays as it was given."""
    one = ready(placed(picture(1), (420, 360)))
    good = by_hand(one, one, "affine", (1, 0, 0, 0, 1, 0, 0, 0, 1), "A. Curator")
    bad = by_hand(one, one, "affine", (1, 0, 60, 0, 1, 60, 0, 0, 1), "A. Curator")
    lost = by_hand(one, None, "affine", (1, 0, 60, 0, 1, 60, 0, 0, 1), "A. Curator")

    assert [it.accepted for it in (good, bad, lost)] == [True] * 3
    assert good.overlap > 0.99 > 0.5 > bad.overlap
    assert (1, 0, 60, 0, 1, 60, 0, 0, 1) == bad.matrix == lost.matrix
    assert finite(bad)
    assert finite(lost)
