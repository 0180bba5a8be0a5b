"""Results for the images that stay, brought back to the rows of all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builder.measures.leaving import all_rows, neighbours_of_all, spread
from builder.similarity.types import NeighbourList, Neighbours


@given(st.lists(st.booleans(), max_size=20))
def test_rows_come_back_to_their_places(kept: list[bool]) -> None:
    """Row i of those that stay is the i-th place that is kept; others get the filling."""
    mask = np.array(kept, bool)
    places = [place for place, stays in enumerate(kept) if stays]
    rows = np.arange(-1, len(places)).astype(np.int32)

    assert all_rows(rows, mask).tolist() == [-1, *places]
    whole = spread(np.array(places, np.int32), mask, -7).tolist()
    assert whole == [place if stays else -7 for place, stays in enumerate(kept)]


def test_who_is_left_out_has_no_neighbours_and_is_nobodys() -> None:
    """Image 1 of 3 is left out: the others keep each other, it keeps nobody."""
    one = NeighbourList(
        np.array([[1], [0]], np.int32),
        np.array([[0.5], [0.5]], np.float32),
        np.ones((2, 1), bool),
        np.array([[3], [3]], np.uint8),
        percentile=np.array([[0.9], [0.9]], np.float32),
    )

    whole = neighbours_of_all(Neighbours(one, one), np.array([True, False, True])).all

    assert whole.rows.tolist() == [[2], [-1], [0]]
    assert whole.scores.tolist() == [[0.5], [0], [0.5]]
    assert whole.mutual.tolist() == [[True], [False], [True]]
    assert whole.orientation.tolist() == [[3], [0], [3]]
    assert whole.percentile is not None
    assert whole.percentile.shape == (3, 1)
    assert whole.chance is None
