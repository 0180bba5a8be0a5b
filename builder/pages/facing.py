"""Two sources in rows that face each other: what answers in order stands side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.collate.types import Answer

FEW = 3
"""Images without an answer that stand in rows of their own; more of them share one."""


@dataclass(frozen=True)
class Slot:
    """One row: images of the first source and of the second, by rows of the corpus.

    Attributes:
        gap: whether what stands there has no answer in the other source.
    """

    first: tuple[int, ...] = ()
    second: tuple[int, ...] = ()
    gap: bool = False


def slots(first: Sequence[int], second: Sequence[int], answers: Sequence[Answer]) -> list[Slot]:
    """Every image of two sources once, in page order on either side.

    Args:
        first, second: images of the sources in page order.
        answers: between them; those that are mutual and do not cross stand side by side.
    """
    beside = {one.a: one.b for one in answers if one.mutual and not one.crossing}
    answered = {row for one in answers for row in (one.a, one.b)}
    found: list[Slot] = []
    waiting = iter(second)
    alone: list[int] = []
    for row in first:
        if row not in beside:
            alone.append(row)
            continue
        found += _alone(alone, answered, 0)
        before = []
        for other in waiting:
            if other == beside[row]:
                break
            before.append(other)
        found += _alone(before, answered, 1)
        found.append(Slot((row,), (beside[row],)))
        alone = []
    return [*found, *_alone(alone, answered, 0), *_alone(list(waiting), answered, 1)]


def _alone(rows: Sequence[int], answered: set[int], side: int) -> list[Slot]:
    """Rows of images that nothing faces."""
    found: list[tuple[tuple[int, ...], bool]] = []
    for has, run in groupby(rows, key=answered.__contains__):
        some = tuple(run)
        if has or len(some) <= FEW:
            found += [((row,), not has) for row in some]
        else:
            found.append((some, True))
    return [Slot(some, (), gap) if side == 0 else Slot((), some, gap) for some, gap in found]
