"""What people said of pairs, in an evaluation; and which pairs they should be asked about."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builder.similarity.evaluate.relevance import Truth, truth
from builder.similarity.evaluate.types import Judgement
from builder.similarity.uncertain import doubts

SOURCES = ["x", "x", "y", "y", "z"]


def relevant(known: Truth, scope: str = "all") -> dict[int, dict[int, int]]:
    return {
        one.row: dict(zip(one.relevant.tolist(), one.grades.tolist(), strict=True))
        for one in known.queries(scope)
    }


def test_verdicts_overrule_groups() -> None:
    """What is the same in part is found as such, and strangers in one group are none."""
    groups = [Judgement(row, "g") for row in (0, 1, 2)]

    known = truth(groups, SOURCES, [(0, 2, 0), (3, 1, 2), (1, 2, 1)])

    assert relevant(known) == {0: {1: 3}, 1: {0: 3, 2: 1, 3: 2}, 2: {1: 1}, 3: {1: 2}}
    assert relevant(known, "others") == {1: {2: 1, 3: 2}, 2: {1: 1}, 3: {1: 2}}
    assert known.candidates(0, "all").tolist() == [False, True, True, True, True]


def test_without_groups_only_what_was_judged_is_compared() -> None:
    """Nobody said anything of the others, so that they are neither right nor wrong."""
    known = truth([], SOURCES, [(0, 2, 3), (0, 4, 0), (0, 1, 0)])

    assert relevant(known) == {0: {2: 3}, 2: {0: 3}}
    assert known.candidates(0, "all").tolist() == [False, True, True, False, True]
    assert known.candidates(0, "others").tolist() == [False, False, True, False, True]
    assert known.units[0] == known.units[2] != known.units[4]


def test_the_last_verdict_on_a_pair_counts() -> None:
    """Whichever of the two images is named first."""
    assert relevant(truth([], SOURCES, [(0, 2, 0), (2, 0, 2)])) == {0: {2: 2}, 2: {0: 2}}


@given(st.integers(0, 99), st.integers(1, 3))
def test_the_most_doubtful_come_first(seed: int, count: int) -> None:
    """Near the threshold, and believed by some: as the sum of the two, each pair once."""
    rng = np.random.default_rng(seed)
    views = [
        {(int(a), int(a) + 1): float(10 ** rng.uniform(-5, 5)) for a in rng.integers(0, 9, 6)}
        for _ in range(count)
    ]
    laid = {(at, at + 1): bool(at % 2) for at in range(4)}

    found = doubts(views, laid)

    assert sorted(one.pair for one in found) == sorted({pair for view in views for pair in view})
    assert [one.unsure for one in found] == sorted((one.unsure for one in found), reverse=True)
    for one in found:
        apart = min(abs(math.log10(view[one.pair])) for view in views if one.pair in view)
        votes = [view.get(one.pair, 9.0) < 1 for view in views]
        votes += [laid[one.pair]] if one.pair in laid else []
        disagreement = 1 - abs(2 * sum(votes) / len(votes) - 1)
        assert abs(one.unsure - max(0, 1 - apart / 3) - disagreement) < 1e-9
