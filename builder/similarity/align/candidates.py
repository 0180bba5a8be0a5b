"""Starts from matched pieces: a piece's one shape laid on another's gives an affine map at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from builder.similarity.align.sheet import Floats, Sheet, inverse

TURNS = (0, -10, 10, -20, 20, -30, 30, -40, 40)  # about each of the eight orientations: all angles
_MOST = 3  # pieces of either, the whole figure first


@lru_cache(maxsize=1)
def turnings() -> Floats:
    """(8 x TURNS, 3, 3): mirrored left to right from the fifth on, then turned with the clock."""
    found = []
    for orientation in range(8):
        mirror = np.diag([-1.0 if orientation >= 4 else 1.0, 1.0, 1.0])
        for turn in TURNS:
            angle = np.deg2rad(90 * (orientation % 4) + turn)
            cos, sin = np.cos(angle), np.sin(angle)
            found.append(np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]]) @ mirror)
    return np.array(found)


def starts(one: Sheet, other: Sheet) -> Floats:
    """(m, 3, 3) maps from one drawing to the other, `8 x TURNS` for each pair of pieces.

    First the figures as wholes, keeping their proportions; then shape on shape, the whole figures
    and every piece of either on every piece and the whole of the other.
    """
    pairs = [(plain(one), plain(other))]
    pairs += [(a, b) for a in one.frames[:_MOST] for b in other.frames[:_MOST]]
    maps = [inverse(b) @ turnings() @ a for a, b in pairs]
    return np.concatenate(maps)


def plain(sheet: Sheet) -> Floats:
    """The map that brings a figure to its place and size, whatever its proportions."""
    whole = sheet.frames[0]
    size = np.sqrt(abs(np.linalg.det(whole[:2, :2])))
    centre = inverse(whole)[:2, 2]
    return np.array([[size, 0, -size * centre[0]], [0, size, -size * centre[1]], [0, 0, 1.0]])
