"""Exact nearest neighbours from similarities, a band of rows at a time, ties broken by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from builder.similarity.blocks import hands
from builder.similarity.types import Band, NeighbourList, Neighbours

_BAND = 2**25  # similarities asked for at once by each thread: 128 MB
_HIGHEST = 1024  # rows in a band at most
_PART = 2**20  # similarities searched at once: 4 MB, which stay in the cache
_GROUP = 16  # similarities of which first only the highest is looked at
_CROWD = 8  # so many times more than wanted pass only where very many are equal


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
    return top_in_bands(over_images(gram, index), len(index), sources, count)


def over_images(matrix: NDArray[np.float32], index: NDArray[np.int64]) -> Band:
    """The (u, u) similarities of contents, spread over the images that have them.

    Args:
        matrix: of the distinct contents.
        index: (n,) the content of each image.
    """
    if np.array_equal(index, np.arange(len(matrix))):
        return lambda start, stop: matrix[start:stop]
    return lambda start, stop: np.take(matrix[index[start:stop]], index, axis=1)


def top_in_bands(
    band: Band,
    n: int,
    sources: Sequence[str],
    count: int,
    progress: Callable[[int], None] | None = None,
    height: int | None = None,
    jobs: int | None = None,
) -> Neighbours:
    """The nearest images of each image, without keeping more than a few bands of similarities.

    Args:
        band: gives rows a to b of the (n, n) similarities, finite (-inf: never a neighbour); is
            called by several threads at once, each with a BLAS of one thread.
        n: images.
        sources: (n,) source of each image; an image without one ("") is a source of its own.
        count: neighbours wanted; lists are shorter where there are fewer candidates.
        progress: told the rows of each finished band.
        height: rows in a band; chosen to suit memory if None.
        jobs: threads; as many as BLAS would use if None.

    Returns:
        Lists in descending similarity; equal ones in order of rows. An image is never its own
        neighbour.
    """
    codes = source_codes(sources)
    keep = min(count, max(n - 1, 0))
    every, others = _empty(n, keep), _empty(n, keep)
    alone = len(np.unique(codes)) == n
    high = height or min(max(_BAND // max(n, 1), 1), _HIGHEST)

    def fill(start: int) -> int:
        scores = np.asarray(band(start, min(start + high, n)), np.float32)
        step = max(_PART // max(n, 1), 1)
        for first in range(0, len(scores), step):
            # A copy: the band may be a view of somebody's matrix.
            part = scores[first : first + step].copy()
            rows = np.arange(start + first, start + first + len(part))
            part[np.arange(len(part)), rows] = -np.inf
            _fill(every, rows, part)
            if not alone:
                np.copyto(part, -np.inf, where=codes[rows, None] == codes)
                _fill(others, rows, part)
        return len(scores)

    with hands(jobs) as threads:
        for done in threads.multiply.map(fill, range(0, n, high)):
            if progress:
                progress(done)
    return Neighbours(_finish(*every), _finish(*(every if alone else others)))


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


def _fill(lists: _Lists, rows: NDArray[np.int64], scores: NDArray[np.float32]) -> None:
    """Write the best of each row of (b, n) scores into the lists; -inf is no candidate."""
    keep = lists[0].shape[1]
    if not keep:
        return
    passing = scores >= np.maximum(_bound(scores, keep), np.finfo(np.float32).min)[:, None]
    if np.count_nonzero(passing) > _CROWD * keep * len(scores):
        for row, values in zip(rows, scores, strict=True):
            best = top(values, values > -np.inf, keep)
            _write(lists, np.full(len(best), row), np.arange(len(best)), best, values[best])
        return
    flat = np.flatnonzero(passing)
    own, columns = np.divmod(flat, scores.shape[1])
    values = scores.ravel()[flat]
    # Stable: what is equal stays in order of columns.
    order = np.lexsort((-values, own))
    own, columns, values = own[order], columns[order], values[order]
    rank = np.arange(len(own)) - np.searchsorted(own, np.arange(len(scores)))[own]
    kept = rank < keep
    _write(lists, rows[own[kept]], rank[kept], columns[kept], values[kept])


def _write(
    lists: _Lists,
    rows: NDArray[np.int64],
    ranks: NDArray[np.int64],
    columns: NDArray[np.int64],
    values: NDArray[np.float32],
) -> None:
    lists[0][rows, ranks], lists[1][rows, ranks] = columns, values


def _bound(scores: NDArray[np.float32], keep: int) -> NDArray[np.float32]:
    """A value that the `keep` best of each row reach, and few others: (b, n) -> (b,).

    The `keep`-th highest of the maxima of groups of columns: so many groups hold a score at least
    as high. (A sixteenth of the values is to be searched, and maxima are fast.)
    """
    count, width = scores.shape
    groups = width // _GROUP
    if groups < keep:
        return np.full(count, -np.inf, np.float32)
    whole = scores[:, : groups * _GROUP].reshape(count, _GROUP, groups)
    maxima = whole.max(axis=1)
    return np.partition(maxima, groups - keep, axis=1)[:, groups - keep]


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


def source_codes(sources: Sequence[str]) -> NDArray[np.int64]:
    """A number a source; images without a source get one each."""
    codes: dict[str, int] = {}
    numbers = [codes.setdefault(name or f"\0{row}", len(codes)) for row, name in enumerate(sources)]
    return np.array(numbers, np.int64)
