"""The frame in which drawings are read: one scale, a border of the ground all round."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 560
"""Side of the frame in pixels; all lengths of the drawing steps are shares of it."""

BORDER = 8
"""Pixels of ground on every side of the picture."""


def framed(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Scale a picture to the frame and put a border of its own ground round it.

    Args:
        pixels: (h, w, 3) RGB.

    Returns:
        (h', w', 3) RGB, longer side `SIDE`; and the ground, (3,), the median of the picture's
        outermost pixels.
    """
    height, width = pixels.shape[:2]
    scale = (SIDE - 2 * BORDER) / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(pixels, size, interpolation=method)
    rim = np.concatenate([scaled[0], scaled[-1], scaled[:, 0], scaled[:, -1]])
    ground = np.median(rim, axis=0).astype(np.float32)
    value = tuple(float(v) for v in ground)
    bordered = cv2.copyMakeBorder(
        scaled, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=value
    )
    return np.asarray(bordered, np.uint8), ground


def into_frame(pixels: NDArray[np.uint8], picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The map from points of a picture to points of `framed` of it, (3, 3)."""
    wide, high = np.subtract(picture.shape[1::-1], 2 * BORDER) / pixels.shape[1::-1]
    return np.array([[wide, 0, BORDER], [0, high, BORDER], [0, 0, 1]])
