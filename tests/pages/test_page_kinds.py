"""Kinds of pictures and their numbers: lists, marks, facets."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from builder.measures.types import Verdict
from builder.pages.facets import facets
from builder.pages.found_facets import band_facets, kind_facets, reserved
from builder.pages.numbers import value_text
from builder.pages.render import render
from builder.pages.types import SiteInput


@pytest.fixture(scope="module")
def files(rich: SiteInput) -> dict[str, str]:
    return {path: text.decode() for path, text in render(rich)}


def test_suspects_are_listed_the_surest_first(files: dict[str, str]) -> None:
    """A kind's page has its pictures with score and reason, escaped."""
    text = files["kinds/blank/index.html"]

    assert re.findall(r'<li><a href="../../items/([^/]+)/', text) == ["image-002", "image-001"]
    assert re.findall(r'<span class="num">(\([\d.]+\))</span>', text) == ["(0.95)", "(0.75)"]
    assert "nothing is drawn &lt;script&gt;" in text


def test_the_page_of_kinds_says_how_to_overrule(files: dict[str, str]) -> None:
    """It names the file, its columns and an image of the catalogue."""
    text = files["kinds/index.html"]

    assert "review.csv" in text
    assert "image,kind,note\nimage-002,ok," in text
    assert {"blank", "duplicate", "suspect"} == set(re.findall(r'href="(\w+)/index.html"', text))


def test_an_image_bears_its_mark(files: dict[str, str]) -> None:
    """Suspects say what they are and why; of others nothing is said, unless a curator did."""
    marked = [path for path in files if 'class="kind-mark"' in files[path]]

    assert [f"items/image-00{row}/index.html" for row in (1, 2, 3, 4, 5)] == marked
    assert "../../items/image-000/index.html" in files["items/image-003/index.html"]
    assert "by a curator" in files["items/image-005/index.html"]


def test_an_image_has_a_table_of_its_numbers(files: dict[str, str]) -> None:
    """Each number with its unit and meaning; unknown ones have a dash."""
    text = files["items/image-000/index.html"]

    assert "Ink &lt;i&gt;" in text
    assert '<td class="num">–</td><td>Share of &lt;b&gt;ink&lt;/b&gt;.' in text


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.107, "share", "10.7\N{NO-BREAK SPACE}%"),
        (1200.0, "px", "1,200\N{NO-BREAK SPACE}px"),
        (-0.446, "sd", "\N{MINUS SIGN}0.446\N{NO-BREAK SPACE}sd"),
        (270.0, "degrees", "270°"),
        (float("nan"), "px", "–"),
    ],
)
def test_numbers_are_written_as_readers_know_them(value: float, unit: str, expected: str) -> None:
    """Shares in per cent, thousands with a comma, a true minus."""
    assert expected == value_text(value, unit)


def test_kinds_and_bands_are_facets_of_the_map_alone(
    files: dict[str, str], rich: SiteInput
) -> None:
    """The explorer can filter by them; they have no lists beside their own pages."""
    found = {one["key"]: one for one in json.loads(files["api/catalogue.json"])["facets"]}

    assert found["kind-of-picture"]["values"] == ["As wanted", "Blank", "Duplicate", "Suspect"]
    assert found["kind-of-picture"]["index"][:6] == [0, 1, 1, 2, 3, 0]
    assert found["number-ink"]["values"] == ["0 to 0.5", "0.5 to 1"]
    assert found["number-ink"]["index"][0] == -1
    assert not [path for path in files if path.startswith("list/number-")]


def test_no_suspects_no_facet() -> None:
    """Where all pictures are as wanted, there is nothing to choose."""
    assert kind_facets([Verdict("ok", 1.0, "")] * 3) == ()
    assert kind_facets([]) == ()


def test_columns_do_not_take_the_keys_of_numbers(rich: SiteInput) -> None:
    """A column that is called like a found facet gets another address."""
    images = rich.corpus.images
    named = [("Number ink", images[0].fields | {"Number ink": "a"})]
    first = images[0].__class__(**{**vars(images[0]), "fields": named[0][1]})
    corpus = rich.corpus.__class__(images=(first,), facets=("Number ink",))
    own = facets(corpus, rich.settings.metadata, reserved(rich))

    assert len(own) == 1
    assert not {facet.key for facet in own} & {facet.key for facet in band_facets(rich)}


def test_bands_keep_every_image(rich: SiteInput) -> None:
    """Rows of a band facet are all rows once."""
    for facet in band_facets(rich):
        rows = np.sort(np.concatenate([np.array(rows, int) for rows in facet.rows]))

        assert list(range(len(rich.corpus.images))) == rows.tolist()
