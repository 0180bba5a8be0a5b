"""A curve that fits a short stretch of a stroke, grown along the strokes that go on with it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.vectors.curves import (
    Curve,
    Line,
    Oval,
    Ring,
    fitted_line,
    refitted_ring,
)
from builder.vectors.strokes import Strokes
from builder.vectors.types import Points

_ASIDE = 24.0  # degrees between a curve and a stroke that may belong to it
_STEPS = 8
_LONG = 60.0  # pixels from which on a line may sag
_WIDE = 200.0  # degrees from which on a circle may be pressed


def tolerance(curve: Curve, pen: float) -> float:
    """How far strokes may stray from a curve, in pixels: large circles stray more."""
    loose = 0.004 * curve.r if isinstance(curve, Ring) else 0.0
    return max(1.5, 0.65 * pen) + min(loose, 1.2)


def near(curve: Curve, strokes: Strokes, within: float) -> NDArray[np.bool_]:
    """(n,) which pixels of strokes lie on a curve and run along it."""
    chosen = _roughly(curve, strokes.points, within)
    points = strokes.points[chosen]
    aside = np.abs((strokes.angles[chosen] - curve.angle(points) + 90) % 180 - 90)
    close = np.zeros(len(strokes.points), bool)
    # What has no direction may belong to anything.
    close[chosen] = (np.abs(curve.off(points)) <= within) & ~(aside > _ASIDE)
    return close


def _roughly(curve: Curve, points: Points, within: float) -> NDArray[np.int64]:
    """Which points may lie on a curve, by a quick test that misses none."""
    if isinstance(curve, Line):
        across = (points[:, 1] - curve.y) * curve.dx - (points[:, 0] - curve.x) * curve.dy
        sag = sum(abs(b) * max(-curve.low, curve.high, 1) ** n for n, b in enumerate(curve.bow))
        return np.flatnonzero(np.abs(across) <= within + 3 * sag)
    if isinstance(curve, Oval):
        far = max(curve.a, curve.b) + 2 * within
        return np.flatnonzero(np.hypot(points[:, 0] - curve.x, points[:, 1] - curve.y) <= far)
    away = np.hypot(points[:, 0] - curve.x, points[:, 1] - curve.y)
    return np.flatnonzero(np.abs(away - curve.r) <= within + abs(curve.a) + abs(curve.b))


def grown_line(line: Line, strokes: Strokes, pen: float, gap: float) -> Line | None:
    """A line taken further at both ends as long as strokes go on, across gaps of so many pixels."""
    within = tolerance(line, pen)
    for _ in range(_STEPS):
        reach = max(2 * gap, 0.6 * (line.high - line.low))
        points = strokes.points[near(line, strokes, within)]
        way = line.way(points)
        inside = (way >= line.low - reach) & (way <= line.high + reach)
        points, way = points[inside], way[inside]
        kept = _unbroken(way, (line.low + line.high) / 2, gap)
        if kept.sum() < 6:
            return None
        former = line.high - line.low
        extent = float(np.ptp(way[kept]))
        found = fitted_line(points[kept], bent=extent > _LONG)
        if found is None:
            return None
        line = found
        if abs((line.high - line.low) - former) < 1.0:
            break
    return line


def _unbroken(way: NDArray[np.float64], middle: float, gap: float) -> NDArray[np.bool_]:
    """(n,) which places belong to the run about the middle that no larger gap breaks."""
    if not len(way):
        return np.zeros(0, bool)
    order = np.argsort(way, kind="stable")
    run = np.zeros(len(way), np.int64)
    run[order[1:]] = np.cumsum(np.diff(way[order]) > gap)
    about = run[int(np.argmin(np.abs(way - middle)))]
    return np.asarray(run == about)


def grown_ring(ring: Ring, strokes: Strokes, pen: float, span: Points | None) -> Ring | None:
    """A circle fitted to more and more of the strokes that lie on it.

    Args:
        ring: a first guess.
        strokes: of the picture.
        pen: breadth of a stroke.
        span: points of the stretch that the guess comes from; None to trust it all round.
    """
    known = None if span is None else _spanned(ring, span)
    side = max(strokes.near.shape[1:])
    for step in range(_STEPS):
        within = tolerance(ring, pen) + (1.0 if known is not None else max(0.0, 3.0 - step))
        points = strokes.points[near(ring, strokes, within)]
        if known is not None:
            start, sweep = known
            # Further by a third of what is known: a short stretch says little of the far side.
            more = max(0.35 * sweep, np.degrees(12 / max(ring.r, 1)))
            behind = (np.degrees(ring.way(points)) - start + more) % 360
            points = points[behind <= sweep + 2 * more]
        if len(points) < 8:
            return None
        span_now = _spanned(ring, points)
        found = refitted_ring(ring, points, pressed=span_now[1] > _WIDE)
        if found is None or found.r > 2 * side or found.r < 2:
            return None
        done = known is not None and span_now[1] <= known[1] + 1 and _same(ring, found)
        done = done or (known is None and _same(ring, found))
        ring, known = found, (None if span_now[1] > 330 else span_now)
        if done:
            break
    return ring


def _same(first: Ring, second: Ring) -> bool:
    moved = abs(first.x - second.x) + abs(first.y - second.y) + abs(first.r - second.r)
    return moved < 0.1


def _spanned(ring: Ring, points: Points) -> tuple[float, float]:
    """Start and sweep in degrees of the shortest arc that holds all points."""
    angles = np.sort(np.degrees(ring.way(points)) % 360)
    gaps = np.diff(np.append(angles, angles[0] + 360))
    widest = int(np.argmax(gaps))
    return float(angles[(widest + 1) % len(angles)]), 360.0 - float(gaps[widest])
