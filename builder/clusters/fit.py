"""k-means, and the rule that chooses k."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

RULE = (
    "k with the highest mean silhouette on a ladder of at most ten values from 2 to the square "
    "root of the number of images (the smaller k where two are equal)"
)
_SAMPLE = 4000  # images on which the silhouette is measured
_STARTS = 4


@dataclass(frozen=True)
class Fit:
    """Labels of one clustering, 0 to k - 1, and how k came about."""

    labels: NDArray[np.int32]
    k: int
    ladder: tuple[int, ...] = ()
    silhouette: tuple[float, ...] = ()
    inertia: tuple[float, ...] = ()


def fit(
    vectors: NDArray[np.float32],
    k: int | Literal["auto"],
    seed: int,
    progress: Callable[[int], None] | None = None,
) -> Fit:
    """Cluster by k-means (Lloyd, k-means++ starts; scikit-learn).

    Args:
        vectors: (n, d) principal component scores.
        k: how many clusters, or "auto" for the rule above; never more than distinct vectors.
        seed: of the starts.
        progress: called once for each k tried.
    """
    distinct = len(np.unique(vectors, axis=0)) if vectors.shape[1] else min(len(vectors), 1)
    if not isinstance(k, str):
        size = min(k, distinct)
        labels, inertia = _kmeans(vectors, size, seed)
        return Fit(labels, size, (size,), (), (inertia,))
    ladder = _ladder(len(vectors), distinct)
    if ladder == (1,):
        return Fit(np.zeros(len(vectors), np.int32), 1, ladder)
    tried = []
    for size in ladder:
        labels, inertia = _kmeans(vectors, size, seed)
        tried.append((labels, inertia, _silhouette(vectors, labels, seed)))
        if progress:
            progress(1)
    best = int(np.argmax([silhouette for _, _, silhouette in tried]))
    return Fit(
        tried[best][0],
        ladder[best],
        ladder,
        tuple(silhouette for _, _, silhouette in tried),
        tuple(inertia for _, inertia, _ in tried),
    )


def _ladder(count: int, distinct: int) -> tuple[int, ...]:
    """At most ten values of k, growing by a constant factor."""
    highest = min(int(np.sqrt(count)), distinct - 1)
    if highest < 2:
        return (1,)
    lowest = min(5, highest) if count >= 100 else 2
    return tuple(sorted({round(float(k)) for k in np.geomspace(lowest, highest, 10)}))


def _kmeans(vectors: NDArray[np.float32], k: int, seed: int) -> tuple[NDArray[np.int32], float]:
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    if k <= 1:
        return np.zeros(len(vectors), np.int32), float(((vectors - vectors.mean(0)) ** 2).sum())
    # With several threads the sums of a centre are added up in any order: not repeatable.
    with threadpool_limits(1):
        model = KMeans(k, n_init=_STARTS, random_state=seed).fit(vectors)
    return model.labels_.astype(np.int32), float(model.inertia_)


def _silhouette(vectors: NDArray[np.float32], labels: NDArray[np.int32], seed: int) -> float:
    from sklearn.metrics import silhouette_score

    sample = min(_SAMPLE, len(vectors))
    if sample < len(vectors):
        chosen = np.random.default_rng(seed).choice(len(vectors), sample, replace=False)
        vectors, labels = vectors[chosen], labels[chosen]
    if not 2 <= len(np.unique(labels)) < len(labels):
        return -1.0
    return float(silhouette_score(vectors, labels))
