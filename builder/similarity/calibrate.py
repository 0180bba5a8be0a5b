"""What a score means: how it stands among random pairs of the same catalogue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.similarity.pairs import random_pairs
from builder.similarity.types import Band

_KEPT = 4001  # quantiles that stand for all random pairs
_FEW = 100  # pairs below which nothing can be said
_FROM, _TO = 0.9, 0.99  # the tail is drawn on as it falls between these quantiles


@dataclass(frozen=True)
class Scale:
    """The scores of random pairs.

    Attributes:
        quantiles: (q,) scores at equal steps of rank, ascending.
    """

    quantiles: NDArray[np.float32]

    def percentile(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Share of random pairs that score less, 0 to 1."""
        ranks = np.linspace(0, 1, len(self.quantiles))
        # Where many pairs score the same, interpolation would count them as less.
        first = np.searchsorted(self.quantiles, scores)
        equal = self.quantiles[np.minimum(first, len(ranks) - 1)] == scores
        between = np.interp(scores, self.quantiles, ranks)
        return np.where(equal, ranks[np.minimum(first, len(ranks) - 1)], between).astype(np.float32)

    def chance(self, scores: NDArray[np.float32], candidates: int) -> NDArray[np.float32]:
        """How many of so many unrelated candidates would score as high.

        Above the 99th percentile, where true relatives sit, the tail is drawn on as an
        exponential with the slope that it has between the 90th and the 99th, so that the relatives
        do not count as chance.
        """
        ranks = np.linspace(0, 1, len(self.quantiles))
        low, high = np.interp((_FROM, _TO), ranks, self.quantiles)
        above = 1 - self.percentile(scores).astype(np.float64)
        slope = np.log((1 - _FROM) / (1 - _TO)) / max(high - low, 1e-9)
        tail = (1 - _TO) * np.exp(-slope * np.maximum(scores - high, 0))
        return (np.where(scores > high, tail, above) * candidates).astype(np.float32)


def scale(band: Band, n: int) -> Scale | None:
    """Measure the scores of random pairs: all others of evenly spread images.

    None where there are too few pairs to say anything.
    """
    if n * (n - 1) < _FEW:
        return None
    found = random_pairs(band, n)
    return Scale(np.quantile(found, np.linspace(0, 1, _KEPT)).astype(np.float32))
