"""How soon what is asked of the explorer begins to show."""

from __future__ import annotations

from playwright.sync_api import Page

from bench.explorer.driving import FORTY, Measured

HOME = "() => volvelle.explorer.stage.rig.goHome(true)"
FACET = """() => {
  const facet = volvelle.explorer.catalogue.facets.find((one) => one.values.length > 1);
  return { [facet.key]: [facet.values[0]] };
}"""


def asked(page: Page, measured: Measured) -> None:
    """Milliseconds from an act to the first frame, or text, that shows it."""
    page.wait_for_function("() => window.volvelle?.explorer")
    page.evaluate(HOME)
    page.wait_for_timeout(1500)
    filters = page.evaluate(FACET)
    found = measured.starts
    acts = {
        "filter": f"volvelle.explorer.update({{ filters: {filters!r} }})",
        "passage": "volvelle.explorer.update({ layout: 'grid' })",
    }
    # The layout's file is there before it is asked for, as after a look at the bar of layouts.
    page.evaluate("volvelle.explorer.placesOf(volvelle.explorer.view.name, 'grid').then(() => 1)")
    for name, act in acts.items():
        found[name] = page.evaluate(f"probe.until(() => {act})")
        page.wait_for_timeout(1500)
    page.evaluate("volvelle.explorer.update({ filters: {}, layout: '' })")
    page.wait_for_timeout(1500)
    page.click("[data-filters]")
    page.wait_for_timeout(800)
    written = f"probe.untilWritten('#filters .drawer-body', () => {acts['filter']})"
    found["facet counts"] = page.evaluate(written)
    page.evaluate("volvelle.explorer.update({ filters: {} })")
    page.click("[data-drawer-close]")
    page.wait_for_timeout(1000)
    _searched(page, measured)


def _searched(page: Page, measured: Measured) -> None:
    """The index is built when the search is entered; then each key stroke counts."""
    ready = """async () => {
      const start = performance.now();
      const { search, data } = volvelle.explorer;
      search.prepare(() => data.get('search'));
      await search.index;
      return performance.now() - start;
    }"""
    measured.starts["index ready"] = page.evaluate(ready)
    for query in ("a", "ar"):
        act = f"volvelle.explorer.update({{ query: {query!r} }})"
        measured.starts[f"search “{query}”"] = page.evaluate(f"probe.until(() => {act})")
        page.wait_for_timeout(600)
    page.evaluate("volvelle.explorer.update({ query: '' })")
    page.wait_for_timeout(1000)


def sharpened(page: Page, measured: Measured) -> None:
    """How soon every picture is sharp at rest when some forty are in the window."""
    page.wait_for_function("() => volvelle.explorer.stage.resting")
    took, count, sharp = page.evaluate(FORTY)
    measured.sharp = (took, count, sharp)
