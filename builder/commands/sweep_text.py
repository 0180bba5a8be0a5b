"""A sweep as JSON, as a table for a terminal, and as advice in words."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from builder.commands.evaluating import FEW
from builder.commands.evaluation_text import asked
from builder.commands.sweep_kept import label
from builder.settings.views import DRAWN
from builder.similarity.evaluate.types import Scope

if TYPE_CHECKING:
    from rich.console import Console

    from builder.commands.sweep_kept import Result
    from builder.commands.sweeping import Sweep
    from builder.settings import ViewSettings

_AMONG: dict[Scope, str] = {"all": "all images", "others": "other sources"}
_LEADING, _ALWAYS = ("backbone", "layer", "preparation"), ("backbone", "preparation")


def as_json(sweep: Sweep) -> dict[str, object]:
    """The whole sweep; numbers rounded to 4 decimals, intervals as [low, high]."""
    chances = {id(one.result): round(one.p, 4) for one in sweep.rivals}
    return {
        "scope": sweep.scope,
        "cells": [{**_cell(one), "p_holm": chances.get(id(one))} for one in sweep.results],
        "best": label(sweep.best.cell),
        "not_worse": [label(one.cell) for one in sweep.equal[1:]],
        "cheapest": label(sweep.cheapest.cell),
        "recommendation": advice(sweep),
        "settings": settings_of(sweep.cheapest.cell.view),
        "problems": [vars(problem) for problem in sweep.problems],
    }


def _cell(one: Result) -> dict[str, object]:
    view = one.cell.view
    told: dict[str, object] = {"cell": label(one.cell), "hubs": view.hubs}
    told["descriptor"] = one.cell.descriptor.model_dump(mode="json", exclude={"weight"})
    for scope in one.measured:
        found = one.summary(scope)
        value = found.values["map"]
        told[scope] = {
            "queries": found.queries,
            "groups": found.groups,
            "map": round(value.value, 4),
            "map_ci": [round(value.low, 4), round(value.high, 4)],
            "p_at_1": round(found.values["p_at_1"].value, 4),
        }
    told["images_per_second"] = one.cost.rate if math.isfinite(one.cost.rate) else None
    told["bytes_per_image"] = one.cost.size
    return told


def show(sweep: Sweep, console: Console) -> None:
    """Print one table, the best first, then the advice and the settings to copy."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    columns, rows = _columns(sweep)
    scopes = [scope for scope in _AMONG if scope in sweep.best.measured]
    console.print(Text(asked(sweep.best.summary(sweep.scope)), "bold"))
    table = Table(box=box.SIMPLE_HEAD)
    for column in columns:
        table.add_column(column, overflow="fold")
    for name in (*(f"mAP, {_AMONG[scope]}" for scope in scopes), "images/s", "bytes an image"):
        table.add_column(name, justify="right", no_wrap=True)
    equal = {id(one) for one in sweep.equal}
    for one, row in zip(sweep.results, rows, strict=True):
        found = [_interval(one, scope) for scope in scopes]
        rate = f"{one.cost.rate:.1f}" if math.isfinite(one.cost.rate) else ""
        table.add_row(
            *map(Text, row), *found, rate, f"{one.cost.size:,}", style=_bold(id(one) in equal)
        )
    console.print(table)
    console.print(Text(advice(sweep)))
    console.print(Text("\n" + settings_of(sweep.cheapest.cell.view)))


def _bold(wanted: bool) -> str:
    return "bold" if wanted else ""


def _columns(sweep: Sweep) -> tuple[list[str], list[list[str]]]:
    """The settings that differ between cells, and their values in each."""
    told = [
        {**one.cell.descriptor.model_dump(mode="json"), "hubs": one.cell.view.hubs}
        for one in sweep.results
    ]
    names = [name for name in dict.fromkeys([*_LEADING, *told[0]]) if _differs(name, told)]
    rows = [[str(one[name]) for name in names] for one in told]
    return [name.capitalize() for name in names], rows


def _differs(name: str, told: list[dict[str, Any]]) -> bool:
    """Whether a setting tells cells apart; not if all networks have one value, and all strokes."""
    if name in _ALWAYS:
        return True
    by_kind: dict[bool, set[str]] = {}
    for one in told:
        by_kind.setdefault(one["backbone"] in DRAWN, set()).add(str(one[name]))
    return any(len(values) > 1 for values in by_kind.values())


def _interval(one: Result, scope: Scope) -> str:
    value = one.summary(scope).values["map"]
    return f"{value.value:.3f} [{value.low:.2f}, {value.high:.2f}]"


def advice(sweep: Sweep) -> str:
    """Which is best, which others may be as good, and which of those is the cheapest."""
    best, cheapest = sweep.best, sweep.cheapest
    value = best.summary(sweep.scope).values["map"]
    told = [
        f"Best among {_AMONG[sweep.scope]}: {label(best.cell)}, "
        f"mAP {value.value:.3f} (95 % between {value.low:.2f} and {value.high:.2f})."
    ]
    others = [
        f"{label(one.cell)} ({one.summary(sweep.scope).values['map'].value:.3f})"
        for one in sweep.equal[1:]
    ]
    if others:
        told.append(f"Not worse beyond chance: {', '.join(others)}.")
    elif sweep.rivals:
        told.append("All others are worse beyond chance.")
    if math.isfinite(cheapest.cost.rate):
        which = "It" if cheapest is best else f"The cheapest of these, {label(cheapest.cell)},"
        told.append(
            f"{which} describes {cheapest.cost.rate:.1f} images a second and keeps "
            f"{cheapest.cost.size:,} bytes an image."
        )
    groups = best.summary(sweep.scope).groups
    if groups < FEW:
        many = "1 group" if groups == 1 else f"{groups} groups"
        told.append(f"With only {many} all this is rough; {FEW} or more tell better.")
    return " ".join(told)


def settings_of(view: ViewSettings) -> str:
    """The table of a view for catalogue.toml."""
    one = view.descriptors[0]
    told = one.model_dump(mode="json", exclude={"weight"}, exclude_defaults=True)
    values = {"backbone": one.backbone, "preparation": one.preparation, **told, "hubs": view.hubs}
    # JSON's strings, numbers and truth values are TOML's too.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join(["[[views]]", 'name = "chosen"', *lines])
