"""The matrix of all cosines, exact, through blocks: features are never in memory as a whole.

G = X X' of rows scaled to length one, summed over blocks of rows and columns. Everything that does
not change when features are rotated can be had from G alone: neighbours, principal components,
distances to centres.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

ROWS, COLUMNS = 2048, 8192
"""Size of a block: 2 x 64 MB of float32 at most."""


def cosine_gram(
    features: NDArray[np.float16],
    chosen: NDArray[np.int64],
    progress: Callable[[int], None] | None = None,
    rows: int = ROWS,
    columns: int = COLUMNS,
) -> NDArray[np.float32]:
    """Cosine of every chosen row with every chosen row.

    Args:
        features: (stored, d), usually memory-mapped.
        chosen: (n,) rows of it.
        progress: called once for each finished band of rows.
        rows, columns: size of a block.

    Returns:
        (n, n) float32, exactly symmetric, in -1..1; rows of zeros have cosine 0 with all.
        Sums are accumulated in float64 over blocks of columns.
    """
    count = len(chosen)
    scale = _inverse_lengths(features, chosen)
    gram = np.empty((count, count), np.float32)
    starts = range(0, count, rows)
    for first in starts:
        for second in range(first, count, rows):
            a, b = slice(first, first + rows), slice(second, second + rows)
            block = _block(features, chosen[a], chosen[b], columns)
            block *= scale[a, None] * scale[None, b]
            np.clip(block, -1, 1, out=block)
            gram[a, b] = block
            gram[b, a] = gram[a, b].T
        if progress:
            progress(1)
    return gram


def _block(
    features: NDArray[np.float16], a: NDArray[np.int64], b: NDArray[np.int64], columns: int
) -> NDArray[np.float64]:
    total = np.zeros((len(a), len(b)), np.float64)
    same = np.array_equal(a, b)
    for start in range(0, features.shape[1], columns):
        cut = slice(start, start + columns)
        left = features[a, cut].astype(np.float32)
        # With one array on both sides NumPy computes one triangle, which is exactly symmetric.
        right = left if same else features[b, cut].astype(np.float32)
        total += left @ right.T
    return total


def _inverse_lengths(
    features: NDArray[np.float16], chosen: NDArray[np.int64]
) -> NDArray[np.float64]:
    lengths = np.empty(len(chosen), np.float64)
    for start in range(0, len(chosen), 256):
        part = features[chosen[start : start + 256]].astype(np.float32)
        lengths[start : start + 256] = np.sqrt(np.einsum("ij,ij->i", part, part, dtype=float))
    with np.errstate(divide="ignore"):
        return np.where(lengths > 0, 1 / lengths, 0)


def distinct(
    features: NDArray[np.float16], index: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows that are equal to the bit, taken once.

    Products of equal rows can differ in the last bit with their place in a block; computing them
    once keeps ties exact, and equal pictures cost nothing.

    Args:
        features: (stored, d).
        index: (n,) the stored row of each image.

    Returns:
        (u,) stored rows, one for each distinct content, in order of first use; and (n,) which of
        these each image has.
    """
    seen: dict[bytes, int] = {}
    stored: list[int] = []
    by_row: dict[int, int] = {}
    for row in index.tolist():
        if row in by_row:
            continue
        key = np.ascontiguousarray(features[row]).tobytes()
        number = seen.setdefault(key, len(stored))
        if number == len(stored):
            stored.append(row)
        by_row[row] = number
    return np.array(stored, np.int64), np.array([by_row[r] for r in index.tolist()], np.int64)
