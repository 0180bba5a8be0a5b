"""The pages in a real browser, opened from file://."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from builder.pages.types import SiteInput

pytestmark = pytest.mark.browser

_KINDS = (
    "items/image-001/index.html",
    "items/image-006/index.html",
    "clusters/look/index.html",
    "clusters/look/1/index.html",
    "list/index.html",
    "list/source/index.html",
    "about/index.html",
    "404.html",
    "items/gone/index.html",
)


@pytest.fixture(scope="module")
def folder(
    site: SiteInput, write: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return write(site, tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    yield page
    page.close()


def visit(page: Page, folder: Path, path: str) -> None:
    """Open a page of the site."""
    page.goto((folder / path).as_uri())


def refused(request: Request) -> list[str]:
    """Pictures still on their way when the page is left are no fault."""
    return [] if request.failure == "net::ERR_ABORTED" else [request.url]


def listen(page: Page) -> list[str]:
    """What the page complains of from now on."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.extend(refused(request)))
    page.on("dialog", lambda dialog: faults.append(f"dialog {dialog.message}"))
    return faults


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_open_without_complaint(page: Page, folder: Path, width: int) -> None:
    """No error, no refused or failed request, no alert, and nothing wider than the window."""
    page.set_viewport_size({"width": width, "height": 740})
    faults = listen(page)
    root = "document.documentElement"
    for path in _KINDS:
        page.goto((folder / path).as_uri())

        assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"), path
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Alegreya")
        assert faults == [], path


def test_keys_turn_the_pages(page: Page, folder: Path) -> None:
    """Right goes on, left goes back; with a modifier nothing happens."""
    visit(page, folder, "items/image-001/index.html")

    page.keyboard.press("Shift+ArrowRight")
    assert "image-001" in page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/image-002/index.html")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/image-001/index.html")


def test_the_ground_is_remembered(page: Page, folder: Path) -> None:
    """What was chosen on one page is there before the next is painted."""
    visit(page, folder, "items/image-001/index.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    paper = page.evaluate(ground)

    page.get_by_role("button", name="Show at night").click()
    night = page.evaluate(ground)
    page.get_by_role("link", name="About", exact=True).click()
    page.wait_for_url("**/about/index.html")

    assert paper != night
    assert night == page.evaluate(ground)
    page.get_by_role("button", name="Show on paper").click()
    assert paper == page.evaluate(ground)


def test_a_citation_is_copied_whole(chromium: Browser, folder: Path, site: SiteInput) -> None:
    """The button puts the text of the citation on the clipboard and says so."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    visit(page, folder, "items/image-001/index.html")

    page.get_by_role("button", name="Copy").first.click()
    page.get_by_text("Copied").wait_for()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(site.corpus.images[1].title)
    assert copied.endswith("version 0123456789ab, image image-001, January 2, 2026.")
    context.close()


def test_small_pictures_are_shown_larger(page: Page, folder: Path) -> None:
    """A picture of 300 px is drawn 600 px wide, a large one within its column."""
    shown = "document.querySelector('.plate img').getBoundingClientRect().width"
    visit(page, folder, "items/image-000/index.html")
    small = page.evaluate(shown)
    visit(page, folder, "items/image-003/index.html")

    assert small == 600
    assert 600 < page.evaluate(shown) < 900


def test_without_scripts_pages_are_whole(chromium: Browser, folder: Path) -> None:
    """Pictures, relatives and links are there; buttons that need scripts are not."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "items/image-001/index.html").as_uri())

    assert page.get_by_role("button").count() == 0
    assert page.locator(".rows").count() > 1
    assert all(rows.is_visible() for rows in page.locator(".rows").all())
    page.locator(".rows a").first.click()
    page.wait_for_url(lambda url: "image-001" not in url)
    assert page.locator("h1").is_visible()
    context.close()
