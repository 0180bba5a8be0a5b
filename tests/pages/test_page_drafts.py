"""The picture in black and white and the draft in lines, on image pages and in their data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from PIL import Image as Picture
from playwright.sync_api import Browser, Page

from builder.pages import data
from builder.pages.drafts import counts
from builder.pages.render import render
from builder.pages.types import SiteInput
from builder.vectors.svg import svg
from builder.vectors.types import Circle, Drawing, Found, Segment

DRAWING = Drawing(
    300,
    200,
    (
        Found(Segment(10, 10, 200, 100), 0.9, 0.5),
        Found(Segment(10, 20, 200, 110), 0.9, 0.5),
        Found(Circle(100, 100, 50), 0.9, 0.5),
    ),
    2.0,
)
Make = Callable[..., SiteInput]


@pytest.fixture(scope="module")
def drafted(make: Make) -> SiteInput:
    site = make(3, 2, ink={"publish": True}, vectors={"enabled": True})
    return replace(site, drawings=(DRAWING, Drawing(300, 200), None))


def test_data_names_the_files_and_calls_them_a_draft(drafted: SiteInput) -> None:
    """api/items/<id>.json fits its schema with drafts and without."""
    files = dict(render(drafted))
    found = [json.loads(files[f"api/items/image-00{row}.json"]) for row in range(3)]
    schema = json.loads(
        (Path(data.__file__).parent / "schemas/item.schema.json").read_text(encoding="utf-8")
    )
    for one in found:
        jsonschema.validate(one, schema)
    assert found[0]["ink"] == "images/image-000.ink.png"
    assert found[0]["drawing"] == {
        "draft": True,
        "svg": "items/image-000/drawing.svg",
        "ggb": "items/image-000/drawing.ggb",
        "width": 300,
        "height": 200,
        "segments": 2,
        "circles": 1,
        "arcs": 0,
        "residual": 0.5,
    }
    assert "drawing" not in found[2]


def test_pages_link_the_files_without_scripts(drafted: SiteInput, make: Make) -> None:
    """The page links what there is, says that it is a draft, and shows nothing otherwise."""
    page = dict(render(drafted))["items/image-000/index.html"].decode()
    for part in ('href="drawing.svg"', 'href="drawing.ggb"', "image-000.ink.png", "to be checked"):
        assert part in page
    assert counts(DRAWING) == "2 segments, 1 circle"
    assert counts(Drawing(1, 1)) == "no lines"
    plain = dict(render(make(3, 2)))["items/image-000/index.html"].decode()
    assert "drawing.svg" not in plain
    assert "ink.png" not in plain


@pytest.fixture
def page(
    drafted: SiteInput, write: Callable[..., Path], chromium: Browser, tmp_path: Path
) -> Iterator[Page]:
    folder = write(drafted, tmp_path / "site")
    Picture.new("1", (300, 200), 1).save(folder / "images/image-000.ink.png")
    (folder / "items/image-000/drawing.svg").write_text(svg(DRAWING, "Draft"), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page.goto((folder / "items/image-000/index.html").as_uri())
    yield page
    page.close()


@pytest.mark.browser
def test_boxes_lay_them_over_the_picture_without_scripts(page: Page) -> None:
    """From file://, by keyboard, at 360 pixels: the draft lies exactly over the picture."""
    draft = page.locator(".plate .draft")
    assert not draft.is_visible()
    page.locator("#show-draft").press("Space")
    assert draft.is_visible()
    picture, over = page.locator(".plate img").first.bounding_box(), draft.bounding_box()
    assert picture is not None
    assert over is not None
    assert all(abs(picture[key] - over[key]) <= 1 for key in ("x", "y", "width", "height"))
    page.locator("#show-ink").press("Space")
    assert page.locator(".plate .ink").is_visible()
    assert page.locator("html").evaluate("node => node.scrollWidth") <= 360
