"""Bands of numbers: in order, about equally full, equal numbers together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.measures.quantiles import bands

NUMBERS = st.one_of(st.just(float("nan")), st.integers(-5, 5).map(float), st.floats(-1e6, 1e6))


@given(st.lists(NUMBERS, max_size=40), st.integers(1, 7))
def test_bands_are_in_order_and_hold_equals_together(values: list[float], parts: int) -> None:
    """A greater number is never in a lower band, unknown ones are in none, every band is used."""
    found = bands(np.array(values, np.float64), parts)
    known = sorted(
        (value, band) for value, band in zip(values, found.index, strict=True) if band >= 0
    )

    assert [band >= 0 for band in found.index] == [value == value for value in values]
    assert [band for _, band in known] == sorted(band for _, band in known)
    assert len({(value, band) for value, band in known}) == len({value for value, _ in known})
    assert {band for _, band in known} == set(range(len(found.labels)))
    assert len(found.labels) <= parts


@pytest.mark.parametrize("parts", [2, 4, 5])
def test_different_numbers_fill_bands_alike(parts: int) -> None:
    """A hundred different numbers: no band has more than one above its share."""
    counts = np.bincount(bands(np.random.default_rng(0).random(100), parts).index)

    assert len(counts) == parts
    assert counts.max() - counts.min() <= 2


def test_labels_say_from_where_to_where() -> None:
    """The lowest and highest number of a band, three figures; one number if it is the only one."""
    assert bands(np.array([1.0, 2.0, 3.4567, 12345.0]), 2).labels == ("1 to 2", "3.46 to 12345")
    assert bands(np.array([7.0, 7.0]), 3).labels == ("7",)
