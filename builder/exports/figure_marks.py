"""Words that belong to a layout: names of regions, and ticks of axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.exports.figure_text import measure, shortened
from builder.exports.figure_types import Box, Points, Words
from builder.exports.figure_words import clean
from builder.layouts.types import Layout, Mark

SIZES = (6.5, 6.0, 5.5)
"""Sizes of type in points, by the level of a mark."""

_LONGEST = 30.0  # mm
_GAP = 0.4
_LEAST = 3  # letters to which a mark may be cut, beside the ellipsis


def overhang(
    layout: Layout, scale: float, low: Points, extent: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(4,) how far marks stand out to the left, top, right and bottom of the pictures, in mm."""
    over = np.zeros(4)
    whole = Box(0.0, 0.0, float(extent[0] * scale), float(extent[1] * scale))
    for mark in layout.marks:
        box = _box(mark, _text(mark), (np.array([mark.x, mark.y]) - low) * scale, whole)
        out = [-box.left, -box.top, box.right - whole.right, box.bottom - whole.bottom]
        over = np.maximum(over, out)
    return over


def mark_words(
    marks: Sequence[Mark], layout: Layout, scale: float, origin: Points, area: Box
) -> list[Words]:
    """The marks that find room, important ones first; a long one is cut before it is left out."""
    at = layout.xy.astype(np.float64) * scale + origin
    half = layout.size * scale / 2
    points = [at, *(line * scale + origin for line in layout.lines)]
    every = np.concatenate(points)
    low, high = every.min(axis=0) - half, every.max(axis=0) + half
    whole = Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    found: list[Words] = []
    for mark in sorted(marks, key=lambda one: one.level):
        place = np.array([mark.x, mark.y]) * scale + origin
        full = _text(mark)
        size = SIZES[min(mark.level, 2)]
        for width in (_LONGEST, _LONGEST / 2, _LONGEST / 4):
            text = shortened(full, size, width)
            if len(text) <= _LEAST and text != full:
                break
            box = _kept(_box(mark, text, place, whole), area)
            if box is not None and not any(_near(box, one.box) for one in found):
                found.append(Words(text, box, size, "mark"))
                break
    return found


def _text(mark: Mark) -> str:
    return shortened(clean(mark.text), SIZES[min(mark.level, 2)], _LONGEST)


def _box(mark: Mark, text: str, place: Points, whole: Box) -> Box:
    """The room of a mark: outside of the pictures it leads away from them, within it is centred."""
    width, height = measure(text, SIZES[min(mark.level, 2)])
    x, y = float(place[0]), float(place[1])
    left = x - width / 2
    if x < whole.left:
        left = x - width
    elif x > whole.right:
        left = x
    top = y - height / 2
    if y < whole.top:
        top = y - height
    elif y > whole.bottom:
        top = y
    return Box(left, top, left + width, top + height)


def _kept(box: Box, area: Box) -> Box | None:
    """The box, moved into the area if it stands out a little; None if it does not fit."""
    shift = max(area.left - box.left, 0) + min(area.right - box.right, 0)
    moved = Box(box.left + shift, box.top, box.right + shift, box.bottom)
    inside = moved.left >= area.left - 1e-6 and moved.right <= area.right + 1e-6
    upright = moved.top >= area.top - 1e-6 and moved.bottom <= area.bottom + 1e-6
    return moved if inside and upright and abs(shift) <= 6 else None


def _near(one: Box, other: Box) -> bool:
    return Box(one.left - _GAP, one.top, one.right + _GAP, one.bottom).overlaps(other)
