"""Lines brought into the relations that a draughtsman means, as far as the ink allows.

A segment runs to the corner where another ends, or to the line or circle that it meets; a line
that touches a circle is a tangent; circles about nearly one centre are concentric; nearly equal
radii are equal. Nothing is moved by more than a tolerance, and every move is told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from builder.vectors.types import Arc, Circle, Found, Points, Segment, Shape

_REACH = 0.045  # of the longer side: an end is brought to a corner so far off, if ink leads there
_INKED = 0.85  # share of the way to the corner that is inked
_BODY = 0.045  # of the longer side: radius of a small body that hides what runs under it
_CENTRE = 0.006  # of the longer side: centres nearer than this are one
_RADIUS = 0.004  # of the longer side


def snapped(found: Sequence[Found], ink: NDArray[np.bool_], pen: float) -> list[Found]:
    """The same lines, in the same order, brought into relation.

    Args:
        found: lines.
        ink: (h, w) bool, what they were found in.
        pen: breadth of a stroke.
    """
    side = max(ink.shape)
    lines = _concentric(list(found), _CENTRE * side)
    lines = _equal_radii(lines, _RADIUS * side)
    return [_met(one, lines, ink, pen) for one in lines]


def _names(found: Sequence[Found]) -> list[str]:
    """Such as "circle 2": numbers count the lines of a kind."""
    counts: dict[str, int] = {}
    names = []
    for one in found:
        counts[one.shape.kind] = counts.get(one.shape.kind, 0) + 1
        names.append(f"{one.shape.kind} {counts[one.shape.kind]}")
    return names


def _moved(one: Found, shape: Shape, relation: str) -> Found:
    move = float(np.hypot(*(shape.points() - one.shape.points()).T).max())
    relations = tuple(dict.fromkeys((*one.relations, relation)))
    return replace(one, shape=shape, moved=max(one.moved, move), relations=relations)


def _rounds(found: Sequence[Found]) -> list[int]:
    """Places of circles and arcs, the longest first."""
    places = [place for place, one in enumerate(found) if isinstance(one.shape, Circle)]
    return sorted(places, key=lambda place: -found[place].shape.length)


def _concentric(found: list[Found], within: float) -> list[Found]:
    """Circles about nearly one centre get the centre of all, the longer counting for more."""
    names, left = _names(found), _rounds(found)
    while left:
        first, *left = left
        group = [first, *(at for at in left if _apart(found[first], found[at]) <= within)]
        left = [at for at in left if at not in group]
        if len(group) == 1:
            continue
        weights = np.array([found[at].shape.length for at in group])
        centres = np.array([(_round(found[at]).x, _round(found[at]).y) for at in group])
        x, y = (weights @ centres / weights.sum()).tolist()
        for at in group:
            other = names[group[1] if at == group[0] else group[0]]
            shape = replace(_round(found[at]), x=x, y=y)
            found[at] = _moved(found[at], shape, f"concentric with {other}")
    return found


def _round(one: Found) -> Circle:
    assert isinstance(one.shape, Circle)
    return one.shape


def _apart(first: Found, second: Found) -> float:
    one, other = _round(first), _round(second)
    return math.hypot(one.x - other.x, one.y - other.y)


def _equal_radii(found: list[Found], within: float) -> list[Found]:
    """Circles of nearly one radius about different centres get the mean of their radii."""
    names, left = _names(found), _rounds(found)
    while left:
        first, *left = left
        radius = _round(found[first]).r
        group = [first, *(at for at in left if abs(_round(found[at]).r - radius) <= within)]
        group = [at for at in group if at == first or _apart(found[first], found[at]) > within]
        left = [at for at in left if at not in group]
        if len(group) == 1:
            continue
        mean = float(np.mean([_round(found[at]).r for at in group]))
        for at in group:
            other = names[group[1] if at == group[0] else group[0]]
            shape = replace(_round(found[at]), r=mean)
            found[at] = _moved(found[at], shape, f"of the radius of {other}")
    return found


def _met(one: Found, found: Sequence[Found], ink: NDArray[np.bool_], pen: float) -> Found:
    """A segment whose ends lie where it meets other lines."""
    names = _names(found)
    others = [
        (name, other.shape)
        for name, other in zip(names, found, strict=True)
        if other.shape is not one.shape
    ]
    for end in (0, 1):
        if not isinstance(one.shape, Segment):
            break
        ends = one.shape.points()
        place = _at_body(ends, end, others, max(ink.shape), pen)
        if place is None:
            place = _corner(ends, end, others, ink, pen)
        if place is not None:
            ends[end] = place[0]
            one = _moved(one, Segment(*ends[0].tolist(), *ends[1].tolist()), place[1])
    return one


_Place = tuple[Points, str]


def _at_body(
    ends: Points, end: int, others: Sequence[tuple[str, Shape]], side: int, pen: float
) -> _Place | None:
    """Where a line that ends in a small circle enters it: what is drawn within is not the line."""
    for name, shape in others:
        if not isinstance(shape, Circle) or isinstance(shape, Arc) or shape.r > _BODY * side:
            continue
        centre = np.array([shape.x, shape.y])
        if float(np.hypot(*(ends[end] - centre))) > shape.r + 1.5 * pen:
            continue
        entries = [place for place, _ in _meetings(ends, shape)]
        if not entries or float(np.hypot(*(ends[1 - end] - centre))) < 4 * shape.r:
            continue
        entry = min(entries, key=lambda place: float(np.hypot(*(place - ends[1 - end]))))
        return entry, f"ends at {name}"
    return None


def _corner(
    ends: Points,
    end: int,
    others: Sequence[tuple[str, Shape]],
    ink: NDArray[np.bool_],
    pen: float,
) -> _Place | None:
    """The nearest place at which a line meets another and to which ink leads."""
    best: tuple[float, Points, str] | None = None
    along = ends[end] - ends[1 - end]
    reach = min(_REACH * max(ink.shape), 0.4 * float(np.hypot(*along)))
    for name, shape in others:
        for place, relation in _meetings(ends, shape):
            away = float(np.hypot(*(place - ends[end])))
            # Ends are brought further out where ink leads there; inwards they only overshoot.
            outward = float((place - ends[end]) @ along) >= 0
            if away > (reach if outward else 1.3 * pen) or (best and away >= best[0]):
                continue
            if _inked(ends[end], place, ink, pen):
                best = (away, place, f"{relation} {name}")
    return None if best is None else best[1:]


def _meetings(ends: Points, other: Shape) -> list[tuple[Points, str]]:
    """Where the line through two ends meets another."""
    if isinstance(other, Segment):
        place = _crossing(ends, other.points())
        return [] if place is None else [(place, "ends at")]
    if isinstance(other, Arc):
        return []
    along = (ends[1] - ends[0]) / max(float(np.hypot(*(ends[1] - ends[0]))), 1e-9)
    centre = np.array([other.x, other.y])
    foot = ends[0] + along * float((centre - ends[0]) @ along)
    away = float(np.hypot(*(foot - centre)))
    if abs(away - other.r) <= 0.03 * other.r + 1.5:
        touch = centre + (foot - centre) * other.r / max(away, 1e-9)
        return [(touch, "tangent to")]
    if away > other.r:
        return []
    half = math.sqrt(other.r**2 - away**2)
    return [(foot + along * half, "ends at"), (foot - along * half, "ends at")]


def _crossing(ends: Points, other: Points) -> Points | None:
    """Where a line meets a segment, or would if that went on a little."""
    first, second = ends[1] - ends[0], other[1] - other[0]
    cross = float(first[0] * second[1] - first[1] * second[0])
    scale = float(np.hypot(*first) * np.hypot(*second))
    if abs(cross) < 0.03 * scale:
        return None
    step = other[0] - ends[0]
    share = float(step[0] * first[1] - step[1] * first[0]) / cross
    length = float(np.hypot(*second))
    if not -0.1 * length - 4 <= share * length <= 1.1 * length + 4:
        return None
    place: Points = other[0] + share * second
    return place


def _inked(start: Points, end: Points, ink: NDArray[np.bool_], pen: float) -> bool:
    """Whether ink leads from one point to another."""
    count = max(2, int(np.hypot(*(end - start))))
    points = np.rint(start + (end - start) * np.linspace(0, 1, count)[:, None]).astype(int)
    high, wide = ink.shape
    inside = (points >= 0).all(axis=1) & (points[:, 0] < wide) & (points[:, 1] < high)
    if not inside.all():
        return False
    near = max(1, round(0.6 * pen))
    hits = [
        ink[max(0, y - near) : y + near + 1, max(0, x - near) : x + near + 1].any()
        for x, y in points.tolist()
    ]
    return float(np.mean(hits)) >= _INKED
