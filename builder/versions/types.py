"""What a catalogue claims, and how two such claims differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Json = dict[str, Any]

Row = tuple[int, ...]


@dataclass(frozen=True)
class ListClaim:
    """The nearest of every image: rows of images, best first, and their scores."""

    rows: tuple[Row, ...]
    scores: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class GroupingClaim:
    """One clustering of a view.

    Attributes:
        key: as in addresses.
        label: as readers see it.
        method: how it was made, in words.
        labels: (n,) number of the cluster of each image, from 1; -1 for none.
        names: of the clusters, by number; "" where one has none.
        medoids: row of the most typical image of each cluster, by number.
    """

    key: str
    label: str
    method: str
    labels: NDArray[np.int32]
    names: Mapping[int, str]
    medoids: Mapping[int, int]


@dataclass(frozen=True)
class ViewClaim:
    """What one view says.

    Attributes:
        name, label: in addresses, and for readers.
        number: what a score is, in a sentence.
        model: what it rests on, as in the site's JSON: networks, layers, weights with checksums.
        lists: the neighbours among "all" and among "others".
        groupings: the clusterings, the main one first.
        places: (n, 2) where images lie on the map; None without a map.
    """

    name: str
    label: str
    number: str
    model: Json
    lists: Mapping[str, ListClaim]
    groupings: tuple[GroupingClaim, ...]
    places: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Claims:
    """What a version of a catalogue says of its images; row r of everything is ids[r].

    Attributes:
        version: of the catalogue, a content hash.
        title: of the catalogue.
        generator: the program and its version.
        ids, titles, sources: of the images.
        sha256: hashes of their pictures' files.
        gone: every address without an image -> the id to which it leads; "" if to none.
        views: what they say.
    """

    version: str
    title: str
    generator: str
    ids: tuple[str, ...]
    titles: tuple[str, ...]
    sources: tuple[str, ...]
    sha256: tuple[str, ...]
    gone: Mapping[str, str]
    views: tuple[ViewClaim, ...]


@dataclass(frozen=True)
class Release:
    """A frozen version.

    Attributes:
        label: its name in addresses, such as v1.
        version: content hash of the catalogue then.
        date: ISO date of the release.
        doi: "" if none was given.
        note: what is new, in somebody's words.
        sha256: hash of the file of its claims.
        claims: what the catalogue said.
    """

    label: str
    version: str
    date: str
    doi: str
    note: str
    sha256: str
    claims: Claims


@dataclass(frozen=True)
class Shift:
    """How the neighbours of one image changed.

    Attributes:
        id: of the image, as it is called now.
        kept: how many of the former neighbours are neighbours still.
        of: how many there were.
        rank: Spearman's correlation of the places of those kept; None for fewer than two.
    """

    id: str
    kept: int
    of: int
    rank: float | None


@dataclass(frozen=True)
class ListChange:
    """How the neighbours of all images that both versions have changed.

    Attributes:
        scope: "all" or "others".
        images: how many were compared.
        same: how many have the same neighbours in the same order.
        kept: mean share of neighbours kept, 0 to 1; None without images.
        rank: mean of the correlations; None where there is none.
        shifts: every image whose list changed, the most changed first.
    """

    scope: str
    images: int
    same: int
    kept: float | None
    rank: float | None
    shifts: tuple[Shift, ...]


Fate = Literal["same", "kept", "split", "merged", "dissolved", "new"]

FATES: Mapping[Fate, str] = {
    "same": "the same images",
    "kept": "most of its images, and it is mostly of them",
    "split": "most of its images went into several clusters that are mostly of them",
    "merged": "several clusters went for the most part into one that is mostly of them",
    "dissolved": "its images went in many ways",
    "new": "made of images of many clusters, or of new ones",
}
"""What became of a cluster; images that both versions have count."""


@dataclass(frozen=True)
class ClusterChange:
    """What became of one cluster, or of several that merged.

    Attributes:
        fate: see FATES.
        old, new: numbers of the clusters before and after.
        stayed, left, joined: images that are in both, in the old alone, in the new alone.
    """

    fate: Fate
    old: tuple[int, ...]
    new: tuple[int, ...]
    stayed: int
    left: int
    joined: int


@dataclass(frozen=True)
class GroupingChange:
    """How a clustering changed.

    Attributes:
        key, label: of the clustering.
        old_count, new_count: numbers of clusters.
        agreement: adjusted Rand index of the images that are in a cluster both times; None if
            there are none.
        changes: for every cluster.
        old_names, new_names: of the clusters, by number.
    """

    key: str
    label: str
    old_count: int
    new_count: int
    agreement: float | None
    changes: tuple[ClusterChange, ...]
    old_names: Mapping[int, str] = field(default_factory=dict)
    new_names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MapChange:
    """How far images moved on a map, as shares of its longer side.

    Attributes:
        images: how many were compared.
        middle, far: median and 95th percentile of the way.
        shape: median of what remains once the old map is turned, mirrored, shifted and scaled to
            fit the new one: how much it has another form.
    """

    images: int
    middle: float
    far: float
    shape: float


@dataclass(frozen=True)
class ViewChange:
    """How one view changed; `seen` tells whether it looks at pictures in another way now."""

    name: str
    label: str
    seen: bool
    lists: tuple[ListChange, ...]
    groupings: tuple[GroupingChange, ...]
    groupings_added: tuple[str, ...] = ()
    groupings_gone: tuple[str, ...] = ()
    map: MapChange | None = None


@dataclass(frozen=True)
class Side:
    """One of the two versions: its label ("" if it was not released), hash and number of images."""

    label: str
    version: str
    images: int

    @property
    def name(self) -> str:
        """What to call it."""
        return self.label or self.version


@dataclass(frozen=True)
class Difference:
    """What changed from one version to another.

    Attributes:
        old, new: the versions.
        added: ids of images that are new, without those that were renamed.
        gone: ids of images that were removed.
        renamed: former id, present id.
        merged: former id, the id of the image that it was merged with.
        changed: present ids of images whose picture is another.
        views: what both have.
        views_added, views_gone: labels of views that only one has.
        titles: by id, of all that are named here.
    """

    old: Side
    new: Side
    added: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    merged: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    views: tuple[ViewChange, ...]
    views_added: tuple[str, ...] = ()
    views_gone: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Whether both say the same."""
        images = (self.added, self.gone, self.renamed, self.merged, self.changed)
        rest = (self.views_added, self.views_gone)
        return not any(images) and not any(rest) and not any(map(_differs, self.views))


def _differs(view: ViewChange) -> bool:
    moved = view.map is not None and view.map.far > 0
    groups = any(c.fate != "same" or c.old != c.new for g in view.groupings for c in g.changes)
    lists = any(one.shifts for one in view.lists)
    return view.seen or moved or groups or lists or bool(view.groupings_added + view.groupings_gone)
