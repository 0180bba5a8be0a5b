"""Whether tones pass into each other, as in photographs and paintings."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.measures.sheet import Sheet, slope_squared

_LEVELS = 16
_FAR = 36  # levels from the commonest grey, the paper, from which a tone is not its shadow
_DARK, _LIGHT = 28, 232
_FLAT, _STEEP = 10**2, 48**2  # of `slope_squared`, 2.5 and 12 levels a pixel: wash, edge


def tone_share(sheet: Sheet) -> float:
    """Share of the pixels in smooth passages of tones that are neither paper nor black nor white.

    A passage is smooth where neighbouring pixels differ by a few levels.
    """
    return float(_smooth(sheet)[0].mean())


def passing(sheet: Sheet) -> float:
    """Share of the smooth passages in which tones change, instead of lying flat; 0 without any."""
    smooth, slope = _smooth(sheet)
    total = int(np.count_nonzero(smooth))
    return int(np.count_nonzero(smooth & (slope > _FLAT))) / total if total else 0.0


def tone_variety(sheet: Sheet) -> float:
    """How evenly the picture's greys are spread, 0 for one tone to 1 for all alike: entropy."""
    counts = np.bincount(sheet.grey.ravel() // (256 // _LEVELS), minlength=_LEVELS)
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum() / np.log(_LEVELS)) + 0.0


def _smooth(sheet: Sheet) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Where the smooth passages are, and how steeply the softened grey changes."""
    soft = cv2.GaussianBlur(sheet.grey, (0, 0), 1.0)
    slope = slope_squared(np.asarray(soft, np.uint8))
    counts = np.bincount(sheet.grey.ravel(), minlength=256).astype(np.float64)
    paper = int(np.argmax(np.convolve(counts, np.ones(9), "same")))
    apart = cv2.absdiff(soft, np.full_like(soft, paper)) > _FAR
    return apart & (soft > _DARK) & (soft < _LIGHT) & (slope < _STEEP), slope
