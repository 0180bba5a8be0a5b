"""The words of `volvelle verdicts`: parse, call, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.output import existing, tell

File = Annotated[Path | None, typer.Option("--verdicts", help="Also judge by verdicts on pairs.")]

app = typer.Typer(
    help="Judge pairs of images: verdicts.csv.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def verdicts() -> None:
    """Judge pairs of images: verdicts.csv."""


@app.command()
def suggest(
    folder: Annotated[Path, typer.Argument(help="The catalogue's folder.")] = Path(),
    out: Annotated[
        Path | None, typer.Option(help="The table, if not FOLDER/verdicts-to-do.csv.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="Pairs at most.")] = 100,
) -> None:
    """Write a table of the pairs that are most in doubt, to be filled in.

    Write exact, partial, semantic or none into the column verdict, and keep the table as
    verdicts.csv; rows that are left empty say nothing.
    """
    from builder.commands import suggesting

    path, found = suggesting.suggest(existing(folder), out, count)
    tell(f"{found} pairs to be judged in {path}; filled in, it may be kept as verdicts.csv")
