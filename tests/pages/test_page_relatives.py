"""What is said of the relatives of an image: numbers, shares, agreement of views, chance."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.pages.cards import TURNS, cards
from builder.pages.kin import Relations
from builder.pages.relatives import found_words, listed, relatives, score_text, share_text
from builder.pages.types import SiteInput
from builder.similarity.types import Neighbours

_SHARED = json.loads((Path(__file__).parents[1] / "fixtures/relatives.json").read_text("utf-8"))
_VIEWS = [{"name": "likeness"}, {"name": "form"}, {"name": "look"}]


@pytest.fixture(scope="module")
def three(make: Callable[..., SiteInput]) -> SiteInput:
    """Three views whose lists agree in part."""
    return make(n=40, k=12, views=_VIEWS)


@pytest.mark.parametrize("case", _SHARED["shares"], ids=lambda case: str(case["share"]))
def test_shares_are_told_in_per_cent(case: dict[str, object]) -> None:
    """The words are those of the explorer."""
    assert share_text(case["share"]) == case["text"]  # type: ignore[arg-type]


@given(st.floats(0, 1), st.floats(0, 1))
def test_shares_are_never_told_too_high(one: float, other: float) -> None:
    """What is told is at most the share, as the JSON has it, and grows with it."""
    low, high = sorted(round(share, 4) for share in (one, other))

    def told(share: float) -> float:
        return float(share_text(share).removeprefix("> ").removesuffix("\xa0%"))

    assert told(low) <= 100 * low + 1e-9
    assert told(low) <= told(high)
    assert "100" not in share_text(high)


def test_a_share_that_was_not_measured_is_not_told() -> None:
    """No number stands for no measurement."""
    assert share_text(None) == ""


@pytest.mark.parametrize("case", _SHARED["agreement"], ids=lambda case: case["found"])
def test_agreement_is_told_in_words(case: dict) -> None:
    """The words are those of the explorer."""
    found = [digit == "1" for digit in case["found"]]

    assert found_words(case["labels"], found, case["here"]) == case["words"]


def test_the_words_of_turning_are_shared() -> None:
    """Pages and explorer call the eight orientations the same."""
    assert list(TURNS) == _SHARED["turns"]


def test_words_are_listed_as_people_do() -> None:
    """Commas, and an "and" before the last."""
    assert [listed(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("score", "text"), [(0.834, "0.83"), (-0.001, "0.00"), (-1.5, "−1.50"), (12.3, "12.30")]
)
def test_scores_have_two_decimals(score: float, text: str) -> None:
    """A true minus, and never a negative nothing; likeness may lie outside -1 to 1."""
    assert score_text(score) == text


def test_views_agree_as_their_lists_do(three: SiteInput) -> None:
    """Digits say in whose lists of the same scope a relative is, for every image and list."""
    relations = Relations(three, cards(three.corpus.images))
    for row in range(len(three.corpus.images)):
        for here, kin in enumerate(relations.of(row)):
            for scope, found in (("all", kin.all), ("others", kin.others)):
                lists = [getattr(view.neighbours, scope).rows[row] for view in three.views]
                naive = ["".join(str(int(near in line)) for line in lists) for near in lists[here]]

                assert [one.found for one in found.whole] == naive


def test_chance_parts_a_list(three: SiteInput) -> None:
    """The first relative that unrelated images are expected to equal begins the second part."""
    relations = Relations(three, cards(three.corpus.images))
    parts = set()
    for row in range(len(three.corpus.images)):
        for view, kin in zip(three.views, relations.of(row), strict=True):
            chance = view.neighbours.all.chance
            assert chance is not None
            sure = next((at for at, value in enumerate(chance[row]) if value >= 1), 12)
            parts.add(bool(sure))

            assert (len(kin.all.near), len(kin.all.chance)) == (sure, 12 - sure)
    assert parts == {True, False}


def test_without_measures_nothing_is_parted(three: SiteInput) -> None:
    """A list without shares and chances is one list of plain scores."""

    def bare(found: Neighbours) -> Neighbours:
        return Neighbours(
            *(replace(one, percentile=None, chance=None) for one in (found.all, found.others))
        )

    views = tuple(replace(view, neighbours=bare(view.neighbours)) for view in three.views)
    kin = Relations(replace(three, views=views), cards(three.corpus.images)).of(0)[0]

    assert kin.all.chance == ()
    assert {one.share for one in kin.all.whole} == {""}


def test_no_second_list_where_it_says_the_same(three: SiteInput) -> None:
    """Where the nearest of all are in other sources, the second list is left out and it is said."""
    views = tuple(
        replace(view, neighbours=replace(view.neighbours, others=view.neighbours.all))
        for view in three.views
    )

    kin = Relations(replace(three, views=views), cards(three.corpus.images)).of(3)[1]

    assert (kin.others, kin.all_are_others) == (None, True)


def test_relatives_leave_out_empty_places(three: SiteInput) -> None:
    """Places without a neighbour are skipped with all that stands beside them."""
    found = three.views[0].neighbours.all
    rows = found.rows.copy()
    rows[2, 7:] = -1

    cut = relatives(replace(found, rows=rows), 2)

    assert [one.row for one in cut] == found.rows[2, :7].tolist()
    assert found.percentile is not None
    assert [one.percentile for one in cut] == np.round(
        found.percentile[2, :7].astype(float), 4
    ).tolist()
