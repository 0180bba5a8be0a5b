"""What became of the clusters of a clustering: kept, split, merged, dissolved, new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.versions.types import ClusterChange, GroupingChange, GroupingClaim

MOST = 0.5
"""A cluster is mostly of another if at least so great a share of its images is."""

Table = NDArray[np.int64]
"""(k, m) how many images are in old cluster i and new cluster j."""


def compare_groupings(
    old: GroupingClaim, new: GroupingClaim, pairs: Sequence[tuple[int, int]]
) -> GroupingChange:
    """How a clustering changed.

    Args:
        old, new: the clustering then and now.
        pairs: rows of each image that both versions have.
    """
    before = old.labels[[a for a, _ in pairs]] if pairs else np.empty(0, np.int32)
    after = new.labels[[b for _, b in pairs]] if pairs else np.empty(0, np.int32)
    both = (before > 0) & (after > 0)
    return GroupingChange(
        new.key,
        new.label,
        len(old.names),
        len(new.names),
        agreement(before[both], after[both]),
        fates(before, after, sorted(old.names), sorted(new.names)),
        dict(old.names),
        dict(new.names),
    )


def fates(
    before: NDArray[np.int32],
    after: NDArray[np.int32],
    old: Sequence[int],
    new: Sequence[int],
) -> tuple[ClusterChange, ...]:
    """What became of each cluster.

    Args:
        before, after: (n,) the cluster of each image then and now; -1 for none.
        old, new: numbers of all clusters then and now.
    """
    table = np.array([[int(((before == i) & (after == j)).sum()) for j in new] for i in old])
    table = table.reshape(len(old), len(new))
    sizes = [int((before == i).sum()) for i in old]
    becomes = [int((after == j).sum()) for j in new]
    found: dict[int, ClusterChange] = {}
    taken: set[int] = set()
    for change, rows, columns in [*_splits(table, sizes, becomes), *_merges(table, sizes, becomes)]:
        if not taken.intersection(columns) and not found.keys() & set(rows):
            stayed = int(table[np.ix_(rows, columns)].sum())
            left, joined = _sum(sizes, rows) - stayed, _sum(becomes, columns) - stayed
            named = ClusterChange(
                "split" if change == "split" else "merged",
                tuple(old[i] for i in rows),
                tuple(new[j] for j in columns),
                stayed,
                left,
                joined,
            )
            found |= dict.fromkeys(rows, named)
            taken.update(columns)
    for i, number in enumerate(old):
        if i not in found:
            found[i] = _heir(table[i], sizes[i], becomes, number, new, taken)
    changes = list(dict.fromkeys(found[i] for i in range(len(old))))
    changes += [
        ClusterChange("new", (), (new[j],), 0, 0, becomes[j])
        for j in range(len(new))
        if j not in taken
    ]
    return tuple(changes)


Found = list[tuple[str, list[int], list[int]]]


def _splits(table: Table, sizes: Sequence[int], becomes: Sequence[int]) -> Found:
    """Old clusters most of whose images are in several new ones that are mostly of them."""
    found: Found = []
    for i, size in enumerate(sizes):
        parts = [j for j, all_ in enumerate(becomes) if table[i, j] and table[i, j] > MOST * all_]
        if len(parts) > 1 and table[i, parts].sum() > MOST * size:
            found.append(("split", [i], parts))
    return found


def _merges(table: Table, sizes: Sequence[int], becomes: Sequence[int]) -> Found:
    """New clusters that are mostly of several old ones, which went mostly into them."""
    turned = _splits(table.T, becomes, sizes)
    return [("merged", columns, rows) for _, rows, columns in turned]


def _heir(
    row: NDArray[np.int64],
    size: int,
    becomes: Sequence[int],
    number: int,
    new: Sequence[int],
    taken: set[int],
) -> ClusterChange:
    """The new cluster that has most of an old one's images and is mostly of them."""
    for j in range(len(becomes)):
        shared = int(row[j])
        if shared > MOST * size and shared > MOST * becomes[j] and j not in taken:
            taken.add(j)
            fate = "same" if shared == size == becomes[j] else "kept"
            left, joined = size - shared, becomes[j] - shared
            return ClusterChange(
                "same" if fate == "same" else "kept", (number,), (new[j],), shared, left, joined
            )
    return ClusterChange("dissolved", (number,), (), 0, size, 0)


def agreement(one: NDArray[np.int32], other: NDArray[np.int32]) -> float | None:
    """Adjusted Rand index (Hubert and Arabie 1985) of two labellings; None without images."""
    count = len(one)
    if not count:
        return None
    together: dict[tuple[int, int], int] = defaultdict(int)
    for pair in zip(one.tolist(), other.tolist(), strict=True):
        together[pair] += 1

    def joined(sizes: Sequence[int]) -> float:
        return float(sum(size * (size - 1) / 2 for size in sizes))

    both = joined(list(together.values()))
    first = joined(np.unique(one, return_counts=True)[1].tolist())
    second = joined(np.unique(other, return_counts=True)[1].tolist())
    expected = first * second / joined([count]) if count > 1 else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else round((both - expected) / (most - expected), 4)


def _sum(values: Sequence[int], at: Sequence[int]) -> int:
    return sum(values[i] for i in at)
