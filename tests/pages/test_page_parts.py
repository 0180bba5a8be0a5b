"""Citations, cards, drawings: the small parts of pages."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from builder.corpus.types import DateSpan, Image
from builder.layouts.types import Layout
from builder.pages import resources
from builder.pages.cards import SHAPES, fitted, picture, shape
from builder.pages.citation import cite_catalogue, cite_image, linked_data
from builder.pages.drawings import FAVICON, miniature
from builder.pages.resources import data_dir
from builder.pages.types import SiteInput
from builder.pages.years import span_text, year_text
from builder.settings import Settings

_MOON = Image(
    "vat-1594", "vat.jpg", "0" * 64, 800, 600, "Eclipse of the moon", "Vat. gr. 1594",
    DateSpan("9th century", 801, 900),
)  # fmt: skip


def test_a_citation_names_everything(build_site: Callable[..., SiteInput]) -> None:
    """Title, origin, catalogue with version, image, and the permanent address."""
    site = build_site(catalogue={"title": "Almagest", "site_url": "https://x.org/"})

    found = cite_image(site, _MOON)

    assert found.parts == (
        "Eclipse of the moon.",
        "Vat. gr. 1594, 9th century.",
        "In: Surname, Given, Almagest, 2026, version 0123456789ab, image vat-1594.",
        "https://x.org/items/vat-1594/",
    )
    assert found.bibtex.startswith("@misc{vat-1594-012345,\n  title = {Eclipse of the moon},\n")
    assert "  url = {https://x.org/items/vat-1594/}\n}" in found.bibtex


def test_a_citation_leaves_out_what_is_unknown(build_site: Callable[..., SiteInput]) -> None:
    """No author, date or address: no empty brackets and no doubled commas."""
    site = replace(build_site(catalogue={"title": "T", "authors": []}), built="")

    found = cite_image(site, replace(_MOON, source="", date=None, title="What is it?"))

    assert found.parts == ("What is it?", "In: T, version 0123456789ab, image vat-1594.")
    assert "author" not in found.bibtex
    assert cite_catalogue(site).parts == ("T, version 0123456789ab.",)


def test_bibtex_escapes_its_own_signs(build_site: Callable[..., SiteInput]) -> None:
    """Braces, percent and underscores of a title do not end the entry."""
    title = replace(_MOON, title="50 % of a_b {x} \\ & ~")

    bibtex = cite_image(build_site(), title).bibtex

    assert r"  title = {50 \% of a\_b \{x\} \textbackslash{} \& \textasciitilde{}}," in bibtex


def test_linked_data_leaves_out_what_is_unknown(build_site: Callable[..., SiteInput]) -> None:
    """Dates before the common era are astronomical; without a source there is no whole."""
    site = build_site(catalogue={"licence": "all mine"})
    ancient = replace(_MOON, source="", date=DateSpan("c. 150 BCE", -159, -139))

    found = linked_data(site, ancient, "x.webp")

    assert found["temporalCoverage"] == "-0159/-0139"
    assert {"isPartOf", "url"}.isdisjoint(found)
    assert "license" not in found["image"]
    assert json.dumps(found)


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
