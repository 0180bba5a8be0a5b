"""How a map stays: new images are laid beside their nearest, a new map is turned like the old."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.layouts.frame import spread
from builder.layouts.project import Positions

_NEAREST = 5
_AT_ONCE = 1024
_POWER = 4  # how much more the nearest counts than the next


def aligned(positions: Positions, former: Positions, shared: NDArray[np.bool_]) -> Positions:
    """Turn and mirror a map to match a former one (orthogonal Procrustes, Schoenemann 1966).

    Args:
        positions: (n, 2) of the new map, any scale.
        former: (n, 2) positions of the former map; read where `shared`.
        shared: (n,) which images the former map has.

    Returns:
        (n, 2) turned and mirrored only, so that what is near stays near; unchanged where fewer
        than two images are shared.
    """
    if np.count_nonzero(shared) < 2:
        return positions
    own = positions[shared] - positions[shared].mean(axis=0)
    other = former[shared] - former[shared].mean(axis=0)
    left, _, right = np.linalg.svd(own.T @ other)
    return np.asarray((positions - positions[shared].mean(axis=0)) @ (left @ right), np.float64)


def placed(vectors: NDArray[np.float32], known: NDArray[np.bool_], former: Positions) -> Positions:
    """Lay new images beside their nearest; the others keep their places exactly.

    A new image lies among its five nearest old ones (by cosine): at the mean of those that lie
    around their middle one, so that it never ends in the empty space between two regions. On three
    real collections that keeps as many neighbours of the new images as UMAP's own way to add
    points, and more than a few further rounds of UMAP, which besides move all.

    Args:
        vectors: (n, d) principal component scores.
        known: (n,) which images have a place; at least one.
        former: (n, 2) places, read where `known`.
    """
    result = np.array(former, np.float64)
    old, new = np.flatnonzero(known), np.flatnonzero(~known)
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    count = min(_NEAREST, len(old))
    for start in range(0, len(new), _AT_ONCE):
        rows = new[start : start + _AT_ONCE]
        cosine = unit[rows] @ unit[old].T
        nearest = np.argsort(-cosine, axis=1, kind="stable")[:, :count]
        weight = np.maximum(np.take_along_axis(cosine, nearest, 1), 1e-3) ** _POWER
        result[rows] = _amid(former[old[nearest]], weight)
    return result


def _amid(points: NDArray[np.float64], weight: NDArray[np.float32]) -> NDArray[np.float64]:
    """Of (m, k, 2) points the weighted mean of the half around the weighted medoid, (m, 2)."""
    gaps = np.sqrt(((points[:, :, None] - points[:, None]) ** 2).sum(axis=3))
    middle = (gaps * weight[:, None, :]).sum(axis=2).argmin(axis=1)
    away = gaps[np.arange(len(points)), middle]
    near = weight * (away <= np.median(away, axis=1, keepdims=True))
    near = near / near.sum(axis=1, keepdims=True)
    return np.asarray((points * near[..., None]).sum(axis=1), np.float64)


def joined(
    vectors: NDArray[np.float32], known: NDArray[np.bool_], former: Positions, size: float
) -> tuple[Positions, float]:
    """A map with new images laid in, and the size of pictures on it.

    Pictures become a little smaller, as there are more, and are moved apart only where the new
    ones need room. The whole stays within 0-1.

    Args:
        vectors: (n, d) principal component scores.
        known: (n,) which images have a place; at least one.
        former: (n, 2) places in 0-1, read where `known`.
        size: of pictures on the former map.
    """
    smaller = size * float(np.sqrt(np.count_nonzero(known) / len(known)))
    parted = spread(placed(vectors, known, former), smaller)
    return np.clip(parted, 0, 1), smaller
