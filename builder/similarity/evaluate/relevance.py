"""Who should find whom: queries and candidates, from judgements and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    """

    groups: Mapping[int, Mapping[str, int]]
    members: Mapping[str, Mapping[int, int]]
    units: Mapping[int, int]
    sources: NDArray[np.int64]
    named: NDArray[np.bool_]

    def queries(self, scope: Scope) -> list[Query]:
        """Every image with a relevant candidate in the scope, by row.

        A pair is as relevant as the weaker of its two grades in their group, and as the best of
        the groups that they share.
        """
        found = []
        for row in sorted(self.groups):
            grades = self._relatives(row, scope)
            if grades:
                rows = np.array(sorted(grades), np.int64)
                levels = np.array([grades[int(r)] for r in rows], np.int64)
                found.append(Query(row, self.units[row], rows, levels))
        return found

    def candidates(self, row: int, scope: Scope) -> NDArray[np.bool_]:
        """(n,) which images may be found for image `row`; never itself."""
        if scope == "others":
            apart: NDArray[np.bool_] = self.sources != self.sources[row]
            return apart
        every = np.ones(len(self.sources), bool)
        every[row] = False
        return every

    def _relatives(self, row: int, scope: Scope) -> dict[int, int]:
        grades: dict[int, int] = {}
        for group, own in self.groups[row].items():
            for other, grade in self.members[group].items():
                within = self.sources[other] == self.sources[row]
                if other != row and not (scope == "others" and within):
                    grades[other] = max(grades.get(other, 0), min(own, grade))
        return grades


def truth(judgements: Iterable[Judgement], sources: Sequence[str]) -> Truth:
    """Bring judgements and sources together.

    Args:
        judgements: of images, each about one group; an image may be in several. The first
            judgement of an image and group counts.
        sources: (n,) of all images; "" where unknown.
    """
    groups: dict[int, dict[str, int]] = defaultdict(dict)
    members: dict[str, dict[int, int]] = defaultdict(dict)
    for one in judgements:
        grade = groups[one.row].setdefault(one.group, one.grade)
        members[one.group][one.row] = grade
    codes: dict[str, int] = {}
    numbers = [codes.setdefault(name or f"\0{row}", len(codes)) for row, name in enumerate(sources)]
    named = np.array([bool(name) for name in sources], bool)
    return Truth(groups, members, _units(groups, members), np.array(numbers, np.int64), named)


def _units(
    groups: Mapping[int, Mapping[str, int]], members: Mapping[str, Mapping[int, int]]
) -> dict[int, int]:
    """Connected parts of the graph of images and groups, numbered by their first image."""
    units: dict[int, int] = {}
    for number, row in enumerate(sorted(groups)):
        waiting = [row]
        while waiting:
            one = waiting.pop()
            if one in units:
                continue
            units[one] = number
            waiting += [other for group in groups[one] for other in members[group]]
    return units
