"""Designs of eclipses.

Each public function here and in the other kinds_ modules invents one design: `number` counts the
designs of a kind and rules its build, the generator its measures.
"""

from __future__ import annotations

import numpy as np

from builder.demo.chance import between, pick
from builder.demo.scenes import Scene, Sketch
from builder.demo.shapes import (
    XY,
    along_line,
    angle_of,
    box,
    distance,
    polar,
    tangents,
    toward,
)

_ORIGIN: XY = (0.0, 0.0)


def solar_eclipse(rng: np.random.Generator, number: int) -> Scene:
    """Sun, moon and eye in one line, or the sun's face at stages of the eclipse."""
    build = (_solar_cone, _solar_orbs, _solar_stages)[number % 3]
    return build(rng, number)


def _solar_cone(rng: np.random.Generator, number: int) -> Scene:
    sketch, axis = Sketch(), (90, 35, 0, 125)[(number // 3) % 4]
    big, small, globe = between(rng, 0.38, 0.52), between(rng, 0.14, 0.2), between(rng, 0.26, 0.4)
    sun = _ORIGIN
    moon = polar(sun, between(rng, 0.95, 1.12), axis)
    reach = distance(sun, moon) * big / (big - small)
    earth = polar(sun, reach + small + globe * between(rng, 0.6, 0.95), axis)
    upper, lower = tangents(sun, big, moon, small)
    apex = polar(sun, reach, axis)
    sketch.fill("dark", np.array([upper[1], apex, lower[1]]))
    sketch.line(upper[0], apex)
    sketch.line(lower[0], apex)
    if number % 2:
        for touch, other in tangents(sun, big, moon, small, crossed=True):
            sketch.line(touch, toward(touch, other, 1.75), "rubric")
    sketch.line(polar(sun, -big * 1.25, axis), polar(earth, globe * 1.3, axis), "fine")
    wide = 34 + 12 * (number % 3)
    for place, share in ((moon, 1.5), (sun, 0.7))[: 2 - number % 2]:
        middle = axis + 180
        sketch.arc(earth, distance(earth, place), middle - wide * share, middle + wide * share)
    sketch.body("sun", sun, big)
    sketch.body("moon", moon, small, sun, 0.0)
    sketch.body("earth", earth, globe, sun)
    for point in (upper[0], lower[0], upper[1], lower[1]):
        sketch.letter(point, toward(sun, earth, 0.5) if number % 2 else sun)
    sketch.letter(apex, polar(apex, 1, axis + 240))
    side = 180 if axis == 90 else axis + 90
    for name, at, far in (("sun", sun, big + 0.16), ("earth", earth, globe + 0.13)):
        sketch.label(polar(at, far, side), name, role="rubric")
    sketch.label(polar(moon, small + 0.14, side + 180), "moon", role="rubric")
    line = {90: "upright", 0: "level", 35: "rising", 125: "falling"}[axis]
    penumbra = " with penumbra" if number % 2 else ""
    return sketch.scene(f"Eclipse of the sun, {line} cone of the shadow{penumbra}")


def _solar_orbs(rng: np.random.Generator, number: int) -> Scene:
    sketch, axis = Sketch(), (90, 0, 140, 60)[(number // 3) % 4]
    centre, outer, inner = _ORIGIN, 1.0, between(rng, 0.5, 0.66)
    big, small, globe = between(rng, 0.15, 0.2), between(rng, 0.09, 0.12), between(rng, 0.14, 0.2)
    sketch.ring(centre, outer - 0.12, outer + 0.12, "sky")
    sketch.ring(centre, inner - 0.08, inner + 0.08, "b")
    for radius in (outer + 0.12, outer - 0.12, inner + 0.08, inner - 0.08):
        sketch.circle(centre, radius)
    sketch.circle(centre, inner, "dotted", spare=True)
    sun, moon = polar(centre, outer, axis), polar(centre, inner, axis)
    upper, lower = tangents(sun, big, moon, small)
    reach = distance(sun, moon) * big / (big - small)
    tip = along_line(sun, centre, min(reach, outer))
    sketch.fill("dark", np.array([upper[1], tip, lower[1]]))
    sketch.line(upper[0], tip)
    sketch.line(lower[0], tip)
    sketch.body("earth", centre, globe, sun)
    sketch.body("sun", sun, big)
    sketch.body("moon", moon, small, sun, 0.0)
    others = 1 + number % 4
    for other in range(others):
        angle = axis + 360 / (others + 1) * (other + 1)
        sketch.body("moon", polar(centre, inner, angle), small, sun, 0.5)
        sketch.line(polar(centre, globe, angle), polar(centre, outer + 0.12, angle), "fine")
        sketch.letter(polar(centre, outer + 0.12, angle), centre)
    sketch.around(centre, outer, axis + 55, "orb sun", role="rubric")
    sketch.around(centre, outer, axis - 55, "zodiac")
    sketch.around(centre, inner, axis + 40, "orb moon", size=0.75)
    sketch.label((centre[0], centre[1] + globe + 0.09), "earth", size=0.85)
    return sketch.scene(f"Eclipse of the sun, the orbs with {others + 1} places of the moon")


def _solar_stages(rng: np.random.Generator, number: int) -> Scene:
    sketch = Sketch()
    columns, rows = ((4, 1), (3, 2), (2, 3), (6, 2))[(number // 3) % 4]
    radius = between(rng, 0.22, 0.28)
    wide, high = radius * 2.9, radius * 3.3
    total = columns * rows
    slant = pick(rng, [0.0, 25.0, -30.0])
    for place in range(total):
        centre = (place % columns * wide, place // columns * high)
        share = (place + 1) / total if number % 2 else 1 - abs(2 * place / (total - 1) - 1) * 0.8
        side = slant if number % 2 or 2 * place < total else slant + 180
        sketch.body("sun", centre, radius * 0.8)
        sketch.body("shade", polar(centre, radius * 1.3 * (1 - share) + 0.001, side), radius * 0.64)
        sketch.label((centre[0], centre[1] + radius + 0.16), f"#{round(share * 12)}", role="rubric")
    left, right = -wide * 0.56, wide * (columns - 0.44)
    top, bottom = -wide * 0.56, high * (rows - 1) + wide * 0.68
    sketch.path(box(left, top, right, bottom), "heavy", closed=True)
    for row in range(1, rows):
        level = high * row - wide * 0.5
        sketch.line((left, level), (right, level), "fine")
    for column in range(1, columns):
        sketch.line((wide * (column - 0.5), top), (wide * (column - 0.5), bottom), "fine")
    sketch.label(((left + right) / 2, top - 0.1), "shadow sun", role="rubric", size=1.1)
    order = "to the whole" if number % 2 else "in and out"
    return sketch.scene(f"Eclipse of the sun in {total} stages, {order}")


def lunar_eclipse(rng: np.random.Generator, number: int) -> Scene:
    """The moon in the cone of the earth's shadow, or crossing its circle."""
    build = (_lunar_cone, _lunar_crossing, _lunar_nodes)[number % 3]
    return build(rng, number)


def _lunar_cone(rng: np.random.Generator, number: int) -> Scene:
    sketch, axis = Sketch(), (50, 90, 180, 130)[(number // 3) % 4]
    big, globe, small = between(rng, 0.36, 0.48), between(rng, 0.22, 0.3), between(rng, 0.1, 0.13)
    sun = _ORIGIN
    earth = polar(sun, between(rng, 1.0, 1.25), axis)
    apart = distance(sun, earth)
    reach = apart * big / (big - globe)
    length = min(reach, apart + 1.3)
    upper, lower = tangents(sun, big, earth, globe)
    share = (length - apart) / (reach - apart)
    apex = polar(sun, reach, axis)
    ends = toward(upper[1], apex, share), toward(lower[1], apex, share)
    sketch.fill("dark", np.array([upper[1], ends[0], ends[1], lower[1]]))
    orbit = between(rng, 0.66, 0.9)
    sketch.circle(earth, orbit, spare=True)
    if number % 2:
        sketch.circle(earth, orbit - 0.13, "dotted", spare=True)
    sketch.line(upper[0], ends[0])
    sketch.line(lower[0], ends[1])
    sketch.line(polar(sun, -big * 1.2, axis), polar(earth, length - 0.9, axis), "fine")
    sketch.body("sun", sun, big)
    sketch.body("earth", earth, globe, sun)
    turn = pick(rng, [0.0, 0.0, 16.0, -16.0])
    sketch.body("moon", polar(earth, orbit, axis + turn), small, sun, 0.2 if turn else 0.0)
    for angle in (62, -62, 120)[: 1 + number % 3]:
        sketch.body("moon", polar(earth, orbit, axis + angle), small, sun, 0.5)
    for point in (*upper, *lower):
        sketch.letter(point, toward(sun, earth, 0.5))
    for point in ends:
        sketch.letter(point, earth)
    side = 180 if axis == 90 else axis + 90
    sketch.label(polar(sun, big + 0.17, side), "sun", role="rubric")
    sketch.label(polar(earth, globe + 0.1, side), "earth", size=0.9)
    sketch.label(polar(earth, orbit + 0.17, axis + 24), "shadow", role="rubric")
    sketch.label(polar(earth, orbit + small + 0.1, axis + turn - 14), "moon", role="rubric")
    line = {50: "rising", 90: "upright", 180: "level", 130: "falling"}[axis]
    return sketch.scene(f"Eclipse of the moon, {line} cone of the earth's shadow")


def _lunar_crossing(rng: np.random.Generator, number: int) -> Scene:
    sketch, centre = Sketch(), _ORIGIN
    shadow, small = between(rng, 0.42, 0.62), between(rng, 0.15, 0.22)
    lean = (12.0, -20.0, 28.0, -8.0)[(number // 3) % 4]
    count = (5, 3, 7, 4)[(number // 3) % 4]
    offset = between(rng, -0.7, 0.7) * shadow
    sketch.circle(centre, shadow, "heavy", fill="dark")
    sketch.circle(centre, shadow + small, "dotted", spare=True)
    if number % 2:
        sketch.circle(centre, shadow - small, "fine", spare=True)
    half = shadow + small * 2.4
    sketch.line((-half - 0.12, 0), (half + 0.12, 0), "rubric")
    middle = (0.0, offset)
    sketch.line(polar(middle, half + 0.1, lean + 180), polar(middle, half + 0.1, lean))
    first, last = polar(middle, half, lean + 180), polar(middle, half, lean)
    for place in range(count):
        at = toward(first, last, place / (count - 1))
        lit = float(np.clip((distance(at, centre) - shadow + small) / (2 * small), 0, 1))
        sketch.body("moon", at, small, polar(at, 1, angle_of(centre, at)), lit)
        across = (at[0], at[1] + 1 if at[1] <= 0 else at[1] - 1)
        sketch.letter(at, across, dot=False, far=small + 0.09)
    sketch.dot(centre)
    sketch.label((0, shadow * 0.55 if offset < 0 else -shadow * 0.55), "shadow", role="rubric")
    sketch.label((half - 0.05, -0.09 if lean < 0 else 0.11), "ecliptic", size=0.85)
    sketch.label((0, -shadow - small - 0.12), "north" if offset < 0 else "south", role="rubric")
    return sketch.scene(f"Eclipse of the moon, passage through the shadow in {count} places")


def _lunar_nodes(rng: np.random.Generator, number: int) -> Scene:
    sketch, centre = Sketch(), _ORIGIN
    shift = between(rng, 0.22, 0.5)
    axis = (90.0, 0.0, 40.0, 140.0)[(number // 3) % 4]
    first, second = polar(centre, shift / 2, axis), polar(centre, -shift / 2, axis)
    sketch.ring(first, 0.86, 0.98, "a")
    sketch.ring(second, 0.86, 0.98, "sky")
    for radius in (0.98, 0.86):
        sketch.circle(first, radius)
        sketch.circle(second, radius)
    reach = float(np.sqrt(0.92**2 - shift**2 / 4))
    nodes = [polar(centre, reach, axis + turn) for turn in (90, -90)]
    sketch.line(nodes[0], nodes[1], "rubric")
    sketch.line(polar(centre, 1.2, axis), polar(centre, -1.2, axis), "fine")
    sketch.body("earth", centre, between(rng, 0.13, 0.2))
    moons = (0.0, 35.0, 180.0, 215.0, 90.0)[: 2 + number % 4]
    for turn in moons:
        at = polar(second, 0.92, axis + 90 + turn)
        sketch.body("moon", at, 0.09, first, 0.5 if turn else 0.0)
    sketch.body("sun", polar(first, 0.92, axis + 20), between(rng, 0.14, 0.19))
    sketch.label(toward(centre, nodes[0], 1.22), "head", role="rubric")
    sketch.label(toward(centre, nodes[1], 1.3), "tail", role="rubric")
    sketch.around(first, 0.92, axis - 25, "ecliptic motion sun", size=0.85)
    sketch.around(second, 0.92, axis + 180, "deferent moon", size=0.85)
    for node in nodes:
        sketch.letter(node, centre, far=0.1)
    return sketch.scene(f"Eclipse of the moon, head and tail with {len(moons)} places")
