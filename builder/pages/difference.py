"""What changed between two versions, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from builder.versions.types import (
    ClusterChange,
    Difference,
    GroupingChange,
    ListChange,
    MapChange,
    ViewChange,
)

_NAMED = 8
_SHIFTS = 5

SCOPES = {"all": "among all", "others": "among other sources"}


def words(found: Difference) -> list[str]:
    """The difference, most important first."""
    old, new = found.old, found.new
    lines = [f"{old.name} ({old.images:,} images) -> {new.name} ({new.images:,} images)"]
    if found.nothing:
        return [*lines, "nothing changed"]
    lines += _ids("added", found.added)
    lines += _ids("removed", found.gone)
    lines += _ids("renamed", [f"{a} -> {b}" for a, b in found.renamed])
    lines += _ids("merged", [f"{a} -> {b}" for a, b in found.merged])
    lines += _ids("other picture", found.changed)
    lines += [f"view added: {label}" for label in found.views_added]
    lines += [f"view gone: {label}" for label in found.views_gone]
    for view in found.views:
        lines += _view(view)
    return lines


def _ids(what: str, ids: Sequence[str]) -> list[str]:
    if not ids:
        return []
    more = f", {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return [f"{what}: {len(ids):,} ({', '.join(ids[:_NAMED])}{more})"]


def _view(view: ViewChange) -> list[str]:
    lines = [f"view {view.name}:"]
    if view.seen:
        lines.append("  pictures are described in another way now")
    for one in view.lists:
        lines += _list(one)
    for grouping in view.groupings:
        lines += _grouping(grouping)
    lines += [f"  clustering added: {label}" for label in view.groupings_added]
    lines += [f"  clustering gone: {label}" for label in view.groupings_gone]
    if view.map is not None:
        lines.append(f"  map: {map_words(view.map)}")
    return lines


def _list(one: ListChange) -> list[str]:
    if one.kept is None:
        return []
    said = f"  neighbours {SCOPES.get(one.scope, one.scope)}: {one.same:,} of {one.images:,} images"
    said += f" have the same; {100 * one.kept:.1f} % of all neighbours stay"
    if one.rank is not None:
        said += f", rank correlation {one.rank:.3f}"
    shifts = [
        f"    {one.id}: {one.kept} of {one.of} stay"
        + ("" if one.rank is None else f", rank correlation {one.rank:.2f}")
        for one in one.shifts[:_SHIFTS]
    ]
    if len(one.shifts) > _SHIFTS:
        shifts.append(f"    and {len(one.shifts) - _SHIFTS:,} more; --json has all")
    return [said, *shifts]


def _grouping(one: GroupingChange) -> list[str]:
    said = f"  clusters ({one.label}): {one.old_count} -> {one.new_count}"
    if one.agreement is not None:
        said += f", adjusted Rand index {one.agreement:.3f}"
    told = [f"    {change_words(c)}" for c in one.changes if c.fate != "same" or c.old != c.new]
    return [said, *told]


def change_words(change: ClusterChange) -> str:
    """What became of a cluster, in a clause."""
    old, new = _numbers(change.old), _numbers(change.new)
    moved = [
        f"{count:,} {word}"
        for count, word in ((change.left, "left"), (change.joined, "joined"))
        if count
    ]
    counts = f" ({change.stayed:,} stayed{''.join(', ' + one for one in moved)})"
    if change.fate == "same":
        return f"{old} is {new} now, with the same images"
    if change.fate == "kept":
        name = f"{old} stays" if change.old == change.new else f"{old} is {new} now"
        return name + counts
    if change.fate == "split":
        return f"{old} was split into {new}{counts}"
    if change.fate == "merged":
        return f"{old} were merged into {new}{counts}"
    if change.fate == "dissolved":
        left = f": its {change.left:,} images went elsewhere" if change.left else ": all are gone"
        return f"{old} is no more{left}"
    return f"{new} is new"


def map_words(found: MapChange) -> str:
    """How far images moved, in a clause."""
    if not found.far:
        return f"none of {found.images:,} images moved"
    return (
        f"images moved by {100 * found.middle:.1f} % of the map's longer side (median), "
        f"95 % of them by less than {100 * found.far:.1f} %; "
        f"its form changed by {100 * found.shape:.1f} %"
    )


def _numbers(numbers: Sequence[int]) -> str:
    named = [str(number) for number in numbers]
    if not named:
        return "no cluster"
    joined = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return ("cluster " if len(named) == 1 else "clusters ") + joined
