"""Pairs of relatives, and which of them a graph shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.pages.types import SiteInput, ViewResult
from builder.settings.exports import ExportsSettings

Pair = tuple[int, int]

_STEPS = 20  # about as many thresholds stand in the table


@dataclass(frozen=True)
class Edge:
    """What joins two relatives; `percentile` is None where it was not measured."""

    score: float
    mutual: bool
    percentile: float | None


@dataclass(frozen=True)
class Threshold:
    """What is left of a graph where edges must have a score.

    Attributes:
        score: the least score of an edge.
        edges: how many pairs have it.
        mutual: how many of those are mutual.
        images: how many images have an edge.
        largest: how many images hang together in the largest group.
        chosen: whether the graphs are cut here.
    """

    score: float
    edges: int
    mutual: int
    images: int
    largest: int
    chosen: bool = False


def options_of(site: SiteInput) -> ExportsSettings:
    """The table exports of the settings."""
    found = getattr(site.settings, "exports", None)
    return found if isinstance(found, ExportsSettings) else ExportsSettings()


def pairs(view: ViewResult) -> dict[Pair, Edge]:
    """The undirected relatives of a view: (smaller row, larger row) -> what joins them.

    Where the two directions differ, the larger score is taken, with its percentile.
    """
    found = view.neighbours.all
    edges: dict[Pair, Edge] = {}
    for row, col in np.argwhere(found.rows >= 0).tolist():
        near = int(found.rows[row, col])
        share = None if found.percentile is None else float(found.percentile[row, col])
        edge = Edge(float(found.scores[row, col]), bool(found.mutual[row, col]), share)
        pair = (min(row, near), max(row, near))
        before = edges.get(pair, edge)
        best = edge if edge.score > before.score else before
        edges[pair] = Edge(best.score, before.mutual or edge.mutual, best.percentile)
    return edges


def shown(
    found: Mapping[Pair, Edge], images: int, options: ExportsSettings
) -> tuple[dict[Pair, Edge], float]:
    """The edges that a graph shows, and the least score that one must have.

    Args:
        found: all pairs of relatives of a view.
        images: how many images there are.
        options: which edges are wanted.
    """
    fit = {pair: edge for pair, edge in found.items() if _fits(edge, options)}
    least = options.min_score
    if least == "auto":
        least = least_score([edge.score for edge in fit.values()], images, options.edges_per_image)
    return {pair: edge for pair, edge in fit.items() if edge.score >= least}, least


def least_score(scores: Sequence[float], images: int, an_image: float) -> float:
    """The least hundredth that no more than `an_image` scores for each image reach.

    Where so many share the highest score that none would be left, that score itself.
    """
    room = int(images * an_image)
    ordered = sorted(scores, reverse=True)
    if len(ordered) <= room:
        return 0.0
    least = (math.floor(ordered[room] * 100) + 1) / 100
    return least if least <= ordered[0] else ordered[0]


def thresholds(found: Mapping[Pair, Edge], images: int, least: float) -> list[Threshold]:
    """What is left of the pairs at some twenty even scores, and at the one that was chosen.

    Args:
        found: all pairs of relatives of a view.
        images: how many images there are.
        least: the score at which the graphs are cut.
    """
    ends = np.array(list(found), np.int64).reshape(-1, 2)
    scores = np.array([edge.score for edge in found.values()])
    mutual = np.array([edge.mutual for edge in found.values()], bool)
    steps = sorted({*_even(scores), least})
    return [
        Threshold(
            score=step,
            edges=int((scores >= step).sum()),
            mutual=int((mutual & (scores >= step)).sum()),
            images=len(np.unique(ends[scores >= step])),
            largest=_largest(ends[scores >= step], images),
            chosen=step == least,
        )
        for step in steps
    ]


def _fits(edge: Edge, options: ExportsSettings) -> bool:
    measured = edge.percentile is None or edge.percentile >= options.min_percentile
    return edge.score > 0 and measured and (edge.mutual or not options.mutual_only)


def _even(scores: NDArray[np.float64]) -> list[float]:
    """Round scores from the lowest, or zero, to the highest."""
    if not len(scores):
        return []
    low, high = max(float(scores.min()), 0.0), max(float(scores.max()), 0.0)
    width = next((w for w in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if (high - low) / w <= _STEPS), 1.0)
    first, last = math.floor(low / width), math.floor(high / width)
    if last - first > 10 * _STEPS:  # scores of no usual scale
        return [float(value) for value in np.linspace(low, high, _STEPS)]
    return [round(number * width, 2) for number in range(first, last + 1)]


def _largest(ends: NDArray[np.int64], images: int) -> int:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not len(ends):
        return 0
    ones = np.ones(len(ends), np.int8)
    joined = coo_array((ones, (ends[:, 0], ends[:, 1])), shape=(images, images))
    _, labels = connected_components(joined, directed=False)
    return int(np.bincount(labels).max())
