"""Zotero's own translator "Embedded Metadata" reads a page.

It needs a folder, named by VOLVELLE_ZOTERO, with checkouts of Zotero's repositories as `translate`
(its modules/utilities with it) and `translators`, and with schema.json of zotero-schema.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from builder.corpus.types import DateSpan, Image
from builder.pages.render import render
from builder.pages.types import SiteInput

_ZOTERO = Path(os.environ.get("VOLVELLE_ZOTERO", "/nowhere"))
_URL = "https://x.org/c/"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (_ZOTERO / "translate/example/index.html").exists(),
        reason="VOLVELLE_ZOTERO names no folder with Zotero's translators",
    ),
]

_TRANSLATE = """async ([schema, dates, codes, html, url]) => {
    const list = codes.map((code) => [JSON.parse(code.slice(0, code.indexOf('\\n}') + 2)), code]);
    Zotero.Repo.getAllTranslatorMetadata = async () => list.map(([about]) => about);
    Zotero.Repo.getTranslatorCode = async (id) => list.find(([a]) => a.translatorID === id)[1];
    await Zotero.Translators.init();
    Zotero.Schema.init(schema);
    Zotero.Date.init(dates);
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    const address = new URL(url);
    const page = new Proxy(parsed, {
        get(target, name) {
            if (name === 'location') return address;
            if (name === 'evaluate') {
                return (path, node, ...rest) =>
                    target.evaluate(path, node === page ? target : node, ...rest);
            }
            return typeof target[name] === 'function' ? target[name].bind(target) : target[name];
        },
    });
    const work = new Zotero.Translate.Web();
    work.setDocument(page);
    await work.getTranslators();
    return JSON.stringify(await work.translate({ libraryID: false }));
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The folder, on this machine alone."""
    handler = functools.partial(_Quiet, directory=str(_ZOTERO))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def saved(chromium: Browser, served: str, page: str, url: str) -> list[dict[str, Any]]:
    """What Zotero would save of a page."""
    names = ("Embedded Metadata.js", "RDF.js")
    codes = [(_ZOTERO / "translators" / name).read_text("utf-8") for name in names]
    schema = json.loads((_ZOTERO / "schema.json").read_text("utf-8"))
    dates = _ZOTERO / "translate/modules/utilities/resource/dateFormats.json"

    def local(route: Route) -> None:
        inside = route.request.url.startswith(served)
        route.continue_() if inside else route.abort()

    tab = chromium.new_page()
    tab.route("**/*", local)
    tab.goto(f"{served}translate/example/index.html")
    tab.wait_for_timeout(800)  # the example's own start, whose requests are refused
    given = [schema, json.loads(dates.read_text("utf-8")), codes, page, url]
    found: list[dict[str, Any]] = json.loads(tab.evaluate(_TRANSLATE, given))
    tab.close()
    return found


def test_zotero_saves_a_work_of_art(
    make: Callable[..., SiteInput], chromium: Browser, served: str
) -> None:
    """Of the right kind, with artist, date, place, rights, version and permanent address."""
    site = make(3, catalogue={"site_url": _URL, "title": "Circles"})
    moon = Image(
        "image-000", "m.jpg", "0" * 64, 80, 60, "Moon & <i>sun</i>", "Vat. gr. 1",
        DateSpan("1400", 1400, 1400),
        {"creator": "Eyck, Jan van", "medium": "ink", "folio": "4v", "dimensions": "20 × 30 cm"},
    )  # fmt: skip
    images = (moon, *site.corpus.images[1:])
    files = dict(render(replace(site, corpus=replace(site.corpus, images=images))))

    html = files["items/image-000/index.html"].decode()

    (item,) = saved(chromium, served, html, f"{_URL}items/image-000/")

    assert item["itemType"] == "artwork"
    assert (item["title"], item["date"]) == ("Moon & <i>sun</i>", "1400")
    assert item["creators"] == [
        {"firstName": "Jan van", "lastName": "Eyck", "creatorType": "artist"}
    ]
    assert (item["archive"], item["archiveLocation"]) == ("Vat. gr. 1", "fol. 4v")
    assert (item["artworkMedium"], item["artworkSize"]) == ("ink", "20 × 30 cm")
    assert item["rights"] == "CC-BY-4.0"
    assert item["url"] == f"{_URL}items/image-000/"
    assert "Version 0123456789ab of 2026-01-02" in item["extra"]
