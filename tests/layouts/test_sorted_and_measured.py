"""The sorted grid, t-SNE, principal components, and the measures of all."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.errors import SettingsError
from builder.layouts.project import components_layout, tsne
from builder.layouts.quality import kept, measured
from builder.layouts.snap import excess, fit_to_grid, grid_layout, shape
from builder.layouts.types import Layout


def groups(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of six groups, and which image is of which."""
    rng = np.random.default_rng(seed)
    label = rng.integers(6, size=n)
    return (rng.normal(size=(6, 10))[label] + rng.normal(size=(n, 10)) * 0.2).astype(
        np.float32
    ), label


@given(st.integers(1, 90), st.integers(0, 6), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_the_sorted_grid_holds_each_image_once(n: int, d: int, seed: int) -> None:
    """Any count and width, equal and empty vectors among them; the same at every call."""
    pytest.importorskip("vc_flas")
    from builder.layouts.sort import sorted_layout

    vectors = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    vectors[: n // 3] = 0

    layout = sorted_layout(vectors, 0)

    assert n == len(set(layout.cell.tolist()))
    assert layout.cell.min() >= 0
    assert layout.cell.max() < layout.columns * layout.rows
    assert np.array_equal(layout.cell, sorted_layout(vectors, 0).cell)


def test_the_sorted_grid_puts_likes_side_by_side() -> None:
    """Most images have a neighbour of their own group beside them."""
    pytest.importorskip("vc_flas")
    from builder.layouts.sort import sorted_layout

    vectors, label = groups(240)
    layout = sorted_layout(vectors, 0)
    where = np.full((layout.rows, layout.columns), -1)
    where[layout.cell // layout.columns, layout.cell % layout.columns] = label

    beside = (where[:, 1:] == where[:, :-1])[where[:, 1:] >= 0]
    assert beside.mean() > 0.75


def test_without_the_library_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence that says what to install."""
    from builder.layouts.sort import sorted_layout

    monkeypatch.setitem(sys.modules, "vc_flas", None)

    with pytest.raises(SettingsError, match=r"not installed; run: pip install") as caught:
        sorted_layout(np.ones((4, 2), np.float32), 0)
    assert "volvelle[flas]" in caught.value.sentence


@pytest.mark.parametrize("n", [1, 3, 11, 14, 80])
def test_t_sne_of_any_size_is_finite(n: int) -> None:
    """Fewer images than the perplexity asks for, and copies."""
    vectors, _ = groups(n)
    vectors[: n // 4] = vectors[0]

    found = tsne(vectors, 30, 0)

    assert found.shape == (n, 2)
    assert np.isfinite(found).all()


def test_t_sne_is_repeatable() -> None:
    """One seed, one layout, to the bit."""
    vectors, _ = groups(60)

    assert np.array_equal(tsne(vectors, 10, 2), tsne(vectors, 10, 2))


def test_principal_components_lie_true_to_scale() -> None:
    """The first across, the second upwards, one scale for both, and axes that say their share."""
    vectors = np.random.default_rng(0).normal(size=(50, 4)).astype(np.float32)

    layout = components_layout(vectors, np.array([0.5, 0.25, 0.1, 0.05]))

    across = np.polyfit(vectors[:, 0], layout.xy[:, 0], 1)[0]
    down = np.polyfit(vectors[:, 1], layout.xy[:, 1], 1)[0]
    assert across == pytest.approx(-down)
    assert [mark.text for mark in layout.marks] == ["component 1: 50.0%", "component 2: 25.0%"]


@pytest.mark.parametrize("width", [0, 1, 2])
def test_components_of_little_are_a_layout(width: int) -> None:
    """One image, and collections in which nothing or one thing differs."""
    for n in (1, 5):
        layout = components_layout(np.zeros((n, width), np.float32), np.ones(width))

        assert np.isfinite(layout.xy).all()
        assert len(np.unique(layout.xy.round(5), axis=0)) == n


@given(st.integers(12, 60), st.integers(1, 6), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_kept_neighbours_are_counted_as_one_would_by_hand(n: int, k: int, seed: int) -> None:
    """Against a plain loop, with fewer than k true neighbours for some."""
    rng = np.random.default_rng(seed)
    xy = rng.random((n, 2)).astype(np.float32)
    true = np.stack([rng.permutation(np.delete(np.arange(n), row))[:k] for row in range(n)])
    true = np.where(rng.random((n, k)) < 0.1, -1, true).astype(np.int32)

    found = kept(xy, true)

    gaps = ((xy[:, None].astype(np.float64) - xy[None]) ** 2).sum(axis=2)
    np.fill_diagonal(gaps, np.inf)
    for row in range(n):
        near = set(np.argsort(gaps[row])[:k].tolist())
        wanted = {one for one in true[row].tolist() if one >= 0}
        assert found[row] == pytest.approx(len(near & wanted) / len(wanted) if wanted else 1)


def test_an_image_among_many_on_one_spot_counts_others_only() -> None:
    """Thirty images on one spot: none is its own neighbour, whatever order they come in."""
    xy = np.zeros((30, 2), np.float32)
    true = ((np.arange(30)[:, None] + np.arange(1, 11)[None]) % 30).astype(np.int32)

    found = kept(xy, true)

    assert ((found >= 0) & (found <= 1)).all()


def test_each_image_says_how_far_its_place_is_true() -> None:
    """One image put where it does not belong is told from the others."""
    side = np.arange(15)
    xy = np.stack(np.meshgrid(side, side), axis=2).reshape(-1, 2).astype(np.float32)
    gaps = ((xy[:, None] - xy[None]) ** 2).sum(axis=2)
    true = np.argsort(gaps, axis=1, kind="stable")[:, 1:11].astype(np.int32)
    moved = xy.copy()
    moved[112] = [0.4, 0.4]

    layout = measured(Layout("map", "positions", moved, 0.1), xy, true)

    assert layout.faithful.shape == (225,)
    assert layout.faithful[112] == 0
    assert np.median(layout.faithful) > 0.6
    assert layout.quality["neighbours_kept"] == pytest.approx(layout.faithful.mean(), abs=1e-6)


@given(st.integers(1, 60), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_the_excess_is_zero_only_for_the_optimum(n: int, seed: int) -> None:
    """SciPy's own assignment exceeds by nothing, a shuffled one by much."""
    from scipy.optimize import linear_sum_assignment
    from scipy.spatial.distance import cdist

    rng = np.random.default_rng(seed)
    columns, rows = shape(n)
    points = fit_to_grid(rng.random((n, 2)).astype(np.float32), columns, rows)
    cells = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=2).reshape(-1, 2)
    optimum = linear_sum_assignment(cdist(points, cells, "sqeuclidean"))[1].astype(np.int32)

    assert excess(points, optimum, columns, rows) < 1e-9
    if n > 20:
        assert excess(points, rng.permutation(n).astype(np.int32), columns, rows) > 0.5


def test_the_excess_of_a_large_grid_is_found_in_windows() -> None:
    """3,000 images: near nothing for shufflesnap, much after two halves are exchanged."""
    xy = np.random.default_rng(0).random((3000, 2)).astype(np.float32)
    layout = grid_layout(xy, "shufflesnap", "tsne-grid", "On a grid")
    points = fit_to_grid(xy, layout.columns, layout.rows)
    shuffled = layout.cell.copy()
    pairs = np.arange(0, 3000, 2)
    near = np.argsort(layout.cell)
    shuffled[near[pairs]], shuffled[near[pairs + 1]] = (
        layout.cell[near[pairs + 1]],
        layout.cell[near[pairs]],
    )

    assert layout.name == "tsne-grid"
    assert layout.quality["excess over the optimum"] < 0.02
    assert excess(points, shuffled, layout.columns, layout.rows) > 0.1
