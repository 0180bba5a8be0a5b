"""The matrix of all inner products, exact; features are never in memory as a whole.

Everything that does not change when features are rotated can be had from G = X X' alone: cosines,
centring, principal components, distances to centres (the Gram-matrix trick). It is computed in
blocks (`blocks.py`), and rows are added to it without computing the others again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.similarity.blocks import GRID, MAPPED, Grid, Hands, forget, hands, products

_SAMPLE = 1024  # numbers of a row looked at in three places before the whole row is
_AT_ONCE = 512  # rows scaled or centred at once
_NOISE = 1e-6  # share of a squared length below which float32 products say nothing


def inner_gram(
    features: NDArray[Any],
    chosen: NDArray[np.int64],
    progress: Callable[[int], None] | None = None,
    grid: Grid = GRID,
) -> NDArray[np.float32]:
    """Inner product of every chosen row with every chosen row.

    Args:
        features: (stored, d) float16, usually memory-mapped.
        chosen: (n,) rows of it.
        progress: called once for each of `steps(n, d)` panels.
        grid: sizes of the blocks.

    Returns:
        (n, n) float32, exactly symmetric. Sums are float32 within a panel, float64 over panels.

    Raises:
        ModelError: features are infinite or undefined.
    """
    gram = np.empty((len(chosen), len(chosen)), np.float32)
    with hands() as threads:
        _fill(gram, features, chosen, 0, threads, grid, progress)
    return gram


def extend_gram(
    gram: NDArray[np.float32],
    features: NDArray[Any],
    old_rows: NDArray[np.int64],
    new_rows: NDArray[np.int64],
    progress: Callable[[int], None] | None = None,
    grid: Grid = GRID,
) -> NDArray[np.float32]:
    """The matrix of the old rows with new rows added behind them.

    The result is equal to the bit to `inner_gram(features, [*old_rows, *new_rows])` of the same
    machine and BLAS, because all tiles lie where they would lie there. Another order of the rows
    may give other last bits.

    Args:
        gram: (m, m) inner products of the old rows, of `inner_gram` or this function.
        features: (stored, d) float16.
        old_rows: (m,) rows that the matrix holds, in its order.
        new_rows: (k,) rows to be added.
        progress: called once a panel.
        grid: the grid that `gram` was made on.

    Returns:
        (m + k, m + k) float32, exactly symmetric.

    Raises:
        ModelError: features are infinite or undefined.
    """
    chosen = np.concatenate([old_rows, new_rows])
    grown = np.empty((len(chosen), len(chosen)), np.float32)
    grown[: len(gram), : len(gram)] = gram
    with hands(wanted=len(new_rows)) as threads:
        _fill(grown, features, chosen, len(gram), threads, grid, progress)
    return grown


def steps(count: int, width: int, first: int = 0, grid: Grid = GRID) -> int:
    """How often `progress` is called for `count` rows of `width`, the first of them old."""
    return len(list(_bands(first, count, grid))) * -(-width // grid.panel)


def _fill(
    gram: NDArray[np.float32],
    features: NDArray[Any],
    chosen: NDArray[np.int64],
    first: int,
    threads: Hands,
    grid: Grid,
    progress: Callable[[int], None] | None,
) -> None:
    """Compute the rows from `first` on, and the columns that mirror them."""
    for start, stop in _bands(first, len(chosen), grid):
        total = products(
            features, chosen, (start, stop), threads, grid, progress, max(first, start)
        )
        for row in range(start, stop, grid.strip):
            top, end = max(row, first), min(row + grid.strip, stop)
            gram[top:end, :end] = total[top - start : end - start, :end]
            square = np.tril(gram[top:end, top:end])
            gram[top:end, top:end] = square + np.tril(square, -1).T
            gram[:top, top:end] = gram[top:end, :top].T


def _bands(first: int, count: int, grid: Grid) -> list[tuple[int, int]]:
    """Spans of whole strips, from the one that holds row `first`, whose sums fit into memory."""
    height = max(grid.band // max(count, 1) // grid.strip, 1) * grid.strip
    begin = first // grid.strip * grid.strip
    if first >= count:
        return []
    return [(start, min(start + height, count)) for start in range(begin, count, height)]


def cosines(gram: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosines from inner products.

    Args:
        gram: (n, n) inner products.

    Returns:
        (n, n) float32, exactly symmetric, in -1..1; rows without length have cosine 0 with all.
    """
    square = np.maximum(np.diagonal(gram).astype(np.float64), 0)
    scale = np.divide(1, np.sqrt(square), out=np.zeros_like(square), where=square > 0)
    result = np.empty_like(gram)
    for start in range(0, len(gram), _AT_ONCE):
        part = gram[start : start + _AT_ONCE] * (scale[start : start + _AT_ONCE, None] * scale)
        np.clip(part, -1, 1, out=part)
        result[start : start + _AT_ONCE] = part
    return result


def cosine_gram(
    features: NDArray[Any],
    chosen: NDArray[np.int64],
    progress: Callable[[int], None] | None = None,
    grid: Grid = GRID,
) -> NDArray[np.float32]:
    """Cosine of every chosen row with every chosen row: `cosines` of `inner_gram`."""
    return cosines(inner_gram(features, chosen, progress, grid))


def centred(gram: NDArray[np.float32], groups: NDArray[np.int64]) -> NDArray[np.float32]:
    """Inner products after the mean of its group is taken off each row.

    With one group this is HGH, H = I - 11'/n. Rows that are equal and of one group stay equal;
    rows of which no more than rounding is left, in a group that is all alike, become zero.

    Args:
        gram: (n, n) inner products.
        groups: (n,) group of each row, numbered from 0 without gaps.

    Returns:
        (n, n) float32, exactly symmetric.
    """
    count = int(groups.max(initial=-1)) + 1
    members = [np.flatnonzero(groups == group) for group in range(count)]
    # Summed row by row, not by BLAS, so that equal rows get equal sums.
    towards = np.empty((len(gram), count), np.float64)
    for group, rows in enumerate(members):
        towards[:, group] = gram[:, rows].mean(axis=1, dtype=np.float64)
    between = np.array([towards[rows].mean(axis=0) for rows in members]).reshape(count, count)
    between = (between + between.T) / 2
    result = np.empty_like(gram)
    for start in range(0, len(gram), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        off = towards[part][:, groups] + towards[:, groups[part]].T
        result[part] = gram[part] - (off - between[groups[part]][:, groups])
    nothing = np.diagonal(result) <= _NOISE * np.diagonal(gram)
    result[nothing] = 0
    result[:, nothing] = 0
    return result


def distinct(
    features: NDArray[Any], index: NDArray[np.int64], known: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows that are equal to the bit, taken once.

    Products of equal rows can differ in the last bit with their place in a block; computing them
    once keeps ties exact, and equal pictures cost nothing.

    Args:
        features: (stored, d).
        index: (n,) the stored row of each image.
        known: (m,) distinct rows that an earlier matrix holds; they come first, in this order.

    Returns:
        (u,) stored rows, one for each distinct content: the known ones, then the others in order
        of first use; and (n,) which of these each image has.
    """
    before = [] if known is None else known.tolist()
    wanted = list(dict.fromkeys([*before, *index.tolist()]))
    keys = _contents(features, wanted)
    numbers: dict[bytes, int] = {}
    stored: list[int] = []
    for row in wanted:
        if numbers.setdefault(keys[row], len(stored)) == len(stored):
            stored.append(row)
    return np.array(stored, np.int64), np.array(
        [numbers[keys[r]] for r in index.tolist()], np.int64
    )


def _contents(features: NDArray[Any], rows: list[int]) -> dict[int, bytes]:
    """A key of the content of each row; a whole row is read only where a sample is not enough."""
    plain, width = np.asarray(features), features.shape[1]
    if width <= 3 * _SAMPLE:
        return {row: plain[row].tobytes() for row in rows}
    middle = (width - _SAMPLE) // 2
    cuts = [slice(0, _SAMPLE), slice(middle, middle + _SAMPLE), slice(width - _SAMPLE, width)]
    keys = {}
    alike: dict[bytes, list[int]] = {}
    for done, row in enumerate(rows):
        sample = b"".join(plain[row, cut].tobytes() for cut in cuts)
        keys[row] = hashlib.sha256(sample).digest()
        alike.setdefault(keys[row], []).append(row)
        if done % MAPPED == 0:
            forget(features)
    for group in alike.values():
        if len(group) > 1:
            for row in group:
                keys[row] += hashlib.sha256(plain[row].tobytes()).digest()
                forget(features)
    return keys
