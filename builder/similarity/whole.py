"""Likeness of pictures that are compared whole and as they are: cosines of centred features."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.similarity import gram
from builder.similarity.axes import Axes, project

Inner = Callable[[NDArray[Any], NDArray[np.int64]], NDArray[np.float32]]
"""Gives the inner products of chosen rows of features with each other."""

_AT_ONCE = 256


def whole_matrix(
    features: NDArray[Any],
    rows: NDArray[np.int64],
    groups: NDArray[np.int64],
    axes: Axes,
    progress: Callable[[int], None],
    inner: Inner = gram.inner_gram,
) -> NDArray[np.float32]:
    """Cosine of every content with every content.

    Args:
        features: (stored, d), usually memory-mapped float16.
        rows: (u,) the row of each content.
        groups: (u,) whose mean is taken off each.
        axes: means and principal axes; without axes the Gram matrix of whole rows is taken.
        progress: called with the number of rows done.
        inner: gives the inner products where no axes are used.

    Returns:
        (u, u) float32, symmetric; contents of equal features and one group are exactly equal.
    """
    stored, index = gram.distinct(features, rows)
    pairs, place = np.unique(np.stack([index, groups]), axis=1, return_inverse=True)
    place = place.ravel()
    kept, kept_groups = stored[pairs[0]], pairs[1]
    if axes.matrix.size:
        vectors = project(features, kept, kept_groups, axes)
        # One array on both sides: BLAS computes one triangle, which is exactly symmetric.
        found = _spread(np.asarray(np.clip(vectors @ vectors.T, -1, 1), np.float32), place)
    else:
        found = _spread(inner(features, kept), place)
        # Every content counts in the mean of its group, equal ones too.
        found = gram.cosines(gram.centred(found, groups) if axes.means.any() else found)
    progress(len(rows))
    return found


def _spread(matrix: NDArray[np.float32], place: NDArray[np.int64]) -> NDArray[np.float32]:
    """The matrix of contents from that of distinct ones."""
    if np.array_equal(place, np.arange(len(matrix))):
        return matrix
    return np.asarray(matrix[np.ix_(place, place)])


def whole_asked(
    asked: NDArray[Any],
    features: NDArray[Any],
    rows: NDArray[np.int64],
    groups: NDArray[np.int64],
    axes: Axes,
) -> NDArray[np.float32]:
    """Cosine of m pictures from outside, (m, d), with every content: (m, u), in one pass over all.

    The mean of all is taken off the pictures, because their source is not known here.
    """
    vectors = axes.apply(asked)
    scores = np.empty((len(asked), len(rows)), np.float32)
    for start in range(0, len(rows), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        scores[:, part] = vectors @ axes.apply(features[rows[part]], groups[part]).T
    return scores
