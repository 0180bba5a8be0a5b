"""The double-clicked site in Firefox, with the strict policy for file:// that readers have."""

from __future__ import annotations

import shutil
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from browsers import FIREFOX, Firefox, find
from PIL import Image

pytestmark = pytest.mark.browser
PATH = find(FIREFOX, "VOLVELLE_FIREFOX")


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    if PATH is None or not shutil.which("Xvfb"):
        pytest.skip("Firefox, or Xvfb for its screen, is not installed")
    browser = Firefox(PATH)
    yield browser
    browser.close()


WAIT = """
    const until = async (test) => {
        for (let i = 0; i < 300; i++) {
            const found = test();
            if (found) return found;
            await new Promise((r) => setTimeout(r, 100));
        }
        throw new Error('waited in vain for ' + test);
    };
"""


def test_the_policy_is_strict(firefox: Firefox, site: Path) -> None:
    """What the site must do without is really refused, else the next test would prove nothing."""
    firefox.open(site.resolve().as_uri() + "/about/index.html")

    refused = firefox.run(
        "try { await fetch('../api/catalogue.json'); return false; } catch { return true; }"
    )

    assert refused
    assert len(firefox.complaints(site.as_uri())) == 1


def test_map_panel_neighbour_page_and_back(firefox: Firefox, base: str) -> None:
    """Thumbnails are drawn, a chosen image opens the panel, its neighbours can be walked."""
    firefox.open(base + "index.html")
    seen = firefox.run(
        WAIT
        + """
        await until(() => window.volvelle?.explorer);
        await until(() => volvelle.stats.uploads > 0);
        const first = volvelle.explorer.catalogue.ids[4];
        location.hash = '#i=' + first;
        await until(() => volvelle.state().id === first);
        const link = await until(() => document.querySelector('[data-relatives] a[data-row]'));
        link.click();
        await until(() => volvelle.state().id !== first);
        const second = volvelle.state().id;
        history.back();
        await until(() => volvelle.state().id === first);
        return { first, second, draws: volvelle.stats.draws,
            outside: performance.getEntriesByType('resource').map((e) => e.name)
                .filter((name) => !name.startsWith(arguments[0])
                    && !name.startsWith('data:') && !name.startsWith('blob:')) };
    """,
        base,
    )
    firefox.open(f"{base}items/{seen['first']}/index.html")
    title = firefox.run("return document.querySelector('h1').textContent.trim()")
    firefox.ask("WebDriver:Back")
    restored = firefox.run(
        WAIT
        + "return until(() => window.volvelle?.explorer)"
        + ".then(() => window.volvelle.state().id);"
    )

    assert seen["draws"] > 0
    assert seen["first"] != seen["second"]
    assert seen["outside"] == []
    assert title
    assert restored == seen["first"]
    assert firefox.complaints(base) == []


def test_two_inks_from_a_folder(firefox: Firefox, site: Path) -> None:
    """Where no pixel may be read, two drawings are still told apart by ink; nothing complains."""
    ids = [path.name for path in sorted((site / "items").iterdir())][:2]
    page = f"{site.resolve().as_uri()}/compare/index.html#a={ids[0]}&b={ids[0]}&mode=ink"
    firefox.open(page)
    seen = firefox.run(
        WAIT
        + """
        await until(() => window.volvelle?.compare);
        await volvelle.ready;
        await until(() => document.querySelectorAll('canvas:not([hidden])').length === 2);
        const stage = document.querySelector('[data-stage]').getBoundingClientRect();
        return [stage.left, stage.top, stage.width, stage.height];
    """
    )
    shot = firefox.ask("WebDriver:TakeScreenshot", {"full": False})["value"]
    picture = Image.open(BytesIO(b64decode(shot))).convert("RGB")
    left, top, width, height = (round(value) for value in seen)
    inside = np.asarray(picture.crop((left + 60, top + 60, left + width - 60, top + height - 60)))

    # A picture over itself is black on white, soft edges a dull purple; alone it would be red.
    spread = inside.max(axis=2).astype(int) - inside.min(axis=2)
    assert (inside.min() < 60, inside.max()) == (True, 255)
    assert np.mean(spread > 90) < 0.002
    assert firefox.complaints(site.as_uri()) == []


def test_landscape_lines_and_the_unexpected(firefox: Firefox, base: str) -> None:
    """Images stand on a ground, lines are drawn, a surprise has its sentence."""
    firefox.open(base + "index.html#l=landscape")
    ground, lines, said = firefox.run(
        WAIT
        + """
        await until(() => window.volvelle?.explorer?.stage.renderer.ground);
        const { stage } = volvelle.explorer;
        await until(() => !stage.rig.relief.flat && stage.resting);
        const wide = stage.catalogue.ids.map((_, row) => {
             const { width, height } = stage.boxOf(row);
             return Math.max(width, height);
         });
        const ground = Math.max(...wide) / Math.min(...wide);
        dispatchEvent(new KeyboardEvent('keydown', { key: '.' }));
        await until(() => stage.ends);
        dispatchEvent(new KeyboardEvent('keydown', { key: 'u' }));
        const words = await until(() => volvelle.state().odd >= 0
           && document.querySelector('[data-wander-words]').textContent);
        return [ground, stage.ends.near.length, words];
        """
    )

    assert ground > 1.05
    assert lines > 0
    assert "apart, yet" in said
    assert firefox.complaints(base) == []
