"""Groups that somebody has made: in a column of the metadata, or in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from builder.clusters.types import Fit
from builder.errors import Problem

_MANY = 50  # different values up to which even single images may be groups


def given(values: Sequence[str], method: str, where: str) -> Fit:
    """A cluster for each value, named by it; images without a value are in none.

    Where there are more than 50 values, and more than one for two images, those of a single image
    make no cluster: such a column describes images and does not group them.

    Args:
        values: (n,) group of each image, "" for none.
        method: how the groups came about, in words.
        where: the column or file, for messages.
    """
    counts = Counter(value for value in values if value)
    problems: list[Problem] = []
    kept = dict(counts)
    if len(counts) > _MANY and 2 * len(counts) > sum(counts.values()):
        kept = {value: size for value, size in counts.items() if size > 1}
        problems.append(
            Problem(
                where,
                f"has {len(counts)} different values for {sum(counts.values())} images; "
                f"{len(counts) - len(kept)} values of a single image were made no clusters",
                "choose a column that groups images",
            )
        )
    if not counts:
        problems.append(Problem(where, "groups no image", "fill it, or choose another method"))
    numbers = {value: number for number, value in enumerate(sorted(kept))}
    labels = np.array([numbers.get(value, -1) for value in values], np.int32)
    choice = {"rule": f"given in {where}", "chosen": len(numbers)}
    return Fit(labels, len(numbers), method, choice, (), tuple(numbers), tuple(problems))
