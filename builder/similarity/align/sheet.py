"""A drawing made ready to be laid over others, and others over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.features.types import Placed
from builder.similarity.overlay import Field, field

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sheet:
    """A drawing made ready. Points are counted from the middle of the drawing.

    Attributes:
        field: its strokes, and for every pixel how far the nearest is and which way it runs.
        frames: (m, 3, 3) maps that bring the figure and its pieces into one shape.
        matrix: (3, 3) from pixels of the picture in full to points of the drawing.
        picture: (4,) left, top, right and bottom of the picture, as points of the drawing.
        longest: the picture's longer side in pixels.
        length: pixels of stroke.
        cells: (c, c, 8) which way strokes run, cell by cell.
    """

    field: Field
    frames: Floats
    matrix: Floats
    picture: Floats
    longest: int
    length: int
    cells: NDArray[np.float16]

    @property
    def side(self) -> int:
        """Pixels along a side of the drawing."""
        return len(self.field.distance)

    @property
    def scale(self) -> float:
        """Pixels of the drawing for one of the picture."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:2, :2]))))


def sheet(placed: Placed) -> Sheet | None:
    """Make a drawing ready; None where hardly anything is drawn."""
    found = field(placed.strokes)
    if found is None or not len(placed.frames):
        return None
    half = len(placed.strokes) / 2
    to_middle = np.array([[1, 0, -half], [0, 1, -half], [0, 0, 1.0]])
    matrix = to_middle @ squared(placed.matrix)
    if not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-12:
        return None
    width, height = placed.size
    corners = matrix @ np.array([[0, width], [0, height], [1, 1.0]])
    frames = np.stack([squared(one) @ inverse(to_middle) for one in placed.frames])
    picture = np.array([*corners[:2, 0], *corners[:2, 1]])
    length = int(placed.strokes.sum())
    return Sheet(found, frames, matrix, picture, max(width, height), length, placed.cells)


def squared(matrix: Floats) -> Floats:
    """A (2, 3) map as (3, 3)."""
    return np.vstack([matrix, [0.0, 0.0, 1.0]])


def six(matrix: Floats) -> Floats:
    """A (3, 3) affine map as (a, b, c, d, tx, ty)."""
    return np.array([*matrix[0, :2], *matrix[1, :2], *matrix[:2, 2]])


def three(numbers: Floats) -> Floats:
    """(a, b, c, d, tx, ty) as a (3, 3) map."""
    a, b, c, d, tx, ty = numbers
    return np.array([[a, b, tx], [c, d, ty], [0.0, 0.0, 1.0]])


def inverse(matrix: Floats) -> Floats:
    """The maps that undo some maps, (..., 3, 3)."""
    return np.asarray(np.linalg.inv(matrix), np.float64)
