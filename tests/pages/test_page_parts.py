"""Citations, cards, drawings: the small parts of pages."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from builder.corpus.types import DateSpan, Image
from builder.layouts.types import Layout
from builder.pages import resources
from builder.pages.cards import SHAPES, fitted, picture, shape
from builder.pages.drawings import FAVICON, miniature
from builder.pages.resources import data_dir
from builder.pages.years import span_text, year_text
from builder.settings import Settings

_MOON = Image(
    "vat-1594", "vat.jpg", "0" * 64, 800, 600, "Eclipse of the moon", "Vat. gr. 1594",
    DateSpan("9th century", 801, 900),
)  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [(1543, 1543, "1543"), (0, 0, "1\xa0BCE"), (-43, 14, "44\xa0BCE–14")],
)
def test_spans_of_years(first: int, last: int, text: str) -> None:
    """Astronomical year 0 is 1 BCE."""
    assert text == span_text(first, last)
    assert year_text(first) in text


@pytest.mark.parametrize(
    ("width", "height", "side", "expected"),
    [(1000, 500, 256, (256, 128)), (10, 20, 256, (10, 20)), (9000, 1, 256, (256, 1))],
)
def test_fitted_keeps_proportions(
    width: int, height: int, side: int, expected: tuple[int, int]
) -> None:
    """Copies are never larger than the original and never without height."""
    assert expected == fitted(width, height, side)


def test_shapes_have_their_classes() -> None:
    """Classes lie within 1.5 % of the proportion, and the style sheet knows them all."""
    style = (Path(resources.__file__).parents[2] / "static/css/page.css").read_text("utf-8")
    ratios = {
        f"r{at}": float(style.split(f".r{at} {{ --r: ")[1].split(";")[0]) for at in range(SHAPES)
    }

    assert shape(0.01) == "r0"
    assert f"r{SHAPES - 1}" == shape(99)
    for ratio in np.linspace(0.5, 5.9, 100):
        assert abs(ratios[shape(ratio)] / ratio - 1) < 0.02


def test_small_pictures_are_enlarged_at_most_twice() -> None:
    """The copy's pixels stay; what is shown is up to 900 px or twice as wide."""
    settings = Settings()

    shown = [
        picture(replace(_MOON, width=w, height=h), settings).shown
        for w, h in ((100, 50), (600, 300), (1200, 600), (4000, 2000))
    ]

    assert shown == [200, 900, 1200, 1600]


def test_the_favicon_is_xml() -> None:
    """It stands alone as a file."""
    assert ElementTree.fromstring(FAVICON).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_miniature_has_a_dot_for_each_image() -> None:
    """Dots lie inside the view box, at the places that pages mark."""
    xy = np.array([[0, 0], [1, 0.25], [0.5, 0.5]], np.float32)

    found = miniature(Layout("map", "positions", xy, 0.02))

    assert found.places.tolist() == [[16, 16], [1016, 266], [516, 516]]
    assert (found.width, found.height) == (1032, 532)
    path = ElementTree.fromstring(found.svg)[0].attrib["d"]
    assert path == "M16 16h0M1016 266h0M516 516h0"


def test_large_maps_are_thinned() -> None:
    """Of 20,000 images at most 8,000 are drawn, but each has its place."""
    xy = np.random.default_rng(0).random((20_000, 2), np.float32)

    found = miniature(Layout("map", "positions", xy, 0.01))

    assert found.svg.count("h0") == 6667
    assert len(found.places) == 20_000


def test_data_dir_prefers_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wheel's own copy goes before; a checkout has templates/ and static/dist/."""
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "builder")
    assert tmp_path / "templates" == data_dir("templates")
    assert tmp_path / "static" / "dist" == data_dir("static")

    (tmp_path / "builder/_data/static").mkdir(parents=True)
    assert tmp_path / "builder/_data/static" == data_dir("static")
