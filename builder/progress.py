"""How a build tells what it is doing: bars on a terminal, lines elsewhere, or nothing.

Everything goes to standard error; standard output is for results alone.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_EVERY = 30.0  # seconds between lines where there is no terminal


class Reporter(Protocol):
    """Told of stages as they go. One stage at a time."""

    def start(self, stage: str, total: int) -> None:
        """A stage begins that will take `total` steps."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps are done."""

    def finish(self, note: str) -> None:
        """The stage is done; `note` says what came of it."""


class Silent:
    """Says nothing."""

    def start(self, stage: str, total: int) -> None:
        """Nothing."""

    def advance(self, steps: int = 1) -> None:
        """Nothing."""

    def finish(self, note: str) -> None:
        """Nothing."""


class Lines:
    """One line when a stage ends, and one now and then while it lasts."""

    def __init__(self) -> None:
        self._stage, self._total, self._done = "", 0, 0
        self._began = self._told = 0.0

    def start(self, stage: str, total: int) -> None:
        """Remember what begins."""
        self._stage, self._total, self._done = stage, total, 0
        self._began = self._told = time.monotonic()

    def advance(self, steps: int = 1) -> None:
        """Count, and say how far it is every half minute."""
        self._done += steps
        now = time.monotonic()
        if now - self._told >= _EVERY:
            self._told = now
            rate = self._done / (now - self._began)
            left = (self._total - self._done) / rate if rate else 0
            self._say(f"{self._done} of {self._total}, {rate:.1f}/s, {left:.0f} s left")

    def finish(self, note: str) -> None:
        """Say what came of it."""
        self._say(note)

    def _say(self, text: str) -> None:
        print(f"{self._stage:<11}{text}", file=sys.stderr, flush=True)  # noqa: T201


class Bars:
    """A bar with rate and time left for each stage, on a terminal."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._console = console
        self._task: TaskID | None = None
        self._stage = ""

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def start(self, stage: str, total: int) -> None:
        """Show a new bar."""
        self._stage = stage
        self._task = self._progress.add_task(stage, total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the bar."""
        if self._task is not None:
            self._progress.advance(self._task, steps)

    def finish(self, note: str) -> None:
        """Put a line in the bar's place."""
        if self._task is not None:
            self._progress.remove_task(self._task)
            self._task = None
        self._console.print(f"{self._stage:<11}{note}", highlight=False, markup=False)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")
