"""Lines against letters, and whether the letters stand in rows, as in a block of text."""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.measures.sheet import SPECK, Sheet

_SIDE = 200  # longer side of what rows are looked for in
_TILTS = range(-4, 5)  # degrees
_SMOOTH = 41  # pixels of the small picture: slower changes are no rows
_MARGIN = 0.08  # of the small picture's height: lines cut by the edge are uneven
_REACH = 0.035  # of the longer side: space between letters and between rows


def line_share(sheet: Sheet) -> float:
    """Ink in lines over ink in lines and letters: 1 for a bare figure, 0 for a block of text.

    Specks count for neither; NaN without ink.
    """
    marks = sheet.marks
    area = marks.area.astype(np.int64)
    area[np.maximum(marks.width, marks.height) < SPECK * sheet.side] = 0
    total = int(area.sum())
    return 1 - int(area[sheet.letters].sum()) / total if total else math.nan


def letters(sheet: Sheet) -> float:
    """Number of marks of the size and shape of letters or joined words."""
    return float(np.count_nonzero(sheet.letters))


def coverage(sheet: Sheet) -> float:
    """Share of the picture within reach of a letter."""
    side = max(3, int(_REACH * sheet.side) | 1)
    grown = cv2.dilate(sheet.written.astype(np.uint8), np.ones((side, side), np.uint8))
    return float(grown.mean())


def rows(sheet: Sheet) -> float:
    """How regularly letters stand in rows, whichever way the picture lies.

    The autocorrelation of the letters' profile, at its first peak, less half of what it is in the
    valley before; the best of a few small tilts. Above 1 for a block of text, mostly under 0.7
    for anything else.
    """
    if not sheet.letters.any():
        return 0.0
    return max((_regular(profile) for profile in _profiles(sheet.written)), default=0.0)


def _profiles(written: NDArray[np.bool_]) -> Iterator[NDArray[np.float32]]:
    """The ink of each row of pixels, for both directions and a few tilts."""
    height, width = written.shape
    scale = _SIDE / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = cv2.resize(written.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    for lying in (small, np.ascontiguousarray(np.rot90(small))):
        tall, wide = lying.shape
        for tilt in _TILTS:
            turn = cv2.getRotationMatrix2D((wide / 2, tall / 2), tilt, 1)
            turned = cv2.warpAffine(lying, turn, (wide, tall)) if tilt else lying
            yield turned.sum(axis=1)[int(_MARGIN * tall) : int((1 - _MARGIN) * tall) + 1]


def _regular(profile: NDArray[np.float32]) -> float:
    if len(profile) < 12 or profile.sum() <= 0:
        return 0.0
    level = cv2.blur(profile.reshape(-1, 1), (1, _SMOOTH), borderType=cv2.BORDER_REFLECT)
    swing = (profile - level.ravel()).astype(np.float64)
    power = float((swing**2).mean())
    if power <= 1e-9:
        return 0.0
    lags = np.correlate(swing, swing, "full")[len(swing) - 1 :]
    lags = lags[: min(len(lags) // 2 + 1, 60)] / lags[0]
    rising = np.flatnonzero(np.diff(lags[1:]) >= 0)
    if not len(rising):
        return 0.0
    valley = 1 + int(rising[0])
    return float(lags[valley:].max() - lags[valley] / 2)
