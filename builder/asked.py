"""What is asked of a build, and what came of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from builder.errors import Problem
from builder.ledger import StageReport
from builder.publish import Published


@dataclass(frozen=True)
class Options:
    """What a command says beyond catalogue.toml."""

    out: Path | None = None
    device: str = "auto"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    dry_run: bool = False


@dataclass(frozen=True)
class BuildReport:
    """What came of a build."""

    images: int
    problems: tuple[Problem, ...]
    stages: tuple[StageReport, ...]
    site: Published | None
    out: Path
