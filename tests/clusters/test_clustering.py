"""k-means, its rule for k, and what represents a cluster."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.clusters.fit import Fit, fit
from builder.clusters.represent import leaf_order, medoid, represent


def blobs(groups: int, each: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(groups, 6)) * 20
    return np.repeat(centres, each, axis=0).astype(np.float32) + rng.normal(
        size=(groups * each, 6)
    ).astype(np.float32)


def test_the_rule_finds_clear_groups() -> None:
    """Seven far-apart blobs are seven clusters."""
    found = fit(blobs(7, 40), "auto", 0)

    assert found.k == 7
    assert len(found.ladder) == len(found.silhouette) == len(found.inertia)
    assert all(len(set(found.labels[i * 40 : i * 40 + 40].tolist())) == 1 for i in range(7))


def test_a_given_k_is_kept_but_never_above_the_distinct_images() -> None:
    """K = 50 on four distinct vectors gives four clusters."""
    vectors = np.repeat(np.eye(4, dtype=np.float32), 5, axis=0)

    assert fit(vectors, 3, 0).k == 3
    assert fit(vectors, 50, 0).k == 4


@pytest.mark.parametrize(
    "vectors",
    [
        np.zeros((1, 0), np.float32),
        np.zeros((30, 0), np.float32),
        np.array([[1.0], [2.0]], np.float32),
    ],
)
def test_tiny_and_equal_collections_are_one_cluster(vectors: np.ndarray) -> None:
    """One image, two images, thirty identical images."""
    found = fit(vectors, "auto", 0)
    clustering = represent(found, vectors, np.ones(len(vectors), np.float32), True)

    assert [0] * len(vectors) == clustering.labels.tolist()
    assert tuple(range(len(vectors))) == clustering.clusters[0].members


@given(st.integers(5, 60), st.integers(1, 8), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_every_image_is_in_exactly_one_cluster(n: int, k: int, seed: int) -> None:
    """Numbers run from 1, members partition the images, nearest are the nearest."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(n, 3)).astype(np.float32)
    labels = rng.integers(k, size=n).astype(np.int32)
    cosines = rng.random(n).astype(np.float32)

    clustering = represent(Fit(labels, k), vectors, cosines, False)

    assert sorted(m for c in clustering.clusters for m in c.members) == list(range(n))
    for place, cluster in enumerate(clustering.clusters):
        assert place + 1 == cluster.number
        assert set(np.flatnonzero(clustering.labels == place)) == set(cluster.members)
        assert cluster.medoid in cluster.members
        assert sorted(cosines[list(cluster.members)], reverse=True)[:5] == list(cluster.scores)
        assert cluster.members[: len(cluster.nearest)] == cluster.nearest


@given(st.integers(1, 30), st.integers(0, 2**31))
def test_the_medoid_has_the_least_summed_distance(n: int, seed: int) -> None:
    """Against the naive sum over all pairs."""
    vectors = np.random.default_rng(seed).normal(size=(n, 4)).astype(np.float32)
    sums = [sum(float(np.linalg.norm(a - b)) for b in vectors) for a in vectors]

    assert min(sums) == pytest.approx(sums[medoid(vectors)], rel=1e-5)


def test_likes_stand_together() -> None:
    """Centres on a line are ordered along it."""
    line = np.random.default_rng(1).permutation(9).astype(np.float32)

    walked = line[leaf_order(line[:, None])].tolist()

    assert walked in (sorted(walked), sorted(walked, reverse=True))


def test_the_same_seed_gives_the_same_labels() -> None:
    """Clustering is repeatable to the bit."""
    vectors = np.random.default_rng(2).normal(size=(400, 16)).astype(np.float32)

    assert fit(vectors, 12, 5).labels.tolist() == fit(vectors, 12, 5).labels.tolist()
