"""Scores of two sources against each other, evened out and drawn towards their common order.

After Kaoua, Shen, Durr, Lazaris, Picard and Aubry, "Image Collation: Matching illustrations in
manuscripts" (ICDAR 2021): a score counts by what it is of the best in its row and in its column,
and pairs that are each other's best lend weight to the pairs beside them in page order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LENT = 0.25  # weight that a pair lends to its own cell
REACH = 5.0  # standard deviation of what it lends, in places of page order
RISING = 0.5  # rank correlation of pages from which two sources have a common order
_FEW = 5  # pairs below which nothing can be said of an order
_CUT = 20  # places beyond which nothing that counts is lent


def normalised(scores: NDArray[np.floating], ground: float = 0.0) -> Floats:
    """(m, k) scores as shares of the best in their row and in their column, added: 0 to 2.

    Args:
        scores: of m images of one source and k of another, in page order.
        ground: the score of strangers, which counts as nothing.
    """
    above = np.maximum(np.asarray(scores, np.float64) - ground, 0)
    shares = np.zeros_like(above)
    for axis in (0, 1):
        best = above.max(axis=axis, keepdims=True, initial=0)
        shares += np.divide(above, best, out=np.zeros_like(above), where=best > 0)
    return shares


def mutual_best(scores: NDArray[np.floating]) -> NDArray[np.bool_]:
    """(m, k) where a cell is the first best of its row and of its column, and above nothing."""
    best = np.zeros(scores.shape, bool)
    if not scores.size:
        return best
    columns, rows = scores.argmax(axis=1), scores.argmax(axis=0)
    own = np.arange(len(columns))
    there = (rows[columns] == own) & (scores[own, columns] > 0)
    best[own[there], columns[there]] = True
    return best


def keeps_order(scores: Floats) -> bool:
    """Whether two sources have a common order: their mutual pairs mostly rise in both.

    Args:
        scores: (m, k), in page order.
    """
    rows, columns = np.nonzero(mutual_best(scores))
    if len(rows) < _FEW:
        return False
    from scipy.stats import kendalltau

    return bool(kendalltau(rows, columns).statistic >= RISING)


def propagated(scores: Floats) -> Floats:
    """(m, k) scores times what the pairs that are each other's best lend to their surroundings.

    Two copies of one work keep its order, so that what stands near a sure pair in both sources is
    likelier to be a pair.
    """
    shares = np.zeros_like(scores)
    steps = np.arange(-_CUT, _CUT + 1)
    apart = steps[:, None] ** 2 + steps[None, :] ** 2
    lent = np.log1p(LENT * np.exp(-apart / (2 * REACH**2)))
    rows, columns = scores.shape
    for row, column in np.argwhere(mutual_best(scores)).tolist():
        top, left = max(row - _CUT, 0), max(column - _CUT, 0)
        end, right = min(row + _CUT + 1, rows), min(column + _CUT + 1, columns)
        shift = (_CUT - row, _CUT - column)
        shares[top:end, left:right] += lent[
            top + shift[0] : end + shift[0], left + shift[1] : right + shift[1]
        ]
    lifted: Floats = scores * np.exp(shares)
    return lifted
