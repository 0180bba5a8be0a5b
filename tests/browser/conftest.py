"""A real site, built once, and real browsers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

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
