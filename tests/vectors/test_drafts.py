"""Lines are found where they were drawn; bad pictures give few lines, and never nonsense."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from builder.settings import VectorsSettings
from builder.vectors.draft import draft
from builder.vectors.score import score
from builder.vectors.types import Arc, Circle, Drawing, Segment, Shape


def ink_of(*shapes: Shape, side: int = 500, pen: int = 3) -> np.ndarray:
    drawn = np.zeros((side, side), np.uint8)
    for shape in shapes:
        path = np.rint(shape.path() * 16).astype(np.int32)
        cv2.polylines(drawn, [path], False, 255, pen, cv2.LINE_AA, 4)
    return drawn > 127


FIGURE: tuple[Shape, ...] = (
    Circle(250, 250, 180),
    Circle(250, 250, 120),
    Circle(330, 170, 40),
    Segment(70, 250, 430, 250),
    Segment(250, 250, 377, 123),
    Segment(40, 460, 460, 480),
    Arc(250, 250, 225, 200, 140),
)


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return draft(ink_of(*FIGURE))


def test_a_clean_figure_is_found_whole(drawing: Drawing) -> None:
    """Circles, segments and an arc, each once, within a hundredth of the side."""
    told = score(drawing.found, FIGURE, (), 5.0)
    assert [(one.right, one.wrong, one.missed) for one in told.values()] == [
        (3, 0, 0),
        (3, 0, 0),
        (1, 0, 0),
    ]


def test_relations_are_told(drawing: Drawing) -> None:
    """Circles about one centre have just the same, and say so."""
    first, second = (one for one in drawing.of("circle") if one.shape.length > 600)
    assert isinstance(first.shape, Circle)
    assert isinstance(second.shape, Circle)
    assert (first.shape.x, first.shape.y) == (second.shape.x, second.shape.y)
    assert any(words.startswith("concentric with circle") for words in first.relations)


def test_lines_come_by_kind_and_certainty(drawing: Drawing) -> None:
    """Segments, circles, arcs; within a kind the most certain first; equal input, equal output."""
    kinds = [one.shape.kind for one in drawing.found]
    assert kinds == sorted(kinds, key=("segment", "circle", "arc").index)
    for kind in ("segment", "circle"):
        sure = [one.confidence for one in drawing.of(kind)]
        assert sure == sorted(sure, reverse=True)
        assert all(0 <= one <= 1 for one in sure)
    assert draft(ink_of(*FIGURE)) == drawing


def test_letters_and_ovals_are_no_lines() -> None:
    """Writing beside a figure and an ellipse in it add nothing."""
    drawn = ink_of(Circle(250, 250, 150)).astype(np.uint8)
    for row in range(3):
        cv2.putText(drawn, "in medio mundi", (150, 25 + 25 * row), 1, 0.9, 1, 1)
    cv2.ellipse(drawn, (250, 250), (140, 60), 20, 0, 360, 1, 3)
    found = draft(drawn > 0).at_least(VectorsSettings().least)
    assert [one.shape.kind for one in found.found] == ["circle"]


def test_a_dotted_circle_is_a_circle() -> None:
    """Dots that follow each other are one line."""
    drawn = np.zeros((500, 500), np.uint8)
    for angle in np.arange(0, 360, 3):
        x, y = Circle(250, 250, 150).at(float(angle))
        cv2.circle(drawn, (round(x), round(y)), 2, 1, -1)
    cv2.line(drawn, (50, 450), (450, 450), 1, 3)
    (circle,) = draft(drawn > 0).of("circle")
    assert score([circle], [Circle(250, 250, 150)], (), 5.0)["circle"].right == 1


def test_hatching_is_no_line() -> None:
    """Strokes of shading within a circle are left out."""
    rows = [Segment(210, 200 + 9 * row, 290, 200 + 9 * row) for row in range(12)]
    found = draft(ink_of(Circle(250, 250, 100), *rows))
    assert [one.shape.kind for one in found.found] == ["circle"]


def test_a_line_goes_on_behind_a_body() -> None:
    """Two parts in one line with a small disc between are one line."""
    drawn = ink_of(Segment(50, 250, 450, 250)).astype(np.uint8)
    cv2.circle(drawn, (300, 250), 14, 0, -1)
    cv2.circle(drawn, (300, 250), 14, 1, 2)
    (line,) = draft(drawn > 0).of("segment")
    assert score([line], [Segment(50, 250, 450, 250)], (), 5.0)["segment"].right == 1


def rings(count: int, side: int) -> np.ndarray:
    drawn = np.zeros((side, side), np.uint8)
    for number in range(1, count + 1):
        cv2.circle(drawn, (side // 2, side // 2), number * side // (2 * count), 1, 1)
    return drawn > 0


BAD = {
    "no pixel of ink": np.zeros((300, 300), bool),
    "all ink": np.ones((300, 300), bool),
    "one high": np.ones((1, 400), bool),
    "one wide": np.ones((400, 1), bool),
    "one pixel": np.ones((1, 1), bool),
    "noise": np.random.default_rng(1).random((300, 300)) < 0.2,
    "1,000 circles": rings(1000, 400),
    "40 circles": rings(40, 320),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pictures_give_finite_lines_within_bounds(name: str) -> None:
    """Whatever the picture, no more than 600 lines, and every number is finite."""
    found = draft(BAD[name])
    numbers = [value for one in found.found for value in one.shape.points().ravel().tolist()]
    numbers += [value for one in found.found for value in (one.residual, one.moved)]
    assert (found.height, found.width) == BAD[name].shape
    assert len(found.found) <= 600
    assert all(math.isfinite(value) for value in numbers)


def test_nested_circles_are_counted() -> None:
    """Of forty nested circles nine in ten are found."""
    assert len(draft(BAD["40 circles"]).of("circle")) >= 36


def test_a_draft_in_another_size_has_the_same_lines() -> None:
    """Scaled up and down again, lines are where they were."""
    once = Drawing(100, 50, draft(ink_of(*FIGURE)).found, 3.0)
    back = once.scaled(300, 150).scaled(100, 50)
    for one, other in zip(once.found, back.found, strict=True):
        assert np.allclose(one.shape.points(), other.shape.points())
