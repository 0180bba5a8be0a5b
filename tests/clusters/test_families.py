"""Families: mutual relatives, singletons, and groups that somebody has given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from builder.clusters.families import ALONE, _silhouette, families, lend, standard
from builder.clusters.fit import fit_families
from builder.clusters.given import given
from builder.settings import ClustersSettings

OPTIONS = ClustersSettings(method="families", subsamples=4)


def kin(sizes: list[int], strangers: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Likenesses of families of these sizes among strangers, and the true labels."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes) + strangers), [*sizes, *[1] * strangers])
    scores = rng.normal(size=(len(truth),) * 2) * 0.1
    scores = (scores + scores.T) / 2 + (truth[:, None] == truth[None, :])
    return scores.astype(np.float32), truth


def test_families_are_found_and_strangers_stay_alone() -> None:
    """Sizes 2 to 6 among twenty strangers."""
    scores, truth = kin([2, 3, 4, 5, 6, 2, 3], 20)

    found = fit_families(scores, OPTIONS)

    assert found.k == 7
    assert (found.labels[truth >= 7] == -1).all()
    together = found.labels[:, None] == found.labels[None, :]
    inside = truth < 7
    assert (together[np.ix_(inside, inside)] == (truth[inside][:, None] == truth[inside])).all()
    assert min(found.stability) > 0.6


def test_a_chain_is_not_one_family() -> None:
    """Two families joined by a single likeness stay two."""
    scores, truth = kin([5, 5], 15)
    scores[4, 5] = scores[5, 4] = 1.0

    found = fit_families(scores, OPTIONS)

    assert found.labels[0] != found.labels[9]
    assert len(set(found.labels[truth == 0].tolist())) == 1


def test_a_set_threshold_is_used() -> None:
    """Nothing is joined below the cut that is given; the rule says so."""
    scores, _ = kin([4, 4], 12)

    none = fit_families(scores, OPTIONS, lambda likeness: 1e3)
    every = fit_families(scores, OPTIONS, lambda likeness: -1e3)

    assert none.k == 0
    assert every.k == 1
    assert every.choice["rule"] == "set in catalogue.toml"


@pytest.mark.parametrize("n", [1, 2, 3, 12])
def test_equal_images_and_tiny_collections(n: int) -> None:
    """All equal are one family from three images on; one and two images are none."""
    found = fit_families(np.ones((n, n), np.float32), OPTIONS)

    assert found.k == (1 if n >= 3 else 0)


@drawn(st.integers(3, 25), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_standard_scores_have_mean_nothing_and_spread_one(n: int, seed: int) -> None:
    """Over all pairs of different images, both ways."""
    scores = np.random.default_rng(seed).normal(size=(n, n)).astype(np.float32) * 3 + 7

    found = standard(scores)

    off = found[~np.eye(n, dtype=bool)]
    assert (found == found.T).all()
    assert off.mean() == pytest.approx(0, abs=1e-4)
    assert off.std() == pytest.approx(1, abs=1e-3)


@drawn(st.integers(6, 20), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_lent_likeness_against_the_formula(n: int, seed: int) -> None:
    """Z + (WZ + ZW')/2 + WZW' with W of mutual nearest, written out."""
    likeness = standard(np.random.default_rng(seed).normal(size=(n, n)).astype(np.float32))
    bare = likeness.copy()
    np.fill_diagonal(bare, -np.inf)
    near = [set(np.argsort(-row, kind="stable")[:4].tolist()) for row in bare]
    weights = np.zeros((n, n))
    for a in range(n):
        for b in near[a]:
            if a in near[b] and likeness[a, b] > 0:
                weights[a, b] = likeness[a, b]
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    towards = weights @ likeness
    expected = likeness + (towards + towards.T) / 2 + weights @ likeness @ weights.T

    assert lend(likeness) == pytest.approx(expected, abs=1e-3)


@drawn(st.integers(3, 20), st.integers(2, 6), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_the_silhouette_is_that_of_scikit_learn(n: int, k: int, seed: int) -> None:
    """But for images alone, which count a little."""
    from sklearn.metrics import silhouette_samples

    rng = np.random.default_rng(seed)
    apart = rng.random((n, n)).astype(np.float32)
    apart = apart + apart.T
    np.fill_diagonal(apart, 0)
    labels = rng.integers(k, size=n).astype(np.int32)
    sizes = np.bincount(labels, minlength=k)[labels]
    numbered = np.unique(labels[sizes > 1], return_inverse=True)[1]
    lonely = np.full(n, -1, np.int32)
    lonely[sizes > 1] = numbered
    expected = ALONE
    if (sizes > 1).any():
        several = len(set(labels.tolist())) > 1
        found = silhouette_samples(apart, labels, metric="precomputed") if several else 0
        expected = float(np.where(sizes > 1, found, ALONE).mean())

    assert _silhouette(apart, lonely) == pytest.approx(expected, abs=1e-5)


def test_families_are_repeatable() -> None:
    """The same likenesses give the same labels and curves."""
    likeness = standard(kin([3, 3, 4], 9)[0])

    one, two = families(likeness), families(likeness)

    assert one.labels.tolist() == two.labels.tolist()
    assert one.silhouette == two.silhouette


def test_given_groups_keep_their_names() -> None:
    """A cluster for each value, in alphabetical order; no value, no cluster."""
    found = given(["sun", "", "moon", "sun"], "groups given in topic", "topic")

    assert found.labels.tolist() == [1, -1, 0, 1]
    assert found.names == ("moon", "sun")
    assert found.problems == ()


def test_a_column_of_5000_values_groups_nothing() -> None:
    """One sentence; values that two images share are clusters all the same."""
    values = [f"title {n}" for n in range(5000)]
    values[1] = values[0]

    found = given(values, "groups given in title", "title")

    assert found.names == ("title 0",)
    assert [p.problem for p in found.problems] == [
        "has 4999 different values for 5000 images; 4998 values of a single image were made no "
        "clusters"
    ]


def test_an_empty_column_is_a_problem() -> None:
    """Every image is in no cluster, and it is said."""
    found = given(["", ""], "groups given in topic", "topic")

    assert found.labels.tolist() == [-1, -1]
    assert [p.problem for p in found.problems] == ["groups no image"]
