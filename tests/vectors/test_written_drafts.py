"""Drafts as SVG, for GeoGebra and as JSON: well formed, the same bytes, and true to the lines."""

from __future__ import annotations

import io
import json
import math
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.vectors.geogebra import geogebra_xml, ggb
from builder.vectors.record import drawing_from_json, drawing_to_json
from builder.vectors.svg import svg
from builder.vectors.types import Arc, Circle, Drawing, Found, Segment

SVG = "{http://www.w3.org/2000/svg}"
LINES = (
    Found(Segment(10, 20, 110, 20), 0.9, 0.4, 1.5, ("ends at circle 1",)),
    Found(Segment(110, 20, 110, 90), 0.8, 0.2),
    Found(Circle(60, 50, 30), 0.95, 0.6, 0.0, ('of the radius of "circle" <2>',)),
    Found(Arc(60, 50, 40, 10, 250), 0.7, 0.3),
)
DRAWING = Drawing(200, 100, LINES, 3.0)


def test_svg_has_a_group_for_each_kind() -> None:
    """Lines, circles and paths with how sure they are, how far ink strays, and what they answer."""
    root = ElementTree.fromstring(svg(DRAWING, "A <draft> & more"))
    groups = {group.get("id"): list(group) for group in root.iter(f"{SVG}g")}
    assert {name: [one.tag for one in lines] for name, lines in groups.items()} == {
        "segments": [f"{SVG}line"] * 2,
        "circles": [f"{SVG}circle"],
        "arcs": [f"{SVG}path"],
    }
    first = groups["segments"][0]
    assert (first.get("data-confidence"), first.get("data-residual")) == ("0.9", "0.4")
    assert first.get("data-relations") == "ends at circle 1"
    assert [first.get(name) for name in ("x1", "y1", "x2", "y2")] == ["10", "20", "110", "20"]
    assert root.get("viewBox") == "0 0 200 100"
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "A <draft> & more"


def test_an_arc_is_drawn_the_long_way_where_it_is_long() -> None:
    """The path's flags are those of an arc of 250 degrees with the clock."""
    (path,) = ElementTree.fromstring(svg(DRAWING, "")).iter(f"{SVG}path")
    assert path.get("d", "").split("A")[1].split()[2:4] == ["0", "1"] or "0 1 1" in path.get(
        "d", ""
    )


def construction(drawing: Drawing) -> ElementTree.Element:
    found = ElementTree.fromstring(geogebra_xml(drawing, "T & <t>")).find("construction")
    assert found is not None
    return found


def test_geogebra_makes_every_line_of_points_made_before() -> None:
    """Every label that a command takes is made before it, and every output has an element."""
    known: set[str] = set()
    commands = []
    outputs = []
    for one in construction(DRAWING):
        if one.tag == "element":
            known.add(str(one.get("label")))
            continue
        taken, given = one.find("input"), one.find("output")
        assert taken is not None
        assert given is not None
        labels = [value for value in taken.attrib.values() if value.startswith("P_")]
        assert set(labels) <= known
        assert len(set(labels)) == len(labels)
        commands.append(one.get("name"))
        outputs.append(given.get("a0"))
    assert commands == ["Segment", "Segment", "Circle", "CircleArc"]
    assert set(outputs) <= known


def points_of(root: ElementTree.Element) -> dict[str, tuple[float, float]]:
    found = {}
    for one in root.iter("element"):
        at = one.find("coords")
        if one.get("type") == "point" and at is not None:
            found[str(one.get("label"))] = (float(at.get("x", "")), float(at.get("y", "")))
    return found


def test_geogebra_s_y_runs_upwards() -> None:
    """Lines that meet share a point, and arcs run against the clock from end to start."""
    root = construction(DRAWING)
    points = points_of(root)
    arc = next(one for one in root.iter("command") if one.get("name") == "CircleArc")
    centre, start, end = (points[label] for label in arc[0].attrib.values())
    shape = Arc(60, 50, 40, 10, 250)
    assert centre == (60, 50)
    assert np.allclose(start, (shape.at(260)[0], 100 - shape.at(260)[1]), atol=1e-3)
    assert np.allclose(end, (shape.at(10)[0], 100 - shape.at(10)[1]), atol=1e-3)
    turn = math.degrees(
        math.atan2(end[1] - 50, end[0] - 60) - math.atan2(start[1] - 50, start[0] - 60)
    )
    assert turn % 360 == pytest.approx(250, abs=0.01)
    segments = [one for one in root.iter("command") if one.get("name") == "Segment"]
    assert segments[0][0].get("a1") == segments[1][0].get("a0")


def test_a_geogebra_file_is_a_zip_of_the_same_bytes() -> None:
    """It holds geogebra.xml, and does not differ by the day."""
    once = ggb(DRAWING, "draft")
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        assert archive.namelist() == ["geogebra.xml"]
        assert archive.testzip() is None
    assert ggb(DRAWING, "draft") == once


def test_an_empty_draft_is_a_file_like_others() -> None:
    """Nothing found: no lines, but well formed."""
    empty = Drawing(1, 1)
    assert list(construction(empty)) == []
    assert len(ElementTree.fromstring(svg(empty, "")).findall(f"{SVG}g")) == 3


number = st.floats(-5000, 5000).map(lambda value: round(value, 4))
positive = st.floats(0.1, 5000).map(lambda value: round(value, 4))
shapes = st.one_of(
    st.builds(Segment, number, number, number, number),
    st.builds(Circle, number, number, positive),
    st.builds(Arc, number, number, positive, number, positive),
)
share = st.floats(0, 1).map(lambda value: round(value, 4))
lines = st.builds(Found, shapes, share, share, share, st.lists(st.text(), max_size=2).map(tuple))


@settings(max_examples=30, deadline=None)
@given(
    st.builds(
        Drawing,
        st.integers(1, 99),
        st.integers(1, 99),
        st.lists(lines, max_size=4).map(tuple),
        share,
    )
)
def test_what_is_kept_is_read_back(drawing: Drawing) -> None:
    """JSON holds everything, to four decimals."""
    assert drawing_from_json(json.dumps(drawing_to_json(drawing))) == drawing
