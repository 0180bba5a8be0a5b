"""What is left of a picture when letters that belong to the text around it are taken off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.measures.sheet import FAINT, Sheet

_STRIP = 0.15  # of a side: how far the text around a cut reaches into it
_GRAIN = 6e-5  # of the picture: specks that are no drawing


def drawn(sheet: Sheet) -> float:
    """Share of the pixels that hold ink, without specks and without letters at one side.

    A cut from a page often holds the edge of a line of text; that alone is no figure.
    """
    marks = sheet.marks
    keep = marks.area >= max(2.0, _GRAIN * sheet.ink.size)
    beside = _at_one_side(sheet, keep)
    return float(marks.area[keep & ~beside].sum()) / sheet.ink.size


def strongest(sheet: Sheet) -> float:
    """Contrast in levels of 255 that one pixel in a thousand passes."""
    return float(np.quantile(sheet.contrast, 0.999))


def traces(sheet: Sheet) -> float:
    """Share of the pixels with half of the contrast of ink: faint drawing, or show-through."""
    return float((sheet.contrast > FAINT / 2).mean())


def _at_one_side(sheet: Sheet, keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(m,) marks shorter than a line of text is high that lie along the fullest side.

    Empty where other sides have as much: a frame is drawn, a line of text is not.
    """
    marks, side = sheet.marks, sheet.side
    wide, tall = _STRIP * sheet.width, _STRIP * sheet.height
    low = np.minimum(marks.width, marks.height)
    high = np.maximum(marks.width, marks.height)
    small = keep & (low <= 0.11 * side) & (high <= 0.4 * side) & (high < 12 * low)
    sides = [
        small & (marks.left + marks.width <= wide),
        small & (marks.top + marks.height <= tall),
        small & (marks.left >= sheet.width - wide),
        small & (marks.top >= sheet.height - tall),
    ]
    return max(sides, key=lambda beside: int(marks.area[beside].sum()))
