"""Images by two numbers; those without one lie apart, and nothing is lost."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.layouts.frame import in_place, room
from builder.layouts.numbers import ticks, words
from builder.layouts.types import Layout, Mark

_BROAD = 1.5  # width of the plane over its height
_GAP = 5.0  # between the plane and what has no value, in pictures


def scatter(
    name: str,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    labels: tuple[str, str],
) -> Layout:
    """A layout by two numbers, x to the right and y upwards.

    Args:
        name: of the layout.
        x, y: (n,) numbers; what is not finite counts as no value.
        labels: of the axes.

    Images with one number only lie on a line beside the other's axis; those with none lie together
    in the corner. Both regions are marked "no value".
    """
    x, y = np.where(np.isfinite(x), x, np.nan), np.where(np.isfinite(y), y, np.nan)
    plane = np.stack([_unit(x) * _BROAD, 1 - _unit(y)], axis=1)
    size = 0.6 * room(np.nan_to_num(plane, nan=0.5))
    gap = _GAP * size
    whole = np.isfinite(plane).all(axis=1)
    columns, rows = np.isnan(x), np.isnan(y)
    plane[columns, 0] = -gap
    plane[rows, 1] = 1 + gap
    neither = np.flatnonzero(columns & rows)
    plane[neither] = _corner(len(neither), size, gap)
    xy = in_place(plane, size)
    marks = [*_axis(x, labels[0], size, True), *_axis(y, labels[1], size, False)]
    if columns.any():
        marks.append(Mark(-gap, -1.5 * size, "no value"))
    if rows.any():
        marks.append(Mark(_BROAD / 2, 1 + gap + 1.5 * size, "no value"))
    counted = {"images with both numbers": float(whole.sum()), "images without": float(len(x))}
    counted["images without"] -= counted["images with both numbers"]
    return framed(
        Layout(
            name,
            "positions",
            xy.astype(np.float32),
            size,
            quality=counted,
            label=f"{labels[0]} and {labels[1]}",
            note=f"Across: {labels[0]}. Upwards: {labels[1]}.",
            marks=tuple(marks),
            lines=_strokes(0.6 * size),
        )
    )


def _strokes(off: float) -> tuple[NDArray[np.float32], ...]:
    """The two axes, a little off the plane so that no image covers them."""
    across = [(-off, 1 + off), (_BROAD, 1 + off)]
    upwards = [(-off, 0), (-off, 1 + off)]
    return np.array(across, np.float32), np.array(upwards, np.float32)


def framed(layout: Layout) -> Layout:
    """Scale a layout with its marks and lines, so that the images lie in 0-1."""
    low = layout.xy.min(axis=0)
    extent = max(float(np.ptp(layout.xy, axis=0).max()), layout.size)
    scale = 1 / extent

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - float(low[0])) * scale, (y - float(low[1])) * scale

    xy = (layout.xy - low) * np.float32(scale)
    marks = tuple(Mark(*at(mark.x, mark.y), mark.text, mark.level) for mark in layout.marks)
    lines = tuple(((line - low) * scale).astype(np.float32) for line in layout.lines)
    return Layout(
        layout.name,
        layout.kind,
        xy.astype(np.float32),
        layout.size * scale,
        quality=layout.quality,
        label=layout.label,
        note=layout.note,
        marks=marks,
        lines=lines,
    )


def _unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scaled to 0-1; 0.5 where all are equal, NaN stays."""
    if np.isnan(values).all():
        return np.full_like(values, np.nan)
    low, high = np.nanmin(values), np.nanmax(values)
    # Halved first: the extent of numbers near the largest ones would be infinite.
    extent = high / 2 - low / 2
    if extent <= 0:
        return np.where(np.isnan(values), np.nan, 0.5)
    return np.asarray((values / 2 - low / 2) / extent, np.float64)


def _corner(count: int, size: float, gap: float) -> NDArray[np.float64]:
    """A square block of images to the lower left of the plane, (count, 2)."""
    side = max(int(np.ceil(np.sqrt(count))), 1)
    at = np.arange(count)
    block = np.stack([-(at % side), at // side], axis=1) * size
    return np.asarray(block + np.array([-gap, 1 + gap]), np.float64)


def _axis(values: NDArray[np.float64], label: str, size: float, across: bool) -> list[Mark]:
    """Ticks and name of an axis, in units of the plane."""
    known = values[np.isfinite(values)]
    if not len(known):
        return [Mark(_BROAD / 2, 1 + 4 * size, label) if across else Mark(-size, 0.5, label)]
    low, high = float(known.min()), float(known.max())
    extent = high - low
    marks = []
    for value in ticks(low, high) if np.isfinite(extent) else [low, high]:
        share = (value / 2 - low / 2) / (extent / 2) if 0 < extent < np.inf else 0.5
        text = words(value)
        place = (share * _BROAD, 1 + 1.2 * size) if across else (-1.2 * size, 1 - share)
        marks.append(Mark(*place, text, 1))
    name = Mark(_BROAD * 0.95, 1 + 3 * size, label) if across else Mark(0.1, -1.5 * size, label)
    return [*marks, name]
