"""References: what they say, that foreign readers read them, and that texts stay texts in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.corpus.types import DateSpan, Image
from builder.pages import csl
from builder.pages.bibtex import plain_line
from builder.pages.citation import Citation, Citing, cite_catalogue
from builder.pages.csl import STYLES
from builder.pages.references import Name, Reference, located, name, names
from builder.pages.types import SiteInput

_MOON = Image(
    "vat-1594", "vat.jpg", "0" * 64, 800, 600, "Eclipse of the moon", "Vat. gr. 1594",
    DateSpan("9th century", 801, 900),
    {"Creator": "Eyck, Jan van; Workshop", "medium": "ink", "folio": "12v"},
)  # fmt: skip
_BARE = Image("bare", "b.jpg", "0" * 64, 8, 6, "What is it?")

_CATALOGUE = {
    "title": "Circles",
    "site_url": "https://x.org/c/",
    "authors": ["Duhem, Pierre", "Neugebauer, Otto"],
}


@pytest.fixture(scope="module")
def circles(make: Callable[..., SiteInput]) -> SiteInput:
    return make(4, catalogue=_CATALOGUE)


def said(citation: Citation, style: str) -> str:
    """A reference as a reader copies it."""
    return unescape(str(csl.formatted(citation.reference, style).striptags()))


def test_an_image_is_cited_in_three_manners(circles: SiteInput) -> None:
    """Maker, title, date, place, catalogue with its version and day, and the address."""
    cited = Citing(circles).image(_MOON)

    assert said(cited, "chicago") == (
        "Eyck, Jan van, and Workshop. Eclipse of the moon. 9th century. Ink. Vat. gr. 1594, "
        "fol. 12v. In Circles, by Pierre Duhem and Otto Neugebauer, version 0123456789ab, "
        "image vat-1594, January 2, 2026. https://x.org/c/items/vat-1594/."
    )
    assert said(cited, "mla") == (
        "Eyck, Jan van, and Workshop. Eclipse of the moon. 9th century, Vat. gr. 1594, fol. 12v. "
        "Circles, by Pierre Duhem and Otto Neugebauer, version 0123456789ab, image vat-1594, "
        "2 Jan. 2026, https://x.org/c/items/vat-1594/. Ink."
    )
    assert said(cited, "apa") == (
        "Eyck, J. van, & Workshop. (9th century). Eclipse of the moon [ink]. Vat. gr. 1594, "
        "fol. 12v. In P. Duhem & O. Neugebauer, Circles (Version 0123456789ab; image vat-1594; "
        "January 2, 2026). https://x.org/c/items/vat-1594/"
    )
    assert "<i>Eclipse of the moon</i>" in csl.formatted(cited.reference, "apa")


def test_a_claim_names_view_model_version_and_day(circles: SiteInput) -> None:
    """Whoever doubts it knows what to compute anew; the whole checksum is in the files."""
    claim = Citing(circles).neighbours(_MOON, circles.views[0])

    for style in STYLES:
        text = said(claim, style)
        assert "Nearest neighbours of ‘Eclipse of the moon’ (image vat-1594), view Look" in text
        assert f"lite0 (weights SHA-256 {'ab' * 6})" in text
        assert "ersion 0123456789ab" in text
        assert re.search(r"2 Jan\. 2026|January 2, 2026|2026, January 2", text)
        assert "https://x.org/c/items/vat-1594/#by-look" in text
    for text in (claim.bibtex, claim.ris, claim.json):
        assert "ab" * 32 in text


def test_what_is_unknown_is_left_out(make: Callable[..., SiteInput]) -> None:
    """Without authors, date, source and address no comma is doubled and no bracket empty."""
    site = replace(make(2, catalogue={"title": "T", "authors": []}), built="")
    cited = Citing(site).image(_BARE)

    texts = [said(cited, style) for style in STYLES]

    assert texts == [
        "What is it? In T, version 0123456789ab, image bare.",
        "What is it? T, version 0123456789ab, image bare.",
        "What is it? [Image]. (n.d.). In T (Version 0123456789ab; image bare)",
    ]
    assert not re.search(r"author|editor|year|date|url", cited.bibtex)
    assert {"author", "issued", "URL", "archive"}.isdisjoint(cited.csl)


def test_the_catalogue_is_cited(circles: SiteInput) -> None:
    """By its authors, with version and day."""
    assert said(cite_catalogue(circles), "apa") == (
        "Duhem, P., & Neugebauer, O. (2026, January 2). Circles (Version 0123456789ab). "
        "https://x.org/c/"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eyck, Jan van", Name("Eyck", "Jan van")),
        ("Master of Flémalle", Name("Master of Flémalle")),
        ("  Ibn al-Haytham ,", Name("Ibn al-Haytham")),
        (", Jan", Name("Jan")),
    ],
)
def test_names_are_taken_apart_at_the_comma(text: str, expected: Name) -> None:
    """A name without one is whole: nobody guesses where the family begins."""
    assert name(text) == expected
    assert names(f"{text}; ;Other") == (expected, Name("Other"))


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("folio", "4v", "fol.\xa04v"),
        ("Page", "12", "p.\xa012"),
        ("folio", "f. 4v", "f. 4v"),
        ("plate", "12", "12"),
        ("folio", "", ""),
    ],
)
def test_a_bare_folio_gets_its_sign(column: str, text: str, expected: str) -> None:
    """Only a number gets it, and only in a column whose name says what it counts."""
    assert located(column, text) == expected


_TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Co"]), min_size=1, max_size=30
) | st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        "x}, author = {Evil",
        "a\r\nER  - \r\nTY  - JOUR",
        "100 % & #1 _ ~ ^ \\ $",
        "كتاب المجسطي",
        "Περὶ σφαίρας;",
        "<i>x</i>",
        "is it?",
        "and",
    ]
)


def fields(hostile: str) -> Image:
    """An image that says the same, whatever it is, in each field."""
    return Image(
        "an-id", "p.jpg", "0" * 64, 8, 6, f"T {hostile}", hostile.strip(),
        DateSpan(f"c. 1400 {hostile}", 1400, 1400),
        {"creator": f"F{hostile}, G", "medium": hostile, "folio": hostile, "credit": hostile,
         "dimensions": hostile, "shelfmark": hostile, "rights": hostile},
    )  # fmt: skip


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert attrs == []

    def handle_data(self, data: str) -> None:
        self.text += data


@given(_TEXTS)
@settings(max_examples=60, deadline=None)
def test_whatever_a_field_holds_comes_out_as_text(make_circles: SiteInput, hostile: str) -> None:
    """In HTML, BibTeX, RIS and CSL-JSON, as readers that are not ours read them."""
    image = fields(hostile)
    cited = Citing(make_circles).image(image)

    for style in ("mla", "chicago"):  # the third shares all code with these
        read = _Tags(str(csl.formatted(cited.reference, style)))
        assert read.tags <= {"i", "bdi"}
        assert " ".join(image.title.split()).rstrip(".") in read.text

    library = bibtexparser.parse_string(cited.bibtex)
    assert len(library.entries) == 1
    assert not library.failed_blocks
    assert library.entries[0].key == "an-id-012345"
    assert {field.key for field in library.entries[0].fields} <= {
        *("title", "author", "editor", "howpublished", "version", "year", "date", "note", "url")
    }

    (record,) = rispy.loads(cited.ris)
    assert record["title"] == plain_line(image.title)
    assert record["type_of_reference"] == "ART"
    assert set(record.get("unknown_tag", ())) <= {"AV"}  # the place in an archive

    (entry,) = json.loads(cited.json)
    assert entry["title"] == image.title


@pytest.fixture(scope="session")
def make_circles(make: Callable[..., SiteInput]) -> SiteInput:
    return make(2, catalogue=_CATALOGUE)


def test_bibtex_is_read_back(circles: SiteInput) -> None:
    """Every field as it was, TeX's own signs included."""
    image = replace(_MOON, title="50 % of a_b {x} \\ & ~")
    entry = bibtexparser.parse_string(Citing(circles).image(image).bibtex).entries[0]
    found = {field.key: field.value for field in entry.fields}

    assert entry.entry_type == "misc"
    assert found["title"] == r"{50 \% of a\_b \{x\} \textbackslash{} \& \textasciitilde{}}"
    assert found["author"] == "Eyck, Jan van and {Workshop}"
    assert found["date"] == "2026-01-02"
    assert found["url"] == "https://x.org/c/items/vat-1594/"


def test_ris_is_read_back(circles: SiteInput) -> None:
    """The reader finds the same names, title, place and address."""
    (record,) = rispy.loads(Citing(circles).image(_MOON).ris)

    assert record["authors"] == ["Eyck, Jan van", "Workshop"]
    assert record["secondary_authors"] == ["Duhem, Pierre", "Neugebauer, Otto"]
    assert record["urls"] == ["https://x.org/c/items/vat-1594/"]
    assert record["unknown_tag"]["AV"] == ["Vat. gr. 1594, fol. 12v"]


@given(
    st.builds(
        Reference,
        kind=st.sampled_from(["image", "neighbours", "catalogue"]),
        key=st.just("key"),
        title=st.from_regex(r"[A-Z][a-z]{1,8}( [a-z]{1,8}){0,2}[?!.]?", fullmatch=True),
        written=st.sampled_from(["", "1450", "About 1450"]),
        medium=st.sampled_from(["", "Ink"]),
        archive=st.sampled_from(["", "Vat. gr. 1"]),
        location=st.sampled_from(["", "fol. 2"]),
        catalogue=st.sampled_from(["", "Circles"]),
        version=st.sampled_from(["", "ab12"]),
        day=st.sampled_from(["", "2026-01-02"]),
    ),
    st.sampled_from(list(STYLES)),
)
@settings(max_examples=60, deadline=None)
def test_marks_give_what_the_processor_gives(reference: Reference, style: str) -> None:
    """Texts put in place of marks read as if the processor had been given the texts."""
    kinds = {"image": "graphic", "neighbours": "dataset", "catalogue": "webpage"}
    entry = {
        "id": "entry",
        "type": kinds[reference.kind],
        "title": reference.title,
        "medium": reference.medium,
        "archive": reference.archive,
        "archive_location": reference.location,
        "container-title": reference.catalogue,
        "version": reference.version,
    }
    entry = {key: value for key, value in entry.items() if value}
    if reference.written:
        entry["issued"] = {"literal": reference.written}
    if reference.day:
        parts = [int(part) for part in reference.day.split("-")]
        entry["event-date"] = {"date-parts": [parts]}

    direct = re.sub(r"<[^>]+>", "", unescape(csl.processed(entry, style)))
    marked = unescape(str(csl.formatted(reference, style).striptags()))

    def even(text: str) -> str:
        """The processor leaves a full stop after a mark of its own kind; nobody prints it."""
        former = ""
        while former != text:
            former, text = text, re.sub(r"([.?!])([”]?)\.(?=\s|$|”)", r"\1\2", text)
        return text

    assert even(marked) == even(direct)
