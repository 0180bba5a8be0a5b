"""How alike a picture is to itself turned or mirrored."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.measures.sheet import Sheet

_SIDE, _FILLED = 64, 56
_BLUR = 1.2  # cells of the small square: what a hand may miss


def symmetry(sheet: Sheet) -> float:
    """Correlation of the ink with itself in the best of the seven other orientations.

    The box of the ink is laid, proportions kept, into the middle of a square; 1 for a figure that
    turning or mirroring does not change, near 0 for one without symmetry; NaN without ink.
    """
    small = _square(sheet)
    if small is None:
        return math.nan
    centred = small - small.mean()
    power = float((centred**2).sum())
    if power <= 0:
        return math.nan
    best = max(float((centred * other).sum()) for other in orientations(centred)[1:])
    return min(1.0, max(-1.0, best / power))


def orientations(square: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The eight of a square, (s, s): mirrored for the last four, then turned with the clock."""
    return [np.rot90(one, -turn) for one in (square, square[:, ::-1]) for turn in range(4)]


def _square(sheet: Sheet) -> NDArray[np.float32] | None:
    rows = np.flatnonzero(sheet.ink.any(axis=1))
    columns = np.flatnonzero(sheet.ink.any(axis=0))
    if not len(rows):
        return None
    figure = sheet.ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    height, width = figure.shape
    scale = _FILLED / max(height, width)
    tall, wide = max(1, round(height * scale)), max(1, round(width * scale))
    fitted = cv2.resize(figure, (wide, tall), interpolation=cv2.INTER_AREA)
    small = np.zeros((_SIDE, _SIDE), np.float32)
    top, left = (_SIDE - tall) // 2, (_SIDE - wide) // 2
    small[top : top + tall, left : left + wide] = fitted
    return np.asarray(cv2.GaussianBlur(small, (0, 0), _BLUR), np.float32)
