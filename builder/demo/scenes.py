"""A design: a small drawing of lines, fields, bodies and labels in its own unit.

The figure of a design is about 2 units wide. Roles say what a thing is, not how it looks; a
manuscript decides on colour and line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from builder.demo.chance import Points
from builder.demo.shapes import XY, angle_of, arc, ellipse, polar, sector


@dataclass(frozen=True)
class Stroke:
    """A line. `tool` is compass, ruler or hand; `role` is line, fine, heavy, rubric or dotted."""

    points: Points
    tool: str = "ruler"
    role: str = "line"
    closed: bool = False
    spare: bool = False
    """A scribe may forget it."""


@dataclass(frozen=True)
class Field:
    """A coloured region; several contours leave holes where they overlap."""

    contours: tuple[Points, ...]
    role: str


@dataclass(frozen=True)
class Label:
    """Words centred at a point (or bent along a line), `size` times as high as usual."""

    at: Points
    """Shape (1, 2) for a point, (n, 2) for a line to be followed."""
    text: str
    size: float = 1.0
    turn: float = 0.0
    role: str = "ink"
    letter: bool = False


@dataclass(frozen=True)
class Body:
    """A sun, moon, earth, star or planet, drawn as the manuscript is used to."""

    at: Points
    """Shape (2, 2): the centre and the point from which its light comes."""
    radius: float
    kind: str
    lit: float = 1.0
    """Share of the face that is bright (moons)."""


@dataclass(frozen=True)
class Dot:
    """A point, or the prick of a compass."""

    at: Points
    """Shape (1, 2)."""


Mark = Stroke | Field | Label | Body | Dot


@dataclass(frozen=True)
class Scene:
    """A design, drawn by nobody yet."""

    title: str
    marks: tuple[Mark, ...]


def _point(at: XY) -> Points:
    return np.array([at], dtype=np.float64)


@dataclass
class Sketch:
    """A scene in the making."""

    marks: list[Mark] = field(default_factory=list)
    lettered: int = 0

    def circle(
        self, centre: XY, radius: float, role: str = "line", *, fill: str = "", spare: bool = False
    ) -> None:
        """A circle by compass, perhaps filled."""
        points = ellipse(centre, radius, radius)
        if fill:
            self.marks.append(Field((points,), fill))
        self.marks.append(Stroke(points, "compass", role, closed=True, spare=spare))

    def oval(self, centre: XY, wide: float, high: float, turn: float, role: str = "line") -> None:
        """An ellipse by hand."""
        self.marks.append(Stroke(ellipse(centre, wide, high, turn), "hand", role, closed=True))

    def arc(self, centre: XY, radius: float, start: float, end: float, role: str = "line") -> None:
        """An arc by compass."""
        self.marks.append(Stroke(arc(centre, radius, start, end), "compass", role))

    def line(self, start: XY, end: XY, role: str = "line", *, spare: bool = False) -> None:
        """A straight line."""
        self.marks.append(Stroke(np.array([start, end]), "ruler", role, spare=spare))

    def path(self, points: Points, role: str = "line", *, closed: bool = False) -> None:
        """A straight-sided line."""
        self.marks.append(Stroke(points, "ruler", role, closed=closed))

    def freehand(self, points: Points, role: str = "line", *, closed: bool = False) -> None:
        """A line drawn without a tool."""
        self.marks.append(Stroke(points, "hand", role, closed=closed))

    def fill(self, role: str, *contours: Points) -> None:
        """A coloured region."""
        self.marks.append(Field(contours, role))

    def ring(self, centre: XY, inner: float, outer: float, role: str) -> None:
        """A coloured ring without outlines."""
        self.fill(role, ellipse(centre, outer, outer), ellipse(centre, inner, inner))

    def cell(
        self, centre: XY, inner: float, outer: float, start: float, end: float, role: str
    ) -> None:
        """A coloured part of a ring without outlines."""
        self.fill(role, sector(centre, inner, outer, start, end))

    def spokes(self, centre: XY, inner: float, outer: float, count: int, first: float) -> None:
        """Lines that part a ring into equal cells."""
        for number in range(count):
            angle = first + 360 / count * number
            self.line(polar(centre, inner, angle), polar(centre, outer, angle), "fine")

    def label(
        self, at: XY, text: str, *, size: float = 1.0, turn: float = 0.0, role: str = "ink"
    ) -> None:
        """Words centred at a point."""
        self.marks.append(Label(_point(at), text, size, turn, role))

    def around(
        self,
        centre: XY,
        radius: float,
        angle: float,
        text: str,
        *,
        size: float = 1.0,
        role: str = "ink",
        span: float = 150.0,
        inward: bool | None = None,
    ) -> None:
        """Words along a circle, centred at an angle.

        Below the middle they turn to stay upright, unless `inward` says whether their feet
        point to the centre.
        """
        upright = angle % 360 < 185 if inward is None else inward
        start, end = angle + span / 2, angle - span / 2
        if not upright:
            start, end = end, start
        self.marks.append(Label(arc(centre, radius, start, end), text, size, 0.0, role))

    def body(
        self, kind: str, at: XY, radius: float, light: XY | None = None, lit: float = 1.0
    ) -> None:
        """A heavenly body; `light` is where its light comes from."""
        source = (at[0], at[1] - 1) if light is None else light
        self.marks.append(Body(np.array([at, source]), radius, kind, lit))

    def dot(self, at: XY) -> None:
        """A point."""
        self.marks.append(Dot(_point(at)))

    def letter(
        self, at: XY, away: XY | None = None, *, dot: bool = True, far: float = 0.075
    ) -> None:
        """The next letter of the alphabet beside a point, on the side that turns from `away`."""
        if dot:
            self.dot(at)
        angle = 60.0 if away is None or away == at else angle_of(away, at)
        place = polar(at, far, angle)
        self.marks.append(Label(_point(place), f"@{self.lettered}", 1.0, 0.0, "ink", letter=True))
        self.lettered += 1

    def scene(self, title: str) -> Scene:
        """The finished design."""
        return Scene(title, tuple(self.marks))
