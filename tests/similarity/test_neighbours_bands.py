"""Neighbours from bands of similarities, against a full sort of the whole matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.blocks import unit_vectors, vector_band
from builder.similarity.gram import cosine_gram, distinct
from builder.similarity.neighbours import nearest, top_in_bands
from builder.similarity.types import NeighbourList


def naive(scores: np.ndarray, sources: list[str], count: int, others: bool) -> list[list[int]]:
    """The lists by a stable sort; an image without a source has a source of its own."""
    lists = []
    for row, values in enumerate(scores.tolist()):
        allowed = [
            i
            for i in range(len(scores))
            if i != row and not (others and sources[i] and sources[i] == sources[row])
        ]
        allowed = [i for i in allowed if values[i] > -np.inf]
        lists.append(sorted(allowed, key=lambda i, v=values: (-v[i], i))[:count])
    return lists


def listed(found: NeighbourList) -> list[list[int]]:
    return [[i for i in row if i >= 0] for row in found.rows.tolist()]


@st.composite
def matrices(draw: st.DrawFn) -> tuple[np.ndarray, list[str]]:
    """Scores of which few or many are equal, and sources shared by none, some or all."""
    n, levels = draw(st.integers(1, 130)), draw(st.sampled_from([1, 2, 7, 40, 10**6]))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    scores = (rng.integers(-levels, levels + 1, size=(n, n)) / levels).astype(np.float32)
    kinds = draw(st.integers(1, 5))
    names = ["A", "B", "", "C", "D"][:kinds]
    return scores, [names[i] for i in rng.integers(kinds, size=n)]


@given(matrices(), st.integers(0, 25), st.integers(1, 150), st.integers(1, 3))
@settings(max_examples=150, deadline=None)
def test_bands_give_the_lists_of_a_full_sort(
    matrix: tuple[np.ndarray, list[str]], count: int, height: int, jobs: int
) -> None:
    """Both lists, with ties, however high the bands and however many threads."""
    scores, sources = matrix
    given_scores = scores.copy()

    found = top_in_bands(
        lambda a, b: scores[a:b], len(scores), sources, count, height=height, jobs=jobs
    )

    assert listed(found.all) == naive(scores, sources, count, False)
    assert listed(found.others) == naive(scores, sources, count, True)
    for part in (found.all, found.others):
        there = part.rows >= 0
        expected = np.take_along_axis(scores, np.where(there, part.rows, 0).astype(int), axis=1)
        assert np.array_equal(part.scores, np.where(there, expected, 0))
    assert np.array_equal(scores, given_scores)


@given(st.integers(2, 200), st.integers(1, 12), st.integers(1, 30), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_vectors_give_the_neighbours_of_the_whole_matrix(
    n: int, contents: int, count: int, seed: int
) -> None:
    """With many equal pictures: the ranking of the vectors' own products, ties by row."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(contents, 9)).astype(np.float16)[rng.integers(contents, size=n)]
    rows, index = distinct(features, np.arange(n))
    band = vector_band(unit_vectors(features, rows), index)
    sources = [["", "A", "B"][i] for i in rng.integers(3, size=n)]

    found = top_in_bands(band, n, sources, count)

    assert listed(found.all) == naive(band(0, n), sources, count, False)
    assert listed(found.others) == naive(band(0, n), sources, count, True)
    kept = nearest(cosine_gram(features, rows), index, sources, count)
    np.testing.assert_allclose(kept.all.scores, found.all.scores, atol=2e-6)
    np.testing.assert_allclose(kept.others.scores, found.others.scores, atol=2e-6)


def test_vectors_without_an_index_are_images() -> None:
    """Image i has row i."""
    vectors = np.eye(5, dtype=np.float32)[[0, 1, 0, 2]]

    assert vector_band(vectors)(0, 4).tolist() == (vectors @ vectors.T).tolist()


def test_what_is_infinitely_unlike_is_no_neighbour() -> None:
    """A view may rule pairs out; lists are then shorter, also where few are left."""
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(200, 200)).astype(np.float32)
    scores[rng.random(scores.shape) < 0.95] = -np.inf

    found = top_in_bands(lambda a, b: scores[a:b], 200, ["A", "B"] * 100, 8)

    assert listed(found.all) == naive(scores, ["A", "B"] * 100, 8, False)
    assert listed(found.others) == naive(scores, ["A", "B"] * 100, 8, True)


@pytest.mark.parametrize("source", ["", "A"])
def test_every_image_its_own_source_and_one_source_only(source: str) -> None:
    """Without sources both lists are one; with a single one nothing is left of the second."""
    scores = np.random.default_rng(1).normal(size=(30, 30)).astype(np.float32)

    found = top_in_bands(lambda a, b: scores[a:b], 30, [source] * 30, 5)

    expected = [[]] * 30 if source else listed(found.all)
    assert listed(found.others) == expected


def test_progress_tells_every_row() -> None:
    """The rows of finished bands add up to all."""
    told: list[int] = []

    top_in_bands(lambda a, b: np.zeros((b - a, 23), np.float32), 23, [""] * 23, 3, told.append, 5)

    assert told == [5, 5, 5, 5, 3]


def test_a_failing_band_fails() -> None:
    """What goes wrong in a thread is not lost."""

    def band(start: int, stop: int) -> np.ndarray:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        top_in_bands(band, 10, [""] * 10, 3)
