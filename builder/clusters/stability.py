"""Whether clusters come back when only a part of the images is clustered.

Sources: Ben-Hur and others 2002 (subsamples are clustered); Hennig 2007 (Jaccard index of one
cluster).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.clusters.types import Relabel

SHARE = 0.8
"""Share of the images that is in a subsample."""

_MOST = 4000  # images of a subsample


def subsamples(n: int, count: int, seed: int) -> list[NDArray[np.intp]]:
    """`count` random subsamples of n images, each as sorted rows."""
    rng = np.random.default_rng(seed)
    size = min(max(int(SHARE * n), 1), _MOST)
    return [np.sort(rng.choice(n, size, replace=False)).astype(np.intp) for _ in range(count)]


def agreement(
    labels: NDArray[np.int32],
    rows: list[NDArray[np.intp]],
    again: list[NDArray[np.int32]],
) -> float:
    """Mean adjusted Rand index between all images' labels and those of subsamples.

    Images of no cluster count as clusters of their own.
    """
    from sklearn.metrics import adjusted_rand_score

    pairs = zip(rows, again, strict=True)
    found = [adjusted_rand_score(alone(labels[r]), alone(labels2)) for r, labels2 in pairs]
    return float(np.mean(found)) if found else 0.0


def alone(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """The labels, with a new one for each image that has none."""
    without = np.flatnonzero(labels < 0)
    result = labels.copy()
    result[without] = int(labels.max(initial=-1)) + 1 + np.arange(len(without))
    return result


def of_clusters(
    labels: NDArray[np.int32],
    rows: list[NDArray[np.intp]],
    again: list[NDArray[np.int32]],
) -> tuple[float, ...]:
    """For each label the mean, over subsamples, of its Jaccard index with its best match there.

    Only images of the subsample count; a label that has none there is left out of its mean.
    Images of no cluster are clusters of their own: all that is left of a pair is rightly alone.
    """
    k = int(labels.max(initial=-1)) + 1
    sums, seen = np.zeros(k), np.zeros(k)
    for chosen, found in zip(rows, again, strict=True):
        table = overlap(labels[chosen], alone(found), k)
        here = table["left"] > 0
        sums[here] += table["best"][here]
        seen[here] += 1
    return tuple((sums / np.maximum(seen, 1)).tolist())


def overlap(
    left: NDArray[np.int32], right: NDArray[np.int32], k: int
) -> dict[str, NDArray[np.float64]]:
    """Sizes of labels 0 to k - 1 on the left, and their best Jaccard index on the right."""
    from scipy.sparse import coo_matrix

    size_left = np.bincount(left[left >= 0], minlength=k).astype(np.float64)
    size_right = np.bincount(right[right >= 0], minlength=1).astype(np.float64)
    both = (left >= 0) & (right >= 0)
    ones = np.ones(int(both.sum()))
    # Sparse: with a thousand families each, a full table would be mostly nothing.
    shared = coo_matrix((ones, (left[both], right[both])), (k, len(size_right))).tocsr().tocoo()
    index = shared.data / (size_left[shared.row] + size_right[shared.col] - shared.data)
    best = np.zeros(k)
    np.maximum.at(best, shared.row, index)
    return {"left": size_left, "best": best}


def again(relabel: Relabel, rows: list[NDArray[np.intp]]) -> list[NDArray[np.int32]]:
    """The labels of each subsample."""
    return [relabel(chosen) for chosen in rows]
