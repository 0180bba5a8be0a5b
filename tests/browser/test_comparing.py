"""Two images laid over each other, in real browsers, from a folder and from a web server."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from watching import Watched, catalogue

from builder.commands.serving import server
from builder.pages.text import json_text, script_text

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "static/node_modules/axe-core/axe.min.js"
MODES = ("side", "swipe", "blink", "onion", "ink")
SIDE = 600
"""Pixels of the two drawn pictures."""
MATRIX = [0.98, -0.17, 60.0, 0.17, 0.98, -40.0, 1e-5, -2e-5, 1.0]
FIRST, SECOND, THIRD = 0, 1, 5
"""Rows: the first two are laid over each other by the build, the third by nobody."""


def drawn(own: tuple[int, int, int, int]) -> Image.Image:
    """Strokes on uneven parchment: one that both pictures have, and one of its own."""
    picture = Image.new("RGB", (SIDE, SIDE))
    for x in range(SIDE):  # darker towards the gutter
        shade = 230 - x // 8
        picture.paste((shade, shade - 15, shade - 45), (x, 0, x + 1, SIDE))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((100, 290, 500, 310), fill=(60, 40, 30))
    pen.rectangle(own, fill=(60, 40, 30))
    return picture


@pytest.fixture(scope="module")
def laid(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with one pair laid by the build, and with two pictures of which all is known."""
    folder = shutil.copytree(site, tmp_path_factory.mktemp("laid") / "site, ü")
    known = catalogue(folder)
    for view in known["views"]:
        view["alignments"] = view is known["views"][0]
    view = known["views"][0]
    for row, own in ((FIRST, (140, 100, 160, 250)), (THIRD, (440, 100, 460, 250))):
        drawn(own).save(folder / f"images/{known['ids'][row]}.webp", lossless=True)
        known["width"][row] = known["height"][row] = SIDE
    pair = {
        "a": FIRST, "b": SECOND, "model": "homography", "matrix": MATRIX, "orientation": 0,
        "inliers": 41, "residual": 0.0083, "overlap": 0.62, "log10_nfa": -12.3, "accepted": True,
    }  # fmt: skip
    part = {"format": 1, "view": view["name"], "part": 0, "first": 0, "pairs": [pair]}
    for key, document in (("catalogue", known), (f"alignments/{view['name']}/0", part)):
        for path, text in (
            (folder / f"api/{key}.json", json_text(document)),
            (folder / f"data/{key}.js", script_text(key, document)),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return folder


@pytest.fixture(scope="module")
def served(laid: Path) -> Iterator[str]:
    """The same on a web server."""
    with server(laid, 0, "/sub/") as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/sub/"
        running.shutdown()


@pytest.fixture(params=["file", "http"])
def either(request: pytest.FixtureRequest, laid: Path, served: str) -> str:
    """Where it is opened."""
    return laid.resolve().as_uri() + "/" if request.param == "file" else served


@pytest.fixture
def local(laid: Path) -> str:
    """Opened by a double-click."""
    return laid.resolve().as_uri() + "/"


def address(laid: Path, a: int, b: int, more: str = "") -> str:
    """The page of two images, by their rows."""
    ids = catalogue(laid)["ids"]
    return f"compare/index.html#a={ids[a]}&b={ids[b]}{more}"


def show(watched: Watched, path: str) -> None:
    """Open the page anew and wait until its pictures are laid."""
    watched.page.goto("about:blank")
    watched.go(path)
    watched.page.wait_for_function("() => window.volvelle?.compare")
    watched.page.evaluate("volvelle.ready")
    settle(watched)


def settle(watched: Watched) -> None:
    """Wait until what changed is drawn."""
    watched.page.evaluate(
        """() => Promise.all([...document.querySelectorAll('img.over-picture[src]')]
            .map((image) => image.decode()))"""
    )
    watched.page.evaluate(
        "() => new Promise((r) => setTimeout(() => requestAnimationFrame(r), 250))"
    )


PLACE = """([side, x, y]) => {
    const { sheet } = volvelle.compare.stage[side];
    const [width, height] = ['width', 'height'].map((one) => parseFloat(sheet.shown.style[one]));
    const box = sheet.node.getBoundingClientRect();
    const at = new DOMPoint(x / sheet.size.width * width, y / sheet.size.height * height);
    const to = new DOMMatrix(getComputedStyle(sheet.shown).transform).transformPoint(at);
    return [box.left + to.x / to.w, box.top + to.y / to.w];
}"""


def place(watched: Watched, side: str, at: tuple[float, float]) -> list[float]:
    """Where a pixel of an original lies in the window."""
    return watched.page.evaluate(PLACE, [side, *at])


def mapped(x: float, y: float) -> tuple[float, float]:
    """Where the build has a point of the first in the second."""
    a, b, c, d, e, f, g, h, i = MATRIX
    w = g * x + h * y + i
    return (a * x + b * y + c) / w, (d * x + e * y + f) / w


def number(watched: Watched, name: str) -> str:
    """What is said under the stage."""
    found = watched.page.locator(f"[data-number={name}]")
    return found.inner_text() if found.count() else ""


def state(watched: Watched) -> dict:
    return watched.page.evaluate("structuredClone(volvelle.compare.state)")


def test_the_alignment_of_the_build_is_shown_with_its_numbers(
    opened: Callable[..., Watched], either: str, laid: Path
) -> None:
    """Points that answer to each other meet, whichever image is the first; numbers in words."""
    watched = opened(either)
    show(watched, address(laid, FIRST, SECOND, "&mode=swipe"))

    for at in ((0, 0), (120, 333), (580, 41)):
        assert place(watched, "a", at) == pytest.approx(place(watched, "b", mapped(*at)), abs=0.05)
    said = [
        number(watched, name) for name in ("inliers", "residual", "overlap", "chance", "verdict")
    ]
    assert said == ["41", "0.83 % of the side", "62 %", "expected false alarms 10−12", "accepted"]
    watched.page.keyboard.press("x")
    watched.page.evaluate("volvelle.compare.loading")
    settle(watched)
    assert place(watched, "b", (120, 333)) == pytest.approx(
        place(watched, "a", mapped(120, 333)), abs=0.05
    )
    assert number(watched, "inliers") == "41"
    assert watched.faults == []


def test_two_images_that_nobody_laid_lie_frame_on_frame(
    opened: Callable[..., Watched], either: str, laid: Path
) -> None:
    """Any two can be looked at; the page says that the build did not lay them."""
    watched = opened(either)
    show(watched, address(laid, FIRST, THIRD, "&o=0&mode=onion"))

    for at in ((0, 0), (SIDE, 0), (40, SIDE)):
        assert place(watched, "a", at) == pytest.approx(place(watched, "b", at), abs=0.05)
    assert number(watched, "chance") == ""
    show(watched, address(laid, FIRST, THIRD))
    assert number(watched, "placed").startswith("Frame on frame")
    assert watched.faults == []


def colours(shot: bytes, at: dict[str, list[float]]) -> dict[str, tuple[int, ...]]:
    """What is seen at places of the window."""
    picture = Image.open(BytesIO(shot)).convert("RGB")
    return {name: picture.getpixel((round(x), round(y))) for name, (x, y) in at.items()}


SPOTS = {
    "a": (150, 180),
    "b": (450, 180),
    "both": (300, 300),
    "paper": (300, 180),
    "gutter": (590, 590),
}


@pytest.mark.parametrize(
    ("inks", "expected"),
    [("", ((255, 0, 0), (0, 0, 255))), ("&inks=safe", ((255, 144, 0), (0, 72, 255)))],
)
def test_two_inks_tell_what_only_one_has(
    opened: Callable[..., Watched], either: str, laid: Path, inks: str, expected: tuple
) -> None:
    """Though no script may read a picture's pixels from a folder; uneven paper is white."""
    watched = opened(either)
    show(watched, address(laid, FIRST, THIRD, f"&o=0&mode=ink{inks}"))

    at = {name: place(watched, "a", spot) for name, spot in SPOTS.items()}
    seen = colours(watched.page.screenshot(), at)

    assert (seen["a"], seen["b"]) == expected
    assert max(seen["both"]) < 90
    assert seen["paper"] == seen["gutter"] == (255, 255, 255)
    assert watched.faults == []


def test_keys_reach_everything_and_the_address_keeps_it(
    opened: Callable[..., Watched], local: str, laid: Path
) -> None:
    """Every mode, what it is set to, zoom, grid and help; a link shows the same again."""
    watched = opened(local)
    show(watched, address(laid, FIRST, SECOND))
    keys = watched.page.keyboard
    for key, mode in zip("12345", MODES, strict=True):
        keys.press(key)
        assert state(watched)["mode"] == mode
    for key in ("]", "c", "g", "+", "Shift+?"):
        keys.press(key)
    watched.page.locator("[data-stage]").focus()
    keys.press("ArrowLeft")
    settle(watched)
    now = state(watched)
    assert (now["cut"], now["safe"], now["grid"]) == (0.8, True, True)
    assert now["camera"]["z"] == pytest.approx(1.5)
    assert now["camera"]["x"] < catalogue(laid)["width"][FIRST] / 2
    assert watched.page.locator("[data-keys] dl").is_visible()
    assert watched.page.locator(".over-b .over-lines").get_attribute("d")
    link = watched.page.locator("[data-permalink]").get_attribute("href")
    watched.page.wait_for_function("(link) => location.href === link", arg=link)
    show(watched, link.removeprefix(local))
    assert {**state(watched), "camera": None} == {**now, "camera": None}
    assert state(watched)["camera"] == pytest.approx(now["camera"], rel=1e-5)
    keys.press("0")
    assert state(watched)["camera"] is None
    assert watched.faults == []


def test_points_by_hand_lay_the_second_and_make_a_line(
    opened: Callable[..., Watched], local: str, laid: Path
) -> None:
    """By keyboard and by dragging; three are affine, four a homography; kept in the address."""
    watched = opened(local)
    show(watched, address(laid, FIRST, THIRD, "&o=0"))
    page = watched.page
    page.keyboard.press("h")
    settle(watched)
    before = state(watched)["points"]
    assert len(before) == 4
    page.locator("[data-handle=b0]").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    box = page.locator("[data-handle=a2]").bounding_box()
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 32, box["y"] + 17)
    page.mouse.up()
    settle(watched)
    after = state(watched)["points"]
    for at, way in ((before[0][2:], after[0][2:]), (before[2][:1], after[2][:1])):
        assert [value > was for was, value in zip(at, way, strict=True)] == [True] * len(at)
    assert after[2][1] < before[2][1]
    assert [after[0][:2], after[1]] == [before[0][:2], before[1]]
    assert number(watched, "model").startswith("homography")
    page.keyboard.press("2")
    settle(watched)
    for x, y, u, v in after:
        assert place(watched, "a", (x, y)) == pytest.approx(place(watched, "b", (u, v)), abs=0.1)
    page.locator("[data-field=who]").fill("Surname, Given")
    ids = catalogue(laid)["ids"]
    head, line = page.locator("[data-line]").input_value().splitlines()
    assert head.split(",")[:4] == ["image", "image", "model", "m11"]
    assert line.startswith(f"{ids[FIRST]},{ids[THIRD]},homography,")
    assert '"Surname, Given"' in line
    with page.expect_download() as download:
        page.locator("[data-act=saveline]").click()
    assert download.value.suggested_filename == "alignments.csv"
    page.locator("[data-handle=a3]").focus()
    page.keyboard.press("Delete")
    settle(watched)
    assert number(watched, "model").startswith("affine")
    assert f"&p={after[0][0]:g}," in page.url
    assert watched.faults == []


def test_points_on_a_line_say_so(opened: Callable[..., Watched], local: str, laid: Path) -> None:
    """What cannot be laid is said, and the pictures stay."""
    watched = opened(local)
    show(watched, address(laid, FIRST, THIRD, "&mode=onion&p=0,0,0,0!10,10,50,0!20,20,0,50"))

    assert "lie on a line" in watched.page.locator("[data-compare]").inner_text()
    assert watched.page.locator("[data-line]").is_hidden()
    assert place(watched, "a", (9, 9)) == pytest.approx(place(watched, "b", (9, 9)), abs=0.05)
    assert watched.faults == []


def test_another_image_is_found_by_keyboard_and_back_undoes_it(
    opened: Callable[..., Watched], either: str, laid: Path
) -> None:
    """By words of its title or its id; the picker opens where an image is missing."""
    watched = opened(either)
    known = catalogue(laid)
    show(watched, f"compare/index.html#a={known['ids'][FIRST]}&b=no-such-image")
    page = watched.page
    assert "no image “no-such-image”" in page.locator("[data-compare]").inner_text()
    page.locator("[data-find=b]").fill(known["ids"][SECOND])
    page.keyboard.press("Enter")
    page.evaluate("volvelle.compare.loading")
    settle(watched)
    assert number(watched, "inliers") == "41"
    page.go_back()
    page.wait_for_function("() => volvelle.compare.state.b === 'no-such-image'")
    show(watched, "compare/index.html")
    assert page.locator("[data-find=a]").is_visible()
    assert page.locator("[data-find=b]").is_visible()
    assert watched.faults == []


def test_nothing_blinks_where_less_motion_is_asked_for(
    opened: Callable[..., Watched], local: str, laid: Path
) -> None:
    """The other is shown at a press; elsewhere it blinks as fast as was set, until stopped."""
    seen = "() => document.querySelector('[data-stage]').classList.contains('other')"
    calm = opened(local, reduced_motion="reduce")
    show(calm, address(laid, FIRST, SECOND, "&mode=blink&rate=3"))
    calm.page.wait_for_timeout(800)
    assert not calm.page.evaluate(seen)
    calm.page.keyboard.press("n")
    assert calm.page.evaluate(seen)
    assert calm.page.locator("[data-amount]").is_hidden()
    lively = opened(local)
    show(lively, address(laid, FIRST, SECOND, "&mode=blink&rate=3"))
    lively.page.wait_for_function(seen)
    lively.page.wait_for_function("() => !(" + seen + ")()")
    lively.page.locator("[data-act=run]").click()
    assert lively.page.locator("[data-act=run]").inner_text() == "Let it blink"


def violations(watched: Watched) -> list[str]:
    """What axe-core finds fault with."""
    watched.page.evaluate(AXE.read_text())
    found = watched.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


SMALL = """() => [...document.querySelectorAll(
    '.over button, .over input[type=range], .over label, .over summary')]
    .filter((node) => node.checkVisibility() && node.offsetHeight < 44)
    .map((node) => node.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it_and_axe_finds_no_fault(
    opened: Callable[..., Watched], local: str, laid: Path, scheme: str
) -> None:
    """Nothing is wider than 360 pixels, and every button is large enough for a finger."""
    watched = opened(local, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = watched.page
    show(watched, address(laid, FIRST, SECOND, "&grid=1&p=9,9,9,9!300,9,300,9!9,300,9,300"))
    page.keyboard.press("h")
    for key in "12345":
        page.keyboard.press(key)
        settle(watched)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate(SMALL) == []
        assert key not in "15" or violations(watched) == []
    page.keyboard.press("a")
    page.locator("[data-find=a]").fill("a")
    assert violations(watched) == []


def test_without_scripts_a_sentence_leads_on(
    opened: Callable[..., Watched], local: str, laid: Path
) -> None:
    """Nobody looks at an empty page."""
    watched = opened(local, java_script_enabled=False)
    watched.go(address(laid, FIRST, SECOND))
    lede = watched.page.locator("main .lede")
    assert "needs JavaScript" in lede.inner_text()
    assert lede.locator("a").get_attribute("href") == "../list/index.html"


def test_ways_to_the_page(opened: Callable[..., Watched], either: str, laid: Path) -> None:
    """From each relative of an image, and from two that are selected on the map."""
    watched = opened(either)
    ids = catalogue(laid)["ids"]
    watched.go(f"items/{ids[FIRST]}/index.html")
    link = watched.page.locator(".kin .lay-over:visible").first
    other = link.locator("xpath=preceding-sibling::a").get_attribute("href").split("/")[1]
    link.click()
    watched.page.wait_for_function("() => window.volvelle?.compare")
    assert (state(watched)["a"], state(watched)["b"]) == (ids[FIRST], other)
    watched.ready("index.html")
    over = watched.page.locator("[data-over]")
    watched.page.evaluate("volvelle.explorer.select([0, 1, 5], 'set')")
    assert over.is_hidden()
    watched.page.evaluate("volvelle.explorer.select([5], 'remove')")
    over.click()
    watched.page.wait_for_function("() => window.volvelle?.compare")
    assert (state(watched)["a"], state(watched)["b"]) == (ids[0], ids[1])
    assert watched.faults == []
