"""Laying one drawing over another at any start: the inner loops, compiled."""

from __future__ import annotations

import math

import numpy as np

from builder.similarity.overlay_kernel import UNIT, alike, compiled


@compiled
def worths(points, directions, distance, direction, starts, reach):  # type: ignore[no-untyped-def]
    """How well strokes coincide at each of (m, 6) starts: (m,) shares, 0 to 1.

    Unlike `overlay_kernel.coincidence` a point that leaves the drawing counts as one that meets
    nothing, because here drawings may be moved far.
    """
    side = distance.shape[0]
    half = side / 2
    found = np.zeros(len(starts))
    for k in range(len(starts)):
        a, b, c, d, tx, ty = starts[k]
        total = 0.0
        for p in range(len(points)):
            x = a * points[p, 0] + b * points[p, 1] + tx + half
            y = c * points[p, 0] + d * points[p, 1] + ty + half
            if x < 0 or y < 0 or x >= side or y >= side:
                continue
            col, row = int(x), int(y)
            u = a * directions[p, 0] + b * directions[p, 1]
            v = c * directions[p, 0] + d * directions[p, 1]
            if alike(u, v, direction[row, col]):
                near = distance[row, col] / UNIT
                total += math.exp(-near * near / (2 * reach * reach))
        found[k] = total / max(len(points), 1)
    return found


@compiled
def counted(points, directions, distance, direction, m, picture, tolerance):  # type: ignore[no-untyped-def]
    """What comes of every point of one drawing under a map into another.

    Args:
        points, directions: of the one, from its middle.
        distance, direction: of the other.
        m: (3, 3) the map, affine or not.
        picture: (4,) left, top, right, bottom of the other's picture, from its middle.
        tolerance: pixels.

    Returns:
        Points that stay in the picture; those of them that come within three tolerances of a
        stroke running the same way; the soft count of those; the sum of squared distances of
        those within three tolerances; and how many lie within one tolerance.
    """
    side = distance.shape[0]
    half = side / 2
    inside, near, close = 0, 0, 0
    soft, squares = 0.0, 0.0
    for p in range(len(points)):
        px, py = points[p, 0], points[p, 1]
        depth = m[2, 0] * px + m[2, 1] * py + m[2, 2]
        if depth <= 0:
            continue
        x = (m[0, 0] * px + m[0, 1] * py + m[0, 2]) / depth
        y = (m[1, 0] * px + m[1, 1] * py + m[1, 2]) / depth
        if x < picture[0] or y < picture[1] or x > picture[2] or y > picture[3]:
            continue
        inside += 1
        if x < -half or y < -half or x >= half or y >= half:
            continue
        col, row = int(x + half), int(y + half)
        # How the map stretches just here, but for the size, which does not change directions.
        u, v = directions[p, 0], directions[p, 1]
        away = distance[row, col] / UNIT
        along = (m[0, 0] - m[2, 0] * x) * u + (m[0, 1] - m[2, 1] * x) * v
        across = (m[1, 0] - m[2, 0] * y) * u + (m[1, 1] - m[2, 1] * y) * v
        if away <= 3 * tolerance and alike(along, across, direction[row, col]):
            near += 1
            soft += math.exp(-away * away / (2 * tolerance * tolerance))
            squares += away * away
            if away <= tolerance:
                close += 1
    return inside, near, soft, squares, close
