"""The neighbour graph: images as nodes that push each other away, relatives pull together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.layouts.project import spaced
from builder.layouts.types import Layout

NEAREST = 6
"""Relatives of an image that pull it; more would draw everything into one ball."""

_ROUNDS = (60, 300)  # of many images and of few
_FEW = 4_000
_SMALL = 0.6  # of the room that an image has: lines show between them
_LEAST = 3  # fewer images have no graph to be laid out


def graph_layout(xy: NDArray[np.float32], nearest: NDArray[np.int32]) -> Layout:
    """The layout "graph": forces between relatives, from where the map has the images.

    Starting from the map makes it repeatable, and lets the eye follow the passage from one to the
    other.

    Args:
        xy: (n, 2) positions on the map.
        nearest: (n, k) rows of the nearest images of each, best first, -1 for none.
    """
    from builder.layouts.forces import settle

    n = len(xy)
    ends, weights = joined(nearest)
    places = np.asarray(xy, np.float64).copy()
    if n >= _LEAST:
        degree = np.bincount(ends.ravel(), minlength=n).astype(np.float64)
        places = (places - places.mean(axis=0)) * 4 * np.sqrt(n)
        # No two nodes may lie at one place: they would have no direction to part in.
        turn = np.arange(n) * (np.pi * (3 - np.sqrt(5)))
        places += 0.01 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        rounds = int(np.clip(_ROUNDS[1] * _FEW / n, *_ROUNDS))
        settle(places, ends, weights, 1 + degree, rounds, max(1, round(n**0.42)))
    placed, size = spaced(places)
    return Layout(
        "graph",
        "positions",
        placed.astype(np.float32),
        size * _SMALL,
        label="Graph",
        note=f"Each image is pulled by its {NEAREST} nearest relatives and pushed by all others.",
    )


def joined(nearest: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Edges of the graph.

    Args:
        nearest: (n, k) rows of the nearest images of each, best first, -1 for none.

    Returns:
        (m, 2) rows, the smaller first, each pair once, ascending; and (m,) weights: the nearest
        pulls with 1, the last with less, and who are mutual with both.
    """
    kept = nearest[:, :NEAREST]
    count = kept.shape[1]
    first = np.repeat(np.arange(len(kept)), count)
    second = kept.ravel().astype(np.int64)
    weight = np.tile(1 - np.arange(count) / (count + 1), len(kept))
    real = second >= 0
    pair = np.sort(np.stack([first, second], axis=1)[real], axis=1)
    ends, index = np.unique(pair, axis=0, return_inverse=True)
    sums = np.bincount(np.asarray(index).ravel(), weight[real], len(ends))
    return ends.reshape(-1, 2).astype(np.int64), np.asarray(sums, np.float64)
