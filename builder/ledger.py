"""Which artifacts a build needs, which of them are there, and what making the others took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from builder.progress import Reporter
from builder.records import Write
from builder.workspace import Workspace, fingerprint

T = TypeVar("T")


@dataclass
class StageReport:
    """What one stage did: steps done and reused, and why anything had to be done."""

    name: str
    seconds: float = 0.0
    done: int = 0
    reused: int = 0
    why: str = ""


class Made(Generic[T]):
    """An artifact: its fingerprint is known at once, its value is read when it is first asked."""

    def __init__(self, path: Path, parts: Mapping[str, object], read: Callable[[Path], T]) -> None:
        self.path, self.fingerprint, self._read = path, fingerprint(parts), read

    @cached_property
    def value(self) -> T:
        """Read from disk once."""
        return self._read(self.path)


class Ledger:
    """Makes artifacts that are missing, and keeps account.

    Args:
        workspace: where artifacts are.
        reporter: told of what goes on.
        dry_run: if set nothing is made; the account says what would be.
    """

    def __init__(self, workspace: Workspace, reporter: Reporter, dry_run: bool) -> None:
        self.workspace, self.reporter, self.dry_run = workspace, reporter, dry_run
        self.stages: dict[str, StageReport] = {}

    def account(self, stage: str) -> StageReport:
        """The report of a stage, begun if need be."""
        return self.stages.setdefault(stage, StageReport(stage))

    @contextmanager
    def timed(self, stage: str, total: int, done: str) -> Iterator[Callable[[int], None]]:
        """Count time towards a stage and show its progress; yields what to call for each step."""
        report = self.account(stage)
        self.reporter.start(stage, total)
        began = time.perf_counter()
        yield self.reporter.advance
        spent = time.perf_counter() - began
        report.seconds += spent
        self.reporter.finish(f"{done}, {spent:.1f} s")

    def artifact(
        self,
        stage: str,
        name: str,
        parts: Mapping[str, object],
        make: Callable[[Callable[[int], None]], Write],
        read: Callable[[Path], T],
        steps: int = 1,
    ) -> Made[T]:
        """An artifact of a stage, made now if it is not there.

        Args:
            stage: whose account it goes to.
            name: of the artifact; with the fingerprint of `parts` it gives the file's name.
            parts: everything that it is made from, representable in JSON.
            make: given a function to report steps to, gives what writes the file.
            read: reads the file.
            steps: how many steps `make` will report.
        """
        path = self.workspace.path(name, ".npz", parts)
        made = Made(path, parts, read)
        report = self.account(stage)
        if path.exists():
            report.reused += 1
            return made
        report.done += 1
        report.why = report.why or self.workspace.why(name, parts)
        if not self.dry_run:
            with self.timed(stage, steps, name) as advance:
                self.workspace.write(path, name, parts, make(advance))
        return made
