"""Who should find whom: queries and candidates, from judgements and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from builder.similarity.evaluate.types import Judgement, Query, Scope


@dataclass(frozen=True)
class Truth:
    """What is known to show the same.

    Attributes:
        groups: of each image that has any, row -> group -> grade.
        members: of each group, group -> row -> grade.
        units: a number for each judged image; the same for all images that groups link.
        sources: (n,) number of each image's source; an image without one has its own.
        named: (n,) whether the image has a source at all.
        pairs: of images that were judged in pairs, row -> other row -> grade, 0 for strangers;
            what is said of a pair overrules what groups say.
        judged_only: whether an image is compared with those alone that it was judged beside,
            because nobody said anything of the others.
    """

    groups: Mapping[int, Mapping[str, int]]
    members: Mapping[str, Mapping[int, int]]
    units: Mapping[int, int]
    sources: NDArray[np.int64]
    named: NDArray[np.bool_]
    pairs: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    judged_only: bool = False

    def queries(self, scope: Scope) -> list[Query]:
        """Every image with a relevant candidate in the scope, by row.

        A pair is as relevant as the weaker of its two grades in their group, and as the best of
        the groups that they share.
        """
        found = []
        for row in sorted({*self.groups, *self.pairs}):
            grades = self._relatives(row, scope)
            if grades:
                rows = np.array(sorted(grades), np.int64)
                levels = np.array([grades[int(r)] for r in rows], np.int64)
                found.append(Query(row, self.units[row], rows, levels))
        return found

    def candidates(self, row: int, scope: Scope) -> NDArray[np.bool_]:
        """(n,) which images may be found for image `row`; never itself."""
        every = np.ones(len(self.sources), bool)
        if self.judged_only:
            every[:] = False
            every[list(self.pairs[row])] = True
        if scope == "others":
            every &= self.sources != self.sources[row]
        every[row] = False
        return every

    def _relatives(self, row: int, scope: Scope) -> dict[int, int]:
        grades: dict[int, int] = {}
        for group, own in self.groups.get(row, {}).items():
            for other, grade in self.members[group].items():
                within = self.sources[other] == self.sources[row]
                if other != row and not (scope == "others" and within):
                    grades[other] = max(grades.get(other, 0), min(own, grade))
        for other, grade in self.pairs.get(row, {}).items():
            if not (scope == "others" and self.sources[other] == self.sources[row]):
                grades[other] = grade
        return {other: grade for other, grade in grades.items() if grade}


def truth(
    judgements: Iterable[Judgement],
    sources: Sequence[str],
    pairs: Iterable[tuple[int, int, int]] = (),
) -> Truth:
    """Bring judgements and sources together.

    Args:
        judgements: of images, each about one group; an image may be in several. The first
            judgement of an image and group counts.
        sources: (n,) of all images; "" where unknown.
        pairs: two rows and the grade that somebody gave the two, 0 for strangers; of several on one
            pair the last counts. Without judgements only pairs that were judged are compared.
    """
    groups: dict[int, dict[str, int]] = defaultdict(dict)
    members: dict[str, dict[int, int]] = defaultdict(dict)
    for one in judgements:
        grade = groups[one.row].setdefault(one.group, one.grade)
        members[one.group][one.row] = grade
    codes: dict[str, int] = {}
    numbers = [codes.setdefault(name or f"\0{row}", len(codes)) for row, name in enumerate(sources)]
    named = np.array([bool(name) for name in sources], bool)
    beside: dict[int, dict[int, int]] = defaultdict(dict)
    for row, other, grade in pairs:
        beside[row][other] = beside[other][row] = grade
    units = _units(groups, members, beside)
    only = bool(beside) and not groups
    return Truth(groups, members, units, np.array(numbers, np.int64), named, beside, only)


def _units(
    groups: Mapping[int, Mapping[str, int]],
    members: Mapping[str, Mapping[int, int]],
    pairs: Mapping[int, Mapping[int, int]],
) -> dict[int, int]:
    """Connected parts of the graph of images, groups and pairs, numbered by their first image."""
    units: dict[int, int] = {}
    for number, row in enumerate(sorted({*groups, *pairs})):
        waiting = [row]
        while waiting:
            one = waiting.pop()
            if one in units:
                continue
            units[one] = number
            waiting += [other for group in groups.get(one, ()) for other in members[group]]
            waiting += [other for other, grade in pairs.get(one, {}).items() if grade]
    return units
