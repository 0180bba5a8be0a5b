"""axe-core finds no fault with the explorer, whatever is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from watching import Watched

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "static/node_modules/axe-core/axe.min.js"
STATES = {
    "map": "",
    "panel": "volvelle.explorer.choose(1)",
    "filters": "key f",
    "search": "volvelle.explorer.update({ query: 'moon' })",
    "nothing found": "volvelle.explorer.update({ query: 'zzzz' })",
    "selection": "volvelle.explorer.select([1, 2, 3], 'set')",
    "kept": "press [data-sheet-open=kept]",
    "export": "press [data-sheet-open=export]",
    "compare": "press [data-sheet-open=compare]",
    "examples": "press [data-sheet-open=like]",
    "ways": "key o",
    "help": "key ?",
    "clusters": "volvelle.explorer.update({ layout: 'clusters' })",
    "bare": "key h",
}
"""Name -> what brings it about, from the state before; Escape is pressed between."""


def faults(page: Watched) -> list[str]:
    """What axe-core finds fault with."""
    found = page.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def bring(page: Watched, what: str) -> None:
    """Bring about one of the states."""
    how, _, target = what.partition(" ")
    if how == "key":
        page.page.keyboard.press(target)
    elif how == "press":
        page.page.locator(target).click()
    elif what:
        page.page.evaluate(what)


@pytest.mark.parametrize(
    ("query", "scheme"),
    [("", "light"), ("", "dark"), ("?kiosk=1&idle=600", "light")],
    ids=["light", "dark", "kiosk"],
)
def test_axe_finds_no_fault_in_any_state(sub_path: str, opened, query: str, scheme: str) -> None:
    """Panel, drawers, sheets, help, an empty result, each as a reader meets it."""
    page = opened(sub_path, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page.ready(f"index.html{query}")
    page.page.evaluate(AXE.read_text())
    hidden = {"kept", "export"} if query else set()
    found = {}
    for name, what in STATES.items():
        if name in hidden:
            continue
        bring(page, what)
        page.page.wait_for_timeout(150)
        found[name] = faults(page)
        if not what.startswith("press"):
            page.page.keyboard.press("Escape")
    assert {name: faults for name, faults in found.items() if faults} == {}
