"""A line drawing that knows where it lies in its picture: what is laid over others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.features.prepare.lines import Affine, box, placed_lines
from builder.features.prepare.pieces import FLAT, LEAST, pieces
from builder.features.strokes import histogram
from builder.features.types import Placed


def placed(pixels: NDArray[np.uint8], size: tuple[int, int]) -> Placed:
    """The line drawing of a picture, and where it lies.

    Args:
        pixels: (h, w, 3) RGB, of any size.
        size: width and height of the picture in full.
    """
    strokes, matrix = placed_lines(pixels)
    shrunk = np.diag([pixels.shape[1] / size[0], pixels.shape[0] / size[1], 1.0])
    return described(strokes, matrix @ shrunk, size)


def described(strokes: NDArray[np.bool_], matrix: Affine, size: tuple[int, int]) -> Placed:
    """A drawing with what is said of it: the shapes of its pieces, and its strokes cell by cell."""
    found = pieces(strokes)
    figure = np.any([piece.strokes for piece in found], axis=0) if found else strokes
    shapes = [figure, *(piece.strokes for piece in found if len(found) > 1)]
    frames = np.array([frame(one) for one in shapes if one.any()]).reshape(-1, 2, 3)
    return Placed(strokes, matrix, size, frames, histogram(strokes).astype(np.float16))


def frame(strokes: NDArray[np.bool_]) -> Affine:
    """The map that brings a piece into its one shape: centroid 0, box square, covariance round.

    The same steps as `prepare.pieces.normalised`, on points instead of pixels.
    """
    rows, columns = np.nonzero(strokes)
    points = np.stack([columns, rows]) + 0.5
    _, _, width, height = box(strokes)
    flat = min(width, height) < FLAT * max(width, height)
    stretch = np.eye(2) if flat else np.diag([1.0, width / height])
    centre = points.mean(axis=1)
    around = stretch @ (points - centre[:, None])
    values, vectors = np.linalg.eigh(around @ around.T / max(points.shape[1], 1))
    values = np.maximum(values, max(LEAST * values[-1], 1e-6))
    root = vectors @ np.diag(values**-0.5) @ vectors.T @ stretch
    return np.hstack([root, -(root @ centre)[:, None]])
