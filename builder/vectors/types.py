"""What a drawing is made of. Lengths in pixels of a picture, x to the right and y downwards."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""(n, 2): x and y."""

KINDS = ("segment", "circle", "arc")


@dataclass(frozen=True)
class Segment:
    """A straight line between two points."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind = "segment"

    @property
    def length(self) -> float:
        """In pixels."""
        return math.hypot(self.x2 - self.x1, self.y2 - self.y1)

    def points(self) -> Points:
        """(2, 2) its ends: what two segments are compared by."""
        return np.array([(self.x1, self.y1), (self.x2, self.y2)])

    def path(self) -> Points:
        """(2, 2) points to draw it through."""
        return self.points()


@dataclass(frozen=True)
class Circle:
    """A whole circle."""

    x: float
    y: float
    r: float
    kind = "circle"

    def path(self) -> Points:
        """(121, 2) points to draw it through."""
        return np.array([self.at(degrees) for degrees in range(0, 361, 3)])

    @property
    def length(self) -> float:
        """Of the circumference in pixels."""
        return 2 * math.pi * self.r

    def at(self, degrees: float) -> tuple[float, float]:
        """The point at an angle: 0 to the right, 90 downwards."""
        angle = math.radians(degrees)
        return self.x + self.r * math.cos(angle), self.y + self.r * math.sin(angle)

    def points(self) -> Points:
        """(4, 2) right, below, left and above: what two circles are compared by."""
        return np.array([self.at(degrees) for degrees in (0, 90, 180, 270)])


@dataclass(frozen=True)
class Arc(Circle):
    """A part of a circle: from the angle `start` over `sweep` degrees, with the clock."""

    start: float
    sweep: float
    kind = "arc"

    def path(self) -> Points:
        """(61, 2) points to draw it through."""
        steps = np.linspace(0, self.sweep, 61).tolist()
        return np.array([self.at(self.start + step) for step in steps])

    @property
    def length(self) -> float:
        """In pixels."""
        return math.radians(self.sweep) * self.r

    def points(self) -> Points:
        """(3, 2) start, middle and end: what two arcs are compared by."""
        steps = (0, self.sweep / 2, self.sweep)
        return np.array([self.at(self.start + step) for step in steps])


Shape = Segment | Circle | Arc


@dataclass(frozen=True)
class Found:
    """A line that was found.

    Attributes:
        shape: where it is.
        confidence: from 0 to 1: how much of it lies on ink, less what lies nearer to other lines.
        residual: how far the ink strays from it on average, in pixels (root of the mean square).
        moved: how far its points were moved to bring it into a relation, in pixels; 0 if not.
        relations: in words, such as "concentric with circle 2"; numbers count the lines of a kind
            from 1.
    """

    shape: Shape
    confidence: float
    residual: float
    moved: float = 0.0
    relations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A draft of a picture in lines.

    Attributes:
        width, height: of the picture in pixels.
        found: segments, circles and arcs in this order, the most certain first.
        pen: the usual breadth of a stroke in pixels.
    """

    width: int
    height: int
    found: tuple[Found, ...] = field(default=())
    pen: float = 0.0

    def of(self, kind: str) -> tuple[Found, ...]:
        """The lines of a kind, in order."""
        return tuple(one for one in self.found if one.shape.kind == kind)

    def at_least(self, confidence: float) -> Drawing:
        """Without the lines that are less certain."""
        kept = tuple(one for one in self.found if one.confidence >= confidence)
        return replace(self, found=kept)

    def scaled(self, width: int, height: int) -> Drawing:
        """For the same picture in another size; proportions stay as they are."""
        scale = max(width, height) / max(self.width, self.height, 1)
        found = tuple(
            replace(
                one,
                shape=_scaled(one.shape, scale),
                residual=one.residual * scale,
                moved=one.moved * scale,
            )
            for one in self.found
        )
        return Drawing(width, height, found, self.pen * scale)


def _scaled(shape: Shape, scale: float) -> Shape:
    """Pixels have their middle at whole numbers, in both sizes."""
    shift = (scale - 1) / 2
    if isinstance(shape, Segment):
        return Segment(*(value * scale + shift for value in shape.points().ravel().tolist()))
    middle = {"x": shape.x * scale + shift, "y": shape.y * scale + shift, "r": shape.r * scale}
    return replace(shape, **middle)
