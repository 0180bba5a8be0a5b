"""Clusters as islands: each a disc of pictures, near where its members lie on the map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.clusters.types import Cluster, Clustering
from builder.layouts.frame import normalise
from builder.layouts.types import Layout, Mark

_WATER = 1.0  # width of the channel between islands, in pictures
_ROUNDS = 400


def islands(
    clustering: Clustering,
    map_xy: NDArray[np.float32],
    name: str = "clusters",
    label: str = "",
) -> Layout:
    """The layout "clusters": members around their island's centre, the most typical inmost.

    Args:
        clustering: every image belongs to one cluster.
        map_xy: (n, 2) positions of the map, which say where islands lie.
        name, label: of the layout.

    Each island is marked with the name of its cluster, or its number.
    """
    found = clustering.clusters
    offsets = [_disc(len(cluster.members)) for cluster in found]
    radii = np.array([np.sqrt((disc**2).sum(axis=1)).max() + 0.7 for disc in offsets])
    wanted = np.stack([map_xy[list(c.members)].mean(axis=0) for c in found])
    centres = _part(wanted.astype(np.float64), radii)
    xy = np.zeros((len(map_xy), 2))
    for cluster, centre, disc in zip(found, centres, offsets, strict=True):
        xy[list(cluster.members)] = centre + disc
    extent = max(float(np.ptp(xy, axis=0).max()), 1.0)
    size = 0.92 / extent if len(xy) > 1 else 1.0
    placed = normalise(xy).astype(np.float32)
    return Layout(
        name,
        "positions",
        placed,
        size,
        label=label,
        note="Each island is a cluster, its most typical images inmost, near its place on the map.",
        marks=tuple(_named(cluster, placed[list(cluster.members)], size) for cluster in found),
    )


def _named(cluster: Cluster, xy: NDArray[np.float32], size: float) -> Mark:
    """The name of an island, above it."""
    words = cluster.name or (f"Cluster {cluster.number}" if cluster.number else "")
    low, high = xy.min(axis=0), xy.max(axis=0)
    return Mark(float(low[0] + high[0]) / 2, float(low[1]) - size, words)


def _disc(count: int) -> NDArray[np.float64]:
    """The `count` cells of a unit lattice nearest to its centre, inmost first."""
    reach = int(np.ceil(np.sqrt(count / np.pi))) + 2
    side = np.arange(-reach, reach + 1)
    x, y = (axis.ravel() for axis in np.meshgrid(side, side))
    order = np.lexsort((np.arctan2(y, x), x**2 + y**2))[:count]
    return np.stack([x, y], axis=1)[order].astype(np.float64)


def _part(wanted: NDArray[np.float64], radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """Centres of discs that do not touch, in the arrangement of `wanted`, drawn close.

    Starting from the wanted places at a scale where the discs would just about fill the plane,
    overlapping discs push each other apart and all are drawn gently to the middle.
    """
    count = len(radii)
    if count == 1:
        return np.zeros((1, 2))
    apart = radii[:, None] + radii[None, :] + _WATER
    spread = np.sqrt(2.2 * np.pi * (radii**2).sum())
    centres = (normalise(wanted) - 0.5) * spread
    # A tiny fixed twist parts centres that coincide.
    angle = np.arange(count) * 2.399963
    centres += 1e-3 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    for step in range(_ROUNDS):
        if step < _ROUNDS * 3 // 4:
            centres *= [0.996, 0.99]  # a little flatter than round: screens lie broad
        gap = centres[:, None] - centres[None, :]
        distance = np.sqrt((gap**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        overlap = np.maximum(apart - distance, 0)
        push = (gap / np.maximum(distance, 1e-9)[..., None]) * (overlap / 2)[..., None]
        centres = centres + push.sum(axis=1) * 0.6
    return np.asarray(centres, np.float64)
