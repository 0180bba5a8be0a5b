"""Where lines may be: curves that fit stretches of strokes, and circles about one centre."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from builder.vectors.curves import Curve, Line, Ring, fitted_line, fitted_ring
from builder.vectors.grow import grown_line, grown_ring, near, tolerance
from builder.vectors.ovals import ovals
from builder.vectors.strokes import Strokes
from builder.vectors.types import Points

_WINDOWS = (1_000_000, 160, 80, 40, 20)  # pixels of a stroke that are looked at together
_SHORT = 7  # pixels of a stroke: shorter ones tell no direction
_MOST = 900  # stretches looked at: what is drawn of more is no diagram
_HOUGH = 450  # longer side of the picture in which circles are voted for
_MOST_ROUND = 120
_CENTRES = 24
_STRAIGHT = 0.55  # pixels, root mean square: a stretch that is a line
_ROUND = 0.9  # pixels: a stretch that is an arc
_SAG = 1.6  # pixels: what bends less may be a line
_CLEAR = 0.85  # of a curve on strokes: what lies on it needs no other explanation
_LONG = 0.25  # of the longer side: longer lines are no part of an oval
_SHARE = 0.22  # of a circle on strokes, to be looked at


def candidates(strokes: Strokes, pen: float, gap: float) -> list[Curve]:
    """Curves worth looking at.

    Args:
        strokes: of the picture.
        pen: breadth of a usual stroke in pixels.
        gap: pixels by which a line may be broken.
    """
    found: list[Curve] = []
    side = max(strokes.near.shape[1:])
    clear = np.zeros(len(strokes.points), bool)
    sure = clear.copy()  # by whole circles and long lines: no part of an oval
    for window in _stretches(strokes):
        if clear[window].mean() > 0.8:
            continue
        for curve in _curves(strokes, window, pen, gap):
            found.append(curve)
            if _covered(curve, strokes, pen) > _CLEAR:
                on = _on(curve, strokes, pen)
                clear |= on
                if not isinstance(curve, Line) or curve.high - curve.low > _LONG * side:
                    sure |= on
    found += list(_concentric(found, strokes, pen))
    found += list(ovals(strokes, sure, pen))
    return found


def round_candidates(lines: NDArray[np.bool_], strokes: Strokes, pen: float) -> Iterator[Ring]:
    """Circles by Hough's transform with gradients (as in OpenCV), for rims that much touches.

    Args:
        lines: (h, w) ink without letters.
        strokes: of the same.
        pen: breadth of a usual stroke in pixels.
    """
    import cv2

    scale = min(1.0, _HOUGH / max(lines.shape))
    size = (max(1, round(lines.shape[1] * scale)), max(1, round(lines.shape[0] * scale)))
    small = cv2.resize(lines.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 1.0)
    found = cv2.HoughCircles(
        soft, cv2.HOUGH_GRADIENT_ALT, 1.5, 4, param1=200, param2=0.7, minRadius=6
    )
    for x, y, radius in [] if found is None else found[0, :_MOST_ROUND].tolist():
        ring = Ring((x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5, radius / scale)
        grown = grown_ring(ring, strokes, pen, None)
        if grown is not None:
            yield grown


def _stretches(strokes: Strokes) -> Iterator[NDArray[np.int64]]:
    """Stretches of strokes, long ones first."""
    count = 0
    for size in _WINDOWS:
        for path in strokes.paths:
            if len(path) < _SHORT:
                break
            if size > len(path) and size != _WINDOWS[0]:
                continue
            step = max(1, min(size, len(path)) // 2)
            for start in range(0, max(1, len(path) - size + 1), step):
                count += 1
                if count > _MOST:
                    return
                yield path[start : start + size]


def _curves(
    strokes: Strokes, window: NDArray[np.int64], pen: float, gap: float
) -> Iterator[Line | Ring]:
    points = strokes.points[window]
    line = fitted_line(points)
    if line is not None and _rms(line.off(points)) <= _STRAIGHT + 0.1 * pen:
        grown = grown_line(line, strokes, pen, gap)
        if grown is not None:
            yield grown
    ring = fitted_ring(points)
    if ring is None or ring.r > max(strokes.near.shape[1:]):
        return
    if _rms(ring.off(points)) <= _ROUND + 0.1 * pen and _sag(points) > _SAG:
        round_ = grown_ring(ring, strokes, pen, points)
        if round_ is not None:
            yield round_


def _rms(values: NDArray[np.float64]) -> float:
    return float(np.sqrt((values**2).mean()))


def _sag(points: Points) -> float:
    """How far a stretch strays from the straight way between its ends."""
    chord = points[-1] - points[0]
    length = float(np.hypot(*chord))
    if length < 4:
        return float(np.hypot(*(points - points[0]).T).max())
    off = (points - points[0]) @ np.array([-chord[1], chord[0]]) / length
    return float(np.abs(off).max())


def _covered(curve: Line | Ring, strokes: Strokes, pen: float) -> float:
    """Share of a curve (a line between its ends) that lies on strokes."""
    if isinstance(curve, Line):
        way = np.arange(curve.low, curve.high, 2.0)
    else:
        way = np.linspace(-np.pi, np.pi, int(np.clip(3 * curve.r, 24, 360)), endpoint=False)
    if not len(way):
        return 0.0
    points = curve.at(way)
    away, _ = strokes.at(points, curve.angle(points))
    return float((away <= tolerance(curve, pen)).mean())


def _on(curve: Curve, strokes: Strokes, pen: float) -> NDArray[np.bool_]:
    """(n,) which pixels of strokes lie on a curve; on a line, between its ends."""
    found = near(curve, strokes, tolerance(curve, pen))
    if isinstance(curve, Line):
        way = curve.way(strokes.points)
        found &= (way >= curve.low - 1) & (way <= curve.high + 1)
    return found


def _concentric(found: list[Curve], strokes: Strokes, pen: float) -> Iterator[Ring]:
    """Circles about the centres of circles that were found."""
    rings = [one for one in found if isinstance(one, Ring)]
    weighed = sorted(rings, key=lambda one: -_covered(one, strokes, pen) * min(one.r, 80))
    centres: list[Ring] = []
    for ring in weighed:
        if all(abs(ring.x - one.x) + abs(ring.y - one.y) > 3 * pen for one in centres):
            centres.append(ring)
        if len(centres) == _CENTRES:
            break
    for centre in centres:
        for radius in _radii(centre, strokes):
            ring = Ring(centre.x, centre.y, radius, *_oval(centre, radius))
            grown = grown_ring(ring, strokes, pen, None)
            if grown is not None:
                yield grown


def _oval(centre: Ring, radius: float) -> tuple[float, float]:
    """A page presses all circles about a centre alike."""
    return centre.a * radius / centre.r, centre.b * radius / centre.r


def _radii(centre: Ring, strokes: Strokes) -> list[float]:
    """Radii about a centre at which much of a circle is drawn."""
    way = centre.way(strokes.points)
    away = np.hypot(strokes.points[:, 0] - centre.x, strokes.points[:, 1] - centre.y)
    a, b = centre.a / centre.r, centre.b / centre.r
    away = away / (1 + a * np.cos(2 * way) + b * np.sin(2 * way))
    aside = np.abs((strokes.angles - np.degrees(way)) % 180 - 90)
    along = away[~(aside > 20)]
    counts = np.bincount(np.rint(along).astype(int), minlength=3).astype(float)
    level = np.convolve(counts, np.ones(3), "same") / (
        2 * np.pi * np.maximum(np.arange(len(counts)), 4)
    )
    peaks = np.flatnonzero(
        (level >= np.roll(level, 1)) & (level > np.roll(level, -1)) & (level > _SHARE)
    )
    best = peaks[np.argsort(-level[peaks], kind="stable")][:40]
    return [float(radius) for radius in best if radius >= 4]
