"""Dates of many images: piles that would stand tall and thin are made broader.

Seventy images of one year would be a needle of tiny pictures between broad heaps. Their pile takes
in a few columns on each side, as many on the left as on the right, so that it still stands over
its year; how broad it may be is bounded by a share of the whole axis.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BROADEST = 0.04
"""Of all columns, what a pile that is made broader may take."""

_SLENDER = 3.0  # height over breadth from which on a pile is made broader
_STANDS_OUT = 2.0  # by how much it must be higher than what stands beside it
_TALL = 8  # height from which on piles count as tall: the axis' columns over this

_Ints = NDArray[np.int64]


def expected(low: _Ints, high: _Ints, counts: _Ints, columns: int) -> NDArray[np.float64]:
    """Height of each column if the images of every window were spread evenly over it.

    Args:
        low, high: (k,) first and last column of each window.
        counts: (k,) its images.
        columns: of the axis.
    """
    rise = np.zeros(columns + 1)
    each = counts / (high - low + 1)
    np.add.at(rise, low, each)
    np.add.at(rise, high + 1, -each)
    return np.cumsum(rise)[:-1]


def broadening(low: _Ints, high: _Ints, counts: _Ints, columns: int) -> _Ints:
    """Columns to be added on each side of windows, 0 for most; (k,).

    A window is made broader where its images would stand more than three times as high as broad,
    high for the whole, and at least twice as high as what would then be beside them.

    Args:
        low, high: (k,) first and last column of distinct windows.
        counts: (k,) images whose dates have that window.
        columns: of the axis.
    """
    own = high - low + 1
    wanted = np.ceil(np.sqrt(counts / _SLENDER)).astype(np.int64)
    most = int(BROADEST * columns)
    extra: _Ints = np.maximum(np.minimum(-((own - wanted) // 2), (most - own) // 2), 0)
    height = counts / own
    extra[height <= max(columns / _TALL, _SLENDER)] = 0
    if not extra.any():
        return extra
    before = np.append(0, np.cumsum(expected(low, high, counts, columns)))
    left, right = np.maximum(low - extra, 0), np.minimum(high + extra, columns - 1)
    inside = before[high + 1] - before[low]
    around = before[right + 1] - before[left] - inside
    beside = around / np.maximum(right - left + 1 - own, 1)
    extra[height < _STANDS_OUT * beside] = 0
    return extra
