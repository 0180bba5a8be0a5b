"""Suns, moons, earths, stars and planets, as each manuscript is used to draw them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from builder.demo.chance import Points, between
from builder.demo.letters import curve
from builder.demo.manuscripts import Manuscript
from builder.demo.pen import Canvas, pressed, resampled, unsteady
from builder.demo.shapes import XY, ellipse, polar, regular, turned


@dataclass(frozen=True)
class Brush:
    """What a body is drawn with: the canvas, the manuscript and its measures in pixels."""

    canvas: Canvas
    book: Manuscript
    width: float
    rng: np.random.Generator
    coloured: bool = True

    def line(
        self,
        points: Points,
        layer: str = "ink",
        *,
        share: float = 1.0,
        closed: bool = False,
        tool: str = "hand",
    ) -> None:
        """A line by hand; `tool` is "" for a part of something, such as a stroke of hatching."""
        if tool:
            self.canvas.trace(points, closed, tool, points if tool == "ruler" else None)
        points = resampled(points, 4.0, closed)
        points = unsteady(points, self.width * 0.12 * self.book.wobble, 90, self.rng)
        widths = pressed(points, self.width * share, self.book.swell * 0.6, self.rng, not closed)
        self.canvas.ribbon(layer, points, widths, closed)

    def pigment(self, role: str) -> str:
        """What the manuscript colours a role with, "" for nothing."""
        return self.book.fills.get(role, "") if self.coloured else ""

    def fill(self, role: str, contour: Points) -> None:
        """Colour a region by its role, or hatch it."""
        pigment = self.pigment(role)
        if pigment == "hatch":
            self.hatch(contour)
        else:
            self.canvas.fill(pigment, [contour])

    def hatch(self, contour: Points, angle: float = 35.0) -> None:
        """Fill a region with parallel lines."""
        flat = turned(contour, -angle)
        step = self.width * 2.6
        for level in np.arange(flat[:, 1].min() + step / 2, flat[:, 1].max(), step):
            crossings = _crossings(flat, float(level))
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                if right - left > self.width:
                    segment = np.array([[left, level], [right, level]])
                    self.line(turned(segment, angle), share=0.75, tool="")


def _crossings(polygon: Points, level: float) -> list[float]:
    """Where a level line cuts a polygon, from left to right."""
    after = np.roll(polygon, -1, axis=0)
    cut = (polygon[:, 1] <= level) != (after[:, 1] <= level)
    start, end = polygon[cut], after[cut]
    share = (level - start[:, 1]) / (end[:, 1] - start[:, 1])
    return sorted((start[:, 0] + share * (end[:, 0] - start[:, 0])).tolist())


def draw_body(brush: Brush, kind: str, at: XY, radius: float, light: XY, lit: float) -> None:
    """Draw a body at a point; `radius` in pixels, `light` the direction its light comes from."""
    if kind == "sun":
        _SUNS[brush.book.sun](brush, at, radius)
    elif kind in ("moon", "shade"):
        _moon(brush, at, radius, light, lit if kind == "moon" else 0.0)
    elif kind == "earth":
        _earth(brush, at, radius)
    elif kind == "star":
        _star(brush, at, radius)
    else:
        _planet(brush, at, radius)


def _disc(brush: Brush, role: str, at: XY, radius: float, layer: str = "ink") -> None:
    outline = ellipse(at, radius, radius)
    brush.canvas.clear(outline)
    brush.fill(role, outline)
    brush.line(outline, layer, closed=True)


def _red(brush: Brush) -> str:
    return "rubric" if brush.book.red_lines else "ink"


def _sun_disc(brush: Brush, at: XY, radius: float) -> None:
    _disc(brush, "sun", at, radius, "rubric")
    brush.line(ellipse(at, radius * 0.78, radius * 0.78), "rubric", share=0.7, closed=True)


def _sun_star(brush: Brush, at: XY, radius: float) -> None:
    _disc(brush, "sun", at, radius * 0.8)
    brush.line(ellipse(at, radius * 0.62, radius * 0.62), "rubric", closed=True)
    for ray in range(16):
        angle = 360 / 16 * ray
        reach = 1.16 if ray % 2 else 1.0
        brush.line(
            np.array([polar(at, radius * 0.84, angle), polar(at, radius * reach, angle)]), "rubric"
        )
    brush.canvas.dots("rubric", np.array([at]), brush.width * 0.9)


def _sun_rosette(brush: Brush, at: XY, radius: float) -> None:
    brush.canvas.clear(ellipse(at, radius * 0.9, radius * 0.9))
    petals = 14
    angles = np.arange(0, 360, 3.0)
    radii = radius * (0.86 + 0.13 * np.abs(np.sin(np.radians(angles * petals / 2))))
    rim = np.array([polar(at, float(r), float(a)) for r, a in zip(radii, angles, strict=True)])
    brush.canvas.clear(rim)
    brush.fill("sun", rim)
    brush.line(rim, "ink", share=0.8, closed=True)
    brush.line(ellipse(at, radius * 0.7, radius * 0.7), "ink", share=0.7, closed=True)
    brush.canvas.fill(brush.pigment("c"), [ellipse(at, radius * 0.45, radius * 0.45)])
    brush.line(ellipse(at, radius * 0.45, radius * 0.45), "ink", share=0.7, closed=True)
    brush.canvas.dots(
        "ink", regular(at, radius * 0.58, petals), max(radius * 0.03, brush.width * 0.4)
    )


def _rays(brush: Brush, at: XY, radius: float, inner: float) -> None:
    count = 16 if radius > 40 else 12
    for ray in range(count):
        angle = 360 / count * ray + between(brush.rng, -2, 2)
        half = 150 / count
        tip = polar(at, radius * (1.0 if ray % 2 == 0 else 0.9), angle)
        left, right = polar(at, inner, angle + half), polar(at, inner, angle - half)
        if ray % 2 and radius > 30:
            bend = polar(at, (inner + radius) / 2, angle + 9)
            back = polar(at, (inner + radius) / 2, angle - 3)
            flame = np.concatenate(
                [curve(np.array([left, bend, tip])), curve(np.array([tip, back, right]))]
            )
            brush.fill("sun", flame)
            brush.line(flame, share=0.8)
        else:
            brush.fill("sun", np.array([left, tip, right]))
            brush.line(np.array([left, tip]), share=0.8)
            brush.line(np.array([tip, right]), share=0.8)


def _sun_rays(brush: Brush, at: XY, radius: float) -> None:
    _rays(brush, at, radius * 1.16, radius * 0.8)
    _disc(brush, "sun", at, radius * 0.8)
    if radius > 24:
        brush.line(ellipse(at, radius * 0.66, radius * 0.66), _red(brush), share=0.7, closed=True)


def _sun_face(brush: Brush, at: XY, radius: float) -> None:
    _rays(brush, at, radius * 1.16, radius * 0.8)
    _disc(brush, "sun", at, radius * 0.8)
    if radius > 22:
        _face(brush, at, radius * 0.8)


_SUNS: dict[str, Callable[[Brush, XY, float], None]] = {
    "disc": _sun_disc,
    "star": _sun_star,
    "rosette": _sun_rosette,
    "rays": _sun_rays,
    "face": _sun_face,
}


def _face(brush: Brush, at: XY, size: float) -> None:
    """Eyes, nose and mouth, looking a little aside."""
    x, y = at
    look = 0.05 * size

    def put(*points: XY) -> None:
        line = np.array([(x + px * size, y + py * size) for px, py in points])
        brush.line(curve(line), share=0.72)

    for side in (-1, 1):
        put((side * 0.2, -0.24), (side * 0.36, -0.31), (side * 0.54, -0.22))
        put((side * 0.23, -0.1), (side * 0.36, -0.18), (side * 0.5, -0.1))
        put((side * 0.25, -0.07), (side * 0.36, -0.02), (side * 0.48, -0.08))
        pupil = np.array([(x + side * 0.36 * size + look, y - 0.1 * size)])
        brush.canvas.dots("ink", pupil, max(size * 0.05, brush.width * 0.45))
    put((0.12, -0.22), (0.05, 0.0), (0.09, 0.2), (-0.04, 0.26), (-0.12, 0.2))
    put((-0.24, 0.44), (-0.08, 0.4), (0.0, 0.43), (0.08, 0.4), (0.24, 0.44))
    put((-0.16, 0.5), (0.0, 0.56), (0.16, 0.5))
    put((-0.12, 0.72), (0.0, 0.76), (0.12, 0.72))


def _moon(brush: Brush, at: XY, radius: float, light: XY, lit: float) -> None:
    _disc(brush, "moon", at, radius)
    toward = float(np.degrees(np.arctan2(at[1] - light[1], light[0] - at[0])))
    if lit < 0.98:
        limb = np.array([polar((0, 0), radius, float(a)) for a in np.arange(90, 271, 6.0)])
        edge = np.array([polar((0, 0), radius, float(a)) for a in np.arange(270, 449, 6.0)])
        edge = edge * (1 - 2 * lit, 1.0)
        dark = turned(np.concatenate([limb, edge]), toward) + at
        if brush.pigment("dark"):
            brush.fill("dark", dark)
        elif lit > 0.02:
            brush.hatch(dark, 90 + toward if radius > 20 else 35)
        else:
            brush.hatch(dark)
        if lit > 0.02:
            brush.line(turned(edge, toward) + at, share=0.8)
    if brush.book.moon == "face" and radius > 22 and lit > 0.3:
        _profile(brush, at, radius, toward)


def _profile(brush: Brush, at: XY, radius: float, toward: float) -> None:
    """A face in profile on the bright side."""
    side = 1.0 if abs(((toward + 180) % 360) - 180) <= 90 else -1.0
    x, y = at[0] + side * radius * 0.42, at[1]
    nose = np.array([(-0.1, -0.34), (-0.06, -0.06), (-0.22, 0.1), (-0.1, 0.14)])
    mouth = np.array([(-0.18, 0.3), (-0.02, 0.3), (0.06, 0.26)])
    eye = np.array([(0.02, -0.16), (0.14, -0.22), (0.26, -0.14)])
    for line in (nose, mouth, eye):
        points = line * (side * radius, radius) + (x, y)
        brush.line(curve(points), share=0.7)
    brush.canvas.dots(
        "ink", np.array([(x + side * 0.14 * radius, y - 0.13 * radius)]), brush.width * 0.5
    )


def _earth(brush: Brush, at: XY, radius: float) -> None:
    _disc(brush, "earth", at, radius)
    style = brush.book.earth
    x, y = at
    if radius < 16:
        return
    if style == "to":
        brush.line(np.array([(x - radius, y), (x + radius, y)]))
        brush.line(np.array([(x, y), (x, y + radius)]))
    elif style == "rings":
        brush.line(ellipse(at, radius * 0.82, radius * 0.82), share=0.6, closed=True)
    elif style == "hills":
        brush.canvas.fill(brush.pigment("water"), [_segment(at, radius)])
        for level, shift in ((-0.1, 0.0), (0.2, 0.25), (-0.42, 0.1)):
            hill = [
                (x + radius * px, y + radius * (level - 0.16 * (k % 2)))
                for k, px in enumerate(np.linspace(-0.6 + shift, 0.5 + shift * 0.3, 7).tolist())
            ]
            brush.line(curve(np.array(hill)), share=0.7)


def _segment(at: XY, radius: float) -> Points:
    return np.array([polar(at, radius, float(a)) for a in np.arange(205, 336, 5.0)])


def _star(brush: Brush, at: XY, radius: float) -> None:
    style = brush.book.star
    if style in ("eight", "six"):
        points = 8 if style == "eight" else 6
        outer, inner = (
            regular(at, radius, points),
            regular(at, radius * 0.45, points, 90 + 180 / points),
        )
        outline = np.stack([outer, inner], axis=1).reshape(-1, 2)
        brush.canvas.fill(brush.pigment("star"), [outline])
        if brush.pigment("star") != "gold":
            brush.line(np.concatenate([outline, outline[:1]]), share=0.55)
    elif style == "dots":
        brush.canvas.dots(
            "rubric", regular(at, radius * 0.62, 6), max(radius * 0.2, brush.width * 0.5)
        )
        brush.canvas.dots("ink", np.array([at]), max(radius * 0.22, brush.width * 0.6))
    else:
        for angle in (90, 30, 150):
            brush.line(np.array([polar(at, radius, angle), polar(at, -radius, angle)]), _red(brush))


def _planet(brush: Brush, at: XY, radius: float) -> None:
    _disc(brush, "planet", at, radius)
    if brush.book.star == "eight" and radius > 9:
        _star(brush, at, radius * 0.8)
    else:
        brush.canvas.dots("ink", np.array([at]), brush.width * 0.7)
