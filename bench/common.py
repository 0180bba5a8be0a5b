"""What all benchmarks share: real pictures, fair timing, one way of printing."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from builder.corpus.scan import EXTENSIONS
from builder.demo import draw


def pictures(least: int) -> list[Path]:
    """At least `least` picture files where there are so many: real ones, else drawn ones."""
    named = os.environ.get("VOLVELLE_REAL_DATA")
    folder = Path(named) if named else Path(tempfile.gettempdir()) / "volvelle-bench"
    if not named and not (folder / "images").exists():
        draw(folder)
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in EXTENSIONS)
    step = max(1, len(found) // least)
    return found[::step][:least]


def rounds(
    work: Sequence[tuple[str, Callable[[], object]]], times: int = 3
) -> dict[str, list[float]]:
    """Seconds of each piece of work, taken in turn so that the machine's moods hit all alike."""
    seconds: dict[str, list[float]] = {name: [] for name, _ in work}
    for _ in range(times):
        for name, function in work:
            began = time.perf_counter()
            function()
            seconds[name].append(time.perf_counter() - began)
    return seconds


def middle(values: Sequence[float]) -> float:
    """The median."""
    return sorted(values)[len(values) // 2]


def table(title: str, rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table; the first row is its head."""
    print(f"\n### {title}\n")
    head, *body = [[str(cell) for cell in row] for row in rows]
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in body:
        print("| " + " | ".join(row) + " |", flush=True)
