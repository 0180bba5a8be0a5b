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
        neighbours_kept: share of the ten true neighbours that are among the ten nearest here.
        trustworthiness, continuity: Venna and Kaski 2001, ten neighbours, on at most 2,000 images.
        Nothing where there are too few images, or no differences, to speak of neighbourhoods.
    """
    if len(vectors) <= 2 * _NEIGHBOURS + 1 or not vectors.shape[1]:
        return layout
    kept = _kept(layout.xy, neighbours[:, :_NEIGHBOURS])
    trust, continuity = _venna(layout.xy, vectors)
    measures = {"neighbours_kept": kept, "trustworthiness": trust, "continuity": continuity}
    return replace(layout, quality={**layout.quality, **measures})


def _kept(xy: NDArray[np.float32], true: NDArray[np.int32]) -> float:
    from scipy.spatial import cKDTree

    _, found = cKDTree(xy).query(xy, k=_NEIGHBOURS + 1)
    shared = [
        len(set(near.tolist()) & set(rows.tolist()) - {row})
        for row, (near, rows) in enumerate(zip(found, true, strict=True))
    ]
    return float(np.mean(shared) / true.shape[1])


def _venna(xy: NDArray[np.float32], vectors: NDArray[np.float32]) -> tuple[float, float]:
    from sklearn.manifold import trustworthiness

    if len(xy) > _SAMPLE:
        chosen = np.linspace(0, len(xy) - 1, _SAMPLE).astype(int)
        xy, vectors = xy[chosen], vectors[chosen]
    return (
        float(trustworthiness(vectors, xy, n_neighbors=_NEIGHBOURS)),
        float(trustworthiness(xy, vectors, n_neighbors=_NEIGHBOURS)),
    )
