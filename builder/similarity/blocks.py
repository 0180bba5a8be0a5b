"""Products of rows of a wide array with each other, a panel of columns at a time.

The features lie on disk as float16. A panel, all rows by a few thousand columns, is widened to
float32 once and multiplied tile by tile, while the next panel is being read; the sums over panels
are float64. BLAS does not promise the same bits for the same two rows at another place or in
another shape, so the tiles form a grid that depends on row numbers alone and every product is
taken by one thread: a number depends on nothing but the two rows and their places, neither on how
many rows there are in all nor on how many cores.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.errors import ModelError


@dataclass(frozen=True)
class Grid:
    """Sizes of the pieces in which products are taken.

    Other sizes give other last bits: a Gram matrix is extended on the grid that it was made on.

    Attributes:
        strip: rows of a tile; new rows cost whole strips, so it is small.
        tile: columns of a tile, a multiple of `strip`.
        panel: features taken at once, summed in float32.
        band: rows times columns of float64 sums held at once; does not change the numbers.
    """

    strip: int = 64
    tile: int = 256
    panel: int = 4096
    band: int = 2**26


GRID = Grid()

MAPPED = 256
"""Rows after which the pages of a mapped file are let go of: a look at one maps 64 kB and more."""

_CHUNK = 16  # rows widened at once: their 256 kB stay in the cache from step to step
_SIGN_AND_DIGITS = np.int32(-0x70002000)  # the bits of a float16 when moved up by 13
_EXPONENT = np.float32(2.0**112)  # what float32 counts its exponents higher by
_BEYOND = 0x7C00  # float16 bits, without sign, from which on numbers are infinite or none
_GROUP = 8  # strips a task
_FEW = 128  # rows whose products with all take about as long as widening all


@dataclass(frozen=True)
class Hands:
    """Threads that work on one product: some multiply, fewer read ahead."""

    multiply: Executor
    read: Executor
    readers: int


def cores() -> int:
    """Threads that BLAS would use: the cores, unless the user allows fewer."""
    from threadpoolctl import threadpool_info

    return max(
        (int(i["num_threads"]) for i in threadpool_info() if i["user_api"] == "blas"), default=1
    )


@contextmanager
def hands(jobs: int | None = None, wanted: int | None = None) -> Iterator[Hands]:
    """Threads for products, each with a BLAS of one thread: that keeps sums in one order.

    Args:
        jobs: threads that multiply; the cores if not given.
        wanted: rows multiplied with all; with few, reading all takes longer than multiplying.
    """
    from threadpoolctl import threadpool_limits

    count = jobs or cores()
    few = wanted is not None and wanted <= _FEW
    readers = count if few else 1 + count // 8
    with ExitStack() as stack:
        stack.enter_context(threadpool_limits(1, user_api="blas"))
        multiply = stack.enter_context(ThreadPoolExecutor(count))
        yield Hands(multiply, stack.enter_context(ThreadPoolExecutor(readers)), readers)


def widen(half: NDArray[np.float16], out: NDArray[np.float32]) -> None:
    """Write finite float16 numbers as float32, exactly; three times as fast as a plain cast.

    Sign and digits keep their order in both formats, so moving the bits and scaling is enough.
    """
    bits = half.view(np.int16)
    target = out.view(np.int32)
    target[...] = bits
    np.left_shift(target, 13, out=target)
    np.bitwise_and(target, _SIGN_AND_DIGITS, out=target)
    np.multiply(out, _EXPONENT, out=out)


def check_finite(part: NDArray[Any]) -> None:
    """Refuse numbers that are infinite or undefined.

    Raises:
        ModelError: there are such numbers.
    """
    if part.dtype == np.float16:
        fine = (part.view(np.int16) & 0x7FFF).max(initial=0) < _BEYOND
    else:
        fine = np.isfinite(part).all()
    if not fine:
        raise ModelError(
            "features hold numbers that are infinite or undefined",
            remedy="delete the features file and build again, or choose another layer",
        )


def panels(
    features: NDArray[Any], rows: NDArray[np.int64], hands: Hands, grid: Grid, known: int = 0
) -> Iterator[NDArray[np.float32]]:
    """The chosen rows as float32, a panel of columns after the other, the next one read ahead.

    Args:
        features: (stored, d) float16, or floats of another width.
        rows: (n,) rows of it.
        hands: its readers read.
        grid: gives the width of a panel; rows of zeros fill the last strip.
        known: so many of the rows have been found finite before.

    Yields:
        (n padded to whole strips, panel or less); overwritten two steps later.

    Raises:
        ModelError: there are numbers that are infinite or undefined.
    """
    plain = np.asarray(features)
    starts = range(0, plain.shape[1], grid.panel)
    width = min(grid.panel, plain.shape[1])
    # Rows a power of two apart would all fall into the same lines of the cache.
    shape = (-(-len(rows) // grid.strip) * grid.strip, width + 16)
    buffers = [np.zeros(shape, np.float32) for _ in starts[:2]]
    chunks = _chunks(rows, known)
    share = max(-(-len(chunks) // hands.readers), 1)

    def fetch(number: int) -> tuple[NDArray[np.float32], list[Future[None]]]:
        cut = plain[:, starts[number] : starts[number] + grid.panel]
        panel = buffers[number % 2][:, : cut.shape[1]]

        def read(first: int) -> None:
            for count, chunk in enumerate(chunks[first : first + share], 1):
                chunk.copy(cut, panel)
                if count * _CHUNK % MAPPED == 0:
                    forget(features)
            forget(features)

        return panel, [hands.read.submit(read, first) for first in range(0, len(chunks), share)]

    coming = fetch(0) if starts else None
    for number in range(len(starts)):
        assert coming is not None
        panel, reading = coming
        for future in reading:
            future.result()
        coming = fetch(number + 1) if number + 1 < len(starts) else None
        yield panel


@dataclass(frozen=True)
class _Chunk:
    """A few rows: where they stand, where they go, and whether they are new."""

    source: slice | NDArray[np.int64]
    target: slice
    check: bool

    def copy(self, cut: NDArray[Any], panel: NDArray[np.float32]) -> None:
        part = cut[self.source]
        if self.check:
            check_finite(part)
        if part.dtype == np.float16:
            widen(part, panel[self.target])
        else:
            panel[self.target] = part


def _chunks(rows: NDArray[np.int64], known: int) -> list[_Chunk]:
    chunks = []
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        end, first = start + len(part), int(part[0])
        in_order = np.array_equal(part, np.arange(first, first + len(part)))
        source = slice(first, first + len(part)) if in_order else part
        chunks.append(_Chunk(source, slice(start, end), end > known))
    return chunks


def forget(features: NDArray[Any]) -> None:
    """Let go of the pages of a mapped file that have been read; they stay in the file cache."""
    if not isinstance(features, np.memmap) or features.mode != "r":
        return
    base: Any = features
    while base is not None and not isinstance(base, mmap.mmap):
        base = getattr(base, "base", None)
    if base is not None and hasattr(mmap, "MADV_DONTNEED"):
        base.madvise(mmap.MADV_DONTNEED)


def products(
    features: NDArray[Any],
    rows: NDArray[np.int64],
    span: tuple[int, int],
    hands: Hands,
    grid: Grid = GRID,
    progress: Callable[[int], None] | None = None,
    known: int = 0,
) -> NDArray[np.float64]:
    """Inner products of some of the chosen rows with all that come before them.

    Args:
        features: (stored, d) float16, usually memory-mapped.
        rows: (n,) rows of it.
        span: the first of the chosen rows wanted, a multiple of the strip, and the one after the
            last.
        hands: threads.
        grid: the grid.
        progress: called once a panel.
        known: so many of the chosen rows have been found finite before.

    Returns:
        (wanted padded to whole strips, stop padded) float64, right at and below the diagonal;
        what stands above it is of no use.
    """
    start, stop = span
    wide = -(-stop // grid.strip) * grid.strip
    # Memory of zeros is taken only where it is written to: half of it.
    total = np.zeros((wide - start, wide), np.float64)
    tasks = [
        (range(first, min(first + _GROUP * grid.strip, wide), grid.strip), left)
        for first in range(start, wide, _GROUP * grid.strip)
        for left in range(0, min(first + _GROUP * grid.strip, wide), grid.tile)
    ]
    for panel in panels(features, rows[:stop], hands, grid, known):
        running = [
            hands.multiply.submit(_multiply, panel, total, start, strips, left, grid)
            for strips, left in tasks
        ]
        for future in running:
            future.result()
        if progress:
            progress(1)
    return total


def _multiply(
    panel: NDArray[np.float32],
    total: NDArray[np.float64],
    start: int,
    strips: Sequence[int],
    left: int,
    grid: Grid,
) -> None:
    for first in strips:
        # At the diagonal a tile ends with the strip's own rows.
        right = min(left + grid.tile, first + grid.strip)
        if right > left:
            part = panel[first : first + grid.strip] @ panel[left:right].T
            total[first - start : first - start + grid.strip, left:right] += part


def unit_vectors(features: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Rows scaled to length one, (n, d) float32 in memory; rows of zeros stay zero.

    Args:
        features: (stored, d) float16.
        rows: (n,) rows of it.
    """
    result = np.empty((len(rows), features.shape[1]), np.float32)
    for start in range(0, len(rows), 1024):
        part = np.asarray(features[rows[start : start + 1024]], np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", part, part, dtype=np.float64))
        scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        np.multiply(part, scale[:, None], out=result[start : start + 1024], casting="same_kind")
    forget(features)
    return result


def vector_band(
    vectors: NDArray[np.float32], index: NDArray[np.int64] | None = None
) -> Callable[[int, int], NDArray[np.float32]]:
    """Bands of the matrix of cosines of vectors that fit into memory.

    Args:
        vectors: (u, d) rows of length one (or zero), each content once.
        index: (n,) the content of each image; None where image i has content i.

    Returns:
        A function that gives rows a to b of the (n, n) cosines. Images of one content get equal
        cosines in each row, exactly.
    """

    def band(start: int, stop: int) -> NDArray[np.float32]:
        if index is None:
            return vectors[start:stop] @ vectors.T
        return np.take(vectors[index[start:stop]] @ vectors.T, index, axis=1)

    return band
