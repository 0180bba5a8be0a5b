"""The order in which images are cut into the atlas: along a Hilbert curve over the grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def slots(cell: NDArray[np.int32], columns: int) -> NDArray[np.int32]:
    """The place of each image in the atlas.

    Any stretch of a Hilbert curve is a compact patch of the grid, so images of one atlas page
    are seen together in the grid, and mostly in the map that the grid was made from.

    Args:
        cell: (n,) row-major cell of each image in a grid of `columns` columns.

    Returns:
        (n,) int32, a permutation of 0 to n - 1.
    """
    x, y = (cell % columns).astype(np.int64), (cell // columns).astype(np.int64)
    order = np.argsort(distance(x, y), kind="stable")
    places = np.empty(len(cell), np.int32)
    places[order] = np.arange(len(cell), dtype=np.int32)
    return places


def distance(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    """How far along the curve lie the points (x, y), (n,) whole numbers of at least 0.

    Source: the quadrant-by-quadrant construction of Hilbert 1891.
    """
    x, y = x.copy(), y.copy()
    highest = int(max(x.max(initial=0), y.max(initial=0), 1))
    side = 1 << (highest.bit_length() - 1)
    total = np.zeros(len(x), np.int64)
    while side:
        right, lower = (x & side) > 0, (y & side) > 0
        total += side * side * (3 * right ^ lower)
        # Each quadrant is entered turned: flip and swap the axes within it.
        flip = right & ~lower
        x[flip], y[flip] = 2 * side - 1 - (x[flip] & (2 * side - 1)), 2 * side - 1 - y[flip]
        swap = ~lower
        x[swap], y[swap] = y[swap].copy(), x[swap].copy()
        x &= side - 1
        y &= side - 1
        side >>= 1
    return total
