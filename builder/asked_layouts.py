"""Which layouts a catalogue gets, and what stands in the way of those that it does not get."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from builder.errors import Problem
from builder.layouts.facets import MOST
from builder.settings import FILE_NAME, LayoutsSettings
from builder.settings.layouts import FacetLayout, ScatterLayout, slug
from builder.told import Told


def asked_layouts(
    options: LayoutsSettings, told: Told, clusterings: Sequence[str]
) -> tuple[list[str], list[Problem]]:
    """Names of the layouts to be made, the map first and the grid second.

    Args:
        options: of layouts.
        told: the images beside their likeness.
        clusterings: names of the view's clusterings, the main one first.

    Returns:
        The names, each once, and a sentence for each thing that cannot be done as asked.
    """
    problems = []
    names = list(options.show) if options.show is not None else _usual(options, told)
    tables = _tables(options)
    asked = ["map", "grid"]
    for name in names:
        possible, found = _possible(name, options, told, tables.get(name))
        possible &= name != "clusters" or bool(clusterings)
        problems += found
        if not possible:
            continue
        asked.append(name)
        if name == "clusters":
            asked += [f"clusters-{slug(one)}" for one in clusterings[1:] if one]
    return list(dict.fromkeys(asked)), list(dict.fromkeys(problems))


def _tables(options: LayoutsSettings) -> dict[str, FacetLayout | ScatterLayout]:
    """Layouts with tables of their own, by name."""
    facets: dict[str, FacetLayout | ScatterLayout] = {one.name: one for one in options.facets}
    return facets | {one.name: one for one in options.scatters}


def _usual(options: LayoutsSettings, told: Told) -> list[str]:
    """What is shown where the settings do not say."""
    names = ["map", "grid", *(name for name, _, _ in options.maps()[1:]), "clusters"]
    if told.dated:
        names.append("timeline")
    if _sources(told) > 1:
        names.append("sources")
    names.append("graph")
    named = bool(options.latitude or options.longitude)
    if named or _located(options, told):
        names.append("geography")
    names += [one.name for one in options.facets]
    names += [one.name for one in options.scatters]
    for base in options.grids:
        names += [base, f"{base}-grid"]
    return names


def _located(options: LayoutsSettings, told: Told) -> bool:
    """Whether any image has coordinates."""
    found = told.places(options.latitude, options.longitude)
    return found is not None and bool((np.isfinite(found[0]) & np.isfinite(found[1])).any())


def _sources(told: Told) -> int:
    """How many sources there are."""
    found = told.column("source")
    return len({source for source in found[1] if source}) if found else 0


def _possible(
    name: str, options: LayoutsSettings, told: Told, table: FacetLayout | ScatterLayout | None
) -> tuple[bool, list[Problem]]:
    """Whether a layout can be made, and what is to be said of it."""
    if name.endswith("-grid"):
        base = name.removesuffix("-grid")
        return _possible(base, options, told, _tables(options).get(base))
    if isinstance(table, FacetLayout):
        return _facet(table, told)
    if isinstance(table, ScatterLayout):
        found = [_axis(one, told) for one in dict.fromkeys((table.x, table.y))]
        return all(fits for fits, _ in found), [one for _, part in found for one in part]
    if name == "timeline" and not told.dated:
        return False, [_problem("no image has a date, so there is no timeline")]
    if name == "sources" and not _sources(told):
        return False, [_problem("no image has a source, so there is no layout of sources")]
    if name == "geography" and not _located(options, told):
        what = "no image has a latitude and a longitude, so there is no geography"
        remedy = "name the columns as layouts.latitude and layouts.longitude in " + FILE_NAME
        return False, [Problem(FILE_NAME, what, remedy)]
    return True, []


def _facet(table: FacetLayout, told: Told) -> tuple[bool, list[Problem]]:
    problems = []
    for name in filter(None, (table.column, table.then)):
        found = told.column(name)
        if found is None:
            what = f'there is no column "{name}" for the layout {table.name}'
            return False, [Problem(FILE_NAME, what, told.like(name))]
        if not any(found[1]):
            return False, [_problem(f'the column "{found[0]}" says nothing of any image')]
        values = len({text for text in found[1] if text})
        if values > MOST and name == table.column:
            what = (
                f'the column "{found[0]}" has {values} values; in the layout {table.name} '
                f"the {MOST - 1} commonest have places of their own, the others stand together"
            )
            problems.append(_problem(what))
    return True, problems


def _axis(name: str, told: Told) -> tuple[bool, list[Problem]]:
    found = told.numbers(name)
    if found is None:
        what = f'there is no column "{name}" for a layout by two numbers'
        return False, [Problem(FILE_NAME, what, told.like(name))]
    label, values = found
    if not np.isfinite(values).any():
        return False, [_problem(f'the column "{label}" holds no numbers at all')]
    column = told.column(name) if name not in told.measures else None
    texts = column[1] if column else []
    wrong = [text for text, value in zip(texts, values, strict=False) if text and np.isnan(value)]
    if not wrong:
        return True, []
    what = (
        f'{len(wrong)} of {len(values)} cells of the column "{label}" are no numbers, such as '
        f'"{wrong[0][:40]}"'
    )
    return True, [Problem(FILE_NAME, what, 'those images lie at "no value"; mend the cells')]


def _problem(what: str) -> Problem:
    return Problem(FILE_NAME, what, "take it out of the table layouts, or name another column")
