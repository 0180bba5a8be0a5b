"""Vectors of eight bits a number: what search by example reads in a browser, and what is lost."""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from builder.atlas.types import Vectors

MAGIC = b"VLVV"
FORMAT = 1
HEAD = struct.Struct("<4sBBHI12s")
"""Magic, format, bytes a number, numbers a vector, images, version of the catalogue in ASCII.

After its 24 bytes come the scales, float32, then the numbers, int8, row by row; all little-endian.
"""

NEAREST = 20
"""How many nearest images are compared to say what is lost."""

_MOST = 128
_MOST_OF_MANY = 64  # 100,000 images are then 6.4 MB
_MANY = 20_000
_ASKED = 1000  # images at most whose nearest are compared


def shortened(scores: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Principal components as unit vectors of eight-bit numbers.

    Args:
        scores: (n, c), the leading components first; at most 128 are kept, 64 of many images.

    Returns:
        (n, d) int8 and (d,) float32 scales. A row of zeros stays one.
    """
    most = _MOST if len(scores) <= _MANY else _MOST_OF_MANY
    kept = scores[:, :most].astype(np.float64)
    length = np.sqrt((kept**2).sum(axis=1, keepdims=True))
    unit = np.divide(kept, length, out=np.zeros_like(kept), where=length > 0)
    largest = np.abs(unit).max(axis=0, initial=0.0)
    scales = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    return np.rint(unit / scales).astype(np.int8), scales


def measured(
    values: NDArray[np.int8],
    scales: NDArray[np.float32],
    likeness: Callable[[int], NDArray[np.float32]],
) -> Vectors:
    """Short vectors with what is lost in them.

    Args:
        values: (n, d) int8, of `shortened`.
        scales: (d,) float32.
        likeness: gives (n,) likenesses of all images to one, by the full features.
    """
    n = len(values)
    count = min(NEAREST, n - 1)
    if count < 1:
        return Vectors(values, scales, 1.0)
    asked = np.unique(np.linspace(0, n - 1, min(n, _ASKED)).astype(np.int64))
    real = values * scales
    shared = 0
    for row in asked.tolist():
        short = _nearest(real @ real[row], row, count)
        shared += len(short & _nearest(likeness(row), row, count))
    return Vectors(values, scales, shared / (count * len(asked)))


def _nearest(scores: NDArray[np.float32], row: int, count: int) -> set[int]:
    others = -scores.astype(np.float64)
    others[row] = np.inf
    return set(np.argsort(others, kind="stable")[:count].tolist())


def encoded(vectors: Vectors, version: str) -> bytes:
    """The file that the explorer reads.

    Args:
        version: of the catalogue, 12 characters; a reader that has another refuses the file.
    """
    n, d = vectors.values.shape
    head = HEAD.pack(MAGIC, FORMAT, 1, d, n, version.encode("ascii"))
    return head + vectors.scales.astype("<f4").tobytes() + vectors.values.tobytes()
