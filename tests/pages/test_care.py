"""The checks of a built site find what is wrong with it, and nothing else."""

from __future__ import annotations

import json
import posixpath
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.care.documents import document_findings, kind_of
from builder.care.limits import HOSTS, limit_findings, size_of
from builder.care.links import page_findings, style_findings
from builder.care.reading import read_page
from builder.care.types import Finding, gathered
from builder.pages import data
from builder.pages.render import render
from builder.pages.types import SiteInput

_SCHEMAS = Path(data.__file__).parent / "schemas"
_URL = "https://example.org/c/"


@pytest.fixture(scope="module")
def files(whole_site: SiteInput) -> dict[str, bytes]:
    """A site with a page of every kind."""
    return dict(render(whole_site))


@pytest.fixture(scope="module")
def there(files: dict[str, bytes], whole_site: SiteInput) -> set[str]:
    """All of its paths, with what the pipeline adds to the text files."""
    ids = [image.id for image in whole_site.corpus.images]
    names = {f"{folder}/{one}.webp" for folder in ("images", "thumbs") for one in ids}
    names |= {f"assets/{name}" for name in ("volvelle.css", "page.js", "explorer.js")}
    return {*files, *names}


def found(pages: dict[str, str], files: set[str], url: str = "") -> list[Finding]:
    return list(page_findings({path: read_page(text) for path, text in pages.items()}, files, url))


def test_the_pages_have_no_dead_link(files: dict[str, bytes], there: set[str]) -> None:
    """But for files that only a whole build has; and no id twice, no picture without words."""
    pages = {path: text.decode() for path, text in files.items() if path.endswith(".html")}
    wrong = found(pages, there, _URL)
    built = ("exports/", "cite.", "neighbours.", "mean.webp", "deviation.webp", "card.jpg",
             "claims.json", "thumbs/gone", f"{'bb' * 6}.webp", "assets/compare.js")  # fmt: skip
    own = [one for one in wrong if not any(word in one.problem for word in built)]

    assert len(pages) > 100
    assert own == []


def test_each_fault_is_found() -> None:
    """Dead links and places, doubled ids, pictures without words, requests to others."""
    page = (
        '<h1 id="a" id="b">x</h1><p id="a"><a href="gone/index.html">x</a><a href="#lost">x</a>'
        '<a href="index.html#a">x</a><a href="https://other.org/x">x</a><a href="../c/x/">x</a>'
        '<img src="x.webp" srcset="x.webp 1w, https://cdn.org/y.webp 2w"><script src="//e.org/j">'
    )
    told = [(one.about, one.problem) for one in found({"c/index.html": page}, {"c/index.html"})]
    about = [name for name, _ in told]

    assert about.count("links") == 4  # gone, #lost, ../c/x/, x.webp
    assert about.count("third parties") == 2
    assert about.count("ids") == 1
    assert about.count("alt") == 1
    assert not any("other.org" in problem for _, problem in told)


def test_style_sheets_ask_nobody_else() -> None:
    """Imports and fonts of others are found, those of the site are not."""
    css = "@import '//a.org/x.css'; @font-face { src: url(\"fonts/a.woff2\") url(https://b.org/f) }"
    assert len(list(style_findings("x.css", css))) == 2


_NAMES = st.lists(st.sampled_from(["a", "b c", "ü", "d"]), min_size=0, max_size=3)


@given(_NAMES, _NAMES)
def test_links_lead_where_browsers_go(here: list[str], there: list[str]) -> None:
    """A relative way between any two pages is alive, and dead when its page is gone."""
    one, other = ("/".join([*folders, "index.html"]) for folders in (here, there))
    way = posixpath.relpath(other, posixpath.dirname(one) or ".")
    pages = {one: f'<a href="{way}">x</a>', other: "x"}
    pages[one] = f'<a href="{way}">x</a>'

    assert found(pages, {one, other}) == []
    if one != other:
        assert [f.about for f in found({one: pages[one]}, {one})] == ["links"]


def test_documents_fit_their_schemas(files: dict[str, bytes]) -> None:
    """All that have one; a changed one and a broken one are named with the place."""
    read = dict(files)
    assert list(document_findings(read, read.__getitem__, _SCHEMAS)) == []
    item = json.loads(read["api/items/image-001.json"])
    read["api/items/image-001.json"] = json.dumps(item | {"width": "wide"}).encode()
    read["version.json"] = b"{"
    told = list(document_findings(read, read.__getitem__, _SCHEMAS))

    assert {one.path for one in told} == {"api/items/image-001.json", "version.json"}
    assert any("width" in one.problem for one in told)
    assert kind_of("api/neighbours/look/0.json") == "neighbours-part"
    assert kind_of("cite.csl.json") is None


def test_a_host_takes_no_more_than_it_takes() -> None:
    """Near the limit is a warning with the room that is left, above it an error."""

    def told(size: int, largest: int = 1) -> list[tuple[str, str]]:
        files = {"assets/a.js": 1_000_000, "x": largest, "y": size - 1_000_000 - largest}
        whole = size_of(files, 1000, "pages")
        return [(one.level, one.about) for one in limit_findings(files, whole, "pages")]

    small = {"a": 1000, "b": 1000}
    assert list(limit_findings(small, size_of(small, 1, "pages"), "pages")) == []
    assert ("warning", "size") in told(950_000_000)
    assert ("error", "size") in told(1_000_000_001)
    assert size_of({"assets/a": 10**8, "x": 9 * 10**7}, 90, "pages").room == 900
    assert list(limit_findings({"x": 10**12}, size_of({"x": 10**12}, 1, "files"), "files")) == []
    assert HOSTS["pages"].file == 100 * 1024 * 1024


def test_the_same_fault_is_told_once() -> None:
    """With the number of files, and the first of them."""
    same = [Finding(path, "is bad", "mend it", "links") for path in "abc"]
    told = gathered([*same, Finding("d", "is bad", "mend it", "alt")])

    assert [(one.path, one.count) for one in told] == [("a", 3), ("d", 1)]
