"""Hubs held back, against cross-domain local scaling written as loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity import hubs
from builder.similarity.hubs import NEAREST, correction

SHAPES = st.tuples(st.integers(1, 24), st.integers(1, 4), st.integers(0, 2**31), st.booleans())


def sample(n: int, kinds: int, seed: int, tied: bool) -> tuple[np.ndarray, np.ndarray]:
    """Any similarities, symmetric or not, with ties if wished; and groups."""
    rng = np.random.default_rng(seed)
    similar = rng.normal(size=(n, n))
    if tied:
        similar = similar.round()
    groups = np.unique(rng.integers(kinds, size=n), return_inverse=True)[1]
    return similar.astype(np.float32), groups.astype(np.int64)


def nearest_mean(
    similar: np.ndarray, i: int, members: list[int], apart: np.ndarray | None
) -> float:
    """Mean similarity of image i to its nearest members that are candidates for it."""
    candidates = [j for j in members if j != i and (apart is None or apart[j] != apart[i])]
    best = sorted((float(similar[i, j]) for j in candidates), reverse=True)[:NEAREST]
    return sum(best) / len(best) if best else 0.0


def naive(similar: np.ndarray, groups: np.ndarray, apart: np.ndarray | None = None) -> np.ndarray:
    """CSLS: less half of what each has on average with its nearest in the other's group."""
    n = len(similar)
    members = {g: [j for j in range(n) if groups[j] == g] for g in set(groups.tolist())}
    off = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            towards = nearest_mean(similar, i, members[groups[j]], apart)
            back = nearest_mean(similar, j, members[groups[i]], apart)
            off[i, j] = (towards + back) / 2
    return similar - off + off.mean()


def band_of(similar: np.ndarray) -> hubs.Band:
    return lambda start, stop: similar[start:stop]


@given(SHAPES, st.booleans())
@settings(max_examples=80, deadline=None)
def test_corrected_similarities_equal_the_loops(
    shape: tuple[int, int, int, bool], others: bool
) -> None:
    """Groups of any size, with ties, among all and among other sources."""
    similar, groups = sample(*shape)
    n = len(similar)
    apart = np.random.default_rng(shape[2]).integers(3, size=n) if others else None
    before = similar.copy()

    band = correction(band_of(similar), n, groups, apart).band(band_of(similar))

    np.testing.assert_allclose(naive(similar, groups, apart), band(0, n), atol=1e-5)
    assert np.array_equal(before, similar)
    parts = np.concatenate([band(start, min(start + 5, n)) for start in range(0, n, 5)])
    np.testing.assert_allclose(band(0, n), parts, atol=1e-6)


@given(st.integers(1, 40), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_rows_taken_in_several_bands_are_the_same(n: int, seed: int) -> None:
    """However many rows are looked at together."""
    similar, groups = sample(n, 3, seed, False)
    whole = correction(band_of(similar), n, groups)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hubs, "_AT_ONCE", 7)
        parts = correction(band_of(similar), n, groups)

    assert np.array_equal(whole.table, parts.table)
    assert whole.level == parts.level


@pytest.mark.parametrize("n", [1, 2])
def test_one_and_two_images(n: int) -> None:
    """One image has nobody near; of two, each is the other's only one, and stays as like it was."""
    similar = np.full((n, n), 0.5, np.float32)

    found = correction(band_of(similar), n, np.zeros(n, np.int64)).band(band_of(similar))(0, n)

    assert np.array_equal(similar, found)


def test_no_images() -> None:
    """Nothing to correct."""
    nothing = np.zeros((0, 0), np.float32)

    assert correction(band_of(nothing), 0, np.zeros(0, np.int64)).level == 0


def test_a_hub_is_held_back() -> None:
    """An image that is near to all does not come first where another is near to few."""
    similar = np.full((12, 12), 0.1, np.float32)
    similar[0], similar[:, 0] = 0.6, 0.6
    similar[3, 4] = similar[4, 3] = 0.55
    np.fill_diagonal(similar, 1)

    found = correction(band_of(similar), 12, np.zeros(12, np.int64)).band(band_of(similar))(0, 12)

    np.fill_diagonal(similar, -9)
    np.fill_diagonal(found, -9)
    assert (similar[3].argmax(), found[3].argmax()) == (0, 4)


@given(SHAPES)
@settings(max_examples=60, deadline=None)
def test_a_picture_from_outside_is_corrected_by_its_own_nearest(
    shape: tuple[int, int, int, bool],
) -> None:
    """Its source is unknown: what is taken off an image is its mean over all groups."""
    similar, groups = sample(*shape)
    n = len(similar)
    asked = np.random.default_rng(shape[2] + 1).normal(size=n).astype(np.float32)
    members = [[j for j in range(n) if groups[j] == g] for g in range(groups.max() + 1)]
    found = correction(band_of(similar), n, groups)

    own = [np.mean(sorted(asked[group])[::-1][:NEAREST]) for group in members]
    theirs = [np.mean([nearest_mean(similar, j, g, None) for g in members]) for j in range(n)]
    expected = [asked[j] - (own[groups[j]] + theirs[j]) / 2 + found.level for j in range(n)]

    np.testing.assert_allclose(expected, found.asked(asked), atol=1e-5)
