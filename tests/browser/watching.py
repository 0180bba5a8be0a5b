"""A page in a real browser, and everything that goes wrong or outside while it is open."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

WIDE = {"width": 1280, "height": 800}
"""A window of the usual size."""


@dataclass
class Watched:
    """A page, and everything that went wrong or outside while it was open."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def ready(self, path: str = "index.html") -> None:
        """Open the explorer and wait until its thumbnails are drawn and it rests."""
        self.go(path)
        self.page.wait_for_function("() => window.volvelle?.explorer")
        self.page.wait_for_function("() => volvelle.stats.uploads > 0")
        self.rest()

    def rest(self) -> None:
        """Wait until the map has come to rest and no thumbnail is awaited."""
        still = "() => volvelle.explorer.stage.resting && volvelle.explorer.stage.stream.idle"
        for _ in range(3):
            self.page.wait_for_function(still)
            self.page.wait_for_timeout(100)

    def state(self) -> dict:
        return self.page.evaluate("volvelle.state()")


def watch(page: Page, base: str) -> Watched:
    """Note errors, refused and failed requests, and requests to anywhere else."""
    watched = Watched(page, base)

    def request(asked) -> None:
        if not asked.url.startswith((base, "data:", "blob:")):
            watched.faults.append(f"request to {asked.url}")

    def failed(asked) -> None:
        # A page that is left cancels what it was still loading: that is no fault.
        if "ERR_ABORTED" not in (asked.failure or ""):
            watched.faults.append(f"failed {asked.url} {asked.failure}")

    def said(message) -> None:
        if message.type in ("error", "warning") and "GPU stall" not in message.text:
            watched.faults.append(message.text)

    page.on("request", request)
    page.on("requestfailed", failed)
    page.on("console", said)
    page.on("pageerror", lambda error: watched.faults.append(str(error)))
    page.on("response", lambda r: r.status >= 400 and watched.faults.append(f"{r.status} {r.url}"))
    return watched


def catalogue(site: Path) -> dict:
    """What the site publishes of the catalogue."""
    return json.loads((site / "api/catalogue.json").read_text())
