"""From labels to clusters that can be shown: in order, with what stands for them and numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.clusters.names import Namer
from builder.clusters.order import METHODS, OPTIMAL, distances, leaf_order
from builder.clusters.portrait import date_shares, far_apart, medoid, source_shares
from builder.clusters.types import Cluster, Clustering, Facts, Fit

_KIN = 5
_NEAREST = 5


def represent(
    fit: Fit,
    vectors: NDArray[np.float32],
    cosines: NDArray[np.float32],
    facts: Facts | None = None,
    name: str = "",
) -> Clustering:
    """Number clusters so that likes stand together, and choose what stands for them.

    Args:
        fit: labels 0 to k - 1, each in use, or -1 for none.
        vectors: (n, d) scores that were clustered.
        cosines: (n,) cosine of each image to the mean of its cluster.
        facts: what is known of the images.
        name: of the clustering.
    """
    found = np.unique(fit.labels[fit.labels >= 0])
    centres = np.zeros((len(found), vectors.shape[1]), np.float32)
    for place, label in enumerate(found):
        centres[place] = vectors[fit.labels == label].mean(axis=0)
    order = leaf_order(centres)
    numbers = np.full(int(fit.labels.max(initial=-1)) + 2, -1, np.int32)
    numbers[found[order]] = np.arange(len(order), dtype=np.int32)
    labels = numbers[fit.labels]  # -1 takes the last entry, which is -1
    teller = _Teller(labels, vectors, cosines, distances(centres[order]), facts or Facts())
    clusters = tuple(
        teller.cluster(place, *_given(fit, int(found[old]))) for place, old in enumerate(order)
    )
    return Clustering(
        fit.method,
        labels.astype(np.int32),
        clusters,
        dict(fit.choice),
        name,
        teller.apart,
        METHODS["optimal" if len(order) <= OPTIMAL else "two levels"],
        fit.problems,
    )


def _given(fit: Fit, label: int) -> tuple[str, float | None]:
    """The name and the stability that the fit has for a label."""
    name = fit.names[label] if label < len(fit.names) else ""
    return name, fit.stability[label] if label < len(fit.stability) else None


class _Teller:
    """Tells of each cluster what is to be shown of it."""

    def __init__(
        self,
        labels: NDArray[np.int32],
        vectors: NDArray[np.float32],
        cosines: NDArray[np.float32],
        apart: NDArray[np.float32],
        facts: Facts,
    ) -> None:
        self.labels, self.vectors, self.cosines = labels, vectors, cosines
        self.apart, self.facts = apart, facts
        self.silhouettes = silhouettes(vectors, labels)
        self.namer = Namer(labels, facts)

    def cluster(self, place: int, name: str, stability: float | None) -> Cluster:
        members = np.flatnonzero(self.labels == place)
        ranked = members[np.argsort(-self.cosines[members], kind="stable")]
        nearest = ranked[:_NEAREST]
        kin = self._kin(place)
        proposed = name or self.namer.name(place)
        own = self.silhouettes
        return Cluster(
            number=place + 1,
            name=proposed,
            members=tuple(ranked.tolist()),
            medoid=int(members[medoid(self.vectors[members])]),
            nearest=tuple(nearest.tolist()),
            scores=tuple(self.cosines[nearest].tolist()),
            cohesion=float(self.cosines[members].mean()),
            apart=tuple(members[far_apart(self.vectors[members])].tolist()),
            separation=None if own is None else float(own[members].mean()),
            stability=stability,
            kin=tuple(int(other) + 1 for other in kin),
            kin_distances=tuple(self.apart[place, kin].tolist()),
            sources=source_shares(self.facts.sources, members),
            dates=date_shares(self.facts.spans, members),
            proposed=proposed,
        )

    def _kin(self, place: int) -> NDArray[np.intp]:
        ranked = np.argsort(self.apart[place], kind="stable")
        return np.asarray(ranked[ranked != place][:_KIN], np.intp)


def silhouettes(
    vectors: NDArray[np.float32], labels: NDArray[np.int32]
) -> NDArray[np.float32] | None:
    """(n,) silhouette of each image of a cluster, 0 of others; None with fewer than two clusters.

    A cluster of one image has silhouette 0 (Rousseeuw 1987, as in scikit-learn).
    """
    from sklearn.metrics import silhouette_samples
    from threadpoolctl import threadpool_limits

    placed = np.flatnonzero(labels >= 0)
    count = len(np.unique(labels[placed]))
    if count < 2:
        return None
    result = np.zeros(len(labels), np.float32)
    if count < len(placed):  # all alone: 0 each
        with threadpool_limits(1):
            result[placed] = silhouette_samples(vectors[placed], labels[placed])
    return result
