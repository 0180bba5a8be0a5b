"""In which order clusters are shown: likes beside likes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OPTIMAL = 1000
"""Up to so many centres the order is optimal; it takes seconds for these, minutes for thousands."""

METHODS = {
    "optimal": "average linkage of the centres, leaves in the order with the shortest way from "
    "each to the next (Bar-Joseph and others 2001)",
    "two levels": f"average linkage of the centres, cut into {OPTIMAL} branches; the means of the "
    "branches, and the centres in each, stand in optimal leaf order, each branch turned so that it "
    "joins the one before best",
}
"""How centres are put in order, in words."""


def distances(centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """(k, k) Euclidean distances between centres, exactly symmetric, zeros on the diagonal."""
    from scipy.spatial.distance import pdist, squareform

    if len(centres) < 2 or not centres.shape[1]:
        return np.zeros((len(centres), len(centres)), np.float32)
    return np.asarray(squareform(pdist(centres.astype(np.float64))), np.float32)


def leaf_order(centres: NDArray[np.float32], most: int = OPTIMAL) -> NDArray[np.intp]:
    """Order of (k, d) centres in which neighbours are alike.

    Args:
        centres: mean vectors of the clusters.
        most: centres up to which the order is optimal; above, it has two levels (`METHODS`).
    """
    if len(centres) < 3 or not centres.shape[1]:
        return np.arange(len(centres))
    return _optimal(centres) if len(centres) <= most else _two_levels(centres, most)


def _optimal(centres: NDArray[np.float32]) -> NDArray[np.intp]:
    from scipy.cluster.hierarchy import leaves_list, linkage

    if len(centres) < 3:
        return np.arange(len(centres))
    return np.asarray(leaves_list(linkage(centres, "average", optimal_ordering=True)), np.intp)


def _two_levels(centres: NDArray[np.float32], most: int) -> NDArray[np.intp]:
    from scipy.cluster.hierarchy import fcluster, linkage

    branch = np.unique(
        fcluster(linkage(centres, "average"), most, "maxclust"), return_inverse=True
    )[1]
    members = [np.flatnonzero(branch == one) for one in range(int(branch.max()) + 1)]
    means = np.stack([centres[rows].mean(axis=0) for rows in members])
    placed: list[NDArray[np.intp]] = []
    for one in _optimal(means):
        rows = members[one]
        inner = rows[leaf_order(centres[rows], most)] if len(rows) <= most else rows
        if placed:
            last = centres[placed[-1][-1]]
            first, final = np.linalg.norm(centres[inner[[0, -1]]] - last, axis=1)
            inner = inner[::-1] if final < first else inner
        placed.append(inner)
    return np.concatenate(placed)
