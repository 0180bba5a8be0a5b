"""How far a design looks the same when it is turned or mirrored.

A table's ruling is the same mirrored, a wheel of eight spokes the same upside down: of such
designs nobody could say from the drawing which way a copy lies.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.demo.chance import Points
from builder.demo.scenes import Body, Field, Scene, Stroke

_SIDE = 128
_BLUR = 2.0  # pixels: lines nearer than this are the same line to an eye that compares
_SAME = 0.8  # correlation from which two drawings are taken for one
_ROUND = 40  # points on the outline of a body


def same_orientations(scene: Scene) -> tuple[int, ...]:
    """Which of the eight orientations leave the lines of a design nearly as they are; 0 always.

    Orientation o is mirrored left to right if o is 4 or more, then turned with the clock by 90
    degrees times o mod 4. Letters and words do not count.
    """
    drawn = _lines(scene)
    found = []
    for orientation in range(8):
        start = drawn[:, ::-1] if orientation >= 4 else drawn
        turned = np.rot90(start, -(orientation % 4))
        if float((turned * drawn).sum()) >= _SAME:
            found.append(orientation)
    return tuple(found)


def _lines(scene: Scene) -> NDArray[np.float64]:
    """The lines on a square canvas, soft, their mean taken off, of unit length."""
    lines = [points for mark in scene.marks for points in _outlines(mark)]
    low, high = _box(scene)
    scale = 0.9 * _SIDE / max(float((high - low).max()), 1e-9)
    canvas = np.zeros((_SIDE, _SIDE), np.float32)
    for points in lines:
        placed = (points - (low + high) / 2) * scale + (_SIDE - 1) / 2
        cv2.polylines(canvas, [np.round(placed * 16).astype(np.int32)], False, 1.0, 1, 8, 4)
    soft = cv2.GaussianBlur(canvas, (0, 0), _BLUR).astype(np.float64)
    soft -= soft.mean()
    return np.asarray(soft / max(float(np.linalg.norm(soft)), 1e-9), np.float64)


def middle(scene: Scene) -> Points:
    """The point about which `same_orientations` turns a design: the middle of its lines, (2,)."""
    low, high = _box(scene)
    return np.asarray((low + high) / 2)


def _box(scene: Scene) -> tuple[Points, Points]:
    every = np.concatenate([points for mark in scene.marks for points in _outlines(mark)])
    return every.min(axis=0), every.max(axis=0)


def _outlines(mark: object) -> list[Points]:
    if isinstance(mark, Stroke):
        return [np.concatenate([mark.points, mark.points[:1]]) if mark.closed else mark.points]
    if isinstance(mark, Field):
        return [np.concatenate([points, points[:1]]) for points in mark.contours]
    if isinstance(mark, Body):
        angles = np.linspace(0, 2 * np.pi, _ROUND)
        ring = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        return [mark.at[0] + mark.radius * ring]
    return []


def shows(orientation: int, same: tuple[int, ...]) -> bool:
    """Whether a copy in an orientation tells how it lies, given the design's own symmetries.

    It does if no plainer orientation (a smaller number) gives the same drawing, seen from the
    design and seen from the copy.
    """
    own = _MATRICES[orientation]
    ahead = [_number(own @ _MATRICES[other]) for other in same]
    back = [_number(_MATRICES[other] @ own.T) for other in same]
    return min(ahead) == orientation and min(back) == _number(own.T)


def _matrix(orientation: int) -> NDArray[np.int64]:
    quarter = np.array([[0, -1], [1, 0]])
    mirror = np.diag([-1, 1]) if orientation >= 4 else np.eye(2, dtype=int)
    return np.asarray(np.linalg.matrix_power(quarter, orientation % 4) @ mirror, np.int64)


_MATRICES = [_matrix(orientation) for orientation in range(8)]


def _number(matrix: NDArray[np.int64]) -> int:
    return next(o for o, one in enumerate(_MATRICES) if np.array_equal(one, matrix))
