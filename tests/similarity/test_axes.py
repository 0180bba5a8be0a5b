"""Means and principal axes, against scikit-learn and plain sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA

from builder.similarity import axes
from builder.similarity.axes import fit_axes, group_means, no_axes, project

SHAPES = st.tuples(st.integers(2, 24), st.integers(1, 40), st.integers(0, 2**31))


def unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-6)


def sample(n: int, d: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A store of more rows than are chosen, the rows chosen, and their groups."""
    rng = np.random.default_rng(seed)
    features = (rng.normal(size=(n + 5, d)) * rng.uniform(0.5, 2, d) + 1).astype(np.float16)
    groups = np.unique(rng.integers(3, size=n), return_inverse=True)[1]
    return features, rng.permutation(n + 5)[:n], groups.astype(np.int64)


def naive_centred(features: np.ndarray, rows: np.ndarray, groups: np.ndarray) -> np.ndarray:
    chosen = features[rows].astype(np.float64)
    for group in set(groups.tolist()):
        chosen[groups == group] -= chosen[groups == group].mean(axis=0)
    return chosen


def rank_of(exact: np.ndarray) -> int:
    """Directions of a thousandth of the strongest and more; cases near that limit say nothing."""
    values = np.linalg.svd(exact, compute_uv=False)
    limit = 1e-3 * max(values.max(), 1e-3)
    assume(not ((values > limit / 2) & (values < limit * 2)).any())
    return int((values > limit).sum())


@given(SHAPES)
@settings(deadline=None)
def test_means_are_those_of_each_group(shape: tuple[int, int, int]) -> None:
    """Read in parts, summed exactly; the overall mean is that of all rows."""
    features, rows, groups = sample(*shape)
    chosen = features[rows].astype(np.float64)
    expected = [chosen[groups == group].mean(axis=0) for group in range(groups.max() + 1)]

    found = no_axes(features, rows, groups, centred=True)

    np.testing.assert_allclose(expected, found.means, atol=1e-5)
    np.testing.assert_allclose(expected, group_means(features, rows, groups), atol=1e-5)
    np.testing.assert_allclose(chosen.mean(axis=0), found.overall, atol=1e-5)


@given(SHAPES, st.integers(1, 30), st.sampled_from([0.0, 0.25, 0.5]))
@settings(max_examples=60, deadline=None)
def test_vectors_have_the_cosines_of_sklearns_components(
    shape: tuple[int, int, int], components: int, whitening: float
) -> None:
    """One group: scores of PCA, each divided by its standard deviation to twice the power."""
    features, rows, _ = sample(*shape)
    groups = np.zeros(len(rows), np.int64)
    exact = features[rows].astype(np.float64)
    # Beyond the rank there is nothing but rounding.
    rank = rank_of(exact - exact.mean(axis=0))
    pca = PCA(min(components, rank)).fit(exact)
    deviations = np.sqrt(pca.explained_variance_ * (len(rows) - 1) / len(rows))
    expected = unit(pca.transform(exact) * deviations ** (-2 * whitening))

    fitted = fit_axes(features, rows, groups, components, whitening)
    found = project(features, rows, groups, fitted)

    np.testing.assert_allclose(expected @ expected.T, found @ found.T, atol=2e-3)


@given(SHAPES, st.sampled_from([0.0, 0.25, 0.5]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_groups_are_centred_apart(
    shape: tuple[int, int, int], whitening: float, centred: bool
) -> None:
    """The axes are those of rows less the mean of their group, or of the rows as they are.

    The tolerance is wide because whitening magnifies what float32 rounds in the weakest axes.
    """
    features, rows, groups = sample(*shape)
    exact = naive_centred(features, rows, groups) if centred else features[rows].astype(float)
    _, values, vectors = np.linalg.svd(exact, full_matrices=False)
    kept = np.arange(len(values)) < rank_of(exact)
    scores = exact @ vectors[kept].T * (values[kept] ** 2 / len(rows)) ** -whitening
    expected = unit(scores)

    fitted = fit_axes(features, rows, groups, 100, whitening, centred)
    found = project(features, rows, groups, fitted)

    np.testing.assert_allclose(expected @ expected.T, found @ found.T, atol=2e-2)


@given(SHAPES, st.integers(1, 10))
@settings(max_examples=60, deadline=None)
def test_a_low_rank_gives_few_axes(shape: tuple[int, int, int], rank: int) -> None:
    """No axis is made of rounding errors, which whitening would blow up."""
    n, d, seed = shape
    rng = np.random.default_rng(seed)
    low = rng.integers(-3, 4, (n, rank)) @ rng.integers(-3, 4, (rank, d))
    features, rows = low.astype(np.float16), np.arange(n)
    exact = low - low.mean(axis=0)
    # Directions that rounding cannot be told from are no case.
    assume(rank_of(exact) == np.linalg.matrix_rank(exact))

    fitted = fit_axes(features, rows, np.zeros(n, np.int64), 100, 0.5)

    assert np.linalg.matrix_rank(exact) == (fitted.matrix.shape[1] if fitted.matrix.size else 0)


@given(SHAPES)
@settings(max_examples=60, deadline=None)
def test_centred_rows_give_no_axis_of_rounding(shape: tuple[int, int, int]) -> None:
    """Real numbers, some rows equal: as many axes as directions, of any width."""
    features, rows, groups = sample(shape[0], 50 * shape[1], shape[2])
    rows[len(rows) // 2 :] = rows[: len(rows) - len(rows) // 2]
    exact = naive_centred(features, rows, groups)

    matrix = fit_axes(features, rows, groups, 10_000, 0.25).matrix

    assert rank_of(exact) == (matrix.shape[1] if matrix.size else 0)


@given(SHAPES, st.integers(1, 12), st.sampled_from([0.0, 0.5]))
@settings(max_examples=40, deadline=None)
def test_equal_rows_of_a_group_have_equal_vectors(
    shape: tuple[int, int, int], components: int, whitening: float
) -> None:
    """To a few last bits, wherever they stand; in the matrix they are taken once."""
    features, rows, groups = sample(*shape)
    rows, groups = np.concatenate([rows, rows[::-1]]), np.concatenate([groups, groups[::-1]])

    fitted = fit_axes(features, rows, groups, components, whitening)
    found = project(features, rows, groups, fitted)

    np.testing.assert_allclose(found, found[::-1], atol=1e-6)


def test_one_row_and_equal_rows_leave_nothing() -> None:
    """Centred there is nothing to tell apart: vectors of zeros, no warning, no axis."""
    for n in (1, 2, 30):
        features = np.full((n, 6), 2, np.float16)
        rows, groups = np.arange(n), np.zeros(n, np.int64)
        fitted = fit_axes(features, rows, groups, 4, 0.25)

        assert not project(features, rows, groups, fitted).any()
        assert not fitted.matrix.size


def test_no_rows_at_all() -> None:
    """Blank sheets have no rows; nothing breaks."""
    features, none = np.zeros((0, 6), np.float16), np.zeros(0, np.int64)

    fitted = fit_axes(features, none, none, 4, 0.25)

    assert project(features, none, none, fitted).shape[0] == 0


def test_axes_do_not_depend_on_the_sign_that_the_solver_chooses() -> None:
    """The largest entry of each axis is positive."""
    features, rows, groups = sample(20, 30, 3)

    matrix = fit_axes(features, rows, groups, 8, 0.25).matrix

    assert (matrix[np.abs(matrix).argmax(axis=0), np.arange(matrix.shape[1])] > 0).all()


@pytest.mark.parametrize("d", [12, 200])
def test_beyond_some_rows_a_sample_gives_the_axes(d: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Axes of every second row of two clear directions are those of all rows, and all are used."""
    rng = np.random.default_rng(d)
    strong = np.linalg.qr(rng.normal(size=(d, 2)))[0]
    features = (rng.normal(size=(200, 2)) * [8, 4] @ strong.T).astype(np.float16)
    rows, groups = np.arange(200), np.zeros(200, np.int64)
    whole = project(features, rows, groups, fit_axes(features, rows, groups, 2, 0))
    monkeypatch.setattr(axes, "FITTED", 100)

    part = project(features, rows, groups, fit_axes(features, rows, groups, 2, 0))

    assert part.shape == whole.shape == (200, 2)
    np.testing.assert_allclose(part @ part.T, whole @ whole.T, atol=5e-3)


def test_a_picture_from_outside_is_less_the_mean_of_all() -> None:
    """Its source is not known."""
    features, rows, groups = sample(20, 12, 4)
    fitted = no_axes(features, rows, groups, centred=True)
    row = features[rows[:1]]

    expected = unit(row.astype(np.float64) - features[rows].astype(np.float64).mean(axis=0))

    np.testing.assert_allclose(expected, fitted.apply(row), atol=1e-4)
