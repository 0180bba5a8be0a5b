"""Neighbours: for each image its nearest others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class NeighbourList:
    """Top-k lists of n images, best first; -1 fills rows that have fewer than k candidates.

    Attributes:
        rows: (n, k) int32, row numbers of the neighbours.
        scores: (n, k) float32, cosine, descending in each row (0 where rows is -1).
        mutual: (n, k) bool, True where each is in the other's list.
        orientation: (n, k) uint8, 0-7: how the neighbour is turned to match (0 upright).
    """

    rows: NDArray[np.int32]
    scores: NDArray[np.float32]
    mutual: NDArray[np.bool_]
    orientation: NDArray[np.uint8]


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of one view: among all images, and among images of other sources only.

    An image without a source counts as a source of its own.
    """

    all: NeighbourList
    others: NeighbourList
