"""Several views in a real browser: on the page of an image, and in the explorer."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as Picture
from playwright.sync_api import Browser, Page
from watching import Watched, watch

from builder.corpus.types import Image
from builder.pages.types import SiteInput
from builder.similarity.types import NeighbourList, Neighbours

pytestmark = pytest.mark.browser
VIEWS = ("likeness", "form", "look")
ITEM = "items/image-005/index.html"


@pytest.fixture(scope="module")
def three(make: Callable[..., SiteInput]) -> SiteInput:
    """Three views with different relatives, most of them turned."""
    return make(n=50, k=10, views=[{"name": name} for name in VIEWS])


@pytest.fixture(scope="module")
def folder(
    three: SiteInput, write: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return write(three, tmp_path_factory.mktemp("three"))


@pytest.fixture
def opened(chromium: Browser, folder: Path) -> Iterator[Callable[..., Watched]]:
    """Open windows on the site, each with a memory of its own; gives pages that are watched."""
    contexts = []

    def open_(**options: object) -> Watched:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        contexts.append(context)
        return watch(context.new_page(), folder.as_uri() + "/")

    yield open_
    for context in contexts:
        context.close()


def near(three: SiteInput, view: str, scope: str = "all", row: int = 5) -> list[str]:
    """Ids of the relatives of an image, best first."""
    found = three.views[VIEWS.index(view)].neighbours
    return [three.corpus.images[at].id for at in getattr(found, scope).rows[row]]


def shown(page: Page) -> list[str]:
    """Ids of the relatives that are visible on the page of an image."""
    return page.evaluate(
        """[...document.querySelectorAll('.by .rows a:not(.lay-over)')].filter((a) => a.offsetParent)
            .map((a) => a.getAttribute('href').split('/')[1])"""
    )


def test_views_are_switched_by_click(three: SiteInput, opened) -> None:
    """A click shows a view with its cluster and place, writes the address and leaves Back free."""
    page = opened()
    page.go("items/image-004/index.html")
    page.go(ITEM)
    seen = {}
    for label in ("Form", "Look", "Likeness"):
        page.page.get_by_role("link", name=label, exact=True).click()
        seen[label.lower()] = (shown(page.page), page.page.url.partition("#")[2])
        assert page.page.locator(".its-cluster:visible").count() == 1
        assert page.page.locator(".place:visible").count() == 1

    assert seen == {view: (near(three, view), f"by-{view}") for view in VIEWS}
    page.page.go_back()
    page.page.wait_for_url("**/image-004/index.html")
    assert page.faults == []


def test_lists_are_switched_by_click(three: SiteInput, opened) -> None:
    """Other sources and back, in the view that is shown; the button says what is on."""
    page = opened()
    page.go(ITEM + "#by-form")
    others = page.page.get_by_role("button", name="In other sources")
    pressed = [others.get_attribute("aria-pressed")]

    others.click()
    pressed.append(others.get_attribute("aria-pressed"))

    assert shown(page.page) == near(three, "form", "others")
    assert page.page.url.endswith("#others-by-form")
    assert pressed == ["false", "true"]
    page.page.get_by_role("button", name="All", exact=True).click()
    assert shown(page.page) == near(three, "form")
    assert page.faults == []


@pytest.mark.parametrize(
    ("hash_", "view", "scope"),
    [
        ("#by-look", "look", "all"),
        ("#others-by-form", "form", "others"),
        ("#by-nothing", "likeness", "all"),
        ("", "likeness", "all"),
    ],
)
def test_addresses_lead_to_a_view(
    hash_: str, view: str, scope: str, three: SiteInput, opened
) -> None:
    """A link to a view shows it, with its switches in sight; any other link shows the first."""
    page = opened()
    page.go(ITEM + hash_)
    page.page.wait_for_timeout(150)
    top = page.page.locator(".switches").bounding_box()["y"]

    assert shown(page.page) == near(three, view, scope)
    assert (0 <= top < 400) == (hash_ not in ("", "#by-nothing"))
    assert page.faults == []


def test_the_choice_is_kept_for_the_next_page(three: SiteInput, opened) -> None:
    """Who compares by form in other sources goes on so; an edited address goes before."""
    page = opened()
    page.go(ITEM)
    page.page.get_by_role("link", name="Form", exact=True).click()
    page.page.get_by_role("button", name="In other sources").click()

    page.page.keyboard.press("ArrowRight")
    page.page.wait_for_url("**/image-006/index.html")

    assert shown(page.page) == near(three, "form", "others", row=6)
    page.page.evaluate("location.hash = '#by-look'")
    page.page.wait_for_function("() => !document.querySelector('section[data-by=look]').hidden")
    assert shown(page.page) == near(three, "look", row=6)


def test_without_scripts_all_views_stand_below_each_other(three: SiteInput, opened) -> None:
    """Every list of every view is there, and its link leads to it."""
    page = opened(java_script_enabled=False)
    page.go(ITEM)

    rows = page.page.locator(".by .rows a")
    ids = [link.get_attribute("href").split("/")[1] for link in rows.all()]
    assert ids == [
        one for view in VIEWS for scope in ("all", "others") for one in near(three, view, scope)
    ]
    assert all(link.is_visible() for link in rows.all())
    page.page.get_by_role("link", name="Look", exact=True).click()
    heading = page.page.locator("#by-look h3").first.bounding_box()
    assert 0 <= heading["y"] < 400


def figure() -> NDArray[np.uint8]:
    """A broad picture that no turning or mirroring leaves as it is."""
    pixels = np.full((120, 180, 3), 235, np.uint8)
    pixels[10:110, 10:40] = (180, 40, 30)
    pixels[10:40, 40:120] = (30, 60, 160)
    pixels[80:110, 140:170] = (20, 120, 60)
    return pixels


def lying(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """The same, mirrored and turned with the clock as an orientation says."""
    mirrored = pixels[:, ::-1] if orientation >= 4 else pixels
    return np.rot90(mirrored, -(orientation % 4))


@pytest.fixture(scope="module")
def turned(
    make: Callable[..., SiteInput],
    write: Callable[..., Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Eight images of one figure, image k in orientation k; all are relatives of the first."""
    site = make(n=8, k=7)
    rows = np.array([[at for at in range(8) if at != row] for row in range(8)], np.int32)
    found = NeighbourList(
        rows=rows,
        scores=np.linspace(0.9, 0.5, 56, dtype=np.float32).reshape(8, 7),
        mutual=np.ones((8, 7), bool),
        orientation=rows.astype(np.uint8),
    )
    pixels = [lying(figure(), row) for row in range(8)]
    images = tuple(
        replace(image, width=one.shape[1], height=one.shape[0])
        for image, one in zip(site.corpus.images, pixels, strict=True)
    )
    views = (replace(site.views[0], neighbours=Neighbours(found, found)),)
    site = replace(site, corpus=replace(site.corpus, images=images), views=views)

    def draw(image: Image) -> Picture.Image:
        return Picture.fromarray(np.ascontiguousarray(pixels[int(image.id[-3:])]))

    return write(site, tmp_path_factory.mktemp("turned"), draw)


def difference(shot: bytes, expected: NDArray[np.uint8]) -> float:
    """Mean difference of a screenshot to a picture, inside a margin for outlines."""
    seen = Picture.open(io.BytesIO(shot)).convert("RGB")
    scaled = Picture.fromarray(np.ascontiguousarray(expected)).resize(seen.size)
    both = (np.asarray(one, np.float64)[4:-4, 4:-4] for one in (seen, scaled))
    first, second = both
    return float(np.abs(first - second).mean())


def looks_like(shot: bytes) -> int:
    """The orientation in which the figure, whole in a square, is most like a screenshot."""
    seen = Picture.open(io.BytesIO(shot))
    differences = []
    for orientation in range(8):
        expected = lying(figure(), orientation)
        high, wide = (round(seen.width * side / 180) for side in expected.shape[:2])
        left, top = (seen.width - wide) // 2, (seen.height - high) // 2
        out = io.BytesIO()
        seen.crop((left, top, left + wide, top + high)).save(out, "png")
        differences.append(difference(out.getvalue(), expected))
    return int(np.argmin(differences))


@pytest.mark.parametrize("script", [True, False])
def test_turned_relatives_are_laid_the_same_way(
    script: bool, chromium: Browser, turned: Path
) -> None:
    """The box lays all as the image lies, filling their frames; without it they lie as they are."""
    page = chromium.new_page(java_script_enabled=script, viewport={"width": 1280, "height": 900})
    page.goto((turned / "items/image-000/index.html").as_uri())
    page.wait_for_load_state("networkidle")
    frames = page.locator(".kin .rows picture")
    page.get_by_label("Lay turned ones the same way").scroll_into_view_if_needed()
    before = [
        difference(frame.screenshot(), lying(figure(), at))
        for at, frame in enumerate(frames.all(), start=1)
    ]
    page.get_by_label("Lay turned ones the same way").check()
    after = [difference(frame.screenshot(), figure()) for frame in frames.all()]
    page.close()

    assert len(before) == 7
    assert max(before) < 6
    assert max(after) < 6


def test_turned_relatives_are_shown_both_ways(chromium: Browser, turned: Path) -> None:
    """Beside the words stands the relative laid the same way; ticking the box exchanges the two."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=4)
    page.goto((turned / "items/image-000/index.html").as_uri())
    page.wait_for_load_state("networkidle")
    small = page.locator(".kin .rows em img")

    laid = [looks_like(small.nth(at).screenshot()) for at in range(7)]
    page.get_by_label("Lay turned ones the same way").check()
    as_is = [looks_like(small.nth(at).screenshot()) for at in range(7)]
    page.close()

    assert laid == [0] * 7
    assert as_is == list(range(1, 8))


def panel(page: Watched, row: int = 5) -> list[str]:
    """Ids of the relatives in the panel, once it shows those of a row."""
    page.page.wait_for_selector("[data-panel]:not([hidden]) [data-relatives] a[data-row]")
    return page.page.locator("[data-relatives] a[data-row]").evaluate_all(
        "(links) => links.map((link) => volvelle.explorer.catalogue.ids[link.dataset.row])"
    )


def places(page: Watched) -> list[float]:
    return page.page.evaluate("Array.from(volvelle.explorer.stage.places.xy)")


def test_the_bar_switches_views_and_back_returns(three: SiteInput, opened) -> None:
    """Images fly to where the other view puts them; the address says the view, Back comes back."""
    page = opened()
    page.ready("index.html#i=image-005&l=clusters")
    bar = page.page.locator(".bar [data-views]")
    first = (panel(page), places(page))

    bar.get_by_text("Form").click()
    page.page.wait_for_function("() => volvelle.explorer.stage.passage.progress < 1")
    page.rest()
    wait_for_relatives(page, near(three, "form"))
    second = places(page)

    assert first[0] == near(three, "likeness")
    assert np.allclose(second, three.views[1].layouts[2].xy.ravel(), atol=1e-3)
    assert not np.allclose(second, first[1], atol=1e-2)
    assert "v=form" in page.page.url
    assert "l=clusters" in page.page.url
    assert bar.locator("[aria-pressed=true]").inner_text() == "Form"
    page.page.go_back()
    page.rest()
    wait_for_relatives(page, near(three, "likeness"))
    assert places(page) == first[1]
    assert "v=" not in page.page.url
    assert page.faults == []


def wait_for_relatives(page: Watched, ids: list[str]) -> None:
    page.page.wait_for_function(
        """(ids) => JSON.stringify([...document.querySelectorAll('[data-relatives] a[data-row]')]
            .map((a) => a.dataset.relative)) === JSON.stringify(ids)""",
        arg=ids,
    )


def test_the_panel_switches_views_and_lists(three: SiteInput, opened) -> None:
    """Its own switches do the same; what was chosen is what the page of an image shows next."""
    page = opened()
    page.ready("index.html#i=image-005")
    panel(page)

    page.page.locator("[data-relatives] [data-view=look]").click()
    wait_for_relatives(page, near(three, "look"))
    page.page.locator("[data-relatives] [data-scope=others]").click()
    wait_for_relatives(page, near(three, "look", "others"))
    lines = page.page.evaluate("volvelle.explorer.relatives.length")
    page.page.locator("[data-open-page]").click()
    page.page.wait_for_url("**/items/image-005/index.html")

    assert lines == len(near(three, "look", "others"))
    assert shown(page.page) == near(three, "look", "others")
    assert page.faults == []


def test_a_key_goes_to_the_next_view(opened) -> None:
    """V goes round through the views."""
    page = opened()
    page.ready()
    seen = []
    for _ in range(3):
        page.page.keyboard.press("v")
        page.rest()
        seen.append(page.state()["view"])

    assert seen == ["form", "look", ""]


def test_the_panel_says_what_the_page_says(opened) -> None:
    """Number, share, agreement and how it lies are the same words in the panel as on the page."""
    page = opened()
    page.ready("index.html#v=form&i=image-005")
    panel(page)
    told = page.page.locator("[data-relatives] a[data-row]").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('aria-label'))"
    )
    chance = page.page.locator(".relatives-chance").inner_text()
    page.go(ITEM + "#by-form")
    entries = page.page.evaluate(
        """[...document.querySelectorAll('#by-form [data-scope=all] .rows a')].map((a) => [
            a.querySelector('p').firstChild.textContent.trim(),
            ...['small', 'i', 'svg title', 'em', 'bdi'].map((name) =>
                a.querySelector(name)?.textContent.trim() ?? ''),
        ])"""
    )

    assert len(told) == len(entries) == 10
    for words, parts in zip(told, entries, strict=True):
        assert all(part in words for part in parts)
        assert f"{parts[0]}: nearer than {parts[1]} of random pairs" in words
    assert chance == page.page.locator("#by-form [data-scope=all] .chance").inner_text()
    assert page.faults == []


def test_the_panel_lays_relatives_the_same_way(chromium: Browser, turned: Path) -> None:
    """Ticking the box lays the pictures as the chosen image lies."""
    page = watch(chromium.new_page(viewport={"width": 1280, "height": 900}), turned.as_uri() + "/")
    page.ready("index.html#i=image-000")
    page.page.wait_for_selector("[data-relatives] a[data-row]")
    page.page.locator("[data-relatives] [data-lay]").check()
    frames = page.page.locator("[data-relatives] .relative-picture")
    page.page.mouse.move(300, 500)
    after = []
    for frame in frames.all():
        frame.scroll_into_view_if_needed()
        page.page.wait_for_timeout(100)
        after.append(difference(frame.screenshot(), figure()))
    page.page.close()

    assert len(after) == 7
    assert max(after) < 8


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_views_fit_every_width(width: int, opened) -> None:
    """Neither pages nor the panel scroll sideways, laid or not, and the switches are in reach."""
    page = opened(viewport={"width": width, "height": 740})
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for path in (ITEM, "about/index.html", "clusters/form/1/index.html"):
        page.go(path)
        assert page.page.evaluate(over) <= 0, path
    page.go(ITEM)
    page.page.get_by_label("Lay turned ones the same way").check()
    assert page.page.evaluate(over) <= 0
    page.ready("index.html#i=image-005")
    panel(page)
    body = page.page.locator(".panel-body")
    assert body.evaluate("(node) => node.scrollWidth - node.clientWidth") <= 0
    switch = page.page.locator("[data-relatives] [data-views]")
    switch.scroll_into_view_if_needed()
    assert switch.is_visible()
    assert page.faults == []
