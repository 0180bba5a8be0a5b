"""What is shown of a cluster: order, representatives, numbers, names, mean image."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.clusters.mean import mean_picture, squared, upright
from builder.clusters.order import distances, leaf_order
from builder.clusters.portrait import date_shares, far_apart, medoid, source_shares
from builder.clusters.represent import represent, silhouettes
from builder.clusters.types import MEANINGS, Cluster, Facts, Fit


@given(st.integers(5, 60), st.integers(1, 8), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_clusters_partition_the_images_that_have_one(n: int, k: int, seed: int) -> None:
    """Numbers run from 1, members partition the images, nearest are the nearest."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(n, 3)).astype(np.float32)
    labels = rng.integers(-1, k, size=n).astype(np.int32)
    found = np.unique(labels[labels >= 0], return_inverse=True)[1].astype(np.int32)
    labels[labels >= 0] = found
    cosines = rng.random(n).astype(np.float32)
    fit = Fit(labels, k, stability=tuple(rng.random(k)))

    clustering = represent(fit, vectors, cosines)

    count = len(clustering.clusters)
    assert (
        sorted(m for c in clustering.clusters for m in c.members)
        == np.flatnonzero(labels >= 0).tolist()
    )
    assert (count, count) == clustering.distances.shape
    for place, cluster in enumerate(clustering.clusters):
        assert place + 1 == cluster.number
        assert set(np.flatnonzero(clustering.labels == place)) == set(cluster.members)
        assert cluster.medoid in cluster.members
        assert sorted(cosines[list(cluster.members)], reverse=True)[:5] == list(cluster.scores)
        assert cluster.members[: len(cluster.nearest)] == cluster.nearest
        assert set(cluster.apart) <= set(cluster.members)
        assert len(set(cluster.apart)) == min(3, len(cluster.members))
        assert cluster.stability == fit.stability[labels[cluster.medoid]]
        row = np.delete(clustering.distances[place], place)
        assert list(cluster.kin_distances) == sorted(row.tolist())[:5]
        assert cluster.number not in cluster.kin


def test_images_of_no_cluster_at_all() -> None:
    """No cluster is a right answer too."""
    clustering = represent(
        Fit(np.full(4, -1, np.int32), 0), np.zeros((4, 2), np.float32), np.zeros(4, np.float32)
    )

    assert clustering.clusters == ()
    assert clustering.labels.tolist() == [-1] * 4


def test_every_number_has_a_sentence() -> None:
    """What a cluster is measured by is explained, in one sentence that ends."""
    numbers = {"cohesion", "separation", "stability", "changed"}

    assert numbers <= {field.name for field in fields(Cluster)}
    assert numbers | {"size", "distance", "inertia", "silhouette", "bic"} <= set(MEANINGS)
    assert [name for name, text in MEANINGS.items() if not text.endswith(".")] == []


@given(st.integers(1, 30), st.integers(0, 2**31))
def test_the_medoid_has_the_least_summed_distance(n: int, seed: int) -> None:
    """Against the naive sum over all pairs."""
    vectors = np.random.default_rng(seed).normal(size=(n, 4)).astype(np.float32)
    sums = [sum(float(np.linalg.norm(a - b)) for b in vectors) for a in vectors]

    assert min(sums) == pytest.approx(sums[medoid(vectors)], rel=1e-5)


@given(st.integers(3, 25), st.integers(0, 2**31))
def test_the_furthest_members(n: int, seed: int) -> None:
    """The first two are the widest pair, the third is furthest from the nearer of them."""
    vectors = np.random.default_rng(seed).normal(size=(n, 3)).astype(np.float32)
    apart = np.linalg.norm(vectors[:, None] - vectors[None, :], axis=2)

    one, two, three = far_apart(vectors)

    assert apart[one, two] == pytest.approx(apart.max(), abs=1e-5)
    rest = np.minimum(apart[one], apart[two])
    assert rest[three] == pytest.approx(rest.max(), abs=1e-5)


def test_separation_is_the_silhouette() -> None:
    """Two pairs far apart on a line: 1 - 1/20 and the like; images of no cluster do not count."""
    vectors = np.array([[0.0], [1], [20], [21], [10]], np.float32)

    found = silhouettes(vectors, np.array([0, 0, 1, 1, -1], np.int32))

    assert found is not None
    assert found == pytest.approx([1 - 1 / 20.5, 1 - 1 / 19.5, 1 - 1 / 19.5, 1 - 1 / 20.5, 0])
    assert silhouettes(vectors, np.zeros(5, np.int32)) is None


@pytest.mark.parametrize("most", [1000, 4])
def test_likes_stand_together(most: int) -> None:
    """Centres on a line are ordered along it, also in two levels."""
    line = np.random.default_rng(1).permutation(9).astype(np.float32)

    walked = line[leaf_order(line[:, None], most)].tolist()

    assert walked in (sorted(walked), sorted(walked, reverse=True))


def test_two_levels_keep_every_centre() -> None:
    """Each once, and neighbours far nearer than chance would have them."""
    centres = np.random.default_rng(3).normal(size=(60, 2)).astype(np.float32)

    order = leaf_order(centres, 12)

    assert sorted(order.tolist()) == list(range(60))
    step = np.linalg.norm(np.diff(centres[order], axis=0), axis=1).mean()
    assert step < 0.5 * distances(centres)[np.triu_indices(60, 1)].mean()


def test_shares_of_sources_and_dates() -> None:
    """Shares are of all members; a span counts in each century for its part."""
    members = np.array([0, 1, 2, 3])
    spans = [(1250, 1250), (1251, 1350), None, (1401, 1500), (800, 800)]

    assert source_shares(["B", "A", "A", "", "C"], members) == (("A", 0.5), ("B", 0.25))
    found = date_shares(spans, members)
    assert [(first, last) for first, last, _ in found] == [
        (1201, 1300),
        (1301, 1400),
        (1401, 1500),
    ]
    assert [share for *_, share in found] == pytest.approx([1.5 / 3, 0.5 / 3, 1 / 3])


def test_a_short_time_is_told_by_decades() -> None:
    """All dates within 200 years: decades; years before the common era too."""
    found = date_shares([(1895, 1904), (1850, 1850)], np.array([0]))

    assert found == ((1890, 1899, 0.5), (1900, 1909, 0.5))
    assert date_shares([(-99, 0), (1400, 1400)], np.array([0])) == ((-99, 0, 1.0),)


def test_names_are_the_words_that_tell_clusters_apart() -> None:
    """Subjects before words of titles; common and small words, and forms of one word, are none."""
    labels = np.array([0] * 4 + [1] * 4 + [2] * 4, np.int32)
    facts = Facts(
        phrases=[("Eclipse of the moon",)] * 4 + [()] * 8,
        texts=["The eclipses of the moon with a shadow, fig. 3"] * 4
        + ["Diagram with the Wheel of winds a12cafe fa7 b_9"] * 4
        + ["Diagram"] * 4,
    )

    clustering = represent(
        Fit(labels, 3), np.eye(3, dtype=np.float32)[labels], np.ones(12, np.float32), facts
    )

    names = {clustering.labels[row]: row for row in (0, 4, 8)}
    found = {names[c.number - 1]: c.name for c in clustering.clusters}
    assert found[0] == "Eclipse of the moon, shadow"
    assert set(found[4].split(", ")) == {"Wheel", "winds"}
    assert found[8] == ""


@given(st.integers(0, 7), st.integers(0, 2**31))
def test_orientations_are_undone(orientation: int, seed: int) -> None:
    """Mirrored if 4 or more, then turned with the clock: brought back it is the picture again."""
    picture = np.random.default_rng(seed).integers(0, 256, (5, 7, 3)).astype(np.uint8)
    lying = picture[:, ::-1] if orientation >= 4 else picture
    for _ in range(orientation % 4):
        lying = np.rot90(lying, -1)

    assert (upright(lying, orientation) == picture).all()


def test_the_mean_of_turned_copies_is_the_picture() -> None:
    """Over members brought back; their deviation is nothing, of black and white it is the most."""
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 256, (6, 6, 3)).astype(np.uint8)
    copies = [np.rot90(picture[:, ::-1] if o >= 4 else picture, -(o % 4)) for o in range(8)]

    mean, deviation = mean_picture(copies, range(8))
    grey, most = mean_picture([np.zeros_like(picture), np.full_like(picture, 255)], [0, 0])

    assert (mean == picture).all()
    assert deviation.max() == 0
    assert set(grey.ravel().tolist()) <= {127, 128}
    assert most.min() == 255
    with pytest.raises(ValueError, match="at least one"):
        mean_picture([], [])


def test_pictures_keep_their_proportions_in_the_square() -> None:
    """A broad picture stands in the middle, on its ground."""
    found = squared(np.zeros((10, 40, 3), np.uint8), (255, 250, 240), 80)

    assert found.shape == (80, 80, 3)
    assert (found[:29] == (255, 250, 240)).all()
    assert (found[31:49] == 0).all()
