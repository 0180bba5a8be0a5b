"""What scores mean among random pairs, against counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.calibrate import Band, Scale, scale


def measured_scale(band: Band, n: int) -> Scale:
    found = scale(band, n)
    assert found is not None
    return found


def band_of(similar: np.ndarray) -> Band:
    return lambda start, stop: similar[start:stop]


def sample(n: int, seed: int, steps: int | None = None) -> np.ndarray:
    """Similarities, symmetric; only so many different ones if wished."""
    rng = np.random.default_rng(seed)
    similar = rng.normal(size=(n, n))
    similar = np.triu(similar) + np.triu(similar, 1).T
    if steps:
        similar = (similar * steps).round() / steps
    return similar.astype(np.float32)


def pairs(similar: np.ndarray) -> np.ndarray:
    return similar[~np.eye(len(similar), dtype=bool)]


@given(st.integers(11, 60), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_the_percentile_is_the_share_of_pairs_that_score_less(n: int, seed: int) -> None:
    """Of all pairs but those of an image with itself, to within a step between two of them."""
    similar = sample(n, seed)
    scores = np.random.default_rng(seed + 1).normal(size=50).astype(np.float32)
    expected = [(pairs(similar) < score).mean() for score in scores]

    found = measured_scale(band_of(similar), n).percentile(scores)

    np.testing.assert_allclose(expected, found, atol=2 / len(pairs(similar)) + 1e-3)


@given(st.integers(11, 40), st.integers(0, 2**31), st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_equal_scores_are_not_less(n: int, seed: int, steps: int) -> None:
    """Where many pairs score the same, none of them counts as less than the others."""
    similar = sample(n, seed, steps)
    measured = measured_scale(band_of(similar), n)
    scores = np.unique(pairs(similar))
    below = np.array([(pairs(similar) < score).mean() for score in scores])

    found = measured.percentile(scores)

    np.testing.assert_allclose(below, found, atol=4 / len(pairs(similar)) + 1e-3)


def test_where_all_pairs_are_equal_nothing_stands_out() -> None:
    """Thirty identical images: every other one is expected to score as high."""
    similar = np.full((30, 30), 0.7, np.float32)
    measured = measured_scale(band_of(similar), 30)
    scores = np.array([0.7, 0.8, 0.1], np.float32)

    assert measured.percentile(scores).tolist() == [0, 1, 0]
    assert measured.chance(scores, 29).tolist() == [29, 0, 29]


@given(st.integers(11, 60), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_chance_falls_as_the_score_rises(n: int, seed: int) -> None:
    """From all candidates to none, never up again, also where the tail is drawn on."""
    measured = measured_scale(band_of(sample(n, seed)), n)
    scores = np.linspace(-9, 9, 400).astype(np.float32)

    found = measured.chance(scores, n - 1)

    assert (np.diff(found) <= 1e-4).all()
    assert found[0] == n - 1
    assert 0 <= found[-1] < 1e-3 * n


def test_chance_of_unrelated_images_is_counted_right() -> None:
    """Of 500 candidates some 25 score above the 95th percentile, 1 in 200 above the 99.5th."""
    rng = np.random.default_rng(0)
    similar = rng.exponential(size=(200, 200)).astype(np.float32)
    measured = measured_scale(band_of(similar), 200)
    scores = -np.log([0.05, 0.005, 0.0005]).astype(np.float32)

    assert pytest.approx(measured.chance(scores, 500).tolist(), rel=0.15) == [25, 2.5, 0.25]


def test_relatives_do_not_count_as_chance() -> None:
    """Ten pairs in a thousand are copies; a copy is still no matter of chance."""
    rng = np.random.default_rng(1)
    similar = rng.normal(0, 0.1, (100, 100)).astype(np.float32)
    similar[rng.random((100, 100)) < 0.009] = 0.95

    found = measured_scale(band_of(similar), 100).chance(np.array([0.95, 0.2], np.float32), 99)

    assert found[0] < 0.01
    assert found[1] > 1


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_few_pairs_say_nothing(n: int) -> None:
    """Below a hundred pairs no percentile is claimed."""
    assert scale(band_of(sample(n, 0)), n) is None
