"""What is known of a copy's ink and lines agrees with its picture, which stays as it was."""

from __future__ import annotations

import numpy as np
import pytest

from builder.demo.corpus import picture
from builder.demo.lines import known
from builder.demo.plan import Piece, plan
from builder.vectors.types import Circle, Segment

PIECES = [piece for piece in plan(3, 1) if piece.diagram][::9]


@pytest.fixture(scope="module", params=PIECES, ids=lambda piece: f"{piece.design} {piece.siglum}")
def piece(request: pytest.FixtureRequest) -> Piece:
    return request.param


def test_known_ink_is_dark_in_the_picture(piece: Piece) -> None:
    """The picture has the mask's size, and is another colour where ink is than close beside it."""
    pixels, truth = picture(piece, 3)
    told = known(piece, 3)
    assert told.ink.shape == pixels.shape[:2]
    assert list(told.changes) == truth["changes"]
    grey = pixels.mean(axis=2)
    beside = np.roll(told.ink, 6, axis=1) & ~told.ink
    assert grey[told.ink].mean() < grey[beside].mean() - 20


def test_known_lines_lie_on_known_ink(piece: Piece) -> None:
    """Segments have ink near most of their length, circles near most of their rim."""
    told = known(piece, 3)
    side = max(told.ink.shape)
    assert told.lines
    for shape in told.lines:
        points = shape.path()
        if isinstance(shape, Segment):
            points = points[0] + np.linspace(0, 1, 50)[:, None] * (points[1] - points[0])
        # Pressed circles stray from round ones by some hundredths of their radius.
        reach = 0.03 * side + (0.07 * shape.r if isinstance(shape, Circle) else 0)
        assert np.mean([_near(told.ink, x, y, reach) for x, y in points.tolist()]) > 0.6


def _near(ink: np.ndarray, x: float, y: float, reach: float) -> bool:
    step = round(reach)
    top, left = max(0, round(y) - step), max(0, round(x) - step)
    return bool(ink[top : round(y) + step + 1, left : round(x) + step + 1].any())


def test_lines_are_inside_the_picture(piece: Piece) -> None:
    """What is hidden or cut off is not asked for: ends of segments are in the picture."""
    told = known(piece, 3)
    high, wide = told.ink.shape
    ends = [shape.points() for shape in told.lines if isinstance(shape, Segment)]
    for x, y in np.concatenate(ends or [np.empty((0, 2))]).tolist():
        assert -1 <= x <= wide + 1
        assert -1 <= y <= high + 1
