"""Differences of claims whose truth is known."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.metrics import adjusted_rand_score

from builder.pages.difference import change_words
from builder.versions.compare import compare_lists, compare_maps
from builder.versions.groupings import agreement, fates
from builder.versions.record import claims_from_json, claims_text
from builder.versions.types import Claims, GroupingClaim, ListClaim, ViewClaim


def told(before: list[int], after: list[int]) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    old, new = (sorted(set(labels) - {-1}) for labels in (before, after))
    found = fates(np.array(before, np.int32), np.array(after, np.int32), old, new)
    return [(one.fate, one.old, one.new) for one in found]


def test_fates_of_clusters() -> None:
    """Kept, renumbered, split, merged, dissolved and new clusters are called so."""
    assert told([1, 1, 2, 2], [1, 1, 2, 2]) == [("same", (1,), (1,)), ("same", (2,), (2,))]
    assert told([1, 1, 2, 2], [2, 2, 1, 1]) == [("same", (1,), (2,)), ("same", (2,), (1,))]
    assert told([1] * 6 + [2] * 4, [1] * 3 + [3] * 3 + [2] * 4) == [
        ("split", (1,), (1, 3)),
        ("same", (2,), (2,)),
    ]
    assert told([1] * 3 + [2] * 3 + [3] * 4, [1] * 6 + [2] * 4) == [
        ("merged", (1, 2), (1,)),
        ("same", (3,), (2,)),
    ]
    assert told([1] * 4 + [2] * 4, [1] * 4 + [1, 2, 2, 2]) == [
        ("kept", (1,), (1,)),
        ("kept", (2,), (2,)),
    ]
    assert told([1, 1, 1, 1], [-1, -1, -1, -1]) == [("dissolved", (1,), ())]
    assert told([-1, -1], [1, 1]) == [("new", (), (1,))]
    assert told([], []) == []


LABELS = st.lists(st.tuples(st.sampled_from([-1, 1, 2, 3]), st.sampled_from([-1, 1, 2])))


@given(LABELS)
@settings(max_examples=100, deadline=None)
def test_every_cluster_has_one_fate(labels: list[tuple[int, int]]) -> None:
    """Old and new clusters are named once each, their images add up, and all can be said."""
    before, after = ([pair[side] for pair in labels] for side in (0, 1))
    old, new = (sorted(set(one) - {-1}) for one in (before, after))
    found = fates(np.array(before, np.int32), np.array(after, np.int32), old, new)
    assert sorted(number for one in found for number in one.old) == old
    assert sorted(number for one in found for number in one.new) == new
    assert sum(one.stayed + one.left for one in found) == sum(label > 0 for label in before)
    assert sum(one.joined for one in found) + sum(one.stayed for one in found) == sum(
        label > 0 for label in after
    )
    assert all(change_words(one) for one in found)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2))
@settings(max_examples=100, deadline=None)
def test_agreement_is_the_adjusted_rand_index(pairs: list[tuple[int, int]]) -> None:
    """As scikit-learn computes it."""
    one, other = (np.array([pair[side] for pair in pairs], np.int32) for side in (0, 1))
    assert agreement(one, other) == pytest.approx(adjusted_rand_score(one, other), abs=1e-4)


@given(st.permutations(range(8)), st.integers(0, 8))
@settings(max_examples=100, deadline=None)
def test_ranks_are_correlated_as_by_spearman(order: list[int], drop: int) -> None:
    """Of neighbours that stay, the correlation of their places, as SciPy computes it."""
    names = [f"n{at}" for at in range(8)] + [f"x{at}" for at in range(8)]
    after = tuple(row if row >= drop else row + 8 for row in order)
    old, new = (ListClaim((rows,), ((0.5,) * 8,)) for rows in (tuple(range(8)), after))
    found = compare_lists("all", old, new, names, names, [(0, 0)])
    stay = [row for row in range(8) if row in after]
    assert found.kept == pytest.approx(len(stay) / 8)
    if len(stay) < 2:
        assert found.rank is None
    else:
        places = [after.index(row) for row in stay]
        assert found.rank == pytest.approx(spearmanr(stay, places).statistic, abs=1e-4)
    assert bool(found.shifts) == (after != tuple(range(8)))


def test_maps_that_are_turned_keep_their_form() -> None:
    """A map that was turned, mirrored and shrunk moved far, and has the same form."""
    points = np.random.default_rng(1).random((30, 2))
    turned = points[:, ::-1] * [0.5, -0.5] + 1
    pairs = [(row, row) for row in range(30)]
    found = compare_maps(points, turned, pairs)
    assert found is not None
    assert (found.middle > 0.3, found.shape) == (True, 0)
    still = compare_maps(points, points, pairs)
    assert still is not None
    assert (still.middle, still.far, still.shape) == (0, 0, 0)
    assert compare_maps(None, points, pairs) is None


def make_claims() -> Claims:
    grouping = GroupingClaim("v", "K", "m", np.array([1, -1], np.int32), {1: "<b>"}, {1: 0})
    lists = {"all": ListClaim(((1,), (0,)), ((0.5,), (1.0,)))}
    view = ViewClaim("v", "V", "n", {"backbone": "x"}, lists, (grouping,), np.eye(2))
    return Claims(
        "0" * 12, "T", "G", ("a", "b"), ("A", "ب"), ("", ""), ("a" * 64, "b" * 64), {"c": "a"},
        (view,),
    )  # fmt: skip


def test_claims_come_back() -> None:
    """What is written is read again, to the byte."""
    text = claims_text(make_claims())
    assert claims_text(claims_from_json(json.loads(text))) == text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(format=9),
        lambda data: data.pop("views"),
        lambda data: data["ids"].append("c"),
        lambda data: data["ids"].__setitem__(1, "a"),
        lambda data: data["views"][0]["lists"]["all"]["neighbours"][0].__setitem__(0, 7),
        lambda data: data["views"][0]["groupings"][0]["labels"].pop(),
        lambda data: data.update(views=3),
    ],
)
def test_spoilt_claims_are_refused(spoil) -> None:
    """Claims that do not fit together are a ValueError, whatever is wrong with them."""
    data = json.loads(claims_text(make_claims()))
    spoil(data)
    with pytest.raises(ValueError, match=r"are not|lack|have parts|name images"):
        claims_from_json(data)
