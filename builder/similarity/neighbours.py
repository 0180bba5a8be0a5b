"""Exact nearest neighbours from the matrix of cosines, ties broken by row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.similarity.types import NeighbourList, Neighbours


def nearest(
    gram: NDArray[np.float32],
    index: NDArray[np.int64],
    sources: Sequence[str],
    count: int,
) -> Neighbours:
    """The nearest images of each image, among all and among other sources.

    Args:
        gram: (u, u) cosines of the distinct contents.
        index: (n,) the content of each image.
        sources: (n,) source of each image; an image without one ("") is a source of its own.
        count: neighbours wanted; lists are shorter where there are fewer candidates.

    Returns:
        Lists in descending cosine; equal cosines in order of rows. An image is never its own
        neighbour.
    """
    total = len(index)
    codes = _source_codes(sources)
    keep = min(count, max(total - 1, 0))
    every = _empty(total, keep)
    others = _empty(total, keep)
    for row in range(total):
        scores = gram[index[row]][index]
        candidates = np.ones(total, bool)
        candidates[row] = False
        _fill(every, row, scores, candidates)
        candidates &= codes != codes[row]
        _fill(others, row, scores, candidates)
    return Neighbours(_finish(*every), _finish(*others))


def top(scores: NDArray[np.float32], candidates: NDArray[np.bool_], count: int) -> NDArray[np.intp]:
    """Rows of the `count` highest scores among the candidates, descending, ties by row.

    Args:
        scores: (n,).
        candidates: (n,) which rows may be chosen.
        count: how many; fewer come back where there are fewer candidates.
    """
    rows = np.flatnonzero(candidates)
    values = scores[rows]
    if count < len(rows):
        least = np.partition(values, len(rows) - count)[len(rows) - count]
        rows = rows[values >= least]
        values = scores[rows]
    return rows[np.argsort(-values, kind="stable")[:count]]


_Lists = tuple[NDArray[np.int32], NDArray[np.float32]]


def _empty(total: int, keep: int) -> _Lists:
    return np.full((total, keep), -1, np.int32), np.zeros((total, keep), np.float32)


def _fill(
    lists: _Lists, row: int, scores: NDArray[np.float32], candidates: NDArray[np.bool_]
) -> None:
    rows, values = lists
    best = top(scores, candidates, rows.shape[1])
    rows[row, : len(best)] = best
    values[row, : len(best)] = scores[best]


def _finish(rows: NDArray[np.int32], scores: NDArray[np.float32]) -> NeighbourList:
    orientation = np.zeros(rows.shape, np.uint8)
    return NeighbourList(rows, scores, mutual(rows), orientation)


def mutual(rows: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether each neighbour has the image in its own list: (n, k) rows -> (n, k)."""
    total = len(rows)
    own = np.broadcast_to(np.arange(total, dtype=np.int64)[:, None], rows.shape)
    there = own * total + rows
    back = rows.astype(np.int64) * total + own
    return np.isin(back, there[rows >= 0]) & (rows >= 0)


def _source_codes(sources: Sequence[str]) -> NDArray[np.int64]:
    """A number a source; images without a source get one each."""
    codes: dict[str, int] = {}
    numbers = [codes.setdefault(name or f"\0{row}", len(codes)) for row, name in enumerate(sources)]
    return np.array(numbers, np.int64)
