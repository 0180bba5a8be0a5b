"""The neighbours of one image, read out of the lists of all, and what is said of them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from builder.pages.text import numbers
from builder.similarity.types import NeighbourList

CHANCE = 1.0
"""From so many unrelated images expected to be as near, a relative may be one of them."""

_COUNTS = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


@dataclass(frozen=True, slots=True)
class Relative:
    """One neighbour of one image; `percentile` and `chance` are None where not measured."""

    row: int
    score: float
    mutual: bool
    orientation: int
    percentile: float | None
    chance: float | None

    @property
    def by_chance(self) -> bool:
        """Whether unrelated images may be expected to be as near."""
        return self.chance is not None and self.chance >= CHANCE


def relatives(found: NeighbourList, row: int) -> list[Relative]:
    """The neighbours of one image, best first."""
    columns = (
        found.rows[row].tolist(),
        numbers(found.scores[row]),
        found.mutual[row].tolist(),
        found.orientation[row].tolist(),
        _measured(found.percentile, row, found.rows.shape[1]),
        _measured(found.chance, row, found.rows.shape[1]),
    )
    return [Relative(*entry) for entry in zip(*columns, strict=True) if entry[0] >= 0]


def _measured(values: NDArray[Any] | None, row: int, length: int) -> list[Any]:
    return [None] * length if values is None else numbers(values[row])


def score_text(score: float) -> str:
    """A score with two decimals and a true minus; -0.00 is written 0.00."""
    return f"{round(score, 2) + 0.0:.2f}".replace("-", "\N{MINUS SIGN}")


def share_text(share: float | None) -> str:
    """A share of random pairs in per cent, rounded down; "" where it was not measured.

    From 99.9 % on two decimals are told; what four decimals cannot tell from all is "> 99.99 %".
    """
    if share is None:
        return ""
    points = round(share * 10_000)  # hundredths of a per cent
    if points >= 10_000:
        return "> 99.99\N{NO-BREAK SPACE}%"
    if points >= 9_990:
        return f"{points / 100:.2f}\N{NO-BREAK SPACE}%"
    return f"{points // 10 / 10:.1f}\N{NO-BREAK SPACE}%"


def found_words(labels: Sequence[str], found: Sequence[bool], here: int) -> str:
    """Which views have a relative in their lists, said in the list of view number `here`.

    Args:
        labels: of all views.
        found: for each view whether it has the relative.

    Returns:
        "found by all three views", "also by form", or "" where it is this view alone.
    """
    others = [
        label.lower()
        for at, (label, has) in enumerate(zip(labels, found, strict=True))
        if has and at != here
    ]
    if not others:
        return ""
    if len(others) == len(labels) - 1:
        several = f"all {_COUNTS.get(len(labels), len(labels))}" if len(labels) > 2 else "both"
        return f"found by {several} views"
    return "also by " + listed(others)


def listed(words: Sequence[str]) -> str:
    """Words as an enumeration: "form", "form and look", "form, look and seed"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
