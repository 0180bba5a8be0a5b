"""Manifests, pictures and neighbours open in Mirador, a viewer that is not ours.

It needs Mirador 4's mirador.min.js, which `make browser` fetches from npm where it can be reached,
or a folder with it that VOLVELLE_MIRADOR names. (Mirador 3 opens a plain picture at its
corner: it zooms before the picture is there.)
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from browsers import VIEWER
from PIL import Image as Picture
from playwright.sync_api import Browser, Page
from watching import Watched, watch

from builder.corpus.types import Image
from builder.pages.types import SiteInput

_MIRADOR = Path(os.environ.get("VOLVELLE_MIRADOR", VIEWER))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (_MIRADOR / "mirador.min.js").exists(),
        reason="mirador.min.js is not there: run make browser",
    ),
]

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Viewer</title>
<link rel="icon" href="data:,"><body><div id="viewer"></div>
<script src="mirador.min.js"></script></body></html>"""

_OPEN = """(manifest) => {
    window.viewer = Mirador.viewer({
        id: 'viewer',
        windows: [{manifestId: manifest, sideBarOpen: true, sideBarPanel: 'info'}],
        annotations: {filteredMotivations: ['linking']},
        window: {panels: {annotations: true, info: true, canvas: true}},
        translations: {}, workspaceControlPanel: {enabled: false},
    });
}"""

_HOSTILE = "<script>window.broken = 1</script><img src=x onerror='window.broken = 1'> & &lt;b&gt;"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture(scope="module")
def served(
    make: Callable[..., SiteInput],
    write: Callable[..., Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A site, and beside it the viewer, at an address of this machine."""
    folder = tmp_path_factory.mktemp("iiif")
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    base = f"http://127.0.0.1:{server.server_port}/"
    site = make(8, catalogue={"title": "Circles", "site_url": f"{base}site/"})
    images = tuple(
        replace(
            image,
            title=f"Circle {row}",
            source="Vat. gr. 1",
            fields={"folio": f"{row + 1}r", "said": _HOSTILE, "credit": "Library of Circles"},
        )
        for row, image in enumerate(site.corpus.images)
    )
    write(replace(site, corpus=replace(site.corpus, images=images)), folder / "site", drawn)
    (folder / "viewer").mkdir()
    (folder / "viewer/index.html").write_text(_PAGE)
    shutil.copyfile(_MIRADOR / "mirador.min.js", folder / "viewer/mirador.min.js")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield base
    server.shutdown()


def drawn(image: Image) -> Picture.Image:
    """A sheet in a colour of its own with a darker disc."""
    y, x = np.mgrid[: image.height, : image.width]
    middle = (x - image.width / 2) ** 2 + (y - image.height / 2) ** 2
    disc = middle < (min(image.width, image.height) / 3) ** 2
    sheet = np.full((image.height, image.width, 3), (230, 220, 190), np.uint8)
    sheet[disc] = (30, 60, 140)
    return Picture.fromarray(sheet)


@pytest.fixture
def viewer(chromium: Browser, served: str) -> Iterator[Watched]:
    page = chromium.new_page(viewport={"width": 1300, "height": 850})
    watched = watch(page, served)
    watched.go("viewer/index.html")
    yield watched
    page.close()


def faults(viewer: Watched) -> list[str]:
    """What went wrong, but for what the viewer's makers are told about their own code."""
    chatter = ("element.ref", "result function returned", "willReadFrequently")
    return [one for one in viewer.faults if not any(word in one for word in chatter)]


def opened(viewer: Watched, path: str) -> Page:
    """The viewer with a manifest in it, its picture drawn."""
    page = viewer.page
    page.evaluate(_OPEN, f"{viewer.base}site/{path}")
    page.wait_for_selector(".mirador-window .openseadragon-canvas canvas")
    page.wait_for_function(_BLUE)
    return page


# The disc is on the canvas: the viewer has found, read and drawn the picture.
_BLUE = """() => [...document.querySelectorAll('.openseadragon-canvas canvas')].some((canvas) => {
    if (!canvas.width) return false;
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [50, 50];
    const pen = copy.getContext('2d', {willReadFrequently: true});
    pen.drawImage(canvas, 0, 0, 50, 50);
    const [r, g, b] = pen.getImageData(25, 25, 1, 1).data;
    return b > 110 && r < 60;
})"""


def test_an_image_opens_with_all_that_is_said_of_it(viewer: Watched) -> None:
    """Picture, title, metadata and credit are shown, and markup in them is text."""
    page = opened(viewer, "items/image-001/manifest.json")
    panel = page.locator(".mirador-companion-area-left, aside").first
    panel.get_by_text("Library of Circles").first.wait_for()
    shown = page.locator("body").inner_text()

    assert "Circle 1" in shown
    assert "Vat. gr. 1" in shown
    assert _HOSTILE in shown
    assert page.evaluate("window.broken") is None
    assert faults(viewer) == []


def test_a_source_opens_as_a_book(viewer: Watched) -> None:
    """All its canvases are there in page order."""
    page = opened(viewer, "sources/vat-gr-1/manifest.json")
    names = page.evaluate(
        """() => {
            const {manifests} = window.viewer.store.getState();
            const [one] = Object.values(manifests);
            return one.json.items.map((canvas) => canvas.label.en[0]);
        }"""
    )

    assert names == [f"fol.\N{NO-BREAK SPACE}{number}r" for number in range(1, 9)]
    assert faults(viewer) == []


def test_neighbours_are_annotations(viewer: Watched, served: str) -> None:
    """The viewer fetches the page of annotations and lists each neighbour with its score."""
    page = opened(viewer, "items/image-001/manifest.json")
    page.get_by_role("tab", name="Annotations").or_(
        page.locator("button[aria-label*='nnotation']")
    ).first.click()
    page.locator(f"a[href='{served}site/items/image-002/']").first.wait_for()
    lines = page.locator("a[href*='/site/items/image-']").all_inner_texts()

    assert len(lines) == 7
    assert all(line.startswith("Circle ") for line in lines)
    assert faults(viewer) == []
