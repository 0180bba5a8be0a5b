"""The explorer in headless Chromium: time to the first thumbnails, and frame times of a flight.

WebGL runs in software here, so frames are slower than on any graphics card; the reference is the
same browser clearing a canvas of that size.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.common import middle, table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from browsers import CHROMIUM, CHROMIUM_ARGUMENTS, find  # noqa: E402

EMPTY = """() => new Promise((done) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 744 });
    const gl = canvas.getContext('webgl2');
    document.body.append(canvas);
    const times = [];
    const frame = (now) => {
        times.push(now);
        gl.clearColor(Math.random(), 1, 1, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
        if (times.length < 60) requestAnimationFrame(frame);
        else done(times.slice(1).map((t, i) => t - times[i]));
    };
    requestAnimationFrame(frame);
})"""
FLIGHT = """(key) => new Promise((done) => {
    const times = [];
    const frame = (now) => {
        times.push(now);
        if (times.at(-1) - times[0] < 1500) requestAnimationFrame(frame);
        else done(times.slice(1).map((t, i) => t - times[i]));
    };
    requestAnimationFrame(frame);
    dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
})"""


def main() -> None:
    """Print loading times and median and longest frames."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site" / "demo"
    if not (site / "index.html").exists():
        print("no site: run `make demo`, or name a site's folder")
        return
    with sync_playwright() as playwright:
        path = find(CHROMIUM, "VOLVELLE_CHROMIUM")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto("about:blank")
        empty = page.evaluate(EMPTY)
        began = time.perf_counter()
        page.goto(site.resolve().as_uri() + "/index.html")
        page.wait_for_function("() => window.volvelle?.explorer")
        started = time.perf_counter() - began
        page.wait_for_function("() => volvelle.stats.uploads > 0")
        drawn = time.perf_counter() - began
        page.wait_for_timeout(4000)
        flight = page.evaluate(FLIGHT, "2")
        images = page.evaluate("volvelle.explorer.catalogue.count")
        before = page.evaluate("volvelle.stats.draws")
        page.wait_for_timeout(2000)
        idle = page.evaluate("volvelle.stats.draws") - before
    rows = [
        ["explorer there", f"{started * 1000:.0f} ms", ""],
        ["first thumbnails", f"{drawn * 1000:.0f} ms", ""],
        ["empty frame", f"{middle(empty):.0f} ms", f"longest {max(empty):.0f} ms"],
        ["frame of a passage", f"{middle(flight):.0f} ms", f"longest {max(flight):.0f} ms"],
        ["draws in 2 s of rest", str(idle), ""],
    ]
    table(f"explorer, {images} images, from file://", [["", "", ""], *rows])


if __name__ == "__main__":
    main()
