"""Film strips: twelve frames of each passage of the explorer, on one sheet to be looked at.

    python -m bench.film SITE OUT

The page's clock is moved by hand, so that a slow machine gives the same frames as a quick one.
"""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Page, sync_playwright

from builder.commands.serving import server

FRAMES = 12
STEP = 90
"""Milliseconds between two frames."""

SIZE = {"width": 960, "height": 600}
SCALE = 3
"""Frames are this much smaller on the sheet, in each direction."""

CLOCK = """
let now = 1000;
const waiting = new Map();
let number = 0;
performance.now = () => now;
window.requestAnimationFrame = (call) => { waiting.set(++number, call); return number; };
window.cancelAnimationFrame = (asked) => waiting.delete(asked);
window.forward = (ms) => {
    now += ms;
    const calls = [...waiting.values()];
    waiting.clear();
    for (const call of calls) call(now);
};
"""
"""Frames come when they are called for, not when the screen is ready."""

PASSAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "map-to-grid": ("", {"layout": "grid"}),
    "grid-to-clusters": ("#l=grid", {"layout": "clusters"}),
    "clusters-to-timeline": ("#l=clusters", {"layout": "timeline"}),
    "timeline-to-sources": ("#l=timeline", {"layout": "sources"}),
    "sources-to-graph": ("#l=sources", {"layout": "graph"}),
    "map-to-landscape": ("", {"layout": "landscape"}),
    "landscape-to-grid": ("#l=landscape", {"layout": "grid"}),
    "from-view-to-view": ("", {"view": "look"}),
    "turn-in-flight": ("#l=grid", {"layout": "map"}),
}
"""Name -> where it begins, and what is changed. The last one turns back half-way."""


def strip(page: Page, address: str, changes: dict[str, Any], back: bool) -> Image.Image:
    """The frames of one passage, left to right, then down."""
    page.goto("about:blank")
    page.goto(address)
    page.evaluate("() => { window.timer = setInterval(() => forward(40), 20); }")
    page.wait_for_function("() => window.volvelle?.explorer && volvelle.stats.uploads > 0")
    page.wait_for_function(
        "() => volvelle.explorer.stage.resting && volvelle.explorer.stage.stream.idle"
    )
    page.evaluate(
        "async (changes) => { clearInterval(timer); await volvelle.explorer.update(changes); }",
        changes,
    )
    sheet = Image.new("RGB", (4 * SIZE["width"] // SCALE, 3 * SIZE["height"] // SCALE), "white")
    for frame in range(FRAMES):
        if back and frame == FRAMES // 2:
            page.evaluate("() => volvelle.explorer.update({ layout: 'grid' })")
        page.evaluate(f"() => forward({STEP})")
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        small = picture.resize((SIZE["width"] // SCALE, SIZE["height"] // SCALE), Image.LANCZOS)
        ImageDraw.Draw(small).text((4, small.height - 14), f"{(frame + 1) * STEP} ms", "black")
        sheet.paste(small, ((frame % 4) * small.width, (frame // 4) * small.height))
    return sheet


def main(site: Path, out: Path) -> None:
    """Write a sheet for each passage."""
    from tests.browser.browsers import CHROMIUM, CHROMIUM_ARGUMENTS, find

    out.mkdir(parents=True, exist_ok=True)
    with server(site, 0, "/") as running, sync_playwright() as playwright:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=find(CHROMIUM, "VOLVELLE_CHROMIUM"), args=CHROMIUM_ARGUMENTS
        )
        page = browser.new_page(viewport=SIZE)
        page.add_init_script(CLOCK)
        for name, (start, changes) in PASSAGES.items():
            address = f"http://127.0.0.1:{running.server_port}/index.html{start}"
            strip(page, address, changes, name == "turn-in-flight").save(out / f"{name}.png")
            print(out / f"{name}.png")
        browser.close()
        running.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
