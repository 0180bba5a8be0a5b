"""Intervals by the bootstrap over groups: queries of one group stand or fall together.

Efron and Tibshirani 1993, percentile intervals; Field and Welsh 2007 for resampling whole groups.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.similarity.evaluate.types import METRICS, Crossing, Estimate, Measured, Summary

DRAWS = 2000
SEED = 0

Weigh = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From (groups,) weights, how often each group counts, to (m,) statistics; NaN for undefined."""


def bootstrap(
    statistic: Weigh, groups: int, draws: int = DRAWS, seed: int = SEED
) -> list[Estimate]:
    """Each statistic with its 95 % percentile interval over resampled groups.

    One seed draws the same groups whatever the statistic, so that views are resampled alike.

    Args:
        statistic: of weighted groups.
        groups: how many there are, at least one.
        draws: resamples.
        seed: of the draws.
    """
    values = statistic(np.ones(groups))
    rng = np.random.default_rng(seed)
    drawn = np.empty((draws, len(values)))
    for draw in range(draws):
        counts = np.bincount(rng.integers(0, groups, groups), minlength=groups)
        drawn[draw] = statistic(counts.astype(np.float64))
    lows, highs = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
    return [Estimate(*map(float, one)) for one in zip(values, lows, highs, strict=True)]


def means(values: NDArray[np.float64], units: NDArray[np.int64], **options: int) -> list[Estimate]:
    """Mean of each column over queries, with intervals over groups.

    Args:
        values: (queries, m).
        units: (queries,) number of each query's group, from 0, without gaps.
        options: `draws` and `seed` of `bootstrap`.
    """
    groups = int(units.max()) + 1
    sums = np.zeros((groups, values.shape[1]))
    np.add.at(sums, units, values)
    sizes = np.bincount(units, minlength=groups).astype(np.float64)
    return bootstrap(lambda weights: (weights @ sums) / (weights @ sizes), groups, **options)


def summarise(measured: Measured, **options: int) -> Summary:
    """The measures of one view in one scope, with their intervals; it must have answers."""
    units = measured.units
    estimates = means(measured.values, units, **options)
    two_way, pairs = _two_way(measured, **options)
    return Summary(
        measured.view,
        measured.scope,
        len(measured.answers),
        int(units.max()) + 1,
        dict(zip(METRICS, estimates, strict=True)),
        two_way,
        pairs,
    )


def _two_way(measured: Measured, **options: int) -> tuple[Estimate | None, int]:
    crossings = measured.crossings
    if not crossings:
        return None, 0
    place = {unit: at for at, unit in enumerate(sorted({one.unit for one in measured.answers}))}
    return (
        bootstrap(two_way_recall(crossings, place), len(place), **options)[0],
        len({frozenset((one.asked, one.among)) for one in crossings}),
    )


def two_way_recall(crossings: tuple[Crossing, ...], place: dict[int, int]) -> Weigh:
    """Recall at 1 between sources: mean over pairs of sources and both directions.

    For each ordered pair of sources, the share of queries of the first, among those with a
    relative in the second, whose best candidate there is right (after Kaoua and others 2021,
    who ask so of pairs of manuscripts).

    Args:
        crossings: all of one view.
        place: from units to 0, 1, 2, ...
    """
    from scipy.sparse import csr_array

    directions = sorted({(one.asked, one.among) for one in crossings})
    number = {direction: at for at, direction in enumerate(directions)}
    rows = [number[one.asked, one.among] for one in crossings]
    columns = [place[one.unit] for one in crossings]
    shape = (len(directions), len(place))

    def table(entries: list[float]) -> Any:  # SciPy has no types
        return csr_array((entries, (rows, columns)), shape=shape)

    right = table([float(one.right) for one in crossings])
    asked = table([1.0] * len(crossings))

    def recall(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        total = asked @ weights
        there = total > 0
        if not there.any():
            return np.array([np.nan])
        return np.array([float(((right @ weights)[there] / total[there]).mean())])

    return recall
