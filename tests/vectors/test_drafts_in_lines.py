"""Drafts in lines: what is found in clean drawings, how it is written, and what is no drawing."""

from __future__ import annotations

import io
import json
import math
import zipfile
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.vectors.draft import draft
from builder.vectors.geogebra import ggb
from builder.vectors.record import drawing_from_json, drawing_to_json
from builder.vectors.score import Score, distance
from builder.vectors.svg import svg
from builder.vectors.types import Arc, Circle, Drawing, Found, Segment

SIDE = 600
SVG = "{http://www.w3.org/2000/svg}"


def figure() -> np.ndarray:
    """A circle with a smaller one about its middle, and a triangle beside them."""
    page = np.zeros((SIDE, SIDE), np.uint8)
    cv2.circle(page, (220, 300), 160, 1, 3)
    cv2.circle(page, (220, 300), 90, 1, 3)
    corners = np.array([[430, 160], [560, 440], [400, 440]], np.int32)
    cv2.polylines(page, [corners], True, 1, 3)
    return page > 0


def test_lines_of_a_clean_figure_are_found() -> None:
    """Both circles and the three sides, within a hundredth of the picture."""
    found = draft(figure())
    circles = [Circle(220, 300, 160), Circle(220, 300, 90)]
    ends = [(430, 160), (560, 440), (400, 440)]
    sides = [Segment(*ends[i], *ends[(i + 1) % 3]) for i in range(3)]

    for known in (*circles, *sides):
        near = min(distance(known, one.shape) for one in found.of(known.kind))
        assert near < 0.01 * SIDE, known
    assert len(found.found) == 5
    assert any("concentric" in said for one in found.of("circle") for said in one.relations)


def test_a_draft_is_written_and_read() -> None:
    """As SVG with one group a kind, for GeoGebra with a command a line, as JSON and back."""
    found = draft(figure())

    picture = ElementTree.fromstring(svg(found, "A <draft> & more"))
    assert [one.get("class") for one in picture.iter(f"{SVG}g")] == ["segments", "circles", "arcs"]
    assert len(list(picture.iter(f"{SVG}line"))) == 3
    assert len(list(picture.iter(f"{SVG}circle"))) == 2
    assert all(0 < float(one.get("data-confidence", 0)) <= 1 for one in picture.iter(f"{SVG}line"))
    assert picture.findtext(f"{SVG}title") == "A <draft> & more"

    with zipfile.ZipFile(io.BytesIO(ggb(found, "A <draft> & more"))) as archive:
        construction = ElementTree.fromstring(archive.read("geogebra.xml"))
    commands = [one.get("name") for one in construction.iter("command")]
    assert sorted(commands) == ["Circle", "Circle", "Segment", "Segment", "Segment"]
    assert ggb(found, "x") == ggb(found, "x")
    again = drawing_from_json(json.dumps(drawing_to_json(found)))
    assert [one.relations for one in again.found] == [one.relations for one in found.found]
    for one, other in zip(again.found, found.found, strict=True):
        assert distance(one.shape, other.shape) < 0.01


@pytest.mark.parametrize("shape", [(1, 1), (1, 400), (400, 1), (7, 7), (300, 200)])
@pytest.mark.parametrize("filled", [False, True])
def test_what_is_no_drawing_has_no_lines(shape: tuple[int, int], filled: bool) -> None:
    """Blank, black, one pixel high: nothing that is not a number comes out."""
    found = draft(np.full(shape, filled))

    assert (found.width, found.height) == shape[::-1]
    assert all(math.isfinite(value) for one in found.found for value in one.shape.points().ravel())
    ElementTree.fromstring(svg(found, "nothing"))


def test_a_thousand_circles_come_to_an_end() -> None:
    """About one middle, on a page that can hold them only as a grey."""
    page = np.zeros((240, 240), np.uint8)
    for radius in np.linspace(2, 115, 1000):
        cv2.circle(page, (120, 120), round(float(radius)), 1, 1)

    found = draft(page > 0)

    assert all(math.isfinite(one.residual) for one in found.found)


def test_distances_are_those_of_the_measure() -> None:
    """Ends of segments, cardinal points of circles; either way round; kinds do not meet."""
    assert distance(Segment(0, 0, 10, 0), Segment(10, 0, 0, 0)) == 0
    assert distance(Segment(0, 0, 10, 0), Segment(0, 3, 10, 4)) == pytest.approx(
        math.sqrt((9 + 16) / 2)
    )
    assert distance(Circle(0, 0, 5), Circle(0, 0, 7)) == pytest.approx(2)
    assert distance(Circle(0, 0, 5), Segment(0, 0, 5, 5)) == math.inf


def test_scores_by_hand() -> None:
    """Three found, two of them right, one missed."""
    score = Score(2, 1, 1, ((0.9, True), (0.8, False), (0.7, True)))

    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(2 / 3)
    assert score.average_precision == pytest.approx((1 + 2 / 3) / 3)


@given(
    st.floats(0.2, 5),
    st.floats(-180, 180),
    st.floats(1, 359),
    st.floats(5, 80),
)
@settings(max_examples=40, deadline=None)
def test_scaling_keeps_shapes(scale: float, start: float, sweep: float, r: float) -> None:
    """A drawing in another size has its points where the picture's pixels went."""
    shapes = (Segment(1, 2, 30, 40), Circle(50, 60, r), Arc(50, 60, r, start, sweep))
    drawing = Drawing(100, 100, tuple(Found(one, 0.9, 0.5) for one in shapes), 2)
    size = max(1, round(100 * scale))

    moved = drawing.scaled(size, size)

    for before, after in zip(drawing.found, moved.found, strict=True):
        expected = (before.shape.points() + 0.5) * (size / 100) - 0.5
        np.testing.assert_allclose(after.shape.points(), expected, atol=1e-6)
