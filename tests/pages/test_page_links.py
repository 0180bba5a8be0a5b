"""Ways from page to page."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.pages import links
from builder.pages.pager import PageLink, page_count, pager

_PATHS = st.lists(st.sampled_from(["a", "b", "items", "1"]), min_size=1, max_size=5).map("/".join)


@given(_PATHS, _PATHS)
def test_relative_leads_where_it_should(here: str, there: str) -> None:
    """Following the relative way from a page arrives at the other, as posixpath reads it."""
    way = links.relative(f"{here}/index.html", f"{there}/index.html")

    arrived = posixpath.normpath(posixpath.join(here, way))

    assert f"{there}/index.html" == arrived


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("index.html", "./"),
        ("about/index.html", "../"),
        ("list/source/a/2/index.html", "../../../../"),
    ],
)
def test_root_of_a_page(path: str, root: str) -> None:
    """One step up for every folder."""
    assert root == links.root_of(path)


def test_absolute_addresses_need_a_site() -> None:
    """Public addresses end in the folder; without a site there are none."""
    assert links.absolute("https://x.org/c/", "items/a/index.html") == "https://x.org/c/items/a/"
    assert links.absolute("", "items/a/index.html") == ""


def test_base_path_is_for_the_page_at_any_depth() -> None:
    """404.html is served everywhere, so it starts from the site's own path."""
    assert links.base_path("https://x.org/c/") == "/c/"
    assert links.base_path("") == "./"


@pytest.mark.parametrize(
    ("licence", "url"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/l", "https://example.org/l"),
        ("javascript:alert(1)", ""),
        ("All rights reserved", ""),
    ],
)
def test_licence_urls(licence: str, url: str) -> None:
    """Creative Commons names have deeds; words have none, and no script ever becomes a link."""
    assert url == links.licence_url(licence)


def test_pager_shows_the_ends_and_what_is_near() -> None:
    """First, last, two to each side; gaps between; no way before the first page."""
    found = pager(5, 12, lambda page: f"p{page}")

    assert [link.text for link in found.links] == ["1", "…", "3", "4", "5", "6", "7", "…", "12"]
    assert PageLink("5", "") == found.links[4]
    assert (found.previous, found.next) == ("p4", "p6")
    assert (pager(1, 1, str).previous, pager(1, 1, str).next) == ("", "")


@pytest.mark.parametrize(("items", "pages"), [(0, 1), (1, 1), (10, 1), (11, 2), (20, 2)])
def test_page_count(items: int, pages: int) -> None:
    """An empty list still has its page."""
    assert pages == page_count(items, 10)
