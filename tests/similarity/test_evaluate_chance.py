"""Intervals, differences and corrections."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.similarity.evaluate.compare import compare, holm, randomisation
from builder.similarity.evaluate.intervals import bootstrap, means, summarise, two_way_recall
from builder.similarity.evaluate.types import METRICS, Answer, Crossing, Measured, Scope

NONE = np.array([], np.int64)


def measured(
    view: str,
    precisions: list[float],
    units: list[int],
    crossings: tuple[Crossing, ...] = (),
    scope: Scope = "all",
) -> Measured:
    """Answers whose every measure is the given number."""
    answers = [
        Answer(row, unit, np.full(len(METRICS), value), NONE, NONE, NONE)
        for row, (value, unit) in enumerate(zip(precisions, units, strict=True))
    ]
    return Measured(view, scope, tuple(answers), crossings)


def test_mean_is_over_queries_and_interval_over_groups() -> None:
    """Twenty equal queries of one group count twenty times in the mean, but move as one."""
    values = np.array([[0.0]] * 20 + [[1.0]] * 20)

    (as_two,) = means(values, np.repeat([0, 1], 20))
    (as_forty,) = means(values, np.arange(40))

    assert as_two.value == as_forty.value == 0.5
    assert (as_two.low, as_two.high) == (0, 1)
    assert 0.3 < as_forty.low < 0.4 < 0.6 < as_forty.high < 0.7


def test_interval_agrees_with_theory() -> None:
    """For 400 independent normal values the interval is the mean +- 1.96 standard errors."""
    values = np.random.default_rng(3).normal(size=(400, 1))
    error = float(values.std()) / 20

    (found,) = means(values, np.arange(400))

    assert found.low == pytest.approx(float(values.mean()) - 1.96 * error, abs=0.15 * error)
    assert found.high == pytest.approx(float(values.mean()) + 1.96 * error, abs=0.15 * error)


def test_intervals_are_the_same_every_time() -> None:
    """Seeded; other seeds draw otherwise."""
    values = np.random.default_rng(1).random((30, 2))
    units = np.arange(30) // 3

    assert means(values, units) == means(values, units)
    assert means(values, units) != means(values, units, seed=1)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), min_size=1, max_size=20))
def test_weighted_groups_are_repeated_queries(pairs: list[tuple[int, float]]) -> None:
    """A draw of groups gives the mean over the queries of the drawn groups, repeats included."""
    units = np.unique([unit for unit, _ in pairs], return_inverse=True)[1]
    values = np.array([value for _, value in pairs])[:, None]
    groups = int(units.max()) + 1

    (found,) = means(values, units, draws=1, seed=7)

    drawn = np.random.default_rng(7).integers(0, groups, groups)
    repeated = np.concatenate([values[units == unit] for unit in drawn])
    assert found.value == pytest.approx(float(values.mean()))
    assert found.low == found.high == pytest.approx(float(repeated.mean()))


def test_two_way_recall_by_hand() -> None:
    """From x to y: 1 of 2 right; y to x: 1 of 1; x to z: 0 of 1. Mean of the three directions."""
    crossings = (
        Crossing(0, 1, 5, True),
        Crossing(0, 1, 6, False),
        Crossing(1, 0, 5, True),
        Crossing(0, 2, 6, False),
    )
    recall = two_way_recall(crossings, {5: 0, 6: 1})

    assert recall(np.array([1.0, 1.0])) == pytest.approx([(1 / 2 + 1 + 0) / 3])
    assert recall(np.array([2.0, 0.0])) == pytest.approx([(1 + 1) / 2])
    assert np.isnan(recall(np.array([0.0, 0.0]))).all()


def test_summary_holds_all_measures() -> None:
    """Counts of queries, groups and pairs of sources; a value and interval for each measure."""
    crossings = (Crossing(0, 1, 4, True), Crossing(1, 0, 9, False))

    one = summarise(measured("form", [0.0, 1.0, 0.5], [4, 9, 4], crossings, "others"), draws=100)

    assert (one.view, one.scope, one.queries, one.groups, one.pairs) == ("form", "others", 3, 2, 1)
    assert {key: one.values[key].value for key in METRICS} == dict.fromkeys(METRICS, 0.5)
    assert one.two_way is not None
    assert one.two_way.value == 0.5


def test_bootstrap_leaves_out_what_is_undefined() -> None:
    """Draws without any case of a statistic do not spoil its interval."""
    (found,) = bootstrap(lambda w: np.array([1.0 if w[0] else np.nan]), 2, draws=50)

    assert (found.value, found.low, found.high) == (1, 1, 1)


@given(st.lists(st.integers(-8, 8), min_size=1, max_size=8))
def test_few_groups_are_flipped_in_all_ways(sums: list[int]) -> None:
    """The p value is the share of all sign patterns that reach the sum."""
    reached = [
        abs(sum(s * d for s, d in zip(signs, sums, strict=True))) >= abs(sum(sums))
        for signs in product([1, -1], repeat=len(sums))
    ]

    assert randomisation(np.array(sums, float)) == pytest.approx(np.mean(reached))


def test_many_groups_are_flipped_at_random() -> None:
    """A random p lies near that of the normal approximation, and never is zero."""
    drawn = np.random.default_rng(5).normal(0.2, 1, 80)
    z = abs(drawn.sum()) / np.sqrt((drawn**2).sum())

    p = randomisation(drawn)

    from scipy.stats import norm

    assert p == pytest.approx(2 * norm.sf(z), abs=0.02)
    assert randomisation(np.ones(80)) == pytest.approx(1 / 10_001)


def test_differences_of_alike_views_are_chance() -> None:
    """A small p is rare when both views are noise: about one in twenty is below 0.05."""
    rng = np.random.default_rng(11)

    small = [randomisation(rng.normal(size=12)) < 0.05 for _ in range(400)]

    assert 0.02 < np.mean(small) < 0.09


def test_holm_by_hand() -> None:
    """0.01 x 4, then 0.02 x 3, then 0.03 x 2 which may not fall below, then 0.5 x 1."""
    assert holm([0.5, 0.01, 0.03, 0.02]) == pytest.approx([0.5, 0.04, 0.06, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []


def test_views_are_compared_in_pairs_within_a_scope() -> None:
    """Three comparisons among all, none across scopes; differences by queries, p by groups."""
    units = [0, 0, 1, 2, 3, 4, 5, 6]
    better, worse = [0.9] * 8, [0.4] * 8
    found = compare(
        [
            measured("a", better, units),
            measured("a", better, units, scope="others"),
            measured("b", worse, units),
            measured("c", worse, units),
        ],
        draws=100,
    )

    assert [(one.first, one.second, one.scope) for one in found] == [
        ("a", "b", "all"),
        ("a", "c", "all"),
        ("b", "c", "all"),
    ]
    assert [one.difference.value for one in found] == pytest.approx([0.5, 0.5, 0])
    assert [one.p for one in found] == [2 / 2**7, 2 / 2**7, 1]
    assert [one.p_holm for one in found] == [6 / 2**7, 6 / 2**7, 1]
