"""Designs of the whole: the nested spheres, the armillary sphere."""

from __future__ import annotations

import numpy as np

from builder.demo.chance import between
from builder.demo.scenes import Scene, Sketch
from builder.demo.shapes import XY, arc, ellipse, polar
from builder.demo.words import PLANETS, ZODIAC

_ORIGIN: XY = (0.0, 0.0)
_ELEMENTS = ("water", "air", "fire")
_CYCLE = ("sky", "a", "pale", "b", "sky", "c", "pale", "a", "d")


def spheres(rng: np.random.Generator, number: int) -> Scene:
    """The nested spheres from the earth to the first mover."""
    sketch = Sketch()
    orbs = ["moon", "mercury", "venus", "sun", "mars", "jupiter", "saturn", "stars"]
    orbs += ["mover"] if number % 2 else []
    if number % 6 == 5:
        orbs = ["moon", "sun", "mars", "jupiter", "saturn", "stars"]
    rings = [*(_ELEMENTS if number % 3 != 2 else ()), *orbs]
    core = between(rng, 0.12, 0.2)
    width = (1.0 - core) / len(rings)
    zodiac = number % 4 in (1, 2)
    if zodiac:
        sketch.ring(_ORIGIN, 1.0, 1.17, "sky")
        sketch.circle(_ORIGIN, 1.17, "heavy")
        sketch.spokes(_ORIGIN, 1.0, 1.17, 12, 0)
        for sign, name in enumerate(ZODIAC):
            sketch.around(_ORIGIN, 1.085, 15 + 30 * sign, name, size=0.62, span=28)
    for place in range(len(rings) - 1, -1, -1):
        name, low = rings[place], core + place * width
        role = name if name in _ELEMENTS else _CYCLE[(place + number) % len(_CYCLE)]
        sketch.ring(_ORIGIN, low, low + width, "sky" if name == "stars" else role)
        last = place == len(rings) - 1
        sketch.circle(_ORIGIN, low + width, "heavy" if last else "line", spare=place > 3)
    first, turn = between(rng, 20, 160), (0, 40, 67, 137.5, 180, 25)[number % 6]
    for place, name in enumerate(rings):
        middle = core + (place + 0.5) * width
        _inhabit(sketch, name, middle, width, first + turn * place, 12 + number)
    sketch.circle(_ORIGIN, core)
    sketch.body("earth", _ORIGIN, core)
    if number % 4 == 3:
        for corner, wind in enumerate(("east", "north", "west", "south")):
            sketch.label(polar(_ORIGIN, 1.19, 45 + 90 * corner), wind, role="rubric", size=1.1)
    way = ("in line", "spread", "spread wide", "scattered", "opposed", "in a bow")[number % 6]
    within = " within the zodiac" if zodiac else ""
    return sketch.scene(f"Spheres of the planets, {len(orbs)} orbs{within}, planets {way}")


def _inhabit(
    sketch: Sketch, name: str, middle: float, width: float, angle: float, stars: int
) -> None:
    """What a sphere holds: its planet and name, or stars."""
    size = min(0.95, width / 0.085) * 0.8
    if name == "stars":
        for star in range(stars):
            at = polar(_ORIGIN, middle, angle + star * 360 / stars)
            sketch.body("star", at, width * 0.3)
        return
    if name in _ELEMENTS:
        if width > 0.07:
            sketch.around(_ORIGIN, middle, 90, name, size=size * 0.9)
        return
    if name in PLANETS:
        kind = name if name in ("sun", "moon") else "planet"
        sketch.body(kind, polar(_ORIGIN, middle, angle), width * 0.44, _ORIGIN, 0.6)
    sketch.around(_ORIGIN, middle, angle + 160, name, size=size)


def armillary(rng: np.random.Generator, number: int) -> Scene:
    """The sphere of rings on its stand."""
    sketch = Sketch()
    tilt = (0, 23, -23, 35, -40, 50, -12, 66, 12, -55, 30, -32)[number % 12]
    flat, obliquity = between(rng, 0.2, 0.38), between(rng, 20, 28)
    band = between(rng, 0.05, 0.09)
    inner = 1.0 - band
    _stand(sketch, number, band)
    sketch.ring(_ORIGIN, inner, 1.0, "a")
    sketch.circle(_ORIGIN, 1.0, "heavy")
    sketch.circle(_ORIGIN, inner)
    if number % 3 == 0:
        sketch.spokes(_ORIGIN, inner, 1.0, 60, 0)
    levels = [0.0, 0.4, -0.4] + ([0.78, -0.78] if number % 2 else [])
    for level in levels:
        wide = inner * float(np.sqrt(1 - level**2))
        at = polar(_ORIGIN, inner * level, 90 + tilt)
        sketch.oval(at, wide, wide * flat, tilt, "fine" if level else "line")
    _ecliptic(sketch, number, inner, flat, tilt + (obliquity if number % 4 < 2 else -obliquity))
    if number % 3 == 1:
        sketch.oval(_ORIGIN, inner, inner * flat * 0.7, 90 + tilt, "rubric")
    if number % 3 == 2:
        sketch.oval(_ORIGIN, inner * 0.45, inner, tilt)
    sketch.line(polar(_ORIGIN, 1.14, 90 + tilt), polar(_ORIGIN, -1.14, 90 + tilt), "heavy")
    sketch.body("earth", _ORIGIN, between(rng, 0.1, 0.19))
    if number % 4 == 1:
        sketch.oval(_ORIGIN, 1.12, 0.2, 0, "heavy")
        sketch.label((0.86, 0.3), "horizon", size=0.85)
    _names(sketch, number, tilt, inner)
    on = ("on a foot", "held by a ring", "on a pillar")[number % 3]
    slope = f"tilted {abs(tilt)} degrees" if tilt else "upright"
    side = "" if not tilt else (" to the left" if tilt > 0 else " to the right")
    rings = f"{len(levels)} parallels"
    return sketch.scene(f"Armillary sphere {on}, {slope}{side}, {rings}")


def _ecliptic(sketch: Sketch, number: int, inner: float, flat: float, turn: float) -> None:
    """The slanting band, sometimes with sun and moon."""
    outer_rim = ellipse(_ORIGIN, inner, inner * (flat + 0.04), turn)
    inner_rim = ellipse(_ORIGIN, inner * 0.99, inner * (flat - 0.1), turn)
    sketch.fill("b", outer_rim, inner_rim)
    sketch.freehand(outer_rim, closed=True)
    sketch.freehand(inner_rim, closed=True)
    ends = list(zip(outer_rim.tolist(), inner_rim.tolist(), strict=True))
    for start, end in ends[::12]:
        sketch.line((start[0], start[1]), (end[0], end[1]), "fine")
    if number % 4 == 2:
        for kind, share, radius in (("sun", 1 / 6, 0.12), ("moon", 2 / 3, 0.09)):
            x, y = ends[int(len(ends) * share)][0]
            sketch.body(kind, (x, y), radius)


def _names(sketch: Sketch, number: int, tilt: float, inner: float) -> None:
    north, south = polar(_ORIGIN, 1.24, 90 + tilt), polar(_ORIGIN, -1.14, 90 + tilt)
    sketch.label(north, "arctic", role="rubric")
    aside = 60 if number % 3 else 240 + tilt
    sketch.label(polar(south, 0.1, aside), "antarctic", role="rubric", size=0.9)
    sketch.label(polar(_ORIGIN, 0.52, 90 + tilt), "summer", size=0.8, turn=tilt)
    sketch.label(polar(_ORIGIN, -0.52, 90 + tilt), "winter", size=0.8, turn=tilt)
    sketch.label((inner * 0.55, -0.07), "equator", size=0.8, turn=tilt)


def _stand(sketch: Sketch, number: int, band: float) -> None:
    """What carries the sphere: a foot, a ring to hold, or a pillar."""
    build = number % 3
    if build == 1:
        sketch.circle((0, -1.13), 0.13, "heavy")
        sketch.circle((0, -1.13), 0.075)
        return
    width = 0.05 + band
    foot = 1.62 if build == 2 else 1.42
    left = np.array(
        [
            (-width, 0.98),
            (-width * 0.6, 1.12),
            (-width * 1.7, 1.18),
            (-width * 0.5, 1.24),
            (-width * 0.7, foot - 0.12),
            (-0.3, foot - 0.05),
            (-0.42, foot),
        ]
    )
    outline = np.concatenate([left, (left * (-1, 1))[::-1]])
    sketch.fill("c", outline)
    sketch.freehand(outline, closed=True)
    if build == 2:
        sketch.freehand(arc((0, 0.9), 0.42, 200, 340, 0.5), "heavy")
    for level in (1.15, 1.21):
        sketch.freehand(np.array([(-width * 1.2, level), (width * 1.2, level)]), "fine")
