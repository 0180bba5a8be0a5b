"""Lines found are matched with lines known as Kalleli and others compare them."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.vectors.score import Score, distance, score
from builder.vectors.types import Arc, Circle, Found, Segment

number = st.floats(-100, 100)
segments = st.builds(Segment, number, number, number, number)


def found(*shapes: object, sure: float = 0.5) -> list[Found]:
    return [Found(shape, sure - 0.01 * at, 0.0) for at, shape in enumerate(shapes)]  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(segments, segments)
def test_segments_are_compared_by_their_ends_either_way_round(
    first: Segment, second: Segment
) -> None:
    """The distance is the root of the mean square over both ends, the better order."""
    ends = [(first.x1, first.y1), (first.x2, first.y2)]
    others = [(second.x1, second.y1), (second.x2, second.y2)]
    naive = min(
        math.sqrt(sum(math.dist(a, b) ** 2 for a, b in zip(ends, order, strict=True)) / 2)
        for order in permutations(others)
    )
    assert distance(first, second) == pytest.approx(naive)


def test_circles_are_compared_by_four_points() -> None:
    """A shift moves all four by as much, a larger radius by the difference."""
    assert distance(Circle(0, 0, 5), Circle(3, 4, 5)) == pytest.approx(5)
    assert distance(Circle(0, 0, 5), Circle(0, 0, 7)) == pytest.approx(2)


def test_arcs_are_compared_by_start_middle_and_end() -> None:
    """The same half circle, begun at the other end, is the same."""
    assert distance(Arc(0, 0, 5, 0, 180), Arc(0, 0, 5, 0, 180)) == pytest.approx(0)
    there = Arc(0, 0, 5, 0, 180).points()
    assert np.allclose(there, [(5, 0), (0, 5), (-5, 0)])
    assert distance(Arc(0, 0, 5, 0, 180), Circle(0, 0, 5)) == math.inf


def test_each_line_is_found_once() -> None:
    """Of two that match one line the more certain is right; ornament counts for nothing."""
    known = [Segment(0, 0, 10, 0), Segment(0, 5, 10, 5)]
    ornament = [Circle(20, 20, 3)]
    told = score(
        found(Segment(0, 1, 10, 1), Segment(10, 0, 0, 0), Circle(20, 20, 3), Circle(50, 50, 3)),
        known,
        ornament,
        2.0,
    )
    assert told["segment"] == Score(1, 1, 1, ((0.5, True), (0.49, False)))
    assert (told["circle"].wrong, told["circle"].missed) == (1, 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=12), st.integers(0, 4))
def test_average_precision_is_the_area_under_the_best_precision(
    ranked: list[tuple[float, bool]], missed: int
) -> None:
    """Equal to a naive sum over ranks of hits."""
    right = sum(hit for _, hit in ranked)
    told = Score(right, len(ranked) - right, missed, tuple(ranked)).average_precision
    if right + missed == 0:
        assert math.isnan(told)
        return
    order = [hit for _, hit in sorted(ranked, key=lambda one: -one[0])]
    at = [sum(order[: rank + 1]) / (rank + 1) for rank in range(len(order))]
    naive = sum(max(at[rank:]) for rank, hit in enumerate(order) if hit) / (right + missed)
    assert told == pytest.approx(naive)
