"""How well lines that were found agree with lines that are known.

The measure of Kalleli, Trigg, Albouy, Husson and Aubry (2024, "Historical Astronomical Diagrams
Decomposition in Geometric Primitives"): two segments are compared by their ends, two circles by
their four cardinal points, two arcs by start, middle and end; the distance is the root of the mean
square of the distances of corresponding points, the better way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.vectors.types import Found, Shape


@dataclass(frozen=True)
class Score:
    """Of the lines of one kind.

    Attributes:
        right: found, and there.
        wrong: found, and not there.
        missed: there, and not found.
        ranked: (confidence, whether right) of all found, but for ornament.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    ranked: tuple[tuple[float, bool], ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.ranked + other.ranked,
        )

    @property
    def precision(self) -> float:
        """Share of the found that is there; NaN if nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else float("nan")

    @property
    def recall(self) -> float:
        """Share of what is there that was found; NaN if there is nothing."""
        there = self.right + self.missed
        return self.right / there if there else float("nan")

    @property
    def average_precision(self) -> float:
        """Mean over what is there of the best precision at or beyond the rank of its finding."""
        there = self.right + self.missed
        if not there:
            return float("nan")
        hits = np.array([right for _, right in sorted(self.ranked, key=lambda one: -one[0])], float)
        precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
        best = np.maximum.accumulate(precision[::-1])[::-1] if len(hits) else hits
        return float((best * hits).sum() / there)


def distance(first: Shape, second: Shape) -> float:
    """Between two shapes of a kind, in pixels; infinite between two kinds."""
    if first.kind != second.kind:
        return float("inf")
    one, other = first.points(), second.points()
    turned = other if first.kind == "circle" else other[::-1]
    return min(_rms(one - other), _rms(one - turned))


def _rms(steps: NDArray[np.float64]) -> float:
    return float(np.sqrt((steps**2).sum(axis=1).mean()))


def score(
    found: Sequence[Found], known: Sequence[Shape], ornament: Sequence[Shape], within: float
) -> dict[str, Score]:
    """Match what was found with what is there, one to one, the most certain first.

    Args:
        found: lines.
        known: what should be found.
        ornament: what may be found or not; findings that match it count for nothing.
        within: largest distance of a match, in pixels.

    Returns:
        The score of each kind.
    """
    return {
        kind: _score(
            [one for one in found if one.shape.kind == kind],
            [one for one in known if one.kind == kind],
            ornament,
            within,
        )
        for kind in ("segment", "circle", "arc")
    }


def _score(
    found: list[Found], known: list[Shape], ornament: Sequence[Shape], within: float
) -> Score:
    left = list(known)
    ranked = []
    for one in sorted(found, key=lambda one: -one.confidence):
        aways = [distance(one.shape, other) for other in left]
        if aways and min(aways) <= within:
            left.pop(int(np.argmin(aways)))
            ranked.append((one.confidence, True))
        elif not any(distance(one.shape, other) <= within for other in ornament):
            ranked.append((one.confidence, False))
    right = sum(hit for _, hit in ranked)
    return Score(right, len(ranked) - right, len(left), tuple(ranked))
