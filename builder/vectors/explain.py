"""Which lines are drawn: those that explain most ink that nothing else explains.

Candidates are taken greedily by what they save: the length of stroke that only they explain, less
what it costs to say where they are (Rissanen's minimum description length, 1978, in its simplest
form). What a line explains is taken away before the next is chosen.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.vectors.curves import Curve, Line, Oval, Ring
from builder.vectors.grow import near, tolerance
from builder.vectors.strokes import Strokes
from builder.vectors.types import Arc, Circle, Found, Segment, Shape

OPEN = 60.0
"""Degrees: a circle with a larger gap is an arc."""

_BEND = 0.12  # of the least length of an arc: how far its middle lies off the chord
_STRAYS = 1.2  # pixels: a line from which ink strays so far is half as sure
_MOST = 600  # lines in a draft
_COST = {
    "segment": 10.0,
    "circle": 14.0,
    "arc": 22.0,
    "oval": 24.0,
}  # pixels of stroke a line must save
_NEW = {
    "segment": 0.55,
    "circle": 0.55,
    "arc": 0.6,
    "oval": 0.45,
}  # share of a line that nothing else explains
_DRAWN = {"segment": 0.8, "circle": 0.62, "arc": 0.82, "oval": 0.6}  # share of a line with ink
_WHOLE = 0.88  # share of a small circle with ink


@dataclass(frozen=True)
class Limits:
    """Least sizes in pixels, the gap by which a line may be broken, and what is a small radius."""

    segment: float
    circle: float
    arc: float
    gap: float
    small: float


@dataclass(frozen=True)
class Part:
    """A part of a curve that may be drawn.

    Attributes:
        kind: of the shape it would be.
        way: (m,) places along the curve, evenly spaced.
        pixel: (m,) the stroke pixel that each lies on, -1 for none.
        step: pixels between two places.
    """

    kind: str
    curve: Curve
    way: NDArray[np.float64]
    pixel: NDArray[np.int32]
    step: float

    @property
    def drawn(self) -> float:
        """Share of it that lies on strokes."""
        return float((self.pixel >= 0).mean())


def parts(curve: Curve, strokes: Strokes, pen: float, limits: Limits) -> Iterator[Part]:
    """The parts of a curve that are drawn, and long enough."""
    if isinstance(curve, Oval):
        yield _oval_part(curve, strokes, pen)
        return
    if isinstance(curve, Line):
        way = np.arange(curve.low - limits.gap, curve.high + limits.gap, 1.0)
        step = 1.0
    else:
        count = int(np.clip(2 * np.pi * curve.r / 1.5, 48, 1600))
        way = np.linspace(0, 2 * np.pi, count, endpoint=False)
        step = 2 * np.pi * curve.r / count
    points = curve.at(way)
    away, nearest = strokes.at(points, curve.angle(points))
    pixel = np.where(away <= tolerance(curve, pen), nearest, -1).astype(np.int32)
    if isinstance(curve, Line):
        for start, stop in _runs(pixel >= 0, limits.gap):
            if (stop - start) * step >= limits.segment:
                yield Part("segment", curve, way[start:stop], pixel[start:stop], step)
        return
    yield from _round_parts(curve, way, pixel, step, limits)


def _oval_part(curve: Oval, strokes: Strokes, pen: float) -> Part:
    around = np.pi * (curve.a + curve.b)
    count = int(np.clip(around / 1.5, 48, 1600))
    way = np.linspace(0, 2 * np.pi, count, endpoint=False)
    points = curve.at(way)
    away, nearest = strokes.at(points, curve.angle(points))
    pixel = np.where(away <= tolerance(curve, pen), nearest, -1).astype(np.int32)
    return Part("oval", curve, way, pixel, around / count)


def _round_parts(
    curve: Ring, way: NDArray[np.float64], pixel: NDArray[np.int32], step: float, limits: Limits
) -> Iterator[Part]:
    drawn = np.flatnonzero(pixel >= 0)
    if len(drawn) < 4:
        return
    gaps = np.diff(np.append(drawn, drawn[0] + len(pixel)))
    widest = int(np.argmax(gaps))
    if gaps[widest] * 360 / len(pixel) <= OPEN:
        whole = curve.r > limits.small or (pixel >= 0).mean() >= _WHOLE
        if 2 * curve.r >= limits.circle and whole:
            yield Part("circle", curve, way, pixel, step)
        return
    # Cut at the widest gap, so that no run goes over the end of the array.
    first = int(drawn[(widest + 1) % len(drawn)])
    way = np.concatenate([way[first:], way[:first] + 2 * np.pi])
    pixel = np.roll(pixel, -first)
    for start, stop in _runs(pixel >= 0, limits.gap):
        half = (way[stop - 1] - way[start]) / 2
        # What hardly bends is a line.
        bends = curve.r * (1 - np.cos(min(half, np.pi))) >= _BEND * limits.arc
        if (stop - start) * step >= limits.arc and bends:
            yield Part("arc", curve, way[start:stop], pixel[start:stop], step)


def _runs(drawn: NDArray[np.bool_], gap: float) -> Iterator[tuple[int, int]]:
    """Stretches of places that are drawn, across gaps of so many places."""
    places = np.flatnonzero(drawn)
    if not len(places):
        return
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts = np.concatenate([[places[0]], places[breaks + 1]])
    stops = np.concatenate([places[breaks], [places[-1]]]) + 1
    yield from zip(starts.tolist(), stops.tolist(), strict=True)


def explained(curves: Iterable[Curve], strokes: Strokes, pen: float, limits: Limits) -> list[Found]:
    """The lines that explain the strokes, in the order in which they were taken."""
    found: list[Found] = []
    known = np.zeros(len(strokes.points) + 1, bool)
    known[-1] = True  # where no stroke is (-1) there is nothing to explain
    offered = [part for curve in curves for part in parts(curve, strokes, pen, limits)]
    offered = [part for part in offered if part.drawn >= _DRAWN[part.kind]]
    heap = [(-_saved(part, known), place) for place, part in enumerate(offered)]
    heapq.heapify(heap)
    while heap and len(found) < _MOST:
        saved, place = heapq.heappop(heap)
        part = offered[place]
        now = -_saved(part, known)
        if now >= 0:
            continue
        if now > saved and heap and now > heap[0][0]:
            heapq.heappush(heap, (now, place))
            continue
        own = _own(part, known, limits)
        if own is None:
            continue
        if not _is_no_line(own, strokes, pen):
            found.append(_found(own, known, strokes))
        _explain(own, strokes, pen, known)
    return found


def _saved(part: Part, known: NDArray[np.bool_]) -> float:
    """Pixels of stroke that only this part explains, less what it costs."""
    new = int(np.count_nonzero(~known[part.pixel]))
    if new < _NEW[part.kind] * len(part.pixel):
        # It may still be cut down to what is new at its ends; that is seen when it is taken.
        new = int(new * 0.5)
    return new * part.step - _COST[part.kind]


def _own(part: Part, known: NDArray[np.bool_], limits: Limits) -> Part | None:
    """A part without ends that other lines explain; None if too little is left."""
    if part.kind in ("segment", "arc"):
        new = np.flatnonzero(~known[part.pixel])
        if not len(new):
            return None
        first, last = int(new[0]), int(new[-1]) + 1
        part = Part(part.kind, part.curve, part.way[first:last], part.pixel[first:last], part.step)
        if len(part.way) * part.step < getattr(limits, part.kind):
            return None
    new_share = float((~known[part.pixel]).mean())
    if new_share < _NEW[part.kind] or part.drawn < _DRAWN[part.kind]:
        return None
    return part


def _explain(part: Part, strokes: Strokes, pen: float, known: NDArray[np.bool_]) -> None:
    """Take what a part explains: pixels on it that run along it, crossings apart."""
    on = near(part.curve, strokes, tolerance(part.curve, pen) + 0.7)
    on &= ~np.isnan(strokes.angles)
    chosen = np.flatnonzero(on)
    way = part.curve.way(strokes.points[chosen])
    if part.kind in ("circle", "oval"):
        inside = np.ones(len(chosen), bool)
    elif part.kind == "arc":
        low = part.way[0]
        inside = (way - low) % (2 * np.pi) <= part.way[-1] - low
    else:
        inside = (way >= part.way[0] - 1) & (way <= part.way[-1] + 1)
    known[chosen[inside]] = True
    known[part.pixel] = True
    known[-1] = True


def _is_no_line(part: Part, strokes: Strokes, pen: float) -> bool:
    """Whether it is an oval, or goes on smoothly at both ends: a piece of a freehand curve."""
    if part.kind == "oval":
        return True
    if part.kind == "circle" or len(part.way) < 8:
        return False
    curve = part.curve
    reach = np.arange(3.0, 3.0 + max(6.0, 2 * pen))
    step = (part.way[-1] - part.way[0]) / max(len(part.way) - 1, 1) / part.step
    for end, sign in ((part.way[0], -1.0), (part.way[-1], 1.0)):
        way = end + sign * reach * abs(step)
        points = curve.at(way)
        away, _ = strokes.at(points, curve.angle(points))
        if float((away <= tolerance(curve, pen) + 1.5).mean()) < 0.75:
            return False
    return True


def _found(part: Part, known: NDArray[np.bool_], strokes: Strokes) -> Found:
    shape = _shape(part)
    pixels = np.unique(part.pixel[part.pixel >= 0])
    points = strokes.points[pixels]
    residual = float(np.sqrt((_off(shape, points) ** 2).mean()))
    # How far from what was fitted: a circle on a stretched page is not less certain.
    stray = residual if part.kind == "segment" else _rms(part.curve.off(points))
    new = float((~known[part.pixel]).mean())
    size = min(1.0, len(part.way) * part.step / (0.1 * max(strokes.near.shape[1:])))
    near = 1 / (1 + (stray / _STRAYS) ** 4)
    sure = part.drawn * (0.5 + 0.5 * new) * (0.6 + 0.4 * size) * near
    return Found(shape, round(sure, 4), residual)


def _rms(values: NDArray[np.float64]) -> float:
    return float(np.sqrt((values**2).mean()))


def _off(shape: Shape, points: NDArray[np.float64]) -> NDArray[np.float64]:
    if isinstance(shape, Segment):
        across = (points[:, 1] - shape.y1) * (shape.x2 - shape.x1)
        across -= (points[:, 0] - shape.x1) * (shape.y2 - shape.y1)
        return np.asarray(across / max(shape.length, 1e-9))
    return np.asarray(np.hypot(points[:, 0] - shape.x, points[:, 1] - shape.y) - shape.r)


def _shape(part: Part) -> Shape:
    curve = part.curve
    if isinstance(curve, Line):
        ends = curve.at(part.way[[0, -1]])
        return Segment(*ends[0].tolist(), *ends[1].tolist())
    assert isinstance(curve, Ring)
    if part.kind == "circle":
        return Circle(curve.x, curve.y, curve.r)
    start, sweep = np.degrees(part.way[0]) % 360, np.degrees(part.way[-1] - part.way[0])
    return Arc(curve.x, curve.y, curve.r, float(start), float(sweep))
