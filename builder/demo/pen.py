"""The tools: a canvas of masks on which lines are drawn, fields are filled and words are written.

Everything is drawn at twice the size and brought down at the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.demo.chance import Points, between, waves
from builder.demo.letters import Hand, Skeleton

Mask = NDArray[np.uint8]
FINER = 2
_BITS = 4


def _fixed(points: Points) -> NDArray[np.int32]:
    return np.rint(points * (1 << _BITS)).astype(np.int32)


class Canvas:
    """Masks of inks and pigments, FINER times the size of the image."""

    def __init__(self, wide: int, high: int, pigments: Iterable[str]) -> None:
        self.shape = (high * FINER, wide * FINER)
        self.lines: dict[str, Mask] = {
            layer: np.zeros(self.shape, np.uint8) for layer in ("ink", "rubric")
        }
        self.fields: dict[str, Mask] = {name: np.zeros(self.shape, np.uint8) for name in pigments}

    def fill(self, pigment: str, contours: Sequence[Points]) -> None:
        """Lay a pigment on a region; what lay there before is gone. "" only clears."""
        outlines = [_fixed(points) for points in contours]
        for name, mask in self.fields.items():
            cv2.fillPoly(mask, outlines, 255 if name == pigment else 0, cv2.LINE_AA, _BITS)

    def clear(self, contour: Points) -> None:
        """Take lines and pigments away from a region."""
        self.fill("", [contour])
        for mask in self.lines.values():
            cv2.fillPoly(mask, [_fixed(contour)], 0, cv2.LINE_AA, _BITS)

    def area(self, layer: str, contour: Points) -> None:
        """Fill a region with ink."""
        cv2.fillPoly(self.lines[layer], [_fixed(contour)], 255, cv2.LINE_AA, _BITS)

    def trace(self, points: Points, closed: bool, tool: str, corners: Points | None = None) -> None:
        """Told of each line before it is drawn, for canvases that remember; this one does not.

        Args:
            points: the path of the pen.
            closed: whether it ends where it began.
            tool: compass, ruler, hand, or "dotted compass" and the like.
            corners: of a line with straight sides.
        """

    def ribbon(self, layer: str, points: Points, widths: NDArray[np.float64], closed: bool) -> None:
        """A line of changing width. Widths in pixels of the canvas, one a point."""
        if closed:
            points = np.concatenate([points, points[:1]])
            widths = np.append(widths, widths[0])
        tangent = np.gradient(points, axis=0)
        if closed:
            tangent[0] = tangent[-1] = points[1] - points[-2]
        norm = np.hypot(tangent[:, 0], tangent[:, 1])[:, None] + 1e-9
        normal = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1) / norm
        left = points + normal * widths[:, None] / 2
        right = points - normal * widths[:, None] / 2
        mask = self.lines[layer]
        # In short pieces, for a band that crosses itself would leave holes.
        for start in range(0, len(points) - 1, 24):
            piece = slice(start, start + 26)
            band = np.concatenate([left[piece], right[piece][::-1]])
            cv2.fillPoly(mask, [_fixed(band)], 255, cv2.LINE_AA, _BITS)

    def dots(self, layer: str, points: Points, radius: float) -> None:
        """Round dots."""
        for x, y in _fixed(points):
            cv2.circle(
                self.lines[layer],
                (int(x), int(y)),
                max(1, int(radius * (1 << _BITS))),
                255,
                -1,
                cv2.LINE_AA,
                _BITS,
            )

    def write(
        self, layer: str, words: Skeleton, size: float, hand: Hand, turn: float = 0.0
    ) -> None:
        """Words with a broad nib: the skeleton drawn again for each point of the nib's edge.

        Args:
            layer: "ink" or "rubric".
            words: strokes in pixels of the canvas.
            size: height of the letter x in pixels of the canvas.
            hand: whose pen it is.
            turn: turn of the nib against the clock in degrees.
        """
        edge = hand.nib * size
        angle = math.radians(hand.angle + turn)
        nib = np.array([math.cos(angle), -math.sin(angle)]) * edge
        thin = max(1, round(hand.hair * size))
        copies = max(1, math.ceil(edge / (0.7 * thin + 0.6)))
        begins = (0, *words.ends[:-1])
        for shift in np.linspace(-0.5, 0.5, copies) if copies > 1 else np.zeros(1):
            points = _fixed(words.points + nib * shift)
            lines = [points[a:b] for a, b in zip(begins, words.ends, strict=True)]
            cv2.polylines(self.lines[layer], lines, False, 255, thin, cv2.LINE_AA, _BITS)


def resampled(points: Points, step: float, closed: bool) -> Points:
    """Points at about equal distances along a line, its corners kept out of the count."""
    if closed:
        points = np.concatenate([points, points[:1]])
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    count = max(3, int(lengths[-1] / step) + 1)
    at = np.linspace(0, lengths[-1], count, endpoint=not closed)
    return np.stack([np.interp(at, lengths, points[:, axis]) for axis in (0, 1)], axis=1)


def unsteady(points: Points, amount: float, longest: float, rng: np.random.Generator) -> Points:
    """The line as a hand draws it: it strays by about `amount` pixels."""
    if amount <= 0:
        return points
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    strays = [waves(rng, at, longest) for _ in range(2)]
    return points + amount * 0.6 * np.stack(strays, axis=1)


def pressed(
    points: Points, width: float, swell: float, rng: np.random.Generator, taper: bool
) -> NDArray[np.float64]:
    """Widths along a line: the pen's pressure, and its lifting at the ends."""
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    widths = width * (1 + swell * waves(rng, at, between(rng, 90, 320)))
    if taper:
        from_end = np.minimum(at, at[-1] - at)
        widths *= np.clip(0.55 + from_end / (width * 5 + 1e-6), 0.55, 1.0)
    return np.asarray(np.maximum(widths, width * 0.35))
