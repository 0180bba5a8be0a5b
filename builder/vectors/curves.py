"""Lines and circles as hands and curved pages show them: nearly straight, nearly round.

A curve is fitted to pixels of strokes by least squares. A circle may be pressed to an oval by a
few per cent, a line may sag a little: the draft then holds the circle and the line that are meant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.vectors.types import Points

PRESSED = 0.075
"""Largest swing of a circle's radius, as a share of it."""

BENT = 0.015
"""Largest sag of a line, as a share of its length."""


@dataclass(frozen=True)
class Line:
    """A nearly straight line through (x, y) in a direction of unit length, sagging quadratically.

    Attributes:
        bow: coefficients of the distance to the left in t, the way along it: b0 + b1 t + b2 t^2.
        low, high: the way along it between which it was fitted.
    """

    x: float
    y: float
    dx: float
    dy: float
    bow: tuple[float, float, float]
    low: float
    high: float

    def way(self, points: Points) -> NDArray[np.float64]:
        """(n,) how far along the line points lie."""
        return np.asarray((points[:, 0] - self.x) * self.dx + (points[:, 1] - self.y) * self.dy)

    def off(self, points: Points) -> NDArray[np.float64]:
        """(n,) how far beside the line points lie, with a sign."""
        across = (points[:, 1] - self.y) * self.dx - (points[:, 0] - self.x) * self.dy
        return np.asarray(across - self._sag(self.way(points)))

    def angle(self, points: Points) -> NDArray[np.float64]:
        """(n,) its direction near points, in degrees."""
        return np.full(len(points), np.degrees(np.arctan2(self.dy, self.dx)))

    def at(self, way: NDArray[np.float64]) -> Points:
        """(n, 2) points on it."""
        sag = self._sag(way)
        x = self.x + way * self.dx - sag * self.dy
        return np.column_stack([x, self.y + way * self.dy + sag * self.dx])

    def _sag(self, way: NDArray[np.float64]) -> NDArray[np.float64]:
        # No further than it was fitted: a parabola runs away.
        inside = np.clip(way, self.low, self.high)
        b0, b1, b2 = self.bow
        beyond = (b1 + 2 * b2 * inside) * (way - inside)
        return np.asarray(b0 + b1 * inside + b2 * inside**2 + beyond)


@dataclass(frozen=True)
class Ring:
    """A nearly round circle about (x, y): its radius is r + a cos 2t + b sin 2t."""

    x: float
    y: float
    r: float
    a: float = 0.0
    b: float = 0.0

    def way(self, points: Points) -> NDArray[np.float64]:
        """(n,) angles of points about the centre in radians."""
        return np.asarray(np.arctan2(points[:, 1] - self.y, points[:, 0] - self.x))

    def off(self, points: Points) -> NDArray[np.float64]:
        """(n,) how far outside points lie."""
        away = np.hypot(points[:, 0] - self.x, points[:, 1] - self.y)
        return np.asarray(away - self._radius(self.way(points)))

    def angle(self, points: Points) -> NDArray[np.float64]:
        """(n,) its direction near points, in degrees."""
        return np.asarray(np.degrees(self.way(points)) + 90)

    def at(self, way: NDArray[np.float64]) -> Points:
        """(n, 2) points on it."""
        radius = self._radius(way)
        return np.column_stack([self.x + radius * np.cos(way), self.y + radius * np.sin(way)])

    def _radius(self, way: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(self.r + self.a * np.cos(2 * way) + self.b * np.sin(2 * way))


@dataclass(frozen=True)
class Oval:
    """An ellipse about (x, y) with half axes a and b, the first turned by `turn` radians."""

    x: float
    y: float
    a: float
    b: float
    turn: float

    def way(self, points: Points) -> NDArray[np.float64]:
        """(n,) eccentric angles of points in radians."""
        u, v = self._local(points)
        return np.asarray(np.arctan2(v / self.b, u / self.a))

    def off(self, points: Points) -> NDArray[np.float64]:
        """(n,) about how far outside points lie (Sampson 1982)."""
        u, v = self._local(points)
        over = (u / self.a) ** 2 + (v / self.b) ** 2 - 1
        slope = 2 * np.hypot(u / self.a**2, v / self.b**2)
        return np.asarray(over / np.maximum(slope, 1e-9))

    def angle(self, points: Points) -> NDArray[np.float64]:
        """(n,) its direction near points, in degrees."""
        u, v = self._local(points)
        return np.asarray(np.degrees(np.arctan2(u / self.a**2, -v / self.b**2) + self.turn))

    def at(self, way: NDArray[np.float64]) -> Points:
        """(n, 2) points on it."""
        u, v = self.a * np.cos(way), self.b * np.sin(way)
        cosine, sine = np.cos(self.turn), np.sin(self.turn)
        return np.column_stack([self.x + u * cosine - v * sine, self.y + u * sine + v * cosine])

    def _local(self, points: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        x, y = points[:, 0] - self.x, points[:, 1] - self.y
        cosine, sine = np.cos(self.turn), np.sin(self.turn)
        return x * cosine + y * sine, y * cosine - x * sine


Curve = Line | Ring | Oval


def fitted_oval(points: Points) -> Oval | None:
    """The ellipse of Fitzgibbon, Pilu and Fisher (1999), as in OpenCV; None if there is none."""
    import cv2

    if len(points) < 12:
        return None
    (x, y), axes, turn = cv2.fitEllipseDirect(points.astype(np.float32))
    values = (x, y, axes[0] / 2, axes[1] / 2, np.radians(turn))
    if not np.isfinite(values).all() or min(values[2:4]) < 2:
        return None
    return Oval(*(float(value) for value in values))


def fitted_line(points: Points, *, bent: bool = False) -> Line | None:
    """The line of least squares, sagging a little if `bent`; None for less than two places."""
    middle = points.mean(axis=0)
    local = points - middle
    _, values, axes = np.linalg.svd(local, full_matrices=False)
    if len(values) < 2 or values[0] < 1e-6:
        return None
    dx, dy = axes[0]
    way = local @ axes[0]
    low, high = float(way.min()), float(way.max())
    bow = (0.0, 0.0, 0.0)
    if bent and len(points) > 8:
        across = local[:, 1] * dx - local[:, 0] * dy
        b2, b1, b0 = np.polyfit(way, across, 2)
        if abs(b2) * (high - low) ** 2 / 4 <= BENT * (high - low):
            bow = (float(b0), float(b1), float(b2))
    return Line(float(middle[0]), float(middle[1]), float(dx), float(dy), bow, low, high)


def fitted_ring(points: Points) -> Ring | None:
    """The circle nearest to points in the sense of Pratt's relative Kasa (1976); None if flat."""
    middle = points.mean(axis=0)
    local = points - middle
    terms = np.column_stack([2 * local, np.ones(len(local))])
    try:
        (x, y, rest), *_ = np.linalg.lstsq(terms, (local**2).sum(axis=1), rcond=None)
    except np.linalg.LinAlgError:
        return None
    square = rest + x * x + y * y
    if not np.isfinite(square) or square <= 0:
        return None
    return Ring(float(x + middle[0]), float(y + middle[1]), float(np.sqrt(square)))


def refitted_ring(ring: Ring, points: Points, *, pressed: bool) -> Ring | None:
    """One step of Gauss and Newton towards the ring of least squares, by geometric distance.

    Args:
        ring: where to start.
        points: (n, 2), at least five.
        pressed: whether it may become a little oval.
    """
    way = ring.way(points)
    away = np.hypot(points[:, 0] - ring.x, points[:, 1] - ring.y)
    columns = [np.ones_like(way), np.cos(way), np.sin(way)]
    if pressed:
        columns += [np.cos(2 * way), np.sin(2 * way)]
    found, *_ = np.linalg.lstsq(np.column_stack(columns), away, rcond=None)
    r, x, y = found[:3]
    a, b = (float(found[3]), float(found[4])) if pressed else (0.0, 0.0)
    if r <= 1:
        return None
    swing = float(np.hypot(a, b))
    if swing > PRESSED * r:
        a, b = a * PRESSED * r / swing, b * PRESSED * r / swing
    return Ring(ring.x + float(x), ring.y + float(y), float(r), a, b)
