"""Rendering of pages against bare writing of the same bytes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.common import middle, rounds, table
from builder import settings
from builder.pages.render import render
from builder.pipeline import Opened

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print seconds and pages a second of a built catalogue (the demonstration, or one named)."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "demo"
    if not folder.exists():
        print("no catalogue: run `make demo`, or name a built catalogue's folder")
        return
    site = Opened(folder, settings.read(folder)).site()
    files = list(render(site))

    def write() -> None:
        with tempfile.TemporaryDirectory() as name:
            for path, content in files:
                target = Path(name) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)

    seconds = rounds([("rendering", lambda: list(render(site))), ("bare writing", write)])
    rows = [
        [name, f"{middle(s):.2f}", f"{len(files) / middle(s):.0f}"] for name, s in seconds.items()
    ]
    title = f"pages of {len(site.corpus.images)} images"
    table(title, [["", "s", "files/s"], *rows])
    ratio = middle(seconds["rendering"]) / middle(seconds["bare writing"])
    print(f"\nrendering / bare writing: {ratio:.2f}")


if __name__ == "__main__":
    main()
