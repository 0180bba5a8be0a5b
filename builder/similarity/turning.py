"""From stored features to likeness by pieces and turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.similarity.axes import Axes, group_means, principal_axes, project, unit
from builder.similarity.dihedral import Arrange
from builder.similarity.pieces import PieceLikeness, Pieces

_SAMPLED = 250  # pieces whose eight orientations the axes are fitted to


def fit_turned_axes(
    features: NDArray[Any],
    rows: NDArray[np.int64],
    groups: NDArray[np.int64],
    components: int,
    whitening: float,
    centred: bool,
    arrange: Arrange,
) -> Axes:
    """Means and axes of descriptions of lines, over all eight orientations of each piece.

    Args:
        features: (stored, d) float16.
        rows: (p,) upright row of each piece.
        groups: (p,) whose mean is taken off each.
        components: axes wanted, 0 for none.
        whitening: see `fit_axes`.
        centred: whether means are taken off.
        arrange: gives the eight orientations of rows.
    """
    width = features.shape[1]
    means = group_means(features, rows, groups)
    # Re-arranging is linear: the mean over orientations is the orientations' mean of the mean.
    means = arrange(means).mean(axis=1) * np.float32(centred)
    shares = np.bincount(groups, minlength=len(means)) / max(len(groups), 1)
    overall = (shares @ means).astype(np.float32) if len(means) else np.zeros(width, np.float32)
    matrix = np.zeros((0, 0), np.float32)
    if components and len(rows):
        chosen = np.unique(np.linspace(0, len(rows) - 1, min(_SAMPLED, len(rows))).astype(np.int64))
        turned = arrange(features[rows[chosen]].astype(np.float32))
        sample = unit(turned - means[groups[chosen]][:, None]).reshape(-1, width)
        matrix = principal_axes(sample, components, whitening)
    return Axes(means.astype(np.float32), overall, matrix)


def piece_rows(
    starts: NDArray[np.int64], weights: Sequence[tuple[float, ...]], turns: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the pieces of all contents lie, as they are (not turned).

    Args:
        starts: (u,) first row of each content.
        weights: (u,) of the pieces of each.
        turns: rows a piece.

    Returns:
        (p,) row of each piece, and (p,) its content.
    """
    counts = np.array([len(own) for own in weights], np.int64)
    owner = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return starts[owner] + within * turns, owner


@dataclass(frozen=True)
class Figures:
    """Stored features of figures, their pieces and turns.

    Attributes:
        features: (stored, d): for each piece `turns` rows, as it is first.
        starts: (u,) first row of each content.
        weights: (u,) of the pieces of each.
        groups: (u,) whose mean is taken off each.
        axes: means and principal axes.
        turns: rows a piece.
        arrange: gives the eight orientations of rows by re-arranging their numbers; None where the
            `turns` rows are the eight orientations, or one.
        upright: compare as they are only.
    """

    features: NDArray[Any]
    starts: NDArray[np.int64]
    weights: Sequence[tuple[float, ...]]
    groups: NDArray[np.int64]
    axes: Axes
    turns: int
    arrange: Arrange | None
    upright: bool

    def project(self, rows: NDArray[Any], group: int | None) -> NDArray[np.float32]:
        """Stored rows (pieces x turns, d) of a figure -> (pieces, views, c) unit vectors."""
        read = rows.astype(np.float32)
        views = self.arrange(read) if self.arrange and not self.upright else read[:, None]
        width = views.shape[-1]
        own = None if group is None else np.full(len(views) * views.shape[1], group)
        vectors = self.axes.apply(views.reshape(-1, width), own)
        return vectors.reshape(-1, self.turns * views.shape[1], vectors.shape[-1])

    def views(self, i: int) -> NDArray[np.float32]:
        """The pieces of figure i in every turn."""
        count = len(self.weights[i]) * self.turns
        return self.project(
            self.features[self.starts[i] : self.starts[i] + count], int(self.groups[i])
        )

    @property
    def orientation(self) -> NDArray[np.int64]:
        """(views,) which of the eight orientations each view of `views` has."""
        if self.arrange and not self.upright:
            return np.tile(np.arange(8), self.turns)
        if self.upright:
            return np.zeros(self.turns, np.int64)
        return np.arange(self.turns, dtype=np.int64)

    def likeness(self, penalty: float) -> PieceLikeness:
        """Likeness of all figures; `penalty` is in standard deviations of upright cosines."""
        rows, owner = piece_rows(self.starts, self.weights, self.turns)
        ends = np.searchsorted(owner, np.arange(len(self.starts) + 1))
        flat = np.array([weight for own in self.weights for weight in own], np.float32)
        vectors = project(self.features, rows, self.groups[owner], self.axes)
        off = penalty * _spread(vectors) if penalty else 0.0
        pieces = Pieces(vectors, flat, ends, self.views, self.orientation, off)
        return PieceLikeness(pieces, self.project)


def _spread(vectors: NDArray[np.float32]) -> float:
    """Standard deviation of the cosines of different pieces, from evenly spread ones."""
    if len(vectors) < 2:
        return 0.0
    rows = np.unique(np.linspace(0, len(vectors) - 1, min(256, len(vectors))).astype(int))
    cosines = vectors[rows] @ vectors.T
    cosines[np.arange(len(rows)), rows] = np.nan
    return float(np.nanstd(cosines))
