"""Where strokes of which direction lie: a description of line drawings that needs no network.

The orientation histograms of Dalal and Triggs (2005), on thin strokes in one shape, with
directions from the structure tensor. Turning a drawing by quarters, or mirroring it, only
re-arranges its numbers.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

CELLS, BINS = 24, 8
"""Cells along a side, and directions. `similarity/dihedral.py` turns them and must know them."""

WIDTH = CELLS * CELLS * BINS
"""Numbers that describe one drawing."""

_POWER = 0.3  # evens out long strokes and short ones
_CELL_BLUR = 0.6  # of a cell: how far a stroke may shift


def histogram(strokes: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Describe a drawing of thin strokes: (s, s) bool -> (CELLS, CELLS, BINS) float32.

    Bin b holds strokes whose direction is b * 180 / BINS degrees, measured from the x axis
    towards the y axis (which points down).
    """
    side = len(strokes)
    angle = _directions(strokes)
    place = angle[strokes] * (BINS / np.pi)
    low = np.floor(place).astype(int)
    part = (place - low).astype(np.float32)
    maps = np.zeros((BINS, side, side), np.float32)
    ys, xs = np.nonzero(strokes)
    np.add.at(maps, (low % BINS, ys, xs), 1 - part)
    np.add.at(maps, ((low + 1) % BINS, ys, xs), part)
    stack = np.ascontiguousarray(maps.transpose(1, 2, 0))
    blurred = cv2.GaussianBlur(stack, (0, 0), _CELL_BLUR * side / CELLS)
    # One direction at a time: at sizes that cells do not divide, OpenCV takes four at most.
    cells = [
        cv2.resize(plane, (CELLS, CELLS), interpolation=cv2.INTER_AREA)
        for plane in np.ascontiguousarray(blurred.transpose(2, 0, 1))
    ]
    return np.asarray(np.maximum(np.stack(cells, axis=-1), 0) ** _POWER, np.float32)


def _directions(strokes: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Direction of the stroke at each pixel in [0, pi), from the structure tensor."""
    side = len(strokes)
    soft = cv2.GaussianBlur(strokes.astype(np.float32), (0, 0), max(side / 160, 0.7))
    gx = cv2.Sobel(soft, cv2.CV_32F, 1, 0)
    gy = cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    sigma = max(side / 100, 0.9)
    xx = cv2.GaussianBlur(gx * gx, (0, 0), sigma)
    yy = cv2.GaussianBlur(gy * gy, (0, 0), sigma)
    xy = cv2.GaussianBlur(gx * gy, (0, 0), sigma)
    # The gradient is steepest across the stroke; the stroke runs at a right angle to it.
    across = 0.5 * np.arctan2(2 * xy, xx - yy)
    return np.asarray((across + np.pi / 2) % np.pi, np.float32)
