"""Designs of sight and light: parallaxes, phases of the moon."""

from __future__ import annotations

import numpy as np

from builder.demo.chance import between
from builder.demo.scenes import Scene, Sketch
from builder.demo.shapes import XY, hit, polar, sector, toward

_ORIGIN: XY = (0.0, 0.0)


def parallax(rng: np.random.Generator, number: int) -> Scene:
    """The moon seen from the centre of the earth and from its face against the zodiac."""
    sketch = Sketch()
    shape = ("half", "whole", "right", "half", "left", "whole")[number % 6]
    start, end = {"half": (-4, 184), "whole": (0, 360), "right": (-6, 98), "left": (82, 186)}[shape]
    globe, orbit = between(rng, 0.2, 0.4), between(rng, 0.78, 1.0)
    heaven = orbit + between(rng, 0.24, 0.46)
    eye = (0.0, -globe)
    _heaven(sketch, number, heaven, (start, end))
    sketch.arc(_ORIGIN, orbit, start, end, "fine")
    if number % 4 == 1:
        sketch.arc(_ORIGIN, (orbit + heaven) / 2, start, end, "dotted")
    sketch.line(_ORIGIN, polar(_ORIGIN, heaven + 0.2, 90), "fine")
    _horizon(sketch, number, shape, globe, heaven)
    sketch.body("earth", _ORIGIN, globe)
    angles = _moons(number, shape)
    for place, angle in enumerate(angles):
        moon = polar(_ORIGIN, orbit, angle)
        _sight(sketch, eye, moon, heaven, level=place == 0 and number % 2 == 1)
    if number % 6 == 5:
        sun = polar(_ORIGIN, heaven + 0.06, angles[0] + 72)
        sketch.body("sun", sun, 0.17)
        sketch.line(eye, sun, "rubric")
        sketch.line(_ORIGIN, sun)
    sketch.letter(_ORIGIN, (0, -1))
    sketch.letter(eye, (0.6, 1))
    sketch.label((0.02, -heaven - 0.29), "zenith", role="rubric")
    sketch.label((0, globe + 0.12), "earth", size=0.95)
    count = ("one place", "two places", "three places", "four places")[len(angles) - 1]
    where = {
        "half": "above the horizon",
        "whole": "in the whole orb",
        "right": "in the right quadrant",
        "left": "in the left quadrant",
    }[shape]
    beside = ", sun beside" if number % 6 == 5 else ""
    return sketch.scene(f"Parallax of the moon {where}, {count}{beside}")


def _horizon(sketch: Sketch, number: int, shape: str, globe: float, heaven: float) -> None:
    """The line through the centre, or through the eye where all of heaven is drawn."""
    if shape == "whole":
        if number % 4 == 3:
            sketch.line((-heaven, -globe), (heaven, -globe), "rubric")
        return
    left = -globe if shape == "right" else -heaven - 0.06
    right = globe if shape == "left" else heaven + 0.06
    sketch.line((left, 0), (right, 0))
    sketch.label((left * 0.8 if shape == "left" else right * 0.8, 0.12), "horizon", role="rubric")


def _moons(number: int, shape: str) -> list[float]:
    """Where moons stand in a design of parallaxes."""
    first = (35, 62, 22, 148, 125, 28, 150, 210, 58, 168, 150, 130)[number % 12]
    count = (1, 2, 1, 2, 1, 1, 3, 3, 2, 4, 2, 2)[number % 12]
    step = {"half": -48, "whole": 120 if count == 3 else 76, "right": -28, "left": -30}[shape]
    return [first + step * place for place in range(count)]


def _heaven(sketch: Sketch, number: int, radius: float, span: tuple[float, float]) -> None:
    """The zodiac with its degrees, from one angle to another."""
    start, end = span
    width = (0.13, 0.2, 0.1)[number % 3]
    sketch.fill("sky", sector(_ORIGIN, radius, radius + width, start, end))
    for rim in (radius, radius + width):
        sketch.arc(_ORIGIN, rim, start, end)
    for angle in np.arange(start + 3, end - 1, (6.0, 30.0, 10.0)[number % 3]).tolist():
        inner = radius if number % 3 == 1 else radius + width * 0.6
        sketch.line(polar(_ORIGIN, inner, angle), polar(_ORIGIN, radius + width, angle), "fine")


def _sight(sketch: Sketch, eye: XY, moon: XY, heaven: float, *, level: bool) -> None:
    """A moon with the lines to its true and its seen place."""
    true, seen = hit(_ORIGIN, moon, _ORIGIN, heaven), hit(eye, moon, _ORIGIN, heaven)
    sketch.line(_ORIGIN, true)
    sketch.line(eye, seen, "rubric")
    if level:
        sketch.line(eye, toward(eye, (moon[0], eye[1]), 1.15), "dotted")
    sketch.body("moon", moon, 0.09, true, 0.5)
    sketch.letter(true, seen, far=0.1)
    sketch.letter(seen, true, far=0.1)


def phases(rng: np.random.Generator, number: int) -> Scene:
    """The moon around the earth, lit by the sun."""
    sketch = Sketch()
    count = (8, 12, 4, 8, 6, 10, 8, 16, 5, 7, 8, 12)[number % 12]
    axis = (90, 180, 0, 225, 90, 45, 270, 90, 180, 0, 135, 0)[number % 12]
    orbit = between(rng, 0.68, 0.8)
    small = min(between(rng, 0.1, 0.15), 2.2 * orbit / count)
    rim = orbit + small + 0.07
    double = number % 3 != 1 and count <= 8
    if number % 2 == 0:
        sketch.circle(_ORIGIN, rim, "heavy", fill="sky")
        sketch.circle(_ORIGIN, orbit - small - 0.07, fill="pale")
    else:
        sketch.circle(_ORIGIN, rim)
        sketch.circle(_ORIGIN, orbit, "dotted", spare=True)
    big, globe = between(rng, 0.2, 0.27), between(rng, 0.13, 0.19)
    sun = polar(_ORIGIN, rim + 0.35, axis)
    if number % 3 == 0:
        for turn in (-1, 1):
            edge = polar(_ORIGIN, rim, axis + turn * 84)
            sketch.line(polar(sun, big * 0.66, axis + turn * 95), edge, "rubric")
    sketch.body("sun", sun, big)
    sketch.body("earth", _ORIGIN, globe, sun)
    for place in range(count):
        angle = axis + 360 / count * place
        sketch.line(polar(_ORIGIN, globe, angle), polar(_ORIGIN, orbit - small, angle), "fine")
        sketch.body("moon", polar(_ORIGIN, orbit, angle), small, polar(_ORIGIN, 40, axis), 0.5)
        if double:
            _seen(sketch, polar(_ORIGIN, orbit * 0.56, angle), small * 0.62, angle, place / count)
        if place % (count / 4) and (not double or number % 2):
            sketch.letter(polar(_ORIGIN, rim, angle), _ORIGIN, dot=False, far=0.09)
    above = 90 if axis in (0, 45, 180, 270) else 0
    sketch.label(polar(sun, big + 0.14, above), "sun", role="rubric")
    sketch.around(_ORIGIN, rim + 0.11, axis + 180, "full moon", role="rubric")
    for side in (90, -90):
        sketch.around(_ORIGIN, rim + 0.11, axis + side, "quarter")
    side_name = {0: "right", 90: "above", 180: "left", 270: "below"}.get(axis, "aslant")
    twice = ", each drawn twice" if double else ""
    return sketch.scene(f"Phases of the moon in {count} places, sun {side_name}{twice}")


def _seen(sketch: Sketch, at: XY, radius: float, angle: float, share: float) -> None:
    """The moon as the earth sees it after a share of the month."""
    lit = (1 - float(np.cos(2 * np.pi * share))) / 2
    bright = polar(at, 1, angle - 90 if share < 0.5 else angle + 90)
    sketch.body("moon", at, radius, bright, lit)
