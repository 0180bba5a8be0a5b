"""Designs of circles in motion: epicycles and eccentric orbs."""

from __future__ import annotations

import numpy as np

from builder.demo.chance import between, pick
from builder.demo.scenes import Scene, Sketch
from builder.demo.shapes import XY, angle_of, distance, ellipse, polar, tangents, toward
from builder.demo.words import PLANETS

_ORIGIN: XY = (0.0, 0.0)
_NAMES = ("Mercury", "Venus", "Mars", "Jupiter", "Saturn", "the moon")
_KEYS = ("mercury", "venus", "mars", "jupiter", "saturn", "moon")


def epicycle(rng: np.random.Generator, number: int) -> Scene:
    """Deferent, epicycle and planet, in one place or many, with stations or an equant."""
    sketch = Sketch()
    who = number % 6
    away = (90, 90, 60, 120, 90, 0)[(number // 2) % 6]
    offset = (0.0, 0.16, 0.24, 0.1)[number % 4]
    earth = polar(_ORIGIN, -offset, away)
    count = (1, 2, 1, 4, 3, 1, 2, 6, 1, 3, 1, 8)[number % 12]
    first = (35, 40, 130, 90, 20, 160, 110, 0, 215, 70, 10, 90)[number % 12]
    small = between(rng, 0.28, 0.46)
    small = min(small, 2.5 / count) if count > 2 else small
    rim = _deferent(sketch, number, small)
    sketch.line(polar(_ORIGIN, rim, away), polar(_ORIGIN, -rim * 0.9, away), "fine")
    for place in range(count):
        _place(sketch, number, earth, small, first + 360 / count * place, place, count)
    if offset:
        sketch.letter(_ORIGIN, polar(_ORIGIN, 1, away + 60))
        if number % 4 == 2:
            equant = polar(_ORIGIN, offset, away)
            sketch.letter(equant, polar(equant, 1, away + 60))
            sketch.line(equant, polar(_ORIGIN, 1.0, first), "dotted")
    sketch.body("earth", earth, 0.075)
    sketch.letter(polar(_ORIGIN, 1.0, away), _ORIGIN)
    sketch.around(_ORIGIN, 0.9, away + 180, f"deferent {_KEYS[who]}", role="rubric")
    if count <= 4 and small > 0.28:
        sketch.label(polar(polar(_ORIGIN, 1.0, first), small * 0.42, 270), "epicycle", size=0.8)
    sketch.label(polar(_ORIGIN, rim + 0.1, away), "apogee", role="rubric")
    detail = {1: "one place", 2: "two places"}.get(count, f"{count} places")
    if count < 3 and number % 4 == 2:
        detail += " with stations"
    elif count == 1 and who == 5:
        detail += " with a lesser epicycle"
    zodiac = ", within the zodiac" if _in_zodiac(number) else ""
    return sketch.scene(f"Epicycle of {_NAMES[who]}, {detail}{zodiac}")


def _in_zodiac(number: int) -> bool:
    return number % 5 in (3, 4) or number == 2


def _deferent(sketch: Sketch, number: int, small: float) -> float:
    """The deferent, perhaps within the zodiac; gives the radius of the whole."""
    rim = 1.1 + small
    if _in_zodiac(number):
        rim = 1.24 + small
        inner, outer = 1.08 + small, 1.2 + small
        sketch.ring(_ORIGIN, inner, outer, "sky")
        sketch.circle(_ORIGIN, inner)
        sketch.circle(_ORIGIN, outer)
        sketch.spokes(_ORIGIN, inner, outer, 12 if number % 2 else 36, 0)
    if number % 3 == 0:
        sketch.ring(_ORIGIN, 0.965, 1.035, "a")
        sketch.circle(_ORIGIN, 1.035, "fine")
        sketch.circle(_ORIGIN, 0.965, "fine")
    else:
        sketch.circle(_ORIGIN, 1.0, "rubric" if number % 4 == 1 else "line")
    return rim


def _place(
    sketch: Sketch, number: int, earth: XY, small: float, angle: float, place: int, count: int
) -> None:
    """The epicycle in one place, with its planet."""
    at = polar(_ORIGIN, 1.0, angle)
    sketch.circle(at, small, fill="b" if number % 2 else "pale")
    sketch.line(earth, toward(earth, at, 1 + small / max(distance(earth, at), 0.1)), "fine")
    where = angle_of(earth, at) + (35, -60, 100, 150, -130, 75)[(number + place) % 6]
    planet = polar(at, small, where)
    sketch.line(earth, planet, "rubric", spare=True)
    sketch.line(at, planet)
    if number % 4 == 2 and count < 3:
        for touch, _ in tangents(at, small, earth, 0.001):
            sketch.line(earth, toward(earth, touch, 1.12))
            sketch.letter(touch, earth)
    if number % 6 == 5 and count == 1:
        sketch.circle(planet, small * 0.42, "rubric")
        planet = polar(planet, small * 0.42, where + 70)
    sketch.body("moon" if number % 6 == 5 else "planet", planet, 0.05, _ORIGIN, 0.5)
    if count <= 3:
        sketch.letter(at, earth)
        sketch.letter(planet, at, dot=False, far=0.12)


def eccentric(rng: np.random.Generator, number: int) -> Scene:
    """Eccentric circles, bare or as the thick orbs of the Theoricae."""
    build = (_thick_orbs, _bare_eccentric, _thick_orbs, _moving_centres)[number % 4]
    return build(rng, number)


def _thick_orbs(rng: np.random.Generator, number: int) -> Scene:
    sketch = Sketch()
    axis = (90, 90, 45, 135, 0, 100)[(number // 2) % 6]
    shift, width = between(rng, 0.1, 0.2), between(rng, 0.16, 0.3)
    world, middle = _ORIGIN, polar(_ORIGIN, shift, axis)
    upper = 0.985 - shift
    lower = upper - width
    inner = lower - shift - 0.015
    tint = "dark" if number % 8 < 4 else "a"
    sketch.fill(tint, ellipse(world, 1.0, 1.0), ellipse(middle, upper, upper))
    sketch.fill(tint, ellipse(middle, lower, lower), ellipse(world, inner, inner))
    sketch.ring(middle, lower, upper, "pale")
    if number % 3 == 1:
        sketch.ring(world, 1.0, 1.12, "sky")
        sketch.circle(world, 1.12)
    for centre, radius in ((world, 1.0), (world, inner), (middle, upper), (middle, lower)):
        sketch.circle(centre, radius)
    path = (upper + lower) / 2
    sketch.circle(middle, path, "dotted", spare=True)
    _rider(sketch, number, middle, path, axis, width)
    sketch.line(polar(world, 1.0, axis), polar(world, -1.0, axis), "rubric")
    sketch.line(polar(world, 1.0, axis + 90), polar(world, -1.0, axis + 90), "fine", spare=True)
    sketch.letter(world, polar(world, 1, axis + 50))
    sketch.letter(middle, polar(middle, 1, axis + 50))
    for point in (polar(world, 1.0, axis), polar(world, -1.0, axis)):
        sketch.letter(point, world)
    planet = pick(rng, list(PLANETS))
    where = axis + 180 + (40, 110, -65, 160, 0, -120)[number % 6]
    sketch.around(middle, path, where, f"deferent {planet}", size=0.85)
    sketch.around(world, 1.1, axis + 30, "apogee", role="rubric")
    sketch.around(world, 1.1, axis + 210, "perigee", role="rubric")
    name = planet.capitalize() if planet not in ("sun", "moon") else f"the {planet}"
    how = "blackened" if tint == "dark" else "tinted"
    return sketch.scene(f"Eccentric orbs of {name}, {how}, axis at {axis} degrees")


def _rider(sketch: Sketch, number: int, middle: XY, path: float, axis: float, width: float) -> None:
    """The sun, or an epicycle with its planet, between the orbs."""
    where = axis + (40, 110, -65, 160, 0, -120)[number % 6]
    at = polar(middle, path, where)
    if number % 2:
        sketch.body("sun", at, width * 0.46)
    else:
        sketch.circle(at, width * 0.46, "rubric", fill="b")
        sketch.body("planet", polar(at, width * 0.46, where + 70), 0.045)
    if number % 4 == 2:
        sketch.line(_ORIGIN, at, "fine")
        sketch.line(middle, at, "fine")


def _bare_eccentric(rng: np.random.Generator, number: int) -> Scene:
    sketch, world = Sketch(), _ORIGIN
    shift = between(rng, 0.22, 0.42)
    axis = (90, 60, 120)[(number // 4) % 3]
    middle = polar(world, shift, axis)
    sketch.circle(middle, 0.82, fill="pale")
    sketch.circle(world, 0.82, "rubric", spare=True)
    if number % 8 > 3:
        sketch.ring(world, 1.22, 1.34, "sky")
        sketch.circle(world, 1.22)
        sketch.circle(world, 1.34)
        sketch.spokes(world, 1.22, 1.34, 12, axis)
    top, bottom = polar(middle, 0.82, axis), polar(middle, -0.82, axis)
    sketch.line(toward(middle, top, 1.15), toward(middle, bottom, 1.15))
    places = 1 + (number // 4) % 3
    for turn in (55, -70, 150)[:places]:
        sun = polar(middle, 0.82, axis + turn)
        sketch.line(middle, sun)
        sketch.line(world, sun, "rubric")
        sketch.line(world, polar(world, 0.82, axis + turn), "fine")
        sketch.body("sun", sun, 0.1)
        sketch.letter(sun, middle, dot=False, far=0.19)
    for point, from_point in ((top, middle), (bottom, middle), (world, (1, 0)), (middle, (1, 0.1))):
        sketch.letter(point, from_point)
    sketch.label(polar(middle, 1.02, axis), "apogee", role="rubric")
    sketch.label(polar(middle, -1.05, axis), "perigee", role="rubric")
    return sketch.scene(f"Eccentric of the sun, inequality in {places} place{'s' * (places > 1)}")


def _moving_centres(rng: np.random.Generator, number: int) -> Scene:
    sketch = Sketch()
    count = (3, 4, 6)[(number // 4) % 3]
    shift, radius = between(rng, 0.3, 0.42), 0.72
    sketch.circle(_ORIGIN, shift, "rubric")
    for place in range(count):
        angle = 90 + 360 / count * place
        middle = polar(_ORIGIN, shift, angle)
        sketch.circle(middle, radius, "line" if place % 2 else "heavy", spare=place > 0)
        far = polar(middle, radius, angle)
        sketch.line(_ORIGIN, far, "fine")
        sketch.body("planet", far, 0.055)
        sketch.letter(middle, _ORIGIN)
        sketch.letter(far, _ORIGIN, dot=False, far=0.15)
    sketch.body("earth", _ORIGIN, 0.09)
    rim = shift + radius + 0.06
    sketch.circle(_ORIGIN, rim, "dotted", spare=True)
    sketch.around(_ORIGIN, rim + 0.17, 90 + 180 / count, "motion centre", role="rubric")
    return sketch.scene(f"Eccentrics of Mercury with {count} moving centres")
