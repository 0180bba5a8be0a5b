"""Large pictures that stay where they are: shown from there, and from nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from iiif_server import Served
from playwright.sync_api import Browser
from support import tree

from builder.pages.rights import origin

_SETTINGS = """
[images]
host = "iiif"
[[views]]
name = "pieces"
preparation = "pieces"
size = 32
backbone = "strokes"
"""


@pytest.fixture
def hosted(
    served: Served, manifest3: Callable[..., dict], volvelle: Callable, tmp_path: Path
) -> Path:
    """A site of three images that a server has, and of one that had to be cut here."""
    address = served.put("/m.json", manifest3(*(("three", f"x{at}") for at in range(3))))
    volvelle("fetch", address, "--to", tmp_path, "--rate", 50, "--size", 500, "-q")
    one = served.put("/n.json", {**manifest3(("zero", "y")), "id": "https://x.org/n"})
    volvelle("fetch", one, "--to", tmp_path, "--rate", 50, "--region", "pct:0,0,50,50", "-q")
    (tmp_path / "catalogue.toml").write_text(_SETTINGS)
    ran = volvelle("build", tmp_path, "-q", "--json")
    assert (ran.code, ran.json["problems"]) == (0, [])
    return tmp_path / "site"


def test_pages_name_the_server_and_no_other(hosted: Path, served: Served) -> None:
    """In the picture, in the policy of its page, on the about page; thumbnails stay here."""
    files = tree(hosted)
    held = [json.loads(text) for path, text in files.items() if path.startswith("api/items/")]
    there = [one for one in held if one["image"].startswith(served.url)]

    assert len(there) == 3
    assert sum(path.startswith("images/") for path in files) == 1
    assert sum(path.startswith("thumbs/") for path in files) == 4
    for one in held:
        page = files[f"items/{one['id']}/index.html"].decode()
        policy = re.search(r'Content-Security-Policy" content="([^"]+)', page)
        assert policy
        assert (f"blob: {served.url};" in policy[1]) == (one in there)
        assert (f'<img src="{one["image"]}"' in page) == (one in there)
    for path in ("index.html", "list/index.html"):
        assert served.url.encode() not in files[path]
    assert served.url in files["about/index.html"].decode()
    catalogue = json.loads(files["api/catalogue.json"])
    assert len(catalogue["closed"]["hosted"]) == 3


def test_the_picture_is_seen_and_looked_into(
    hosted: Path, served: Served, chromium: Browser
) -> None:
    """From file://, with requests to that server alone, and nothing that the policy forbids."""
    held = json.loads((hosted / "api/catalogue.json").read_text())
    image = held["ids"][held["closed"]["hosted"][0]]
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((hosted / f"items/{image}/index.html").as_uri())
    page.wait_for_function("document.querySelector('.plate a img').naturalWidth > 0")

    page.click(".plate a")
    page.wait_for_selector("dialog.look canvas")
    page.wait_for_timeout(300)

    outside = {url for url in asked if not url.startswith(("file:", "data:", "blob:"))}
    page.close()
    assert {re.sub(r"(//[^/]+).*", r"\1", url) for url in outside} == {served.url}
    assert said == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://X.org/a/full/max/0/default.jpg", "https://x.org"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000"),
        ("https://x.org; script-src *", ""),
        ("https://x.org/a b", ""),
        ("https://x.org'/a", ""),
        ("https://*/a", ""),
        ("https://user@x.org/a", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_plain_servers_come_into_the_policy(address: str, expected: str) -> None:
    """Whatever somebody writes into a table, it adds no word to the policy."""
    assert origin(address) == expected
