"""What curators write: notes, alternative texts, relations; and sources in page order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from builder.corpus.types import Corpus, DateSpan, Image, Relation
from builder.errors import SettingsError
from builder.pages.alt import AltText, unknown_names
from builder.pages.cards import cards
from builder.pages.notes import NoteWriter, lost_links
from builder.pages.related import related
from builder.pages.render import render
from builder.pages.sources import sources
from builder.pages.types import Beside, SiteInput
from builder.settings import parse

_IDS = {"ms-a", "ms-b"}
_WRITER = NoteWriter(
    _IDS, lambda one: f"../{one}/index.html", lambda one: f"../../thumbs/{one}.webp"
)


def image(row: int, source: str = "S", date: DateSpan | None = None, **fields: str) -> Image:
    return Image(
        f"i-{row}", f"{row}.jpg", f"{row:064x}", 8, 6, f"Image {row}", source, date, fields
    )


def test_a_note_has_links_footnotes_and_tables() -> None:
    """Links by id lead to pages, headings stand below the page's own, pictures by id are shown."""
    made = str(
        _WRITER(
            "# Head\n\n*a* [b](ms-a)[^1] [w](https://e.org) ![c](ms-b)\n\n"
            "|x|\n|-|\n|y|\n\n[^1]: Foot."
        )
    )
    tree = html.fromstring(f"<div>{made}</div>")

    assert tree.xpath("string(h3)") == "Head"
    assert tree.xpath("//a[text()='b']/@href") == ["../ms-a/index.html"]
    assert tree.xpath("//a[text()='w']/@rel") == ["external noreferrer"]
    assert tree.xpath("//img/@src") == ["../../thumbs/ms-b.webp"]
    assert tree.xpath("//img/@alt") == ["c"]
    assert tree.xpath("string(//td)") == "y"
    anchor = tree.xpath("//sup/a/@href")[0].removeprefix("#")
    assert "Foot." in tree.xpath(f"string(//li[@id='{anchor}'])")


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "![x](https://e.org/spy.gif)",
        "![x](//e.org/spy.gif)",
        "[x](../../../etc)",
        '[x](ms-a "\\"><script>")',
        "[x]: javascript:alert(1)\n[x]",
        "<javascript:alert(1)>",
    ],
)
def test_a_note_cannot_do_harm(markdown: str) -> None:
    """No script, no handler, no address of a script, nothing fetched from elsewhere."""
    tree = html.fromstring(f"<div>{_WRITER(markdown)}</div>")

    assert tree.xpath("//script | //iframe | //style | //@*[starts-with(name(), 'on')]") == []
    assert all(one.startswith(("../ms-", "http")) for one in tree.xpath("//a/@href"))
    assert tree.xpath("//img/@src") == []


class _Attributes(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, name) for name, _ in attrs} | {(tag, "")}


@given(
    st.text(
        alphabet=st.sampled_from(list("<>\"'`[](){}!#*_^:|\\/&;= \n-axms1javscript")), max_size=60
    )
)
@settings(max_examples=200, deadline=None)
def test_no_note_gets_elements_of_its_own(markdown: str) -> None:
    """Whatever is written, only the elements of Markdown come out."""
    found = _Attributes(str(_WRITER(markdown))).found

    assert {tag for tag, _ in found} <= {
        *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li"),
        *("sup", "h3", "h4", "h5", "h6", "a", "img", "section", "table", "thead", "tbody", "tr"),
        *("th", "td"),
    }
    assert {name for _, name in found} <= {
        "",
        "href",
        "title",
        "id",
        "class",
        "rel",
        "src",
        "alt",
        "loading",
        "start",
    }


def test_links_that_lead_nowhere_are_named() -> None:
    """Once each, in their order; addresses and ids are none."""
    text = "[a](ms-a) [b](lost) ![c](gone) [d](lost) [e](https://e.org)"

    assert lost_links(text, _IDS) == ["lost", "gone"]


@pytest.mark.parametrize(
    ("template", "source", "date", "expected"),
    [
        ("{title}, {source}, {date}", "S", "1400", "Image 1, S, 1400"),
        ("{title}, {source}, {date}", "", "1400", "Image 1, 1400"),
        ("{title}, {source}, {date}", "", "", "Image 1"),
        ("{title} ({source}, {date})", "S", "", "Image 1 (S)"),
        ("{title} ({source}, {date})", "", "1400", "Image 1 (1400)"),
        ("{title} ({source}, {date})", "", "", "Image 1"),
        ("{source}: {title}", "", "", "Image 1"),
        ("{source}, {date}", "", "", "Image 1"),
        ("{title} – {medium}; {source}.", "S", "", "Image 1 – ink; S."),
        ("{{{title}}}", "S", "", "{Image 1}"),
    ],
)
def test_alternative_texts_leave_no_stray_commas(
    template: str, source: str, date: str, expected: str
) -> None:
    """What is not known goes with its comma, its brackets or its colon."""
    span = DateSpan(date, 1400, 1400) if date else None

    assert AltText(template)(image(1, source, span, Medium="ink")) == expected


@given(st.text(max_size=20), st.text(max_size=20))
def test_known_texts_stand_as_they_are(title: str, source: str) -> None:
    """Signs within a text are not taken for the template's."""
    one = replace(image(1, source), title=f"T{title}")

    said = AltText("{title} ({source}), {date}")(one)

    assert " ".join(one.title.split()) in said
    assert " ".join(source.split()) in said


def test_unknown_names_in_a_template_are_found() -> None:
    """Columns count in any case."""
    assert unknown_names("{title} {Topic} {nobody}", ("topic",)) == ["nobody"]


@pytest.mark.parametrize("template", ["{title", "{}", "{title!r}", "{title:>9}", "title}"])
def test_a_broken_template_is_refused(template: str) -> None:
    """In words, before anything is built."""
    with pytest.raises(SettingsError, match=r"images\.alt"):
        parse({"images": {"alt": template}})


def test_both_images_tell_a_relation() -> None:
    """Each in its own words; what is the same both ways is told once."""
    deck = cards([image(1), image(2)])
    said = (
        Relation("i-1", "copy of", "i-2", "n"),
        Relation("i-2", "same as", "i-1"),
        Relation("i-1", "same as", "i-2"),
        Relation("i-1", "see also", "gone"),
    )
    told = related(said, deck)

    assert [(one.words, one.note) for one in told["i-1"]] == [("Copy of", "n"), ("The same as", "")]
    assert [(one.words, one.card.id) for one in told["i-2"]] == [
        ("The same as", "i-1"),
        ("Copied in", "i-1"),
    ]


def test_sources_are_in_page_order(build_site: Callable[..., SiteInput]) -> None:
    """By folio where every image has one, else as files lie; names in natural order."""
    site = build_site(4)
    images = (image(0, "MS 10", folio="10r"), image(1, "MS 10", folio="9v"),
              image(2, "MS 2", folio="1"), image(3, "MS 2"))  # fmt: skip
    found = sources(replace(site, corpus=Corpus(images)))

    assert [(one.name, one.slug, one.rows) for one in found] == [
        ("MS 2", "ms-2", (2, 3)),
        ("MS 10", "ms-10", (1, 0)),
    ]
    assert found[1].places == ("fol.\xa09v", "fol.\xa010r")
    assert [found[1].beside(row) for row in (1, 0)] == [(-1, 0), (1, -1)]


def test_pages_have_notes_relations_and_sources(make: Callable[..., SiteInput]) -> None:
    """The page of an image shows its note and relations, and leads through its source."""
    site = make(12)
    ids = [one.id for one in site.corpus.images]
    beside = Beside(
        notes={ids[2]: "**Look** at [it](image-007)."},
        relations=(Relation(ids[2], "detail of", ids[7]),),
    )
    files = dict(render(replace(site, beside=beside)))
    tree = html.fromstring(files[f"items/{ids[2]}/index.html"].decode())

    assert tree.xpath("string(//section[@class='note']//strong)") == "Look"
    assert tree.xpath("//section[@class='by-hand']//li/a/@href") == ["../image-007/index.html"]
    assert tree.xpath("string(//p[@class='in-source']/span)") == "1 of 2 in this source"
    assert tree.xpath("//p[@class='in-source']/a/@href") == ["../image-007/index.html"]
    source = html.fromstring(files["sources/almagest/index.html"].decode())
    assert [
        re.search(r"image-\d+", href)[0] for href in source.xpath("//ol[@class='cells']//a/@href")
    ] == [
        "image-002",
        "image-007",
    ]
