"""The matrix of cosines and the components that come from it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.blocks import Grid
from builder.similarity.components import centre_cosines, principal_scores
from builder.similarity.gram import cosine_gram, distinct


def unit(rows: np.ndarray) -> np.ndarray:
    rows = rows.astype(np.float64)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(st.integers(1, 50), st.integers(1, 70), st.integers(1, 20), st.integers(1, 30))
@settings(max_examples=60, deadline=None)
def test_blocks_give_the_dense_product(n: int, d: int, strip: int, panel: int) -> None:
    """Any block size gives the cosines of the whole matrix, exactly symmetric."""
    features = np.random.default_rng(n * d).normal(size=(n, d)).astype(np.float16)
    features[features == 0] = 1
    chosen = np.random.default_rng(d).permutation(n)
    grid = Grid(strip=strip, tile=2 * strip, panel=panel, band=n * strip * 2)

    found = cosine_gram(features, chosen, grid=grid)

    dense = unit(features[chosen]) @ unit(features[chosen]).T
    np.testing.assert_allclose(found, dense, atol=3e-6)
    assert np.array_equal(found, found.T)


def test_rows_without_length_have_cosine_zero() -> None:
    """A row of zeros is like nothing, not even itself, and gives no NaN."""
    features = np.array([[0, 0], [3, 4]], np.float16)

    assert cosine_gram(features, np.arange(2)).round(6).tolist() == [[0, 0], [0, 1]]


@given(st.integers(2, 40), st.integers(2, 30), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_scores_are_those_of_a_singular_value_decomposition(n: int, d: int, seed: int) -> None:
    """Distances between scores of all components are those between the centred features."""
    features = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float16)
    rng = np.random.default_rng(seed)
    index = rng.integers(n, size=n + 5)
    rows, contents = distinct(features, index)
    scores, share = principal_scores(cosine_gram(features, rows), contents, n)

    exact = unit(features[index])
    values = np.linalg.svd(exact - exact.mean(0), compute_uv=False) ** 2
    np.testing.assert_allclose(share, (values / values.sum())[: len(share)], atol=1e-4)
    between = ((scores[:, None] - scores[None]) ** 2).sum(-1)
    expected = ((exact[:, None] - exact[None]) ** 2).sum(-1)
    np.testing.assert_allclose(between, expected, atol=1e-4)


def test_leading_components_agree_with_the_full_decomposition() -> None:
    """The iterative solver for larger collections finds the same scores, signs included."""
    features = np.random.default_rng(3).normal(size=(600, 40)).astype(np.float16)
    gram = cosine_gram(features, np.arange(600))
    few, _ = principal_scores(gram, np.arange(600), 5)
    many, _ = principal_scores(gram, np.arange(600), 400)

    np.testing.assert_allclose(few, many[:, :5], atol=1e-4)


def test_equal_images_have_no_components() -> None:
    """Nothing varies, so nothing is left."""
    gram = np.ones((1, 1), np.float32)

    scores, share = principal_scores(gram, np.zeros(30, np.int64), 10)

    assert scores.shape == (30, 0)
    assert share.shape == (0,)


@given(st.integers(3, 40), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_cosines_to_centres_are_those_of_the_features(n: int, seed: int) -> None:
    """From the matrix alone: the cosine of each image to the mean of its group."""
    rng = np.random.default_rng(seed)
    features = (rng.normal(size=(n, 6)) + 1).astype(np.float16)
    labels = rng.integers(-1, 3, size=n).astype(np.int32)
    rows, index = distinct(features, np.arange(n))

    found = centre_cosines(cosine_gram(features, rows), index, labels)

    exact = unit(features)
    for row in range(n):
        if labels[row] < 0:
            assert found[row] == 0
            continue
        centre = exact[labels == labels[row]].mean(axis=0)
        assert abs(exact[row] @ centre / np.linalg.norm(centre) - found[row]) < 1e-4
