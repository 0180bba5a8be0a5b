"""What is found wrong with a site, and what a page holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from builder.errors import Problem


@dataclass(frozen=True)
class Finding(Problem):
    """Something wrong with a built site.

    Attributes:
        about: which check found it: "links", "alt", "contrast" and so on.
        level: "error", or "warning" for what fails only with --strict.
        count: how many files have it; `path` is the first of them.
    """

    about: str = "catalogue"
    level: Literal["error", "warning"] = "error"
    count: int = 1


@dataclass(frozen=True)
class Page:
    """What the checks read of an HTML page.

    Attributes:
        links: addresses that readers may follow.
        requests: addresses that a browser asks for by itself.
        ids: names of places in the page.
        doubled: ids that are given more than once.
        unnamed: addresses of pictures without an alternative text.
    """

    links: tuple[str, ...]
    requests: tuple[str, ...]
    ids: frozenset[str]
    doubled: tuple[str, ...]
    unnamed: tuple[str, ...]


def gathered(found: Iterable[Finding]) -> list[Finding]:
    """What is wrong in the same way in several files, told once with their number."""
    first: dict[tuple[str, str], Finding] = {}
    counts: dict[tuple[str, str], int] = {}
    for one in found:
        key = (one.about, one.problem)
        first.setdefault(key, one)
        counts[key] = counts.get(key, 0) + one.count
    return [
        Finding(one.path, one.problem, one.remedy, one.about, one.level, counts[key])
        for key, one in first.items()
    ]
