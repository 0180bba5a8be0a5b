"""Ink as thin strokes: their pixels, the directions they run in, and what lies near a place."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.vectors.types import Points

BINS = 8
_WIDE = 24.0  # degrees on either side of a bin's middle
_ARM = 5  # pixels along a stroke on either side, from which its direction is taken
_NEIGHBOURS = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]


@dataclass(frozen=True)
class Strokes:
    """Thin strokes.

    Attributes:
        points: (n, 2) x and y of their pixels.
        angles: (n,) direction at each in degrees, 0 to 180; NaN at crossings and dots.
        paths: indices into `points` of each stretch between crossings, in order, the longest first.
        near: (BINS + 1, h, w) distance to the nearest pixel that runs in a bin's direction (the
            last: in any).
        nearest: (BINS + 1, h, w) which pixel that is.
    """

    points: Points
    angles: NDArray[np.float64]
    paths: tuple[NDArray[np.int64], ...]
    near: NDArray[np.float32]
    nearest: NDArray[np.int32]

    def at(
        self, points: Points, angles: NDArray[np.float64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Distance to, and number of, the nearest stroke pixel that runs as asked.

        Args:
            points: (m, 2); outside the picture nothing is near.
            angles: (m,) directions in degrees.
        """
        high, wide = self.near.shape[1:]
        x, y = np.rint(points[:, 0]).astype(int), np.rint(points[:, 1]).astype(int)
        inside = (x >= 0) & (x < wide) & (y >= 0) & (y < high)
        bins = np.rint(angles / (180 / BINS)).astype(int) % BINS
        x, y = np.clip(x, 0, wide - 1), np.clip(y, 0, high - 1)
        away = np.where(inside, self.near[bins, y, x], np.float32(np.inf))
        return away, self.nearest[bins, y, x]


def strokes(ink: NDArray[np.bool_]) -> Strokes:
    """Thin the ink (Zhang and Suen 1984, as in scikit-image) and follow its strokes."""
    from skimage.morphology import skeletonize

    thin: NDArray[np.bool_] = skeletonize(ink)  # type: ignore[no-untyped-call]
    ys, xs = np.nonzero(thin)
    points = np.column_stack([xs, ys]).astype(np.float64)
    number = np.full(thin.shape, -1, np.int64)
    number[ys, xs] = np.arange(len(xs))
    paths = _paths(thin, number)
    angles = _directions(points, paths)
    near, nearest = _maps(thin.shape, xs, ys, angles)
    return Strokes(points, angles, paths, near, nearest)


def _paths(thin: NDArray[np.bool_], number: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Stretches between crossings, each in order."""
    mask = thin.astype(np.uint8)
    beside = cv2.filter2D(mask, cv2.CV_16S, np.ones((3, 3)), borderType=cv2.BORDER_CONSTANT) - 1
    simple = thin & (beside <= 2)
    ys, xs = np.nonzero(simple)
    left = set(zip(ys.tolist(), xs.tolist(), strict=True))
    ends = [at for at in left if sum((at[0] + y, at[1] + x) in left for y, x in _NEIGHBOURS) <= 1]
    found = []
    for start in [*sorted(ends), *sorted(left)]:
        if start not in left:
            continue
        path = _walk(start, left)
        found.append(np.array([number[at] for at in path], np.int64))
    return tuple(sorted(found, key=lambda one: (-len(one), int(one[0]))))


def _walk(start: tuple[int, int], left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Follow a stretch from a pixel, taking what was passed out of `left`."""
    path = [start]
    left.discard(start)
    while True:
        y, x = path[-1]
        beside = [(y + dy, x + dx) for dy, dx in _NEIGHBOURS if (y + dy, x + dx) in left]
        if not beside:
            return path
        # Straight neighbours before slanting ones, or corners would be cut and left over.
        following = min(beside, key=lambda at: abs(at[0] - y) + abs(at[1] - x))
        path.append(following)
        left.discard(following)


def _directions(points: Points, paths: tuple[NDArray[np.int64], ...]) -> NDArray[np.float64]:
    angles = np.full(len(points), np.nan)
    for path in paths:
        if len(path) < _ARM:
            continue
        places = np.arange(len(path))
        ahead = points[path[np.minimum(places + _ARM, len(path) - 1)]]
        behind = points[path[np.maximum(places - _ARM, 0)]]
        step = ahead - behind
        angles[path] = np.degrees(np.arctan2(step[:, 1], step[:, 0])) % 180
    return angles


def _maps(
    shape: tuple[int, int],
    xs: NDArray[np.int64],
    ys: NDArray[np.int64],
    angles: NDArray[np.float64],
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    near = np.full((BINS + 1, *shape), np.inf, np.float32)
    nearest = np.full((BINS + 1, *shape), -1, np.int32)
    free = np.isnan(angles)
    for number in range(BINS + 1):
        off = np.abs((angles - number * 180 / BINS + 90) % 180 - 90)
        chosen = np.flatnonzero(free | (off <= _WIDE) | (number == BINS))
        if not len(chosen):
            continue
        away = np.ones(shape, np.uint8)
        away[ys[chosen], xs[chosen]] = 0
        near[number], labels = cv2.distanceTransformWithLabels(
            away, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
        )
        of_label = np.full(int(labels.max()) + 1, -1, np.int32)
        of_label[labels[ys[chosen], xs[chosen]]] = chosen
        nearest[number] = of_label[labels]
    return near, nearest
