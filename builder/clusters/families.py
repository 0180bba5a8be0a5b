"""Families: copies of one design, as far as mutual relatives show it. An image may stay alone.

Relatives lend each other their likenesses (the mutual nearest of both sides are averaged in, as in
query expansion), groups are joined while their members are alike on average (average linkage, which
does not chain as connected components do), and every family must hang together by mutual
neighbours. Where to stop is chosen by a silhouette in which an image alone counts a little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from builder.clusters.stability import alone

LENDERS = 4
"""Mutual nearest neighbours that lend an image their likenesses."""

ALONE = 0.2
"""Silhouette of an image alone: about how much nearer the nearest image is than the next (median
0.18 to 0.28 where it was measured). Like `LENDERS` it was settled by looking at the truth of the
demonstration and of the Euclid diagrams, so figures on these two are not those of unseen data."""

RULE = (
    "families are cut where the mean silhouette is highest, an image alone counting "
    f"{ALONE}; likeness is measured up to that of the nearest relatives of one image in ten"
)
_NEAREST = 20  # neighbours among which mutual ones hold a family together
_CUTS = 48  # numbers of groups tried
_BAND = 512


@dataclass(frozen=True)
class Families:
    """Families of n images, and how the cut came about.

    Attributes:
        labels: (n,) int32, -1 for an image alone.
        cut: mean likeness (in standard deviations of all pairs) below which nothing is joined.
        cuts, silhouette, count: those tried, the mean silhouette and the number of families there.
    """

    labels: NDArray[np.int32]
    cut: float
    cuts: tuple[float, ...] = ()
    silhouette: tuple[float, ...] = ()
    count: tuple[int, ...] = ()


def standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, n) likenesses as symmetric standard scores of all pairs; zeros if all pairs are equal.

    An image's likeness with itself stands on the diagonal, on the same scale.
    """
    n = len(scores)
    result = np.asarray((scores + scores.T) * np.float32(0.5), np.float32)
    pairs = max(n * (n - 1), 1)
    own = np.diagonal(result).astype(np.float64)
    mean = float((result.sum(dtype=np.float64) - own.sum()) / pairs)
    result -= np.float32(mean)
    own -= mean
    squares = np.einsum("ij,ij->", result, result, dtype=np.float64) - (own**2).sum()
    spread = float(np.sqrt(max(squares, 0) / pairs))
    if spread < 1e-6:
        return np.zeros_like(result)
    result /= np.float32(spread)
    return result


def lend(likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """Likeness of pairs with what their mutual nearest neighbours say of it.

    Args:
        likeness: (n, n) of `standard`.

    Returns:
        (n, n) symmetric: z + (Wz + zW')/2 + WzW', where W holds the positive likenesses of each
        row's mutual `LENDERS` nearest, scaled to sum 1.
    """
    table = _mutual(likeness, LENDERS)
    weights = table.multiply(csr_matrix(table > 0)).tocsr()
    sums = np.asarray(weights.sum(axis=1)).ravel()
    weights = csr_matrix(weights.multiply(1 / np.maximum(sums, 1e-9)[:, None]), dtype=np.float32)
    towards = np.asarray(weights @ likeness, np.float32)
    both = np.asarray((weights @ towards.T), np.float32)
    result = likeness + (towards + towards.T) * np.float32(0.5)
    result += (both + both.T) * np.float32(0.5)
    return np.asarray(result, np.float32)


def families(likeness: NDArray[np.float32], cut: float | None = None) -> Families:
    """Put copies of one design together.

    Args:
        likeness: (n, n) of `standard`.
        cut: mean lent likeness below which nothing is joined; None chooses it by `RULE`.
    """
    n = len(likeness)
    if n < 3:
        return Families(np.full(n, -1, np.int32), 0.0)
    if not likeness.any():  # no pair is less alike than another: all are the same
        return Families(np.zeros(n, np.int32), 0.0)
    lent = lend(likeness)
    tree, top = _tree(lent)
    mutual = _mutual(likeness, _NEAREST)
    if cut is not None:
        return Families(_cut(tree, top - cut, mutual), cut)
    tried = _heights(tree[:, 2])
    apart = _distances(likeness)
    made = [_cut(tree, height, mutual) for height in tried]
    scores = [_silhouette(apart, labels) for labels in made]
    best = int(np.argmax(scores))
    cuts = tuple(float(top - height) for height in tried)
    counts = tuple(int(labels.max()) + 1 for labels in made)
    return Families(made[best], cuts[best], cuts, tuple(scores), counts)


def _tree(lent: NDArray[np.float32]) -> tuple[NDArray[np.float64], float]:
    """Average linkage over (greatest likeness - likeness), and the greatest likeness."""
    from scipy.cluster.hierarchy import linkage

    upper = np.triu_indices(len(lent), 1)
    pairs = lent[upper].astype(np.float64)
    top = float(pairs.max())
    return np.asarray(linkage(top - pairs, "average")), top


def _heights(heights: NDArray[np.float64]) -> list[float]:
    """Heights to cut at: just above one joining, then ever more of them, finest first."""
    total = len(heights)
    groups = np.unique(np.geomspace(max(total // 50, 1), total, _CUTS).astype(int))[::-1]
    return [float(heights[total - count]) for count in groups]


def _cut(tree: NDArray[np.float64], height: float, mutual: csr_matrix) -> NDArray[np.int32]:
    """Groups joined up to a height that mutual neighbours hold together; -1 for images alone."""
    from scipy.cluster.hierarchy import fcluster
    from scipy.sparse.csgraph import connected_components

    groups = fcluster(tree, height + 1e-9, "distance")
    edges = mutual.tocoo()
    inside = groups[edges.row] == groups[edges.col]
    held = csr_matrix(
        (np.ones(int(inside.sum())), (edges.row[inside], edges.col[inside])), mutual.shape
    )
    parts = connected_components(held, directed=False)[1]
    sizes = np.bincount(parts)
    numbers = np.cumsum(sizes > 1) - 1
    return np.where(sizes[parts] > 1, numbers[parts], -1).astype(np.int32)


def _distances(likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """Distances for the silhouette: 0 from the likeness of the nearest of one image in ten on."""
    others = likeness.copy()
    np.fill_diagonal(others, -np.inf)
    top = np.float32(np.quantile(others.max(axis=1), 0.9))
    result = np.maximum(top - likeness, 0)
    np.fill_diagonal(result, 0)
    return np.asarray(result, np.float32)


def _silhouette(apart: NDArray[np.float32], labels: NDArray[np.int32]) -> float:
    """Mean silhouette (Rousseeuw 1987) from (n, n) distances, images alone counting `ALONE`."""
    together = labels >= 0
    if not together.any():
        return ALONE
    own = alone(labels)
    n, k = len(own), int(own.max()) + 1
    if k < 2:
        return 0.0
    sizes = np.bincount(own, minlength=k)
    member = csr_matrix((np.ones(n, np.float32), (own, np.arange(n))), (k, n))
    sums = np.asarray(member @ apart, np.float32)  # (k, n): of each group, to each image
    everyone = np.arange(n)
    inside = sums[own, everyone] / np.maximum(sizes[own] - 1, 1)
    sums /= sizes[:, None].astype(np.float32)
    sums[own, everyone] = np.inf
    outside = sums.min(axis=0)
    found = (outside - inside) / np.maximum(np.maximum(outside, inside), 1e-12)
    return float(np.where(together, found, ALONE).mean(dtype=np.float64))


def _mutual(likeness: NDArray[np.float32], nearest: int) -> csr_matrix:
    """(n, n) sparse likenesses of pairs of which each is among the `nearest` of the other."""
    n = len(likeness)
    keep = min(nearest, n - 1)
    rows = np.empty((n, keep), np.int64)
    for start in range(0, n, _BAND):
        band = likeness[start : start + _BAND].copy()
        band[np.arange(len(band)), start + np.arange(len(band))] = -np.inf
        rows[start : start + _BAND] = np.argsort(-band, axis=1, kind="stable")[:, :keep]
    first = np.repeat(np.arange(n), keep)
    listed = csr_matrix((np.ones(n * keep), (first, rows.ravel())), (n, n))
    both = listed.multiply(listed.T).tocoo()
    values = likeness[both.row, both.col].astype(np.float32)
    return csr_matrix((values, (both.row, both.col)), (n, n))
