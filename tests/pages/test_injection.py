"""Markup in any field, note or file name comes out as text, in every format that pages write."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.corpus.types import DateSpan, Image, Relation
from builder.pages.render import render
from builder.pages.types import Beside, SiteInput

_PIECES = (
    *(
        "<script>alert(1)</script>",
        "</title>",
        "</script>",
        "<!--",
        "-->",
        "]]>",
        "<img onerror=x>",
    ),
    *('" onload="x', "' onclick='x", "&lt;b&gt;", "&#60;", "{{ 7*7 }}", "{% raw %}", "\\u003c"),
    *("=HYPERLINK(1)", "@import{", "}", "{", "\\", "%", "\r\nER  - ", "\u2028", "\u202e", "\x0b"),
    *("`", "](javascript:x)", "|", "\n\n# ", "كتاب", "Σ", ";", ",", "a", "\ud800"),
)
_HOSTILE = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map("".join)


class Elements(HTMLParser):
    """Elements with their attributes, in order; what JSON-LD says is no element."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.scripts: list[str] = []
        self._script = False
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))
        self._script = tag == "script"
        if self._script:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts[-1] += data


def with_text(site: SiteInput, text: str) -> SiteInput:
    """A site of two images of which every text is the same."""
    said = text.encode("utf-8", "replace").decode()
    images = tuple(
        Image(
            f"image-00{row}", f"{said.replace('/', '_')}.jpg", f"{row:064x}", 80, 60,
            f"T{said}", said.strip(), DateSpan(f"1400 {said}", 1400, 1400),
            {"creator": f"F{said}, G", "medium": said, "folio": said, "credit": said,
             "rights": said, f"L{said}": said, "web": f"https://e.org/{said}"},
            (said,),
        )
        for row in range(2)
    )  # fmt: skip
    days = {image.id: "2026-01-01" for image in images}
    relations = (Relation("image-000", "copy of", "image-001", said),)
    beside = Beside(days, {"image-000": said}, relations, True)
    return replace(site, corpus=replace(site.corpus, images=images), beside=beside)


@pytest.fixture(scope="module")
def hostile_base(make: Callable[..., SiteInput]) -> SiteInput:
    return make(2, catalogue={"site_url": "https://x.org/c/"})


@given(_HOSTILE)
@settings(max_examples=15, deadline=None)
def test_texts_stay_texts(hostile_base: SiteInput, text: str) -> None:
    """Pages have only elements and attributes of ours, and other formats are read whole."""
    site = with_text(hostile_base, text)
    files = dict(render(site))
    title = site.corpus.images[0].title

    page = Elements(files["items/image-000/index.html"])
    assert {tag for tag, _ in page.found} & {"iframe", "object", "style", "base", "form"} == set()
    names = {name for _, found in page.found for name in found}
    assert not {name for name in names if name.startswith("on") or name == "style"}
    (linked,) = filter(None, page.scripts)
    assert json.loads(linked)["name"] == title
    assert "<" not in linked

    for path, content in files.items():
        if path.endswith(".json"):
            json.loads(content)
        elif path.endswith((".xml", ".svg")):
            ElementTree.fromstring(content)
        elif path.endswith(".js"):
            found = re.fullmatch(
                r"volvelle\.add\((\"[^\"]*\"), (.*)\);\n", content.decode(), re.DOTALL
            )
            assert found
            json.loads(found[2])
            assert b"<" not in content
        elif path.endswith(".bib") and "cite" in path:
            library = bibtexparser.parse_string(content.decode())
            assert (len(library.entries), library.failed_blocks) == (1, [])
        elif path.endswith(".ris"):
            records = rispy.loads(content.decode())
            assert len(records) == (len(site.views) if "neighbours" in path else 1)


def test_the_property_would_notice() -> None:
    """The readers here do see markup where there is some."""
    html = b"<p onclick='x'><script>let a = '<';</script><iframe></iframe>"
    page = Elements(html)

    assert ("p", ("onclick",)) in page.found
    assert ("iframe", ()) in page.found
    assert page.scripts == ["let a = '<';"]
