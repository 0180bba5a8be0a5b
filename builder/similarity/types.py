"""Neighbours: for each image its nearest others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Band = Callable[[int, int], NDArray[np.float32]]
"""Gives rows a to b of (n, n) similarities, so that they need not all be held at once."""


@dataclass(frozen=True)
class NeighbourList:
    """Top-k lists of n images, best first; -1 fills rows that have fewer than k candidates.

    Attributes:
        rows: (n, k) int32, row numbers of the neighbours.
        scores: (n, k) float32, descending in each row (0 where rows is -1): the cosine, or
            whatever the view makes of its descriptors, which may lie outside -1 to 1.
        mutual: (n, k) bool, True where each is in the other's list.
        orientation: (n, k) uint8, 0-7: how the neighbour lies, compared with the image. It is the
            image's figure mirrored left to right if 4 or more, then turned with the clock by
            90 degrees times (orientation mod 4); undoing this lays it the same way.
        percentile: (n, k) float32, share (0-1) of random pairs of the catalogue that are less
            alike than this one; None where it was not measured.
        chance: (n, k) float32, how many unrelated images may be expected to score as high for
            one query (an estimate of false positives); None where it was not measured.
    """

    rows: NDArray[np.int32]
    scores: NDArray[np.float32]
    mutual: NDArray[np.bool_]
    orientation: NDArray[np.uint8]
    percentile: NDArray[np.float32] | None = None
    chance: NDArray[np.float32] | None = None


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of one view: among all images, and among images of other sources only.

    An image without a source counts as a source of its own.
    """

    all: NeighbourList
    others: NeighbourList


@dataclass(frozen=True)
class Alignment:
    """One image laid over another.

    Attributes:
        model: "similarity", "affine" or "homography"; "" where no map was found.
        matrix: nine numbers by row, from pixels of the one to pixels of the other, both counted
            in the full picture from the outer corner of the first pixel.
        orientation: 0 to 7, as in `NeighbourList`: how the other lies, seen from the one.
        inliers: points of strokes, of at most 800, that come to lie on strokes.
        residual: root mean square distance of what coincides, as a share of the other's longer
            side.
        overlap: 0 to 1, soft intersection over union of the strokes that both pictures show.
        log10_nfa: log10 of the expected number of false alarms.
        accepted: whether it is believed.
        by: who laid it, if it was done by hand.
    """

    model: str
    matrix: tuple[float, ...]
    orientation: int
    inliers: int
    residual: float
    overlap: float
    log10_nfa: float
    accepted: bool
    by: str = ""


@dataclass(frozen=True)
class Aligned:
    """Image `a`, a row of the corpus, laid over image `b`."""

    a: int
    b: int
    found: Alignment


@dataclass(frozen=True)
class Answers:
    """Which pieces of the nearest figures answered which pieces of each of n figures.

    Attributes:
        rows: (n, k) int32, the nearest, -1 where there are fewer.
        orientation: (n, k) uint8, how each lies, as in `NeighbourList`.
        partners: (n, k, pieces) int8, for each piece of the figure the number of the piece of the
            other that answered it, -1 for none.
        cosines: (n, k, pieces) float32, how alike the two are, 0 for none.
    """

    rows: NDArray[np.int32]
    orientation: NDArray[np.uint8]
    partners: NDArray[np.int8]
    cosines: NDArray[np.float32]
