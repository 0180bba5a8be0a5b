"""`python -m bench.explorer SITE [COUNT ...]`: prints the tables and keeps screenshots.

SITE is a built site; it is measured as it is, and repeated to each COUNT of images. WebGL runs in
software, so that frames are slower than on any graphics card: what counts is the ratio to the
reference page of the same run.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from bench.common import middle, table
from bench.explorer.asking import asked, sharpened
from bench.explorer.driving import Measured, loaded, moved, opened, rested
from bench.explorer.hosting import hosted
from bench.explorer.repeated import origin, repeat

ROOT = Path(__file__).parents[2]
REFERENCE_MOST = 5_200
"""Beyond it the reference page's textures do not fit."""

TILED_FROM = 500_000
TILES = 2_000
PHONE = {"viewport": {"width": 390, "height": 844}, "screen": {"width": 390, "height": 844}}


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.explorer")
    parser.add_argument("site", type=Path, nargs="?", default=ROOT / "site/demo")
    parser.add_argument("counts", type=int, nargs="*", default=[])
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "volvelle-bench")
    chosen = parser.parse_args(arguments)
    if not (chosen.site / "index.html").exists():
        print("no site: run `make demo`, or name a site's folder")
        return
    own = origin(chosen.site).catalogue["count"]
    with sync_playwright() as playwright:
        for count in chosen.counts or [own]:
            folder = chosen.work / f"n{count}"
            tiles = TILES if count >= TILED_FROM else 0
            site = repeat(chosen.site, folder, count, tiles, twins=count == own)
            _report(count, _measured(playwright, site, count, count == own), chosen.work)


def _measured(playwright: Playwright, site: Path, count: int, local: bool) -> list[Measured]:
    """The reference page and the explorer, one after the other."""
    found = []
    with hosted(site) as address:
        if count <= REFERENCE_MOST:
            for cell in (128, 64):
                url = f"{address}reference/index.html?cell={cell}"
                found.append(_reference(playwright, url, Measured(f"reference, {cell} px")))
        found.append(_explorer(playwright, f"{address}index.html", Measured("http"), site))
        phone = Measured("phone, http")
        with opened(
            playwright, f"{address}index.html", **PHONE, has_touch=True, is_mobile=True
        ) as (
            page,
            pid,
        ):
            loaded(page, phone)
            rested(page, phone, pid)
        found.append(phone)
    if local:
        url = site.resolve().as_uri() + "/index.html"
        found.append(_explorer(playwright, url, Measured("file://"), site))
    return found


def _reference(playwright: Playwright, url: str, measured: Measured) -> Measured:
    with opened(playwright, url) as (page, pid):
        loaded(page, measured)
        page.wait_for_timeout(1000)
        moved(page, measured, pid)
        rested(page, measured, pid)
    return measured


def _explorer(playwright: Playwright, url: str, measured: Measured, site: Path) -> Measured:
    shots = site.parent / "shots"
    shots.mkdir(exist_ok=True)
    named = f"{site.name}-{measured.name.strip(':/')}"
    with opened(playwright, url) as (page, pid):
        loaded(page, measured)
        page.wait_for_timeout(2500)
        page.screenshot(path=shots / f"{named}-whole.png")
        moved(page, measured, pid)
        page.screenshot(path=shots / f"{named}-moved.png")
        rested(page, measured, pid)
        asked(page, measured)
        sharpened(page, measured)
        page.screenshot(path=shots / f"{named}-forty.png")
    return measured


def _report(count: int, found: list[Measured], work: Path) -> None:
    head = [
        "",
        "bytes / requests",
        "first thumbnails",
        "frame median / p95",
        "work of all cores a frame",
        "textures",
        "PSS",
        "draws in 2 s of rest",
    ]
    rows = [
        [
            one.name,
            f"{one.bytes / 1e6:.2f} MB / {one.requests}",
            f"{one.first:.0f} ms",
            f"{middle(one.frames):.0f} / {_high(one.frames):.0f} ms" if one.frames else "–",
            f"{one.work:.0f} ms",
            f"{one.textures:.0f} MB",
            f"{one.memory:.0f} MB",
            one.idle,
        ]
        for one in found
    ]
    load = "{:.1f}, {:.1f}, {:.1f}".format(*os.getloadavg())
    table(f"{count:,} images (load of the machine {load})", [head, *rows])
    begun = [one for one in found if one.starts]
    names = list(begun[0].starts)
    rows = [
        [
            one.name,
            *[f"{one.starts[name]:.0f} ms" for name in names],
            "{:.0f} ms ({} images{})".format(
                *(one.sharp or (0, 0, False))[:2], "" if one.sharp and one.sharp[2] else ", not all"
            ),
        ]
        for one in begun
    ]
    table("begins to show after", [["", *names, "forty sharp"], *rows])
    print(f"\nScreenshots: {work / 'shots'}", flush=True)


def _high(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[int(0.95 * (len(values) - 1))]


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
