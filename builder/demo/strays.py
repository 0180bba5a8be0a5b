"""False detections: cuts that hold no diagram, as an eager program makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from builder.demo.bodies import Brush
from builder.demo.chance import Points, between
from builder.demo.colour import compose
from builder.demo.letters import curve, write
from builder.demo.manuscripts import Manuscript
from builder.demo.page import around, block
from builder.demo.paint import Frame, Picture, draw_writing, framed, pigments
from builder.demo.pen import FINER, Canvas
from builder.demo.shapes import XY, box, ellipse, polar, regular
from builder.demo.words import say

SORTS = ("blank", "text", "smudge", "ornament")


def stray(sort: str, book: Manuscript, long_side: int, rng: np.random.Generator) -> Picture:
    """A picture of one of SORTS from a manuscript; shape (h, w, 3)."""
    wide, high = between(rng, 1.0, 2.0), between(rng, 0.8, 1.8)
    frame = framed((0.0, 0.0, wide, high), long_side, between(rng, -2.5, 2.5))
    canvas = Canvas(*frame.size, pigments(book))
    brush = Brush(canvas, book, book.line * frame.scale, rng)
    _SORTS[sort](brush, frame, (wide, high))
    page = around((0.1, 0.0, wide - 0.1, 0.0), (0.0, 0.0, wide, high), replace(book, text=0.0), rng)
    ruling = [frame(line) for line in page.ruling]
    through = replace(book, ground=replace(book.ground, through=book.ground.through * 1.3))
    return compose(canvas, through, rng, ruling, frame.scale / FINER)


def _blank(brush: Brush, frame: Frame, size: tuple[float, float]) -> None:
    """Nothing, or the tip of a line of writing."""
    if brush.rng.random() < 0.4:
        below = size[1] - 0.01
        lines = block(brush.rng, brush.book, (between(brush.rng, -0.4, 0.5), below), size[0], 1)
        draw_writing(brush.canvas, tuple(lines), brush.book, frame)


def _text(brush: Brush, frame: Frame, size: tuple[float, float]) -> None:
    """A piece of a column, often with an initial."""
    leading = brush.book.letter * 3.1
    left = between(brush.rng, -0.3, 0.12)
    lines = int(size[1] / leading) + 2
    initial = brush.rng.random() < 0.6
    top = between(brush.rng, 0.05, 0.2)
    right = size[0] + between(brush.rng, -0.1, 0.5)
    if brush.book.hand.language in ("arabic", "hebrew"):
        left, right = size[0] - right, size[0] - left
    found = block(brush.rng, brush.book, (left, top), right, lines, initial=initial)
    draw_writing(brush.canvas, tuple(found), brush.book, frame)


def _smudge(brush: Brush, frame: Frame, size: tuple[float, float]) -> None:
    """Ink spilt, spattered or wiped."""
    rng = brush.rng
    centre = (size[0] * between(rng, 0.35, 0.65), size[1] * between(rng, 0.35, 0.65))
    reach = min(size) * between(rng, 0.12, 0.3)
    angles = np.arange(0, 360, 8.0)
    bumps = reach * (1 + 0.22 * rng.normal(size=len(angles)).cumsum() / 4)
    bumps = bumps - (bumps[-1] - bumps[0]) * np.linspace(0, 1, len(angles))
    rim = [
        polar(centre, max(float(r), reach * 0.3), float(a))
        for r, a in zip(bumps, angles, strict=True)
    ]
    layer = "rubric" if rng.random() < 0.25 else "ink"
    if rng.random() < 0.6:
        brush.canvas.area(layer, frame(curve(np.array(rim), closed=True)))
    for _ in range(int(rng.integers(12, 60))):
        at = polar(
            centre, reach * (0.8 + 2.2 * float(rng.random()) ** 2), 360 * float(rng.random())
        )
        radius = reach * 0.16 * float(rng.random()) ** 3 + 0.004
        brush.canvas.area(layer, frame(ellipse(at, radius, radius * between(rng, 0.7, 1.0))))
    if rng.random() < 0.7:
        _wiped(brush, frame, centre, reach, layer)


def _wiped(brush: Brush, frame: Frame, centre: XY, reach: float, layer: str) -> None:
    """Streaks where a sleeve went over wet ink."""
    rng = brush.rng
    angle = 360 * float(rng.random())
    smear = np.zeros_like(brush.canvas.lines[layer])
    for _ in range(60):
        start = polar(centre, reach * between(rng, -1, 1), angle + 90)
        end = polar(start, reach * between(rng, 0.8, 3.4), angle + between(rng, -6, 6))
        points = np.rint(frame(np.array([start, end])) * 16).astype(np.int32)
        shade, width = int(between(rng, 15, 80)), max(1, int(between(rng, 2, 22)))
        cv2.polylines(smear, [points], False, shade, width, cv2.LINE_AA, 4)
    smear = np.asarray(cv2.GaussianBlur(smear, (0, 0), 7), np.uint8)
    np.maximum(brush.canvas.lines[layer], smear, out=brush.canvas.lines[layer])


def _ornament(brush: Brush, frame: Frame, size: tuple[float, float]) -> None:
    """A large initial with penwork, a vine or a rosette."""
    way = brush.rng.random()
    if way < 0.4 and brush.book.hand.language in ("latin", "greek"):
        _initial(brush, frame, size)
    elif way < 0.7:
        _vine(brush, frame, size)
    else:
        _rosette(brush, frame, size)


def _initial(brush: Brush, frame: Frame, size: tuple[float, float]) -> None:
    book, rng = brush.book, brush.rng
    hand = replace(book.hand, capitals=True, nib=0.34, hair=0.07, round=True, angle=25.0)
    letter = write(say(f"@{int(rng.integers(18))}", hand.language, capitals=True), hand)
    tall = min(size[1] * 0.62, size[0] * 0.5)
    unit = tall / 1.4
    left, base = size[0] * 0.22, size[1] * 0.5 + tall / 2
    pad = unit * 0.3
    square = box(left - pad, base - tall - pad, left + letter.width * unit + pad, base + pad)
    brush.fill("sky", frame(square))
    brush.line(frame(square), closed=True)
    for step in range(5):
        x = left - pad - 0.02 - 0.012 * step
        wave = np.linspace(base - tall * 1.25, base + tall * 0.3, 26)
        swing = 0.018 * np.sin(np.arange(26) * 1.1 + step)
        brush.line(frame(curve(np.stack([x + swing, wave], axis=1))), "rubric", share=0.6)
    words = letter.at(frame(letter.points * unit + (left, base)))
    brush.canvas.write("rubric", words, unit * frame.scale, hand, frame.tilt)
    lines = block(rng, book, (square[1][0] + 0.06, square[0][1] + 0.1), size[0] + 0.4, 6)
    draw_writing(brush.canvas, tuple(lines), book, frame)


def _vine(brush: Brush, frame: Frame, size: tuple[float, float]) -> None:
    rng = brush.rng
    x = np.linspace(-0.1, size[0] + 0.1, 40)
    swing, length = size[1] * between(rng, 0.16, 0.26), between(rng, 0.5, 0.8)
    stem = np.stack([x, size[1] / 2 + swing * np.sin(2 * np.pi * x / length)], axis=1)
    brush.line(frame(stem), share=1.5)
    for place in range(1, 39, 2):
        at = (float(stem[place, 0]), float(stem[place, 1]))
        for side in (60, -60):
            angle = side + between(rng, -25, 25)
            leaf = _leaf(at, swing * between(rng, 0.45, 0.8), angle)
            brush.fill(("c", "a", "b")[place % 3], frame(leaf))
            brush.line(frame(leaf), share=0.8, closed=True)
    for place in range(4, 38, 6):
        at = (float(stem[place, 0]), size[1] - float(stem[place, 1]))
        spot = frame(ellipse(at, 0.03, 0.03))
        brush.fill("sun", spot)
        brush.line(spot, "rubric", closed=True)


def _leaf(at: XY, length: float, angle: float) -> Points:
    tip = polar(at, length, angle)
    left, right = polar(at, length * 0.5, angle + 24), polar(at, length * 0.5, angle - 24)
    return np.concatenate([curve(np.array([at, left, tip])), curve(np.array([tip, right, at]))])


def _rosette(brush: Brush, frame: Frame, size: tuple[float, float]) -> None:
    centre, radius = (size[0] / 2, size[1] / 2), min(size) * 0.38
    petals = int(brush.rng.integers(8, 17))
    for ring, role in ((1.0, "a"), (0.72, "b"), (0.44, "c")):
        angles = np.arange(0, 360, 3.0)
        swell = radius * ring * (0.88 + 0.12 * np.abs(np.sin(np.radians(angles * petals / 2))))
        rim = np.array(
            [polar(centre, float(r), float(a)) for r, a in zip(swell, angles, strict=True)]
        )
        brush.fill(role, frame(rim))
        brush.line(frame(rim), closed=True)
        spots = frame(regular(centre, radius * (ring - 0.14), petals))
        brush.canvas.dots("rubric" if role != "c" else "ink", spots, brush.width * 0.9)
    for ray in range(petals):
        angle = 90 + 360 / petals * ray
        tail = np.array([polar(centre, radius * 1.02, angle), polar(centre, radius * 1.2, angle)])
        brush.line(frame(tail), "rubric", share=0.7)


_SORTS: dict[str, Callable[[Brush, Frame, tuple[float, float]], None]] = {
    "blank": _blank,
    "text": _text,
    "smudge": _smudge,
    "ornament": _ornament,
}
