"""Short vectors: what is kept, what is lost, and the file that browsers read."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builder.atlas.vectors import HEAD, encoded, measured, shortened


def scores(seed: int, n: int, d: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)


@given(st.integers(0, 2**32 - 1), st.integers(0, 12), st.integers(0, 140))
def test_numbers_are_off_by_half_a_step_at_most(seed: int, n: int, d: int) -> None:
    """Scaled back, every number is the unit vector's, up to rounding to eight bits."""
    given_ = scores(seed, n, d)
    kept = given_[:, :128].astype(float)
    unit = kept / np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-30)

    values, scales = shortened(given_)

    assert values.shape == (n, min(d, 128))
    assert (np.abs(values * scales - unit) <= scales * 0.5001).all()


def test_a_row_of_zeros_stays_one() -> None:
    """An image that has nothing of any component is like nothing."""
    values, scales = shortened(np.zeros((3, 4), np.float32))

    assert not values.any()
    assert (scales > 0).all()


def test_what_is_lost_is_the_share_of_the_twenty_nearest() -> None:
    """Whole features that say the same give 1; others the share that a naive count finds."""
    given_ = scores(1, 60, 30)
    values, scales = shortened(given_)
    real = values * scales
    own = real @ real.T
    other = scores(2, 60, 60)

    def top(row: np.ndarray, i: int) -> set[int]:
        return set(sorted((j for j in range(60) if j != i), key=lambda j: (-row[j], j))[:20])

    naive = np.mean([len(top(own[i], i) & top(other[i], i)) / 20 for i in range(60)])
    assert measured(values, scales, lambda row: real @ real[row]).overlap == 1
    assert abs(measured(values, scales, lambda row: other[row]).overlap - naive) < 1e-9
    assert measured(values[:1], scales, lambda row: other[row]).overlap == 1


def test_the_file_is_a_head_scales_and_numbers() -> None:
    """Every byte of the file is accounted for."""
    values, scales = shortened(scores(3, 5, 7))

    file = encoded(measured(values, scales, lambda _: np.zeros(5, np.float32)), "0123456789ab")

    assert HEAD.unpack(file[:24]) == (b"VLVV", 1, 1, 7, 5, b"0123456789ab")
    assert np.frombuffer(file[24:52], "<f4").tolist() == scales.tolist()
    assert np.frombuffer(file[52:], np.int8).tolist() == values.ravel().tolist()
