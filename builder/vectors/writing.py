"""Letters taken off before lines are looked for."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_LONGEST = 0.12  # of the picture's longer side: larger parts are drawn, not written
_STRAIGHT = 2.2  # pens: what is no broader is a dash
_DOT = 3.5  # pens
_FULL = 0.5  # of its box: a dot
_ROUND = 0.08  # of the radius: how far a small circle's rim may stray
_DASH = 0.055  # of the picture's longer side: what is shorter and alone is no line
_BETWEEN = 4.0  # pens between dots of one line
_SLANT = 0.9  # of the diagonal of its box: how long a slanting dash is
_LONG = 1.9  # times as long as broad: a dash
_ASKEW = 32.0  # degrees between a dash and its line
_MOST_DOTS = 4000
_LEAST_CIRCLE = 6.0  # pens: rings under this are letters (o, zeros)


def pen_width(ink: NDArray[np.bool_]) -> float:
    """How broad strokes are on average, in pixels: ink over the length of its thinned strokes."""
    from skimage.morphology import skeletonize

    length = int(skeletonize(ink).sum())  # type: ignore[no-untyped-call]
    return max(1.0, float(ink.sum()) / length) if length else 1.0


def without_letters(ink: NDArray[np.bool_], pen: float) -> NDArray[np.bool_]:
    """The ink without small connected parts that are neither dots, dashes nor circles.

    Args:
        ink: (h, w) bool.
        pen: breadth of a usual stroke in pixels.
    """
    mask = ink.astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    longest = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    kept = longest > _LONGEST * max(ink.shape)
    kept[0] = False
    for label in np.flatnonzero(~kept)[1:] if not kept[0] else ():
        left, top, width, height, area = stats[label]
        part = labels[top : top + height, left : left + width] == label
        kept[label] = _drawn(part, int(area), pen)
    return np.asarray(kept[labels], np.bool_)


def large_parts(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink of connected parts that are too large for letters."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    kept = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1) > _LONGEST * max(
        ink.shape
    )
    kept[0] = False
    return np.asarray(kept[labels], np.bool_)


def dots_joined(ink: NDArray[np.bool_], pen: float) -> NDArray[np.bool_]:
    """The ink with dots and dashes that follow each other joined, and single ones taken off."""
    _, found, stats, middles = cv2.connectedComponentsWithStats(
        ink.astype(np.uint8), connectivity=8
    )
    labels = np.asarray(found, np.int32)
    longest = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1)
    small = longest <= _DASH * max(ink.shape)
    small[0] = False
    drawn = ink.astype(np.uint8)
    drawn[small[labels]] = 0
    numbers = np.flatnonzero(small)
    if len(numbers) < 3 or len(numbers) > _MOST_DOTS:
        return drawn > 0
    from scipy.spatial import cKDTree

    dots = np.asarray(middles[numbers], np.float64)
    boxes = stats[numbers][:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    reach = np.maximum(boxes.max(axis=1), _SLANT * np.hypot(boxes[:, 0], boxes[:, 1]))
    axes = [_axis(labels, stats[number], number) for number in numbers.tolist()]
    _, others = cKDTree(dots).query(dots, k=3)
    for one in range(len(dots)):
        first, second = others[one, 1:]
        three = [first, one, second]
        if _in_line(dots[three], reach[three], pen) and _along(
            dots[second] - dots[first], [axes[at] for at in three]
        ):
            for other in (first, second):
                ends = np.rint(dots[[one, other]]).astype(int).tolist()
                cv2.line(drawn, ends[0], ends[1], 1, max(1, round(pen)))
    return np.asarray(drawn > 0)


def _in_line(dots: NDArray[np.float64], sizes: NDArray[np.float64], pen: float) -> bool:
    """Whether three dots follow each other as in a dotted line."""
    ahead, back = dots[2] - dots[1], dots[0] - dots[1]
    steps = np.hypot(*ahead), np.hypot(*back)
    between = max(steps[0] - (sizes[1] + sizes[2]) / 2, steps[1] - (sizes[0] + sizes[1]) / 2)
    if between > _BETWEEN * pen or sizes.max() > 2.2 * sizes.min() or min(steps) == 0:
        return False
    return bool(ahead @ back / (steps[0] * steps[1]) < -0.8)


def _axis(labels: NDArray[np.int32], box: NDArray[np.generic], number: int) -> float:
    """The direction in degrees of a part that is longer than broad; NaN if it is round."""
    left, top, width, height = box[:4].tolist()
    part = labels[top : top + height, left : left + width] == number
    ys, xs = np.nonzero(part)
    if len(xs) < 6:
        return float("nan")
    values, vectors = np.linalg.eigh(np.cov(np.stack([xs, ys])))
    if values[1] < _LONG**2 * (values[0] + 0.1):
        return float("nan")
    return float(np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1])))


def _along(step: NDArray[np.float64], axes: list[float]) -> bool:
    """Whether dashes point the way in which they follow each other."""
    way = float(np.degrees(np.arctan2(step[1], step[0])))
    return all(not abs((axis - way + 90) % 180 - 90) > _ASKEW for axis in axes)


def _drawn(part: NDArray[np.bool_], area: int, pen: float) -> bool:
    """Whether a small part is a dot, a dash or a circle rather than a letter."""
    high, wide = part.shape
    if max(high, wide) <= _DOT * pen:
        return bool(area >= _FULL * high * wide or max(high, wide) <= 3)
    padded = np.pad(part.astype(np.uint8), 1)
    contours, _ = cv2.findContours(padded, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(contours, key=len)
    _, sides, _ = cv2.minAreaRect(outline)
    if min(sides) + 1 <= _STRAIGHT * pen and max(sides) >= 3 * min(sides):
        return True
    if min(high, wide) < _LEAST_CIRCLE * pen or max(high, wide) > 1.25 * min(high, wide):
        return False
    points = outline[:, 0].astype(np.float64)
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    away = np.hypot(*(points - middle).T)
    return bool(away.std() <= _ROUND * away.mean())
