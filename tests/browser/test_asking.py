"""Ways of asking in the explorer: selections, search by example, conditions, colours, bad input."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page
from watching import Watched, catalogue

pytestmark = pytest.mark.browser


def selected(page: Watched) -> list[int]:
    return page.page.evaluate("volvelle.state().selected")


def places(page: Watched) -> list[list[float]]:
    """The middle of every image in the window."""
    return page.page.evaluate(
        """() => volvelle.explorer.catalogue.ids.map((_, row) => {
            const { x, y, width, height } = volvelle.explorer.stage.boxOf(row);
            return [x + width / 2, y + height / 2];
        })"""
    )


def drag(page: Page, points: list[tuple[float, float]]) -> None:
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


def saved(page: Page, kind: str) -> tuple[str, bytes]:
    """Name and content of what an export gives."""
    with page.expect_download() as download:
        page.locator(f"[data-export='{kind}']").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_rectangle_selects_what_lies_in_it_and_the_address_restores_it(
    base: str, opened, site: Path
) -> None:
    """Shift and drag; the frames change on the canvas, the count is said, the address holds all."""
    page = opened(base)
    page.ready()
    at = places(page)
    page.page.keyboard.down("Shift")
    drag(page.page, [(400, 200), (760, 520)])
    page.page.keyboard.up("Shift")
    inside = [row for row, (x, y) in enumerate(at) if 400 < x < 760 and 200 < y < 520]

    assert selected(page) == inside
    assert len(inside) > 3
    assert str(len(inside)) in page.page.locator("[data-selected]").inner_text()
    assert page.page.evaluate(
        "volvelle.explorer.stage.sprites.mark.filter((v, i) => i % 4 === 3 && v === 255).length"
    ) == len(inside)

    again = opened(base)
    again.ready("index.html" + page.page.evaluate("location.hash"))
    assert selected(again) == inside
    assert page.faults + again.faults == []


def test_lasso_tool_by_button_and_by_key(base: str, opened) -> None:
    """A lasso takes what its line goes round; Esc puts the tool away and dragging moves the map."""
    page = opened(base)
    page.ready()
    page.page.locator("[data-select]").click()
    page.page.locator("[data-tool='lasso']").click()
    page.rest()
    at = places(page)
    x, y = at[5]
    drag(page.page, [(x - 30, y - 30), (x + 30, y - 30), (x, y + 45), (x - 30, y - 30)])
    taken = selected(page)
    page.page.keyboard.press("Escape")
    drag(page.page, [(300, 200), (380, 260)])

    assert 5 in taken
    assert len(taken) < len(at)
    assert selected(page) == taken
    page.page.keyboard.press("l")
    assert page.page.locator("[data-tool='lasso']").get_attribute("aria-pressed") == "true"
    assert page.faults == []


def test_every_other_way_to_select(base: str, opened, site: Path) -> None:
    """Shift and click, X, its cluster, its relatives, all that match, invert, let all go."""
    page = opened(base)
    page.ready("index.html#i=" + catalogue(site)["ids"][2])
    window = page.page
    window.keyboard.press("x")
    assert selected(page) == [2]

    window.locator("[data-add='cluster']").click()
    labels = window.evaluate("volvelle.explorer.clusters.label")
    cluster = [row for row, label in enumerate(labels) if label == labels[2]]
    assert selected(page) == sorted({2, *cluster})

    window.locator("[data-select-clear]").click()
    window.locator("[data-add='neighbours']").click()
    window.wait_for_function("() => volvelle.state().selected.length > 0")
    item = json.loads((site / f"api/items/{catalogue(site)['ids'][2]}.json").read_text())
    near = [one["id"] for one in item["views"]["look"]["neighbours"]["all"]]
    assert selected(page) == sorted(catalogue(site)["ids"].index(one) for one in near)

    before = selected(page)
    window.locator("[data-add='invert']").click()
    assert set(selected(page)) == set(range(catalogue(site)["count"])) - set(before)
    window.locator("[data-add='shown']").click()
    assert len(selected(page)) == catalogue(site)["count"]
    assert page.faults == []


def test_exports_are_what_they_say(base: str, opened, site: Path) -> None:
    """CSV, JSON, ZIP, SVG and PNG of a selection, each read by a reader that is not ours."""
    page = opened(base)
    page.ready()
    ids = catalogue(site)["ids"]
    page.page.evaluate("volvelle.explorer.select([1, 4, 6], 'set')")
    page.page.locator("[data-sheet-open='export']").click()

    name, content = saved(page.page, "csv")
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert name.endswith("-3.csv")
    assert [line["id"] for line in lines] == [ids[1], ids[4], ids[6]]
    assert lines[0]["title"] == catalogue(site)["titles"][1]
    assert lines[0]["page"].endswith(f"items/{ids[1]}/index.html")

    document = json.loads(saved(page.page, "json")[1])
    assert [one["id"] for one in document["images"]] == [ids[1], ids[4], ids[6]]

    with zipfile.ZipFile(io.BytesIO(saved(page.page, "zip")[1])) as packed:
        assert packed.testzip() is None
        stems = {Path(one).stem for one in packed.namelist()}
        assert stems == {"images", ids[1], ids[4], ids[6]}

    figure = ElementTree.fromstring(saved(page.page, "svg")[1])
    space = "{http://www.w3.org/2000/svg}"
    assert len(figure.findall(f"{space}image")) == 3
    words = " ".join(one.text or "" for one in figure.findall(f"{space}text"))
    assert catalogue(site)["version"] in words
    assert saved(page.page, "png")[1].startswith(b"\x89PNG")
    assert page.faults == []


def test_a_kept_selection_outlasts_the_page_and_is_compared(base: str, opened) -> None:
    """Kept by name in the browser; after a reload it is there, and can be compared."""
    page = opened(base)
    page.ready()
    window = page.page
    window.evaluate("volvelle.explorer.select([0, 1, 2, 3], 'set')")
    window.locator("[data-sheet-open='kept']").click()
    window.locator("[data-keep-name]").fill("Moons & <suns>")
    window.locator("[data-keep]").click()
    window.goto("about:blank")
    page.ready()
    window.locator("[data-select]").click()
    window.locator("[data-sheet-open='kept']").click()
    window.locator("[data-kept='Moons & <suns>']").click()
    assert selected(page) == [0, 1, 2, 3]

    window.evaluate("volvelle.explorer.select([7, 8, 9, 10], 'set')")
    window.locator("[data-sheet-open='compare']").click()
    window.locator("[data-compare-with]").select_option("Moons & <suns>")
    window.wait_for_selector(".compare-table tbody tr")
    assert "(4)" in window.locator(".compare-table thead").inner_text()
    assert page.faults == []


def test_without_storage_all_else_goes_on(base: str, opened) -> None:
    """Where the browser refuses storage it is said, and the selection is kept for the visit."""
    deny = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    page = opened(base, deny)
    page.ready()
    page.page.evaluate("volvelle.explorer.select([0, 1], 'set')")
    page.page.locator("[data-sheet-open='kept']").click()
    page.page.locator("[data-keep-name]").fill("Two")
    page.page.locator("[data-keep]").click()

    assert page.page.locator("[data-kept-denied]").is_visible()
    assert page.page.locator("[data-kept='Two']").is_visible()
    assert page.faults == []


def test_search_by_example_ranks_as_the_published_vectors_say(
    base: str, opened, site: Path
) -> None:
    """The ranking is that of the file's vectors, its layout moves images, its address restores."""
    import numpy as np

    page = opened(base)
    window = page.page
    read: list[str] = []
    window.on("request", lambda asked: "/vectors/" in asked.url and read.append(asked.url))
    page.ready("index.html#i=" + catalogue(site)["ids"][3])
    assert read == []
    window.locator("[data-ask='more']").click()
    window.wait_for_function("() => volvelle.explorer.stage.places.name === 'like'")
    window.evaluate("volvelle.explorer.dispatch({ type: 'weigh', rows: [9], weight: -40 })")
    window.wait_for_timeout(200)
    page.rest()
    assert len(read) == 1

    raw = (site / "api/vectors/look.bin").read_bytes()
    numbers, count = int.from_bytes(raw[6:8], "little"), int.from_bytes(raw[8:12], "little")
    scales = np.frombuffer(raw[24 : 24 + 4 * numbers], "<f4")
    real = np.frombuffer(raw[24 + 4 * numbers :], np.int8).reshape(count, numbers) * scales
    asked = 100 * real[3] - 40 * real[9]
    scores = real @ (asked / np.linalg.norm(asked))
    order = [row for row in np.argsort(-scores, kind="stable") if row not in (3, 9)]
    found = window.locator("[data-found]").evaluate_all(
        "(all) => all.map((one) => Number(one.dataset.found))"
    )
    assert found[:8] == order[:8]
    assert page.state()["examples"] == [[3, 100], [9, -40]]

    again = opened(base)
    again.ready("index.html" + window.evaluate("location.hash"))
    assert again.state()["layout"] == "like"
    assert again.state()["examples"] == page.state()["examples"]
    assert page.faults + again.faults == []


def test_a_slider_ranks_anew_and_rows_tell_scores(base: str, opened) -> None:
    """Moving a weight changes the order; the ranking can lie in rows."""
    page = opened(base)
    page.ready()
    window = page.page
    window.evaluate("volvelle.explorer.dispatch({ type: 'weigh', rows: [3, 20], weight: 100 })")
    window.wait_for_selector("[data-found]")
    page.rest()
    before = places(page)
    window.locator("[data-weight='20']").fill("5")
    window.wait_for_function("() => volvelle.state().examples.some(([, weight]) => weight === 5)")
    page.rest()
    assert places(page) != before
    window.locator("[data-like-layout='like.rows']").click()
    page.rest()
    assert window.locator(".mark").count() > 0
    assert page.faults == []


@pytest.fixture
def broken(site: Path, tmp_path: Path) -> Callable[[str, Callable[[bytes], bytes]], str]:
    """A copy of the site with one file changed; gives its address."""

    def make(name: str, change: Callable[[bytes], bytes]) -> str:
        copy = tmp_path / "broken"
        shutil.copytree(site, copy)
        for path in copy.glob(name):
            path.write_bytes(change(path.read_bytes()))
        return copy.as_uri() + "/"

    return make


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw.replace(b"VkxWVg", b"AAAAAA"), "damaged"),
        (lambda raw: b"", "could not be read"),
        # The version stands in the head, bytes 12 to 23: characters 16 to 31 of the base64.
        (lambda raw: raw[:44] + b"MDAwMDAw" + raw[52:], "another build"),
    ],
)
def test_vectors_that_do_not_fit_are_said_and_the_map_stays(
    broken, opened, change: Callable[[bytes], bytes], said: str
) -> None:
    """Damaged, missing or of another build: a sentence, and the layout before."""
    page = opened(broken("data/vectors/look.js", change))
    page.ready()
    page.page.evaluate("volvelle.explorer.dispatch({ type: 'weigh', rows: [3], weight: 100 })")
    page.page.wait_for_selector("[data-toast]:not([hidden])")

    assert said in page.page.locator("[data-toast]").inner_text()
    assert page.state()["layout"] == ""
    page.page.keyboard.press("2")
    page.rest()
    assert page.state()["layout"] == "grid"


def test_missing_atlas_pages_and_layouts_are_said(broken, opened) -> None:
    """Without small pictures, or with a layout that cannot be read, the reader goes on."""
    page = opened(broken("data/atlas/*/*.js", lambda _: b""))
    page.go("index.html")
    page.page.wait_for_selector("[data-toast]:not([hidden])")
    assert "mean colours" in page.page.locator("[data-toast]").inner_text()
    page.page.keyboard.press("2")
    page.page.wait_for_function("() => volvelle.explorer.stage.places.name === 'grid'")


def test_a_bad_address_shows_what_it_can_and_says_the_rest(base: str, opened, site: Path) -> None:
    """Unknown parts are named, lost images counted, what is known is shown."""
    page = opened(base)
    key = catalogue(site)["facets"][0]["key"]
    page.ready(f"index.html#l=nowhere&v=mist&f.{key}=atlantis&n.x=a..b&sel=AAAAAABBBBBB&q=a&zz=1")
    said = page.page.locator("[data-toast]").inner_text()

    assert "nowhere" in said
    assert "2 images" in said
    assert page.state()["query"] == "a"
    assert page.faults == []


def test_numbers_and_missing_values_narrow_and_an_empty_result_can_be_undone(
    base: str, opened, site: Path
) -> None:
    """A range of a number by slider, its chip, its address; nothing left says what to take away."""
    page = opened(base)
    page.ready()
    window = page.page
    number = catalogue(site)["numbers"][0]["name"]
    measures = json.loads((site / "api/measures.json").read_text())
    values = next(one["values"] for one in measures["columns"] if one["name"] == number)
    window.locator("[data-filters]").click()
    window.locator("[data-numbers] summary").click()
    slider = window.locator(f"[data-number-range='{number}'] [data-number-end='to']")
    slider.wait_for()
    slider.fill("100")
    slider.dispatch_event("change")
    window.wait_for_function("() => volvelle.explorer.matching.active")
    low, high = page.state()["numbers"][number]["range"]
    expected = sum(value is not None and low <= value <= high for value in values)
    assert window.evaluate("volvelle.explorer.matching.total") == expected
    assert f"n.{number}=" in page.page.url

    window.evaluate("volvelle.explorer.update({ query: 'zzzzzz' })")
    window.wait_for_selector("[data-nothing] [data-undo='search']")
    window.locator("[data-nothing] [data-undo='search']").click()
    window.wait_for_function("(n) => volvelle.explorer.matching.total === n", arg=expected)
    window.locator(".chip").first.click()
    window.wait_for_function("() => !volvelle.explorer.matching.active")
    assert page.faults == []


def test_frames_by_a_facet_with_a_legend_that_filters(base: str, opened, site: Path) -> None:
    """Every image has the colour of its value; a press on the legend filters by it."""
    page = opened(base)
    data = catalogue(site)
    facet = data["facets"][0]
    page.ready(f"index.html#col=f.{facet['key']}")
    window = page.page
    window.wait_for_selector("[data-legend]:not([hidden])")
    marks = window.evaluate("[...volvelle.explorer.stage.sprites.mark]")
    colours = {}
    for row, value in enumerate(facet["index"]):
        colours.setdefault(value, set()).add(tuple(marks[row * 4 : row * 4 + 4]))
    assert all(len(found) == 1 for found in colours.values())
    assert len(set().union(*colours.values())) == min(16, len(colours))

    window.locator("[data-legend-value]").first.click()
    window.wait_for_function("() => volvelle.explorer.matching.active")
    chosen = page.state()["filters"][facet["key"]][0]
    assert window.evaluate("volvelle.explorer.matching.total") == facet["index"].count(
        facet["values"].index(chosen)
    )
    assert page.faults == []


def test_sizes_contours_and_miniature(base: str, opened, site: Path) -> None:
    """A number makes images larger, lines show density, zooming brings the miniature map."""
    page = opened(base)
    number = catalogue(site)["numbers"][0]["name"]
    page.ready(f"index.html#size={number}&dense=1&col=cluster&x=0.5&y=0.5&z=4")
    window = page.page
    window.wait_for_function(
        "() => volvelle.explorer.stage.sprites.shape.some((one) => one < 0.35)"
    )

    assert window.locator(".density path").count() > 0
    assert window.locator("[data-mini]").is_visible()
    before = window.evaluate("({ ...volvelle.explorer.stage.rig.camera })")
    box = window.locator("[data-mini]").bounding_box()
    assert box
    window.mouse.click(box["x"] + 20, box["y"] + 20)
    page.rest()
    assert window.evaluate("({ ...volvelle.explorer.stage.rig.camera })") != before
    assert page.faults == []
