"""The compare page in headless Chromium: frame times while two pictures of 4000 x 4000 are moved.

There is no graphics card here, so Chromium composes in software; the reference is the same window
moving one plain element.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import Page, sync_playwright

from bench.common import middle, table
from builder import pipeline, settings
from builder.progress import Silent

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from browsers import CHROMIUM, CHROMIUM_ARGUMENTS, find  # noqa: E402

SIDE = 4000
POINTS = "100,100,140,90!3900,120,3920,160!3880,3900,3850,3920!110,3890,150,3880"
MODES = ("side", "swipe", "blink", "onion", "ink")
SETTINGS = """
[site]
display_pixels = 4000
[[views]]
name = "look"
size = 64
layer = "blocks.3"
"""
MOVE = """(step) => new Promise((done) => {
    const times = [];
    const plain = Object.assign(document.createElement('div'), { className: 'over-picture' });
    if (!step) document.body.append(plain);
    const frame = (now) => {
        times.push(now);
        const at = times.length;
        if (step) volvelle.compare.move(12 * Math.sin(at / 9), 12 * Math.cos(at / 9));
        if (step) volvelle.compare.zoom(at % 20 < 10 ? 1.01 : 1 / 1.01);
        else plain.style.transform = `translate(${at}px, 0)`;
        if (now - times[0] < 3000) requestAnimationFrame(frame);
        else done(times.slice(1).map((t, i) => t - times[i]));
    };
    requestAnimationFrame(frame);
})"""


def main() -> None:
    """Print median and 95th percentile of frames, by mode."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = _built(Path(folder) / "large")
        rows: list[list[object]] = [["what", "median ms a frame", "95th", "frames a second"]]
        arguments = [*CHROMIUM_ARGUMENTS, "--disable-gpu"]
        path = find(CHROMIUM, "VOLVELLE_CHROMIUM")
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto((site / "about/index.html").as_uri())
        rows.append(["an empty element", *_figures(page.evaluate(MOVE, 0))])
        rows += [[mode, *_figures(_moved(page, site, mode))] for mode in MODES]
        browser.close()
    table(f"Two pictures of {SIDE} x {SIDE} px, moved and zoomed in a window of 1280 x 800", rows)


def _built(folder: Path) -> Path:
    """A catalogue of two large pictures that differ by a shift."""
    (folder / "images").mkdir(parents=True)
    (folder / "catalogue.toml").write_text(SETTINGS)
    rng = np.random.default_rng(0)
    circles = rng.random((60, 3)) * (SIDE, SIDE, 1200)
    for name, shift in (("a", 0), ("b", 30)):
        picture = Image.new("RGB", (SIDE, SIDE), (225, 205, 165))
        pen = ImageDraw.Draw(picture)
        for x, y, radius in circles + np.array([shift, 0, 50]):
            box = (x - radius, y - radius, x + radius, y + radius)
            pen.ellipse(box, outline=(60, 40, 30), width=10)
        picture.save(folder / f"images/{name}.png")
    pipeline.build(folder, settings.read(folder), pipeline.Options(), Silent())
    return folder / "site"


def _moved(page: Page, site: Path, mode: str) -> list[float]:
    page.goto("about:blank")
    page.goto(f"{(site / 'compare/index.html').as_uri()}#a=a&b=b&mode={mode}&p={POINTS}")
    page.wait_for_function("() => window.volvelle?.compare")
    page.wait_for_timeout(2500)
    return list(page.evaluate(MOVE, 1))


def _figures(frames: list[float]) -> list[str]:
    late = sorted(frames)[int(0.95 * len(frames))]
    return [f"{middle(frames):.0f}", f"{late:.0f}", f"{1000 * len(frames) / sum(frames):.0f}"]


if __name__ == "__main__":
    main()
