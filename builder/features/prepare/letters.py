"""Letters and dirt in a drawing: what is too small, or too much like writing, to be its lines."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.features.prepare.frame import SIDE

# Shares of the frame's side: a letter's longer side, and the sides of the narrowest rectangle
# round it. A dot is shorter, a stroke narrower, a filled shape fuller than a letter.
_LONGEST = (0.022 * SIDE, 0.13 * SIDE)
_LENGTH, _BREADTH, _FULL = 0.022 * SIDE, 0.018 * SIDE, 0.8
_TOO_MUCH = 0.5  # more than this share of the ink is no lettering: leave the drawing alone
_SMALL = 0.1 * SIDE
_TOO_LITTLE = 0.3


def letters(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pixels of the ink belong to letters, with two pixels round them."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    longest = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    likely = (longest >= _LONGEST[0]) & (longest <= _LONGEST[1])
    likely[0] = False
    written = np.zeros(count, bool)
    for label in np.flatnonzero(likely):
        left, top, width, height, area = stats[label]
        part = labels[top : top + height, left : left + width] == label
        written[label] = _like_a_letter(part, int(area))
    found = written[labels]
    if found.sum() > _TOO_MUCH * ink.sum():
        return np.zeros_like(ink)
    return dilated(found, 2)


def _like_a_letter(part: NDArray[np.bool_], area: int) -> bool:
    points = cv2.findNonZero(part.astype(np.uint8))
    _, sides, _ = cv2.minAreaRect(points)
    length, breadth = max(sides) + 1, min(sides) + 1
    return length > _LENGTH and breadth > _BREADTH and area < _FULL * length * breadth


def without_bits(lines: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The lines without what is short and stands alone; untouched if too little would be left."""
    _count, labels, stats, _ = cv2.connectedComponentsWithStats(dilated(lines, 2).astype(np.uint8))
    longest = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    kept = longest >= _SMALL
    kept[0] = False
    left = lines & kept[labels]
    return left if left.sum() >= _TOO_LITTLE * lines.sum() else lines


def dilated(mask: NDArray[np.bool_], radius: int) -> NDArray[np.bool_]:
    """The mask grown by a disc."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc(radius)) > 0)


def disc(radius: int) -> NDArray[np.uint8]:
    """A filled circle, (2 r + 1, 2 r + 1)."""
    side = 2 * radius + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)
