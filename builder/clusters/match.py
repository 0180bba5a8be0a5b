"""Which clusters of a rebuilt catalogue are the clusters of before, and giving them their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from builder.clusters.types import Cluster, Clustering

LEAST = 0.3
"""Jaccard index of members from which a cluster can be a former one."""

_BY_NUMBER = 1e-6  # settles ties: of equally good pairs those of one number


@dataclass(frozen=True)
class Former:
    """A cluster as it was written down.

    Attributes:
        number: its number then; 0 if it fitted no cluster.
        name: as it is to be shown, perhaps edited; "" for the proposed one.
        proposed: the name that the metadata proposed then.
        members: ids of its images, also of such as are gone; empty to take over those of now.
        more: further cells that somebody wrote beside it, each with its column.
    """

    number: int
    name: str
    proposed: str
    members: frozenset[str]
    more: tuple[tuple[str, str], ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether somebody gave it a name, or wrote anything beside it."""
        return bool(self.edited) or any(cell for _, cell in self.more)

    @property
    def edited(self) -> str:
        """The name that somebody gave it, "" if it only has the proposed one."""
        return "" if self.name == self.proposed else self.name


@dataclass(frozen=True)
class Renamed:
    """A clustering with the names of before.

    Attributes:
        clustering: with names, and how much clusters changed.
        kept: what is to be written down: one for each cluster in order, then what people wrote
            that fits no cluster.
        lost: those of `kept` that fitted a cluster before and fit none now.
    """

    clustering: Clustering
    kept: tuple[Former, ...]
    lost: tuple[Former, ...]


def rename(clustering: Clustering, former: Sequence[Former], ids: Sequence[str]) -> Renamed:
    """Find the former clusters again by their members, and give back the names that were edited.

    Members that were written down stay what they were: the next build compares with them too, so
    that building again changes nothing. Where they were emptied, those of now are taken over.
    Images that are gone do not count.

    Args:
        clustering: as it was found now.
        former: clusters as they were written down.
        ids: (n,) id of each image.
    """
    now = [frozenset(ids[row] for row in cluster.members) for cluster in clustering.clusters]
    there = frozenset(ids)
    before = [_members(one, now) & there for one in former]
    pairs = match(before, now, [one.number for one in former])
    clusters, kept = [], []
    for place, cluster in enumerate(clustering.clusters):
        old = former[pairs[place]] if place in pairs else None
        reference = (old.members if old else frozenset()) or now[place]
        named = _renamed(cluster, old, _changed(reference & there, now[place]))
        clusters.append(named)
        more = old.more if old else ()
        kept.append(Former(cluster.number, named.name, cluster.proposed, reference, more))
    fitting = set(pairs.values())
    astray = [one for at, one in enumerate(former) if at not in fitting and one.by_hand]
    rest = tuple(replace(one, number=0) for one in astray)
    lost = tuple(one for one in astray if one.number)
    return Renamed(replace(clustering, clusters=tuple(clusters)), (*kept, *rest), lost)


def match(
    before: Sequence[frozenset[str]], now: Sequence[frozenset[str]], numbers: Sequence[int]
) -> dict[int, int]:
    """Pairs of clusters, (place now) -> (place before), with the greatest sum of Jaccard indices.

    Source: Kuhn's assignment ("Hungarian"), as in SciPy. Pairs below `LEAST` are none.

    Args:
        before, now: members.
        numbers: of the clusters before; of equally good pairs those that keep them are taken.
    """
    from scipy.optimize import linear_sum_assignment

    index = _overlaps(before, now)
    index[index < LEAST] = 0
    same = np.asarray(numbers)[:, None] == 1 + np.arange(len(now))[None, :]
    worth = index + _BY_NUMBER * (same & (index > 0))
    rows, columns = linear_sum_assignment(-worth)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {column: row for row, column in pairs if index[row, column] > 0}


def _overlaps(
    before: Sequence[frozenset[str]], now: Sequence[frozenset[str]]
) -> NDArray[np.float64]:
    """(before, now) Jaccard indices; only pairs that share an image are counted out."""
    index = np.zeros((len(before), len(now)))
    home = {image: place for place, members in enumerate(now) for image in members}
    for row, members in enumerate(before):
        for place in {home[image] for image in members if image in home}:
            index[row, place] = 1 - _changed(members, now[place])
    return index


def _members(former: Former, now: Sequence[frozenset[str]]) -> frozenset[str]:
    """Those written down; where they were emptied, those that the number has now."""
    if former.members or not 1 <= former.number <= len(now):
        return former.members
    return now[former.number - 1]


def _changed(before: frozenset[str], now: frozenset[str]) -> float:
    """Share of the images of both that are not in both."""
    return 1 - len(before & now) / max(len(before | now), 1)


def _renamed(cluster: Cluster, old: Former | None, changed: float) -> Cluster:
    name = (old.edited if old else "") or cluster.proposed
    return replace(cluster, name=name, changed=changed)
