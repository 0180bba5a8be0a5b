"""Ways to part all images into k groups: k-means, Gaussian mixtures, Ward's tree."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.settings.clusters import ClustersSettings, Covariance

_KINDS: dict[Covariance, str] = {
    "full": "full",
    "tied": "tied",
    "diagonal": "diag",
    "spherical": "spherical",
}
_LEAST = 1e-3  # of the mean variance, given to every direction of a mixture: it keeps it finite
_ROUNDS = 100
_QUICK = 20  # rounds that are enough to see whether clusters come back


@dataclass(frozen=True)
class Parts:
    """One parting of n images into k groups.

    Attributes:
        labels: (n,) int32, 0 to k - 1.
        inertia: sum of squared distances to the centres.
        bic: Bayesian information criterion of a mixture, None of others.
    """

    labels: NDArray[np.int32]
    inertia: float
    bic: float | None = None


class Parting:
    """Parts vectors into any number of groups by one method.

    Args:
        vectors: (n, d) principal component scores.
        options: method, starts, covariance and seed.
    """

    def __init__(self, vectors: NDArray[np.float32], options: ClustersSettings) -> None:
        self.vectors, self.options = vectors, options
        self._tree: NDArray[np.float64] | None = None

    def into(self, k: int, starts: int | None = None, quick: bool = False) -> Parts:
        """Make k groups, or fewer where there are not so many vectors.

        Args:
            k: groups wanted.
            starts: how often to start anew; None for the settings' number.
            quick: a mixture is done after few rounds, which show whether clusters come back.
        """
        from threadpoolctl import threadpool_limits

        k = min(k, len(self.vectors))
        if k <= 1:
            labels = np.zeros(len(self.vectors), np.int32)
            return Parts(labels, inertia(self.vectors, labels))
        # With several threads the sums of a centre are added up in any order: not repeatable.
        with threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # fewer distinct images than k is no news to us
            if self.options.method == "gaussian-mixture":
                rounds = _QUICK if quick else _ROUNDS
                return self._mixture(k, starts or self.options.n_init, rounds)
            if self.options.method == "ward":
                return self._ward(k)
            return self._kmeans(k, starts or self.options.n_init)

    def _kmeans(self, k: int, starts: int) -> Parts:
        """Lloyd's k-means (scikit-learn)."""
        from sklearn.cluster import KMeans

        options = self.options
        model = KMeans(k, init=options.start, n_init=starts, random_state=options.seed)
        model.fit(self.vectors)
        return Parts(model.labels_.astype(np.int32), float(model.inertia_))

    def _mixture(self, k: int, starts: int, rounds: int) -> Parts:
        """A mixture of normal distributions (expectation-maximisation, scikit-learn)."""
        from sklearn.mixture import GaussianMixture

        vectors = self.vectors.astype(np.float64)
        model = GaussianMixture(
            k,
            covariance_type=_KINDS[self.options.covariance],
            n_init=starts,
            max_iter=rounds,
            reg_covar=max(_LEAST * float(vectors.var(axis=0).mean()), 1e-12),
            init_params="k-means++" if self.options.start == "k-means++" else "random_from_data",
            random_state=self.options.seed,
        ).fit(vectors)
        labels = model.predict(vectors).astype(np.int32)
        found = np.unique(labels, return_inverse=True)[1].astype(np.int32)
        return Parts(found, inertia(self.vectors, found), float(model.bic(vectors)))

    def _ward(self, k: int) -> Parts:
        """Cut the tree that always joins the two groups which adds least to the inertia."""
        from scipy.cluster.hierarchy import fcluster, linkage

        if self._tree is None:
            self._tree = linkage(self.vectors.astype(np.float64), "ward")
        labels = fcluster(self._tree, k, "maxclust").astype(np.int32) - 1
        return Parts(labels, inertia(self.vectors, labels))


def inertia(vectors: NDArray[np.float32], labels: NDArray[np.int32]) -> float:
    """Sum of squared distances of (n, d) vectors to the mean of their label."""
    total = 0.0
    for label in np.unique(labels):
        members = vectors[labels == label].astype(np.float64)
        total += float(((members - members.mean(axis=0)) ** 2).sum())
    return total
