"""The atlas: thumbnails of all images packed into square pages, at three sizes or four."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PAGE = 1024
"""Side of an atlas page in pixels."""

LEVELS = (16, 64, 128)
"""Side of a cell in pixels, one a level."""

SMALLEST = 8
"""Side of a cell on a further level below the others, in a catalogue of more than `MANY` images:
seen whole they are smaller than that, and on 16 px they would fill the texture of a phone."""

MANY = 16_384


@dataclass(frozen=True)
class AtlasLevel:
    """One level: `columns` x `columns` cells of `cell` px on each of `pages` pages."""

    cell: int
    columns: int
    pages: int


@dataclass(frozen=True)
class Atlas:
    """Where each image is on the pages of every level.

    Image row r has slot s = slots[r]; at a level with p = columns^2 cells a page it is on page
    s // p, cell s % p (row-major). In its cell the picture stands at the top left, whole,
    (w, h) = max(1, floor(cell * side / longer side + 0.5)) pixels.

    Attributes:
        levels: smallest cell first.
        slots: (n,) int32, a permutation that follows a Hilbert curve over the grid, so that what
            is near on the grid is on one page.
        colours: (n, 3) uint8, mean colour of each image.
    """

    levels: tuple[AtlasLevel, ...]
    slots: NDArray[np.int32]
    colours: NDArray[np.uint8]


@dataclass(frozen=True)
class Vectors:
    """What a view's likeness is in few numbers, for questions asked in a browser.

    The likeness of two images is about the inner product of their rows, each number times its
    column's scale; of unit length, so that an image is 1 to itself.

    Attributes:
        values: (n, d) int8.
        scales: (d,) float32, what 1 stands for in each column.
        overlap: share of the twenty nearest by the full features that are among the twenty
            nearest by these, on average; 1 where there is nothing to compare.
    """

    values: NDArray[np.int8]
    scales: NDArray[np.float32]
    overlap: float
