"""Ways of looking in the explorer: the landscape, the graph, wandering, layouts of one's choice."""

from __future__ import annotations

import io
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from watching import Watched, catalogue

pytestmark = pytest.mark.browser

NO_GROUND = """
const compile = WebGL2RenderingContext.prototype.shaderSource;
WebGL2RenderingContext.prototype.shaderSource = function (shader, source) {
    compile.call(this, shader, source.includes('u_paper') ? 'nonsense' : source);
};
"""
"""A device that cannot compile the ground's shader."""


def pixels(page: Watched) -> np.ndarray:
    """What the canvas shows below the bar."""
    shot = page.page.screenshot(clip={"x": 0, "y": 60, "width": 1200, "height": 600})
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), np.int16)


def changed(before: np.ndarray, after: np.ndarray) -> float:
    """Share of the pixels that differ clearly."""
    return float((np.abs(before - after).max(axis=2) > 24).mean())


def boxes(page: Watched) -> np.ndarray:
    """x, y, width and height of every picture in the window."""
    script = """volvelle.explorer.catalogue.ids.map((_, row) => {
        const { x, y, width, height } = volvelle.explorer.stage.boxOf(row);
        return [x, y, width, height];
    })"""
    return np.array(page.page.evaluate(script))


def words(page: Watched) -> str:
    return page.page.locator("[data-wander-words]").inner_text()


def test_landscape_stands_turns_and_is_in_the_address(base: str, opened) -> None:
    """Near pictures are larger; keys, buttons and hand turn it; a link shows it as it was left."""
    page = opened(base)
    page.ready("index.html#l=landscape")
    standing = boxes(page)
    assert page.page.evaluate("volvelle.explorer.stage.renderer.ground.count") > 1000
    first = pixels(page)
    size = standing[:, 2:].max(axis=1)
    assert size.max() > 1.05 * size.min()

    page.page.keyboard.press("q")
    page.rest()
    page.page.locator("[data-orbit='orbit.lower']").click()
    page.rest()
    assert changed(first, pixels(page)) > 0.01
    page.page.wait_for_function("() => volvelle.state().orbit")
    assert page.state()["orbit"] == [15, 60]

    page.page.mouse.move(500, 400)
    page.page.mouse.down(button="right")
    page.page.mouse.move(400, 380, steps=3)
    page.page.mouse.up(button="right")
    page.rest()
    page.page.wait_for_function("() => volvelle.state().orbit[0] !== 15")
    again = opened(base)
    again.ready("index.html" + page.page.evaluate("location.hash"))
    assert np.abs(boxes(page) - boxes(again)).max() < 2
    assert page.faults + again.faults == []


def test_pictures_of_the_landscape_are_met_by_the_pointer(base: str, opened) -> None:
    """A click opens the nearest picture there; dragging keeps the ground under the hand."""
    page = opened(base)
    page.ready("index.html#l=landscape")
    x, y, width, height = boxes(page)[7]
    point = (x + width / 2, y + height / 2)
    holding = [
        row
        for row, (a, b, w, h) in enumerate(boxes(page))
        if a <= point[0] <= a + w and b <= point[1] <= b + h
    ]
    page.page.mouse.click(*point)
    page.page.wait_for_function("() => volvelle.state().id")
    assert page.page.evaluate("volvelle.explorer.chosen") in holding

    page.page.keyboard.press("Escape")
    page.rest()
    under = page.page.evaluate("volvelle.explorer.stage.rig.world(500, 420)")
    page.page.mouse.move(500, 420)
    page.page.mouse.down()
    page.page.mouse.move(560, 450, steps=4)
    now = page.page.evaluate("volvelle.explorer.stage.rig.world(560, 450)")
    page.page.mouse.up()
    assert np.abs(np.subtract(under, now)).max() < 0.01
    assert page.faults == []


def test_a_device_without_ground_is_told_so(base: str, opened) -> None:
    """The last layout stays, with a sentence."""
    page = opened(base, NO_GROUND)
    page.ready()
    page.page.evaluate("volvelle.explorer.update({ layout: 'landscape' })")
    page.page.wait_for_function("() => !document.querySelector('[data-toast]').hidden")

    said = page.page.locator("[data-toast]").inner_text()
    assert "cannot draw the landscape" in said
    assert page.state()["layout"] == ""
    assert page.page.evaluate("volvelle.explorer.stage.rig.relief.flat")


def test_lines_join_relatives_above_a_score(base: str, opened) -> None:
    """Keys and slider change how many; they are drawn on the canvas and held by the address."""
    page = opened(base)
    page.ready("index.html#l=graph")
    before = pixels(page)
    page.page.keyboard.press(".")
    page.page.wait_for_function("() => volvelle.explorer.stage.ends")
    page.rest()
    drawn = "volvelle.explorer.stage.ends.near.length / 2"
    some = page.page.evaluate(drawn)
    assert changed(before, pixels(page)) > 0.001
    page.page.keyboard.press(".")
    page.rest()
    assert page.page.evaluate(drawn) > some
    least = page.state()["edges"]

    page.page.keyboard.press("o")
    slider = page.page.locator("[data-edges-least]")
    slider.evaluate("(node) => { node.value = node.max; node.dispatchEvent(new Event('input')); }")
    page.rest()
    assert page.state()["edges"] > least
    assert page.page.evaluate(drawn) < some
    assert "score of at least" in page.page.locator("[data-edges-said]").inner_text()
    page.page.locator("[data-edges]").uncheck()
    page.rest()
    assert page.page.evaluate("volvelle.explorer.stage.ends") is None

    again = opened(base)
    again.ready(f"index.html#l=graph&edges={least}")
    again.page.wait_for_function("() => volvelle.explorer.stage.ends")
    assert page.faults + again.faults == []


def test_sources_columns_and_axes(base: str, opened, site: Path) -> None:
    """Rows of sources in page order; a column a value, a second facet in it; any two numbers."""
    page = opened(base)
    page.ready("index.html#l=sources")
    found = catalogue(site)
    at = boxes(page)
    for source in set(found["sources"]):
        own = [row for row, one in enumerate(found["sources"]) if one == source]
        middle = at[own, 1] + at[own, 3] / 2
        assert np.ptp(middle) < 1
        assert (np.diff(at[own, 0] + at[own, 2] / 2) > 0).all()

    facets = [one["key"] for one in found["facets"]]
    page.page.keyboard.press("o")
    page.page.locator("[data-facet-by]").select_option(facets[1])
    page.rest()
    page.page.locator("[data-facet-then]").select_option(facets[0])
    page.rest()
    assert page.state()["layout"] == f"by.{facets[1]}.{facets[0]}"
    at = boxes(page)
    index = np.array(found["facets"][1]["index"])
    sides = [np.r_[at[index == v, 0], (at[:, 0] + at[:, 2])[index == v]] for v in set(index) - {-1}]
    spans = sorted((side.min(), side.max()) for side in sides)
    assert all(left[1] < right[0] for left, right in pairwise(spans))

    page.page.locator("[data-number-x]").select_option("ink")
    page.page.locator("[data-number-y]").select_option("lightness")
    page.page.wait_for_function("() => volvelle.state().layout === 'of.ink.lightness'")
    page.rest()
    columns = page.page.evaluate("volvelle.explorer.layouts.number('ink').then((c) => c.values)")
    at = boxes(page)
    centre = at[:, 0] + at[:, 2] / 2
    assert np.corrcoef(np.array(columns, float), centre)[0, 1] > 0.999
    assert page.faults == []


def test_likeness_to_one_image_in_rings_and_spiral(base: str, opened, site: Path) -> None:
    """The chosen image is the middle; others lie further out, the less they are like it."""
    page = opened(base)
    page.ready(f"index.html#i={catalogue(site)['ids'][4]}")
    page.page.keyboard.press("o")
    for layout in ("like.rings", "like"):
        page.page.locator(f"[data-like-one='{layout}']").click()
        page.page.wait_for_function(f"() => volvelle.explorer.stage.places.name === '{layout}'")
        page.rest()
        at = boxes(page)
        middle = at[:, :2] + at[:, 2:] / 2
        far = np.linalg.norm(middle - middle[4], axis=1)
        item = page.page.evaluate("volvelle.explorer.data.item(4, volvelle.explorer.state.id)")
        near = [one["id"] for one in item["views"]["look"]["neighbours"]["all"][:5]]
        rows = [catalogue(site)["ids"].index(one) for one in near]
        assert far[4] == 0
        assert far[rows].mean() < 0.75 * np.delete(far, [4, *rows]).mean()
    assert page.faults == []


def test_wandering_says_why_and_stops(base: str, opened, site: Path) -> None:
    """It goes from relative to relative, each with a sentence; Esc stops it."""
    page = opened(base)
    page.ready(f"index.html#i={catalogue(site)['ids'][2]}")
    page.page.keyboard.press("w")
    page.page.wait_for_function("() => volvelle.state().id !== volvelle.explorer.catalogue.ids[2]")
    first = page.state()["id"]
    item = page.page.evaluate("volvelle.explorer.data.item(2, volvelle.explorer.catalogue.ids[2])")
    lists = item["views"]["look"]["neighbours"]["all"]
    near = [one["id"] for one in lists[:10]]
    backwards = page.page.evaluate(
        "(id) => volvelle.explorer.data.item(volvelle.explorer.rows.get(id), id)", first
    )["views"]["look"]["neighbours"]["all"]
    assert first in near or catalogue(site)["ids"][2] in [one["id"] for one in backwards[:10]]
    assert "relative" in words(page)
    assert "by look" in words(page)

    page.page.keyboard.press("n")
    page.page.wait_for_function("(id) => volvelle.state().id !== id", arg=first)
    assert "wander=1" in page.page.evaluate("location.hash")
    page.page.locator("[data-wander-pause]").click()
    page.rest()
    assert page.page.locator("[data-wander-pause]").get_attribute("aria-pressed") == "true"
    page.page.keyboard.press("Escape")
    assert not page.state()["wander"]
    assert page.page.locator("[data-wander]").is_hidden()
    assert page.faults == []


def test_where_motion_is_reduced_nothing_flies_by_itself(base: str, opened) -> None:
    """Wandering waits for a press; each press is a step."""
    page = opened(base, reduced_motion="reduce")
    page.ready()
    page.page.clock.install()
    page.page.keyboard.press("w")
    page.page.wait_for_function("() => volvelle.state().id")
    first = page.state()["id"]
    page.page.clock.run_for(30_000)
    assert page.state()["id"] == first
    assert page.page.locator("[data-wander-pause]").is_hidden()
    page.page.locator("[data-wander-next]").click()
    page.page.wait_for_function("(id) => volvelle.state().id !== id", arg=first)
    assert page.faults == []


def test_something_unexpected_says_why_and_is_a_link(base: str, opened, site: Path) -> None:
    """Two images with a sentence; the next press finds another pair; the address tells it again."""
    page = opened(base)
    page.ready()
    page.page.keyboard.press("u")
    page.page.wait_for_function("() => volvelle.state().odd >= 0")
    page.rest()
    state, said = page.state(), words(page)
    titles = catalogue(site)["titles"]
    assert titles[state["odd"]] in said
    assert "apart, yet" in said
    page.page.wait_for_function("() => location.hash.includes('odd=')")
    address = page.page.evaluate("location.hash")

    page.page.keyboard.press("u")
    page.page.wait_for_function("(odd) => volvelle.state().odd !== odd", arg=state["odd"])
    again = opened(base)
    again.ready("index.html" + address)
    again.page.wait_for_function("() => !document.querySelector('[data-wander]').hidden")
    assert words(again) == said
    assert page.faults + again.faults == []


def test_what_is_under_the_pointer_stays_under_it(base: str, opened) -> None:
    """Zoomed in, a key changes the layout: the image that was pointed at is where it was."""
    page = opened(base)
    page.ready()
    for _ in range(3):
        page.page.keyboard.press("+")
        page.rest()
    at = boxes(page)
    middle = at[:, :2] + at[:, 2:] / 2
    row = int(np.argmin(np.linalg.norm(middle - [560, 380], axis=1)))
    page.page.mouse.move(*middle[row])
    page.page.wait_for_function(f"() => volvelle.explorer.cursor === {row}")

    page.page.keyboard.press("2")
    page.page.wait_for_function("() => volvelle.explorer.stage.places.name === 'grid'")
    page.rest()
    x, y, width, height = boxes(page)[row]
    now = np.array([x + width / 2, y + height / 2])
    assert np.linalg.norm(now - middle[row]) < max(width, height)
    assert page.page.evaluate("volvelle.explorer.cursor") == row
    assert page.faults == []


def test_small_pictures_of_layouts_follow_the_filters(base: str, opened, site: Path) -> None:
    """What does not match is faint in the layouts' bar, too."""
    page = opened(base)
    page.ready()
    inked = """() => {
        const canvas = document.querySelector('[data-layout=grid] canvas');
        const copy = new OffscreenCanvas(canvas.width, canvas.height);
        const pen = copy.getContext('2d', { willReadFrequently: true });
        pen.drawImage(canvas, 0, 0);
        const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, at) => at % 4 === 3).reduce((a, b) => a + b, 0);
    }"""
    page.page.wait_for_function(f"() => ({inked})() > 0")
    full = page.page.evaluate(inked)
    facet = catalogue(site)["facets"][0]
    page.page.evaluate(
        "([key, value]) => volvelle.explorer.update({ filters: { [key]: [value] } })",
        [facet["key"], facet["values"][0]],
    )
    page.page.wait_for_function(f"() => ({inked})() < {0.7 * full}")
    assert page.faults == []


def test_damaged_pairs_of_relatives_are_told(opened, site: Path, tmp_path: Path) -> None:
    """Lines and wandering say what is wrong; the map goes on."""
    broken = tmp_path / "site"
    shutil.copytree(site, broken)
    (broken / "data/edges/look.js").write_text('volvelle.add("edges/look", "AAAA")')
    page = opened(broken.as_uri() + "/")
    page.ready()
    page.page.keyboard.press(".")
    page.page.wait_for_function("() => !document.querySelector('[data-toast]').hidden")

    assert "damaged" in page.page.locator("[data-toast]").inner_text()
    page.page.keyboard.press("2")
    page.page.wait_for_function("() => volvelle.explorer.stage.places.name === 'grid'")
    assert page.faults == []
