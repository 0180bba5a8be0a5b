"""Layouts: finite, within bounds, each image once."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.clusters.fit import Fit
from builder.clusters.represent import represent
from builder.layouts.arrange import islands
from builder.layouts.frame import normalise, spread
from builder.layouts.project import map_layout, project
from builder.layouts.quality import measured
from builder.layouts.snap import (
    cost,
    even_shape,
    fit_to_grid,
    grid_layout,
    shape,
    snap_rasterfairy,
    snap_shufflesnap,
)


def cloud(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, 2)).astype(np.float32)


@given(st.integers(1, 300), st.integers(0, 2**31))
@settings(max_examples=50, deadline=None)
def test_a_grid_holds_each_image_exactly_once(n: int, seed: int) -> None:
    """Cells are distinct and inside the smallest broad rectangle."""
    layout = grid_layout(cloud(n, seed), "shufflesnap")

    assert n == len(set(layout.cell.tolist()))
    assert layout.cell.min() >= 0
    assert layout.cell.max() < layout.columns * layout.rows
    assert layout.columns * layout.rows - n < max(layout.columns, layout.rows)
    assert layout.columns >= layout.rows


@given(st.integers(1, 150), st.integers(0, 2**31))
@settings(max_examples=25, deadline=None)
def test_rasterfairy_works_for_any_count(n: int, seed: int) -> None:
    """Also where the grid is not exactly full, and with coinciding points."""
    xy = cloud(n, seed)
    xy[: n // 3] = xy[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        layout = grid_layout(xy, "rasterfairy")

    assert n == len(set(layout.cell.tolist()))
    assert layout.cell.max() < layout.columns * layout.rows
    assert "float" not in vars(np)


def test_rasterfairy_keeps_neighbourhoods() -> None:
    """Positions between 0 and 1 are not cut to nothing: it is far better than a random grid."""
    rng = np.random.default_rng(0)
    groups = rng.random((20, 2))[rng.integers(20, size=900)]
    xy = (groups + rng.normal(size=(900, 2)) * 0.03).astype(np.float32)
    columns, rows = even_shape(900)
    points = fit_to_grid(xy, columns, rows)
    best = cost(points, snap_shufflesnap(points, columns, rows), columns)
    fairy = cost(points, snap_rasterfairy(points, columns, rows), columns)
    chance = cost(points, rng.permutation(900).astype(np.int32), columns)

    assert fairy < 1.6 * best
    assert fairy < 0.4 * chance


@pytest.mark.parametrize("kind", ["uniform", "clustered"])
def test_the_grid_is_within_one_per_cent_of_the_optimum(kind: str) -> None:
    """2,500 points against SciPy's exact assignment."""
    from scipy.optimize import linear_sum_assignment
    from scipy.spatial.distance import cdist

    rng = np.random.default_rng(0)
    xy = rng.random((2500, 2))
    if kind == "clustered":
        xy = rng.random((20, 2))[rng.integers(20, size=2500)] + rng.normal(size=(2500, 2)) * 0.03
    columns, rows = shape(2500)
    points = fit_to_grid(xy.astype(np.float32), columns, rows)
    cells = np.arange(columns * rows)
    centres = np.stack([cells % columns, cells // columns], axis=1)
    distances = cdist(points, centres, "sqeuclidean")
    optimum = distances[linear_sum_assignment(distances)].sum()

    assert cost(points, snap_shufflesnap(points, columns, rows), columns) <= 1.01 * optimum


@given(st.integers(1, 200), st.integers(0, 2**31), st.floats(0.001, 0.2))
@settings(max_examples=40, deadline=None)
def test_spreading_parts_what_overlaps(n: int, seed: int, size: float) -> None:
    """Less overlap than before, also among coinciding points, and nothing runs away."""
    xy = np.random.default_rng(seed).random((n, 2))
    xy[: n // 4] = 0.5

    def overlap(points: np.ndarray) -> float:
        gap = np.abs(points[:, None] - points[None]).max(axis=2)
        return float(np.maximum(size - gap, 0)[np.triu_indices(n, 1)].sum())

    before, moved = overlap(xy), spread(xy, size)

    assert np.isfinite(moved).all()
    assert overlap(moved) <= before * 0.7 + 1e-9


def test_normalise_scales_the_longer_side() -> None:
    """Proportions are kept, one point lies in the middle."""
    assert normalise(np.array([[2.0, 1], [6, 3]])).tolist() == [[0, 0], [1, 0.5]]
    assert normalise(np.array([[7.0, 7]])).tolist() == [[0.5, 0.5]]


@pytest.mark.parametrize("n", [1, 2, 5, 30, 120])
def test_maps_of_any_size_are_finite_and_in_bounds(n: int) -> None:
    """Few images, too few for UMAP, and enough."""
    vectors = np.random.default_rng(0).normal(size=(n, min(n, 12))).astype(np.float32)

    layout = map_layout(project(vectors, 15, 0.1, 0))

    assert np.isfinite(layout.xy).all()
    assert (layout.xy >= 0).all()
    assert (layout.xy <= 1).all()
    assert layout.size > 0


def test_identical_images_are_laid_side_by_side() -> None:
    """Thirty images with nothing between them do not lie on one spot."""
    layout = map_layout(project(np.zeros((30, 0), np.float32), 15, 0.1, 0))

    assert len(np.unique(layout.xy.round(3), axis=0)) == 30


def test_maps_are_repeatable() -> None:
    """One seed, one map, to the bit."""
    vectors = np.random.default_rng(4).normal(size=(90, 8)).astype(np.float32)

    assert np.array_equal(project(vectors, 10, 0.1, 3), project(vectors, 10, 0.1, 3))


@given(st.integers(1, 200), st.integers(1, 12), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_islands_do_not_touch(n: int, k: int, seed: int) -> None:
    """Images of two clusters are further apart than images of one."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(k, size=n).astype(np.int32)
    clustering = represent(
        Fit(labels, k),
        rng.normal(size=(n, 3)).astype(np.float32),
        rng.random(n).astype(np.float32),
        False,
    )

    layout = islands(clustering, rng.random((n, 2)).astype(np.float32))

    gap = np.abs(layout.xy[:, None] - layout.xy[None]).max(axis=2)
    off = ~np.eye(n, dtype=bool)
    if n > 1:
        assert gap[off].min() > layout.size * 0.99
    apart = clustering.labels[:, None] != clustering.labels[None]
    if apart.any():
        euclidean = np.sqrt(((layout.xy[:, None] - layout.xy[None]) ** 2).sum(axis=2))
        assert euclidean[apart].min() > 1.2 * layout.size


def test_measures_tell_a_faithful_layout_from_a_shuffled_one() -> None:
    """The same points in two dimensions are perfect, shuffled ones are not."""
    rng = np.random.default_rng(0)
    vectors = rng.random((200, 2)).astype(np.float32)
    gaps = ((vectors[:, None] - vectors[None]) ** 2).sum(axis=2)
    true = np.argsort(gaps, axis=1)[:, 1:11].astype(np.int32)
    good = map_layout(vectors.astype(np.float64))
    faithful = measured(type(good)("map", "positions", vectors, 0.01), vectors, true).quality
    shuffled = measured(
        type(good)("map", "positions", rng.permutation(vectors), 0.01), vectors, true
    ).quality

    assert faithful["neighbours_kept"] == 1
    assert faithful["trustworthiness"] == faithful["continuity"] == 1
    assert shuffled["neighbours_kept"] < 0.2
    assert shuffled["trustworthiness"] < 0.7
