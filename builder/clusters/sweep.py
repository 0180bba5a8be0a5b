"""How many clusters: many numbers are tried, measured, and one is chosen by a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from builder.clusters.parts import Parting, Parts
from builder.clusters.stability import agreement, subsamples
from builder.settings.clusters import ClustersSettings

FLAT = 0.9
"""Numbers whose distance to the chord is at least this share of the greatest are the elbow.
Settled by looking at the kinds of the demonstration: that they are hit there proves nothing."""

PATIENCE = 8
"""Numbers without a lower criterion after which the sweep of a mixture ends."""

RULES = {
    "elbow": "k of the elbow with the highest mean silhouette (the smaller k where two are equal). "
    "The elbow are those k at which the curve of the inertia lies nearly as far below its chord as "
    f"it ever does (at least {FLAT:.0%} of the greatest distance; the greatest is the knee). "
    "Numbers from 2 to the square root of the number of images are tried: where they end "
    "moves the elbow, so k is a proposal and not a discovery",
    "bic": "k with the lowest Bayesian information criterion, among numbers from 2 to the square "
    f"root of the number of images; where it has not fallen for {PATIENCE} numbers, no more are "
    "tried",
}
"""The rules that choose k, in words."""

_SAMPLE = 4000  # images on which the silhouette is measured
_EACH = 16  # numbers up to this are all tried, above they grow by a constant factor
_GROWTH = 1.125


@dataclass
class Sweep:
    """What was measured at each number of clusters tried, lists of equal length."""

    k: list[int] = field(default_factory=list)
    inertia: list[float] = field(default_factory=list)
    silhouette: list[float] = field(default_factory=list)
    stability: list[float] = field(default_factory=list)
    bic: list[float] = field(default_factory=list)


def ladder(count: int, distinct: int) -> tuple[int, ...]:
    """Numbers to try: 2 to 16, then growing by an eighth, up to sqrt(count).

    (1,) where there are too few images, or too few distinct ones, to choose.
    """
    highest = min(int(np.sqrt(count)), distinct - 1)
    if highest < 2:
        return (1,)
    found = list(range(2, min(highest, _EACH) + 1))
    while found[-1] < highest:
        found.append(min(max(found[-1] + 1, round(found[-1] * _GROWTH)), highest))
    return tuple(found)


def sweep(
    vectors: NDArray[np.float32],
    options: ClustersSettings,
    numbers: Sequence[int],
    progress: Callable[[int], None] | None = None,
) -> tuple[Sweep, list[Parts]]:
    """Try every number of clusters.

    Args:
        vectors: (n, d) principal component scores.
        options: method, starts and subsamples.
        numbers: to be tried, ascending.
        progress: called once for each.

    The sweep of a mixture ends early where its criterion has long ceased to fall.

    Returns:
        The measures, and the parting at each number that was tried.
    """
    rows = subsamples(len(vectors), options.subsamples, options.seed)
    whole, some = Parting(vectors, options), [Parting(vectors[r], options) for r in rows]
    measured, made = Sweep(), []
    for k in numbers:
        parts = whole.into(k)
        made.append(parts)
        measured.k.append(k)
        measured.inertia.append(parts.inertia)
        measured.silhouette.append(silhouette(vectors, parts.labels, options.seed))
        if rows:
            again = [one.into(k, starts=1, quick=True).labels for one in some]
            measured.stability.append(agreement(parts.labels, rows, again))
        if parts.bic is not None:
            measured.bic.append(parts.bic)
        if progress:
            progress(1)
        if measured.bic and len(measured.bic) - int(np.argmin(measured.bic)) > PATIENCE:
            break
    return measured, made


def choose(measured: Sweep) -> int:
    """Place of the number that the rule chooses: by BIC for mixtures, else by the elbow."""
    if measured.bic:
        return int(np.argmin(measured.bic))
    bend = elbow(measured.k, measured.inertia)
    near = np.flatnonzero(bend >= FLAT * bend.max()) if bend.max() > 0 else np.arange(len(bend))
    return int(near[np.argmax(np.asarray(measured.silhouette)[near])])


def elbow(numbers: Sequence[int], inertia: Sequence[float]) -> NDArray[np.float64]:
    """How far a falling curve lies below its chord at each point, both axes scaled to 0-1.

    Source: the difference curve of Kneedle (Satopää and others 2011). Rises, which only unlucky
    starts bring about, are levelled first.
    """
    x = np.asarray(numbers, np.float64)
    y = np.minimum.accumulate(np.asarray(inertia, np.float64))
    if len(x) < 3 or y[0] <= y[-1]:
        return np.zeros(len(x))
    along = (x - x[0]) / (x[-1] - x[0])
    return np.asarray((y[0] - y) / (y[0] - y[-1]) - along)


def knee(numbers: Sequence[int], inertia: Sequence[float]) -> int | None:
    """The number at which a falling curve bends most; None where it does not bend."""
    bend = elbow(numbers, inertia)
    return numbers[int(np.argmax(bend))] if len(bend) and bend.max() > 0 else None


def silhouette(vectors: NDArray[np.float32], labels: NDArray[np.int32], seed: int) -> float:
    """Mean silhouette of the images, or of a fixed sample of them; -1 where it has no meaning."""
    from sklearn.metrics import silhouette_score

    sample = min(_SAMPLE, len(vectors))
    if sample < len(vectors):
        chosen = np.random.default_rng(seed).choice(len(vectors), sample, replace=False)
        vectors, labels = vectors[chosen], labels[chosen]
    if not 2 <= len(np.unique(labels)) < len(labels):
        return -1.0
    return float(silhouette_score(vectors, labels))
