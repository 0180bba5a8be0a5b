"""A site with several views, built as users build it, and what a reader does with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser
from watching import Watched, watch

from builder import pipeline, settings
from builder.progress import Silent

pytestmark = pytest.mark.browser
TOML = """
[[views]]
name = "form"

[[views]]
name = "look"
size = 64
"""


def figure(seed: int) -> Image.Image:
    """A drawing of one hand: a crooked frame and spokes that no turning leaves as they are."""
    rng = np.random.default_rng(seed)
    sheet = Image.new("RGB", (240, 180), (240, 230, 205))
    pen = ImageDraw.Draw(sheet)
    corners = [(40, 30), (200, 40), (190, 150), (60, 140)]
    points = [tuple(int(v) for v in rng.integers(-12, 13, 2) + corner) for corner in corners]
    pen.line([*points, points[0]], fill=(60, 40, 20), width=3)
    for _ in range(3):
        end = tuple(int(v) for v in rng.integers((60, 45), (185, 135)))
        pen.line([points[int(rng.integers(2))], end], fill=(60, 40, 20), width=3)
    return sheet


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve figures in manuscript A; B has the first four again, turned with the clock."""
    folder = tmp_path_factory.mktemp("views") / "catalogue"
    lines = ["filename,title,source"]
    (folder / "images").mkdir(parents=True)
    for seed in range(12):
        figure(seed).save(folder / "images" / f"a-{seed:02d}.png")
        lines.append(f"a-{seed:02d}.png,Figure {seed},A")
    for seed in range(4):
        turned = figure(seed).rotate(-90, expand=True)
        turned.save(folder / "images" / f"b-{seed:02d}.png")
        lines.append(f"b-{seed:02d}.png,Figure {seed} again,B")
    (folder / "metadata.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "catalogue.toml").write_text(TOML, encoding="utf-8")
    pipeline.build(folder, settings.read(folder), pipeline.Options(), Silent())
    return folder / "site"


@pytest.fixture
def page(chromium: Browser, folder: Path) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield watch(context.new_page(), folder.as_uri() + "/")
    context.close()


def test_a_turned_copy_is_found_and_laid(page: Watched) -> None:
    """By form the copy in the other source is the nearest, said to lie turned, and laid upright."""
    page.go("items/a-00/index.html#others-by-form")
    first = page.page.locator("#others-by-form .rows li").first

    assert first.locator("a:not(.lay-over)").get_attribute("href") == "../b-00/index.html"
    assert first.locator("em").inner_text() == "turned\N{NO-BREAK SPACE}90°"
    upright = first.locator("picture").bounding_box()
    page.page.get_by_label("Lay turned ones the same way").check()
    laid = first.locator("picture").bounding_box()
    assert upright["width"] < upright["height"]
    assert laid["width"] > laid["height"]
    assert page.faults == []


def test_from_view_to_view_and_to_a_page(page: Watched) -> None:
    """The map of each view is flown to, the panel follows, and the page shows the same view."""
    page.ready("index.html#i=a-00")
    window = page.page
    window.wait_for_selector("[data-relatives] a[data-row]")
    places = [window.evaluate("Array.from(volvelle.explorer.stage.places.xy)")]

    window.locator(".bar [data-view=look]").click()
    page.rest()
    places.append(window.evaluate("Array.from(volvelle.explorer.stage.places.xy)"))
    window.locator("[data-relatives] [data-scope=others]").click()
    relatives = window.locator("[data-relatives] a[data-row]").evaluate_all(
        "(links) => links.map((link) => link.dataset.relative)"
    )
    window.locator("[data-open-page]").click()
    window.wait_for_url("**/items/a-00/index.html")
    shown = window.locator("#others-by-look .rows a:not(.lay-over)").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('href').split('/')[1])"
    )

    assert places[0] != places[1]
    assert sorted(relatives) == ["b-00", "b-01", "b-02", "b-03"]
    assert shown == relatives
    assert window.locator("#others-by-look").is_visible()
    assert not window.locator("#by-form").is_visible()
    window.go_back()
    window.wait_for_function("() => window.volvelle?.explorer")
    assert page.state()["view"] == "look"
    assert page.faults == []


def test_two_views_stand_side_by_side(page: Watched) -> None:
    """One camera and one selection on both maps, and who moved most; the address holds it."""
    page.ready("index.html#beside=look")
    window = page.page
    window.wait_for_function("() => volvelle.explorer.stage.twin?.stats.uploads > 0")
    assert page.state()["beside"] == "look"
    cameras = "[volvelle.explorer.stage, volvelle.explorer.stage.twin].map((s) => s.rig.camera)"
    window.mouse.move(960, 300)
    window.mouse.wheel(0, -400)
    page.rest()
    one, other = window.evaluate(cameras)
    assert one == other
    assert window.evaluate("volvelle.explorer.stage.rig.zoom") > 1.5

    window.evaluate("volvelle.explorer.select([3, 5, 12], 'set')")
    page.rest()
    framed = (
        "(s) => [...s.sprites.mark].flatMap((v, i) => (i % 4 === 3 && v === 255 ? [i >> 2] : []))"
    )
    for stage in ("volvelle.explorer.stage", "volvelle.explorer.stage.twin"):
        assert window.evaluate(f"({framed})({stage})") == [3, 5, 12]
    shares = window.locator("[data-moved]").all_inner_texts()
    moved = [int(text.split()[0].rstrip("%")) for text in shares]
    assert len(moved) == 3
    assert moved == sorted(moved, reverse=True)

    row = int(window.locator("[data-moved]").first.get_attribute("data-moved"))
    window.locator("[data-moved]").first.click()
    assert window.evaluate("volvelle.explorer.chosen") == row
    assert window.locator(".beside-lines .across").count() == 3
    for key in ("Escape", "Escape", "c"):
        window.keyboard.press(key)
    page.rest()
    assert page.state()["beside"] == ""
    assert window.locator("[data-beside]").is_hidden()
    assert window.evaluate("volvelle.explorer.stage.twin") is None
    assert page.faults == []
