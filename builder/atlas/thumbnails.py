"""The two copies of a picture that the site shows, and the colours it is known by."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.atlas.pack import picture_size, webp

THUMBNAIL = 256
"""Longer side of a thumbnail in pixels."""


@dataclass(frozen=True)
class Copies:
    """A picture made ready for the site.

    Attributes:
        display: WebP, the longer side at most as asked.
        thumbnail: WebP, the longer side at most THUMBNAIL.
        colour: mean colour, RGB.
    """

    display: bytes
    thumbnail: bytes
    colour: tuple[int, int, int]


def copies(pixels: NDArray[np.uint8], display_pixels: int) -> Copies:
    """Make the copies of one picture; pictures are never enlarged.

    Args:
        pixels: (h, w, 3) RGB.
        display_pixels: longest side of the display copy.
    """
    display = shrink(pixels, display_pixels)
    small = shrink(display, THUMBNAIL)
    mean = small.reshape(-1, 3).mean(axis=0)
    colour = (int(mean[0] + 0.5), int(mean[1] + 0.5), int(mean[2] + 0.5))
    return Copies(webp(display, 84), webp(small, 80), colour)


def shrink(pixels: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    """Scale down so that the longer side is at most `longest`, by averaging areas."""
    height, width = pixels.shape[:2]
    if max(height, width) <= longest:
        return pixels
    size = picture_size(width, height, longest)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
