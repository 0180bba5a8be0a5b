"""Every way to part images into clusters, and the rule that chooses their number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from builder.clusters.fit import fit, steps
from builder.clusters.parts import inertia
from builder.clusters.stability import agreement, alone, of_clusters, subsamples
from builder.clusters.sweep import PATIENCE, Sweep, choose, elbow, knee, ladder
from builder.settings import ClustersSettings

METHODS = ["kmeans", "gaussian-mixture", "ward"]
FEW = ClustersSettings(subsamples=3)


def blobs(groups: int, each: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(groups, 6)) * 20
    return np.repeat(centres, each, axis=0).astype(np.float32) + rng.normal(
        size=(groups * each, 6)
    ).astype(np.float32)


@pytest.mark.parametrize("method", METHODS)
def test_the_rules_find_clear_groups(method: str) -> None:
    """Seven far-apart blobs are seven clusters, each of which always comes back."""
    found = fit(blobs(7, 30), FEW.model_copy(update={"method": method}))

    assert found.k == 7
    assert all(len(set(found.labels[i * 30 : i * 30 + 30].tolist())) == 1 for i in range(7))
    assert found.stability == pytest.approx([1.0] * 7)
    tried = found.choice["k"]
    assert list(range(2, 15)) == tried
    for curve in ("inertia", "silhouette", "stability"):
        assert len(tried) == len(found.choice[curve]), curve
    assert ("bic" in found.choice) == (method == "gaussian-mixture")
    assert found.choice["chosen"] == 7


@pytest.mark.parametrize("covariance", ["full", "tied", "diagonal", "spherical"])
@pytest.mark.parametrize("start", ["k-means++", "random"])
def test_mixtures_of_any_shape_and_start(covariance: str, start: str) -> None:
    """Three blobs are found whatever shape clusters may have."""
    options = ClustersSettings(
        method="gaussian-mixture", k=3, covariance=covariance, start=start, subsamples=0
    )

    found = fit(blobs(3, 30), options)

    assert found.k == 3
    assert covariance in found.method
    assert found.stability == ()


def test_hdbscan_leaves_the_rest_alone() -> None:
    """Blobs are clusters, strewn points are none."""
    strewn = np.random.default_rng(5).uniform(-90, 90, (8, 6)).astype(np.float32)

    found = fit(np.vstack([blobs(3, 30), strewn]), FEW.model_copy(update={"method": "hdbscan"}))

    assert found.k == 3
    assert (found.labels[-8:] == -1).all()


@pytest.mark.parametrize("method", METHODS)
def test_a_given_k_is_kept_but_never_above_the_distinct_images(method: str) -> None:
    """K = 50 on four distinct vectors gives four clusters, and a sentence."""
    vectors = np.repeat(np.eye(4, dtype=np.float32), 5, axis=0)

    three = fit(vectors, ClustersSettings(method=method, k=3))
    fifty = fit(vectors, ClustersSettings(method=method, k=50))

    assert (three.k, three.problems) == (3, ())
    assert fifty.k == 4
    assert [p.problem for p in fifty.problems] == [
        "asks for 50 clusters of 4 distinct images; 4 were made"
    ]


@pytest.mark.parametrize("method", [*METHODS, "hdbscan"])
@pytest.mark.parametrize(
    "vectors",
    [
        np.zeros((1, 0), np.float32),
        np.zeros((30, 0), np.float32),
        np.zeros((30, 3), np.float32),
        np.array([[1.0], [2.0]], np.float32),
    ],
    ids=["one", "thirty equal", "thirty zeros", "two"],
)
def test_tiny_and_equal_collections_are_clustered(vectors: np.ndarray, method: str) -> None:
    """One image, two, thirty identical ones: at most one cluster, no error."""
    found = fit(vectors, ClustersSettings(method=method, subsamples=2))

    assert found.k <= 1
    assert len(vectors) == len(found.labels)


@pytest.mark.parametrize("method", [*METHODS, "hdbscan"])
def test_the_same_seed_gives_the_same_labels(method: str) -> None:
    """Clustering is repeatable to the bit."""
    vectors = np.random.default_rng(2).normal(size=(150, 8)).astype(np.float32)
    options = ClustersSettings(method=method, k=7, seed=5, subsamples=2)

    one, two = fit(vectors, options), fit(vectors, options)

    assert one.labels.tolist() == two.labels.tolist()
    assert one.stability == two.stability


@drawn(st.integers(1, 30_000), st.integers(1, 300))
def test_the_ladder_climbs_to_the_root(count: int, distinct: int) -> None:
    """Numbers ascend from 2, without a gap up to 16, and end at the highest allowed."""
    found = ladder(count, distinct)
    highest = min(int(np.sqrt(count)), distinct - 1)

    assert found == (1,) if highest < 2 else (found[0], found[-1]) == (2, highest)
    assert list(found) == sorted(set(found))
    assert set(range(2, min(highest, 16) + 1)) <= set(found) or highest < 2
    assert steps(ClustersSettings(), count) == len(ladder(count, count))


def test_the_knee_is_where_the_curve_bends() -> None:
    """A curve of two straight lines bends where they meet; a straight one nowhere."""
    numbers = list(range(2, 13))
    bent = [100 - 10 * min(k, 6) - 0.5 * max(k - 6, 0) for k in numbers]

    assert knee(numbers, bent) == 6
    assert knee(numbers, [50.0] * 11) is None
    assert elbow(numbers, [-1.0 * k for k in numbers]) == pytest.approx([0] * 11)


def test_of_the_elbow_the_best_silhouette_is_chosen() -> None:
    """A better silhouette beside the knee wins; one far from it does not."""
    numbers = list(range(2, 13))
    bent = [100 - 10 * min(k, 6) - 0.5 * max(k - 6, 0) for k in numbers]
    silhouettes = [0.1] * 11
    silhouettes[numbers.index(6)] = 0.3
    silhouettes[-1] = 0.9

    assert numbers[choose(Sweep(numbers, bent, silhouettes))] == 6


def test_mixtures_are_chosen_by_bic() -> None:
    """The lowest criterion wins, whatever the silhouette."""
    assert choose(Sweep([2, 3, 4], [9, 5, 4], [0.9, 0.1, 0.1], [], [10, 8, 9])) == 1


@drawn(st.integers(1, 25), st.integers(1, 5), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_inertia_is_the_sum_of_squares(n: int, k: int, seed: int) -> None:
    """Against the naive sum."""
    rng = np.random.default_rng(seed)
    vectors, labels = rng.normal(size=(n, 3)).astype(np.float32), rng.integers(k, size=n)
    naive = 0.0
    for row in range(n):
        same = vectors[labels == labels[row]].astype(float)
        naive += float(((vectors[row] - same.mean(axis=0)) ** 2).sum())

    assert inertia(vectors, labels.astype(np.int32)) == pytest.approx(naive, rel=1e-5, abs=1e-9)


@drawn(st.integers(2, 40), st.integers(1, 6), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_stability_is_the_mean_best_jaccard(n: int, k: int, seed: int) -> None:
    """Against sets counted one by one; images of no cluster are sets of their own."""
    rng = np.random.default_rng(seed)
    labels = np.unique(rng.integers(k, size=n), return_inverse=True)[1].astype(np.int32)
    rows = subsamples(n, 3, seed)
    again = [rng.integers(-1, k, size=len(r)).astype(np.int32) for r in rows]

    found = of_clusters(labels, rows, again)

    for label in range(labels.max() + 1):
        best = []
        for chosen, other in zip(rows, again, strict=True):
            theirs = [
                {int(r) for r, o in zip(chosen, other, strict=True) if o == one} for one in range(k)
            ]
            theirs += [{int(r)} for r, o in zip(chosen, other, strict=True) if o < 0]
            mine = {int(r) for r in chosen if labels[r] == label}
            if mine:
                best.append(max(len(mine & t) / len(mine | t) for t in theirs))
        assert found[label] == pytest.approx(np.mean(best) if best else 0)


def test_agreement_is_one_for_the_same_and_near_zero_for_chance() -> None:
    """Whatever the labels are called; images alone are clusters of their own."""
    rng = np.random.default_rng(0)
    labels = rng.integers(5, size=500).astype(np.int32)
    rows = subsamples(500, 4, 0)

    assert agreement(labels, rows, [4 - labels[r] for r in rows]) == pytest.approx(1)
    chance = [rng.integers(5, size=len(r)).astype(np.int32) for r in rows]
    assert abs(agreement(labels, rows, chance)) < 0.05
    assert alone(np.array([-1, 0, 1, -1], np.int32)).tolist() == [2, 0, 1, 3]


def test_the_sweep_of_a_mixture_ends_where_its_criterion_has_long_risen() -> None:
    """Three blobs need no forty numbers; curves are equally long, and three is chosen."""
    vectors = blobs(3, 600)
    tried = fit(vectors, ClustersSettings(method="gaussian-mixture", subsamples=2))

    assert tried.k == 3
    assert tried.choice["k"] == list(range(2, 3 + PATIENCE + 1))
    assert len(tried.choice["stability"]) == len(tried.choice["bic"]) == len(tried.choice["k"])
