"""The mean image of a cluster, and how far its members differ from it, pixel by pixel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

SIDE = 256
"""Pixels of a side of both pictures."""


def upright(picture: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """A picture that lies as `orientation` says, brought back.

    Args:
        picture: (h, w, 3).
        orientation: 0-7, of the picture compared with another: that one's figure mirrored left
            to right if 4 or more, then turned with the clock by 90 degrees times it mod 4.

    Returns:
        The picture lying as the other does; height and width change places for odd quarters.
    """
    turned = np.rot90(picture, orientation % 4)
    return turned[:, ::-1] if orientation >= 4 else turned


def squared(
    picture: NDArray[np.uint8], ground: tuple[int, int, int], side: int = SIDE
) -> NDArray[np.uint8]:
    """A picture in the middle of a square of its ground's colour, (side, side, 3)."""
    import cv2

    height, width = picture.shape[:2]
    scale = side / max(height, width)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    fitted = np.asarray(cv2.resize(np.ascontiguousarray(picture), size, interpolation=way))
    result = np.full((side, side, 3), ground, np.uint8)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    result[top : top + size[1], left : left + size[0]] = fitted
    return result


def mean_picture(
    pictures: Iterable[NDArray[np.uint8]], orientations: Sequence[int]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Plain mean of pictures, each brought to the orientation of the first of them all.

    Args:
        pictures: (s, s, 3) squares of one size, read one by one; at least one.
        orientations: 0-7 for each, how it lies compared with the picture that all are brought to.

    Returns:
        The mean, (s, s, 3); and the standard deviation of the brightness, (s, s), doubled so
        that 255 is the most that there can be.

    Raises:
        ValueError: there is no picture, or not an orientation for each.
    """
    total, squares, count = np.zeros(0), np.zeros(0), 0
    for picture, orientation in zip(pictures, orientations, strict=True):
        turned = upright(picture, orientation).astype(np.float64)
        grey = turned @ (0.299, 0.587, 0.114)
        total = turned if not count else total + turned
        squares = grey**2 if not count else squares + grey**2
        count += 1
    if not count:
        raise ValueError("a mean needs at least one picture")
    mean = total / count
    spread = np.sqrt(np.maximum(squares / count - (mean @ (0.299, 0.587, 0.114)) ** 2, 0))
    return (
        np.rint(mean).astype(np.uint8),
        np.rint(np.minimum(2 * spread, 255)).astype(np.uint8),
    )
