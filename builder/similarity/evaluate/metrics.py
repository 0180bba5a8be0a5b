"""Measures of one ranking, from the places at which the relevant images stand.

All of a scope's candidates are ranked, so each of the R relevant images has a place r(1) < r(2)
< ... < r(R), counted from 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.similarity.evaluate.types import DEPTHS

_Ints = NDArray[np.int64]


def order(scores: NDArray[np.float32], candidates: NDArray[np.bool_]) -> _Ints:
    """Rows of the candidates, the highest score first; equal scores in order of rows."""
    rows = np.flatnonzero(candidates)
    return rows[np.argsort(-scores[rows], kind="stable")]


def average_precision(ranks: _Ints, depth: int | None = None) -> float:
    """Mean precision at the places of the relevant images.

    AP = (1/R) sum over i of i / r(i). With a `depth` d only places up to d are summed, and the
    sum is divided by min(R, d), so that a perfect ranking has 1.

    Args:
        ranks: (R,) ascending, from 1; R >= 1.
        depth: length of the list that is looked at; None for all of it.
    """
    precision = np.arange(1, len(ranks) + 1) / ranks
    if depth is None:
        return float(precision.mean())
    return float(precision[ranks <= depth].sum()) / min(len(ranks), depth)


def recall(ranks: _Ints, depth: int) -> float:
    """Share of the relevant images that stand among the first `depth`."""
    return float((ranks <= depth).mean())


def ndcg(ranks: _Ints, grades: _Ints, depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gain = grade.

    DCG = sum of grade / log2(place + 1) over the first `depth` places, over the best possible.

    Args:
        ranks: (R,) ascending, from 1.
        grades: (R,) of the images at those places.
    """
    inside = ranks <= depth
    gained = float((grades[inside] / np.log2(ranks[inside] + 1)).sum())
    ideal = np.sort(grades)[::-1][:depth]
    return gained / float((ideal / np.log2(np.arange(2, len(ideal) + 2))).sum())


def values(ranks: _Ints, grades: _Ints) -> NDArray[np.float64]:
    """All measures of one ranking, in the order of METRICS.

    Args:
        ranks: (R,) ascending, from 1; R >= 1.
        grades: (R,) of the images at those places.
    """
    return np.array(
        [
            average_precision(ranks),
            average_precision(ranks, 20),
            float(ranks[0] == 1),
            1 / ranks[0],
            *(recall(ranks, depth) for depth in DEPTHS),
            ndcg(ranks, grades),
        ]
    )
