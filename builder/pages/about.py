"""What the about page says: methods, models, settings and numbers, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from builder.layouts.types import Layout
from builder.pages import drawings, models
from builder.pages.citation import cite_catalogue
from builder.pages.data import has_sources
from builder.pages.text import words
from builder.pages.types import SiteInput, ViewResult

_MEASURES = {
    "trustworthiness": "1 if no image lies beside one that it does not resemble",
    "continuity": "1 if no image was torn from those that it resembles",
    "neighbours_kept": "share of the ten nearest relatives that are the ten nearest here",
    "mean displacement in cells": "how far images were moved from the map to fill the grid",
}

Context = dict[str, Any]


def context(site: SiteInput, exports: Sequence[tuple[str, str]]) -> Context:
    """Everything that templates/about.html reads.

    Args:
        exports: (path, what it is) of the files that programs read.
    """
    return {
        "authors": site.settings.catalogue.authors,
        "counts": _counts(site),
        "nearest": site.settings.neighbours.count,
        "has_sources": has_sources(site.corpus.images),
        "views": [_view(view) for view in site.views],
        "seen": _seen(site),
        "figures": [(words(str(label)), _figure(value)) for label, value in site.figures.items()],
        "problems": site.corpus.problems,
        "exports": [
            {"href": path, "name": path.rpartition("/")[2], "text": text} for path, text in exports
        ],
        "citation": cite_catalogue(site),
    }


def _counts(site: SiteInput) -> str:
    """One sentence of numbers."""
    images = site.corpus.images
    parts = [_many(len(images), "image")]
    sources = len({image.source for image in images if image.source})
    if sources:
        parts.append(f"from {_many(sources, 'source')}")
    years = [year for image in images if image.date for year in (image.date.first, image.date.last)]
    if years:
        parts.append(f"of the years {year_text(min(years))} to {year_text(max(years))}")
    return " ".join(parts) + "."


def _many(count: int, what: str) -> str:
    return f"{count:,}\N{NO-BREAK SPACE}{what}" + ("" if count == 1 else "s")


def year_text(year: int) -> str:
    """An astronomical year as people write it: 0 is 1 BCE."""
    return str(year) if year > 0 else f"{1 - year}\N{NO-BREAK SPACE}BCE"


def span_text(first: int, last: int) -> str:
    """A span of years in words, one year if it is one."""
    if first == last:
        return year_text(first)
    return f"{year_text(first)}\N{EN DASH}{year_text(last)}"


def _figure(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"


def _seen(site: SiteInput) -> Context:
    """Which kinds of description the method speaks of."""
    own = [one for view in site.views for one in view.settings.descriptors]
    lists = [found for v in site.views for found in (v.neighbours.all, v.neighbours.others)]
    return {
        "networks": any(not one.drawn for one in own),
        "strokes": any(one.drawn for one in own),
        "turned": any(one.orientations != "upright" for one in own),
        "share": any(found.percentile is not None for found in lists),
        "chance": any(found.chance is not None for found in lists),
    }


def _view(view: ViewResult) -> Context:
    clustering = view.clustering
    return {
        "name": view.name,
        "label": view.label,
        "model": models.in_words(view),
        "clusters": len(clustering.clusters),
        "method": clustering.method,
        "rule": str(clustering.choice.get("rule", "")).rstrip("."),
        "charts": _charts(clustering.choice, len(clustering.clusters)),
        "layouts": _layouts(view.layouts),
    }


def _charts(choice: Mapping[str, object], chosen: int) -> list[Context]:
    """A curve for every measure that was taken at each number of clusters tried."""
    tried = choice.get("k")
    if not isinstance(tried, list | tuple) or len(tried) < 2:
        return []
    return [
        {
            "label": "Mean silhouette" if name == "silhouette" else words(name),
            "curve": drawings.curve(tried, values, chosen),
            "rows": [
                (f"{k:g}", drawings.value_text(value))
                for k, value in zip(tried, values, strict=True)
            ],
        }
        for name, values in choice.items()
        if name != "k" and _is_series(values, len(tried))
    ]


def _is_series(values: object, length: int) -> TypeGuard[Sequence[float]]:
    return (
        isinstance(values, list | tuple)
        and len(values) == length
        and all(isinstance(value, int | float) for value in values)
    )


def _layouts(layouts: Sequence[Layout]) -> Context:
    """A table: one row a layout, one column a measure."""
    names = list(dict.fromkeys(name for layout in layouts for name in layout.quality))
    return {
        "columns": [words(name) for name in names],
        "rows": [
            {
                "name": words(layout.name),
                "cells": [
                    f"{layout.quality[name]:.3f}" if name in layout.quality else "–"
                    for name in names
                ],
            }
            for layout in layouts
            if layout.quality
        ],
        "notes": [(words(name), _MEASURES[name]) for name in names if name in _MEASURES],
    }
