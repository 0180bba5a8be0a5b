"""A whole line drawing in one shape, kept so that it can be laid over others later."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIDE = 160
"""Pixels along a side. `similarity/overlay.py` unpacks them and must know it."""

WIDTH = SIDE * SIDE // 8
"""Numbers that hold one drawing, eight pixels each: whole numbers that float16 holds exactly."""


def packed(strokes: NDArray[np.bool_]) -> NDArray[np.float32]:
    """A drawing as numbers: (SIDE, SIDE) bool -> (WIDTH,) float32 from 0 to 255."""
    return np.packbits(strokes).astype(np.float32)
