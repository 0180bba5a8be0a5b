"""The page of an evaluation: measures, differences, and the queries to look at."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from builder.pages.cards import Card
from builder.pages.frame import Context, Frame
from builder.pages.types import SiteInput
from builder.similarity.evaluate.types import (
    DEPTHS,
    Estimate,
    Evaluation,
    Example,
    Examples,
    KnownItem,
    Lost,
    Scope,
    Summary,
)

_COLUMNS = {
    "mAP": "map",
    "mAP@20": "map_at_20",
    "P@1": "p_at_1",
    **{f"R@{depth}": f"recall_{depth}" for depth in DEPTHS},
    "MRR": "mrr",
}
_AMONG: dict[Scope, str] = {"all": "all images", "others": "other sources"}


@dataclass(frozen=True)
class Measure:
    """A cell of a table: a value and its interval, as texts."""

    value: str
    interval: str


@dataclass(frozen=True)
class Hit:
    """A found image: its place, and whether it is one that was looked for."""

    card: Card
    place: int
    right: bool


def evaluation_page(site: SiteInput, evaluation: Evaluation, judged: str, root: str) -> bytes:
    """The page as HTML in UTF-8; it lies outside the site and uses its style and thumbnails.

    Args:
        site: the catalogue's site.
        evaluation: what was found.
        judged: name of the table of groups, "" where changed copies were looked for.
        root: relative address of the site's folder from the page, ending in a slash.
    """
    frame = Frame(site)
    labels = {view.name: view.label for view in site.views}
    context: Context = {
        "root": root,
        "judged": judged,
        "warnings": evaluation.warnings,
        "tables": _tables(evaluation, labels),
        "differences": _differences(evaluation, labels),
        "graded": evaluation.graded,
        "crossed": any(one.two_way for one in evaluation.summaries),
        "changes": _changes(evaluation.known_items, labels),
        "samples": [(name, webp_uri(data)) for name, data in evaluation.samples.items()],
        "lost": [_lost(one, frame.cards, labels) for one in evaluation.lost],
        "examples": [_examples(one, frame.cards, labels) for one in evaluation.examples],
    }
    return frame.page("evaluation.html", "evaluation.html", robots="noindex", **context)[1]


def _tables(evaluation: Evaluation, labels: dict[str, str]) -> list[Context]:
    """A table for each scope: columns, and a row for each view."""
    tables = []
    for scope, among in _AMONG.items():
        rows = [one for one in evaluation.summaries if one.scope == scope]
        if rows:
            columns = _COLUMNS | ({"nDCG@10": "ndcg_at_10"} if evaluation.graded else {})
            crossed = any(one.two_way for one in rows)
            tables.append(
                {
                    "among": among,
                    "queries": rows[0].queries,
                    "groups": rows[0].groups,
                    "columns": [*columns, *(["two-way R@1"] if crossed else [])],
                    "rows": [
                        {"view": labels[one.view], "cells": _cells(one, list(columns.values()))}
                        for one in rows
                    ],
                }
            )
    return tables


def _cells(one: Summary, keys: Sequence[str]) -> list[Measure]:
    cells = [_measure(one.values[key]) for key in keys]
    return [*cells, _measure(one.two_way)] if one.two_way else cells


def _differences(evaluation: Evaluation, labels: dict[str, str]) -> list[Context]:
    return [
        {
            "first": labels[one.first],
            "second": labels[one.second],
            "among": _AMONG[one.scope],
            "difference": _measure(one.difference, "+"),
            "p": _chance(one.p),
            "p_holm": _chance(one.p_holm),
            "sure": one.p_holm < 0.05,
        }
        for one in evaluation.comparisons
    ]


def _changes(found: Sequence[KnownItem], labels: dict[str, str]) -> Context | None:
    """The table of changes: a row a change, two cells a view."""
    if not found:
        return None
    views = list(dict.fromkeys(one.view for one in found))
    rows: dict[str, list[KnownItem]] = {}
    for one in found:
        rows.setdefault(one.change, []).append(one)
    return {
        "queries": found[0].queries,
        "views": [labels[view] for view in views],
        "rows": [
            {"change": change, "cells": [_measure(c) for k in by for c in (k.p_at_1, k.mrr)]}
            for change, by in rows.items()
        ],
    }


def _examples(one: Examples, cards: Sequence[Card], labels: dict[str, str]) -> Context:
    return {
        "view": labels[one.view],
        "among": _AMONG[one.scope],
        "anchor": f"{one.view}-{one.scope}",
        "worst": [_example(example, cards) for example in one.worst],
        "best": [_example(example, cards) for example in one.best],
    }


def _example(one: Example, cards: Sequence[Card]) -> Context:
    found = zip(one.nearest, one.right, strict=True)
    return {
        "card": cards[one.row],
        "score": f"{one.average_precision:.3f}",
        "hits": [Hit(cards[row], at, right) for at, (row, right) in enumerate(found, 1)],
        "missed": [Hit(cards[row], at, True) for row, at in one.missed],
    }


def _lost(one: Lost, cards: Sequence[Card], labels: dict[str, str]) -> Context:
    hits = [Hit(cards[row], at, row == one.row) for at, row in enumerate(one.nearest, 1)]
    further = [Hit(cards[one.row], one.place, True)] if one.place > len(hits) else []
    return {
        "view": labels[one.view],
        "change": one.change,
        "picture": webp_uri(one.picture),
        "card": cards[one.row],
        "hits": hits,
        "missed": further,
    }


def _measure(estimate: Estimate, sign: str = "") -> Measure:
    low, high = f"{estimate.low:{sign}.2f}", f"{estimate.high:{sign}.2f}"
    return Measure(_minus(f"{estimate.value:{sign}.3f}"), _minus(f"{low} to {high}"))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _chance(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def webp_uri(webp: bytes) -> str:
    """A small picture as an address of its own, for pages that lie outside the site."""
    return "data:image/webp;base64," + b64encode(webp).decode()
