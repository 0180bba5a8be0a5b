"""Starts from local matches: cells of the view's own feature map that look alike, and agree.

Where figures are cut off, or hold more than each other, whole pieces no longer answer to each
other but their parts do. Only cells with ink are matched: blank parchment looks like blank
parchment everywhere. Each of the eight orientations is tried by re-arranging the map's numbers;
the matches that are mutual go to OpenCV's RANSAC for a similarity. Its `estimateAffinePartial2D`
takes no USAC method (OpenCV 5 raises an error), and plain RANSAC does better there for few
matches; `estimateAffine2D` and `findHomography` do better with USAC.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.similarity.align.sheet import Floats, Sheet, squared
from builder.similarity.dihedral import eight

AROUND = 2  # cells on every side that belong to a local description
MOST = 200  # cells with ink that are matched
LIKELY = 3  # orientations whose matches are estimated from
LEAST = 6  # matches from which a map is estimated
_ITERATIONS = 500
_CONFIDENCE = 0.995
_LOOSE = 1.25  # cells by which matches may disagree


@dataclass(frozen=True)
class Cells:
    """Local descriptions of the cells with ink.

    Attributes:
        points: (p, 2) float32, middles of the cells, from the middle of the drawing.
        rows: (p, d) float32 unit vectors.
    """

    points: NDArray[np.float32]
    rows: NDArray[np.float32]


def cells_of(sheet: Sheet) -> Cells:
    """The local descriptions of a drawing as it is."""
    return _cells(sheet.cells.astype(np.float32), *_middles(sheet))


def turned_cells(sheet: Sheet) -> tuple[Cells, ...]:
    """The same in the eight orientations; the points are those of the drawing as it is."""
    maps = eight(sheet.cells.astype(np.float32))
    return tuple(_cells(one, *_turned(_middles(sheet), o)) for o, one in enumerate(maps))


def matched_starts(one: tuple[Cells, ...], other: Cells, side: int) -> Floats:
    """Maps from one drawing to another that many of the cells agree on: (m, 3, 3).

    Args:
        one: local descriptions in the eight orientations.
        other: of the other drawing.
        side: pixels along a side of a drawing.
    """
    found = [mutual(turned, other) for turned in one]
    worth = [float(alike.sum()) for _, _, alike in found]
    maps = []
    for orientation in np.argsort(-np.array(worth), kind="stable")[:LIKELY]:
        mine, theirs, _ = found[orientation]
        start = _similarity(
            one[orientation].points[mine], other.points[theirs], int(orientation), side
        )
        if start is not None:
            maps.append(start)
    return np.array(maps).reshape(-1, 3, 3)


def mutual(one: Cells, other: Cells) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Cells that are each other's nearest: their numbers, and the cosine of each pair."""
    if not len(one.rows) or not len(other.rows):
        none = np.zeros(0, np.int64)
        return none, none, np.zeros(0)
    cosines = one.rows @ other.rows.T
    theirs = cosines.argmax(axis=1)
    back = cosines.argmax(axis=0)
    mine = np.flatnonzero(back[theirs] == np.arange(len(theirs)))
    return mine, theirs[mine], cosines[mine, theirs[mine]].astype(np.float64)


def _similarity(
    mine: NDArray[np.float32], theirs: NDArray[np.float32], orientation: int, side: int
) -> Floats | None:
    """The similarity that most matches agree on; mirrored where the orientation says so."""
    if len(mine) < LEAST:
        return None
    flip = np.diag([-1.0 if orientation >= 4 else 1.0, 1.0, 1.0])
    own = np.ascontiguousarray(mine * (flip[0, 0], 1.0), np.float32)
    found, _ = cv2.estimateAffinePartial2D(
        own,
        np.ascontiguousarray(theirs, np.float32),
        method=cv2.RANSAC,
        ransacReprojThreshold=_LOOSE * side / 24,
        maxIters=_ITERATIONS,
        confidence=_CONFIDENCE,
    )
    if found is None or not np.isfinite(found).all():
        return None
    return squared(np.asarray(found, np.float64)) @ flip


def _middles(sheet: Sheet) -> tuple[Floats, int]:
    count = sheet.cells.shape[0]
    steps = (np.arange(count) + 0.5) * (sheet.side / count) - sheet.side / 2
    return np.stack(np.meshgrid(steps, steps), axis=-1), count


def _turned(middles: tuple[Floats, int], orientation: int) -> tuple[Floats, int]:
    """Where the cells of a map in an orientation were before it was turned."""
    grid, count = middles
    start = grid[:, ::-1] if orientation >= 4 else grid
    return np.rot90(start, -(orientation % 4)), count


def _cells(cells: NDArray[np.float32], grid: Floats, count: int) -> Cells:
    """The local descriptions of the cells with most ink."""
    ink = cells.sum(axis=-1).ravel()
    some = np.sort(np.argsort(-ink, kind="stable")[:MOST])
    rows, columns = np.divmod(some[ink[some] > 0], count)
    around = np.pad(cells, ((AROUND, AROUND), (AROUND, AROUND), (0, 0)))
    size = 2 * AROUND + 1
    windows = np.lib.stride_tricks.sliding_window_view(around, (size, size), axis=(0, 1))
    found = windows[rows, columns].reshape(len(rows), -1)
    found = found - found.mean(axis=1, keepdims=True)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
    return Cells(grid[rows, columns].astype(np.float32), np.ascontiguousarray(found, np.float32))
