"""Drawings laid over each other: how well the lines of two figures coincide.

A description in cells tells which figures are built alike, not whether they have seven circles or
eight. Here each drawing is laid over the other by an affine map, found from the eight orientations
and small turns by least squares on the distance to the nearest stroke; the share of strokes that
then lie on strokes running the same way is taken both ways (oriented chamfer matching, Shotton and
others 2008, with robust Gauss-Newton steps in place of search).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.similarity.blocks import hands

SIDE = 160
"""Pixels along a side of a drawing."""

_TURNS = (0, -16, -8, 8, 16)  # degrees tried about each of the eight orientations
_CLOSELY = 3  # orientations that are worked out
_POINTS = 800  # of a drawing that are laid over the other
_FEWEST = 10  # a drawing of fewer points coincides with anything
_REACH = 1.2  # pixels within which strokes coincide
_REMEMBERED = 8192  # drawings made ready at a time, of 65 kB each
_AT_ONCE = 512  # pairs between two reports


@dataclass(frozen=True)
class Field:
    """A drawing made ready.

    Attributes:
        points: (p, 2) float32, x and y of strokes, from the middle.
        directions: (p, 2) float32 unit vectors along them.
        distance: (SIDE, SIDE) uint8, to the nearest stroke, in eighths of a pixel.
        direction: (SIDE, SIDE) uint8, of the nearest stroke, in 32nds of half a turn.
    """

    points: NDArray[np.float32]
    directions: NDArray[np.float32]
    distance: NDArray[np.uint8]
    direction: NDArray[np.uint8]


def field(strokes: NDArray[np.bool_]) -> Field | None:
    """Make a drawing of thin strokes ready, (s, s) bool; None if hardly anything is drawn."""
    from builder.similarity.overlay_kernel import STEPS, UNIT

    rows, columns = np.nonzero(strokes)
    if len(rows) < _FEWEST:
        return None
    distance, nearest = cv2.distanceTransformWithLabels(
        (~strokes).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    angle = _directions(strokes)
    of_label = np.zeros(int(nearest.max()) + 1, np.float32)
    of_label[nearest[rows, columns]] = angle[rows, columns]
    steps = np.rint(of_label[nearest] * (STEPS / np.pi)) % STEPS
    some = np.unique(np.linspace(0, len(rows) - 1, min(_POINTS, len(rows))).astype(np.int64))
    points = np.stack([columns[some], rows[some]], axis=1) - len(strokes) / 2
    own = angle[rows[some], columns[some]]
    return Field(
        points.astype(np.float32),
        np.stack([np.cos(own), np.sin(own)], axis=1).astype(np.float32),
        np.minimum(np.rint(distance * UNIT), 255).astype(np.uint8),
        steps.astype(np.uint8),
    )


def _directions(strokes: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Direction of the strokes at every pixel, modulo half a turn, from the structure tensor."""
    blurred = cv2.GaussianBlur(strokes.astype(np.float32), (0, 0), 1.0)
    gx = cv2.Sobel(blurred, cv2.CV_32F, 1, 0, ksize=3)
    gy = cv2.Sobel(blurred, cv2.CV_32F, 0, 1, ksize=3)
    xx, yy, xy = (cv2.GaussianBlur(one, (0, 0), 1.6) for one in (gx * gx, gy * gy, gx * gy))
    across = 0.5 * np.arctan2(2 * xy, xx - yy)
    return np.asarray((across + np.pi / 2) % np.pi, np.float32)


def starts() -> NDArray[np.float64]:
    """(8 x turns, 4) matrices: mirrored left to right from the fifth on, then turned clockwise."""
    found = []
    for orientation in range(8):
        mirror = np.diag([-1.0, 1.0]) if orientation >= 4 else np.eye(2)
        for turn in _TURNS:
            angle = np.deg2rad(90 * (orientation % 4) + turn)
            cos, sin = np.cos(angle), np.sin(angle)
            found.append((np.array([[cos, -sin], [sin, cos]]) @ mirror).ravel())
    return np.array(found)


def unpacked(row: NDArray[np.float16]) -> NDArray[np.bool_]:
    """A drawing from the numbers that hold it: eight pixels each -> (SIDE, SIDE) bool."""
    return np.unpackbits(row.astype(np.uint8)).view(bool).reshape(SIDE, SIDE)


def coincidence(one: Field | None, other: Field | None) -> float:
    """How well two drawings coincide when either is laid over the other, 0 to 1."""
    from builder.similarity.overlay_kernel import laid

    if one is None or other is None:
        return 0.0
    rule = (starts(), len(_TURNS), _CLOSELY, _REACH)
    found = 0.0
    for a, b in ((one, other), (other, one)):
        own = (b.points, b.directions, a.distance, a.direction)
        worth = laid(a.points, a.directions, b.distance, b.direction, own, *rule)
        found = max(found, float(worth))
    return found


Ready = Callable[[int], Field | None]
"""Gives a drawing made ready by its number; called by several threads."""


def remembered(drawing: Callable[[int], NDArray[np.bool_]]) -> Ready:
    """Drawings made ready once for many pairs.

    Args:
        drawing: gives a drawing by its number, (SIDE, SIDE) bool.
    """
    return lru_cache(maxsize=_REMEMBERED)(lambda number: field(drawing(number)))


def coincidences(
    pairs: Sequence[tuple[int, int]],
    ready: Ready,
    progress: Callable[[int], None] | None = None,
) -> NDArray[np.float32]:
    """How well the drawings of each pair coincide, by all cores.

    Args:
        pairs: (m,) numbers of two drawings.
        ready: gives a drawing made ready.
        progress: told of pairs that are done.
    """
    result = np.zeros(len(pairs), np.float32)

    def fill(start: int) -> int:
        some = range(start, min(start + _AT_ONCE, len(pairs)))
        for k in some:
            result[k] = coincidence(ready(pairs[k][0]), ready(pairs[k][1]))
        return len(some)

    with hands() as threads:
        for done in threads.multiply.map(fill, range(0, len(pairs), _AT_ONCE)):
            if progress:
                progress(done)
    return result
