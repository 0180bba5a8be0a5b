"""The result of one cell of a sweep, and the file that keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from builder.commands.sweep_grid import Cell
from builder.similarity.evaluate.intervals import summarise
from builder.similarity.evaluate.types import METRICS, Answer, Measured, Scope, Summary
from builder.workspace import canonical, write_atomic

VERSION = 1
"""Of what the files hold. Raised by hand when it changes, or when what views find does."""


@dataclass(frozen=True)
class Cost:
    """What describing pictures costs.

    Attributes:
        rate: pictures a second, decoding included; infinite for own vectors.
        size: bytes that the features of an image take.
    """

    rate: float
    size: int


@dataclass(frozen=True)
class Result:
    """What one cell found.

    Attributes:
        cell: the combination.
        measured: measures of every query, by scope.
        cost: of describing pictures so.
    """

    cell: Cell
    measured: Mapping[Scope, Measured]
    cost: Cost

    def summary(self, scope: Scope) -> Summary:
        """Measures with intervals."""
        return summarise(self.measured[scope])


def label(cell: Cell) -> str:
    """A cell in a few words."""
    one = cell.descriptor
    layer = f"@{one.layer}" if one.layer else ""
    return f"{one.backbone}{layer} {one.preparation}"


def write(path: Path, result: Result) -> None:
    """Keep a result, whole or not at all."""
    told = {
        "of": result.cell.view.model_dump(mode="json"),
        "rate": result.cost.rate,
        "size": result.cost.size,
        "scopes": {
            scope: [[one.row, one.unit, one.values.tolist()] for one in measured.answers]
            for scope, measured in result.measured.items()
        },
    }
    write_atomic(path, canonical(told).encode())


def read(path: Path, cell: Cell) -> Result | None:
    """The result that was kept for a cell, None if there is none."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        measured = {
            scope: _measured(cell.view.name, scope, rows) for scope, rows in told["scopes"].items()
        }
        return Result(cell, measured, Cost(float(told["rate"]), int(told["size"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _measured(view: str, scope: Scope, rows: list[tuple[int, int, list[float]]]) -> Measured:
    none = np.empty(0, np.int64)
    answers = []
    for row, unit, values in rows:
        if len(values) != len(METRICS):
            raise ValueError("measures of another version")
        answers.append(Answer(row, unit, np.array(values), none, none, none))
    return Measured(view, scope, tuple(answers))
