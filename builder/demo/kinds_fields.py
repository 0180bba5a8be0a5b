"""Designs in fields: climates and tables."""

from __future__ import annotations

import numpy as np

from builder.demo.chance import Points, between, pick
from builder.demo.scenes import Scene, Sketch, Stroke
from builder.demo.shapes import XY, arc, box, ellipse, polar, turned

_ORIGIN: XY = (0.0, 0.0)
_HEADS = (
    "degrees", "minutes", "signs", "sun", "moon", "motion", "day", "night", "hours", "shadow",
)  # fmt: skip


def climata(rng: np.random.Generator, number: int) -> Scene:
    """The five zones or the seven climates of the earth."""
    sketch = Sketch()
    tilt = (0, 90, 0, 23, 0, -23, 90, 0, 45, 0, 30, -45)[number % 12]
    seven, curved = number % 3 == 1, number % 4 in (2, 3)
    if seven:
        edges = [-0.32, *np.linspace(-0.1, between(rng, 0.78, 0.86), 8).tolist()]
        roles = ["torrid", "a", "pale", "b", "pale", "c", "pale", "a"]
    else:
        inner, outer = between(rng, 0.26, 0.42), between(rng, 0.68, 0.82)
        edges = [-outer, -inner, inner, outer]
        roles = ["temperate", "torrid", "temperate"]
    rest = ("water" if number % 2 else "pale") if seven else "cold"
    sketch.fill(rest, ellipse(_ORIGIN, 1.0, 1.0))
    for low, high, role in zip(edges[:-1], edges[1:], roles, strict=True):
        sketch.fill(role, turned(_zone(low, high, curved), tilt))
    for edge in edges:
        line = turned(_edge(edge, curved), tilt)
        sketch.marks.append(Stroke(line, "compass", "line" if seven else "heavy"))
    if not seven and number % 2:
        sketch.line(polar(_ORIGIN, -1, tilt), polar(_ORIGIN, 1, tilt), "rubric")
    if number % 4 == 0:
        sketch.line(polar(_ORIGIN, -1, tilt - 24), polar(_ORIGIN, 1, tilt - 24), "rubric")
    sketch.circle(_ORIGIN, 1.0, "heavy")
    if number % 2 == 0:
        sketch.ring(_ORIGIN, 1.0, 1.14, "water")
        sketch.circle(_ORIGIN, 1.14)
    _zone_names(sketch, edges, roles, tilt, curved=curved)
    _poles(sketch, tilt, seven=seven)
    what = "Seven climates" if seven else "Five zones"
    lines = "curved" if curved else "straight"
    sea = ", girt by the ocean" if number % 2 == 0 else ""
    return sketch.scene(f"{what} of the earth, {lines}, pole at {90 + tilt} degrees{sea}")


def _edge(level: float, curved: bool) -> Points:
    """A parallel, untilted; curved ones bend away from the equator."""
    wide = float(np.sqrt(1 - level**2))
    x = np.linspace(-wide, wide, 40)
    bow = -0.28 * level * (1 - (x / max(wide, 1e-6)) ** 2) if curved else np.zeros_like(x)
    return np.stack([x, -level - bow], axis=1)


def _zone(low: float, high: float, curved: bool) -> Points:
    """What lies between two parallels."""
    below, above = (float(angle) for angle in np.degrees(np.arcsin([low, high])))
    right = arc(_ORIGIN, 1.0, below, above)
    left = arc(_ORIGIN, 1.0, 180 - above, 180 - below)
    return np.concatenate([_edge(low, curved), right, _edge(high, curved)[::-1], left])


def _zone_names(
    sketch: Sketch, edges: list[float], roles: list[str], tilt: float, *, curved: bool
) -> None:
    seven = len(roles) > 3
    turn = tilt if abs(tilt) < 80 else 90
    bow = 0.9 if curved else 1.0

    def put(x: float, level: float, text: str, size: float) -> None:
        at = turned(np.array([[x, -level]]), tilt)[0]
        sketch.label((float(at[0]), float(at[1])), text, size=size, turn=turn)

    for place, role in enumerate(roles):
        level = (edges[place] + edges[place + 1]) / 2 * bow
        numbered = seven and place > 0
        put(0.0, level, f"#{place}" if numbered else role, 0.95 if seven else 1.25)
    if seven:
        put(0.0, -0.52, "south", 0.85)
        put(-0.42, edges[-2] - 0.055, "clime", 0.85)


def _poles(sketch: Sketch, tilt: float, *, seven: bool) -> None:
    turn = tilt if abs(tilt) < 80 else 90
    for sign, pole in ((1, "arctic"), (-1, "antarctic")):
        inside = polar(_ORIGIN, sign * 0.89, 90 + tilt)
        sketch.label(inside, pole if seven else "cold", turn=turn, size=0.85)
        sketch.label(polar(_ORIGIN, sign * 1.24, 90 + tilt), pole, role="rubric")
    far = 1.36 if abs(tilt) < 50 else 1.24
    sketch.label(polar(_ORIGIN, far, tilt), "east", role="rubric")
    sketch.label(polar(_ORIGIN, -far, tilt), "west", role="rubric")


def table(rng: np.random.Generator, number: int) -> Scene:
    """Tables of numbers: ruled, arcaded or stepped."""
    sketch = Sketch()
    columns = (5, 7, 4, 8, 6, 10, 3, 9, 5, 6, 7, 4)[number % 12]
    rows = (8, 10, 12, 7, 14, 9, 10, 12, 6, 16, 8, 9)[number % 12]
    wide, high, head = 0.3 if columns < 7 else 0.24, 0.17, 0.24
    stepped = number % 6 == 3
    arcaded = number % 3 == 0 and not stepped
    steps = rng.permutation([7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47])[:columns]
    values = (steps * np.arange(1, rows + 1)[:, None] + 7) % 60
    for row in range(rows):
        last = min(columns, row * columns // rows + 2) if stepped else columns
        for column in range(last):
            cell = box(
                column * wide, head + row * high, (column + 1) * wide, head + (row + 1) * high
            )
            if (row + column * (number % 2)) % 2 == 0:
                sketch.fill("pale", cell)
            counted = (row + 1) * (3 if number % 2 else 1)
            text = f"#{values[row, column]}" if column else f"#{counted}"
            red = column == 0 or (number % 4 == 1 and row % 5 == 4)
            middle = (column + 0.5) * wide, head + (row + 0.5) * high
            sketch.label(middle, text, role="rubric" if red else "ink", size=0.85)
    _rule(sketch, columns, rows, (wide, high, head), stepped=stepped, arcaded=arcaded)
    _heads(sketch, number, columns, (wide, head), stepped=stepped, arcaded=arcaded)
    if arcaded:
        frame = box(-0.07, -0.3, columns * wide + 0.07, head + rows * high + 0.07)
        sketch.path(frame, "heavy", closed=True)
    what = "arcaded" if arcaded else ("stepped" if stepped else "ruled")
    subjects = ["mean motions", "chords", "declinations", "ascensions", "eclipses", "equations"]
    return sketch.scene(f"Table of {pick(rng, subjects)}, {columns} by {rows}, {what}")


def _rule(
    sketch: Sketch,
    columns: int,
    rows: int,
    measures: tuple[float, float, float],
    *,
    stepped: bool,
    arcaded: bool,
) -> None:
    """The lines of a table."""
    wide, high, head = measures
    total, bottom = columns * wide, head + rows * high
    for row in range(rows + 1):
        right = min(total, (row * columns // rows + 2) * wide) if stepped else total
        role = "heavy" if row in (0, rows) else ("fine" if row % 3 else "line")
        sketch.line((0, head + row * high), (right, head + row * high), role)
    for column in range(columns + 1):
        top = 0.12 if arcaded else 0.0
        if stepped and column > 1:
            top = head + max(0, (column - 2) * rows // columns + 1) * high
        sketch.line((column * wide, top), (column * wide, bottom))
    if not arcaded and not stepped:
        sketch.path(box(0, 0, total, bottom), "heavy", closed=True)


def _heads(
    sketch: Sketch,
    number: int,
    columns: int,
    measures: tuple[float, float],
    *,
    stepped: bool,
    arcaded: bool,
) -> None:
    """The heads of the columns, in boxes or under arches with stars."""
    wide, head = measures
    for column in range(columns):
        left, middle = column * wide, (column + 0.5) * wide
        if arcaded:
            arch = arc((middle, 0.12), wide / 2, 0, 180, 1.15)
            foot = np.array([(left, head), (left + wide, head)])
            sketch.fill(("a", "sky", "b")[column % 3], np.concatenate([arch, foot]))
            sketch.freehand(arch)
            sketch.body("star", (middle, -0.18), 0.045)
        else:
            cell = box(left, 0, left + wide, head)
            sketch.fill(("a", "sky")[column % 2], cell)
            if stepped:
                sketch.path(cell, closed=True)
        size = 0.66 if columns > 6 else 0.76
        sketch.label((middle, 0.13), _HEADS[(column + number) % 10], size=size, role="rubric")
