"""The ground that ink lies on, and a picture without it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_COARSE = 200  # longer side of the picture whose medians are the ground
_LUMA = (0.299, 0.587, 0.114)
_WINDOW = 41  # pixels of the coarse picture: a fifth of its side


def ground(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The colour of parchment or paper at each place, as if nothing were drawn on it.

    A running median, which strokes do not move; what is painted broader than a tenth of the
    picture is ground to it.

    Args:
        pixels: (h, w, 3) RGB.

    Returns:
        (h, w, 3) RGB.
    """
    high, wide = pixels.shape[:2]
    scale = min(1.0, _COARSE / max(high, wide))
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    # Nearest pixels: means would mix ink into the ground.
    coarse = cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST)
    window = min(_WINDOW, max(3, min(size) | 1))
    level = cv2.medianBlur(np.ascontiguousarray(coarse), window)
    return np.asarray(cv2.resize(level, (wide, high), interpolation=cv2.INTER_LINEAR), np.uint8)


def evened(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How bright each place is against its ground: (h, w, 3) RGB -> (h, w), 255 for ground.

    What is brighter than its ground counts as ground.
    """
    level = np.maximum(ground(pixels).astype(np.float32), 1.0)
    share = np.minimum(pixels.astype(np.float32) / level, 1.0)
    grey = share @ np.array(_LUMA, np.float32)
    return np.asarray(np.rint(np.minimum(grey, 1.0) * 255), np.uint8)
