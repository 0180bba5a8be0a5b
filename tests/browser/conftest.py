"""A real site, built once, and real browsers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from watching import WIDE, Watched, watch

from builder import pipeline, settings
from builder.commands.serving import server
from builder.demo import draw
from builder.progress import Silent


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration catalogue, drawn small and built as users build it."""
    folder = tmp_path_factory.mktemp("site") / "catalogue with spaces, ü"
    draw(folder, designs_per_kind=1)
    toml = folder / "catalogue.toml"
    toml.write_text(toml.read_text() + '\n[[views]]\nname = "look"\nsize = 96\n')
    pipeline.build(folder, settings.read(folder), pipeline.Options(), Silent())
    return folder / "site"


@pytest.fixture(scope="session")
def sub_path(site: Path) -> Iterator[str]:
    """The address of the site on a web server, below a path."""
    with server(site, 0, "/deep/er/") as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/deep/er/"
        running.shutdown()


@pytest.fixture(params=["file", "http"])
def base(request: pytest.FixtureRequest, site: Path, sub_path: str) -> str:
    """Where the site is opened: by a double-click, and below a path of a web server."""
    return site.resolve().as_uri() + "/" if request.param == "file" else sub_path


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """Open windows; gives pages that are watched."""
    contexts = []

    def open_(base: str, script: str = "", **options) -> Watched:
        context = chromium.new_context(**{"viewport": WIDE} | options)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        return watch(context.new_page(), base)

    yield open_
    for context in contexts:
        context.close()
