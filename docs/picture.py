"""Draw docs/explorer.webp, the picture of the README: the demonstration site as Chromium shows it.

Run after `make demo`, from the repository's root: .venv/bin/python docs/picture.py
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from browsers import CHROMIUM, CHROMIUM_ARGUMENTS, find  # noqa: E402

CHOSEN = 120  # an image whose relatives lie in several manuscripts


def main() -> None:
    """Open the map with one image chosen, wait for its thumbnails, and keep what is seen."""
    index = (ROOT / "site" / "demo" / "index.html").as_uri()
    with sync_playwright() as playwright:
        path = find(CHROMIUM, "VOLVELLE_CHROMIUM")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(index)
        page.wait_for_function("() => volvelle.explorer")
        chosen = page.evaluate(f"volvelle.explorer.catalogue.ids[{CHOSEN}]")
        page.goto(f"{index}#i={chosen}")
        page.reload()
        page.wait_for_timeout(6000)
        picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").save(ROOT / "docs" / "explorer.webp", quality=84, method=6)


if __name__ == "__main__":
    main()
