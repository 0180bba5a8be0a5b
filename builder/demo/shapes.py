"""Shapes as lines of points. Angles in degrees, 0 to the right, 90 upwards; y runs downwards."""

from __future__ import annotations

import numpy as np

from builder.demo.chance import Points

XY = tuple[float, float]


def polar(centre: XY, radius: float, angle: float) -> XY:
    """The point at an angle and distance from a centre."""
    radians = np.radians(angle)
    return centre[0] + radius * float(np.cos(radians)), centre[1] - radius * float(np.sin(radians))


def arc(centre: XY, radius: float, start: float, end: float, flat: float = 1.0) -> Points:
    """An arc from one angle to another; `flat` presses it to an ellipse (height : width)."""
    count = max(6, int(abs(end - start) / 2.5) + 1)
    radians = np.radians(np.linspace(start, end, count))
    x = centre[0] + radius * np.cos(radians)
    return np.stack([x, centre[1] - radius * flat * np.sin(radians)], axis=1)


def ellipse(centre: XY, wide: float, high: float, turn: float = 0.0) -> Points:
    """A closed ellipse, turned against the clock."""
    points = arc((0.0, 0.0), wide, 0, 357.5, high / wide if wide else 1.0)
    return turned(points, turn) + centre


def turned(points: Points, angle: float, about: XY = (0.0, 0.0)) -> Points:
    """Points turned against the clock about a point."""
    radians = np.radians(angle)
    cosine, sine = float(np.cos(radians)), float(np.sin(radians))
    matrix = np.array([[cosine, -sine], [sine, cosine]])
    turned_points: Points = (points - about) @ matrix + about
    return turned_points


def regular(centre: XY, radius: float, corners: int, start: float = 90.0) -> Points:
    """The corners of a regular polygon."""
    angles = start + 360.0 / corners * np.arange(corners)
    return np.array([polar(centre, radius, float(angle)) for angle in angles])


def sector(centre: XY, inner: float, outer: float, start: float, end: float) -> Points:
    """A part of a ring, closed."""
    return np.concatenate(
        [arc(centre, outer, start, end), arc(centre, max(inner, 1e-4), end, start)]
    )


def box(left: float, top: float, right: float, bottom: float) -> Points:
    """A rectangle."""
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def toward(start: XY, end: XY, share: float) -> XY:
    """The point at a share of the way from start to end (more than 1: beyond it)."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def angle_of(start: XY, end: XY) -> float:
    """The angle under which end is seen from start."""
    return float(np.degrees(np.arctan2(start[1] - end[1], end[0] - start[0])))


def distance(start: XY, end: XY) -> float:
    """How far apart two points are."""
    return float(np.hypot(end[0] - start[0], end[1] - start[1]))


def tangents(
    first: XY, first_radius: float, second: XY, second_radius: float, *, crossed: bool = False
) -> tuple[tuple[XY, XY], tuple[XY, XY]]:
    """The two outer (or crossed inner) common tangents of two circles, as touching points."""
    apart = distance(first, second)
    direction = angle_of(first, second)
    sign = -1.0 if crossed else 1.0
    lean = float(np.degrees(np.arccos((first_radius - sign * second_radius) / apart)))
    upper = direction + lean, direction + lean + (180 if crossed else 0)
    lower = direction - lean, direction - lean + (180 if crossed else 0)
    return (
        (polar(first, first_radius, upper[0]), polar(second, second_radius, upper[1])),
        (polar(first, first_radius, lower[0]), polar(second, second_radius, lower[1])),
    )


def along_line(start: XY, end: XY, distance_at: float) -> XY:
    """The point at a distance from start towards end."""
    return toward(start, end, distance_at / max(distance(start, end), 1e-9))


def hit(start: XY, through: XY, centre: XY, radius: float) -> XY:
    """Where the ray from start through a point leaves a circle around it."""
    dx, dy = through[0] - start[0], through[1] - start[1]
    fx, fy = start[0] - centre[0], start[1] - centre[1]
    a = dx * dx + dy * dy
    b = 2 * (fx * dx + fy * dy)
    c = fx * fx + fy * fy - radius * radius
    root = float(np.sqrt(max(b * b - 4 * a * c, 0.0)))
    share = (-b + root) / (2 * a)
    return start[0] + share * dx, start[1] + share * dy
