"""The kinds of diagrams, in the order of a book on the sphere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from builder.demo import (
    kinds_circles,
    kinds_eclipses,
    kinds_fields,
    kinds_light,
    kinds_spheres,
    kinds_wheels,
)
from builder.demo.chance import generator
from builder.demo.scenes import Scene

KINDS: dict[str, Callable[[np.random.Generator, int], Scene]] = {
    "spheres": kinds_spheres.spheres,
    "armillary": kinds_spheres.armillary,
    "climata": kinds_fields.climata,
    "eccentric": kinds_circles.eccentric,
    "epicycle": kinds_circles.epicycle,
    "phases": kinds_light.phases,
    "eclipse-of-the-moon": kinds_eclipses.lunar_eclipse,
    "parallax": kinds_light.parallax,
    "eclipse-of-the-sun": kinds_eclipses.solar_eclipse,
    "aspects": kinds_wheels.aspects,
    "wheel": kinds_wheels.wheel,
    "table": kinds_fields.table,
}

SUBJECTS: dict[str, str] = {
    "spheres": "Planetary spheres",
    "armillary": "Armillary sphere",
    "climata": "Climates and zones",
    "eccentric": "Eccentric",
    "epicycle": "Epicycle",
    "phases": "Phases of the moon",
    "eclipse-of-the-moon": "Eclipse of the moon",
    "parallax": "Parallax",
    "eclipse-of-the-sun": "Eclipse of the sun",
    "aspects": "Aspects",
    "wheel": "Wheel",
    "table": "Table",
}


def design(kind: str, number: int, seed: int) -> Scene:
    """The design of a kind with a number, from a seed."""
    return KINDS[kind](generator(seed, "design", kind, number), number)
