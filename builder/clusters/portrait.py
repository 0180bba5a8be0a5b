"""What a cluster is like: its middle, its extremes, where and when its images come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 1024
_SOURCES = 5
_LONG = 200  # years above which all dates together are told by centuries, not decades


def medoid(vectors: NDArray[np.float32]) -> int:
    """The row with the least summed distance to all others; the first of equals."""
    from scipy.spatial.distance import cdist

    sums = np.zeros(len(vectors))
    for start in range(0, len(vectors), _AT_ONCE):
        part = vectors[start : start + _AT_ONCE]
        sums[start : start + _AT_ONCE] = cdist(part, vectors).sum(axis=1)
    return int(np.argmin(np.round(sums, 6)))


def far_apart(vectors: NDArray[np.float32]) -> list[int]:
    """At most three rows: the two furthest from each other, then the one furthest from both."""
    from scipy.spatial.distance import cdist

    if len(vectors) < 3:
        return list(range(len(vectors)))
    best, pair = -1.0, (0, 1)
    for start in range(0, len(vectors), _AT_ONCE):
        far = np.round(cdist(vectors[start : start + _AT_ONCE], vectors), 6)
        row, column = np.unravel_index(int(far.argmax()), far.shape)
        if far[row, column] > best and start + row != column:
            best, pair = float(far[row, column]), (start + int(row), int(column))
    nearest = cdist(vectors, vectors[list(pair)]).min(axis=1)
    nearest[list(pair)] = -1  # where all are equal, the third is still another one
    return [*sorted(pair), int(np.argmax(nearest))]


def source_shares(
    sources: Sequence[str], members: NDArray[np.intp]
) -> tuple[tuple[str, float], ...]:
    """The commonest sources of the members, each with its share of all members."""
    if not sources:
        return ()
    counts = Counter(sources[row] for row in members.tolist())
    named = [(source, count) for source, count in counts.items() if source]
    named.sort(key=lambda entry: (-entry[1], entry[0]))
    return tuple((source, count / len(members)) for source, count in named[:_SOURCES])


def date_shares(
    spans: Sequence[tuple[int, int] | None], members: NDArray[np.intp]
) -> tuple[tuple[int, int, float], ...]:
    """How the dated members spread over centuries, or decades if all images lie within 200 years.

    An image that is dated to a span counts in each period for the part of the span in it.

    Returns:
        (first year, last year, share of the dated members), in order, without empty periods.
    """
    known = [span for span in spans if span is not None]
    dated = [span for row in members.tolist() if spans and (span := spans[row]) is not None]
    if not dated:
        return ()
    length = max(last for _, last in known) - min(first for first, _ in known)
    period = 100 if length > _LONG else 10
    shift = 1 if period == 100 else 0  # a century begins with its year 1, a decade with its year 0
    weights: Counter[int] = Counter()
    for first, last in dated:
        for at in range((first - shift) // period, (last - shift) // period + 1):
            begin = at * period + shift
            inside = min(last, begin + period - 1) - max(first, begin) + 1
            weights[begin] += inside / (last - first + 1) / len(dated)
    return tuple((begin, begin + period - 1, weights[begin]) for begin in sorted(weights))
