"""From stored rows to likeness by pieces and turns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.similarity.axes import Axes, fit_axes, no_axes
from builder.similarity.dihedral import BINS, CELLS, Arrange, eight_histograms
from builder.similarity.turning import Figures, fit_turned_axes

WIDTH = CELLS * CELLS * BINS
CASES = st.tuples(
    st.lists(st.integers(0, 3), min_size=1, max_size=4),  # pieces of each figure
    st.sampled_from([1, 3]),  # rows a piece
    st.integers(0, 2**31),
)


def unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-6)


class Stored:
    """Figures in a store in which other rows lie between them."""

    def __init__(self, counts: list[int], turns: int, seed: int, width: int = WIDTH) -> None:
        rng = np.random.default_rng(seed)
        self.counts, self.turns = counts, turns
        sizes = [count * turns for count in counts]
        gaps = rng.integers(0, 3, len(counts) + 1)
        self.starts = np.array([sum(sizes[:i]) + gaps[: i + 1].sum() for i in range(len(counts))])
        total = sum(sizes) + int(gaps.sum())
        self.features = (rng.random((total, width)) ** 4).astype(np.float16)
        self.weights = [tuple(rng.dirichlet(np.ones(c)).tolist()) if c else () for c in counts]
        self.groups = np.unique(rng.integers(2, size=len(counts)), return_inverse=True)[1]

    def row(self, figure: int, piece: int, turn: int = 0) -> np.ndarray:
        return self.features[self.starts[figure] + piece * self.turns + turn].astype(np.float64)

    @property
    def upright(self) -> tuple[np.ndarray, np.ndarray]:
        """The first row of every piece, and its group."""
        places = [(i, p) for i, count in enumerate(self.counts) for p in range(count)]
        rows = [int(self.starts[i]) + p * self.turns for i, p in places]
        groups = [int(self.groups[i]) for i, _ in places]
        return np.array(rows, np.int64), np.array(groups, np.int64)


def figures_of(
    stored: Stored, axes: Axes, arrange: Arrange | None, upright: bool = False
) -> Figures:
    return Figures(
        stored.features,
        stored.starts,
        stored.weights,
        stored.groups,
        axes,
        stored.turns,
        arrange,
        upright,
    )


def naive_means(stored: Stored) -> dict[int, np.ndarray]:
    """Mean over the pieces of a group, each in all eight orientations."""
    rows, groups = stored.upright
    return {
        group: np.concatenate(
            [eight_histograms(stored.features[[row]].astype(np.float32))[0] for row in rows[own]]
        ).mean(axis=0)
        for group in set(groups.tolist())
        for own in [groups == group]
    }


@given(CASES)
@settings(max_examples=25, deadline=None)
def test_views_are_turned_rows_less_the_mean_of_all_orientations(case: tuple) -> None:
    """For each small turn the eight orientations follow one another."""
    stored = Stored(*case)
    axes = fit_turned_axes(stored.features, *stored.upright, 0, 0, True, eight_histograms)
    means = naive_means(stored)
    figures = figures_of(stored, axes, eight_histograms)

    assert figures.orientation.tolist() == list(range(8)) * case[1]
    for i, count in enumerate(stored.counts):
        found = figures.views(i)
        assert found.shape == (count, 8 * case[1], WIDTH)
        for piece in range(count):
            rows = np.stack([stored.row(i, piece, turn) for turn in range(case[1])])
            ways = eight_histograms(rows.astype(np.float32)).reshape(-1, WIDTH)
            expected = unit(ways - means[int(stored.groups[i])])
            np.testing.assert_allclose(expected, found[piece], atol=1e-4)


@given(CASES, st.sampled_from([0.0, 0.25]))
@settings(max_examples=25, deadline=None)
def test_axes_of_strokes_are_those_of_all_orientations(case: tuple, whitening: float) -> None:
    """Cosines on the axes are those of the leading components of unit rows, turned in all ways."""
    stored = Stored(*case)
    rows, groups = stored.upright
    if not len(rows):
        return
    axes = fit_turned_axes(stored.features, rows, groups, 5, whitening, True, eight_histograms)
    turned = eight_histograms(stored.features[rows].astype(np.float32))
    means = np.stack([naive_means(stored).get(g, np.zeros(WIDTH)) for g in range(2)])
    exact = unit(turned - means[groups][:, None]).reshape(-1, WIDTH).astype(np.float64)
    _, values, vectors = np.linalg.svd(exact, full_matrices=False)
    # Equal eigenvalues leave the axes open; such cases say nothing.
    if len(values) > 5 and values[4] - values[5] < 1e-2 * values[4]:
        return
    kept = np.flatnonzero(values[:5] > 1e-3)
    scores = exact @ vectors[kept].T * (values[kept] ** 2 / len(exact)) ** -whitening
    expected = unit(scores)

    found = axes.apply(turned.reshape(-1, WIDTH), np.repeat(groups, 8))

    strong = np.linalg.norm(scores, axis=1) > 1e-2 * np.linalg.norm(scores, axis=1).max()
    np.testing.assert_allclose(
        (expected @ expected.T)[strong][:, strong], (found @ found.T)[strong][:, strong], atol=5e-3
    )


@given(CASES, st.sampled_from([0.0, 0.5]))
@settings(max_examples=15, deadline=None)
def test_likeness_of_stored_figures_is_the_naive_one(case: tuple, penalty: float) -> None:
    """Single pieces: the highest of all turns' cosines, turned ones less the penalty."""
    counts, turns, seed = case
    stored = Stored([min(count, 1) for count in counts], turns, seed)
    n = len(counts)
    axes = fit_turned_axes(stored.features, *stored.upright, 0, 0, True, eight_histograms)
    figures = figures_of(stored, axes, eight_histograms)
    upright = {i: figures.views(i)[0, 0] for i in range(n) if stored.counts[i]}
    cosines = [upright[i] @ upright[j] for i in upright for j in upright if i != j]
    off = penalty * (float(np.std(cosines)) if cosines else 0)

    found = figures.likeness(penalty).matrix(lambda _: None)

    for i in range(n):
        for j in range(n):
            expected = 0.0
            if i in upright and j in upright:
                ways = figures.views(i)[0] @ upright[j] - off * (figures.orientation > 0)
                expected = max(0.0, float(ways.max()))
            assert expected == pytest.approx(found[i, j], abs=1e-4)


def test_upright_strokes_are_compared_as_they_are() -> None:
    """One view a piece, whatever the orientations would give."""
    stored = Stored([1, 1, 2], 1, 3)
    axes = no_axes(stored.features, *stored.upright, centred=False)
    figures = figures_of(stored, axes, eight_histograms, upright=True)

    found = figures.likeness(0).matrix(lambda _: None)

    assert figures.orientation.tolist() == [0]
    a, b = unit(stored.row(0, 0)), unit(stored.row(1, 0))
    assert found[0, 1] == found[1, 0] == pytest.approx(a @ b, abs=1e-4)
    assert pytest.approx([1, 1, 1], abs=1e-4) == np.diagonal(found).tolist()


@pytest.mark.parametrize("components", [0, 3])
def test_a_network_has_seen_each_orientation(components: int) -> None:
    """Its eight rows are the views; the first is what others are compared with."""
    stored = Stored([1, 1, 1, 1], 8, 5, width=30)
    stored.groups = np.zeros(4, np.int64)
    rows, groups = stored.upright
    axes = (
        fit_axes(stored.features, rows, groups, components, 0.25)
        if components
        else no_axes(stored.features, rows, groups, centred=True)
    )
    figures = figures_of(stored, axes, None)
    first = np.stack([figures.views(i)[0, 0] for i in range(4)])
    expected = [[max(0.0, *(figures.views(i)[0] @ first[j])) for j in range(4)] for i in range(4)]

    likeness = figures.likeness(0)

    assert figures.orientation.tolist() == list(range(8))
    np.testing.assert_allclose(expected, likeness.matrix(lambda _: None), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(figures.views(0), axis=2), 1, atol=1e-5)
