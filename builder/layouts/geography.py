"""Images where they come from, on an outline of the land."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.layouts.frame import in_place
from builder.layouts.scatter import framed
from builder.layouts.types import Layout, Mark

_MARGIN = 0.12  # of the extent, around the outermost images
_LEAST = 4.0  # degrees shown at least


def geography(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> Layout:
    """The layout "geography": north up, as far as the images go.

    Equirectangular, true to scale in the middle latitude. The outline of the land is Natural
    Earth's 1:110m, in the public domain, simplified; it comes with the package.

    Args:
        latitude, longitude: (n,) degrees; images without either lie in a row beneath the map.
    """
    known = np.isfinite(latitude) & np.isfinite(longitude)
    frame = _frame(latitude[known], longitude[known])
    squeeze = float(np.cos(np.radians((frame[1] + frame[3]) / 2)))
    xy = np.stack([longitude * squeeze, -latitude], axis=1)
    west, north, east, south = frame[0] * squeeze, -frame[3], frame[2] * squeeze, -frame[1]
    size = float(np.sqrt(0.15 * (east - west) * (south - north) / len(xy)))
    unknown = np.flatnonzero(~known)
    marks = []
    if len(unknown):
        xy[unknown] = _row(len(unknown), size, west, east, south)
        marks = [Mark((west + east) / 2, south + size, "no place")]
    lines = [line * [squeeze, -1] for line in _clipped(frame)]
    xy = in_place(xy, size)
    return framed(
        Layout(
            "geography",
            "positions",
            xy.astype(np.float32),
            size,
            quality={"images with a place": float(known.sum())},
            label="Places",
            note="North is up; images of one place lie around it.",
            marks=tuple(marks),
            lines=tuple(line.astype(np.float32) for line in lines),
        )
    )


def _frame(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> tuple[float, float, float, float]:
    """West, south, east and north of what is shown; the world where no image has a place."""
    if not len(latitude):
        return -180.0, -60.0, 180.0, 85.0
    bounds = []
    for values, limit in ((longitude, 180.0), (latitude, 90.0)):
        low, high = float(values.min()), float(values.max())
        margin = max((high - low) * _MARGIN, (_LEAST - (high - low)) / 2)
        bounds.append((max(low - margin, -limit), min(high + margin, limit)))
    return bounds[0][0], bounds[1][0], bounds[0][1], bounds[1][1]


def _row(count: int, size: float, west: float, east: float, south: float) -> NDArray[np.float64]:
    """Images without a place, in rows beneath the map."""
    columns = max(int((east - west) / size), 1)
    at = np.arange(count)
    return np.asarray(
        np.stack([west + (at % columns) * size, south + (2.5 + at // columns) * size], axis=1),
        np.float64,
    )


@cache
def _land() -> tuple[NDArray[np.float64], ...]:
    text = resources.files("builder.layouts").joinpath("land.json").read_text(encoding="utf-8")
    return tuple(np.array(line, np.float64) for line in json.loads(text)["lines"])


def _clipped(frame: tuple[float, float, float, float]) -> list[NDArray[np.float64]]:
    """Outlines inside the frame: each cut where it leaves and where it comes back."""
    low, high = np.array(frame[:2]), np.array(frame[2:])
    parts = []
    for line in _land():
        pieces = [
            piece
            for start, stop in pairwise(line)
            if (piece := _segment(start, stop, low, high)) is not None
        ]
        parts += _chained(pieces)
    return parts


def _segment(
    start: NDArray[np.float64],
    stop: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The part of a segment inside a rectangle (Liang and Barsky 1984)."""
    along = stop - start
    first, last = 0.0, 1.0
    for axis in (0, 1):
        if along[axis] == 0:
            if not low[axis] <= start[axis] <= high[axis]:
                return None
            continue
        near, far = sorted(
            ((low[axis] - start[axis]) / along[axis], (high[axis] - start[axis]) / along[axis])
        )
        first, last = max(first, near), min(last, far)
    if first >= last:
        return None
    return start + first * along, start + last * along


def _chained(
    pieces: list[tuple[NDArray[np.float64], NDArray[np.float64]]],
) -> list[NDArray[np.float64]]:
    """Segments that follow each other as lines."""
    lines: list[list[NDArray[np.float64]]] = []
    for start, stop in pieces:
        if lines and np.array_equal(lines[-1][-1], start):
            lines[-1].append(stop)
        else:
            lines.append([start, stop])
    return [np.array(line) for line in lines]
