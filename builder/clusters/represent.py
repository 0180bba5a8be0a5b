"""From labels to clusters that can be shown: in order, with medoids and nearest members."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.clusters.fit import RULE, Fit
from builder.clusters.types import Cluster, Clustering

_OPTIMAL = 1000  # more centres than this are ordered by the tree alone


def represent(
    fit: Fit, vectors: NDArray[np.float32], cosines: NDArray[np.float32], automatic: bool
) -> Clustering:
    """Number clusters so that likes stand together, and choose their representatives.

    Args:
        fit: labels 0 to k - 1.
        vectors: (n, d) scores that were clustered.
        cosines: (n,) cosine of each image to the mean of its cluster.
        automatic: whether k came from the rule.
    """
    found = np.unique(fit.labels)
    centres = np.stack([vectors[fit.labels == label].mean(axis=0) for label in found])
    order = found[leaf_order(centres)]
    number = np.empty(int(found.max()) + 1, np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    labels = number[fit.labels]
    clusters = tuple(
        _cluster(new + 1, np.flatnonzero(labels == new), vectors, cosines)
        for new in range(len(order))
    )
    choice = {
        "rule": RULE if automatic else "set in catalogue.toml",
        "k": list(fit.ladder),
        "silhouette": list(fit.silhouette),
        "inertia": list(fit.inertia),
        "chosen": len(order),
    }
    method = f"k-means over {vectors.shape[1]} principal components"
    return Clustering(method, labels.astype(np.int32), clusters, choice)


def _cluster(
    number: int,
    members: NDArray[np.intp],
    vectors: NDArray[np.float32],
    cosines: NDArray[np.float32],
) -> Cluster:
    ranked = members[np.argsort(-cosines[members], kind="stable")]
    nearest = ranked[:5]
    return Cluster(
        number=number,
        name="",
        members=tuple(ranked.tolist()),
        medoid=int(members[medoid(vectors[members])]),
        nearest=tuple(nearest.tolist()),
        scores=tuple(cosines[nearest].tolist()),
        cohesion=float(cosines[members].mean()),
    )


def medoid(vectors: NDArray[np.float32]) -> int:
    """The row with the least summed distance to all others; the first of equals."""
    from scipy.spatial.distance import cdist

    sums = np.zeros(len(vectors))
    for start in range(0, len(vectors), 1024):
        sums[start : start + 1024] = cdist(vectors[start : start + 1024], vectors).sum(axis=1)
    return int(np.argmin(np.round(sums, 6)))


def leaf_order(centres: NDArray[np.float32]) -> NDArray[np.intp]:
    """Order of (k, d) centres in which neighbours are alike: average linkage, optimal leaves.

    Source: Bar-Joseph and others 2001, as in SciPy.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage

    if len(centres) < 3 or not centres.shape[1]:
        return np.arange(len(centres))
    tree = linkage(centres, "average", optimal_ordering=len(centres) <= _OPTIMAL)
    return np.asarray(leaves_list(tree), np.intp)
