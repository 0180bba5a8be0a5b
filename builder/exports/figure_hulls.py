"""Outlines of clusters on a map: around places where members stand together, never overlapping."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.exports.figure_types import Points

REACH = 1.15
"""So far from its members a cluster's land goes, in sides of a picture."""

_FINE = 4.0  # steps to the side of a picture
_MOST = 1_500_000  # steps of the whole at most
_SMOOTH = 0.3  # of a picture's side
_FEW, _SHARE = 3, 0.1  # a part with fewer members, of all of the cluster, gets no outline


def hulls(
    centres: Points, side: float, labels: NDArray[np.int32], reach: float = REACH
) -> dict[int, list[Points]]:
    """The outlines of each cluster by its number.

    The land of a cluster is where one of its members is the nearest picture, and near; so lands
    never overlap, and a cluster in several places gets several outlines. Places where fewer than
    three members, or less than a tenth of them, stand apart from the rest get none.

    Args:
        centres: (n, 2) of the pictures.
        side: of a picture, in the same units.
        labels: (n,) number of the cluster less one, -1 for none.
        reach: how far land goes from a picture, in sides.

    Returns:
        number -> closed outlines, (k, 2), the one with most members first; holes are left out.
    """
    from scipy.spatial import cKDTree

    if not len(centres) or side <= 0:
        return {}
    low = centres.min(axis=0) - 3 * side
    extent = centres.max(axis=0) + 3 * side - low
    step = max(side / _FINE, float(np.sqrt(extent[0] * extent[1] / _MOST)))
    columns, rows = (int(np.ceil(value / step)) + 1 for value in extent)
    x, y = low[0] + np.arange(columns) * step, low[1] + np.arange(rows) * step
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    distance, nearest = cKDTree(centres).query(grid, distance_upper_bound=reach * side)
    owner = np.full(len(grid), -1, np.int64)
    near = np.isfinite(distance)
    owner[near] = labels[nearest[near]]
    land = owner.reshape(rows, columns)
    cells = np.rint((centres - low) / step).astype(np.int64)
    found = {}
    for label in np.unique(labels[labels >= 0]).tolist():
        outlines = _outlines(land == label, cells[labels == label], _SMOOTH * side / step)
        if outlines:
            found[label + 1] = [low + outline * step for outline in outlines]
    return found


def _outlines(land: NDArray[np.bool_], members: NDArray[np.int64], smooth: float) -> list[Points]:
    """Outlines of the populous parts of one cluster's land, in steps of the grid."""
    from scipy import ndimage

    top, left = members[:, 1].min(), members[:, 0].min()
    pad = int(_FINE * 3) + 2
    rows = slice(max(int(top) - pad, 0), int(members[:, 1].max()) + pad + 1)
    columns = slice(max(int(left) - pad, 0), int(members[:, 0].max()) + pad + 1)
    own = members - [columns.start, rows.start]
    parts, _ = ndimage.label(land[rows, columns], np.ones((3, 3)))
    counts = np.bincount(parts[own[:, 1], own[:, 0]], minlength=int(parts.max()) + 1)
    counts[0] = 0
    least = max(_FEW, _SHARE * len(members))
    kept = [part for part in np.argsort(-counts, kind="stable").tolist() if counts[part] >= least]
    outlines = []
    for part in kept:
        outline = _outline(parts == part, smooth)
        if outline is not None:
            outlines.append(outline + np.array([columns.start, rows.start]))
    return outlines


def _outline(mask: NDArray[np.bool_], smooth: float) -> Points | None:
    """The longest contour of a smoothed mask, as x and y."""
    from scipy import ndimage
    from skimage import measure

    soft = ndimage.gaussian_filter(np.pad(mask, 1).astype(np.float32), smooth)
    measuring: Any = measure  # it is not typed
    contours = measuring.find_contours(soft, 0.5)
    if not contours:
        return None
    longest = max(contours, key=len)
    thinned = measuring.approximate_polygon(longest, 0.12)
    return np.asarray(thinned[:, ::-1] - 1, np.float64)
