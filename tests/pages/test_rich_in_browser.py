"""Clusterings, marks, sorting, kinds and curves in a real browser, opened from file://."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser
from watching import Watched, watch

from builder.layouts.types import Mark
from builder.pages.types import SiteInput

pytestmark = pytest.mark.browser

_PAGES = (
    "clusters/look/index.html",
    "clusters/look/1/index.html",
    "clusters/look/1/2/index.html",
    "clusters/look-families/index.html",
    "clusters/look-families/none/index.html",
    "kinds/index.html",
    "kinds/blank/index.html",
    "about/index.html",
    "items/image-001/index.html",
)
_FURTHER = ("tsne", "pca", "clusters-families", "facet-topic")


@pytest.fixture(scope="module")
def rich(make_rich_site: Callable[..., SiteInput]) -> SiteInput:
    """Fifty images with seven layouts; in the map the first five are torn from their relatives."""
    site = make_rich_site(50)
    view = site.views[0]
    plain, *others = view.layouts
    faithful = np.where(np.arange(50) < 5, 0.1, 0.9).astype(np.float32)
    line = np.array([[0, 1.05], [1, 1.05]], np.float32)
    first = replace(plain, faithful=faithful, lines=(line,))
    crowd = tuple(Mark(0.2 + at / 1000, 1.08, f"Mark {at}", 1) for at in range(5))
    more = tuple(
        replace(plain, name=name, label=f"Called {name}", marks=crowd if "facet" in name else ())
        for name in _FURTHER
    )
    return replace(site, views=(replace(view, layouts=(first, *others, *more)),))


@pytest.fixture(scope="module")
def folder(
    rich: SiteInput, write: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    where = write(rich, tmp_path_factory.mktemp("rich"))
    thumb = (where / "thumbs/image-000.webp").read_bytes()
    view = rich.views[0]
    for at, means in enumerate(view.means):
        for path in means:
            (where / f"clusters/{view.key(at)}/{path}.webp").write_bytes(thumb)
    return where


@pytest.fixture
def page(chromium: Browser, folder: Path) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield watch(context.new_page(), folder.as_uri() + "/")
    context.close()


def lit(page: Watched) -> list[int]:
    """Rows that are fully shown."""
    return page.page.evaluate("volvelle.explorer.matching.rows()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_rich_pages_fit_the_window(
    chromium: Browser, folder: Path, width: int, scheme: str
) -> None:
    """No fault is told, and nothing is wider than the window, on either ground."""
    window = chromium.new_page(viewport={"width": width, "height": 740}, color_scheme=scheme)
    faults: list[str] = []
    window.on("console", lambda message: faults.append(message.text))
    window.on("pageerror", lambda error: faults.append(str(error)))
    root = "document.documentElement"
    for path in _PAGES:
        window.goto((folder / path).as_uri())

        assert window.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"), path
        assert faults == [], path
    window.close()


def test_names_of_everything_that_can_be_reached(chromium: Browser, folder: Path) -> None:
    """Links, pictures that say something and drawings have a name; scrolled tables take focus."""
    window = chromium.new_page()
    nameless = """[...document.querySelectorAll('main a, main svg[role=img], main [role=region]')]
        .filter((one) => !(one.getAttribute('aria-label') || one.textContent).trim()
            && !one.querySelector('img[alt]:not([alt=""])'))
        .map((one) => one.outerHTML.slice(0, 90))"""
    still = """[...document.querySelectorAll('[role=region]')]
        .filter((one) => one.tabIndex !== 0).length"""
    for path in _PAGES:
        window.goto((folder / path).as_uri())

        assert window.evaluate(nameless) == [], path
        assert window.evaluate(still) == 0, path
    window.close()


def test_further_layouts_open_from_a_list(page: Watched) -> None:
    """Four stand in the bar; the others are listed in groups by their labels and can be chosen."""
    page.ready("index.html")
    bar = page.page.locator(".layouts [data-layout]")
    listed = page.page.locator(".more-list [data-layout]")

    assert not listed.first.is_visible()
    page.page.locator("[data-more-layouts]").click()
    assert bar.count() == 4
    assert [text.strip() for text in listed.all_inner_texts()] == [
        "Called pca",
        "Landscape",
        "Called clusters-families",
        "Called facet-topic",
    ]
    listed.nth(0).click()
    page.rest()

    assert "l=pca" in page.page.url
    assert page.page.locator(".more-name").inner_text() == "Called pca"
    assert not listed.first.is_visible()


def test_marks_stand_where_there_is_room(page: Watched) -> None:
    """Words of a layout are shown, those in a crowd only once; outlines are under the images."""
    page.ready("index.html")
    page.rest()

    shown = page.page.locator(".mark:not(.crowded)").all_inner_texts()
    assert shown == [page.page.evaluate("volvelle.explorer.stage.places.marks[0].text"), "1400"]
    assert page.page.locator(".outlines path").count() == 1
    page.page.evaluate("volvelle.explorer.update({ layout: 'facet-topic' })")
    page.rest()
    assert page.page.locator(".mark").count() == 5
    assert page.page.locator(".mark:not(.crowded)").all_inner_texts() == ["Mark 0"]


def test_images_are_sorted_by_a_number(page: Watched) -> None:
    """In rows by the number of parts, which here is the row itself, images are in their order."""
    page.ready("index.html")
    page.page.locator("[data-filters]").click()
    page.page.locator("[data-sort]").select_option("parts")
    page.rest()

    order = page.page.evaluate(
        """(() => { const { xy } = volvelle.explorer.stage.places;
            return [...Array(50).keys()].sort((a, b) => xy[a * 2 + 1] - xy[b * 2 + 1]
                || xy[a * 2] - xy[b * 2]); })()"""
    )
    assert list(range(50)) == order
    assert "l=sort.parts" in page.page.url


def test_torn_images_are_marked_on_demand(page: Watched) -> None:
    """Those far from their relatives stay lit, the others dim; another layout knows nothing."""
    page.ready("index.html")
    page.page.locator("[data-filters]").click()
    page.page.locator("[data-torn]").check()
    page.page.wait_for_function("() => volvelle.explorer.matching.active")

    assert lit(page) == [0, 1, 2, 3, 4]
    page.page.evaluate("volvelle.explorer.update({ layout: 'grid' })")
    page.page.wait_for_function("() => !volvelle.explorer.matching.active")
    assert page.page.locator("[data-torn]").is_disabled()


def test_clusterings_are_switched(page: Watched, rich: SiteInput) -> None:
    """The drawer names both; the chosen one tells clusters, and an address keeps it."""
    page.ready("index.html#i=image-001")
    page.page.locator("[data-filters]").click()
    page.page.locator("[data-clustering='look-families']").click()
    page.page.wait_for_function("() => volvelle.explorer.clusters?.k === 8")

    assert "g=look-families" in page.page.url
    label = int(rich.views[0].further[0].labels[1]) + 1
    link = page.page.locator(f"[data-cluster-link='{label}']")
    link.wait_for()
    assert link.get_attribute("href") == f"./clusters/look-families/{label}/index.html"


def test_kinds_and_bands_can_be_filtered(page: Watched, rich: SiteInput) -> None:
    """A kind and a band of a number are conditions like any other."""
    page.ready("index.html")
    page.page.locator("[data-filters]").click()
    kinds = page.page.locator("[data-facet='kind-of-picture']")
    kinds.get_by_label("Blank").check()
    page.page.wait_for_function("() => volvelle.explorer.matching.active")

    assert lit(page) == [1, 2]
    kinds.get_by_label("Blank").uncheck()
    page.page.locator("[data-numbers] summary").click()
    page.page.locator("[data-facet='number-ink'] [data-value='0.5 to 1']").check()
    page.page.wait_for_function("() => volvelle.explorer.matching.active")
    assert [row for row, at in enumerate(rich.bands[0].index) if at == 1] == lit(page)
