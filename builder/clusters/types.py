"""Clusterings: groups of images in one view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from builder.errors import Problem

Relabel = Callable[[NDArray[np.intp]], NDArray[np.int32]]
"""Clusters only the rows given: (m,) rows -> (m,) labels, -1 for none."""

WHOLE = 300
"""Up to so many clusters the table of distances is a square."""

NEAREST = 20
"""Clusters that are named beside each where there are more."""

MEANINGS = {
    "size": "How many images belong to the cluster.",
    "cohesion": "Mean cosine of the members to the centre of the cluster: 1 if all are the same.",
    "separation": "Mean silhouette of the members: near 1 if they are far nearer to each other "
    "than to the next cluster, 0 if they lie between two, below 0 if the other is nearer.",
    "stability": "How much of the cluster comes back, on average, when only four images of five "
    "are clustered (Jaccard index): above 0.75 it can be relied on, below 0.5 it may be chance.",
    "distance": "Distance of the centres of two clusters in the space of the components that were "
    "clustered.",
    "changed": "Share of images that joined or left since the cluster was written into "
    "clusters.csv.",
    "inertia": "Sum of squared distances of all images to the centre of their cluster; it always "
    "falls as clusters are added, and its elbow is where it stops falling fast.",
    "silhouette": "Mean over all images of how much nearer their own cluster is than the next.",
    "stability of k": "Mean adjusted Rand index between the clusters of all images and those of "
    "subsamples: 1 if the same images always come together, 0 if that is chance.",
    "bic": "Bayesian information criterion of a mixture: the lower, the better it describes the "
    "images for the number of its parameters.",
}
"""What each number of a cluster, and of the choice of k, means: one sentence each."""


@dataclass(frozen=True)
class Cluster:
    """One group.

    Attributes:
        number: 1, 2, ... in the order of showing; the page is clusters/<view>/<number>/.
        name: words for it, "" if none was found.
        members: rows of its images, nearest to the centre first.
        medoid: the row with the least summed distance to the others.
        nearest: at most five rows nearest to the centre, best first.
        scores: cosine of each of `nearest` to the centre.
        cohesion: mean cosine of the members to the centre.
        apart: at most three rows that lie far from each other: the two furthest apart, then the
            one that is furthest from both.
        separation: mean silhouette of the members, -1 to 1; None where there is one cluster only.
        stability: mean Jaccard index with its best match among clusters of subsamples, 0 to 1;
            None where nothing was clustered again.
        kin: numbers of at most five clusters whose centres are nearest, nearest first.
        kin_distances: how far the centres of `kin` are.
        sources: (source, share of the members), at most five, largest share first; without
            images of no source.
        dates: (first year, last year, share of the dated members) of the centuries or decades
            that hold any, in order; an image counts for its span in equal parts.
        proposed: the name that the metadata propose, whatever `name` is.
        changed: share of images that joined or left since it was written into clusters.csv.
    """

    number: int
    name: str
    members: tuple[int, ...]
    medoid: int
    nearest: tuple[int, ...]
    scores: tuple[float, ...]
    cohesion: float
    apart: tuple[int, ...] = ()
    separation: float | None = None
    stability: float | None = None
    kin: tuple[int, ...] = ()
    kin_distances: tuple[float, ...] = ()
    sources: tuple[tuple[str, float], ...] = ()
    dates: tuple[tuple[int, int, float], ...] = ()
    proposed: str = ""
    changed: float = 0.0


def _no_distances() -> NDArray[np.float32]:
    return np.zeros((0, 0), np.float32)


@dataclass(frozen=True)
class Clustering:
    """Every image's cluster in one view.

    Attributes:
        method: how it was made, in words ("k-means over 64 principal components").
        labels: (n,) int32, the cluster's number - 1, or -1 for none.
        clusters: in the order of their numbers, likes beside likes.
        choice: how k was chosen: {"rule": ..., "k": [...], "silhouette": [...], ...}.
        name: what tells it from other clusterings of the view; "" if it has no name.
        distances: (k, k) float32 distances between centres, in the order of the numbers; (0, 0)
            where they were not measured.
        order: how clusters were put in order, in words.
        problems: what could not be done as asked.
    """

    method: str
    labels: NDArray[np.int32]
    clusters: tuple[Cluster, ...]
    choice: Mapping[str, object]
    name: str = ""
    distances: NDArray[np.float32] = field(default_factory=_no_distances)
    order: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Fit:
    """Labels of one clustering, before anything is known of the clusters.

    Attributes:
        labels: (n,) int32, 0 to k - 1, -1 for none.
        k: how many clusters.
        method: how they were found, in words.
        choice: how k came about, as in `Clustering`.
        stability: for each label its stability, where it was measured.
        names: for each label its name, where somebody gave it one.
        problems: what could not be done as asked.
    """

    labels: NDArray[np.int32]
    k: int
    method: str = ""
    choice: Mapping[str, object] = field(default_factory=dict)
    stability: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of the images beside their likeness; every list may be empty.

    Attributes:
        sources: (n,) source of each image, "" for none.
        spans: (n,) first and last year of each image, None if it is undated.
        phrases: (n,) values that name a subject as they stand ("Eclipse of the moon").
        texts: (n,) running text: titles and the like, of which single words count.
    """

    sources: Sequence[str] = ()
    spans: Sequence[tuple[int, int] | None] = ()
    phrases: Sequence[Sequence[str]] = ()
    texts: Sequence[str] = ()
