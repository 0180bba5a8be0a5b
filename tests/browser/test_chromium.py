"""What a reader does, in a real Chromium: from file:// and below a path of a web server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from watching import Watched, catalogue

pytestmark = pytest.mark.browser


def middle(page: Watched, row: int) -> tuple[float, float]:
    """Where an image is in the window now."""
    return tuple(
        page.page.evaluate(
            """(row) => {
                const { stage } = volvelle.explorer;
                const box = stage.boxOf(row);
                const canvas = stage.canvas.getBoundingClientRect();
                return [canvas.left + box.x + box.width / 2, canvas.top + box.y + box.height / 2];
            }""",
            row,
        )
    )


def test_from_the_map_to_a_neighbours_page_and_back(base: str, site: Path, opened) -> None:
    """Thumbnails, click, panel, neighbour, page and Back: no error, no foreign request."""
    page = opened(base)
    page.ready()
    window = page.page
    assert window.evaluate("volvelle.stats.draws") > 0

    window.mouse.click(*middle(page, 7))
    window.wait_for_selector("[data-panel]:not([hidden]) [data-relatives] a[data-row]")
    first = page.state()["id"]
    item = json.loads((site / f"api/items/{first}.json").read_text())
    neighbours = [near["id"] for near in item["views"]["look"]["neighbours"]["all"]]
    shown = window.locator("[data-relatives] a[data-row]").evaluate_all(
        "(links) => links.map((link) => volvelle.explorer.catalogue.ids[link.dataset.row])"
    )
    assert shown == neighbours

    window.locator("[data-relatives] a[data-row]").first.click()
    window.wait_for_function("(id) => volvelle.state().id === id", arg=neighbours[0])
    window.go_back()
    window.wait_for_function("(id) => volvelle.state().id === id", arg=first)

    window.locator("[data-open-page]").click()
    window.wait_for_url(f"**/items/{first}/index.html")
    assert item["title"] in window.inner_text("h1")
    window.go_back()
    window.wait_for_function("() => window.volvelle?.explorer")
    assert page.state()["id"] == first
    assert page.faults == []


def test_an_idle_explorer_draws_nothing(base: str, opened) -> None:
    """After it came to rest no frame is drawn until something happens."""
    page = opened(base)
    page.ready()

    before = page.page.evaluate("({ ...volvelle.stats })")
    page.page.wait_for_timeout(1500)
    after = page.page.evaluate("({ ...volvelle.stats })")
    page.page.keyboard.press("+")
    page.page.wait_for_timeout(300)

    assert before == after
    assert page.page.evaluate("volvelle.stats.draws") > after["draws"]


def test_layouts_by_key_and_their_address(base: str, opened) -> None:
    """1, 2, 3 switch; the address restores layout and image; Back returns."""
    page = opened(base)
    page.ready()
    seen = []
    for key in "231":
        page.page.keyboard.press(key)
        page.rest()
        seen.append(page.state()["layout"] or "map")

    again = opened(base)
    again.ready("index.html#l=grid&i=" + page.page.evaluate("volvelle.explorer.catalogue.ids[3]"))

    assert seen == ["grid", "clusters", "map"]
    assert again.state()["layout"] == "grid"
    assert again.page.locator("[data-panel]").is_visible()
    assert page.faults + again.faults == []


def test_an_edited_address_shows_the_whole_layout(base: str, opened) -> None:
    """Another layout in the address is shown as a page opened with it shows it."""
    fresh, edited = opened(base), opened(base)
    fresh.ready("index.html#l=clusters")
    edited.ready()
    edited.page.evaluate("location.hash = '#l=clusters'")
    edited.page.wait_for_function("() => volvelle.state().layout === 'clusters'")
    edited.rest()
    where = "(({x, y, scale}) => [x, y, scale])(volvelle.explorer.stage.rig.aim)"

    assert fresh.page.evaluate(where) == pytest.approx(edited.page.evaluate(where), rel=1e-6)


def test_a_passage_can_be_interrupted(base: str, site: Path, opened) -> None:
    """Switching in the middle of a flight ends where the last wish said."""
    page = opened(base)
    page.ready()
    for key in ("2", "3", "1", "3"):
        page.page.keyboard.press(key)
        page.page.wait_for_timeout(120)
    page.page.wait_for_function(
        "() => volvelle.state().layout === 'clusters'"
        " && volvelle.explorer.stage.passage.progress === 1"
    )
    page.rest()
    is_, wanted = page.page.evaluate(
        """() => {
            const { passage, places } = volvelle.explorer.stage;
            const at = [0, 0, 0];
            passage.place(11, at);
            return [at.slice(0, 2), [places.xy[22], places.xy[23]]];
        }"""
    )
    placed = json.loads((site / "api/layouts/look-clusters.json").read_text())

    assert page.state()["layout"] == "clusters"
    assert is_ == pytest.approx(wanted, abs=1e-5)
    assert wanted == pytest.approx([placed["x"][11], placed["y"][11]], abs=1e-3)


def test_search_lights_what_it_finds(base: str, site: Path, opened) -> None:
    """The count of matches is the naive one, and Escape clears."""
    titles = catalogue(site)["titles"]
    page = opened(base)
    page.ready()

    page.page.keyboard.press("/")
    page.page.keyboard.type("armillary")
    page.page.wait_for_selector("[data-search-drop]:not([hidden]) [data-result]")
    found = page.page.evaluate("volvelle.explorer.matching.total")
    page.page.keyboard.press("Escape")
    page.page.wait_for_function("() => !volvelle.state().query")

    assert found >= sum("armillary" in title.lower() for title in titles) > 0
    assert found < len(titles)
    assert page.faults == []


def test_filters_count_and_restore(base: str, site: Path, opened) -> None:
    """An address with a filter shows exactly the images of that value, and a chip to remove it."""
    data = catalogue(site)
    facet = data["facets"][0]
    page = opened(base)

    page.ready()
    page.page.keyboard.press("f")
    page.page.wait_for_selector("[data-drawer]:not([hidden])")
    page.page.locator(f"[data-facet='{facet['key']}'] input").first.check()
    page.rest()
    chosen = next(iter(page.state()["filters"].values()))[0]
    expected = facet["index"].count(facet["values"].index(chosen))
    address = page.page.evaluate("location.hash")

    again = opened(base)
    again.ready("index.html" + address)

    for window in (page, again):
        assert window.page.evaluate("volvelle.explorer.matching.total") == expected
        assert window.page.locator("[data-chips] .chip").count() == 1
        assert window.faults == []


def test_the_mouse_zooms_under_the_pointer_and_drags(base: str, opened) -> None:
    """The image under the pointer stays there while zooming, and follows a drag."""
    page = opened(base)
    page.ready()
    window = page.page
    x, y = middle(page, 5)
    window.mouse.move(x, y)
    window.mouse.wheel(0, -400)
    page.rest()
    zoomed = middle(page, 5)
    window.mouse.move(x, y)
    window.mouse.down()
    window.mouse.move(x + 60, y + 20, steps=6)
    window.wait_for_timeout(200)
    window.mouse.up()
    page.rest()
    dragged = middle(page, 5)

    assert zoomed == pytest.approx((x, y), abs=3)
    assert dragged == pytest.approx((zoomed[0] + 60, zoomed[1] + 20), abs=25)


def test_arrows_enter_and_escape(base: str, opened) -> None:
    """Escape closes; an arrow goes to the nearest image there, Enter chooses it, its link opens."""
    page = opened(base)
    page.ready()
    page.page.mouse.click(*middle(page, 9))
    page.page.wait_for_function("() => volvelle.state().id")
    first = page.state()["id"]
    page.page.keyboard.press("Escape")
    page.page.wait_for_function("() => !volvelle.state().id")
    page.rest()  # the map moves back as the panel closes
    page.page.mouse.click(*middle(page, 9))
    page.page.wait_for_function("() => volvelle.state().id")
    page.rest()
    page.page.locator("#map").focus()
    page.page.keyboard.press("ArrowLeft")
    page.page.keyboard.press("Enter")
    page.page.wait_for_function("(id) => volvelle.state().id !== id", arg=first)
    page.rest()
    second = page.state()["id"]
    assert page.page.evaluate("document.activeElement.closest('[data-panel]') !== null")
    page.page.locator("[data-open-page]").press("Enter")
    page.page.wait_for_url(f"**/items/{second}/index.html")

    assert page.faults == []


@pytest.mark.parametrize("lacking", ["webgl", "javascript"])
def test_without_webgl_or_javascript_there_is_a_list(
    lacking: str, base: str, site: Path, opened
) -> None:
    """The same images with working links, and one sentence why."""
    page = opened(base, java_script_enabled=lacking != "javascript")
    if lacking == "webgl":
        page.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.go("index.html")
    page.page.wait_for_selector("[data-list] a")

    assert page.page.locator("[data-list] a").first.is_visible()
    page.page.locator("[data-list] a").first.click()
    page.page.wait_for_url("**/items/*/index.html")
    assert (site / page.page.url.removeprefix(base)).is_file()
    assert page.faults == []


KINDS = [
    "index.html",
    "list/index.html",
    "about/index.html",
    "404.html",
    "clusters/look/1/index.html",
]


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_pages_fit_every_width(width: int, site: Path, opened) -> None:
    """No page scrolls sideways, in either colour scheme, and none complains."""
    item = f"items/{catalogue(site)['ids'][0]}/index.html"
    for scheme in ("light", "dark"):
        page = opened(
            site.as_uri() + "/", viewport={"width": width, "height": 740}, color_scheme=scheme
        )
        for path in [*KINDS, item]:
            page.go(path)
            page.page.wait_for_timeout(150)
            over = page.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (path, width, scheme)
        assert page.faults == []


def test_reduced_motion_does_not_fly(site: Path, opened) -> None:
    """With prefers-reduced-motion a change of layout is over at once."""
    page = opened(site.as_uri() + "/", reduced_motion="reduce")
    page.ready()
    page.page.keyboard.press("2")
    page.page.wait_for_function("() => volvelle.state().layout === 'grid'")
    page.page.wait_for_timeout(400)
    there = middle(page, 3)
    page.page.wait_for_timeout(900)

    assert middle(page, 3) == pytest.approx(there, abs=0.5)


def test_a_phone_opens_the_panel_as_a_sheet(site: Path, opened) -> None:
    """At 360 px the sheet comes from below and leaves the map in sight."""
    page = opened(
        site.as_uri() + "/", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page.ready()
    x, y = middle(page, 20)
    page.page.touchscreen.tap(x, y)
    page.page.wait_for_selector("[data-panel]:not([hidden])")
    page.rest()
    sheet = page.page.locator("[data-panel]").bounding_box()

    assert sheet["y"] > 250
    assert sheet["width"] >= 355
    assert page.faults == []
