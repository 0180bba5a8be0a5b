"""Which image of one source answers which of another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.collate.scores import keeps_order, mutual_best, normalised, propagated
from builder.collate.types import Answer


def answers(
    scores: NDArray[np.floating],
    rows: tuple[Sequence[int], Sequence[int]],
    ground: float,
    least: float,
    ordered: bool,
    laid: NDArray[np.bool_] | None = None,
) -> tuple[Answer, ...]:
    """The pairs that answer, in page order; () unless two images are each other's best.

    Args:
        scores: (m, k) likeness of m images of one source and k of another, in page order.
        rows: of these images in the corpus.
        ground: the score of strangers.
        least: from which an answer is believed.
        ordered: whether pairs lend weight to what stands near them in both sources, where the two
            have a common order.
        laid: (m, k) pairs that lie over each other too well for chance; they are believed whatever
            their score. None for none.
    """
    believed = scores >= least if laid is None else (scores >= least) | laid
    if not believed.any():
        return ()
    shares = np.where(believed, normalised(scores, ground), 0)
    if ordered and keeps_order(shares):
        shares = propagated(shares)
    mutual = mutual_best(shares)
    if not mutual.any():
        return ()
    kept = _in_order([(int(i), int(j)) for i, j in np.argwhere(mutual)])
    return tuple(
        Answer(
            rows[0][i],
            rows[1][j],
            float(scores[i, j]),
            bool(mutual[i, j]),
            bool(mutual[i, j]) and (i, j) not in kept,
        )
        for i, j in np.argwhere(mutual | _one_way(shares)).tolist()
    )


def _one_way(shares: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The best of each row and of each column: where several have one best, one to many."""
    best = np.zeros(shares.shape, bool)
    best[np.arange(shares.shape[0]), shares.argmax(axis=1)] = True
    best[shares.argmax(axis=0), np.arange(shares.shape[1])] = True
    return best & (shares > 0)


def _in_order(cells: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The most cells whose columns rise with their rows; the others are transposed.

    Patience sorting: `tails` holds the least column in which a run of each length ends.
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, column) in enumerate(cells):
        length = bisect_left(tails, column)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [column]
        ends[length : length + 1] = [at]
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(cells[at])
        at = before[at]
    return kept
