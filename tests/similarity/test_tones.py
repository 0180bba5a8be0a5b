"""Correlations of tones in the eight orientations."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.pieces import PieceLikeness, Pieces
from builder.similarity.tones import Tones


@given(st.integers(1, 6), st.integers(2, 7), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_they_are_those_of_the_turned_squares(count: int, side: int, seed: int) -> None:
    """Mirrored left to right for the last four, then turned with the clock."""
    squares = np.random.default_rng(seed).normal(size=(count, side, side)).astype(np.float32)
    tones = Tones(squares.reshape(count, -1))

    for i in range(count):
        found = tones.alike(i, np.arange(count))
        for o in range(8):
            one = np.rot90(squares[i][:, ::-1] if o >= 4 else squares[i], -(o % 4))
            expected = [(one * other).sum() for other in squares]
            np.testing.assert_allclose(found[o], expected, rtol=1e-4, atol=1e-4)


def test_tones_decide_where_lines_cannot() -> None:
    """A figure whose lines are the same in all orientations lies as its tones say."""
    same = np.ones((1, 8, 3), np.float32) / np.sqrt(3)
    vectors = np.ones((2, 3), np.float32) / np.sqrt(3)
    pieces = Pieces(
        vectors,
        np.ones(2, np.float32),
        np.arange(3),
        {0: same}.__getitem__,
        np.arange(8),
    )
    likeness = PieceLikeness(pieces, lambda rows, group: rows)
    more = np.zeros((8, 1), np.float32)
    more[6] = 0.1

    assert likeness.orientations(0, np.array([1])).tolist() == [0]
    assert likeness.orientations(0, np.array([1]), more).tolist() == [6]
