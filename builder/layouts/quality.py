"""How far a layout can be believed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from builder.layouts.types import Layout

_NEIGHBOURS = 10
_SAMPLE = 2000


def measured(layout: Layout, vectors: NDArray[np.float32], neighbours: NDArray[np.int32]) -> Layout:
    """The layout with its measures.

    Args:
        layout: positions of n images.
        vectors: (n, d) scores that the layout unfolds.
        neighbours: (n, k) rows of the true neighbours, best first, -1 for none.

    Adds:
        neighbours_kept: share of the ten true neighbours that are among the ten nearest here, and
            `faithful`, the same of each image.
        trustworthiness, continuity: Venna and Kaski 2001, ten neighbours, on at most 2,000 images.
        Nothing where there are too few images, or no differences, to speak of neighbourhoods.
    """
    if len(vectors) <= 2 * _NEIGHBOURS + 1 or not vectors.shape[1]:
        return layout
    faithful = kept(layout.xy, neighbours[:, :_NEIGHBOURS])
    trust, continuity = _venna(layout.xy, vectors)
    measures = {
        "neighbours_kept": float(faithful.mean(dtype=np.float64)),
        "trustworthiness": trust,
        "continuity": continuity,
    }
    return replace(layout, quality={**layout.quality, **measures}, faithful=faithful)


def kept(xy: NDArray[np.float32], true: NDArray[np.int32]) -> NDArray[np.float32]:
    """Of each image the share of its true neighbours that are among as many nearest here.

    Args:
        xy: (n, 2) positions.
        true: (n, k) rows, -1 for none; k < n.

    Returns:
        (n,) float32; 1 for an image without true neighbours.
    """
    from scipy.spatial import cKDTree

    count = true.shape[1]
    _, found = cKDTree(xy).query(xy, k=count + 1)
    found = np.asarray(found)
    # An image is its own nearest, but for others on its very spot; without it, the first k.
    own = found == np.arange(len(xy))[:, None]
    own[~own.any(axis=1), -1] = True
    near = found[~own].reshape(len(xy), count)
    shared = ((true[:, :, None] == near[:, None, :]) & (true >= 0)[:, :, None]).any(axis=2)
    there = np.count_nonzero(true >= 0, axis=1)
    share = np.count_nonzero(shared, axis=1) / np.maximum(there, 1)
    return np.where(there > 0, share, 1).astype(np.float32)


def _venna(xy: NDArray[np.float32], vectors: NDArray[np.float32]) -> tuple[float, float]:
    from sklearn.manifold import trustworthiness

    if len(xy) > _SAMPLE:
        chosen = np.linspace(0, len(xy) - 1, _SAMPLE).astype(int)
        xy, vectors = xy[chosen], vectors[chosen]
    return (
        float(trustworthiness(vectors, xy, n_neighbors=_NEIGHBOURS)),
        float(trustworthiness(xy, vectors, n_neighbors=_NEIGHBOURS)),
    )
