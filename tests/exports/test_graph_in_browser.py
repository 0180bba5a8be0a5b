"""The graph in Chromium, read and laid out by graphology, as Gephi Lite does."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from builder.exports.graphs import gexf
from builder.pages.edges import pairs
from builder.pages.types import SiteInput

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
ESBUILD = ROOT / "static/node_modules/.bin/esbuild"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reader with its libraries in one script."""
    path = tmp_path_factory.mktemp("reader") / "reader.js"
    source = Path(__file__).with_name("graph_reader.js")
    command = [ESBUILD, source, "--bundle", "--format=iife", "--global-name=reader"]
    subprocess.run(
        [*command, f"--outfile={path}", "--log-level=warning"],
        check=True,
        env={"NODE_PATH": str(ROOT / "static/node_modules"), "PATH": "/usr/bin:/bin"},
    )
    return path


@pytest.fixture
def page(chromium: Browser, reader: Path) -> Iterator[Page]:
    """An empty page with the reader, which may ask nothing of the network."""
    context = chromium.new_context(offline=True)
    opened = context.new_page()
    opened.add_script_tag(path=reader)
    yield opened
    context.close()


def test_graphology_reads_all_of_it(page: Page, made: Callable[..., SiteInput]) -> None:
    """Every node and edge, with its place, size, colour, thumbnail, weight and mutuality."""
    site = made(url="https://example.org/c")
    view = site.views[0]

    read = page.evaluate("(text) => reader.read(text)", gexf(site, view).decode())

    assert (read["order"], read["type"]) == (40, "undirected")
    node = next(one for one in read["nodes"] if one["id"] == "i4")
    xy = view.layouts[0].xy[4].astype(float)
    assert [node["x"], node["y"]] == pytest.approx([xy[0] * 1000, -xy[1] * 1000], abs=0.001)
    assert node["size"] > 0
    assert node["color"] == "rgba(201,138,27,1.0)"
    assert node["label"] == "Figure 4"
    assert node["thumb"] == "https://example.org/c/thumbs/i4.webp"
    assert (node["cluster"], node["source"], node["date"]) == (5, "A", "c. 1000")
    assert all("type" not in one for one in read["nodes"])
    known = pairs(view)
    assert read["size"] == len(read["edges"]) > 50
    for edge in read["edges"]:
        ends = sorted(int(edge[end][1:]) for end in ("source", "target"))
        wanted = known[ends[0], ends[1]]
        assert (edge["weight"], edge["mutual"]) == (round(wanted.score, 4), wanted.mutual)


def test_graphology_lays_it_out(page: Page, made: Callable[..., SiteInput]) -> None:
    """ForceAtlas2 moves the nodes, and every place is a number."""
    site = made()
    text = gexf(site, site.views[0]).decode()

    before, after = (
        np.array(page.evaluate("([text, n]) => reader.layOut(text, n)", [text, steps]), float)
        for steps in (1, 60)
    )

    assert after.shape == (40, 2)
    assert np.isfinite(after).all()
    assert np.abs(after - before).max() > 1
