"""Where a drawing is dark, coarsely: what tells a lit moon from a dark one, which lines do not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.features.prepare.frame import framed, into_frame
from builder.features.prepare.lines import MARGIN, placed_lines
from builder.features.prepare.lines import SIDE as DRAWING

SIDE = 32
"""Cells along a side."""

WIDTH = SIDE * SIDE
"""Numbers of one description."""

_ROUND = 0.03  # round the drawing's box, as a share of its longer side
_FINE = 2  # pixels a cell before they are averaged
_BLUR = 0.7  # cells: what a hand may miss
_COARSE = 4  # the ground is looked for in a picture so many times smaller
_PATCH, _SMOOTH = 9, 8.0  # pixels of that picture: wider than strokes are, narrower than stains


def tone(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How dark each place of the drawing's box is, against the ground about it.

    The box is laid, proportions kept, into the middle of a square; darkness enters by its square
    root, so that a pale ink counts beside a black one.

    Args:
        pixels: (h, w, 3) RGB.

    Returns:
        (SIDE, SIDE) float32 of mean zero and length one; zeros where nothing is drawn.
    """
    drawing, place = placed_lines(pixels)
    if not drawing.any():
        return np.zeros((SIDE, SIDE), np.float32)
    picture, _ = framed(pixels)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    dark = np.clip(_ground(grey) - grey, 0, None)
    # From the frame to the drawing, and from there to a square a little larger than its box.
    onto = place @ np.linalg.inv(into_frame(pixels, picture))
    scale = SIDE * _FINE / (DRAWING * (1 - 2 * MARGIN) * (1 + 2 * _ROUND))
    matrix = scale * onto
    matrix[:, 2] += SIDE * _FINE / 2 - scale * DRAWING / 2
    cell = 1 / matrix[0, 0]
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5  # OpenCV counts from the middles of pixels
    soft = cv2.GaussianBlur(dark, (0, 0), max(cell / 2, 0.5))
    fine = cv2.warpAffine(soft, matrix, (SIDE * _FINE, SIDE * _FINE))
    cells = cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    found = np.sqrt(cv2.GaussianBlur(cells, (0, 0), _BLUR))
    found -= found.mean()
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-6), np.float32)


def _ground(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """The brightness of the ground at every place: the brightest nearby, smoothed."""
    height, width = grey.shape
    size = (max(width // _COARSE, 1), max(height // _COARSE, 1))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    bright = cv2.dilate(small, np.ones((_PATCH, _PATCH), np.uint8))
    return np.asarray(cv2.resize(cv2.GaussianBlur(bright, (0, 0), _SMOOTH), (width, height)))
