"""Measures of one ranking: against cases worked by hand, and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, label_ranking_average_precision_score
from sklearn.metrics import ndcg_score as outside_ndcg

from builder.similarity.evaluate.metrics import average_precision, ndcg, order, recall, values
from builder.similarity.evaluate.types import METRICS

GRADES = st.lists(st.integers(0, 3), min_size=2, max_size=40).filter(any)


def ranks(*places: int) -> np.ndarray:
    return np.array(places, np.int64)


def in_order(grades: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places and grades of the relevant ones, and scores that put the list in this order."""
    places = np.flatnonzero(grades) + 1
    return places, np.array(grades)[places - 1], -np.arange(len(grades), dtype=float)


@pytest.mark.parametrize(
    ("places", "depth", "expected"),
    [
        ((1, 3), None, (1 / 1 + 2 / 3) / 2),
        ((2, 4, 5), None, (1 / 2 + 2 / 4 + 3 / 5) / 3),
        ((1, 25), None, (1 + 2 / 25) / 2),
        ((1, 25), 20, 1 / 2),
        ((21,), 20, 0),
        (tuple(range(1, 31)), 20, 1),
    ],
)
def test_average_precision_by_hand(places: tuple[int, ...], depth, expected: float) -> None:
    """AP = (1/R) sum i / r(i); at a depth what is further down adds nothing, perfection is 1."""
    assert average_precision(ranks(*places), depth) == pytest.approx(expected)


def test_other_measures_by_hand() -> None:
    """Relevant ones at the places 2, 4 and 12, with grades 1, 3 and 2."""
    found = dict(zip(METRICS, values(ranks(2, 4, 12), ranks(1, 3, 2)), strict=True))

    assert found["p_at_1"] == 0
    assert found["mrr"] == 1 / 2
    assert found["recall_1"] == 0
    assert found["recall_5"] == found["recall_10"] == pytest.approx(2 / 3)
    assert found["recall_20"] == 1
    gained = 1 / np.log2(3) + 3 / np.log2(5)
    best = 3 / np.log2(2) + 2 / np.log2(3) + 1 / np.log2(4)
    assert found["ndcg_at_10"] == pytest.approx(gained / best)


@given(GRADES)
def test_average_precision_is_that_of_scikit_learn(grades: list[int]) -> None:
    """Two of its definitions, which agree where no scores are equal."""
    places, _, scores = in_order(grades)
    right = np.array(grades) > 0

    ours = average_precision(places)

    assert ours == pytest.approx(average_precision_score(right, scores))
    assert ours == pytest.approx(label_ranking_average_precision_score([right], [scores]))


@given(GRADES)
def test_gain_is_that_of_scikit_learn(grades: list[int]) -> None:
    """Cut at 10, with grades as gains."""
    places, levels, scores = in_order(grades)

    assert ndcg(places, levels) == pytest.approx(outside_ndcg([grades], [scores], k=10))


@given(GRADES, st.integers(1, 25))
def test_cut_measures_are_the_naive_ones(grades: list[int], depth: int) -> None:
    """Precision at each right place of the list's start, and counts."""
    places, _, _ = in_order(grades)
    right = [grade > 0 for grade in grades]
    sums = sum(sum(right[: at + 1]) / (at + 1) for at in range(min(depth, len(right))) if right[at])

    assert average_precision(places, depth) == pytest.approx(sums / min(sum(right), depth))
    assert recall(places, depth) == pytest.approx(sum(right[:depth]) / sum(right))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.randoms())
def test_order_breaks_ties_by_row(levels: list[int], chance) -> None:
    """Highest score first, equal ones by row, and only candidates."""
    scores = np.array(levels, np.float32)
    candidates = np.array([chance.random() < 0.7 for _ in levels], bool)

    expected = sorted(np.flatnonzero(candidates).tolist(), key=lambda row: (-levels[row], row))

    assert order(scores, candidates).tolist() == expected
