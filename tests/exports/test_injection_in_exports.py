"""Markup and formulas in any field or file name come out as text in everything that is exported."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.corpus.types import Corpus, DateSpan, Image
from builder.exports.figure import figure
from builder.exports.figure_words import Subject
from builder.exports.files import files
from builder.exports.tables import distances_csv
from builder.measures.review import suspects_text
from builder.measures.types import Verdict
from builder.pages.types import SiteInput
from builder.settings import Settings, parse

Made = Callable[..., SiteInput]

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PIECES = (
    *("=HYPERLINK(1)", "@SUM(1)", "+1+1", "-2+3", "＝1", "\t=1", "\r=1", '"', ",", "\n", ";"),
    *(
        "<script>alert(1)</script>",
        "]]>",
        "-->",
        "<!ENTITY x 'y'>",
        "&lt;",
        "&#0;",
        "\x0b",
        "\ufffe",
    ),
    *("$x^2$", "\\frac{1}", "\u202e", "\ud800", "كتاب", "Σ", "a"),
)
_HOSTILE = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map("".join)


def hostile(site: SiteInput, text: str) -> SiteInput:
    """The site, with a text in every place that a user writes into."""
    said = text.encode("utf-8", "replace").decode()
    images = tuple(
        Image(
            one.id, said.replace("/", "_") + f"{row}.jpg", one.sha256, 80, 60, said or "x", said,
            DateSpan(said, 1400, 1400),
            {"credit": said, "rights": said, f"L{said}": said, said: said},
        )
        for row, one in enumerate(site.corpus.images)
    )  # fmt: skip
    view = site.views[0]
    named = tuple(replace(one, name=said) for one in view.clustering.clusters)
    views = (replace(view, clustering=replace(view.clustering, clusters=named)), *site.views[1:])
    told: Settings = parse(
        {"catalogue": {"title": said or "x", "authors": [said], "licence": said}}
    )
    whole = told.model_copy(update={"exports": site.settings.exports})
    return replace(site, settings=whole, corpus=Corpus(images), views=views)


@given(text=_HOSTILE)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_exports_hold_texts_and_no_formulas(made: Made, text: str) -> None:
    """Tables are read whole and no cell begins a formula; graphs are XML with as many nodes."""
    site = hostile(made(8), text)
    count = len(site.corpus.images)

    tables = dict(files(site)) | {
        "d.csv": distances_csv(site.views[0].clustering).encode("utf-8", "replace"),
        "s.csv": suspects_text(["a"], [Verdict("suspect", 0.5, text, by="curator")]).encode(
            "utf-8", "replace"
        ),
    }
    for path, content in tables.items():
        if path.endswith(".csv"):
            read = list(csv.reader(io.StringIO(content.decode(), newline="")))
            assert len({len(line) for line in read}) == 1
            cells = [cell for line in read for cell in line]
            bad = [cell for cell in cells if cell.startswith(_FORMULAS)]
            assert all(cell.removeprefix("-").replace(".", "").isdigit() for cell in bad)
        elif path.endswith((".gexf", ".graphml")):
            root = ElementTree.fromstring(content)
            tags = [one.tag.rpartition("}")[2] for one in root.iter()]
            assert tags.count("node") == count
            assert "script" not in tags
        elif path.endswith(".parquet"):
            table = pq.read_table(io.BytesIO(content)).to_pydict()
            assert len(table["id"]) == count


@given(text=_HOSTILE)
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_figures_are_drawings_whatever_names_say(made: Made, text: str) -> None:
    """An SVG that is XML, without scripts or anything that is fetched from elsewhere."""
    site = hostile(made(8), text)
    view = site.views[0]
    drawn = figure(
        Subject(site, view, view.layouts[0], view.clustering),
        lambda _: np.zeros((20, 40, 3), np.uint8),
        "svg",
        120,
        72,
    )

    root = ElementTree.fromstring(drawn)
    assert not [one for one in root.iter() if one.tag.rpartition("}")[2] == "script"]
    for one in root.iter():
        assert not [name for name in one.attrib if name.rpartition("}")[2].startswith("on")]
        link = one.attrib.get("{http://www.w3.org/1999/xlink}href", "")
        assert not link or link.startswith(("data:", "#"))
