"""From an affine map to a homography, where the strokes ask for one."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.similarity.align.sheet import Floats, Sheet
from builder.similarity.overlay_kernel import UNIT

LEAST = 25  # points that must agree: fewer agree on some homography by chance
_ROUNDS = 4
_PULL = 8.0  # pixels from which strokes pull in the first round, halved every round
_BENT = 0.35  # of the depth across the drawing: more is no photograph of a page


def bent(one: Sheet, other: Sheet, matrix: Floats) -> Floats | None:
    """The homography near an affine map that brings strokes nearest to strokes; None without one.

    Points are moved to the strokes that they nearly meet, OpenCV's MAGSAC (its own default for
    `findHomography` takes in too many of the wrong ones) finds the map, and so on from there.
    """
    found = matrix
    for turn in range(_ROUNDS):
        own, theirs = _met(one, other, found, _PULL / 2**turn)
        if len(own) < LEAST:
            return None
        new, inliers = cv2.findHomography(
            own, theirs, method=cv2.USAC_MAGSAC, ransacReprojThreshold=max(_PULL / 2**turn, 1.5)
        )
        if new is None or not np.isfinite(new).all() or int(inliers.sum()) < LEAST:
            return None
        found = np.asarray(new / new[2, 2], np.float64)
    return found if _plausible(found, one.side) else None


def _met(
    one: Sheet, other: Sheet, matrix: Floats, pull: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Points of the one, and where on the other's strokes they belong."""
    points = one.field.points.astype(np.float64)
    moved = carried(matrix, points)
    half = other.side / 2
    places = np.clip(np.nan_to_num(moved) + half, 1, other.side - 2).astype(int)
    columns, rows = places.T
    away = other.field.distance.astype(np.float64) / UNIT
    slope = np.stack(
        [
            away[rows, columns + 1] - away[rows, columns - 1],
            away[rows + 1, columns] - away[rows - 1, columns],
        ],
        axis=1,
    )
    slope /= np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-6)
    near = (away[rows, columns] <= pull) & (np.abs(moved) < half - 1).all(axis=1)
    target = moved - slope * away[rows, columns][:, None]
    return points[near].astype(np.float32), target[near].astype(np.float32)


def carried(matrix: Floats, points: Floats) -> Floats:
    """Points (n, 2) under a (3, 3) map."""
    moved = np.hstack([points, np.ones((len(points), 1))]) @ matrix.T
    depth = np.where(np.abs(moved[:, 2:]) < 1e-9, 1e-9, moved[:, 2:])
    return np.asarray(moved[:, :2] / depth, np.float64)


def _plausible(matrix: Floats, side: int) -> bool:
    half = side / 2
    corners = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    depth = corners @ matrix[2, :2] + matrix[2, 2]
    return bool(depth.min() > 0 and depth.max() / depth.min() < 1 + 2 * _BENT)
