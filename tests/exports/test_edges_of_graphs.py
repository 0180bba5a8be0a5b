"""Which pairs of relatives a graph shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.pages.edges import Edge, least_score, pairs, shown, thresholds
from builder.pages.types import SiteInput
from builder.settings.exports import ExportsSettings
from builder.similarity.types import NeighbourList, Neighbours

SCORES = st.lists(st.floats(0.001, 3, allow_nan=False), max_size=60)


@settings(deadline=None)
@given(SCORES, st.integers(1, 12), st.floats(0.2, 6))
def test_the_least_score_is_the_least_hundredth_that_will_do(
    scores: list[float], images: int, an_image: float
) -> None:
    """Against trying every hundredth; with too many highest scores those are kept."""
    least = least_score(scores, images, an_image)

    room = int(images * an_image)
    steps = [step / 100 for step in range(302)]
    naive = next(step for step in steps if sum(one >= step for one in scores) <= room)
    if not any(one >= naive for one in scores) and len(scores) > room:
        naive = max(scores)
    assert least == naive


@settings(deadline=None)
@given(SCORES)
def test_what_is_left_falls_with_the_threshold(scores: list[float]) -> None:
    """More is asked, less is left; at the lowest threshold nothing that counts is missing."""
    edges = {(at, at + 1): Edge(score, at % 2 == 0, None) for at, score in enumerate(scores)}

    table = thresholds(edges, len(scores) + 1, 0.0)

    counts = [one.edges for one in table]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len(scores)
    assert [one.chosen for one in table] == [True] + [False] * (len(table) - 1)


def test_negative_scores_are_never_edges() -> None:
    """Programs that lay graphs out cannot draw a weight below zero."""
    edges = {
        (0, 1): Edge(-0.1, True, 0.1),
        (0, 2): Edge(0.0, True, 0.2),
        (1, 2): Edge(0.3, True, 1),
    }

    for least in (-1.0, "auto"):
        left, _ = shown(edges, 3, ExportsSettings(min_score=least))
        assert list(left) == [(1, 2)]


def test_many_images_are_no_hairball(made: Callable[..., SiteInput]) -> None:
    """Of 5,000 images with 20 relatives each, three edges an image are left."""
    rng = np.random.default_rng(0)
    rows = ((np.arange(5000)[:, None] + rng.integers(1, 4999, (5000, 20))) % 5000).astype(np.int32)
    scores = rng.beta(2, 5, (5000, 20)).astype(np.float32)
    mutual, lie = np.zeros(rows.shape, bool), np.zeros(rows.shape, np.uint8)
    found = NeighbourList(rows, scores, mutual, lie)
    view = replace(made(count=8).views[0], neighbours=Neighbours(found, found))

    left, least = shown(pairs(view), 5000, ExportsSettings())

    assert 14_000 < len(left) <= 15_000
    assert np.isclose(least * 100, round(least * 100))
