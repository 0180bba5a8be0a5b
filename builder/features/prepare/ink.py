"""What is drawn, as against the ground it is drawn on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_STEEP = 40.0  # Sobel's gradient below which a change is the grain of the page: ten levels a pixel
_FAINT = 110  # distance from the ground that is ink however dark the rest may be
_AREA = 6.0  # ink deeper than this, in pixels of the frame, is an area and no stroke


def ink_mask(pixels: NDArray[np.uint8], ground: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Pixels that differ from the ground: (h, w, 3) RGB and (3,) -> (h, w) bool.

    The threshold is Otsu's (1979), but never so high that coloured areas are lost.
    """
    difference = pixels.astype(np.float32) - ground
    squares = difference**2
    # Plane by plane: NumPy reduces a last axis of three ten times as slowly.
    total = squares[..., 0] + squares[..., 1] + squares[..., 2]
    distance = np.clip(np.sqrt(total), 0, 255).astype(np.uint8)
    threshold, _ = cv2.threshold(distance, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(distance > min(threshold, _FAINT))


def pen_width(ink: NDArray[np.bool_]) -> float:
    """How broad the strokes of a drawing usually are, in pixels; 0 where nothing is stroke-like.

    Twice the median distance to the ground on the ridges of the ink, leaving out areas.
    """
    depth = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 3)
    ridge = ink & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (depth <= _AREA)
    # A stroke one pixel broad has depth 1: half a pixel too much.
    return float(2 * np.median(depth[ridge]) - 1) if ridge.any() else 0.0


def edge_mask(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels where colour changes steeply in any channel: (h, w, 3) RGB -> (h, w) bool.

    Sobel's gradient, the largest of the three channels, over Otsu's threshold, and steeper than the
    grain of an empty page.
    """
    smooth = pixels.astype(np.float32)
    gx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0)
    gy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    squares = gx**2 + gy**2
    steep = np.sqrt(np.maximum(np.maximum(squares[..., 0], squares[..., 1]), squares[..., 2]))
    top = float(steep.max())
    if top < _STEEP:
        return np.zeros(steep.shape, bool)
    scaled = (steep * (255 / top)).astype(np.uint8)
    threshold, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(scaled > max(threshold, _STEEP * 255 / top))
