"""From a picture to the square that a network is shown."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image


def to_square(
    pixels: NDArray[np.uint8],
    size: int,
    fit: Literal["pad", "squash"],
    ground: tuple[int, int, int],
) -> NDArray[np.uint8]:
    """Fit a picture into a square.

    Args:
        pixels: (h, w, 3) RGB.
        size: side of the square in pixels.
        fit: "pad" keeps proportions, centres, and fills up with `ground`; "squash" stretches.
        ground: the picture's own ground, RGB.

    Returns:
        (size, size, 3) RGB, contiguous.
    """
    height, width = pixels.shape[:2]
    if fit == "squash":
        # Antialiased bilinear, as torchvision's Resize has it: what published recipes do.
        squashed = Image.fromarray(pixels).resize((size, size), Image.Resampling.BILINEAR)
        return np.asarray(squashed)
    scale = size / max(height, width)
    inner_w, inner_h = max(1, round(width * scale)), max(1, round(height * scale))
    square = np.empty((size, size, 3), np.uint8)
    square[:] = ground
    top, left = (size - inner_h) // 2, (size - inner_w) // 2
    square[top : top + inner_h, left : left + inner_w] = _resize(pixels, inner_w, inner_h)
    return square


def _resize(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    if pixels.shape[:2] == (height, width):
        return pixels
    shrinks = width * height < pixels.shape[0] * pixels.shape[1]
    # Area averaging keeps thin ink lines when shrinking; cubic is smooth when enlarging.
    method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=method), np.uint8)
