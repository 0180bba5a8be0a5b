"""Sources as numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.groups import SMALL, source_groups

NAMES = st.lists(st.sampled_from(["", "A", "B", "C", "D"]), max_size=40)


@given(NAMES, st.integers(1, 12))
@settings(deadline=None)
def test_small_sources_and_images_without_one_are_a_group(names: list[str], small: int) -> None:
    """Large sources have a number each; all others one, of their own if they are enough."""
    large = [name for name in dict.fromkeys(names) if name and names.count(name) >= small]
    rest = [name for name in names if name not in large]
    joined = max(large, key=names.count) if large and len(rest) < small else ""
    expected = [name if name in large else joined for name in names]

    found = source_groups(names, small).tolist()

    assert sorted(set(found), key=found.index) == list(range(len(set(found))))
    for a, one in zip(found, expected, strict=True):
        for b, other in zip(found, expected, strict=True):
            assert (one == other) == (a == b)


@given(NAMES, st.integers(1, 12))
@settings(deadline=None)
def test_no_group_is_small_unless_all_images_are(names: list[str], small: int) -> None:
    """What is taken off an image never comes from a few images while there are more."""
    found = source_groups(names, small)

    assert all(count >= min(small, len(names)) for count in np.bincount(found))


def test_thirty_images_are_a_source_to_speak_of() -> None:
    """The default: twenty-nine are too few."""
    assert source_groups(["A"] * SMALL + ["B"] * SMALL).tolist() == [0] * SMALL + [1] * SMALL
    assert source_groups(["A"] * SMALL + ["B"]).tolist() == [0] * SMALL + [0]
    assert set(source_groups(["A"] * (SMALL - 1) + ["B"]).tolist()) == {0}
