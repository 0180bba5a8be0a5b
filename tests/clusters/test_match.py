"""Clusters of a rebuilt catalogue get the names of the former ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.clusters.match import LEAST, Former, match, rename
from builder.clusters.types import Cluster, Clustering

IDS = [f"i{n}" for n in range(12)]


def clustering(*groups: list[int]) -> Clustering:
    labels = np.full(12, -1, np.int32)
    clusters = []
    for place, rows in enumerate(groups):
        labels[rows] = place
        name = f"words {place + 1}"
        clusters.append(
            Cluster(
                place + 1, name, tuple(rows), rows[0], tuple(rows[:5]), (1.0,), 1.0, proposed=name
            )
        )
    return Clustering("by hand", labels, tuple(clusters), {})


def former(number: int, name: str, rows: list[int], proposed: str = "words") -> Former:
    return Former(number, name, proposed, frozenset(f"i{n}" for n in rows))


def test_an_edited_name_goes_with_its_images() -> None:
    """Numbers changed places, a member left: the name stays with the images, and says so."""
    found = rename(
        clustering([0, 1, 2], [4, 5, 6, 7]),
        [former(1, "My eclipses", [4, 5, 6, 7, 8]), former(2, "words", [0, 1, 2])],
        IDS,
    )

    one, two = found.clustering.clusters
    assert (one.name, one.changed) == ("words 1", 0.0)
    assert two.name == "My eclipses"
    assert two.changed == pytest.approx(1 / 5)
    assert found.lost == ()


def test_a_name_that_fits_nothing_is_kept() -> None:
    """Without a number; told once, and given back when its images come together again."""
    mine = former(2, "Mine", [8, 9, 10])

    gone = rename(clustering([0, 1, 2]), [mine], IDS)
    still = rename(clustering([0, 1, 2]), gone.kept, IDS)
    back = rename(clustering([0, 1, 2], [8, 9, 10]), still.kept, IDS)

    assert [one.name for one in gone.lost] == ["Mine"]
    assert gone.kept[-1] == Former(0, "Mine", "words", mine.members)
    assert still.lost == ()
    assert [cluster.name for cluster in back.clustering.clusters] == ["words 1", "Mine"]


def test_images_that_are_gone_change_nothing() -> None:
    """Ids that the catalogue does not have do not count as members that left."""
    old = Former(1, "Mine", "words", frozenset(["i0", "i1", "gone"]))

    found = rename(clustering([0, 1]), [old], IDS)

    assert found.clustering.clusters[0].name == "Mine"
    assert found.clustering.clusters[0].changed == 0
    assert found.kept[0].members == old.members


def test_emptied_members_take_over_those_of_now() -> None:
    """The name stays with the number, and the change is accepted."""
    found = rename(clustering([0, 1, 2]), [Former(1, "Mine", "words", frozenset())], IDS)

    assert found.clustering.clusters[0].name == "Mine"
    assert found.clustering.clusters[0].changed == 0
    assert found.kept[0].members == {"i0", "i1", "i2"}


def test_an_emptied_name_is_the_proposed_one() -> None:
    """And a proposed name follows the words of now."""
    old = [former(1, "", [0, 1]), former(2, "old words", [4, 5], "old words")]

    found = rename(clustering([0, 1], [4, 5]), old, IDS)

    assert [cluster.name for cluster in found.clustering.clusters] == ["words 1", "words 2"]


partition = st.lists(st.integers(-1, 4), min_size=12, max_size=12)


def groups(labels: list[int]) -> list[frozenset[str]]:
    return [frozenset(IDS[n] for n in range(12) if labels[n] == k) for k in range(5) if k in labels]


@given(partition, partition)
@settings(max_examples=60, deadline=None)
def test_the_match_is_the_best_of_all(before: list[int], now: list[int]) -> None:
    """Its sum of Jaccard indices is that of the best of all ways to pair them."""
    old, new = groups(before), groups(now)

    def index(a: int, b: int) -> float:
        found = len(old[a] & new[b]) / len(old[a] | new[b])
        return found if found >= LEAST else 0

    pairs = match(old, new, [0] * len(old))
    places = range(max(len(old), len(new)))
    best = max(
        (
            sum(index(a, b) for a, b in enumerate(way) if a < len(old) and b < len(new))
            for way in permutations(places)
        ),
        default=0,
    )

    assert sum(index(a, b) for b, a in pairs.items()) == pytest.approx(best)
    assert len(set(pairs.values())) == len(pairs)


@given(partition, partition)
@settings(max_examples=60, deadline=None)
def test_a_second_build_changes_nothing(before: list[int], now: list[int]) -> None:
    """What is written down after a build gives the same names and the same file again."""
    old = [Former(n + 1, f"mine {n}", "words", rows) for n, rows in enumerate(groups(before))]
    found = clustering(*[sorted(int(i[1:]) for i in rows) for rows in groups(now)])

    first = rename(found, old, IDS)
    second = rename(found, first.kept, IDS)

    assert first.kept == second.kept
    assert first.clustering.clusters == second.clustering.clusters
    assert second.lost == ()


def test_what_people_wrote_beside_a_cluster_goes_with_it() -> None:
    """Further cells follow their cluster; those of one that is gone are kept and told of."""
    note, gone = (("note", "see Kepler"),), (("note", "to be looked at"),)
    found = rename(
        clustering([0, 1, 2], [4, 5, 6]),
        [
            replace(former(1, "words", [4, 5, 6]), more=note),
            replace(former(2, "words", [9, 10]), more=gone),
        ],
        IDS,
    )

    assert [one.more for one in found.kept] == [(), note, gone]
    assert [one.number for one in found.kept] == [1, 2, 0]
    assert [one.more for one in found.lost] == [gone]
