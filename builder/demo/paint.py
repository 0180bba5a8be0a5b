"""Painting: a scribe's copy becomes a picture in the manner of its manuscript."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.demo import page as pages
from builder.demo.bodies import Brush, draw_body
from builder.demo.chance import Points, between
from builder.demo.colour import compose
from builder.demo.letters import along, placed, write
from builder.demo.manuscripts import Manuscript
from builder.demo.pen import FINER, Canvas, pressed, resampled, unsteady
from builder.demo.scenes import Body, Dot, Field, Label, Stroke
from builder.demo.scribe import Box, Copy, bounds
from builder.demo.shapes import XY, box, turned
from builder.demo.words import say

Picture = NDArray[np.uint8]
"""Shape (h, w, 3), red, green, blue."""


@dataclass(frozen=True)
class Frame:
    """From the unit of designs to pixels of the canvas."""

    middle: XY
    scale: float
    tilt: float
    size: tuple[int, int]
    """Width and height of the image in pixels."""

    def __call__(self, points: Points) -> Points:
        """Where points of the page are on the canvas."""
        centre = np.array(self.size) * FINER / 2
        return turned(points - self.middle, self.tilt) * self.scale + centre


def paint(
    copy: Copy, book: Manuscript, long_side: int, rng: np.random.Generator
) -> tuple[Picture, Frame]:
    """The picture of a copy, and the frame in which it was painted before it was turned.

    Args:
        copy: what the scribe makes of the design.
        book: the manuscript it stands in.
        long_side: longer side of the picture in pixels.
        rng: the copy's own chance.
    """
    figure = bounds(copy.scene)
    panel = bool(book.panel) and copy.coloured and rng.random() < 0.45
    grow = 0.14 if panel else 0.0
    figure = figure[0] - grow, figure[1] - grow, figure[2] + grow, figure[3] + grow
    left, top, right, bottom = copy.margins
    crop = figure[0] - left, figure[1] - top, figure[2] + right, figure[3] + bottom
    frame = framed(crop, long_side, copy.tilt)
    canvas = Canvas(*frame.size, pigments(book))
    width = book.line * frame.scale * between(rng, 0.9, 1.15)
    brush = Brush(canvas, book, width, rng, copy.coloured)
    if panel:
        _panel(brush, figure, frame)
    page = pages.around(figure, crop, book, rng)
    draw_writing(canvas, page.writing, book, frame)
    for mark in copy.scene.marks:
        _draw(brush, mark, frame)
    ruling = [frame(line) for line in page.ruling]
    sheet = compose(canvas, book, rng, ruling, frame.scale / FINER)
    return np.ascontiguousarray(np.rot90(sheet, -copy.turns)), frame


def framed(crop: Box, long_side: int, tilt: float) -> Frame:
    """The frame that shows a box of the page at a size."""
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    scale = long_side / max(wide, high)
    size = max(120, round(wide * scale)), max(120, round(high * scale))
    middle = (crop[0] + crop[2]) / 2, (crop[1] + crop[3]) / 2
    return Frame(middle, scale * FINER, tilt, size)


def draw_writing(
    canvas: Canvas, writing: tuple[pages.Writing, ...], book: Manuscript, frame: Frame
) -> None:
    """Lines of writing on the canvas."""
    for item in writing:
        words = item.words.at(frame(item.words.points))
        canvas.write(item.layer, words, item.size * frame.scale, book.hand, frame.tilt)


def pigments(book: Manuscript) -> list[str]:
    """The pigments that a manuscript may use."""
    names = [
        name for name in (*book.fills.values(), book.panel, "white") if name not in ("", "hatch")
    ]
    return sorted(set(names))


def _draw(brush: Brush, mark: object, frame: Frame) -> None:
    if isinstance(mark, Field):
        _field(brush, mark, frame)
    elif isinstance(mark, Stroke):
        _stroke(brush, mark, frame)
    elif isinstance(mark, Label):
        _label(brush, mark, frame)
    elif isinstance(mark, Body):
        centre, light = frame(mark.at)
        at = (float(centre[0]), float(centre[1]))
        source = (float(light[0]), float(light[1]))
        draw_body(brush, mark.kind, at, mark.radius * frame.scale, source, mark.lit)
    elif isinstance(mark, Dot):
        _dot(brush, frame(mark.at))


def _field(brush: Brush, mark: Field, frame: Frame) -> None:
    contours = [frame(points) for points in mark.contours]
    pigment = brush.pigment(mark.role)
    if pigment == "hatch":
        if len(contours) == 1:
            brush.hatch(contours[0])
        else:
            _hatched_ring(brush, contours)
        return
    if mark.role not in brush.book.fills:
        return
    brush.canvas.fill(pigment, contours)


def _hatched_ring(brush: Brush, contours: list[Points]) -> None:
    """Short lines across the space between two contours."""
    outer, inner = (resampled(points, 3.0, True) for points in contours[:2])
    step = max(1, round(brush.width * 2.4 / 3.0))
    for point in outer[::step]:
        away = np.hypot(*(inner - point).T)
        nearest = int(np.argmin(away))
        if away[nearest] > brush.width * 1.2:
            brush.line(np.array([point, inner[nearest]]), share=0.9)


def _stroke(brush: Brush, mark: Stroke, frame: Frame) -> None:
    book, rng = brush.book, brush.rng
    layer = "rubric" if mark.role == "rubric" and book.red_lines else "ink"
    share = {"fine": 0.66, "heavy": 1.0, "rubric": 0.85, "dotted": 0.7}.get(mark.role, 1.0)
    points = frame(mark.points)
    if mark.tool == "ruler" and len(points) == 2:
        points = _overshoot(points, brush)
    stray = {"compass": 0.18, "ruler": 0.22, "hand": 0.7}[mark.tool] * book.wobble * brush.width
    points = unsteady(resampled(points, 5.0, mark.closed), stray, between(rng, 260, 520), rng)
    if mark.role == "dotted" and book.dotted != "plain":
        _dotted(brush, points, mark.closed, layer)
        return
    if mark.role == "heavy" and book.heavy == "double" and mark.closed:
        for shift in (-1.25, 1.25):
            _along(brush, _shifted(points, shift * brush.width), 0.75, layer, mark)
        return
    if mark.role == "heavy" and book.heavy == "thick":
        share = 1.55
    _along(brush, points, share, layer, mark)


def _along(brush: Brush, points: Points, share: float, layer: str, mark: Stroke) -> None:
    taper = mark.tool == "hand" and not mark.closed
    swell = brush.book.swell * {"compass": 0.55, "ruler": 0.8, "hand": 1.0}[mark.tool]
    widths = pressed(points, brush.width * share, swell, brush.rng, taper)
    if mark.closed and mark.tool == "compass":
        # A compass ends a little beside where it began.
        turn = int(brush.rng.integers(len(points)))
        points, widths = np.roll(points, turn, axis=0), np.roll(widths, turn)
        gap = brush.rng.normal(0, 0.28 * brush.book.wobble * brush.width, 2)
        points = points + np.linspace(0, 1, len(points))[:, None] ** 3 * gap
        lap = max(2, len(points) // 60)
        points, widths = (
            np.concatenate([points, points[:lap]]),
            np.concatenate([widths, widths[:lap]]),
        )
        brush.canvas.ribbon(layer, points, widths, False)
        return
    brush.canvas.ribbon(layer, points, widths, mark.closed)


def _overshoot(points: Points, brush: Brush) -> Points:
    """A ruled line runs a little too far, or not far enough."""
    reach = brush.rng.normal(0.25, 0.9, 2) * brush.width * brush.book.wobble
    along_it = points[1] - points[0]
    unit = along_it / (np.hypot(*along_it) + 1e-9)
    return np.array([points[0] - unit * reach[0], points[1] + unit * reach[1]])


def _shifted(points: Points, distance: float) -> Points:
    tangent = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
    norm = np.hypot(tangent[:, 0], tangent[:, 1])[:, None] + 1e-9
    return points + np.stack([-tangent[:, 1], tangent[:, 0]], axis=1) / norm * distance


def _dotted(brush: Brush, points: Points, closed: bool, layer: str) -> None:
    gap = brush.width * (3.0 if brush.book.dotted == "dots" else 6.0)
    spots = resampled(points, gap, closed)
    if brush.book.dotted == "dots":
        shaken = spots + brush.rng.normal(0, 0.15 * brush.width, spots.shape)
        brush.canvas.dots("rubric" if brush.book.red_lines else layer, shaken, brush.width * 0.62)
        return
    for start, end in pairwise(spots):
        brush.line(np.array([start, start + (end - start) * 0.55]), layer, share=0.75)


def _label(brush: Brush, mark: Label, frame: Frame) -> None:
    book = brush.book
    hand = book.hand
    size = book.letter * mark.size * frame.scale * (1.3 if mark.letter else 1.05)
    text = say(mark.text, hand.language, capitals=hand.capitals, roman=hand.roman)
    written = write(text, hand)
    line = frame(mark.at)
    layer = "rubric" if mark.role == "rubric" and not _on_red(brush, line) else "ink"
    if len(line) == 1:
        at = (float(line[0, 0]), float(line[0, 1]))
        turn = mark.turn + frame.tilt
        strokes = placed(written, at, size, turn)
        brush.canvas.write(layer, strokes, size, hand, turn)
        return
    steps = np.hypot(*np.diff(line, axis=0).T)
    room = float(steps.sum()) * 0.94
    size = min(size, room / max(written.width, 1e-6))
    middle = len(line) // 2
    dx, dy = line[middle] - line[middle - 1]
    turn = float(np.degrees(np.arctan2(-dy, dx)))
    brush.canvas.write(layer, along(written, line, size), size, hand, turn)


def _on_red(brush: Brush, line: Points) -> bool:
    """Whether a label stands on a red field, where red writing would be lost."""
    x, y = np.rint(line[len(line) // 2]).astype(int)
    high, wide = brush.canvas.shape
    if not (0 <= x < wide and 0 <= y < high):
        return False
    reds = (
        "vermilion",
        "minium",
        "madder",
        "umber",
        "sap green",
        "verdigris",
        "malachite",
        "azurite",
        "slate",
    )
    return any(
        brush.canvas.fields[name][y, x] > 127 for name in reds if name in brush.canvas.fields
    )


def _dot(brush: Brush, at: Points) -> None:
    brush.canvas.dots("ink", at, brush.width * between(brush.rng, 0.75, 1.05))
    if brush.rng.random() < brush.book.holes * 0.35:
        ring = at + brush.rng.normal(0, brush.width * 0.4, at.shape)
        brush.canvas.dots("ink", ring, brush.width * 0.6)


def _panel(brush: Brush, figure: Box, frame: Frame) -> None:
    """A painted field behind the figure with a frame of gold and red."""
    corners = box(*figure)
    brush.canvas.fill("vermilion", [frame(corners)])
    inner = box(figure[0] + 0.02, figure[1] + 0.02, figure[2] - 0.02, figure[3] - 0.02)
    brush.canvas.fill("gold", [frame(inner)])
    inner = box(figure[0] + 0.06, figure[1] + 0.06, figure[2] - 0.06, figure[3] - 0.06)
    brush.canvas.fill(brush.book.panel, [frame(inner)])
    for edge in (corners, inner):
        brush.line(frame(edge), share=0.8, closed=True)
