"""Designs in twelve parts and more: wheels and aspects."""

from __future__ import annotations

import numpy as np

from builder.demo.chance import Points, between
from builder.demo.scenes import Scene, Sketch
from builder.demo.shapes import XY, polar, regular, sector
from builder.demo.words import PLANETS, ZODIAC

_ORIGIN: XY = (0.0, 0.0)
_WINDS = ("boreas", "eurus", "auster", "zephyr")
_POLYGONS: tuple[tuple[int, ...], ...] = (
    (3,), (4,), (6,), (3, 4), (3, 6), (3, 3), (4, 4, 4), (3, 3, 3, 3), (12,), (6, 4), (3, 4, 6),
    (5,),
)  # fmt: skip
_ASPECTS = {3: "trine", 4: "square", 6: "sextile"}
_SHAPES = {3: "trigon", 4: "square", 5: "pentagram", 6: "hexagon", 12: "star of twelve"}


def wheel(rng: np.random.Generator, number: int) -> Scene:
    """Wheels: of the zodiac, of the computus, of the winds, of petals."""
    build = (_zodiac_wheel, _number_wheel, _wind_rose, _petal_wheel)[number % 4]
    return build(rng, number)


def _zodiac_wheel(rng: np.random.Generator, number: int) -> Scene:
    sketch = Sketch()
    roundels = number % 8 > 3
    inner = 0.6 if roundels else between(rng, 0.52, 0.66)
    if roundels:
        for sign in range(12):
            role = ("a", "b", "sky", "pale")[sign % (2 + number % 3)]
            sketch.circle(polar(_ORIGIN, 0.84, 15 + 30 * sign), 0.2, fill=role)
        sketch.circle(_ORIGIN, 1.07, "heavy")
        sketch.circle(_ORIGIN, inner)
    else:
        for sign in range(12):
            role = ("a", "sky", "pale", "b")[sign % (2 + (number // 4) % 3)]
            sketch.cell(_ORIGIN, inner, 1.0, 30 * sign, 30 * sign + 30, role)
        sketch.spokes(_ORIGIN, inner, 1.0, 12, 0)
        for radius in (1.0, inner, 1.09):
            sketch.circle(_ORIGIN, radius, "heavy" if radius == 1.0 else "line")
        sketch.spokes(_ORIGIN, 1.0, 1.09, 72, 0)
    middle = 0.84 if roundels else (inner + 1.0) / 2 + 0.06
    for sign, name in enumerate(ZODIAC):
        turn = 15 + 30 * sign
        sketch.around(_ORIGIN, middle, turn, name, size=0.62 if roundels else 0.85, span=40)
        if not roundels:
            below = middle - 0.14
            sketch.around(_ORIGIN, below, turn, f"#{sign + 1}", size=0.9, role="rubric", span=30)
    heart = ("sun", "moon", "squares")[number % 3]
    _heart(sketch, heart, inner)
    parts = "roundels" if roundels else "cells"
    return sketch.scene(f"Wheel of the zodiac in {parts}, {heart} in the middle")


def _heart(sketch: Sketch, heart: str, inner: float) -> None:
    """What stands in the middle of a wheel."""
    if heart == "sun":
        sketch.body("sun", _ORIGIN, inner * 0.5)
    elif heart == "moon":
        sketch.body("moon", _ORIGIN, inner * 0.42, lit=0.4)
        for star in range(8):
            sketch.body("star", polar(_ORIGIN, inner * 0.68, 22.5 + 45 * star), 0.05)
    else:
        for start, corners in ((90, 4), (0, 3), (45, 4)):
            sketch.path(regular(_ORIGIN, inner, corners, start), "rubric", closed=True)


def _number_wheel(rng: np.random.Generator, number: int) -> Scene:
    sketch = Sketch()
    count = (19, 28, 24)[(number // 4) % 3]
    rings = [1.0, 0.84, 0.7, between(rng, 0.5, 0.58)]
    roles = ("pale", "a") if count % 2 == 0 else ("pale", "a", "b")
    for cell in range(count):
        start = 90 - 360 / count * (cell + 0.5)
        end = start + 360 / count
        sketch.cell(_ORIGIN, rings[1], rings[0], start, end, roles[cell % len(roles)])
        if cell % 4 == 0:
            sketch.cell(_ORIGIN, rings[3], rings[2], start, end, "sky")
    sketch.spokes(_ORIGIN, rings[3], rings[0], count, 90 - 180 / count)
    for radius in rings:
        sketch.circle(_ORIGIN, radius, "heavy" if radius == 1.0 else "line")
    first = int(rng.integers(1, 12))
    size = 0.72 if count > 20 else 0.85
    for cell in range(count):
        turn = 90 - 360 / count * cell
        entries = (f"#{cell + 1}", f"#{(first + cell * 11) % 30}", f"@{(first + cell) % 7}")
        for text, radius, role in zip(
            entries, (0.92, 0.77, 0.61), ("ink", "rubric", "ink"), strict=True
        ):
            sketch.around(_ORIGIN, radius, turn, text, size=size, role=role, span=20, inward=True)
    petals = number % 5 + 4
    for petal in range(petals):
        angle, reach = 90 + 360 / petals * petal, rings[3] * 0.95
        base = (polar(_ORIGIN, reach * 0.3, angle + side) for side in (-28, 28))
        left, right = base
        sketch.path(np.array([left, polar(_ORIGIN, reach, angle), right]))
    sketch.circle(_ORIGIN, rings[3] * 0.3, fill="c")
    sketch.label(_ORIGIN, "year" if count < 25 else "day", size=0.9)
    name = {19: "nineteen years", 28: "the sun, twenty-eight years", 24: "the hours"}[count]
    return sketch.scene(f"Wheel of {name}")


def _wind_rose(rng: np.random.Generator, number: int) -> Scene:
    sketch = Sketch()
    count = (12, 8, 16)[(number // 4) % 3]
    hub = between(rng, 0.3, 0.4)
    sketch.circle(_ORIGIN, 1.0, "heavy", fill="sky")
    sketch.circle(_ORIGIN, 0.8, fill="pale")
    half = 180 / count
    for ray in range(count):
        angle = 90 + 2 * half * ray
        tip = polar(_ORIGIN, 0.64 if ray % 2 else 0.8, angle)
        left, right = polar(_ORIGIN, hub, angle + half), polar(_ORIGIN, hub, angle - half)
        base = polar(_ORIGIN, hub * 0.9, angle)
        sketch.fill("b" if ray % 2 else "a", np.array([left, tip, base]))
        sketch.path(np.array([left, tip, right]))
        sketch.line(tip, base, "fine")
        main = ray * 4 % count == 0
        name = _WINDS[ray * 4 // count] if main else "wind"
        role = "rubric" if main else "ink"
        sketch.around(_ORIGIN, 0.9, angle, name, size=0.8, role=role, span=40)
    sketch.circle(_ORIGIN, hub, fill="c")
    sketch.circle(_ORIGIN, hub * 0.8, "rubric")
    sketch.body("sun" if number % 8 > 3 else "earth", _ORIGIN, hub * 0.55)
    for corner, face in enumerate(("east", "north", "west", "south")):
        sketch.label(polar(_ORIGIN, 1.16, 45 + 90 * corner), face)
    return sketch.scene(f"Wheel of {count} winds")


def _petal_wheel(rng: np.random.Generator, number: int) -> Scene:
    sketch = Sketch()
    count = (6, 8, 12)[(number // 4) % 3]
    radius = between(rng, 0.4, 0.5)
    sketch.circle(_ORIGIN, 1.08, "heavy", fill="a")
    sketch.circle(_ORIGIN, 0.98, fill="pale")
    angles = [90 + 360 / count * petal for petal in range(count)]
    for petal, angle in enumerate(angles):
        leaf = _leaf(polar(_ORIGIN, 0.98 - radius, angle), radius)
        sketch.fill(("sky", "b")[petal % 2], leaf)
    for petal, angle in enumerate(angles):
        at = polar(_ORIGIN, 0.98 - radius, angle)
        sketch.circle(at, radius, "line" if petal % 2 else "rubric", spare=petal > 0)
        sketch.around(at, radius * 0.78, angle, PLANETS[petal % 7], size=0.75, span=60)
    sketch.circle(_ORIGIN, 0.16, fill="c")
    sketch.body("star", _ORIGIN, 0.12)
    for cell in range(24):
        sketch.around(_ORIGIN, 1.03, 90 - 15 * cell, f"#{cell + 1}", size=0.6, span=14)
    return sketch.scene(f"Wheel of {count} joined circles, hours of the planets")


def _leaf(at: XY, radius: float) -> Points:
    """The part of a petal's circle that lies towards the middle of the wheel."""
    angle = float(np.degrees(np.arctan2(at[1], -at[0])))
    return sector(at, radius * 0.55, radius, angle - 40, angle + 40)


def aspects(rng: np.random.Generator, number: int) -> Scene:
    """The aspects of the signs: chords and polygons in a circle of twelve."""
    sketch = Sketch()
    ring = (0.12, 0.2, 0.0, 0.16)[number % 4]
    inner = 1.0 - ring
    start = (90, 60, 30, 120)[number % 4]
    _signs(sketch, ring, start)
    chosen = _POLYGONS[number % 12]
    _polygons(sketch, number, chosen, inner, start)
    if number % 3 == 1 or len(chosen) == 1:
        sketch.line(polar(_ORIGIN, inner, start), polar(_ORIGIN, -inner, start), "fine")
    if number % 3 == 2:
        sketch.circle(_ORIGIN, inner * 0.36, "rubric", spare=True)
    corners = chosen[0] if chosen[0] < 7 else 4
    for place in range(corners):
        angle = start + 360 / chosen[0] * place
        kind, radius = ("planet", 0.06) if place else ("sun", 0.085)
        sketch.body(kind, polar(_ORIGIN, inner, angle), radius)
        if number % 2:
            at = polar(_ORIGIN, inner * 0.86, angle + 6)
            sketch.letter(at, polar(_ORIGIN, 1, angle), dot=False)
    sketch.body("earth", _ORIGIN, between(rng, 0.07, 0.11))
    kept = list(dict.fromkeys(chosen))
    for place, count in enumerate(kept):
        if count in _ASPECTS:
            angle = start + 180 / chosen[0] - 118 * place
            at = polar(_ORIGIN, inner * (0.36 + 0.06 * place), angle)
            sketch.label(at, _ASPECTS[count], size=0.8, role="rubric")
    names = " and ".join(_SHAPES[count] for count in kept)
    times = f" in {len(chosen)} turns" if len(chosen) > len(kept) else ""
    return sketch.scene(f"Aspects of the signs, {names}{times}")


def _signs(sketch: Sketch, ring: float, start: float) -> None:
    """The circle of the signs, with a ring to hold their names or without."""
    inner = 1.0 - ring
    if ring:
        for sign in range(12):
            begin = 30 * sign + 15
            sketch.cell(_ORIGIN, inner, 1.0, begin, begin + 30, ("sky", "pale")[sign % 2])
        sketch.circle(_ORIGIN, inner)
        sketch.spokes(_ORIGIN, inner, 1.0, 12, 15)
    sketch.circle(_ORIGIN, 1.0, "heavy")
    for sign, name in enumerate(ZODIAC):
        angle = start + 30 * sign
        if ring >= 0.16:
            sketch.around(_ORIGIN, 1.0 - ring / 2, angle, name, size=0.66, span=34)
        else:
            sketch.around(_ORIGIN, 1.1, angle, name, size=0.78, span=34)
            sketch.dot(polar(_ORIGIN, inner, angle))


def _polygons(
    sketch: Sketch, number: int, chosen: tuple[int, ...], inner: float, start: float
) -> None:
    for place, count in enumerate(chosen):
        turn = start + 30 * place if chosen.count(count) > 1 else start
        polygon = regular(_ORIGIN, inner, count, turn)
        if count in (5, 12):
            polygon = polygon[(np.arange(count) * (2 if count == 5 else 5)) % count]
        if place == 0 and count < 7:
            sketch.fill(("a", "b", "c")[number % 3], polygon)
        role = ("line", "rubric", "line", "heavy")[(place + number // 4) % 4]
        sketch.path(polygon, role, closed=True)
