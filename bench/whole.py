"""The whole build: time of each stage, peak memory, and what a second build takes."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.common import pictures, table

COUNT = 600


def build(folder: Path) -> tuple[dict, float, float]:
    """The report of `volvelle build`, seconds, and peak memory in MB so far."""
    began = time.perf_counter()
    code = "from builder.cli import main; main()"
    command = [sys.executable, "-c", code, "build", str(folder), "--json", "-q"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    spent = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return json.loads(done.stdout), spent, peak


def main() -> None:
    """Print a table of stages, and the ratios of rebuilding to building."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in pictures(COUNT):
            target = folder / "images" / path.parts[-3] / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        report, first, peak = build(folder)
        _, second, _ = build(folder)
        (folder / "catalogue.toml").write_text('[catalogue]\ntitle = "Another"\n')
        titled, third, _ = build(folder)
    total = sum(stage["seconds"] for stage in report["stages"])
    rows = [
        [s["name"], f"{s['seconds']:.1f}", f"{s['seconds'] / total:.2f}"] for s in report["stages"]
    ]
    table(f"build of {report['images']} images", [["stage", "s", "share"], *rows])
    pages = next(stage["seconds"] for stage in titled["stages"] if stage["name"] == "pages")
    print(
        f"\nwhole {first:.1f} s, peak {peak:.0f} MB; again {second / first:.3f} of it; "
        f"new title {third / first:.3f} of it, of which pages {pages:.1f} s"
    )


if __name__ == "__main__":
    main()
