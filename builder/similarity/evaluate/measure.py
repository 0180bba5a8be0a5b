"""Asks a view every query, and keeps where the relevant images stood."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from builder.similarity.evaluate.metrics import order, values
from builder.similarity.evaluate.relevance import Truth
from builder.similarity.evaluate.types import Answer, Crossing, Measured, Query, Ranker, Scope

NEAREST = 10
"""Candidates of each query that are kept, to be looked at."""


def measure(
    ranker: Ranker, truth: Truth, scope: Scope, progress: Callable[[int], None] | None = None
) -> Measured:
    """Answers of one view to all queries of a scope.

    Args:
        ranker: the view.
        truth: what is known to show the same.
        scope: which candidates there are.
        progress: called once for each query.
    """
    answers: list[Answer] = []
    crossings: list[Crossing] = []
    for query in truth.queries(scope):
        scores = _scores(ranker, query.row, scope)
        candidates = truth.candidates(query.row, scope)
        answers.append(_answer(query, scores, candidates))
        if scope == "others":
            crossings += _crossings(query, scores, truth)
        if progress:
            progress(1)
    return Measured(ranker.view, scope, tuple(answers), tuple(crossings))


def _scores(ranker: Ranker, row: int, scope: Scope) -> NDArray[np.float32]:
    return ranker.scores_others(row) if scope == "others" else ranker.scores(row)


def _answer(query: Query, scores: NDArray[np.float32], candidates: NDArray[np.bool_]) -> Answer:
    ranked = order(scores, candidates)
    grade = np.zeros(len(scores), np.int64)
    grade[query.relevant] = query.grades
    places = np.flatnonzero(grade[ranked])
    relevant = ranked[places]
    ranks = places.astype(np.int64) + 1
    measures = values(ranks, grade[relevant])
    return Answer(query.row, query.unit, measures, ranks, relevant, ranked[:NEAREST])


def _crossings(query: Query, scores: NDArray[np.float32], truth: Truth) -> Iterator[Crossing]:
    """The best candidate of each other source that holds a relative; sources must have names."""
    if not truth.named[query.row]:
        return
    known = query.relevant[truth.named[query.relevant]]
    own = int(truth.sources[query.row])
    for source in np.unique(truth.sources[known]).tolist():
        rows = np.flatnonzero(truth.sources == source)
        best = rows[np.argmax(scores[rows])]
        yield Crossing(own, source, query.unit, bool(np.isin(best, query.relevant)))
