"""Several likenesses added up, each in units of its own spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.similarity.pairs import random_pairs
from builder.similarity.types import Band


def spread(band: Band, n: int) -> float:
    """Standard deviation of the similarities of random pairs, 0 where there are none."""
    found = random_pairs(band, n)
    return float(found.std(dtype=np.float64)) if len(found) else 0.0


def shares(weights: Sequence[float], spreads: Sequence[float]) -> list[float]:
    """What each likeness is multiplied by, the sum being one.

    Adding z-scores ranks like adding w / sd of the likenesses themselves; dividing by the sum keeps
    the result on their scale. A likeness without spread tells nothing apart and counts nothing.
    """
    raw = [w / sd if sd > 1e-9 else 0.0 for w, sd in zip(weights, spreads, strict=True)]
    total = sum(raw)
    if not total:
        return [1 / max(len(raw), 1)] * len(raw)
    return [value / total for value in raw]


def fused(bands: Sequence[Band], parts: Sequence[float]) -> Band:
    """The sum of several similarities, each times its share, a band of rows at a time."""
    if len(bands) == 1:
        return bands[0]

    def band(start: int, stop: int) -> NDArray[np.float32]:
        total = bands[0](start, stop) * np.float32(parts[0])
        for one, share in zip(bands[1:], parts[1:], strict=True):
            total = total + one(start, stop) * np.float32(share)
        return total

    return band
