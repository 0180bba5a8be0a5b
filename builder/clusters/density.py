"""Crowded places: HDBSCAN."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def crowded(vectors: NDArray[np.float32], smallest: int) -> NDArray[np.int32]:
    """Clusters of any shape wherever images lie close; -1 for those that lie apart.

    Source: Campello and others 2013, as in scikit-learn.

    Args:
        vectors: (n, d) principal component scores.
        smallest: fewest images of a cluster.
    """
    from sklearn.cluster import HDBSCAN
    from threadpoolctl import threadpool_limits

    if len(vectors) < max(smallest, 2) or not vectors.shape[1]:
        return np.full(len(vectors), -1, np.int32)
    with threadpool_limits(1):
        model = HDBSCAN(min_cluster_size=smallest, copy=True).fit(vectors.astype(np.float64))
    return np.asarray(model.labels_, np.int32)
