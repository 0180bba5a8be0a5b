"""Several likenesses added up, each in units of its own spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.similarity.pairs import random_pairs, spread_rows
from builder.similarity.types import Band

_ENOUGH = 200  # pairs of a kind


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


def evened(band: Band, codes: NDArray[np.int64]) -> Band:
    """Similarities within sources brought to the level and spread of those between sources.

    Nothing is changed where there are too few pairs of either kind to tell.

    Args:
        band: gives rows a to b of the (n, n) similarities.
        codes: (n,) source of each image.
    """
    rows = spread_rows(len(codes))
    values = random_pairs(band, len(codes))
    if not len(values):
        return band
    same = np.concatenate([np.delete(codes == codes[row], row) for row in rows])
    within, between = values[same], values[~same]
    if min(len(within), len(between)) < _ENOUGH or min(within.std(), between.std()) < 1e-9:
        return band
    slope = np.float32(between.std(dtype=np.float64) / within.std(dtype=np.float64))
    level = np.float32(between.mean(dtype=np.float64) - within.mean(dtype=np.float64) * slope)

    def even(start: int, stop: int) -> NDArray[np.float32]:
        similar = np.array(band(start, stop), np.float32)
        same = codes[start:stop, None] == codes[None, :]
        np.copyto(similar, similar * slope + level, where=same)
        return similar

    return even


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
