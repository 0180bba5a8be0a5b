"""Two sources side by side: who answers whom, in which order, and the tree of all."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.collate.answers import answers
from builder.collate.scores import LENT, REACH, mutual_best, normalised, propagated
from builder.collate.tree import distances, joined
from builder.collate.types import Answer, Collation


def scores(seed: int, rows: int, columns: int) -> np.ndarray:
    return np.random.default_rng(seed).random((rows, columns)).astype(np.float32)


def found(matrix: np.ndarray, least: float = 0.5, ordered: bool = False) -> tuple[Answer, ...]:
    rows = range(matrix.shape[0]), range(100, 100 + matrix.shape[1])
    return answers(matrix, rows, 0.0, least, ordered)


def told(matrix: np.ndarray, **how: object) -> list[tuple[int, int, bool, bool]]:
    return [(one.a, one.b - 100, one.mutual, one.crossing) for one in found(matrix, **how)]


SIZES = st.tuples(st.integers(0, 999), st.integers(1, 30), st.integers(1, 30))


@settings(deadline=None, max_examples=20)
@given(SIZES)
def test_shares_and_what_is_lent_are_those_of_the_paper(size: tuple[int, int, int]) -> None:
    """Shares of row and column are added; each mutual pair multiplies what lies near it."""
    matrix = scores(*size).astype(np.float64)

    shares = normalised(matrix)
    lifted = propagated(shares)

    naive = matrix / matrix.max(axis=1, keepdims=True) + matrix / matrix.max(axis=0, keepdims=True)
    np.testing.assert_allclose(shares, naive)
    best = np.argwhere(mutual_best(shares))
    for i, j in np.ndindex(*matrix.shape):
        apart = ((best - (i, j)) ** 2).sum(axis=1)
        factor = np.prod(1 + LENT * np.exp(-apart / (2 * REACH**2)))
        assert abs(lifted[i, j] / (naive[i, j] * factor) - 1) < 0.01


@given(SIZES)
def test_answers_are_the_best_of_row_and_column(size: tuple[int, int, int]) -> None:
    """Nothing else is told, each once, in page order, and only what is believed."""
    matrix = scores(*size)
    shares = np.where(matrix >= 0.5, normalised(matrix), 0)
    by_row = {(i, int(line.argmax())) for i, line in enumerate(shares) if line.max() > 0}
    by_column = {(int(line.argmax()), j) for j, line in enumerate(shares.T) if line.max() > 0}

    got = told(matrix)

    assert [one[:2] for one in got] == sorted(by_row | by_column)
    assert {one[:2] for one in got if one[2]} == by_row & by_column


@given(st.permutations(range(7)))
def test_as_few_as_possible_are_called_transposed(order: list[int]) -> None:
    """What is not transposed is a longest rising run of the mutual answers."""
    matrix = np.eye(7, dtype=np.float32)[list(order)]

    kept = [one[1] for one in told(matrix) if not one[3]]

    longest = max(
        len(some)
        for count in range(8)
        for some in itertools.combinations(order, count)
        if list(some) == sorted(some)
    )
    assert kept == sorted(kept)
    assert len(kept) == longest


def test_one_image_answers_several() -> None:
    """Two of one source with the same best: one is mutual, the other one way."""
    assert told(np.array([[0.9, 0.0], [0.8, 0.1]], np.float32)) == [
        (0, 0, True, False),
        (1, 0, False, False),
    ]


def test_order_decides_between_two_that_are_as_alike() -> None:
    """Of two equal columns the one near a sure pair is taken, but only if order is asked."""
    matrix = np.zeros((30, 30), np.float32)
    matrix[range(6, 16), range(6, 16)] = 1.0
    matrix[16, 2] = matrix[16, 16] = 0.8

    assert (16, 2, True) in [one[:3] for one in told(matrix)]
    assert (16, 16, True) in [one[:3] for one in told(matrix, ordered=True)]


def test_nothing_believed_is_no_collation() -> None:
    """Below the threshold, without images, or where nobody knows chance, nothing answers."""
    assert found(np.full((3, 4), 0.4, np.float32)) == ()
    assert found(np.zeros((0, 4), np.float32)) == ()
    assert found(np.ones((3, 4), np.float32), least=float("inf")) == ()


@settings(deadline=None)  # SciPy is loaded by the first
@given(st.integers(0, 99), st.integers(3, 9))
def test_tree_joins_by_average_distance(seed: int, count: int) -> None:
    """Every step joins the two groups whose members are the least apart on average."""
    half = np.triu(np.random.default_rng(seed).random((count, count)), 1)
    apart = half + half.T

    joins = joined(apart)

    groups = {one: [one] for one in range(count)}
    for step, join in enumerate(joins):
        means = {
            (a, b): apart[np.ix_(groups[a], groups[b])].mean()
            for a, b in itertools.combinations(sorted(groups), 2)
        }
        assert means[min(join.left, join.right), max(join.left, join.right)] == min(means.values())
        assert abs(join.height - min(means.values())) < 1e-9
        groups[count + step] = groups.pop(join.left) + groups.pop(join.right)
    assert len(groups) == 1


def test_distance_is_what_has_no_answer() -> None:
    """Of the smaller source; pairs that are not there are as far as can be."""
    both = tuple(Answer(row, row, 0.7, True) for row in range(3))
    one_way = Answer(0, 1, 0.6, False)

    apart = distances([4, 10, 5], [Collation(0, 1, (*both, one_way))])

    assert apart.tolist() == [[0, 0.25, 1], [0.25, 0, 1], [1, 1, 0]]
    assert joined(apart[:2, :2]) == ()
