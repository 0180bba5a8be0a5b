"""Laying one drawing over another: the inner loops, compiled.

Everything here is plain loops over numbers; `overlay.py` says what it is for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numba
import numpy as np

STEPS = 32.0
"""Directions are counted in so many steps of half a turn."""

UNIT = 8.0
"""Distances are counted in so many parts of a pixel."""

# Pixels that still pull, pass by pass.
_REACHES = np.array([8.0, 6.0, 4.0, 3.0, 2.5, 2.0, 1.7, 1.4, 1.2])
_AFFINE = np.eye(6)
_ASKEW = math.sin(math.radians(33.75)) ** 2  # up to which strokes count as running the same way
_STIFF = 30.0  # square pixels: how hard the linear part is to change
_LOOSE = 1e-3
_FIRST = 200  # points that starts are compared by
_COARSE = 0.03  # of the side: how near strokes must lie for a start
_PLAUSIBLE = (0.6, 1.7)  # change of area in which a copy is believed


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function, kept on disk where a folder for it can be written."""
    try:
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder to keep it in: compile it in every process
        return numba.njit(nogil=True)(function)


_TABLE = np.stack(
    [np.cos(np.arange(STEPS) * np.pi / STEPS), np.sin(np.arange(STEPS) * np.pi / STEPS)], axis=1
)


@compiled
def coincidence(points, directions, distance, direction, a, b, c, d, tx, ty, reach):  # type: ignore[no-untyped-def]
    """Share of points that come to lie on strokes running the same way, 0 to 1."""
    side = distance.shape[0]
    half = side / 2 + 0.5
    total = 0.0
    for p in range(len(points)):
        x = a * points[p, 0] + b * points[p, 1] + tx + half
        y = c * points[p, 0] + d * points[p, 1] + ty + half
        col = min(max(int(x), 0), side - 1)
        row = min(max(int(y), 0), side - 1)
        u = a * directions[p, 0] + b * directions[p, 1]
        v = c * directions[p, 0] + d * directions[p, 1]
        if alike(u, v, direction[row, col]):
            near = distance[row, col] / UNIT
            total += math.exp(-near * near / (2 * reach * reach))
    return total / max(len(points), 1)


@compiled
def alike(u, v, step):  # type: ignore[no-untyped-def]
    """Whether a direction (u, v) runs like the stroke that is nearest."""
    cross = u * _TABLE[step, 1] - v * _TABLE[step, 0]
    return cross * cross <= _ASKEW * (u * u + v * v)


@compiled
def refined(points, directions, distance, direction, start, reaches, basis):  # type: ignore[no-untyped-def]
    """The map near a start under which points lie nearest to strokes (Gauss and Newton).

    Args:
        points, directions: of the one, from its middle.
        distance, direction: of the other.
        start: (6,) as what is returned.
        reaches: pixels that still pull, pass by pass.
        basis: (6, k) ways in which the map may change: all six for an affine one.

    Returns:
        (6,) a, b, c, d, tx, ty.
    """
    side = distance.shape[0]
    half = side / 2 + 0.5
    found = start.copy()
    count = len(points)
    slope = np.zeros(6)
    normal = np.zeros((6, 6))
    for reach in reaches:
        normal[:] = 0.0
        right = np.zeros(6)
        for p in range(count):
            px, py = points[p, 0], points[p, 1]
            x = found[0] * px + found[1] * py + found[4] + half
            y = found[2] * px + found[3] * py + found[5] + half
            col = min(max(int(x), 1), side - 2)
            row = min(max(int(y), 1), side - 2)
            value = distance[row, col] / UNIT
            u = found[0] * directions[p, 0] + found[1] * directions[p, 1]
            v = found[2] * directions[p, 0] + found[3] * directions[p, 1]
            weight = _LOOSE
            if alike(u, v, direction[row, col]):
                weight += math.exp(-value * value / (2 * reach * reach))
            gx = (float(distance[row, col + 1]) - float(distance[row, col - 1])) / (2 * UNIT)
            gy = (float(distance[row + 1, col]) - float(distance[row - 1, col])) / (2 * UNIT)
            slope[0], slope[1], slope[2], slope[3] = gx * px, gx * py, gy * px, gy * py
            slope[4], slope[5] = gx, gy
            for i in range(6):
                right[i] += weight * slope[i] * value
                for j in range(i, 6):
                    normal[i, j] += weight * slope[i] * slope[j]
        for i in range(6):
            for j in range(i):
                normal[i, j] = normal[j, i]
            normal[i, i] += (_STIFF if i < 4 else _STIFF * _LOOSE) * count
        found -= basis @ np.linalg.solve(basis.T @ normal @ basis, basis.T @ right)
    return found


@compiled
def best_starts(points, directions, distance, direction, starts, turns):  # type: ignore[no-untyped-def]
    """The best of the small turns of each of the eight orientations: (8,) rows of `starts`.

    Returns:
        The rows, and (8,) how well the strokes coincide there.
    """
    step = max(len(points) // _FIRST, 1)
    few, few_directions = points[::step], directions[::step]
    rows = np.zeros(8, np.int64)
    worth = np.full(8, -1.0)
    reach = _COARSE * distance.shape[0]
    for k in range(len(starts)):
        s = starts[k]
        one = coincidence(
            few, few_directions, distance, direction, s[0], s[1], s[2], s[3], 0.0, 0.0, reach
        )
        if one > worth[k // turns]:
            worth[k // turns], rows[k // turns] = one, k
    return rows, worth


@compiled
def laid(points, directions, distance, direction, own, starts, turns, keep, reach):  # type: ignore[no-untyped-def]
    """How well one drawing coincides with another, in whichever orientation does best.

    Args:
        points, directions: of the one, from its middle.
        distance, direction: of the other.
        own: the other's points and directions, and the one's distance and direction.
        starts: (8 x turns, 4) orientations and small turns.
        turns: small turns of each orientation.
        keep: orientations that are looked at closely, the upright one besides.
        reach: pixels within which strokes coincide.

    Returns:
        0 to 1, the geometric mean of both ways.
    """
    result = 0.0
    rows, worth = best_starts(points, directions, distance, direction, starts, turns)
    order = np.argsort(-worth)
    back_points, back_directions, back_distance, back_direction = own
    for place in range(8):
        orientation = order[place]
        if place >= keep and orientation != 0:
            continue
        s = starts[rows[orientation]]
        start = np.array([s[0], s[1], s[2], s[3], 0.0, 0.0])
        m = refined(points, directions, distance, direction, start, _REACHES, _AFFINE)
        det = m[0] * m[3] - m[1] * m[2]
        if not _PLAUSIBLE[0] <= abs(det) <= _PLAUSIBLE[1]:
            continue
        there = coincidence(
            points, directions, distance, direction, m[0], m[1], m[2], m[3], m[4], m[5], reach
        )
        a, b, c, d = m[3] / det, -m[1] / det, -m[2] / det, m[0] / det
        tx, ty = -(a * m[4] + b * m[5]), -(c * m[4] + d * m[5])
        back = coincidence(
            back_points, back_directions, back_distance, back_direction, a, b, c, d, tx, ty, reach
        )
        result = max(result, math.sqrt(there * back))
    return result
