"""Whether two views differ: paired randomisation over groups, corrected for many comparisons.

Under the assumption that two views are alike, the difference of each group could as well have had
the other sign (Fisher's randomisation; Smucker, Allan and Carterette 2007 for rankings). Groups are
flipped and not queries, because queries of one group are not independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from builder.similarity.evaluate.intervals import SEED, means
from builder.similarity.evaluate.types import METRICS, Comparison, Measured

FLIPS = 10_000
_BAND = 500  # flips at a time, to bound memory


def compare(measured: Sequence[Measured], **options: int) -> tuple[Comparison, ...]:
    """Every two views in every scope, by average precision, with Holm's correction over all.

    Args:
        measured: of one set of queries a scope.
        options: `draws` and `seed` of the intervals.
    """
    found = [
        _pair(first, second, **options)
        for first, second in combinations(measured, 2)
        if first.scope == second.scope
    ]
    corrected = holm([one.p for one in found])
    return tuple(replace(one, p_holm=p) for one, p in zip(found, corrected, strict=True))


def _pair(first: Measured, second: Measured, **options: int) -> Comparison:
    column = METRICS.index("map")
    units = first.units
    apart = first.values[:, column] - second.values[:, column]
    difference = means(apart[:, None], units, **options)[0]
    p = randomisation(np.bincount(units, weights=apart).astype(np.float64))
    return Comparison(first.scope, first.view, second.view, difference, p)


def randomisation(sums: NDArray[np.float64], flips: int = FLIPS, seed: int = SEED) -> float:
    """Two-sided p of the sum of paired differences, when signs are flipped at random.

    All ways to flip are counted where they are fewer than `flips`; else p = (1 + how many random
    flips reach the sum) / (1 + flips), which is never zero.

    Args:
        sums: (groups,) difference of each group, summed over its queries.
        flips: random flips.
        seed: of the flips.
    """
    reached = abs(float(sums.sum())) - 1e-9 * float(np.abs(sums).sum())  # sums round
    groups = len(sums)
    if groups < 60 and 2**groups <= flips:
        bits = np.arange(2**groups)[:, None] >> np.arange(groups)
        signs = 1.0 - 2.0 * (bits & 1)
        return float((np.abs(signs @ sums) >= reached).mean())
    rng = np.random.default_rng(seed)
    as_large = 0
    for start in range(0, flips, _BAND):
        signs = rng.choice([-1.0, 1.0], size=(min(_BAND, flips - start), groups))
        as_large += int((np.abs(signs @ sums) >= reached).sum())
    return (1 + as_large) / (1 + flips)


def holm(chances: Sequence[float]) -> list[float]:
    """Holm's step-down correction (1979): adjusted p in the order given, at most 1."""
    count = len(chances)
    adjusted, highest = [0.0] * count, 0.0
    for place, at in enumerate(sorted(range(count), key=lambda at: chances[at])):
        highest = max(highest, min(1.0, (count - place) * chances[at]))
        adjusted[at] = highest
    return adjusted
