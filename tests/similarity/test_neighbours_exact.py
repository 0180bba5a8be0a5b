"""Neighbours against the naive ranking of all cosines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.blocks import Grid
from builder.similarity.gram import cosine_gram, distinct
from builder.similarity.neighbours import mutual, nearest, top

SMALL = st.tuples(st.integers(1, 40), st.integers(1, 12), st.integers(0, 2**31))


def features_with_twins(n: int, d: int, seed: int) -> np.ndarray:
    """Random rows among which some are equal, some opposite and some zero."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(n, d)).astype(np.float16)
    for row in range(1, n):
        draw = rng.random()
        if draw < 0.3:
            rows[row] = rows[rng.integers(row)]
        elif draw < 0.35:
            rows[row] = 0
    return rows


def neighbours_of(rows: np.ndarray, sources: list[str], count: int):
    chosen, index = distinct(rows, np.arange(len(rows)))
    return nearest(cosine_gram(rows, chosen, grid=Grid(7, 14, 5)), index, sources, count)


def naive_cosines(rows: np.ndarray) -> np.ndarray:
    exact = rows.astype(np.float64)
    lengths = np.linalg.norm(exact, axis=1, keepdims=True)
    exact = np.divide(exact, lengths, out=np.zeros_like(exact), where=lengths > 0)
    return exact @ exact.T


def naive_ranking(rows: np.ndarray, row: int, candidates: list[int]) -> list[int]:
    """Descending cosine, equal contents in order of rows; cosines in exact-enough float64."""
    cosines = naive_cosines(rows)[row]
    keys = {bytes(rows[i]): i for i in reversed(range(len(rows)))}
    # Equal contents have the cosine of their first row, so that ties are ties.
    return sorted(candidates, key=lambda i: (-cosines[keys[bytes(rows[i])]], i))


@given(SMALL, st.integers(1, 25))
@settings(max_examples=150, deadline=None)
def test_neighbours_equal_the_naive_cosine_ranking(shape: tuple[int, int, int], count: int) -> None:
    """Every list is the naive one, up to cosines that float32 cannot tell apart."""
    rows = features_with_twins(*shape)
    found = neighbours_of(rows, [""] * len(rows), count).all
    cosines = naive_cosines(rows)
    for row in range(len(rows)):
        expected = naive_ranking(rows, row, [i for i in range(len(rows)) if i != row])[:count]
        actual = found.rows[row].tolist()

        assert len(expected) == len(actual)
        np.testing.assert_allclose(found.scores[row], cosines[row][expected], atol=2e-6)
        for wanted, got in zip(expected, actual, strict=True):
            assert wanted == got or abs(cosines[row][wanted] - cosines[row][got]) < 1e-6


@given(st.integers(2, 60), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_equal_pictures_are_ranked_by_row(n: int, seed: int) -> None:
    """Among bit-equal features the order is exactly that of the rows."""
    rng = np.random.default_rng(seed)
    contents = rng.normal(size=(3, 8)).astype(np.float16)
    rows = contents[rng.integers(3, size=n)]

    found = neighbours_of(rows, [""] * n, n).all.rows

    for row in range(n):
        others = [i for i in range(n) if i != row]
        assert naive_ranking(rows, row, others) == found[row].tolist()


@given(SMALL, st.integers(1, 25), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_other_sources_exclude_the_own_source(
    shape: tuple[int, int, int], count: int, kinds: int
) -> None:
    """The second list holds the nearest of other sources; no source means a source of its own."""
    rows = features_with_twins(*shape)
    names = ["", "A", "B", "C"][:kinds]
    rng = np.random.default_rng(shape[2])
    sources = [names[i] for i in rng.integers(len(names), size=len(rows))]

    found = neighbours_of(rows, sources, count)

    for row in range(len(rows)):
        allowed = [
            i
            for i in range(len(rows))
            if i != row and (not sources[i] or sources[i] != sources[row])
        ]
        listed = [i for i in found.others.rows[row].tolist() if i >= 0]
        assert min(count, len(allowed)) == len(listed)
        assert set(listed) <= set(allowed)
        padding = found.others.rows[row] < 0
        assert not found.others.scores[row][padding].any()


@given(SMALL, st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_mutual_marks_are_those_of_the_definition(shape: tuple[int, int, int], count: int) -> None:
    """A mark stands exactly where each is in the other's list."""
    found = neighbours_of(features_with_twins(*shape), [""] * shape[0], count).all
    lists = [set(row.tolist()) for row in found.rows]
    expected = [
        [row in lists[other] if other >= 0 else False for other in found.rows[row].tolist()]
        for row in range(shape[0])
    ]

    assert expected == found.mutual.tolist() if count and shape[0] > 1 else True
    assert expected == mutual(found.rows).tolist()


def test_an_image_is_never_its_own_neighbour_even_among_thirty_equal_ones() -> None:
    """Thirty identical images list the twenty first others."""
    rows = np.tile(np.arange(1, 9, dtype=np.float16), (30, 1))

    found = neighbours_of(rows, [""] * 30, 20).all

    assert [i for i in range(21) if i != 4][:20] == found.rows[4].tolist()
    assert np.allclose(1, found.scores)


@pytest.mark.parametrize("n", [1, 2])
def test_one_and_two_images(n: int) -> None:
    """Tiny collections have lists as long as there are others."""
    found = neighbours_of(np.ones((n, 4), np.float16), [""] * n, 20).all

    assert (n, n - 1) == found.rows.shape


@given(
    st.lists(st.integers(-3, 3), min_size=1, max_size=40),
    st.integers(1, 45),
    st.integers(0, 2**31),
)
def test_top_equals_a_stable_sort(values: list[int], count: int, seed: int) -> None:
    """The highest scores among candidates, ties by row."""
    scores = np.array(values, np.float32)
    candidates = np.random.default_rng(seed).random(len(values)) < 0.7
    expected = sorted(np.flatnonzero(candidates).tolist(), key=lambda i: (-values[i], i))[:count]

    assert expected == top(scores, candidates, count).tolist()
