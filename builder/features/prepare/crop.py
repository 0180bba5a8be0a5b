"""The part of a picture in which something is drawn."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_FAR = 60  # distance from the ground, of 442, from which on a pixel is taken for drawn
_MARGIN = 0.06  # of the longer side
_READ = 512  # longer side at which the box is looked for


def ink_box(
    pixels: NDArray[np.uint8], ground: tuple[int, int, int]
) -> tuple[int, int, int, int] | None:
    """The box of what differs from the ground: left, top, right, bottom; None if nothing does."""
    scale = min(1.0, _READ / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    difference = small.astype(np.float32) - np.asarray(ground, np.float32)
    far = (difference**2).sum(axis=2) > _FAR**2
    points = cv2.findNonZero(far.astype(np.uint8))
    if points is None:
        return None
    left, top, width, height = cv2.boundingRect(points)
    edges = np.array([left, top, left + width, top + height]) / scale
    left, top, right, bottom = (round(float(edge)) for edge in edges)
    return left, top, right, bottom


def cropped(pixels: NDArray[np.uint8], ground: tuple[int, int, int]) -> NDArray[np.uint8]:
    """The picture cut to what is drawn, with a margin that is ground where the picture ends.

    Args:
        pixels: (h, w, 3) RGB.
        ground: the picture's own ground, RGB.
    """
    box = ink_box(pixels, ground)
    if box is None:
        return pixels
    left, top, right, bottom = box
    margin = round(_MARGIN * max(right - left, bottom - top))
    height, width = pixels.shape[:2]
    inside = pixels[max(top - margin, 0) : bottom + margin, max(left - margin, 0) : right + margin]
    pads = (
        max(margin - top, 0),
        max(bottom + margin - height, 0),
        max(margin - left, 0),
        max(right + margin - width, 0),
    )
    value = tuple(float(v) for v in ground)
    bordered = cv2.copyMakeBorder(inside, *pads, cv2.BORDER_CONSTANT, value=value)
    return np.asarray(bordered, np.uint8)
