"""What the about page says: methods, models, settings and numbers, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builder.layouts.types import MEANINGS, Layout
from builder.pages import choices, edges, models
from builder.pages.citation import cite_catalogue
from builder.pages.data import has_sources
from builder.pages.frame import data_block
from builder.pages.machine import dataset
from builder.pages.plots import value_text
from builder.pages.text import words
from builder.pages.types import SiteInput, ViewResult
from builder.pages.years import year_text

Context = dict[str, Any]

_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


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
        "graph": _graph(site),
        "citation": cite_catalogue(site),
        "files": site.settings.cite.files,
        "json_ld": data_block(dataset(site, _downloads(exports))),
    }


def _downloads(exports: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(path, media type) of the files that hold the whole catalogue."""
    found = [(path, _MEDIA.get(path.rpartition(".")[2], "")) for path, _ in exports]
    return [(path, media) for path, media in found if media]


def _graph(site: SiteInput) -> Context | None:
    """How many edges the graph among the exports has at which least score; None without edges."""
    options = edges.options_of(site)
    view = next((view for view in site.views if view.name == options.view), site.views[0])
    found = edges.pairs(view)
    if not found:
        return None
    images = len(site.corpus.images)
    _, least = edges.shown(found, images, options)
    steps = edges.thresholds(found, images, least)
    return {
        "label": view.label.lower(),
        "mutual_only": options.mutual_only,
        "rows": [
            (f"{step.score:.2f}", f"{step.edges:,}", f"{step.mutual:,}", f"{step.images:,}",
             f"{step.largest:,}", step.chosen)
            for step in steps
        ],
    }  # fmt: skip


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


def _figure(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


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
    return {
        "name": view.name,
        "label": view.label,
        "model": models.in_words(view),
        "clusterings": choices.clusterings(view),
        "components": choices.components(view.variance),
        "vectors": _vectors(view),
        "layouts": _layouts(view.layouts),
    }


def _vectors(view: ViewResult) -> Context | None:
    """What search by example compares, and what is lost in it; None where it cannot be had."""
    if view.vectors is None or not view.vectors.values.size:
        return None
    overlap = f"{20 * view.vectors.overlap:.1f}"
    numbers = view.vectors.values.shape[1]
    return {"numbers": numbers, "overlap": overlap, "file": f"api/vectors/{view.name}.bin"}


def _layouts(layouts: Sequence[Layout]) -> Context:
    """A table: one row a layout, one column a measure that layouts share; and what is said else."""
    used = [name for name in MEANINGS if any(name in layout.quality for layout in layouts)]
    return {
        "columns": [words(name) for name in used],
        "rows": [
            {
                "name": _name(layout),
                "cells": [
                    value_text(layout.quality[name]) if name in layout.quality else "–"
                    for name in used
                ],
            }
            for layout in layouts
            if layout.quality.keys() & MEANINGS.keys()
        ],
        "notes": [(words(name), MEANINGS[name]) for name in used],
        "said": [(_name(layout), text) for layout in layouts if (text := _said(layout))],
    }


def _name(layout: Layout) -> str:
    return layout.label or words(layout.name)


def _said(layout: Layout) -> str:
    """What the places of a layout mean, and its own figures."""
    own = [
        f"{words(name)}: {_figure(value)}."
        for name, value in layout.quality.items()
        if name not in MEANINGS
    ]
    return " ".join([*([layout.note] if layout.note else []), *own])
