"""Queries worth looking at: where a view fails, and where it does best."""

from __future__ import annotations

from collections.abc import Iterable

from builder.similarity.evaluate.types import Answer, Example, Examples, Measured

SHOWN = 6
MISSED = 3


def examples(measured: Measured, count: int = SHOWN) -> Examples:
    """The worst and the best queries by average precision, at most one a group.

    Of equally good ones those with more relatives come first: they achieved more. A group that is
    among the worst is not shown among the best.
    """
    by_worst = sorted(measured.answers, key=lambda one: (one.values[0], one.row))
    by_best = sorted(measured.answers, key=lambda one: (-one.values[0], -len(one.ranks), one.row))
    worst = _distinct((one for one in by_worst if one.values[0] < 1), count)
    seen = {one.unit for one in worst}
    best = _distinct((one for one in by_best if one.unit not in seen), count)
    return Examples(
        measured.view,
        measured.scope,
        tuple(_example(one) for one in worst),
        tuple(_example(one) for one in best),
    )


def _distinct(answers: Iterable[Answer], count: int) -> list[Answer]:
    """The first answers, one a group."""
    chosen: dict[int, Answer] = {}
    for one in answers:
        if len(chosen) == count:
            break
        chosen.setdefault(one.unit, one)
    return list(chosen.values())


def _example(answer: Answer) -> Example:
    relevant, nearest = answer.relevant.tolist(), answer.nearest.tolist()
    places = zip(relevant, answer.ranks.tolist(), strict=True)
    further = [(row, place) for row, place in places if place > len(nearest)]
    return Example(
        answer.row,
        float(answer.values[0]),
        tuple(nearest),
        tuple(row in relevant for row in nearest),
        tuple(further[:MISSED]),
    )
