"""The explorer in an exhibition: nobody gets out, all is put back, it comes back from failures."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from watching import Watched, catalogue

pytestmark = pytest.mark.browser

KIOSK = "index.html?kiosk=1&idle=600"
"""Long enough that nobody is taken to have left while a slow machine works through a test."""

SHOWN = "() => !document.querySelector('[data-kiosk-begin]').hidden"
SMALL = """() => [...document.querySelectorAll(
    'button, input:not([type=checkbox], [type=radio]), select, summary, label:has(input), a[href]')]
    .filter((node) => !node.closest('.map, .live'))
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .filter((node) => {
        const { width, height } = node.getBoundingClientRect();
        return width > 0 && (width < 47.5 || height < 47.5);
    })
    .map((node) => node.outerHTML.slice(0, 160))"""
"""What is smaller than 48 pixels; pictures on the map are as large as one zooms."""


def visited(opened: Callable[..., Watched], base: str, path: str = KIOSK) -> Watched:
    """A kiosk with a clock that can be moved on."""
    page = opened(base)
    page.page.clock.install()
    page.ready(path)
    page.page.wait_for_selector("[data-kiosk-asking]", state="attached")
    return page


def leave(page: Watched, seconds: int) -> None:
    """Let time pass while nobody touches anything."""
    page.page.clock.fast_forward(seconds * 1000)


def test_who_leaves_is_asked_then_all_is_put_back_and_shown(base: str, opened) -> None:
    """A visitor's search, choice, theme and drawers are gone; the loop flies; a touch ends it."""
    page = visited(opened, base)
    trail = page.page.evaluate("history.length")
    page.page.evaluate("volvelle.explorer.choose(3)")
    page.page.evaluate(
        "volvelle.explorer.update({ query: 'moon', layout: 'grid', selected: [1, 2] })"
    )
    page.page.locator("[data-theme-toggle]").click()
    page.page.keyboard.press("?")
    assert page.page.evaluate("Object.keys(localStorage).length") > 0
    asked = page.page.locator("[data-kiosk-asking]")
    assert asked.is_hidden()
    leave(page, 592)
    asked.wait_for(state="visible")
    page.page.keyboard.press("ArrowLeft")
    asked.wait_for(state="hidden")

    leave(page, 601)
    page.page.wait_for_function(SHOWN)
    state = page.state()
    assert (state["query"], state["id"], state["selected"]) == ("", "", [])
    assert page.page.locator("#help").is_hidden()
    assert page.page.evaluate("document.documentElement.dataset.theme") is None
    assert page.page.evaluate("Object.keys(localStorage)") == []
    seen = set()
    for _ in range(6):
        leave(page, 9)
        page.page.wait_for_timeout(150)
        seen.add((page.state()["layout"], page.page.locator("[data-kiosk-caption]").inner_text()))
    assert len({layout for layout, _ in seen}) >= 2
    assert len({caption for _, caption in seen}) >= 4

    page.page.locator("[data-kiosk-begin]").click()
    page.page.wait_for_function("() => !(" + SHOWN + ")()")
    page.page.wait_for_function("() => volvelle.state().layout === ''")
    assert "kiosk=1&idle=600" in page.page.url
    assert page.page.evaluate("history.length") == trail
    assert page.faults == []


def test_links_lead_nowhere(base: str, opened) -> None:
    """Neither a press, nor Enter, nor a press with Ctrl on any link leaves the page."""
    page = visited(opened, base, "index.html?kiosk=1&idle=600#l=clusters")
    page.page.evaluate("volvelle.explorer.choose(0)")
    page.page.wait_for_selector(".relatives a")
    address = page.page.url.split("#")[0]
    pressed = page.page.evaluate("""() => {
        const links = [...document.querySelectorAll('a[href]')];
        for (const how of [{}, { ctrlKey: true }, { shiftKey: true }]) for (const link of links)
            // Presses redraw the panel; what is no longer in the page nobody can press.
            if (link.isConnected)
                link.dispatchEvent(
                    new MouseEvent('click', { ...how, bubbles: true, cancelable: true }));
        return links.length;
    }""")
    assert pressed > 10
    page.page.evaluate("volvelle.explorer.choose(0)")
    page.page.locator(".panel-picture").press("Enter")
    page.page.wait_for_selector("[data-toast]:has-text('Pages do not open here')")
    assert page.page.url.split("#")[0] == address
    assert len(page.page.context.pages) == 1
    assert page.faults == []


def test_a_telephone_reads_the_address_of_an_image(opened, site: Path, tmp_path: Path) -> None:
    """A reader that is not ours decodes the code in the panel; without an address there is none."""
    page = visited(opened, site.resolve().as_uri() + "/")
    page.page.evaluate("volvelle.explorer.choose(2)")
    assert page.page.locator("[data-kiosk-code]").count() == 0
    page.page.evaluate(
        "volvelle.explorer.catalogue.credit = { site_url: 'https://example.org/disc' }"
    )
    page.page.evaluate("volvelle.explorer.choose(4)")
    shot = tmp_path / "code.png"
    page.page.locator("[data-kiosk-code] svg").screenshot(path=shot)
    large = Image.open(shot).convert("L").resize((720, 720), Image.Resampling.NEAREST)
    found, _, _ = cv2.QRCodeDetector().detectAndDecode(np.asarray(large))
    assert found == f"https://example.org/disc/items/{catalogue(site)['ids'][4]}/"
    assert not page.page.locator(".panel-open").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_is_large_enough_for_a_finger(base: str, opened, width: int) -> None:
    """With panel, filters, selection, ways of looking and help open nothing is under 48 pixels."""
    page = visited(opened, base)
    page.page.set_viewport_size({"width": width, "height": 900})
    assert page.page.evaluate(SMALL) == []
    page.page.evaluate("volvelle.explorer.choose(1)")
    page.page.wait_for_selector(".relatives a")
    assert page.page.evaluate(SMALL) == []
    page.page.keyboard.press("Escape")
    for key in "fso?":
        page.page.keyboard.press(key)
        assert page.page.evaluate(SMALL) == []
        page.page.keyboard.press("Escape")


RELOADED = "() => !window.before && window.volvelle?.explorer"


@pytest.mark.parametrize(
    "fails",
    [
        "dispatchEvent(new ErrorEvent('error', { error: new Error('for the test') }))",
        "void Promise.reject(new Error('for the test'))",
        "volvelle.explorer.stage.gl.getExtension('WEBGL_lose_context').loseContext()",
    ],
)
def test_it_comes_back_from_failures(base: str, opened, fails: str) -> None:
    """A script's error, a lost promise, a graphics card that stays away: the page comes anew."""
    page = visited(opened, base)
    page.page.evaluate("window.before = true")
    page.page.evaluate(fails)
    page.page.wait_for_timeout(300)
    leave(page, 9)
    page.page.wait_for_timeout(100)
    leave(page, 4)
    page.page.wait_for_function(RELOADED)
    assert "kiosk=1&idle=600" in page.page.url


def test_a_graphics_card_that_comes_back_needs_no_loading(base: str, opened) -> None:
    """A context that is restored in time draws again, and the visitor's state is kept."""
    page = visited(opened, base)
    page.page.evaluate("window.before = true; volvelle.explorer.choose(5)")
    page.page.evaluate("""() => new Promise((done) => {
        const { gl, canvas } = volvelle.explorer.stage;
        const card = gl.getExtension('WEBGL_lose_context');
        canvas.addEventListener('webglcontextrestored', () => done());
        const back = () => setTimeout(() => card.restoreContext(), 50);
        canvas.addEventListener('webglcontextlost', back);
        card.loseContext();
    })""")
    draws = page.page.evaluate("volvelle.stats.draws")
    leave(page, 9)
    page.page.wait_for_function(f"() => volvelle.stats.draws > {draws}")
    assert page.page.evaluate("window.before")
    assert page.state()["id"]


def test_each_night_the_page_is_loaded_anew(base: str, opened) -> None:
    """At four in the morning, but only while nobody is there."""
    page = opened(base)
    page.page.clock.install(time="2026-03-01T01:00:00")
    page.ready(KIOSK)
    page.page.wait_for_selector("[data-kiosk-asking]", state="attached")
    page.page.evaluate("window.before = true")
    leave(page, 601)
    page.page.wait_for_function(SHOWN)
    leave(page, 2 * 3600)
    page.page.wait_for_timeout(100)
    assert page.page.evaluate("window.before")
    leave(page, 3600)
    page.page.wait_for_function(RELOADED)


def test_a_site_whose_data_is_lost_is_tried_again(opened, site: Path, tmp_path: Path) -> None:
    """It lists the images meanwhile, its links inert, and opens the map once the data is back."""
    broken = tmp_path / "site"
    shutil.copytree(site, broken)
    data = broken / "data/catalogue.js"
    kept = data.read_bytes()
    data.write_text("nonsense(")
    page = opened(broken.resolve().as_uri() + "/")
    page.page.clock.install()
    page.go(KIOSK)
    page.page.wait_for_selector("[data-kiosk-mending]")
    page.page.locator("[data-list] a").first.click()
    assert page.page.url.endswith(KIOSK)
    data.write_bytes(kept)
    leave(page, 4)
    page.page.wait_for_function("() => window.volvelle?.explorer")
