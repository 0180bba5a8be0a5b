"""Atlas pages: thumbnails of all images packed into squares, at a few sizes, as WebP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from builder.atlas.types import LEVELS, MANY, PAGE, SMALLEST, AtlasLevel

_QUALITY = 80


def levels(count: int) -> tuple[AtlasLevel, ...]:
    """The levels of an atlas of `count` images, smallest cells first."""
    found = []
    for cell in LEVELS if count <= MANY else (SMALLEST, *LEVELS):
        columns = PAGE // cell
        found.append(AtlasLevel(cell, columns, -(-count // columns**2)))
    return tuple(found)


def picture_size(width: int, height: int, cell: int) -> tuple[int, int]:
    """Width and height of a picture inside a cell of side `cell`."""
    longer = max(width, height)
    return (
        max(1, int(cell * width / longer + 0.5)),
        max(1, int(cell * height / longer + 0.5)),
    )


def page(
    level: AtlasLevel,
    number: int,
    slots: NDArray[np.int32],
    sizes: Sequence[tuple[int, int]],
    grounds: Sequence[tuple[int, int, int]],
    thumbnail: Callable[[int], NDArray[np.uint8]],
) -> bytes:
    """Draw one page of a level, as WebP.

    Args:
        level: cell size and pages.
        number: of the page.
        slots: (n,) place of each image.
        sizes: width and height of each image in full, which fix its proportions.
        grounds: each picture's own ground, which fills the rest of its cell.
        thumbnail: gives image r at any size, (h, w, 3) uint8 RGB.
    """
    per_page = level.columns**2
    sheet = np.full((PAGE, PAGE, 3), 255, np.uint8)
    for row in np.flatnonzero(slots // per_page == number).tolist():
        down, across = divmod(int(slots[row]) % per_page, level.columns)
        top, left = down * level.cell, across * level.cell
        cell = sheet[top : top + level.cell, left : left + level.cell]
        cell[:] = grounds[row]
        width, height = picture_size(sizes[row][0], sizes[row][1], level.cell)
        cell[:height, :width] = cv2.resize(
            thumbnail(row), (width, height), interpolation=cv2.INTER_AREA
        )
    return webp(sheet, _QUALITY)


def webp(pixels: NDArray[np.uint8], quality: int) -> bytes:
    """Encode (h, w, 3) RGB as WebP; the same pixels give the same bytes."""
    buffer = BytesIO()
    PillowImage.fromarray(pixels).save(buffer, "WEBP", quality=quality, method=4)
    return buffer.getvalue()
