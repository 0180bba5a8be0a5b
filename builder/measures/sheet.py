"""One picture laid out for measuring: its ground, what stands out from it, and its parts.

Everything is taken from a preview whose longer side is at most SIDE, so that numbers of large and
small files can be compared; nothing is enlarged.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 512
"""Longer side in pixels at which pictures are measured."""

FAINT = 40
"""Levels of 255 by which ink differs from its ground at least: writing that shows through from
the other side of a leaf, ruling and stains mostly stay under 30, pale pencil is above."""

SPECK = 0.012
"""Share of the longer side below which a mark is neither letter nor line but a speck or a point."""

_STRONG = 0.4  # of the strongest contrast: fainter marks beside strong ones are no ink
_COARSE = 160  # longer side of the picture whose medians are the ground
_WINDOW = 41  # pixels of the coarse picture: a quarter of its side


@dataclass(frozen=True)
class Marks:
    """The connected parts of the ink.

    Attributes:
        labels: (h, w) int32, 0 for the ground, i + 1 for part i.
        left, top, width, height: (m,) bounding boxes in pixels.
        area: (m,) pixels of ink.
    """

    labels: NDArray[np.int32]
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    width: NDArray[np.int32]
    height: NDArray[np.int32]
    area: NDArray[np.int32]

    def mask(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(h, w) the ink of chosen parts, (m,) bool."""
        return np.asarray(np.concatenate([[False], chosen])[self.labels], np.bool_)


def slope_squared(grey: NDArray[np.uint8]) -> NDArray[np.int32]:
    """(h, w) how steeply the grey changes: (4 x levels a pixel) squared, by Sobel's operator.

    Whole numbers: roots of floats differ in the last bit with where arrays lie in memory.
    """
    across = cv2.Sobel(grey, cv2.CV_16S, 1, 0).astype(np.int32)
    down = cv2.Sobel(grey, cv2.CV_16S, 0, 1).astype(np.int32)
    return np.asarray(across * across + down * down, np.int32)


class Sheet:
    """A picture and what all measures need of it, each worked out once.

    Args:
        pixels: uint8 (h, w, 3) RGB; the longer side is at most SIDE.
        size: width and height of the file in pixels.
    """

    def __init__(self, pixels: NDArray[np.uint8], size: tuple[int, int]) -> None:
        self.pixels, self.size = np.ascontiguousarray(pixels), size
        self.height, self.width = pixels.shape[:2]
        self.side = max(self.height, self.width)

    @cached_property
    def grey(self) -> NDArray[np.uint8]:
        """(h, w)."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def contrast(self) -> NDArray[np.uint8]:
        """(h, w) difference from the ground about a pixel, the largest of the three channels.

        The ground is a running median, which neither ink nor a shadow across the leaf moves.
        """
        scale = min(1.0, _COARSE / self.side)
        coarse = cv2.resize(
            self.pixels,
            (max(1, round(self.width * scale)), max(1, round(self.height * scale))),
            interpolation=cv2.INTER_NEAREST,  # means would mix ink into the ground
        )
        window = min(_WINDOW, max(3, min(coarse.shape[:2]) | 1))
        ground = cv2.resize(
            cv2.medianBlur(coarse, window),
            (self.width, self.height),
            interpolation=cv2.INTER_LINEAR,
        )
        return np.asarray(cv2.absdiff(self.pixels, ground).max(axis=2), np.uint8)

    @cached_property
    def ink(self) -> NDArray[np.bool_]:
        """(h, w) what stands out from the ground, dark on light or light on dark."""
        strongest = float(np.quantile(self.contrast, 0.99))
        return np.asarray(self.contrast > max(FAINT, _STRONG * strongest), np.bool_)

    @cached_property
    def marks(self) -> Marks:
        """The connected parts of the ink."""
        found = cv2.connectedComponentsWithStats(self.ink.astype(np.uint8), connectivity=8)
        labels, boxes = np.asarray(found[1], np.int32), np.asarray(found[2], np.int32)[1:]
        return Marks(labels, *(boxes[:, column] for column in range(5)))

    @cached_property
    def letters(self) -> NDArray[np.bool_]:
        """(m,) which marks are of the size and shape of letters, or of words in a joined hand."""
        marks, side = self.marks, self.side
        low = np.minimum(marks.width, marks.height)
        high = np.maximum(marks.width, marks.height)
        solid = (marks.area > 0.85 * marks.width * marks.height) & (low > 0.03 * side)
        fits = (low >= 0.003 * side) & (low <= 0.11 * side)
        long = (high >= SPECK * side) & (high <= 0.4 * side) & (high < 8 * low)
        return np.asarray(fits & long & ~solid, np.bool_)

    @cached_property
    def written(self) -> NDArray[np.bool_]:
        """(h, w) the ink of `letters`."""
        return self.marks.mask(self.letters)
