"""What changed from one version of a catalogue to another.

Images are the same if their ids are, or if the former id redirects to the present one. Neighbours
are compared as far as the shorter list goes. All numbers are of images that both versions have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from builder.versions.groupings import compare_groupings
from builder.versions.types import (
    Claims,
    Difference,
    ListChange,
    ListClaim,
    MapChange,
    Shift,
    Side,
    ViewChange,
    ViewClaim,
)

Pairs = list[tuple[int, int]]
"""Rows of one image in the old and in the new version."""


def compare(old: Claims, new: Claims, old_label: str = "", new_label: str = "") -> Difference:
    """What changed, and how much.

    Args:
        old, new: what the two versions claim.
        old_label, new_label: of the releases, "" for versions that were not released.
    """
    at = {name: row for row, name in enumerate(new.ids)}
    meant = {one: one if one in at else new.gone.get(one, "") for one in old.ids}
    known = set(old.ids)
    pairs = [
        (row, at[meant[one]])
        for row, one in enumerate(old.ids)
        if meant[one] in at and (meant[one] == one or meant[one] not in known)
    ]
    # Of several that were merged into a new id the first stands for it.
    pairs = list({b: (a, b) for a, b in reversed(pairs)}.values())[::-1]
    kept = {old.ids[a]: new.ids[b] for a, b in pairs}
    renamed = tuple((one, to) for one, to in kept.items() if one != to)
    merged = tuple((one, meant[one]) for one in old.ids if one not in kept and meant[one] in at)
    there = {*kept, *(one for one, _ in merged)}
    views = {view.name: view for view in new.views}
    former = {view.name: view for view in old.views}
    return Difference(
        Side(old_label, old.version, len(old.ids)),
        Side(new_label, new.version, len(new.ids)),
        added=tuple(one for one in new.ids if one not in kept.values()),
        gone=tuple(one for one in old.ids if one not in there),
        renamed=renamed,
        merged=merged,
        changed=tuple(new.ids[b] for a, b in pairs if old.sha256[a] != new.sha256[b]),
        views=tuple(
            _compare_views(view, views[view.name], old, new, pairs, meant)
            for view in old.views
            if view.name in views
        ),
        views_added=tuple(view.label for view in new.views if view.name not in former),
        views_gone=tuple(view.label for view in old.views if view.name not in views),
        titles=dict(zip(old.ids, old.titles, strict=True))
        | dict(zip(new.ids, new.titles, strict=True)),
    )


def _compare_views(
    one: ViewClaim,
    other: ViewClaim,
    old: Claims,
    new: Claims,
    pairs: Pairs,
    meant: Mapping[str, str],
) -> ViewChange:
    names = [meant[id_] for id_ in old.ids]
    keys = [grouping.key for grouping in other.groupings]
    former = {grouping.key: grouping for grouping in one.groupings}
    return ViewChange(
        other.name,
        other.label,
        one.model != other.model,
        lists=tuple(
            compare_lists(scope, one.lists[scope], other.lists[scope], names, new.ids, pairs)
            for scope in one.lists
            if scope in other.lists
        ),
        groupings=tuple(
            compare_groupings(former[grouping.key], grouping, pairs)
            for grouping in other.groupings
            if grouping.key in former
        ),
        groupings_added=tuple(g.label for g in other.groupings if g.key not in former),
        groupings_gone=tuple(g.label for g in one.groupings if g.key not in keys),
        map=compare_maps(one.places, other.places, pairs),
    )


def compare_lists(
    scope: str,
    old: ListClaim,
    new: ListClaim,
    old_names: Sequence[str],
    new_names: Sequence[str],
    pairs: Pairs,
) -> ListChange:
    """How neighbours changed.

    Args:
        scope: "all" or "others".
        old, new: the lists.
        old_names: what the rows of `old` are called now, "" for those that are gone.
        new_names: what the rows of `new` are called.
        pairs: the images to compare.
    """
    shifts, same, shares, ranks = [], 0, [], []
    for a, b in pairs:
        length = min(len(old.rows[a]), len(new.rows[b]))
        before = [old_names[row] for row in old.rows[a][:length]]
        after = [new_names[row] for row in new.rows[b][:length]]
        place = {name: at for at, name in enumerate(after)}
        ways = [place[name] for name in dict.fromkeys(before) if name in place]
        rank = _spearman(ways)
        if length:
            shares.append(len(ways) / length)
        if rank is not None:
            ranks.append(rank)
        if before == after and len(old.rows[a]) == len(new.rows[b]):
            same += 1
        else:
            shifts.append(Shift(new_names[b], len(ways), length, rank))
    shifts.sort(key=lambda one: (one.kept - one.of, 1.0 if one.rank is None else one.rank))
    return ListChange(scope, len(pairs), same, _mean(shares), _mean(ranks), tuple(shifts))


def compare_maps(
    old: NDArray[np.float64] | None, new: NDArray[np.float64] | None, pairs: Pairs
) -> MapChange | None:
    """How far images moved; None if one version has no map, or no image is in both."""
    if old is None or new is None or not pairs:
        return None
    before = old[[a for a, _ in pairs]]
    after = new[[b for _, b in pairs]]
    ways = np.hypot(*(after - before).T)
    rest = np.hypot(*(after - _fitted(before, after)).T)
    middle, far = np.percentile(ways, [50, 95])
    return MapChange(
        len(pairs), round(float(middle), 4), round(float(far), 4), round(float(np.median(rest)), 4)
    )


def _fitted(points: NDArray[np.float64], to: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points shifted, turned, mirrored and scaled to lie as near others as can be (Procrustes).

    Schönemann and Carroll (1970): least squares by singular values.
    """
    centred, target = points - points.mean(axis=0), to - to.mean(axis=0)
    spread = float((centred**2).sum())
    if spread == 0:
        return np.broadcast_to(to.mean(axis=0), to.shape)
    left, values, right = np.linalg.svd(centred.T @ target)
    return np.asarray(centred @ (left @ right) * (values.sum() / spread) + to.mean(axis=0))


def _spearman(ways: Sequence[int]) -> float | None:
    """Rank correlation of 0, 1, 2, ... with the order of `ways`; None for fewer than two."""
    count = len(ways)
    if count < 2:
        return None
    ranks = np.argsort(np.argsort(ways))
    off = float(((ranks - np.arange(count)) ** 2).sum())
    return round(1 - 6 * off / (count * (count**2 - 1)), 4)


def _mean(values: Sequence[float]) -> float | None:
    return round(float(np.mean(values)), 4) if values else None
