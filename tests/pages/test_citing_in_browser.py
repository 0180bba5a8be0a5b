"""Citing, and looking into pictures, in a real browser, from file://."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from builder.pages.types import Beside, SiteInput

pytestmark = pytest.mark.browser

_ITEM = "items/image-001/index.html"


@pytest.fixture(scope="module")
def folder(
    make: Callable[..., SiteInput],
    write: Callable[..., Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    site = make(12, catalogue={"title": "Circles"})
    notes = {"image-001": "A *note*.[^1]\n\n[^1]: Below."}
    return write(replace(site, beside=Beside(notes=notes)), tmp_path_factory.mktemp("cited"))


@pytest.fixture
def page(chromium: Browser, folder: Path) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto((folder / _ITEM).as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("refused", [False, True])
def test_every_reference_can_be_copied(page: Page, refused: bool) -> None:
    """Each button hands over its own text, also where the clipboard has to be asked the old way."""
    page.evaluate(
        """(refused) => {
            window.handed = [];
            const keep = (text) => window.handed.push(text);
            navigator.clipboard.writeText = async (text) => {
                if (refused) throw new Error('no');
                keep(text);
            };
            document.execCommand = () => (keep(document.activeElement.value), true);
        }""",
        refused,
    )
    page.evaluate("document.querySelectorAll('.cite details').forEach((one) => (one.open = true))")
    sources = page.locator(".cite [data-copyable]")
    texts = [
        text.removesuffix("Copy").strip()
        for text in sources.evaluate_all("(nodes) => nodes.map((node) => node.textContent)")
    ]
    buttons = page.locator(".cite button.copy")

    assert buttons.count() == len(texts) == 10
    for button in buttons.all():
        button.click()
    page.wait_for_function("window.handed.length === 10")
    assert page.evaluate("window.handed") == texts
    assert buttons.last.inner_text() == "Copied"


def test_references_are_there_without_scripts(chromium: Browser, folder: Path) -> None:
    """All of them can be read, and chosen with the pointer; no button promises more."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / _ITEM).as_uri())

    assert page.locator(".cited dd").count() == 6
    assert page.locator(".cited dd").first.is_visible()
    assert page.locator(".cite button").count() == 0
    assert page.locator(".note em").inner_text() == "note"
    context.close()


def test_a_picture_can_be_looked_into(page: Page, folder: Path) -> None:
    """From file://: it is drawn, turned, mirrored and strengthened; Escape closes it."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    assert page.locator("script[src*=zoom]").count() == 0

    page.locator("a[data-zoom]").click()
    dialog = page.locator("dialog.look")
    dialog.wait_for()
    page.wait_for_function("document.querySelector('.look canvas')?.width > 0")
    page.keyboard.press("m")
    assert "mirrored" in (dialog.get_attribute("class") or "")
    dialog.locator("input[type=range]").fill("200")
    assert "contrast(200%)" in (page.locator(".look-stage").get_attribute("style") or "")
    for button in dialog.locator("button").all()[:-1]:
        button.click()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")

    assert faults == []
    assert page.url.endswith(_ITEM)


def test_a_click_with_a_modifier_opens_the_picture_alone(page: Page) -> None:
    """The link stays a link."""
    with page.context.expect_page() as opened:
        page.locator("a[data-zoom]").click(modifiers=["Control"])

    assert opened.value.url.endswith("images/image-001.webp")


def test_a_printed_page_is_a_sheet(page: Page) -> None:
    """Picture, title and references are on it, what only a screen can use is not."""
    page.emulate_media(media="print")

    for shown in (".plate img", ".label h1", ".cited", ".note"):
        assert page.locator(shown).first.is_visible()
    for hidden in (".bar-nav", ".running", ".cite button", ".place", ".cite-files", ".lqip"):
        assert not any(one.is_visible() for one in page.locator(hidden).all())
