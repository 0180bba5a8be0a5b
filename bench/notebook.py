"""The notebook's clustering on principal scores, against scikit-learn on the dense matrix.

k-means 25, a Gaussian mixture of 25, and the elbow to 20, on synthetic features that are as wide as
memory allows. Usage: python -m bench.notebook [IMAGES] [WIDTH].
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.common import table
from builder.clusters.parts import Parting
from builder.settings import ClustersSettings
from builder.similarity.components import principal_scores
from builder.similarity.gram import cosine_gram

IMAGES, WIDTH, KINDS = 1000, 20_480, 40


def features(count: int, width: int) -> NDArray[np.float16]:
    """Non-negative maps around forty centres."""
    rng = np.random.default_rng(0)
    centres = rng.random((KINDS, width), np.float32)
    noise = rng.random((count, width), np.float32)
    return (centres[rng.integers(KINDS, size=count)] + 2 * noise).astype(np.float16)


def ours(count: int, width: int) -> dict[str, float]:
    """Seconds of each step: the components once, then everything on them."""
    stored, seconds = features(count, width), {}
    began = time.perf_counter()
    rows = np.arange(count)
    scores = principal_scores(cosine_gram(stored, rows), rows, 64)[0]
    seconds["components"] = time.perf_counter() - began
    plain = Parting(scores, ClustersSettings(n_init=10))
    mixture = Parting(scores, ClustersSettings(method="gaussian-mixture", n_init=1))
    seconds["k-means 25"] = _spent(lambda: plain.into(25))
    seconds["mixture 25"] = _spent(lambda: mixture.into(25))
    seconds["elbow to 20"] = _spent(lambda: [plain.into(k) for k in range(1, 21)])
    return seconds


def dense(count: int, width: int) -> dict[str, float]:
    """The same by scikit-learn on the features as they are; the mixture on 1,000 components."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.mixture import GaussianMixture

    matrix, seconds = features(count, width).astype(np.float32), {}
    most = min(1000, count - 1)
    began = time.perf_counter()
    scores = PCA(most, random_state=0).fit_transform(matrix)
    seconds["components"] = time.perf_counter() - began

    def means(k: int) -> object:
        return KMeans(k, n_init=10, random_state=0).fit(matrix)

    mixture = GaussianMixture(25, covariance_type="diag", random_state=0)
    seconds["k-means 25"] = _spent(lambda: means(25))
    seconds["mixture 25"] = _spent(lambda: mixture.fit(scores))
    seconds["elbow to 20"] = _spent(lambda: [means(k) for k in range(1, 21)])
    return seconds


def _spent(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        work()
    return time.perf_counter() - began


def _alone(
    work: Callable[[int, int], dict[str, float]], count: int, width: int
) -> dict[str, float]:
    """Run in a process of its own, so that its peak memory is its own."""
    seconds = work(count, width)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds | {"peak, MB": peak}


def main() -> None:
    """Print seconds and peak memory of both, and their ratios."""
    given = [int(text) for text in sys.argv[1:3]]
    count, width = [*given, *(IMAGES, WIDTH)[len(given) :]]
    found = []
    for work in (ours, dense):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found.append(pool.apply(_alone, (work, count, width)))
    rows = []
    for name, own in found[0].items():
        other = found[1][name]
        rows.append([name, f"{own:.1f}", f"{other:.1f}", f"{own / max(other, 1e-9):.3f}"])
    head = ["step", "ours", "scikit-learn, dense", "ratio"]
    table(f"the notebook's clustering, {count} x {width}", [head, *rows])


if __name__ == "__main__":
    main()
