"""Principal axes of features, so that wide rows become short vectors of nearly the same cosines.

Axes are found through the Gram matrix of at most `FITTED` rows, exactly if there are no more; all
rows are then projected in one pass over the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FITTED = 3000
"""Rows that axes are fitted to, evenly spread."""

_AT_ONCE = 256
_LEAST = 1e-6  # of the largest eigenvalue: smaller ones are rounding, which whitening would raise


@dataclass(frozen=True)
class Axes:
    """How features become vectors.

    Attributes:
        means: (groups, d) float32, taken off the rows of each group.
        overall: (d,) float32, taken off rows of no known group.
        matrix: (d, c) float32, principal axes divided by their eigenvalue to a power; (0, 0) where
            rows stay as they are.
    """

    means: NDArray[np.float32]
    overall: NDArray[np.float32]
    matrix: NDArray[np.float32]

    def apply(
        self, rows: NDArray[Any], groups: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """Rows (m, d) as vectors of unit length (m, c); `groups` (m,) says whose mean goes off."""
        centred = rows.astype(np.float32)
        centred -= self.overall if groups is None else self.means[groups]
        return unit(centred @ self.matrix if self.matrix.size else centred)


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length one; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 1e-12, lengths, 1), np.float32)


def group_means(
    features: NDArray[Any], rows: NDArray[np.int64], groups: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Mean of the rows of each group, read once: (groups, d)."""
    count = int(groups.max(initial=-1)) + 1
    sums = np.zeros((count, features.shape[1]), np.float64)
    for start in range(0, len(rows), _AT_ONCE):
        part = features[rows[start : start + _AT_ONCE]].astype(np.float32)
        for group in np.unique(groups[start : start + _AT_ONCE]):
            own = part[groups[start : start + _AT_ONCE] == group]
            sums[group] += own.sum(axis=0, dtype=np.float64)
    members = np.maximum(np.bincount(groups, minlength=count), 1)
    return (sums / members[:, None]).astype(np.float32)


def fit_axes(
    features: NDArray[Any],
    rows: NDArray[np.int64],
    groups: NDArray[np.int64],
    components: int,
    whitening: float,
    centred: bool = True,
) -> Axes:
    """Axes of the chosen rows after the mean of its group is taken off each.

    Args:
        features: (stored, d), usually memory-mapped float16.
        rows: (u,) rows of it.
        groups: (u,) group of each row.
        components: axes wanted; fewer come back where the rank is lower.
        whitening: components are divided by their eigenvalue to this power.
        centred: whether means are taken off.
    """
    plain = no_axes(features, rows, groups, centred)
    means, overall = plain.means, plain.overall
    chosen = np.unique(np.linspace(0, len(rows) - 1, min(FITTED, len(rows))).astype(np.int64))
    sample = features[rows[chosen]].astype(np.float32) - means[groups[chosen]]
    return Axes(means, overall, principal_axes(sample, components, whitening))


def no_axes(
    features: NDArray[Any], rows: NDArray[np.int64], groups: NDArray[np.int64], centred: bool
) -> Axes:
    """Means alone: rows stay as wide as they are."""
    count = int(groups.max(initial=-1)) + 1
    matrix = np.zeros((0, 0), np.float32)
    if not centred:
        nothing = np.zeros((count, features.shape[1]), np.float32)
        return Axes(nothing, np.zeros(features.shape[1], np.float32), matrix)
    means = group_means(features, rows, groups)
    shares = np.bincount(groups, minlength=count) / max(len(groups), 1)
    return Axes(means, (shares @ means).astype(np.float32), matrix)


def principal_axes(
    sample: NDArray[np.float32], components: int, whitening: float
) -> NDArray[np.float32]:
    """Axes (d, c) of centred rows (m, d), the strongest first, each with a fixed sign.

    The eigenvalue problem is solved on the shorter side: m x m (Gram) or d x d (covariance).
    """
    from scipy.linalg import eigh

    count = min(components, *sample.shape)
    if not count:
        return np.zeros((0, 0), np.float32)
    tall = sample.shape[0] > sample.shape[1]
    product = sample.T @ sample if tall else sample @ sample.T
    last = len(product) - 1
    values, vectors = eigh(product.astype(np.float64), subset_by_index=[last - count + 1, last])
    values, vectors = values[::-1], vectors[:, ::-1]
    # What float32 products leave of a direction that is none reaches some 1e-7.
    kept = values > max(float(values[0]) if len(values) else 0.0, 1e-12) * _LEAST
    values, vectors = values[kept], vectors[:, kept]
    axes = vectors if tall else sample.T @ (vectors / np.sqrt(values)).astype(np.float32)
    peaks = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] if axes.size else 1
    power = (values / max(len(sample), 1)) ** -whitening if whitening else 1.0
    return np.asarray(axes * np.where(np.asarray(peaks) < 0, -1, 1) * power, np.float32)


def project(
    features: NDArray[Any], rows: NDArray[np.int64], groups: NDArray[np.int64], axes: Axes
) -> NDArray[np.float32]:
    """The chosen rows as vectors of unit length, (u, c), read once.

    A row's vector is summed in the same order wherever it stands, so that equal rows of one group
    have equal vectors.
    """
    parts = [
        axes.apply(features[rows[start : start + _AT_ONCE]], groups[start : start + _AT_ONCE])
        for start in range(0, len(rows), _AT_ONCE)
    ]
    width = axes.matrix.shape[1] if axes.matrix.size else features.shape[1]
    return np.concatenate(parts) if parts else np.zeros((0, width), np.float32)
