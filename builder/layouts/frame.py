"""Geometry that all layouts share: scaling to 0-1, and moving pictures apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 60
_GOLDEN = np.pi * (3 - np.sqrt(5))


def normalise(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shift (n, 2) to start at 0 and scale so that the longer side is 1; one point gives 0.5."""
    low, extent = xy.min(axis=0), float(np.ptp(xy, axis=0).max())
    if extent <= 0:
        return np.full_like(xy, 0.5)
    return np.asarray((xy - low) / extent, np.float64)


def room(xy: NDArray[np.float64]) -> float:
    """Side of a picture: half the plane is covered, wherever pictures lie close or far."""
    width, height = np.maximum(np.ptp(xy, axis=0), 0.25)
    return float(np.sqrt(0.5 * width * height / len(xy)))


def in_place(xy: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """Positions that mean something, left where they are.

    Only images that share one position are laid around it, for all to be seen.
    """
    return _part_coincident(xy, size * 0.6)


def spread(xy: NDArray[np.float64], size: float, rounds: int = _ROUNDS) -> NDArray[np.float64]:
    """Move overlapping squares of side `size` apart, each as little as can be.

    In each round every overlapping pair is pushed along its shorter way out, half of it each;
    neighbourhoods keep their shape. What coincides is first laid out in a small spiral.
    """
    from scipy.spatial import cKDTree

    xy = _part_coincident(xy, size)
    for _ in range(rounds):
        pairs = cKDTree(xy).query_pairs(size, p=np.inf, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        gap = xy[pairs[:, 1]] - xy[pairs[:, 0]]
        overlap = size - np.abs(gap)
        axis = np.argmin(overlap, axis=1)
        rows = np.arange(len(pairs))
        push = np.zeros_like(gap)
        away = np.where(gap[rows, axis] < 0, -1.0, 1.0)
        push[rows, axis] = away * overlap[rows, axis] * 0.25
        for column in range(2):
            xy[:, column] -= np.bincount(pairs[:, 0], push[:, column], len(xy))
            xy[:, column] += np.bincount(pairs[:, 1], push[:, column], len(xy))
    return np.asarray(xy, np.float64)


def _part_coincident(xy: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """Lay images that share one position on a sunflower spiral around it."""
    _, index, counts = np.unique(np.round(xy, 9), axis=0, return_inverse=True, return_counts=True)
    index = np.asarray(index).ravel()
    order = np.argsort(index, kind="stable")
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    rank = np.empty(len(xy))
    rank[order] = np.arange(len(xy)) - starts[index[order]]
    turn = np.stack([np.cos(rank * _GOLDEN), np.sin(rank * _GOLDEN)], axis=1)
    return np.asarray(xy + size * 0.8 * np.sqrt(rank)[:, None] * turn, np.float64)
