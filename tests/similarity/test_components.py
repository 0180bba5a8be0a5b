"""Principal components: exact from the matrix, honest where it is no inner product, and open."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import records
from builder.similarity.components import holding, principal_components


def likeness(n: int, d: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    features = np.random.default_rng(seed).normal(size=(n, d)) + 0.5
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    return features, (features @ features.T).astype(np.float32)


@given(st.integers(2, 40), st.integers(1, 12), st.integers(0, 2**31))
@settings(max_examples=50, deadline=None)
def test_the_spectrum_is_that_of_the_features(n: int, d: int, seed: int) -> None:
    """Against a singular value decomposition; shares sum to one."""
    features, gram = likeness(n, d, seed)
    values = np.linalg.svd(features - features.mean(axis=0), compute_uv=False) ** 2

    found = principal_components(gram, np.arange(n), 3)

    if values.sum() < 1e-3:  # float32 cannot tell them apart
        return
    assert found.spectrum.sum() == pytest.approx(1)
    count = min(len(found.spectrum), len(values))
    np.testing.assert_allclose(found.spectrum[:count], values[:count] / values.sum(), atol=2e-4)
    assert np.array_equal(found.share, found.spectrum[:3])


@given(st.integers(4, 40), st.integers(0, 2**31))
@settings(max_examples=50, deadline=None)
def test_shares_never_sum_to_more_than_one(n: int, seed: int) -> None:
    """Also of a matrix that is no inner product, such as the best of several orientations."""
    rng = np.random.default_rng(seed)
    matrix = np.maximum(likeness(n, 6, seed)[1], likeness(n, 6, seed + 1)[1])
    matrix += (rng.normal(size=(n, n)) * 0.3).astype(np.float32)
    matrix = (matrix + matrix.T) / 2

    found = principal_components(matrix.astype(np.float32), np.arange(n), n)

    assert found.spectrum.sum() == pytest.approx(1)
    assert (np.diff(found.spectrum) <= 1e-12).all()
    assert (found.spectrum > 0).all()
    assert found.share.sum() <= 1 + 1e-9
    assert np.isfinite(found.scores).all()


@given(st.integers(3, 40), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_a_picture_that_was_there_is_placed_where_it_is(n: int, seed: int) -> None:
    """From its likenesses alone, copies of images included."""
    _, gram = likeness(n, 5, seed)
    index = np.concatenate([np.arange(n), [0, 1, 1]])

    found = principal_components(gram, index, 4)

    np.testing.assert_allclose(found.place(gram[index]), found.scores, atol=1e-4)


def test_landmarks_agree_with_all_where_there_are_few_dimensions() -> None:
    """300 contents by 80 landmarks: five dimensions are found from either."""
    _, gram = likeness(300, 5, 4)

    exact = principal_components(gram, np.arange(300), 9)
    found = principal_components(gram, np.arange(300), 9, exact=80)

    assert len(found.landmarks) == 80
    assert found.scores.shape == exact.scores.shape == (300, 5)
    np.testing.assert_allclose(found.share, exact.share, atol=0.06)
    # The axes may turn a little among each other; distances stay.
    gaps = [np.linalg.norm(s[:, None] - s[None], axis=2) for s in (exact.scores, found.scores)]
    assert np.corrcoef(gaps[0].ravel(), gaps[1].ravel())[0, 1] > 0.99


def test_the_number_of_components_that_hold_ninety_per_cent() -> None:
    """The first at which the sum is reached; all where it never is."""
    spectrum = np.array([0.5, 0.3, 0.1, 0.06, 0.04])

    assert [holding(spectrum, share) for share in (0.1, 0.5, 0.51, 0.9, 1.0)] == [1, 1, 2, 3, 5]
    assert holding(np.zeros(0), 0.9) == 0


@pytest.mark.parametrize("n", [1, 2, 5])
def test_equal_images_have_no_spectrum(n: int) -> None:
    """Whether they are one content or several that float32 cannot tell apart."""
    found = principal_components(np.ones((n, n), np.float32), np.arange(n), 10)

    assert found.scores.shape == (n, 0)
    assert found.spectrum.shape == (0,)
    assert found.place(np.ones((3, n), np.float32)).shape == (3, 0)


def test_components_are_open_arrays(tmp_path: Path) -> None:
    """NumPy reads what is stored without pickles, names and all."""
    _, gram = likeness(30, 6, 0)
    found = principal_components(gram, np.arange(30), 5)
    ids = np.array([f"image-{row}" for row in range(30)])
    with (tmp_path / "components.npz").open("wb") as file:
        records.archive({**vars(found), "ids": ids})(file)

    with np.load(tmp_path / "components.npz", allow_pickle=False) as stored:
        assert np.array_equal(stored["scores"], found.scores)
        assert stored["ids"].tolist() == ids.tolist()
        assert stored["spectrum"].sum() == pytest.approx(1)
