"""Answers of `volvelle query` as JSON, as CSV, and as tables for a terminal."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from builder.workspace import write_atomic

if TYPE_CHECKING:
    from rich.console import Console

    from builder.commands.asking import Answer, Answers

CSV_COLUMNS = ("img_path", "query_img", "score")
"""The image that was found, the one that was asked about, and the score."""


def as_json(answers: Answers) -> object:
    """The answer about one image, or the list of answers about several."""
    told = [_json(one) for one in answers.found]
    return told if answers.several else told[0]


def _json(one: Answer) -> dict[str, object]:
    return {"query": one.query, "view": one.view, "neighbours": [vars(hit) for hit in one.hits]}


def write_csv(answers: Answers, path: Path) -> None:
    """One line for each image found, best first within each query.

    Raises:
        OutputError: the file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for one in answers.found:
        writer.writerows((hit.path, one.path, f"{hit.score:.4f}") for hit in one.hits)
    write_atomic(path, text.getvalue().encode())


def show(answers: Answers, console: Console) -> None:
    """Print a table for each query."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    for one in answers.found:
        console.print(Text(f"Nearest to {one.query}, by {one.view}", "bold"))
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column("", justify="right")
        table.add_column("Score", justify="right", no_wrap=True)
        for name in ("Id", "Title", "Source"):
            table.add_column(name, overflow="fold")
        for place, hit in enumerate(one.hits, 1):
            words = (Text(text) for text in (hit.id, hit.title, hit.source))
            table.add_row(str(place), f"{hit.score:.4f}", *words)
        console.print(table)
