"""What laying drawings over each other adds to the likeness of those that were laid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from builder.similarity.types import Band

WEIGHT = 3.5
"""What full coincidence counts beside likeness, in standard deviations of the main descriptor."""


@dataclass(frozen=True)
class Verified:
    """What is added to the scores of pairs that were laid over each other.

    Attributes:
        first, second: (m,) contents of each pair, either way once.
        worth: (m,) how well they coincide, 0 to 1.
        levels: (u,) how well each coincides with those that are probably strangers.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    worth: NDArray[np.float32]
    levels: NDArray[np.float32]

    def added(self) -> csr_array:
        """(u, u): coincidence above the level of both; nothing for pairs that were not laid."""
        levels = self.levels
        above = standing_out(self.worth, levels[self.first], levels[self.second])
        rows = np.concatenate([self.first, self.second])
        columns = np.concatenate([self.second, self.first])
        values = np.concatenate([above, above])
        return csr_array((values, (rows, columns)), shape=(len(levels), len(levels)))

    def band(self, band: Band, index: NDArray[np.int64], weight: float) -> Band:
        """Similarities with the addition, a band of rows at a time.

        Args:
            band: gives rows of the (n, n) similarities.
            index: (n,) the content of each image.
            weight: what full coincidence adds.
        """
        added = self.added()

        def verified(start: int, stop: int) -> NDArray[np.float32]:
            more = added[index[start:stop]].toarray()[:, index]
            # Images of one content coincide wholly.
            own = index[start:stop]
            more[own[:, None] == index[None, :]] = 1.0
            return np.asarray(band(start, stop) + np.float32(weight) * more, np.float32)

        return verified


def standing_out(
    worth: NDArray[np.float32],
    one: NDArray[np.float32] | float,
    other: NDArray[np.float32] | float,
) -> NDArray[np.float32]:
    """By how much pairs coincide above the levels of both, (m,).

    Nothing where nothing coincides: where nothing is drawn, nothing was laid over anything.
    """
    return np.asarray(np.where(worth > 0, worth - (one + other) / 2, 0), np.float32)


def verified(
    first: NDArray[np.int64], second: NDArray[np.int64], worth: NDArray[np.float32], u: int
) -> Verified:
    """Find the level of each content: the mean of the lower half of its pairs.

    A crowded drawing coincides with everything a little; what counts is by how much a pair stands
    out among the candidates of both.
    """
    levels = np.zeros(u, np.float32)
    contents = np.concatenate([first, second])
    values = np.concatenate([worth, worth])
    order = np.argsort(contents, kind="stable")
    bounds = np.searchsorted(contents[order], np.arange(u + 1))
    for content in range(u):
        own = values[order[bounds[content] : bounds[content + 1]]]
        if len(own):
            levels[content] = level(own)
    return Verified(first, second, worth, levels)


def level(worth: NDArray[np.float32]) -> float:
    """How well something coincides with strangers: the mean of the lower half."""
    lower = np.sort(worth)[: max(len(worth) // 2, 1)]
    return float(lower.mean()) if len(lower) else 0.0
