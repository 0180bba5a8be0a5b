"""A figure taken apart into its connected pieces, each brought into one shape."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.features.prepare.letters import dilated
from builder.features.prepare.lines import box, fitted, warped

MOST = 4
"""Pieces kept of one figure, those with most lines."""

_JOINED = 3  # strokes nearer than twice this belong together
_EXTENT = 0.15  # smaller pieces, as a share of the figure's longer side, are left out
FLAT = 0.12  # a box flatter than this is not stretched to a square
_SPREAD = 0.28 / np.sqrt(2)  # standard deviation of the lines after whitening, of the side
LEAST = 0.02  # floor of an eigenvalue, as a share of the larger


@dataclass(frozen=True)
class Piece:
    """A connected part of a figure.

    Attributes:
        strokes: (s, s) bool, thin, in the figure's place.
        weight: share of the figure's lines.
    """

    strokes: NDArray[np.bool_]
    weight: float


def pieces(drawing: NDArray[np.bool_]) -> list[Piece]:
    """The pieces of a line drawing, the one with most lines first; none if it is empty."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        dilated(drawing, _JOINED).astype(np.uint8)
    )
    lines = np.bincount(labels[drawing], minlength=len(stats))
    extents = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    if not drawing.any():
        return []
    large = extents >= _EXTENT * max(box(drawing)[2:])
    large[0] = False
    chosen = np.flatnonzero(large & (lines > 0))
    chosen = chosen[np.argsort(-lines[chosen], kind="stable")][:MOST]
    total = max(int(lines[chosen].sum()), 1)
    return [Piece(drawing & (labels == label), float(lines[label]) / total) for label in chosen]


def normalised(strokes: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """A piece in one shape, whatever its proportions: its box a square, then its lines white.

    Stretched to the square (unless it is nearly a line), then warped about its centroid so that
    the covariance of its line pixels is round. Turning by quarters and mirroring come through
    unchanged, because the symmetric root of the covariance is used.

    Args:
        strokes: (s, s) bool, thin.
        side: of the result.
    """
    square = _stretched(fitted(strokes, side), side)
    ys, xs = np.nonzero(square)
    if len(xs) < 3:
        return square
    points = np.stack([xs, ys]).astype(np.float64)
    centre = points.mean(axis=1)
    values, vectors = np.linalg.eigh(np.cov(points))
    values = np.maximum(values, max(LEAST * values[-1], 1e-6))
    root = vectors @ np.diag(values**-0.5) @ vectors.T * (_SPREAD * side)
    shift = side / 2 - root @ centre
    return warped(square, np.hstack([root, shift[:, None]]), side)


def _stretched(strokes: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    if not strokes.any():
        return strokes
    left, top, width, height = box(strokes)
    if min(width, height) < FLAT * max(width, height):
        return strokes
    inner = side * 0.88
    sx, sy = inner / width, inner / height
    x, y = (side - inner) / 2 - left * sx, (side - inner) / 2 - top * sy
    return warped(strokes, np.array([[sx, 0, x], [0, sy, y]], np.float64), side)


def turned(strokes: NDArray[np.bool_], degrees: float) -> NDArray[np.bool_]:
    """A normalised piece turned clockwise about the middle of its square."""
    side = len(strokes)
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), -degrees, 1.0)
    return warped(strokes, np.asarray(matrix), side)
