"""Pairs of relatives as the explorer reads them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.atlas.edges import HEAD, NEAREST, edge_file, relatives
from builder.similarity.types import NeighbourList


def lists(seed: int, n: int, k: int) -> NeighbourList:
    rng = np.random.default_rng(seed)
    rows = np.stack([rng.permutation(n)[:k] for _ in range(n)]).astype(np.int32)
    rows[rows == np.arange(n)[:, None]] = -1
    scores = -np.sort(-rng.random((n, k)).round(2), axis=1).astype(np.float32)
    none = np.zeros((n, k))
    return NeighbourList(rows, scores, none.astype(bool), none.astype(np.uint8))


@given(st.integers(0, 10_000), st.integers(1, 25), st.integers(1, 14))
@settings(max_examples=60, deadline=None)
def test_the_file_holds_each_pair_once_best_first(seed, n, k) -> None:
    """Read as its description says, it gives what plain loops over the lists give."""
    found = lists(seed, n, min(k, n))
    best: dict[tuple[int, int], float] = {}
    for row in range(n):
        for other, score in zip(found.rows[row], found.scores[row], strict=True):
            pair = (min(row, int(other)), max(row, int(other)))
            if other >= 0 and list(found.rows[row]).index(other) < NEAREST:
                best[pair] = max(best.get(pair, -9.0), float(score))

    data = edge_file(relatives(found), "0123456789ab")

    magic, version, size, _, images, of, count, low, high = HEAD.unpack(data[: HEAD.size])
    ends = np.frombuffer(data, "<u4", 2 * count, HEAD.size).reshape(2, count).T
    steps = np.frombuffer(data, "<u2", count, HEAD.size + 8 * count)
    assert (magic, version, size, images, of) == (b"VLVE", 1, 2, n, b"0123456789ab")
    assert len(data) == HEAD.size + 10 * count
    assert {tuple(pair) for pair in ends.tolist()} == set(best)
    assert count == len(best)
    assert (np.diff(steps.astype(int)) <= 0).all()
    scores = low + steps / 65535 * (high - low)
    wanted = [best[tuple(pair)] for pair in ends.tolist()]
    assert np.allclose(scores, wanted, atol=1e-4)
