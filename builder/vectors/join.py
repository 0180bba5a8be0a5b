"""Segments that go on behind something are one; strokes of hatching are none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from builder.vectors.types import Found, Segment

_SHARE = 2.2  # of the shorter part: a gap that is larger parts two lines
_ASIDE = 1.6  # pens by which two parts of one line may be out of line
_CLOSE = 6.0  # pens between two strokes of hatching
_ALIKE = 0.35  # of the longer: strokes of hatching are of about one length
_PARALLEL = 14.0  # degrees
_SHORT = 0.22  # of the picture's longer side
_SPOKES = 3  # besides the two: two lines that cross under a body have two more ends there
_MANY = 2  # neighbours from which on a stroke is one of many


def joined(found: Sequence[Found], gap: float, pen: float) -> list[Found]:
    """Segments in one line brought together across gaps of so many pixels."""
    lines = [one for one in found if isinstance(one.shape, Segment)]
    rest = [one for one in found if not isinstance(one.shape, Segment)]
    segments = [one.shape for one in lines if isinstance(one.shape, Segment)]
    whole: list[Found] = []
    while lines:
        one, *lines = lines
        place = 0
        while place < len(lines):
            longer = _together(one, lines[place], gap, pen)
            if longer is not None and _is_hub(one, lines[place], segments, pen):
                longer = None
            if longer is None:
                place += 1
            else:
                del lines[place]
                one, place = longer, 0  # what did not fit the shorter line may fit the longer
        whole.append(one)
    return [*rest, *whole]


def _is_hub(first: Found, second: Found, segments: Sequence[Segment], pen: float) -> bool:
    """Whether many lines end where two are interrupted: spokes, and not two lines that cross."""
    ends = [(one, other) for one in first.shape.points() for other in second.shape.points()]
    near, far = min(ends, key=lambda pair: float(np.hypot(*(pair[0] - pair[1]))))
    middle, gap = (near + far) / 2, float(np.hypot(*(near - far)))
    reach = 0.65 * gap + 2 * pen
    if gap <= 2 * pen:
        return False
    spokes = 0
    for third in segments:
        away = np.hypot(*(third.points() - middle).T)
        same = third is first.shape or third is second.shape
        spokes += not same and away.min() <= reach and away.max() > 1.5 * gap + reach
    return spokes >= _SPOKES


def _together(first: Found, second: Found, gap: float, pen: float) -> Found | None:
    """The line of which two segments are parts, if they are."""
    if first.shape.length < second.shape.length:
        first, second = second, first
    long, short = first.shape.points(), second.shape.points()
    along = (long[1] - long[0]) / max(first.shape.length, 1e-9)
    way = np.sort((short - long[0]) @ along)
    between = max(way[0] - first.shape.length, -way[1])
    if not -2 * pen < between <= min(gap, _SHARE * second.shape.length):
        return None
    ends = np.concatenate([long, short])
    order = np.argsort(ends @ along)
    outer = ends[order[[0, -1]]]
    whole = outer[1] - outer[0]
    unit = whole / max(float(np.hypot(*whole)), 1e-9)
    aside = np.abs((ends - outer[0]) @ np.array([-unit[1], unit[0]]))
    if aside.max() > _ASIDE * pen:
        return None
    weights = np.array([first.shape.length, second.shape.length])
    weights = weights / weights.sum()
    return replace(
        first,
        shape=Segment(*outer[0].tolist(), *outer[1].tolist()),
        confidence=round(float(weights @ [first.confidence, second.confidence]), 4),
        residual=float(np.sqrt(weights @ np.square([first.residual, second.residual]))),
    )


def without_hatching(found: Sequence[Found], pen: float, side: float) -> list[Found]:
    """Lines without short segments that stand in close rows."""
    lines = [one.shape for one in found if isinstance(one.shape, Segment)]
    short = [one for one in lines if one.length <= _SHORT * side]
    hatching = {id(one) for one in short if _neighbours(one, short, pen) >= _MANY}
    return [one for one in found if id(one.shape) not in hatching]


def _neighbours(one: Segment, others: Sequence[Segment], pen: float) -> int:
    """How many segments lie beside one, as close and as long as strokes of hatching."""
    count = 0
    middle = one.points().mean(axis=0)
    for other in others:
        if other is one or min(one.length, other.length) < _ALIKE * max(one.length, other.length):
            continue
        turn = abs((_angle(one) - _angle(other) + 90) % 180 - 90)
        step = other.points().mean(axis=0) - middle
        along = abs(step @ (one.points()[1] - one.points()[0])) / max(one.length, 1e-9)
        if (
            turn <= _PARALLEL
            and along <= one.length / 2
            and math.hypot(*step) <= _CLOSE * pen + along
        ):
            count += 1
    return count


def _angle(one: Segment) -> float:
    return math.degrees(math.atan2(one.y2 - one.y1, one.x2 - one.x1))
