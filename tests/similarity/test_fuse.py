"""Likenesses added up, each in units of its own spread."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.fuse import Band, fused, shares, spread

SHAPES = st.tuples(st.integers(2, 20), st.integers(1, 4), st.integers(0, 2**31))


def band_of(similar: np.ndarray) -> Band:
    return lambda start, stop: similar[start:stop]


def likenesses(n: int, kinds: int, seed: int) -> tuple[list[np.ndarray], list[float]]:
    """Similarities on very different scales, and weights."""
    rng = np.random.default_rng(seed)
    made = [
        (rng.normal(size=(n, n)) * 10.0 ** rng.integers(-2, 2) + rng.normal()).astype(np.float32)
        for _ in range(kinds)
    ]
    return made, rng.uniform(0.2, 3, kinds).tolist()


def off_diagonal(similar: np.ndarray) -> np.ndarray:
    return similar[~np.eye(len(similar), dtype=bool)].astype(np.float64)


@given(SHAPES)
@settings(max_examples=80, deadline=None)
def test_the_sum_ranks_like_weighed_z_scores(shape: tuple[int, int, int]) -> None:
    """Up to a scale and a level that are the same for all pairs."""
    made, weights = likenesses(*shape)
    scores = sum(
        w * (one - off_diagonal(one).mean()) / off_diagonal(one).std()
        for w, one in zip(weights, made, strict=True)
    )

    parts = shares(weights, [spread(band_of(one), len(one)) for one in made])
    found = fused([band_of(one) for one in made], parts)(0, len(made[0]))

    scale = scores.std() / found.std()
    level = scores.mean() - (found * scale).mean()
    np.testing.assert_allclose(found * scale + level, scores, atol=1e-3 * scores.std())
    assert sum(parts) == pytest.approx(1)


@given(SHAPES)
@settings(max_examples=40, deadline=None)
def test_spread_is_the_deviation_of_different_images(shape: tuple[int, int, int]) -> None:
    """An image's likeness with itself says nothing."""
    (similar, *_), _ = likenesses(*shape)
    similar[np.arange(len(similar)), np.arange(len(similar))] = 1000

    found = spread(band_of(similar), len(similar))

    assert found == pytest.approx(off_diagonal(similar).std(), rel=1e-5)


def test_a_likeness_without_spread_counts_nothing() -> None:
    """If all pictures are alike in colour, form alone decides; if they are in all, all count."""
    assert shares([1, 1], [0.2, 0.0]) == [1, 0]
    assert shares([3, 1, 5], [0.0, 0.1, 0.0]) == [0, 1, 0]
    assert shares([3, 1], [0.0, 0.0]) == [0.5, 0.5]


def test_one_likeness_is_passed_on() -> None:
    """Nothing is copied or scaled."""
    one = band_of(np.eye(3, dtype=np.float32))

    assert fused([one], [1.0]) is one


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_images_have_no_spread(n: int) -> None:
    """And no warning is printed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert spread(band_of(np.ones((n, n), np.float32)), n) == 0


def test_rows_come_in_bands() -> None:
    """A part of the sum is the sum of parts."""
    made, weights = likenesses(9, 3, 5)
    band = fused([band_of(one) for one in made], weights)

    assert np.array_equal(band(0, 9)[2:5], band(2, 5))
