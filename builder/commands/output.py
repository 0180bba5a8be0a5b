"""How commands answer: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from builder.errors import Problem, SettingsError

if TYPE_CHECKING:
    from rich.console import Console

    from builder.progress import Reporter

_SHOWN = 30  # problems listed before the rest is counted


def existing(folder: Path) -> Path:
    """The folder.

    Raises:
        SettingsError: it is none.
    """
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "there is no such folder"
        raise SettingsError(what, str(folder), "name the folder that holds the images")
    return folder


def cores(jobs: int) -> int:
    """As many as asked for; 0 means one a core."""
    return jobs or os.cpu_count() or 1


@contextmanager
def reporting(quiet: bool) -> Iterator[Reporter]:
    """What is told of the progress: bars on a terminal, lines elsewhere, or nothing."""
    from rich.console import Console

    from builder import progress

    screen = Console(stderr=True)
    if quiet:
        yield progress.Silent()
    elif screen.is_terminal and not screen.is_dumb_terminal:
        with progress.Bars(screen) as bars:
            yield bars
    else:
        yield progress.Lines()


def console() -> Console:
    """For tables on standard output; wide where no terminal says how wide it is."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=120)


def tell(text: str) -> None:
    """A line for people."""
    typer.echo(text, err=True)


def print_json(value: object) -> None:
    """A result for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def tell_problems(problems: Sequence[Problem]) -> None:
    """What was wrong with which input, and what to do."""
    for problem in problems[:_SHOWN]:
        tell(f"  {problem.path}: {problem.problem}; {problem.remedy}")
    if len(problems) > _SHOWN:
        tell(f"  and {len(problems) - _SHOWN} more; --json lists all")
