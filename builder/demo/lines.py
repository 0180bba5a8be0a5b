"""What a copy of the demonstration corpus is made of: ink, and segments, circles and arcs."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.demo.chance import Points, generator
from builder.demo.kinds import design
from builder.demo.manuscripts import MANUSCRIPTS
from builder.demo.paint import lay_down
from builder.demo.pen import FINER, Canvas, resampled
from builder.demo.plan import Piece
from builder.demo.scribe import copy
from builder.vectors.types import Arc, Circle, Segment, Shape

_ROUND = 0.055  # of the radius: what strays less from a circle is one, as a stretched page shows it
_NEARLY = 0.1  # a petalled rim: whoever calls it a circle is neither right nor wrong
_STRAIGHT = 0.02  # of the length
_GAP = 0.08  # of the longer side: a line hidden for longer is two lines
_OPEN = 60.0  # degrees: a circle hidden for longer is an arc
_SHARP = 15.0  # degrees between sides: smaller turns are those of a curve
_LEAST = 0.05  # of the longer side: shorter lines are ornament


@dataclass(frozen=True)
class Trace:
    """The path of a pen in pixels of the canvas; see `Canvas.trace`."""

    points: Points
    closed: bool
    tool: str
    corners: Points | None
    covers: list[Points] = field(default_factory=list)
    """Outlines of what was laid over it afterwards."""

    def seen(self, points: Points, shape: tuple[int, int]) -> NDArray[np.bool_]:
        """Which points of the path are on a canvas of a shape, and not covered."""
        high, wide = shape
        found = (points >= 0).all(axis=1) & (points[:, 0] < wide) & (points[:, 1] < high)
        for outline in self.covers:
            rim = outline.astype(np.float32)
            low, top = rim.min(axis=0), rim.max(axis=0)
            near = found & (points >= low).all(axis=1) & (points <= top).all(axis=1)
            for place in np.flatnonzero(near):
                x, y = points[place].tolist()
                found[place] = cv2.pointPolygonTest(rim, (x, y), False) < 0
        return np.asarray(found)


class Remembering(Canvas):
    """A canvas that knows what was drawn on it."""

    def __init__(self, wide: int, high: int, pigments: list[str]) -> None:
        super().__init__(wide, high, pigments)
        self.traces: list[Trace] = []

    def trace(self, points: Points, closed: bool, tool: str, corners: Points | None = None) -> None:
        """Remember a line."""
        self.traces.append(Trace(points, closed, tool, corners))

    def clear(self, contour: Points) -> None:
        """Take away what is there, and remember what that hides."""
        super().clear(contour)
        for trace in self.traces:
            trace.covers.append(contour)


@dataclass(frozen=True)
class Known:
    """What is known of a copy, in pixels of its picture.

    Attributes:
        ink: (h, w) bool, where ink or rubric covers more than half of a pixel.
        lines: what a reader should find.
        ornament: lines that may be found or not: short ones, and rims that are nearly circles.
        changes: what the copyist did, in words.
        pen: breadth of a usual line.
    """

    ink: NDArray[np.bool_]
    lines: tuple[Shape, ...]
    ornament: tuple[Shape, ...]
    changes: tuple[str, ...] = field(default=())
    pen: float = 0.0


def known(piece: Piece, seed: int) -> Known:
    """The ink and the lines of the picture that `corpus.picture` draws of a diagram.

    Args:
        piece: a diagram, no false detection.
        seed: the corpus's seed.
    """
    book = next(book for book in MANUSCRIPTS if book.siglum == piece.siglum)
    rng = generator(seed, "image", piece.kind, piece.number, piece.diagram, piece.siglum)
    long_side = int(rng.integers(420, 761))
    copied = copy(design(piece.kind, piece.number, seed), rng)
    laid = lay_down(copied, book, long_side, rng, Remembering)
    canvas = laid.canvas
    assert isinstance(canvas, Remembering)
    drawn = np.maximum(canvas.lines["ink"], canvas.lines["rubric"])
    high, wide = canvas.shape[0] // FINER, canvas.shape[1] // FINER
    ink = cv2.resize(drawn, (wide, high), interpolation=cv2.INTER_AREA) > 127
    width = book.line * laid.frame.scale
    shapes: list[Shape] = []
    loose: list[Shape] = []
    for trace in canvas.traces:
        sure, unsure = _shapes(trace, canvas.shape, width)
        shapes += sure
        loose += unsure
    every = [_placed(one, copied.turns, wide, high) for one in _joined(shapes, width)]
    side = max(wide, high)
    lines = tuple(one for one in every if _extent(one) >= _LEAST * side)
    small = tuple(one for one in every if _extent(one) < _LEAST * side)
    others = tuple(_placed(one, copied.turns, wide, high) for one in loose)
    turned = np.ascontiguousarray(np.rot90(ink, -copied.turns))
    return Known(turned, lines, small + others, copied.changes, width / FINER)


def _extent(shape: Shape) -> float:
    return 2 * shape.r if shape.kind == "circle" else shape.length  # type: ignore[union-attr]


def _shapes(trace: Trace, shape: tuple[int, int], width: float) -> tuple[list[Shape], list[Shape]]:
    """The visible shapes of a trace, and those that are nearly such."""
    if trace.corners is not None and (trace.tool != "hand" or _cornered(trace.corners)):
        return _sides(trace, shape), []
    points = resampled(trace.points, 3.0, trace.closed)
    ends = points[-1] - points[0]
    length = float(np.hypot(*ends))
    if not trace.closed and length > 0:
        off = np.abs((points - points[0]) @ np.array([-ends[1], ends[0]])) / length
        if off.max() <= max(_STRAIGHT * length, width):
            return _visible_segments(trace, points[0], points[-1], shape), []
    x, y, radius = _circle(points)
    stray = float(np.sqrt(np.mean((np.hypot(points[:, 0] - x, points[:, 1] - y) - radius) ** 2)))
    rounded = _visible_arc(Circle(x, y, radius), points[trace.seen(points, shape)])
    if stray <= _ROUND * radius and (trace.closed or "compass" in trace.tool):
        return rounded, []
    return [], rounded if stray <= _NEARLY * radius else []


def _cornered(corners: Points) -> bool:
    """Whether a line by hand has straight sides: mostly, it turns sharply or not at all."""
    steps = np.diff(corners, axis=0)
    turns = np.diff(np.degrees(np.arctan2(steps[:, 1], steps[:, 0])))
    return len(turns) == 0 or bool(np.median(np.abs((turns + 180) % 360 - 180)) > _SHARP)


def _sides(trace: Trace, shape: tuple[int, int]) -> list[Shape]:
    assert trace.corners is not None
    corners = list(trace.corners)
    if trace.closed:
        corners.append(corners[0])
    found: list[Shape] = []
    for start, end in pairwise(corners):
        found += _visible_segments(trace, start, end, shape)
    return found


def _visible_segments(
    trace: Trace, start: Points, end: Points, shape: tuple[int, int]
) -> list[Shape]:
    """The parts of a line that are not hidden under something or cut off."""
    length = float(np.hypot(*(end - start)))
    steps = np.linspace(0, 1, max(2, int(length / 2) + 1))[:, None]
    points = start + (end - start) * steps
    seen = np.flatnonzero(trace.seen(points, shape))
    if not len(seen):
        return []
    gap = _GAP * max(shape) / max(length / (len(points) - 1), 1e-9)
    parts = np.split(seen, np.flatnonzero(np.diff(seen) > gap) + 1)
    return [Segment(*points[part[0]].tolist(), *points[part[-1]].tolist()) for part in parts]


def _visible_arc(circle: Circle, seen: Points) -> list[Shape]:
    """A circle or arc, less the largest part of it that is hidden or was never drawn."""
    if len(seen) < 3:
        return []
    angles = np.sort(np.degrees(np.arctan2(seen[:, 1] - circle.y, seen[:, 0] - circle.x)) % 360)
    gaps = np.diff(np.append(angles, angles[0] + 360))
    widest = int(np.argmax(gaps))
    if gaps[widest] <= _OPEN:
        return [circle]
    start = float(angles[(widest + 1) % len(angles)])
    return [Arc(circle.x, circle.y, circle.r, start, 360.0 - float(gaps[widest]))]


def _circle(points: Points) -> tuple[float, float, float]:
    """The circle nearest to points in the sense of Kasa (1976)."""
    middle = points.mean(axis=0)
    local = points - middle
    terms = np.column_stack([2 * local, np.ones(len(local))])
    (x, y, rest), *_ = np.linalg.lstsq(terms, (local**2).sum(axis=1), rcond=None)
    return float(x + middle[0]), float(y + middle[1]), float(np.sqrt(max(rest + x * x + y * y, 0)))


def _joined(shapes: list[Shape], width: float) -> list[Shape]:
    """Strokes that lie in one line and touch are one; lines drawn twice are one."""
    kept: list[Shape] = []
    waiting = sorted(shapes, key=lambda one: -one.length)
    for shape in waiting:
        for place, other in enumerate(kept):
            one = _one(other, shape, width)
            if one is not None:
                kept[place] = one
                break
        else:
            kept.append(shape)
    return kept if len(kept) == len(shapes) else _joined(kept, width)


def _one(first: Shape, second: Shape, width: float) -> Shape | None:
    """What two shapes are together, if they are one."""
    if isinstance(first, Segment) and isinstance(second, Segment):
        start, end = first.points()
        along = (end - start) / max(first.length, 1e-9)
        local = second.points() - start
        across = np.abs(local @ np.array([-along[1], along[0]]))
        at = np.sort(local @ along)
        if across.max() > width or at[0] > first.length + 2 * width or at[1] < -2 * width:
            return None
        ends = start + along * np.array([[min(0.0, at[0])], [max(first.length, at[1])]])
        return Segment(*ends[0].tolist(), *ends[1].tolist())
    if isinstance(first, Circle) and isinstance(second, Circle):
        apart = np.hypot(first.x - second.x, first.y - second.y) + abs(first.r - second.r)
        if type(first) is type(second) and apart <= width / 2:
            near = np.abs(first.points() - second.points()).max() <= 3 * width
            return first if near else None
    return None


def _placed(shape: Shape, turns: int, wide: int, high: int) -> Shape:
    """From the canvas to the picture: smaller, and turned by quarters with the clock."""
    if isinstance(shape, Segment):
        ends = [_spot(x, y, turns, wide, high) for x, y in shape.points()]
        return Segment(*ends[0], *ends[1])
    x, y = _spot(shape.x, shape.y, turns, wide, high)
    if isinstance(shape, Arc):
        return Arc(x, y, shape.r / FINER, (shape.start + 90 * turns) % 360, shape.sweep)
    return Circle(x, y, shape.r / FINER)


def _spot(x: float, y: float, turns: int, wide: int, high: int) -> tuple[float, float]:
    across, down = float(x - 0.5) / FINER, float(y - 0.5) / FINER
    for _ in range(turns % 4):
        across, down = high - 1 - down, across
        wide, high = high, wide
    return across, down
