"""How lines repeat across a whole drawing: a description that needs no network.

The amplitudes of the two-dimensional Fourier transform of the lines. Where lines lie is in the
phases, which are left out; what is left says at what distances and in which directions lines
follow each other. It tells seven nested circles from eight, and a table of twelve rows from one of
ten, which is finer than `strokes` can see, and it does not mind if a copy is a little shifted.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 81
"""Frequencies along a side, the constant part in the middle. `similarity/dihedral.py` turns them
and must know it."""

WIDTH = SIDE * SIDE
"""Numbers that describe one drawing."""

_DRAWN = 128  # side at which the drawing is transformed: 40 lines across it can be told apart
_BLUR = 1.0  # pixels: a line that wavers by so much is the same line
_SPREAD = 0.8  # frequencies: distances that differ by so little are the same
_POWER = 0.5  # evens out strong frequencies and weak ones


def spectrum(strokes: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Describe a drawing of thin strokes: (s, s) bool -> (SIDE, SIDE) float32."""
    thick = cv2.dilate(strokes.astype(np.float32), np.ones((3, 3), np.uint8))
    drawn = cv2.resize(thick, (_DRAWN, _DRAWN), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(drawn, (0, 0), _BLUR)
    amplitudes = np.abs(np.fft.fftshift(np.fft.fft2(soft - soft.mean())))
    middle, reach = _DRAWN // 2, SIDE // 2
    kept = slice(middle - reach, middle + reach + 1)
    near = cv2.GaussianBlur(amplitudes[kept, kept].astype(np.float32), (0, 0), _SPREAD)
    return np.asarray(near**_POWER, np.float32)
