"""Images that are near to everything, held back: cross-domain similarity local scaling.

From twice the similarity of two images the mean similarities that each has to its nearest are
taken off (Conneau and others 2018). Here the result is halved and raised by the mean correction, so
that it stays on the scale of the similarity. Taken for each pair of sources it also evens out that
some sources are more alike than others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.similarity.types import Band

NEAREST = 5
"""Nearest images whose mean is taken off."""

_AT_ONCE = 256


@dataclass(frozen=True)
class Correction:
    """What is taken off.

    Attributes:
        table: (n, groups) mean similarity of each image to its nearest of each group.
        groups: (n,) group of each image.
        level: mean of what is taken off, given back to all.
    """

    table: NDArray[np.float32]
    groups: NDArray[np.int64]
    level: float

    def band(self, band: Band) -> Band:
        """Corrected similarities, a band of rows at a time."""
        towards = np.ascontiguousarray(self.table.T)

        def corrected(start: int, stop: int) -> NDArray[np.float32]:
            similar = np.array(band(start, stop), np.float32)
            similar -= self.table[start:stop][:, self.groups] / 2
            similar -= towards[self.groups[start:stop]] / 2
            similar += self.level
            return similar

        return corrected

    def asked(self, similar: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same for a picture from outside, (n,), whose own source is none of the groups."""
        own = _nearest_means(similar[None], self.groups, self.table.shape[1])[0]
        theirs = self.table.mean(axis=1)
        return np.asarray(similar - (own[self.groups] + theirs) / 2 + self.level, np.float32)


def correction(
    band: Band, n: int, groups: NDArray[np.int64], apart: NDArray[np.int64] | None = None
) -> Correction:
    """Find the correction for (n, n) similarities.

    Args:
        band: gives rows a to b.
        n: images.
        groups: (n,) group of each image; one group corrects by one rule for all.
        apart: (n,) images of the same number are no candidates for each other, as in a list of
            other sources; None if only the image itself is none.
    """
    count = int(groups.max(initial=-1)) + 1
    table = np.zeros((n, count), np.float32)
    for start in range(0, n, _AT_ONCE):
        stop = min(start + _AT_ONCE, n)
        similar = np.array(band(start, stop), np.float32)
        similar[np.arange(stop - start), np.arange(start, stop)] = -np.inf
        if apart is not None:
            similar[apart[start:stop, None] == apart[None, :]] = -np.inf
        table[start:stop] = _nearest_means(similar, groups, count)
    sizes = np.bincount(groups, minlength=count) / max(n, 1)
    return Correction(table, groups, float((table @ sizes).mean()) if n else 0.0)


def _nearest_means(
    similar: NDArray[np.float32], groups: NDArray[np.int64], count: int
) -> NDArray[np.float32]:
    """Mean of the nearest of each group: (b, n) -> (b, count); 0 where there is no candidate."""
    result = np.zeros((len(similar), count), np.float32)
    for group in range(count):
        members = similar[:, groups == group]
        keep = min(NEAREST, members.shape[1])
        if not keep:
            continue
        best = np.partition(members, members.shape[1] - keep, axis=1)[:, -keep:]
        there = np.isfinite(best)
        sums = np.where(there, best, 0).sum(axis=1)
        result[:, group] = sums / np.maximum(there.sum(axis=1), 1)
    return result
