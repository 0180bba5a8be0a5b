"""Random pairs of a catalogue: what likeness is when nothing is known of two images."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.similarity.types import Band

_ROWS = 256


def random_pairs(band: Band, n: int) -> NDArray[np.float32]:
    """Similarities of different images: those of evenly spread images with all others, flat."""
    if n < 2:
        return np.zeros(0, np.float32)
    values = [np.delete(np.asarray(band(row, row + 1)[0]), row) for row in spread_rows(n)]
    return np.concatenate(values)


def spread_rows(n: int) -> list[int]:
    """Evenly spread images whose pairs stand for all."""
    return [int(row) for row in np.unique(np.linspace(0, n - 1, min(_ROWS, n)).astype(np.int64))]
