"""The map stays: places are kept, new images find theirs, a new map is turned like the old."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.layouts.stay import aligned, joined, placed


@given(st.integers(2, 60), st.floats(-3.1, 3.1), st.booleans(), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_a_turned_and_mirrored_map_is_turned_back(
    n: int, angle: float, mirrored: bool, seed: int
) -> None:
    """Whatever the turn, the mirroring, the shift and the scale."""
    former = np.random.default_rng(seed).normal(size=(n, 2))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    new = former @ turn * ([-3, 3] if mirrored else [3, 3]) + [5, -7]

    found = aligned(new, former, np.ones(n, bool))

    np.testing.assert_allclose(found, (former - former.mean(axis=0)) * 3, atol=1e-6)


@given(st.integers(3, 50), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_turning_keeps_all_distances(n: int, seed: int) -> None:
    """Also of images that the former map has not."""
    rng = np.random.default_rng(seed)
    new, former = rng.normal(size=(n, 2)), rng.normal(size=(n, 2))
    shared = rng.random(n) < 0.5

    found = aligned(new, former, shared)

    def gaps(xy: np.ndarray) -> np.ndarray:
        return np.linalg.norm(xy[:, None] - xy[None], axis=2)

    np.testing.assert_allclose(gaps(found), gaps(new), atol=1e-9)


@given(st.integers(2, 80), st.integers(1, 20), st.integers(0, 2**31))
@settings(max_examples=50, deadline=None)
def test_new_images_lie_among_the_old_which_do_not_move(old: int, new: int, seed: int) -> None:
    """Old places are equal to the bit; new ones lie within the bounds of the old."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(old + new, 5)).astype(np.float32)
    known = rng.permutation(np.arange(old + new) < old)
    former = np.where(known[:, None], rng.random((old + new, 2)), 0)

    found = placed(vectors, known, former)

    assert np.array_equal(found[known], former[known])
    assert (found >= former[known].min(axis=0) - 1e-9).all()
    assert (found <= former[known].max(axis=0) + 1e-9).all()


def test_a_new_image_lies_in_a_region_never_between_two() -> None:
    """With three neighbours here and two far away it lies here."""
    angles = np.radians([0, 1, 2, 3, 4, 0.5])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    former = np.array([[0, 0], [0.01, 0], [0, 0.01], [1, 1], [0.99, 1], [0, 0]])

    found = placed(vectors, np.array([1, 1, 1, 1, 1, 0], bool), former)

    assert np.linalg.norm(found[5]) < 0.02


def test_a_copy_lies_beside_its_original() -> None:
    """The same vector again comes to lie nearer to its original than to most others."""
    rng = np.random.default_rng(0)
    old = rng.normal(size=(200, 2))
    # Positions that say what the vectors say: directions of unit length on a circle.
    unit = old / np.linalg.norm(old, axis=1, keepdims=True)
    vectors = np.vstack([unit, unit[:10]]).astype(np.float32)
    former = np.vstack([unit / 2 + 0.5, np.zeros((10, 2))])

    found = placed(vectors, np.arange(210) < 200, former)

    away = np.linalg.norm(found[200:] - former[:10], axis=1)
    assert away.max() < 0.05


def test_a_joined_map_stays_and_pictures_do_not_pile_up() -> None:
    """Fifty images more among 800: old ones stay within 2 % of the width, in the median."""
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(12, 8))
    label = rng.integers(12, size=850)
    vectors = (centres[label] + rng.normal(size=(850, 8)) * 0.3).astype(np.float32)
    known = rng.permutation(850) < 800
    former = np.clip(rng.random((12, 2))[label] + rng.normal(size=(850, 2)) * 0.05, 0, 1)
    size = 0.02

    found, smaller = joined(vectors, known, former, size)

    moved = np.linalg.norm(found[known] - former[known], axis=1)
    assert np.median(moved) < 0.02
    assert smaller == pytest.approx(size * np.sqrt(800 / 850))
    assert found.min() >= 0
    assert found.max() <= 1
