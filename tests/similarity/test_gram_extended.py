"""Inner products: added to, centred, read from a mapped file; equal contents taken once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.errors import ModelError
from builder.similarity.blocks import GRID, Grid, unit_vectors, widen
from builder.similarity.gram import centred, cosines, distinct, extend_gram, inner_gram, steps


def random_rows(n: int, d: int, seed: int = 0) -> np.ndarray:
    return (np.random.default_rng(seed).normal(size=(n, d)) + 0.5).astype(np.float16)


@given(
    st.integers(1, 40),
    st.integers(0, 20),
    st.integers(1, 60),
    st.integers(1, 9),
    st.integers(1, 3),
    st.integers(1, 25),
)
@settings(max_examples=80, deadline=None)
def test_rows_added_give_the_bits_of_all_computed_anew(
    old: int, new: int, d: int, strip: int, strips: int, panel: int
) -> None:
    """Extending is exact, whatever the sizes, and leaves the old part as it was."""
    features = random_rows(old + new, d, old * d)
    chosen = np.random.default_rng(d).permutation(old + new)
    grid = Grid(strip, strip * strips, panel, band=strip * (old + new) * 2)
    before = inner_gram(features, chosen[:old], grid=grid)

    after = extend_gram(before, features, chosen[:old], chosen[old:], grid=grid)

    assert np.array_equal(after, inner_gram(features, chosen, grid=grid))
    assert np.array_equal(after[:old, :old], before)


@pytest.mark.parametrize("old", [250, 256, 310])
def test_the_grid_in_use_is_exact_too(old: int) -> None:
    """With blocks of the size that builds take, across edges of strips, tiles and panels."""
    features = random_rows(330, GRID.panel + 900)
    rows = np.arange(330)

    after = extend_gram(inner_gram(features, rows[:old]), features, rows[:old], rows[old:])

    assert np.array_equal(after, inner_gram(features, rows))
    exact = features.astype(np.float64) @ features.astype(np.float64).T
    np.testing.assert_allclose(after, exact, rtol=2e-6, atol=1e-2)


def test_bands_and_threads_change_no_bit() -> None:
    """Neither what is held at once nor the number of cores is seen in the numbers."""
    from threadpoolctl import threadpool_limits

    features, rows = random_rows(200, 700), np.arange(200)[::-1].copy()
    expected = inner_gram(features, rows, grid=Grid(16, 32, 128))

    assert np.array_equal(inner_gram(features, rows, grid=Grid(16, 32, 128, band=3200)), expected)
    for threads in (1, 3):
        with threadpool_limits(threads, user_api="blas"):
            assert np.array_equal(inner_gram(features, rows, grid=Grid(16, 32, 128)), expected)


def test_a_mapped_file_gives_the_same_as_an_array(tmp_path: Path) -> None:
    """Pages let go of after reading are read again where they are needed."""
    features = random_rows(70, 3000)
    np.save(tmp_path / "features.npy", features)
    mapped = np.load(tmp_path / "features.npy", mmap_mode="r")
    copied = np.load(tmp_path / "features.npy", mmap_mode="c")
    copied[3] = 1
    changed = features.copy()
    changed[3] = 1
    rows, grid = np.arange(70), Grid(16, 32, 500)

    assert np.array_equal(
        inner_gram(features, rows, grid=grid), inner_gram(mapped, rows, grid=grid)
    )
    # Private changes to a mapped file are not let go of.
    assert np.array_equal(inner_gram(copied, rows, grid=grid), inner_gram(changed, rows, grid=grid))


def test_other_number_formats_are_taken() -> None:
    """Vectors of one's own may be float32 or float64."""
    features, rows = random_rows(20, 30), np.arange(20)
    expected = inner_gram(features, rows)

    assert np.array_equal(inner_gram(features.astype(np.float32), rows), expected)
    assert np.array_equal(inner_gram(features.astype(np.float64), rows), expected)


def test_widening_is_exact_for_every_number() -> None:
    """All 63,488 finite float16 numbers, subnormal ones and signed zeros among them."""
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    half = every[np.isfinite(every)]
    out = np.empty(half.shape, np.float32)

    widen(half, out)

    assert np.array_equal(out.view(np.int32), half.astype(np.float32).view(np.int32))


@pytest.mark.parametrize("number", [np.inf, -np.inf, np.nan])
def test_numbers_that_are_none_are_refused(number: float) -> None:
    """One sentence instead of a matrix full of NaN."""
    features = random_rows(5, 50)
    features[2, 17] = number

    with pytest.raises(ModelError, match="infinite or undefined"):
        inner_gram(features, np.arange(5))


@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 90), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_steps_are_those_that_progress_tells(n: int, new: int, d: int, strip: int) -> None:
    """Bars end where they should, for whole matrices and for extended ones."""
    features, rows = random_rows(n + new, d), np.arange(n + new)
    grid = Grid(strip, 3 * strip, 20, band=n * strip)
    told: list[int] = []

    gram = inner_gram(features, rows[:n], told.append, grid)
    assert sum(told) == steps(n, d, grid=grid)

    told.clear()
    extend_gram(gram, features, rows[:n], rows[n:], told.append, grid)
    assert sum(told) == steps(n + new, d, n, grid)


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 5), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_centring_is_that_of_the_features(n: int, d: int, groups: int, seed: int) -> None:
    """Inner products after each group's mean is taken off, without the features."""
    rng = np.random.default_rng(seed)
    features = random_rows(n, d, seed)
    labels = np.unique(rng.integers(groups, size=n), return_inverse=True)[1]
    exact = features.astype(np.float64)
    for label in np.unique(labels):
        exact[labels == label] -= exact[labels == label].mean(axis=0)
    # What is left of a row that is all but its group's mean cannot be told from rounding.
    left = (exact**2).sum(axis=1) / np.maximum((features.astype(np.float64) ** 2).sum(axis=1), 1e-9)
    assume(((left < 1e-12) | (left > 1e-5)).all())

    found = centred(inner_gram(features, np.arange(n)), labels)

    np.testing.assert_allclose(found, exact @ exact.T, atol=1e-4)
    assert np.array_equal(found, found.T)


@given(st.integers(2, 60), st.integers(1, 5), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_equal_rows_of_a_group_stay_equal_when_centred(n: int, groups: int, seed: int) -> None:
    """Ties survive to the bit."""
    rng = np.random.default_rng(seed)
    index = rng.integers(4, size=n)
    labels = np.unique(rng.integers(groups, size=n), return_inverse=True)[1]
    gram = inner_gram(random_rows(4, 30, seed), np.arange(4))[np.ix_(index, index)]

    found = centred(gram, labels)

    twins = (index[:, None] == index) & (labels[:, None] == labels)
    for a, b in np.argwhere(twins):
        assert np.array_equal(found[a], found[b])


@given(st.integers(1, 9), st.integers(1, 30), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_groups_that_are_all_alike_have_nothing_left(size: int, d: int, seed: int) -> None:
    """A mean taken off pictures that equal it leaves cosines of zero, not of rounding errors."""
    features = random_rows(6, d, seed)
    labels = np.array([0] * size + [1] * 6)
    chosen = np.array([0] * size + list(range(6)))
    gram = inner_gram(features, np.arange(6))[np.ix_(chosen, chosen)]

    found = cosines(centred(gram, labels))

    assert not found[:size].any()


def test_cosines_of_a_row_with_itself_are_one() -> None:
    """Exactly, for rows of any length; rows without length have none."""
    features = np.array([[1e-3, 0], [3, 4], [600, 1], [0, 0]], np.float16)

    found = cosines(inner_gram(features, np.arange(4)))

    assert np.diagonal(found).tolist() == [1, 1, 1, 0]


def test_unit_vectors_are_the_scaled_rows() -> None:
    """Float32 rows of length one; a row of zeros stays."""
    features = np.array([[3, 4], [0, 0], [0, 2]], np.float16)

    found = unit_vectors(features, np.array([2, 0, 1]))

    np.testing.assert_allclose(found, [[0, 1], [0.6, 0.8], [0, 0]], rtol=1e-7)


def test_distinct_takes_equal_rows_once() -> None:
    """Equal contents share a number, whether stored once or twice."""
    stored = np.array([[1, 2], [3, 4], [1, 2]], np.float16)

    rows, index = distinct(stored, np.array([2, 1, 0, 2]))

    assert rows.tolist() == [2, 1]
    assert index.tolist() == [0, 1, 0, 0]


def test_distinct_takes_known_rows_first() -> None:
    """What an earlier matrix holds keeps its place, used or not."""
    stored = np.array([[1], [2], [3], [1], [4]], np.float16)

    rows, index = distinct(stored, np.array([4, 3, 1]), known=np.array([2, 0]))

    assert rows.tolist() == [2, 0, 4, 1]
    assert index.tolist() == [2, 1, 3]


@given(st.integers(0, 2**31))
@settings(max_examples=20, deadline=None)
def test_wide_rows_that_differ_in_one_number_are_told_apart(seed: int) -> None:
    """Wherever the number stands, also where rows are only sampled at first."""
    rng = np.random.default_rng(seed)
    wide = np.tile(rng.normal(size=9000).astype(np.float16), (4, 1))
    wide[2, rng.integers(9000)] += 1

    rows, index = distinct(wide, np.arange(4))

    assert rows.tolist() == [0, 2]
    assert index.tolist() == [0, 0, 1, 0]
