"""Who should find whom, and what a view answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.similarity.evaluate.examples import examples
from builder.similarity.evaluate.known_item import known_item, place
from builder.similarity.evaluate.measure import measure
from builder.similarity.evaluate.metrics import average_precision
from builder.similarity.evaluate.relevance import truth
from builder.similarity.evaluate.types import METRICS, Judgement, Scope


class Matrix:
    """A view whose scores are given; among others they are turned round, to tell the calls."""

    view = "look"

    def __init__(self, scores: np.ndarray, others: np.ndarray | None = None) -> None:
        self._scores = scores.astype(np.float32)
        self._others = self._scores if others is None else others.astype(np.float32)

    def scores(self, row: int) -> np.ndarray:
        return self._scores[row]

    def scores_others(self, row: int) -> np.ndarray:
        return self._others[row]

    def ask(self, pictures: Sequence[np.ndarray]) -> np.ndarray:
        raise NotImplementedError


def judged(*groups: str) -> list[Judgement]:
    """Image i is in the groups of the i-th text, one letter each; capitals are partial."""
    return [
        Judgement(row, letter.lower(), 2 if letter.isupper() else 3)
        for row, letters in enumerate(groups)
        for letter in letters
    ]


def found(known, scope: Scope) -> dict[int, dict[int, int]]:
    return {
        query.row: dict(zip(query.relevant.tolist(), query.grades.tolist(), strict=True))
        for query in known.queries(scope)
    }


def test_queries_have_relatives_in_scope() -> None:
    """Image 3 is alone in its group; 0 and 1 share a source, so only 2 is another's relative."""
    known = truth(judged("a", "a", "a", "b"), ["x", "x", "y", "y"])

    assert found(known, "all") == {0: {1: 3, 2: 3}, 1: {0: 3, 2: 3}, 2: {0: 3, 1: 3}}
    assert found(known, "others") == {0: {2: 3}, 1: {2: 3}, 2: {0: 3, 1: 3}}


def test_an_image_without_source_is_its_own_source() -> None:
    """So it may be found by others without one."""
    known = truth(judged("a", "a"), ["", ""])

    assert found(known, "others") == {0: {1: 3}, 1: {0: 3}}
    assert known.candidates(0, "others").tolist() == [False, True]


def test_a_pair_is_as_relevant_as_its_weaker_grade_in_its_best_group() -> None:
    """0 and 1 share a (both exact); 0 and 2 share a (2 partly); 1 and 3 share b (1 partly)."""
    known = truth(judged("a", "aB", "A", "b"), ["", "", "", ""])

    assert found(known, "all") == {
        0: {1: 3, 2: 2},
        1: {0: 3, 2: 2, 3: 2},
        2: {0: 2, 1: 2},
        3: {1: 2},
    }


def test_groups_that_share_an_image_are_one_unit() -> None:
    """Groups a and b share image 1; c stands alone."""
    known = truth(judged("a", "ab", "b", "c", "c"), [""] * 5)

    units = {query.row: query.unit for query in known.queries("all")}

    assert units[0] == units[1] == units[2] != units[3] == units[4]


GROUPS = st.lists(st.sampled_from(["", "a", "b", "c", "ab", "bC", "A"]), min_size=2, max_size=9)


@given(GROUPS, st.data())
def test_answers_are_the_naive_ones(groups: list[str], data) -> None:
    """Average precision, places and nearest of each query, in both scopes, with ties."""
    count = len(groups)
    numbers = st.lists(st.integers(0, 4), min_size=count, max_size=count)
    scores = np.array(data.draw(st.lists(numbers, min_size=count, max_size=count)))
    sources = data.draw(st.lists(st.sampled_from(["", "x", "y"]), min_size=count, max_size=count))
    known = truth(judged(*groups), sources)
    scope = data.draw(st.sampled_from(["all", "others"]))

    measured = measure(Matrix(scores if scope == "all" else scores * 0, scores), known, scope)

    asked = []
    for row in range(count):
        there = [
            other
            for other in range(count)
            if other != row
            and (scope == "all" or not sources[row] or sources[row] != sources[other])
        ]
        there.sort(key=lambda other: (-scores[row][other], other))
        right = [bool(set(groups[row].lower()) & set(groups[o].lower())) for o in there]
        if any(right):
            places = np.flatnonzero(right) + 1
            asked.append((row, there[:10], places.tolist(), average_precision(places)))
    assert asked == [
        (one.row, one.nearest.tolist(), one.ranks.tolist(), one.values[METRICS.index("map")])
        for one in measured.answers
    ]


def test_crossings_ask_each_other_source_that_holds_a_relative() -> None:
    """Image 0 finds the right one in source y and the wrong one in z; w holds no relative."""
    known = truth(judged("a", "a", "", "a", "", ""), ["x", "y", "y", "z", "z", "w"])
    scores = np.zeros((6, 6))
    scores[0] = [0, 5, 4, 1, 2, 9]

    crossings = measure(Matrix(scores), known, "others").crossings

    by_source = {known.sources[row]: name for row, name in enumerate("xyyzzw")}
    assert [
        (by_source[one.asked], by_source[one.among], one.right)
        for one in crossings
        if by_source[one.asked] == "x"
    ] == [("x", "y", True), ("x", "z", False)]


def test_images_without_source_make_no_crossings() -> None:
    """There is no manuscript to collate with."""
    known = truth(judged("a", "a", "a"), ["", "x", ""])

    assert measure(Matrix(np.zeros((3, 3))), known, "others").crossings == ()


def test_examples_are_the_worst_and_best_one_a_group() -> None:
    """Group a is found at once, b at the end: shown once each, with what was missed."""
    count = 14
    groups = ["a", "a", "b", "b"] + [""] * (count - 4)
    scores = np.zeros((count, count))
    scores[0, 1] = scores[1, 0] = 1
    scores[2, 3] = scores[3, 2] = -1
    known = truth(judged(*groups), [""] * count)

    shown = examples(measure(Matrix(scores), known, "all"))

    assert [(one.row, one.right, one.missed) for one in shown.worst] == [
        (2, (False,) * 10, ((3, 13),))
    ]
    assert [(one.row, one.right[0], one.missed) for one in shown.best] == [(0, True, ())]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_place_of_the_original_is_the_naive_one(pairs: list[tuple[int, int]]) -> None:
    """Sorted by score and row, the first image with the original's content counts."""
    scores = np.array([score for score, _ in pairs], np.float32)
    contents = np.array([content for _, content in pairs])

    ranked = sorted(range(len(pairs)), key=lambda row: (-scores[row], row))
    first = next(at for at, row in enumerate(ranked) if contents[row] == contents[0])

    assert place(scores, 0, contents) == first + 1


def test_known_items_are_summed_up() -> None:
    """Places 1, 1, 2 and 4: half are first, and the mean of one over the place is 0.6875."""
    item = known_item("form", "mirrored", [1, 1, 2, 4], draws=200)

    assert (item.queries, item.p_at_1.value, item.mrr.value) == (4, 0.5, pytest.approx(0.6875))
    assert item.p_at_1.low < 0.5 < item.p_at_1.high
