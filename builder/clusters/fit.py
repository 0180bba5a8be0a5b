"""From vectors to labels by any method, with the rule that chose their number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.clusters.density import crowded
from builder.clusters.families import RULE, families, standard
from builder.clusters.parts import Parting, Parts
from builder.clusters.stability import again, of_clusters, subsamples
from builder.clusters.sweep import RULES, choose, knee, ladder, sweep
from builder.clusters.types import Fit, Relabel
from builder.errors import Problem
from builder.settings.clusters import ClustersSettings

Progress = Callable[[int], None]

__all__ = ["Fit", "fit", "fit_families", "steps"]

_SET = "set in catalogue.toml"


def steps(options: ClustersSettings, count: int) -> int:
    """How often `fit` reports progress for so many images, at most."""
    parted = options.method in ("kmeans", "gaussian-mixture", "ward")
    return len(ladder(count, count)) if parted and options.k == "auto" else 1


def fit(
    vectors: NDArray[np.float32], options: ClustersSettings, progress: Progress | None = None
) -> Fit:
    """Cluster by k-means, a Gaussian mixture, Ward's tree or HDBSCAN.

    Args:
        vectors: (n, d) principal component scores.
        options: method, k and all else.
        progress: called once for each number of clusters tried.
    """
    if options.method == "hdbscan":
        return _crowded(vectors, options)
    distinct = _distinct(vectors)
    problems: tuple[Problem, ...] = ()
    if options.k == "auto":
        parts, choice = _automatic(vectors, options, ladder(len(vectors), distinct), progress)
    else:
        size = min(options.k, distinct)
        problems = _too_many(options.k, distinct)
        parts, choice = _set(vectors, options, size)

    def relabel(rows: NDArray[np.intp]) -> NDArray[np.int32]:
        return Parting(vectors[rows], options).into(int(parts.labels.max()) + 1, starts=1).labels

    labels = parts.labels
    stability = _stability(labels, options, relabel)
    method = _method(options, vectors.shape[1])
    return Fit(labels, int(labels.max()) + 1, method, choice, stability, (), problems)


def fit_families(
    scores: NDArray[np.float32],
    options: ClustersSettings,
    threshold: Callable[[NDArray[np.float32]], float] | None = None,
) -> Fit:
    """Families of mutual relatives.

    Args:
        scores: (n, n) final likenesses of the view.
        options: subsamples and seed.
        threshold: gives the cut for standardised likenesses; None lets the rule choose.
    """
    likeness = standard(scores)
    found = families(likeness, None if threshold is None else threshold(likeness))
    labels = found.labels

    def relabel(rows: NDArray[np.intp]) -> NDArray[np.int32]:
        return families(likeness[np.ix_(rows, rows)], found.cut).labels

    choice: dict[str, Any] = {"rule": _SET if threshold else RULE, "chosen": int(labels.max()) + 1}
    if found.cuts:
        choice |= {
            "k": list(found.count),
            "silhouette": list(found.silhouette),
            "likeness": list(found.cuts),
        }
    choice["cut"] = found.cut
    stability = _stability(labels, options, relabel)
    method = "families of mutual relatives (average linkage)"
    return Fit(labels, int(labels.max()) + 1, method, choice, stability)


def _distinct(vectors: NDArray[np.float32]) -> int:
    return len(np.unique(vectors, axis=0)) if vectors.shape[1] else min(len(vectors), 1)


def _too_many(k: int, distinct: int) -> tuple[Problem, ...]:
    if k <= distinct:
        return ()
    what = f"asks for {k} clusters of {distinct} distinct images; {distinct} were made"
    return (Problem("clusters.k", what, "lower it in catalogue.toml"),)


def _set(
    vectors: NDArray[np.float32], options: ClustersSettings, size: int
) -> tuple[Parts, dict[str, object]]:
    parts = Parting(vectors, options).into(size)
    choice: dict[str, object] = {"rule": _SET, "k": [size], "inertia": [parts.inertia]}
    if parts.bic is not None:
        choice["bic"] = [parts.bic]
    return parts, choice | {"chosen": int(parts.labels.max()) + 1}


def _automatic(
    vectors: NDArray[np.float32],
    options: ClustersSettings,
    numbers: tuple[int, ...],
    progress: Progress | None,
) -> tuple[Parts, dict[str, object]]:
    """Sweep over numbers of clusters, and what was measured."""
    if numbers == (1,):
        parts = Parting(vectors, options).into(1)
        return parts, {"rule": "too few distinct images to choose from", "k": [1], "chosen": 1}
    measured, made = sweep(vectors, options, numbers, progress)
    best = choose(measured)
    choice: dict[str, object] = {
        "rule": RULES["bic" if measured.bic else "elbow"],
        **{name: values for name, values in asdict(measured).items() if values},
        "knee": knee(measured.k, measured.inertia),
        "chosen": int(made[best].labels.max()) + 1,
    }
    return made[best], choice


def _crowded(vectors: NDArray[np.float32], options: ClustersSettings) -> Fit:
    labels = crowded(vectors, options.smallest)

    def relabel(rows: NDArray[np.intp]) -> NDArray[np.int32]:
        return crowded(vectors[rows], options.smallest)

    k = int(labels.max(initial=-1)) + 1
    choice = {"rule": f"as many as there are crowded places of {options.smallest} images or more"}
    method = f"HDBSCAN over {vectors.shape[1]} principal components"
    stability = _stability(labels, options, relabel)
    return Fit(labels, k, method, choice | {"chosen": k}, stability)


def _stability(
    labels: NDArray[np.int32], options: ClustersSettings, relabel: Relabel
) -> tuple[float, ...]:
    """Of each cluster; empty where nothing was clustered again."""
    if not options.subsamples or len(labels) < 5 or labels.max(initial=-1) < 0:
        return ()
    rows = subsamples(len(labels), options.subsamples, options.seed)
    return of_clusters(labels, rows, again(relabel, rows))


def _method(options: ClustersSettings, components: int) -> str:
    over = f"over {components} principal components"
    if options.method == "gaussian-mixture":
        return f"a Gaussian mixture ({options.covariance} covariance) {over}"
    if options.method == "ward":
        return f"Ward's tree {over}"
    return f"k-means {over}"
