"""The neighbour graph and the rows of sources."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.layouts.forces import _repel
from builder.layouts.graph import NEAREST, graph_layout, joined
from builder.layouts.sources import sources_layout

_PLACES = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def cliques(sizes: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Places by lot, and lists in which everybody is near all of the own group alone."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    nearest = np.full((len(group), NEAREST), -1, np.int32)
    for row in range(len(group)):
        own = [other for other in np.flatnonzero(group == group[row]) if other != row]
        nearest[row, : len(own[:NEAREST])] = own[:NEAREST]
    return np.random.default_rng(0).random((len(group), 2)).astype(np.float32), nearest


@given(_PLACES, st.integers(2, 30))
@settings(max_examples=30, deadline=None)
def test_each_pair_is_joined_once_and_pulls_as_near_as_its_lists_say(rng, n) -> None:
    """Edges and weights are what plain loops over the lists give."""
    nearest = np.stack([rng.permutation(n)[:4] for _ in range(n)]).astype(np.int32)
    nearest[nearest == np.arange(n)[:, None]] = -1
    expected: dict[tuple[int, int], float] = {}
    for row in range(n):
        for place, other in enumerate(nearest[row].tolist()):
            if other >= 0:
                pair = (min(row, other), max(row, other))
                expected[pair] = expected.get(pair, 0) + 1 - place / (nearest.shape[1] + 1)

    ends, weights = joined(nearest)

    assert [tuple(pair) for pair in ends.tolist()] == sorted(expected)
    assert np.allclose(weights, [expected[pair] for pair in sorted(expected)])


@given(_PLACES, st.integers(2, 40))
@settings(max_examples=30, deadline=None)
def test_nodes_push_each_other_as_all_pairs_do(rng, n) -> None:
    """On one cell exactly; on many cells the push of far ones is that of their middles."""
    xy, mass = rng.normal(size=(n, 2)), 1 + rng.integers(0, 5, n).astype(float)
    gap = xy[:, None] - xy[None]
    square = np.maximum((gap**2).sum(axis=2), 1e-4)
    pushes = gap * (mass[:, None] * mass[None] / square)[:, :, None]
    expected = pushes.sum(axis=1)

    one, many = np.zeros((n, 2)), np.zeros((n, 2))
    _repel(xy, mass, one, 1)
    _repel(xy, mass, many, 6)

    assert np.allclose(one, expected)
    assert np.abs(many - expected).max() < 0.2 * np.linalg.norm(pushes, axis=2).sum(axis=1).max()


def test_relatives_lie_together_and_strangers_apart() -> None:
    """Groups strewn over each other part; twice the same bytes; no image is lost."""
    xy, nearest = cliques([20, 20, 20])
    group = np.repeat(np.arange(3), 20)

    layout = graph_layout(xy, nearest)

    far = np.linalg.norm(layout.xy[:, None] - layout.xy[None], axis=2)
    same = group[:, None] == group[None]
    assert far[same].max() < 0.7 * far[~same].max()
    assert far[same].mean() < 0.5 * far[~same].mean()
    assert graph_layout(xy, nearest).xy.tobytes() == layout.xy.tobytes()
    assert layout.size > 0


def test_few_images_and_images_at_one_place_have_a_graph() -> None:
    """One, two, and thirty that all lie on one place: finite, none on another."""
    for n in (1, 2, 30):
        nearest = np.full((n, 3), -1, np.int32)
        layout = graph_layout(np.zeros((n, 2), np.float32), nearest)
        assert np.isfinite(layout.xy).all()
        assert len(np.unique(layout.xy.round(5), axis=0)) == n


@given(st.lists(st.sampled_from(["", "MS 2", "MS 10", "b"]), min_size=1, max_size=150))
@settings(max_examples=60, deadline=None)
def test_sources_are_rows_in_page_order(sources) -> None:
    """A source's images go left to right, then down; no line is shared; names in natural order."""
    layout = sources_layout(sources)

    gap = np.abs(layout.xy[:, None] - layout.xy[None]).max(axis=2)
    assert (gap[~np.eye(len(sources), dtype=bool)] > 0.99 * layout.size).all()
    lines = {}
    for source in set(sources):
        own = layout.xy[[row for row, one in enumerate(sources) if one == source]]
        read = sorted(range(len(own)), key=lambda at: (own[at][1].round(5), own[at][0]))
        assert read == list(range(len(own)))
        lines[source] = {float(y.round(5)) for y in own[:, 1]}
    kept = list(lines.values())
    assert sum(map(len, kept)) == len(set.union(*kept))
    order = [name for name in ("b", "MS 2", "MS 10") if name in lines]
    assert [mark.text.rsplit(" (", 1)[0] for mark in layout.marks][: len(order)] == order


def test_a_row_each_until_one_is_too_long() -> None:
    """Nine sources have one row each; one of five hundred images among two goes on below."""
    rows = sources_layout([f"MS {row // 50}" for row in range(450)])
    broken = sources_layout(["A"] * 500 + ["B"] * 3)

    assert len(np.unique(rows.xy[:, 1].round(5))) == 9
    assert len(np.unique(broken.xy[:500, 1].round(5))) > 1
    assert np.ptp(broken.xy[:, 1]) > 0.2
