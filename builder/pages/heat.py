"""Distances between clusters as a picture: one square a pair, the nearer the fuller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TONES = 8
"""Steps of tone, classes .tone-1 (far) to .tone-8 (near) in clusters.css."""

CELL = 20
"""Units of a square's side."""

_MOST = 96  # squares along a side; of more clusters several share one
_PICTURES = 32  # pictures along a side


@dataclass(frozen=True)
class Heat:
    """A square of squares.

    Attributes:
        side: of the whole in units, without the pictures.
        tones: (class, path data) of all squares of a tone.
        pictures: (place in the order of clusters, offset in units) of those shown at the sides.
        picture: side of such a picture in units.
        together: how many clusters share a square.
        steps: (class, least distance, largest distance) of each tone that occurs, near first.
    """

    side: int
    tones: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[int, float], ...]
    picture: float
    together: int
    steps: tuple[tuple[str, float, float], ...]


def heat(distances: NDArray[np.float32]) -> Heat | None:
    """The picture of a table of distances; None where there are fewer than three clusters.

    Args:
        distances: (k, k), symmetric. Of more than 96 clusters, neighbours in the order share a
            square, which shows the mean of their distances.
    """
    count = len(distances)
    if count < 3 or distances.shape != (count, count) or not np.isfinite(distances).all():
        return None
    together = -(-count // _MOST)
    table = _blocks(distances.astype(np.float64), together)
    size = len(table)
    apart = ~np.eye(size, dtype=bool)
    low, high = float(table[apart].min()), float(table[apart].max())
    share = (high - table) / (high - low) if high > low else np.full_like(table, 0.5)
    tone = np.clip((share * TONES).astype(int) + 1, 1, TONES)
    tone[~apart] = 0
    used = [one for one in range(TONES, 0, -1) if (tone == one).any()]
    every = -(-size // _PICTURES)
    return Heat(
        side=size * CELL,
        tones=tuple((f"tone-{one}", _squares(tone == one)) for one in used),
        pictures=tuple(
            (min(at * together + together // 2, count - 1), (at + 0.5) * CELL)
            for at in range(every // 2, size, every)
        ),
        picture=min(every * CELL * 0.92, size * CELL / 8),
        together=together,
        steps=tuple(
            (f"tone-{one}", float(table[tone == one].min()), float(table[tone == one].max()))
            for one in used
        ),
    )


def _blocks(table: NDArray[np.float64], together: int) -> NDArray[np.float64]:
    """Means over blocks of so many rows and columns; the last may be smaller."""
    if together == 1:
        return table
    starts = np.arange(0, len(table), together)
    sums = np.add.reduceat(np.add.reduceat(table, starts, axis=0), starts, axis=1)
    sizes = np.diff([*starts, len(table)])
    return np.asarray(sums / np.outer(sizes, sizes))


def _squares(where: NDArray[np.bool_]) -> str:
    """Path data that covers the squares; those beside each other in a row are one oblong."""
    parts: list[str] = []
    for row, line in enumerate(where):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(int), [0]))))
        for start, end in _pairs(edges.tolist()):
            width = (end - start) * CELL
            parts.append(f"M{start * CELL} {row * CELL}h{width}v{CELL}h{-width}z")
    return "".join(parts)


def _pairs(edges: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(edges[::2], edges[1::2], strict=True))
