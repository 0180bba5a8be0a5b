"""Reports that stay readable: many problems of one kind become a few and a count."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from builder.errors import Problem

NAMED = 20


def summarise(problems: Sequence[Problem], path: str, rest: str, remedy: str) -> list[Problem]:
    """The first problems of one kind one by one, the others as one.

    Args:
        problems: all of one kind.
        path: what the summary is about.
        rest: what the others are, following their number: "further images have no row".
        remedy: what to do about them.
    """
    if len(problems) <= NAMED + 1:  # a summary of a single one would help nobody
        return list(problems)
    summary = Problem(path, f"{len(problems) - NAMED} {rest}", remedy)
    return [*problems[:NAMED], summary]


def did_you_mean(wrong: str, known: Sequence[str]) -> str:
    """A remedy for a wrong name: the closest known one, else all of them."""
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(wrong.casefold(), list(folded), n=1)
    if close:
        return f'did you mean "{folded[close[0]]}"?'
    return "known here are " + ", ".join(known) if known else "there are no columns at all"
