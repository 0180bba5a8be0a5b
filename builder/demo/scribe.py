"""Copying: what changes when a design passes through a scribe's hands into a manuscript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from builder.demo.chance import Points, between
from builder.demo.scenes import Body, Dot, Field, Label, Mark, Scene, Stroke
from builder.demo.symmetry import same_orientations, shows

_MIRRORED, _TURNED = 0.16, 0.12
"""Shares of copies that a scribe mirrors, and that are cut from a turned page."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Copy:
    """A design in a manuscript, before it is painted."""

    scene: Scene
    mirrored: bool
    turns: int
    """Quarter turns with the clock, given to the finished picture."""
    tilt: float
    """Small turn against the clock in degrees."""
    margins: Box
    """What the cut leaves around the figure, in its unit; negative where it cuts into it."""
    coloured: bool
    changes: tuple[str, ...]
    drawn: tuple[float, ...] = (1, 0, 0, 0, 1, 0)
    """The affine map, by row, that best says how the hand stretched and bent the design."""

    def placed(self, points: Points) -> Points:
        """Where points of the design stand on the page, in its unit."""
        linear = np.array(self.drawn).reshape(2, 3)
        own: Points = points @ linear[:, :2].T + linear[:, 2]
        return np.asarray(own * (-1.0, 1.0)) if self.mirrored else own

    @property
    def orientation(self) -> int:
        """0 to 3: turned by 0, 90, 180, 270 degrees with the clock; 4 to 7: mirrored first."""
        return 4 * self.mirrored + self.turns


def copy(scene: Scene, rng: np.random.Generator, orientation: int | None = None) -> Copy:
    """A scribe's copy of a design.

    A design that would look the same, or not tell which way it was turned, stays upright.

    Args:
        scene: the design.
        rng: the copy's own chance.
        orientation: forces the orientation; every other choice stays as it would be.
    """
    mirrored = bool(rng.random() < _MIRRORED)
    turns = int(rng.integers(1, 4)) if rng.random() < _TURNED else 0
    if orientation is None and not shows(4 * mirrored + turns, same_orientations(scene)):
        mirrored, turns = False, 0
    if orientation is not None:
        mirrored, turns = orientation >= 4, orientation % 4
    changes: list[str] = []
    marks = _bodies(scene.marks, rng)
    marks = _omit(marks, rng, changes)
    marks = _letters(marks, rng, changes)
    marks, drawn = _stretch(marks, rng, changes)
    coloured = bool(rng.random() > 0.07)
    if not coloured:
        changes.append("left uncoloured")
    tilt = round(float(np.clip(rng.normal(0, 2.4), -7, 7)), 2) if rng.random() < 0.75 else 0.0
    margins = _margins(rng, changes)
    if mirrored:
        marks = tuple(_mirror(mark) for mark in marks)
    scene = Scene(scene.title, marks)
    return Copy(scene, mirrored, turns, tilt, margins, coloured, tuple(changes), drawn)


def moved(mark: Mark, place: Callable[[Points], Points]) -> Mark:
    """A mark with all its points moved."""
    if isinstance(mark, Field):
        return replace(mark, contours=tuple(place(points) for points in mark.contours))
    if isinstance(mark, Stroke):
        return replace(mark, points=place(mark.points))
    if isinstance(mark, Dot):
        return Dot(place(mark.at))
    return replace(mark, at=place(mark.at))


def bounds(scene: Scene) -> Box:
    """The box of a figure with its labels."""
    lows, highs = [], []
    for mark in scene.marks:
        for points, grow in _extents(mark):
            lows.append(points.min(axis=0) - grow)
            highs.append(points.max(axis=0) + grow)
    low, high = np.min(lows, axis=0), np.max(highs, axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _extents(mark: Mark) -> list[tuple[Points, float]]:
    if isinstance(mark, Field):
        return [(points, 0.0) for points in mark.contours]
    if isinstance(mark, Stroke):
        return [(mark.points, 0.02)]
    if isinstance(mark, Body):
        return [(mark.at[:1], mark.radius * (1.16 if mark.kind == "sun" else 1.0))]
    if isinstance(mark, Label):
        middle = len(mark.at) // 2
        return [(mark.at[middle : middle + 1], 0.06 * mark.size)]
    return [(mark.at, 0.0)]


def _mirror(mark: Mark) -> Mark:
    """Left and right exchanged; writing stays legible."""
    flipped = moved(mark, lambda points: points * (-1.0, 1.0))
    if isinstance(flipped, Label):
        return replace(flipped, at=flipped.at[::-1], turn=-flipped.turn)
    return flipped


def _bodies(marks: tuple[Mark, ...], rng: np.random.Generator) -> tuple[Mark, ...]:
    scale = between(rng, 0.9, 1.1)
    return tuple(
        replace(mark, radius=mark.radius * scale)
        if isinstance(mark, Body) and mark.kind in ("sun", "star", "planet")
        else mark
        for mark in marks
    )


def _omit(
    marks: tuple[Mark, ...], rng: np.random.Generator, changes: list[str]
) -> tuple[Mark, ...]:
    """A circle or a line is left out."""
    spare = [place for place, mark in enumerate(marks) if isinstance(mark, Stroke) and mark.spare]
    left_out: set[int] = set()
    if spare and rng.random() < 0.38:
        place = spare[int(rng.integers(len(spare)))]
        left_out.add(place)
        mark = marks[place]
        closed = isinstance(mark, Stroke) and mark.closed
        changes.append("a circle left out" if closed else "a line left out")
    return tuple(mark for place, mark in enumerate(marks) if place not in left_out)


def _letters(
    marks: tuple[Mark, ...], rng: np.random.Generator, changes: list[str]
) -> tuple[Mark, ...]:
    """Letters are moved, forgotten or put in another order."""
    letters = [mark.text for mark in marks if isinstance(mark, Label) and mark.letter]
    way = rng.random()
    if way < 0.05:
        changes.append("no writing entered")
        return tuple(mark for mark in marks if not isinstance(mark, Label))
    order = list(letters)
    if letters and way > 0.72:
        order = [letters[int(k)] for k in rng.permutation(len(letters))]
        changes.append("letters in another order")
    forget = 0.18 if 0.5 < way < 0.72 else 0.0
    stray = 0.05 if way > 0.35 else 0.012
    if letters and forget:
        changes.append("letters missing")
    if letters and way > 0.35:
        changes.append("letters moved")
    kept: list[Mark] = []
    for mark in marks:
        if not isinstance(mark, Label):
            kept.append(mark)
            continue
        jump, lost = rng.normal(0, 1, 2), rng.random()
        if not mark.letter:
            shift = jump * 0.008 if len(mark.at) == 1 else jump * 0.0
            kept.append(replace(mark, at=mark.at + shift))
            continue
        text = order.pop(0)
        if lost >= forget:
            kept.append(replace(mark, text=text, at=mark.at + jump * stray * 0.6))
    return tuple(kept)


def _stretch(
    marks: tuple[Mark, ...], rng: np.random.Generator, changes: list[str]
) -> tuple[tuple[Mark, ...], tuple[float, ...]]:
    """The figure is pressed a little, as on a curved page, and drawn with a slight drift.

    Returns:
        The marks, and the affine map that says best where their lines went, by row.
    """
    press = between(rng, 0.94, 1.06) if rng.random() < 0.3 else between(rng, 0.985, 1.015)
    if abs(press - 1) > 0.025:
        changes.append("stretched" if press > 1 else "pressed together")
    phase, drift = rng.random(2) * 6.28, between(rng, 0.002, 0.012)

    def place(points: Points) -> Points:
        x, y = points[:, 0], points[:, 1]
        warped = np.stack(
            [x + drift * np.sin(1.7 * y + phase[0]), y + drift * np.sin(1.9 * x + phase[1])], axis=1
        )
        return np.asarray(warped * (press, 1 / press))

    return tuple(moved(mark, place) for mark in marks), _affine(marks, place)


def _affine(marks: tuple[Mark, ...], place: Callable[[Points], Points]) -> tuple[float, ...]:
    """The affine map nearest to another on the lines of a figure, by least squares."""
    lines = [points for mark in marks for points, _ in _extents(mark) if isinstance(mark, Stroke)]
    points = np.concatenate(lines or [points for mark in marks for points, _ in _extents(mark)])
    known = np.hstack([points, np.ones((len(points), 1))])
    found = np.linalg.lstsq(known, place(points), rcond=None)[0]
    return tuple(float(value) for value in found.T.ravel())


def _margins(rng: np.random.Generator, changes: list[str]) -> Box:
    """Where the picture is cut from the page."""
    wide = 0.14 if rng.random() < 0.75 else 0.34
    sides = [between(rng, 0.03, wide) for _ in range(4)]
    if rng.random() < 0.14:
        side = int(rng.integers(4))
        sides[side] = -between(rng, 0.12, 0.3)
        changes.append(f"cut off {('at the left', 'above', 'at the right', 'below')[side]}")
    left, top, right, bottom = (round(side, 3) for side in sides)
    return left, top, right, bottom
