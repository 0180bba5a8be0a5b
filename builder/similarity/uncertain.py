"""Which pairs a person should look at first: those of which the program is least sure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Pair = tuple[int, int]
"""Two rows, the lower first."""

BELIEVED = 1.0
"""So many unrelated images expected to be as near: below it a view believes a relative."""

_DECADES = 3.0  # factors of ten from the threshold at which a view is sure


@dataclass(frozen=True)
class Doubt:
    """One pair.

    Attributes:
        unsure: 0 to 2: how near the pair is to the threshold, and how much views disagree.
        near: the number of the view nearest to its threshold, and `chance` there.
        believing: how many of `asked` judges (views, and laying over each other) believe the pair.
    """

    pair: Pair
    unsure: float
    near: int
    chance: float
    believing: int
    asked: int


def doubts(
    views: Sequence[Mapping[Pair, float]], laid: Mapping[Pair, bool] | None = None
) -> list[Doubt]:
    """Every pair that any view lists, the most doubtful first.

    Args:
        views: for each view, pair -> how many unrelated images may be expected to be as near. A
            pair that a view does not list it does not believe.
        laid: pair -> whether laying the two over each other was believed; None if not asked.
    """
    found = [_doubt(pair, views, laid) for pair in sorted({pair for one in views for pair in one})]
    return sorted(found, key=lambda one: (-one.unsure, one.pair))


def _doubt(
    pair: Pair, views: Sequence[Mapping[Pair, float]], laid: Mapping[Pair, bool] | None
) -> Doubt:
    chances = {at: view[pair] for at, view in enumerate(views) if pair in view}
    near = min(chances, key=lambda at: abs(_decades(chances[at])))
    votes = [pair in view and view[pair] < BELIEVED for view in views]
    if laid is not None and pair in laid:
        votes.append(laid[pair])
    share = sum(votes) / len(votes)
    at_threshold = max(0.0, 1 - abs(_decades(chances[near])) / _DECADES)
    unsure = at_threshold + 1 - abs(2 * share - 1)
    return Doubt(pair, unsure, near, chances[near], sum(votes), len(votes))


def _decades(chance: float) -> float:
    """How many factors of ten a view is from its threshold; below it less than nothing."""
    return math.log10(max(chance, 1e-12) / BELIEVED)
