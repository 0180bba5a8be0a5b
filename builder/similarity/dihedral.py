"""The eight ways to turn and mirror a square, on descriptions of drawings.

Orientation o is: mirrored left to right if o is 4 or more, then turned clockwise by 90 degrees
times o mod 4.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

CELLS, BINS = 24, 8
"""Cells along a side, and directions, of a histogram."""

SPECTRUM = 81
"""Frequencies along a side of a spectrum, the constant part in the middle."""


def eight(histograms: NDArray[np.float32]) -> NDArray[np.float32]:
    """The histograms of the eight orientations of a drawing.

    Args:
        histograms: (..., CELLS, CELLS, BINS); bin b holds strokes at b * 180 / BINS degrees from
            the x axis towards the y axis, which points down.

    Returns:
        (..., 8, CELLS, CELLS, BINS).
    """
    mirrored = histograms[..., :, ::-1, :][..., (-np.arange(BINS)) % BINS]
    result = []
    for start in (histograms, mirrored):
        one = start
        for _ in range(4):
            result.append(one)
            # Clockwise on the screen: rows become columns, directions move by 90 degrees.
            one = np.roll(np.rot90(one, -1, axes=(-3, -2)), BINS // 2, axis=-1)
    return np.stack(result, axis=-4)


def eight_spectra(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The spectra of the eight orientations: (m, SPECTRUM ** 2) -> (m, 8, SPECTRUM ** 2)."""
    grids = rows.reshape(-1, SPECTRUM, SPECTRUM)
    turned = [
        np.rot90(start, -quarters, axes=(-2, -1))
        for start in (grids, grids[..., ::-1])
        for quarters in range(4)
    ]
    return np.stack(turned, axis=1).reshape(len(grids), 8, SPECTRUM * SPECTRUM)


def eight_histograms(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same for flat rows: (m, CELLS * CELLS * BINS) -> (m, 8, CELLS * CELLS * BINS)."""
    grids = rows.reshape(-1, CELLS, CELLS, BINS)
    return eight(grids).reshape(len(grids), 8, CELLS * CELLS * BINS)


Arrange = Callable[[NDArray[np.float32]], NDArray[np.float32]]

ARRANGED: dict[str, Arrange] = {"strokes": eight_histograms, "spectrum": eight_spectra}
"""How rows (m, d) of each description become those of the eight orientations, (m, 8, d)."""
