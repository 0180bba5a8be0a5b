"""Figures compared by their pieces, against all assignments and all turns tried one by one."""

from __future__ import annotations

from itertools import permutations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.pieces import DOUBT, MOST, PieceLikeness, Pieces

CASES = st.tuples(
    st.lists(st.integers(0, MOST), min_size=1, max_size=6),  # pieces of each figure
    st.integers(1, 2),  # small turns
    st.integers(1, 6),  # numbers of a vector
    st.integers(0, 2**31),
)


class Case:
    """Random figures; views are kept so that they can be looked at one by one."""

    def __init__(self, counts: list[int], turns: int, d: int, seed: int, penalty: float) -> None:
        rng = np.random.default_rng(seed)
        self.counts, self.penalty = counts, penalty
        self.orientation = np.tile(np.arange(8), turns)
        self.vectors = [unit(rng.normal(size=(count, d))) for count in counts]
        self.views = [unit(rng.normal(size=(count, 8 * turns, d))) for count in counts]
        self.weights = [rng.dirichlet(np.ones(count)) if count else np.zeros(0) for count in counts]
        flat = np.concatenate([np.zeros(0), *self.weights]).astype(np.float32)
        vectors = np.concatenate([np.zeros((0, d), np.float32), *self.vectors])
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        pieces = Pieces(vectors, flat, starts, self.views.__getitem__, self.orientation, penalty)
        self.likeness = PieceLikeness(pieces, lambda rows, group: rows)

    def naive(self, i: int, j: int, only: int | None = None) -> float:
        """The best of all one-to-one assignments, each pair in its best turn (or one of `only`)."""
        few, many = sorted((self.counts[i], self.counts[j]))
        ways = permutations(range(many), few)
        return max((self._sum(i, j, way, only) for way in ways), default=0.0)

    def _sum(self, i: int, j: int, way: tuple[int, ...], only: int | None) -> float:
        pairs = list(enumerate(way))
        if self.counts[i] > self.counts[j]:
            pairs = [(b, a) for a, b in pairs]
        return sum(
            sqrt(self.weights[i][a] * self.weights[j][b]) * self._cosine(i, a, j, b, only)
            for a, b in pairs
        )

    def _cosine(self, i: int, a: int, j: int, b: int, only: int | None) -> float:
        best = 0.0  # what is unlike counts nothing
        for view, orientation in zip(self.views[i][a], self.orientation, strict=True):
            if only is not None and orientation != only:
                continue
            off = self.penalty if orientation and only is None else 0.0
            best = max(best, float(view @ self.vectors[j][b]) - off)
        return best


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


@given(CASES, st.sampled_from([0.0, 0.1, 0.5]))
@settings(max_examples=60, deadline=None)
def test_likeness_is_that_of_the_best_assignment(case: tuple, penalty: float) -> None:
    """Every figure with every figure, also such as have no pieces; turned ones pay the penalty."""
    made = Case(*case, penalty)
    n = len(made.counts)
    expected = [[made.naive(i, j) for j in range(n)] for i in range(n)]

    done: list[int] = []
    found = made.likeness.matrix(done.append)

    assert len(made.likeness) == sum(done) == n
    np.testing.assert_allclose(expected, found, atol=2e-5)
    for i in range(n):
        assert np.array_equal(found[i], made.likeness.row(i))


@given(CASES)
@settings(max_examples=40, deadline=None)
def test_orientations_are_the_best_of_eight(case: tuple) -> None:
    """One for all pieces of a pair; the plainer unless another is clearly better."""
    made = Case(*case, 0.0)
    n = len(made.counts)

    for i in range(n):
        found = made.likeness.orientations(i, np.arange(n))
        assert found.dtype == np.uint8
        for j in range(n):
            totals = [made.naive(i, j, only=way) for way in range(8)]
            totals = [total + ahead for total, ahead in zip(totals, DOUBT, strict=True)]
            equal = max(totals) - 1e-3
            # Rounding may decide where a total is just as far from the best as counts as equal.
            assert totals[found[j]] >= equal - 1e-5
            assert all(total < equal + 1e-5 for total in totals[: found[j]])


@given(CASES)
@settings(max_examples=40, deadline=None)
def test_answers_are_the_best_assignment(case: tuple) -> None:
    """Each piece answers one, no piece answers two, and the pairs are worth as much as can be."""
    made = Case(*case, 0.0)
    n = len(made.counts)
    for i in range(n):
        lie = made.likeness.orientations(i, np.arange(n))
        partners, cosines = made.likeness.answers(i, np.arange(n), lie)
        for j in range(n):
            own, way = made.counts[i], int(lie[j])
            given = [(a, int(b)) for a, b in enumerate(partners[j]) if b >= 0]
            assert all(a < own and b < made.counts[j] for a, b in given)
            assert len({b for _, b in given}) == len(given)
            total = 0.0
            for a, b in given:
                alike = made._cosine(i, a, j, b, way)
                assert cosines[j, a] == pytest.approx(alike, abs=1e-5)
                total += sqrt(made.weights[i][a] * made.weights[j][b]) * alike
            assert total == pytest.approx(made.naive(i, j, only=way), abs=1e-5)


def test_a_turned_copy_lies_as_it_was_turned() -> None:
    """Two pieces, both turned the same way, are found in that orientation."""
    rng = np.random.default_rng(0)
    views = unit(rng.normal(size=(2, 8, 30)))
    for orientation in range(8):
        vectors = np.concatenate([views[:, 0], views[:, orientation]])
        pieces = Pieces(
            vectors,
            np.array([0.7, 0.3, 0.6, 0.4], np.float32),
            np.array([0, 2, 4]),
            {0: views}.__getitem__,
            np.arange(8),
        )
        likeness = PieceLikeness(pieces, lambda rows, group: rows)

        assert likeness.orientations(0, np.array([1, 0])).tolist() == [orientation, 0]
        expected = sqrt(0.7 * 0.6) + sqrt(0.3 * 0.4)
        assert pytest.approx([1, expected], abs=1e-5) == likeness.row(0).tolist()


def test_figures_without_pieces_are_like_nothing() -> None:
    """Neither among themselves, nor with others, nor asked from outside."""
    none = Case([0, 0, 0], 1, 4, 0, 0.0)
    some = Case([0, 2], 1, 4, 0, 0.0)

    assert not none.likeness.matrix(lambda _: None).any()
    assert not none.likeness.orientations(0, np.arange(3)).any()
    assert not none.likeness.asked_rows(np.ones((1, 8, 4), np.float32), (1.0,)).any()
    assert not some.likeness.row(0).any()
    assert not some.likeness.asked_rows(np.zeros((0, 4)), ()).any()
    assert some.likeness.orientations(0, np.zeros(0, np.int64)).shape == (0,)


@given(CASES)
@settings(max_examples=30, deadline=None)
def test_a_figure_asked_from_outside_scores_as_inside(case: tuple) -> None:
    """The same views and weights give the same row."""
    made = Case(*case, 0.0)

    for i, weights in enumerate(made.weights):
        asked = made.likeness.asked_rows(made.views[i], weights.tolist())
        np.testing.assert_allclose(made.likeness.row(i), asked, atol=1e-6)
