"""What laying drawings over each other adds to scores."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.fuse import evened
from builder.similarity.types import Band
from builder.similarity.verified import verified


def band_of(similar: np.ndarray) -> Band:
    return lambda start, stop: similar[start:stop]


@given(u=st.integers(1, 12), seed=st.integers(0, 2**31), weight=st.floats(0, 5))
@settings(max_examples=60, deadline=None)
def test_what_is_added_is_what_stands_out(u: int, seed: int, weight: float) -> None:
    """Against the naive sum, for images some of which have the same content."""
    rng = np.random.default_rng(seed)
    index = np.concatenate([np.arange(u), rng.integers(0, u, 4)])
    pairs = np.array([(i, j) for i in range(u) for j in range(i + 1, u) if rng.random() < 0.5])
    pairs = pairs.reshape(-1, 2).astype(np.int64)
    worth = rng.random(len(pairs)).astype(np.float32)
    similar = rng.normal(size=(len(index), len(index))).astype(np.float32)

    found = verified(pairs[:, 0], pairs[:, 1], worth, u).band(band_of(similar), index, weight)

    own: dict[int, list[float]] = {content: [] for content in range(u)}
    table = {}
    for (i, j), value in zip(pairs.tolist(), worth.tolist(), strict=True):
        own[i].append(value)
        own[j].append(value)
        table[i, j] = table[j, i] = value
    level = {
        i: float(np.mean(sorted(values)[: max(len(values) // 2, 1)])) if values else 0.0
        for i, values in own.items()
    }
    expected = similar.copy()
    for a, i in enumerate(index.tolist()):
        for b, j in enumerate(index.tolist()):
            more = table.get((i, j))
            added = 1.0 if i == j else 0.0 if more is None else more - (level[i] + level[j]) / 2
            expected[a, b] += weight * added
    np.testing.assert_allclose(found(0, len(index)), expected, atol=1e-4)
    np.testing.assert_array_equal(found(0, len(index))[1:2], found(1, 2))


@given(n=st.integers(40, 70), kinds=st.integers(2, 3), seed=st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_pairs_within_and_between_sources_are_evened(n: int, kinds: int, seed: int) -> None:
    """Those within get the mean and spread of those between; the others stay as they are."""
    rng = np.random.default_rng(seed)
    codes = np.arange(n) % kinds
    similar = rng.normal(size=(n, n)).astype(np.float32)
    same = codes[:, None] == codes[None, :]
    similar[same] = similar[same] * 3 + 2

    found = evened(band_of(similar), codes)(0, n)

    within = same & ~np.eye(n, dtype=bool)
    np.testing.assert_array_equal(found[~same], similar[~same])
    np.testing.assert_allclose(found[within].mean(), found[~same].mean(), atol=1e-3)
    np.testing.assert_allclose(found[within].std(), found[~same].std(), rtol=1e-3)


def test_one_source_or_none_is_left_as_it_is() -> None:
    """There is nothing to even out where all pairs are of one kind."""
    similar = np.random.default_rng(1).normal(size=(30, 30)).astype(np.float32)

    for codes in (np.zeros(30, np.int64), np.arange(30)):
        assert (evened(band_of(similar), codes)(0, 30) == similar).all()
    assert evened(band_of(similar[:0, :0]), np.zeros(0, np.int64))(0, 0).shape == (0, 0)
