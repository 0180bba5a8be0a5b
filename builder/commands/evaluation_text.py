"""An evaluation as JSON, and as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from builder.similarity.evaluate.types import (
    DEPTHS,
    Comparison,
    Estimate,
    KnownItem,
    Scope,
    Summary,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from builder.commands.evaluating import Report

_COLUMNS = {
    "mAP": "map",
    "mAP@20": "map_at_20",
    "P@1": "p_at_1",
    **{f"R@{depth}": f"recall_{depth}" for depth in DEPTHS},
    "MRR": "mrr",
}
_SHORT = ("mAP", "mAP@20", "P@1", "R@10")
_WIDE = 112  # columns of a terminal that hold the whole table
_TITLES: dict[Scope, str] = {"all": "Among all images", "others": "Among other sources"}


def as_json(report: Report) -> dict[str, object]:
    """The whole report; numbers rounded to 4 decimals, intervals as [low, high]."""
    found = report.evaluation
    told: dict[str, object] = {
        "views": [_summary(one, found.graded) for one in found.summaries],
        "comparisons": [_comparison(one) for one in found.comparisons],
        "warnings": list(found.warnings),
        "problems": [vars(problem) for problem in report.problems],
        "page": str(report.page) if report.page else None,
    }
    if found.known_items:
        told["known_item"] = [_known_item(one) for one in found.known_items]
    return told


def _summary(one: Summary, graded: bool) -> dict[str, object]:
    told: dict[str, object] = {
        "view": one.view,
        "scope": one.scope,
        "queries": one.queries,
        "groups": one.groups,
    }
    for key in ("map", "map_at_20", "p_at_1", "mrr", *(["ndcg_at_10"] if graded else [])):
        told |= _with_interval(key, one.values[key])
    recall = {str(depth): one.values[f"recall_{depth}"] for depth in DEPTHS}
    told["recall"] = {depth: _round(estimate.value) for depth, estimate in recall.items()}
    told["recall_ci"] = {depth: _interval(estimate) for depth, estimate in recall.items()}
    if one.two_way is not None:
        told |= _with_interval("two_way_recall_at_1", one.two_way)
        told["source_pairs"] = one.pairs
    return told


def _comparison(one: Comparison) -> dict[str, object]:
    return {
        "scope": one.scope,
        "views": [one.first, one.second],
        "measure": "map",
        **_with_interval("difference", one.difference),
        "p": _round(one.p),
        "p_holm": _round(one.p_holm),
    }


def _known_item(one: KnownItem) -> dict[str, object]:
    told: dict[str, object] = {"view": one.view, "change": one.change, "queries": one.queries}
    return told | _with_interval("p_at_1", one.p_at_1) | _with_interval("mrr", one.mrr)


def _with_interval(key: str, estimate: Estimate) -> dict[str, object]:
    return {key: _round(estimate.value), f"{key}_ci": _interval(estimate)}


def _interval(estimate: Estimate) -> list[float]:
    return [_round(estimate.low), _round(estimate.high)]


def _round(value: float) -> float:
    return round(value, 4)


def show(report: Report, console: Console) -> None:
    """Print tables of the measures, the differences and the changes."""
    found = report.evaluation
    for scope in _TITLES:
        rows = [one for one in found.summaries if one.scope == scope]
        if rows:
            one = rows[0]
            _title(console, f"{_TITLES[scope]}: {asked(one)}")
            console.print(_measures(rows, found.graded, console.width >= _WIDE))
    if found.comparisons:
        _title(console, "Differences in mAP")
        console.print(_differences(found.comparisons))
    if found.known_items:
        count = found.known_items[0].queries
        _title(console, f"Changed copies that find their original first, of {count}")
        console.print(_changes(found.known_items))


def asked(one: Summary) -> str:
    """How many queries there were, in how many groups."""
    queries = "1 query" if one.queries == 1 else f"{one.queries} queries"
    groups = "1 group" if one.groups == 1 else f"{one.groups} groups"
    return f"{queries} in {groups}"


def _title(console: Console, text: str) -> None:
    console.print(text, style="bold", highlight=False, markup=False)


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column(columns[0], no_wrap=True)
    for column in columns[1:]:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _measures(rows: Sequence[Summary], graded: bool, wide: bool) -> Table:
    """The measures of some views; a narrow terminal gets the leading ones."""
    columns = {name: key for name, key in _COLUMNS.items() if wide or name in _SHORT}
    columns |= {"nDCG@10": "ndcg_at_10"} if graded else {}
    crossed = wide and any(one.two_way for one in rows)
    table = _table("View", *columns, *(["two-way R@1"] if crossed else []))
    for one in rows:
        cells = [_cell(one.values[key], key in ("map", "p_at_1")) for key in columns.values()]
        if crossed:
            cells.append(_cell(one.two_way, False) if one.two_way else "")
        table.add_row(one.view, *cells)
    return table


def _differences(comparisons: Sequence[Comparison]) -> Table:
    table = _table("Views", "Among", "Difference", "p", "p (Holm)")
    for one in comparisons:
        views = f"{one.first} − {one.second}"
        difference = f"{one.difference.value:+.3f} {_span(one.difference, '+.3f')}"
        table.add_row(views, one.scope, difference, f"{one.p:.4f}", f"{one.p_holm:.4f}")
    return table


def _changes(found: Sequence[KnownItem]) -> Table:
    views = list(dict.fromkeys(one.view for one in found))
    cells: dict[str, dict[str, Any]] = {}
    for one in found:
        cells.setdefault(one.change, {})[one.view] = one
    table = _table("Change", *views)
    for change, by_view in cells.items():
        shown = [_cell(by_view[view].p_at_1, True) if view in by_view else "" for view in views]
        table.add_row(change, *shown)
    return table


def _cell(estimate: Estimate, interval: bool) -> str:
    return f"{estimate.value:.3f}" + (f" {_span(estimate, '.2f')}" if interval else "")


def _span(estimate: Estimate, form: str) -> str:
    return f"[{estimate.low:{form}}, {estimate.high:{form}}]"
