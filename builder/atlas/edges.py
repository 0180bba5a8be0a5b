"""Pairs of relatives as a browser reads them: the nearest first, so that a threshold is a cut."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.similarity.types import NeighbourList

MAGIC = b"VLVE"
FORMAT = 1
HEAD = struct.Struct("<4sBBHI12sIff")
"""Magic, format, bytes a score, nearest of each image that were taken, images, version of the
catalogue in ASCII, pairs, lowest and highest score.

After its 36 bytes come the first rows of all pairs and the second ones, uint32, then the scores,
uint16, from 0 for the lowest to 65535 for the highest; all little-endian.
"""

NEAREST = 10
"""So many relatives of each image are taken."""

_STEPS = 65535


@dataclass(frozen=True)
class Edges:
    """Undirected pairs of m relatives among n images, highest score first.

    Attributes:
        images: n.
        ends: (m, 2) uint32 rows, the smaller first; equal scores ascend by them.
        scores: (m,) float32.
    """

    images: int
    ends: NDArray[np.uint32]
    scores: NDArray[np.float32]


def relatives(found: NeighbourList) -> Edges:
    """Each image with its ten nearest, each pair once; of two directions the larger score."""
    rows, scores = found.rows[:, :NEAREST], found.scores[:, :NEAREST]
    real = rows >= 0
    first = np.broadcast_to(np.arange(len(rows))[:, None], rows.shape)[real]
    pair = np.sort(np.stack([first, rows[real]], axis=1), axis=1)
    ends, index = np.unique(pair, axis=0, return_inverse=True)
    best = np.full(len(ends), -np.inf, np.float32)
    np.maximum.at(best, np.asarray(index).ravel(), scores[real].astype(np.float32))
    order = np.argsort(-best, kind="stable")
    return Edges(len(rows), ends.reshape(-1, 2)[order].astype(np.uint32), best[order])


def edge_file(edges: Edges, version: str) -> bytes:
    """The file that the explorer reads.

    Args:
        version: of the catalogue, 12 characters; a reader that has another refuses the file.
    """
    low, high = (float(f(edges.scores)) if len(edges.scores) else 0.0 for f in (np.min, np.max))
    unit = (edges.scores.astype(np.float64) - low) / max(high - low, 1e-12)
    head = HEAD.pack(
        MAGIC,
        FORMAT,
        2,
        NEAREST,
        edges.images,
        version.encode("ascii"),
        len(edges.scores),
        low,
        high,
    )
    return (
        head + edges.ends.T.astype("<u4").tobytes() + np.rint(unit * _STEPS).astype("<u2").tobytes()
    )
