"""Layouts by columns: every image somewhere, none on another, names where they belong."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.layouts.facets import MOST, facet_layout, natural

_VALUES = st.lists(st.sampled_from(["", "a", "B", "c 2", "c 10", "ü"]), min_size=1, max_size=120)


def whole(values: list[str], then: list[str] | None = None, piles: bool = False):
    return facet_layout("facet-x", values, "x", then, np.arange(len(values)), piles)


def apart(xy: np.ndarray, size: float) -> bool:
    gap = np.abs(xy[:, None] - xy[None]).max(axis=2)
    return bool((gap[~np.eye(len(xy), dtype=bool)] > size * 0.99).all())


@given(_VALUES, st.booleans(), st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_no_two_images_overlap_whatever_the_column_says(values, nested, piles, random) -> None:
    """Columns and piles, with and without a second column."""
    then = random.choices(["", "p", "q"], k=len(values)) if nested else None

    layout = whole(values, then, piles)

    assert layout.xy.shape == (len(values), 2)
    assert np.isfinite(layout.xy).all()
    assert layout.xy.min() >= -1e-6
    assert layout.xy.max() <= 1 + 1e-6
    assert apart(layout.xy, layout.size)


def test_images_of_one_value_stand_over_its_name() -> None:
    """Columns do not mix, and stand in natural order with "no value" last."""
    values = ["c 10", "c 2", "", "c 2", "c 10", "c 2"]

    layout = whole(values)

    names = [mark.text for mark in layout.marks]
    assert names == ["c 2", "c 10", "no value"]
    for name, value in [("c 2", "c 2"), ("c 10", "c 10"), ("no value", "")]:
        mark = layout.marks[names.index(name)]
        own = layout.xy[[row for row, text in enumerate(values) if text == value]]
        others = layout.xy[[row for row, text in enumerate(values) if text != value]]
        assert np.abs(own[:, 0] - mark.x).max() < np.abs(others[:, 0] - mark.x).min()
    assert layout.quality == {"values": 2, "images without a value": 1}


def test_five_thousand_values_leave_nobody_out() -> None:
    """The commonest have places of their own, the rest stand together."""
    values = [f"value {at}" for at in range(5000)] + ["often"] * 9

    layout = whole(values)

    names = [mark.text for mark in layout.marks]
    assert len(names) == MOST
    assert "often" in names
    assert names[-1] == "4 942 other values"
    assert len(np.unique(layout.xy.round(6), axis=0)) == len(values)


def test_the_second_column_orders_and_is_named() -> None:
    """Images of one second value stand on rows of their own, each with its name."""
    values, then = ["a"] * 9 + ["b"], ["q"] * 4 + ["p"] * 4 + [""] + ["p"]

    layout = whole(values, then, piles=True)

    inner = [mark.text for mark in layout.marks if mark.level == 2]
    assert inner == ["p", "q", "no value"]
    p, q = layout.xy[4:8, 1], layout.xy[:4, 1]
    assert p.max() < q.min()


@given(st.lists(st.text(max_size=12), max_size=12))
@settings(max_examples=60, deadline=None)
def test_natural_order_takes_any_text(texts: list[str]) -> None:
    """No text stops it, digits of other scripts included."""
    assert sorted(texts, key=natural) == sorted(sorted(texts), key=natural)


def test_numbers_in_names_count_as_numbers() -> None:
    """9 before 10, whatever stands before them."""
    assert sorted(["fol. 10", "Fol. 9", "fol. 100"], key=natural) == [
        "Fol. 9",
        "fol. 10",
        "fol. 100",
    ]
