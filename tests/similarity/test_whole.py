"""Cosines of whole pictures, centred or not, with axes or without."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.similarity.axes import fit_axes, no_axes
from builder.similarity.whole import whole_asked, whole_matrix

SHAPES = st.tuples(st.integers(1, 24), st.integers(1, 30), st.integers(0, 2**31))


def unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-6)


def sample(n: int, d: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of which some are equal, the row of each content, its group."""
    rng = np.random.default_rng(seed)
    features = rng.normal(1, 1, (n, d)).astype(np.float16)
    for row in range(1, n):
        if rng.random() < 0.3:
            features[row] = features[rng.integers(row)]
    groups = np.unique(rng.integers(2, size=n), return_inverse=True)[1]
    return features, rng.permutation(n), groups.astype(np.int64)


def nothing(_: int) -> None:
    pass


def centred_rows(features: np.ndarray, rows: np.ndarray, groups: np.ndarray) -> np.ndarray:
    exact = features[rows].astype(np.float64)
    for group in set(groups.tolist()):
        own = exact[groups == group]
        mean = own.mean(axis=0)
        exact[groups == group] = np.where(np.abs(own - mean) > 1e-9, own - mean, 0)
    return exact


def naive(features: np.ndarray, rows: np.ndarray, groups: np.ndarray, centred: bool) -> np.ndarray:
    exact = features[rows].astype(np.float64)
    if centred:
        exact = centred_rows(features, rows, groups)
    return unit(exact) @ unit(exact).T


@given(SHAPES, st.booleans())
@settings(max_examples=80, deadline=None)
def test_without_axes_they_are_cosines_of_centred_rows(
    shape: tuple[int, int, int], centred: bool
) -> None:
    """Through the Gram matrix, as from the rows themselves."""
    features, rows, groups = sample(*shape)
    # Taken from the Gram matrix, what is left of a row beside its mean loses digits: a row that
    # is its group's mean but for a hundredth has no direction that could be compared.
    left = centred_rows(features, rows, groups) if centred else features[rows].astype(np.float64)
    lengths = np.linalg.norm(left, axis=1)
    longest = max(float(np.linalg.norm(features[rows].astype(np.float64), axis=1).max()), 1e-9)
    assume(((lengths < 1e-9) | (lengths > 1e-2 * longest)).all())

    found = whole_matrix(features, rows, groups, no_axes(features, rows, groups, centred), nothing)

    np.testing.assert_allclose(naive(features, rows, groups, centred), found, atol=1e-3)


@given(SHAPES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_all_axes_keep_the_cosines(shape: tuple[int, int, int], centred: bool) -> None:
    """Turned onto as many axes as there are, nothing changes."""
    features, rows, groups = sample(*shape)
    fitted = fit_axes(features, rows, groups, 100, 0, centred)

    found = whole_matrix(features, rows, groups, fitted, nothing)

    np.testing.assert_allclose(naive(features, rows, groups, centred), found, atol=2e-3)


@given(SHAPES, st.sampled_from([0, 3]), st.booleans())
@settings(max_examples=80, deadline=None)
def test_equal_contents_are_exactly_equal(
    shape: tuple[int, int, int], components: int, centred: bool
) -> None:
    """Symmetric to the bit, and equal features of one group have equal rows and columns."""
    features, rows, groups = sample(*shape)
    fitted = (
        fit_axes(features, rows, groups, components, 0.25, centred)
        if components
        else no_axes(features, rows, groups, centred)
    )

    found = whole_matrix(features, rows, groups, fitted, nothing)

    assert (found.shape, found.dtype) == ((len(rows), len(rows)), np.float32)
    assert np.array_equal(found, found.T)
    for a in range(len(rows)):
        for b in range(a):
            if groups[a] == groups[b] and np.array_equal(features[rows[a]], features[rows[b]]):
                assert np.array_equal(found[a], found[b])


@pytest.mark.parametrize("components", [0, 2])
def test_sources_that_differ_by_opposite_means_are_centred(components: int) -> None:
    """The mean of all may be zero though those of the sources are not."""
    rng = np.random.default_rng(0)
    half = rng.integers(-4, 5, (6, 8))
    half[3:] = -half[:3]
    features = np.concatenate([half + 3, half - 3]).astype(np.float16)
    rows, groups = np.arange(12), np.repeat([0, 1], 6)
    fitted = (
        fit_axes(features, rows, groups, 8, 0)
        if components
        else no_axes(features, rows, groups, True)
    )

    found = whole_matrix(features, rows, groups, fitted, nothing)

    assert not fitted.overall.any()
    np.testing.assert_allclose(naive(features, rows, groups, True), found, atol=1e-3)


@given(SHAPES, st.sampled_from([0, 4]))
@settings(max_examples=60, deadline=None)
def test_a_picture_from_outside_is_compared_with_all(
    shape: tuple[int, int, int], components: int
) -> None:
    """In a collection of one group, pictures asked from outside score as inside."""
    features, rows, _ = sample(*shape)
    groups = np.zeros(len(rows), np.int64)
    fitted = (
        fit_axes(features, rows, groups, components, 0.25)
        if components
        else no_axes(features, rows, groups, True)
    )
    inside = whole_matrix(features, rows, groups, fitted, nothing)

    asked = whole_asked(features[rows[:2]], features, rows, groups, fitted)

    # A row of nothing but rounding has no direction inside, and any outside.
    assert asked.shape == (len(rows[:2]), len(rows))
    there = np.diagonal(inside) > 0.5
    for row in np.flatnonzero(there[:2]):
        np.testing.assert_allclose(inside[row][there], asked[row][there], atol=3e-3)
