"""The atlas: thumbnails of all images packed into square pages, at three sizes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PAGE = 1024
"""Side of an atlas page in pixels."""

LEVELS = (16, 64, 128)
"""Side of a cell in pixels, one a level."""


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
