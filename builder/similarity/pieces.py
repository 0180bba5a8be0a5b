"""Likeness of figures that were taken into pieces, each piece with its own best turn.

Two figures are as alike as the best one-to-one assignment of their pieces makes them: the sum of
sqrt(weight x weight) times the cosine of each pair, where a pair's cosine is the highest of those
in which one of the two is turned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.similarity.blocks import hands

MOST = 4
"""Pieces of a figure at most."""

DOUBT = (0.07, *(0.02,) * 3, *(0.0,) * 4)
"""What each orientation has ahead: a figure is said to be turned, and still more to be mirrored,
only if it is so much more alike then."""

_EQUAL = 1e-3  # symmetric figures are alike in several orientations, up to so much

Views = Callable[[int], NDArray[np.float32]]


@dataclass(frozen=True)
class Pieces:
    """The pieces of u figures.

    Attributes:
        vectors: (p, d) float32, unit length (or zero), of the pieces as they are.
        weights: (p,) share of each piece in its figure.
        starts: (u + 1,) figure i has pieces starts[i] to starts[i + 1] - 1, at most `MOST`.
        views: gives the (pieces, v, d) unit vectors of figure i's pieces in every turn.
        orientation: (v,) which of the eight orientations each turn belongs to.
        penalty: taken off the cosine of turns that are not upright.
    """

    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    starts: NDArray[np.int64]
    views: Views
    orientation: NDArray[np.int64]
    penalty: float = 0.0

    @property
    def slots(self) -> NDArray[np.int64]:
        """(u, MOST) pieces of each figure, -1 where it has fewer."""
        counts = np.diff(self.starts)
        place = np.arange(MOST)[None, :]
        return np.where(place < counts[:, None], self.starts[:-1, None] + place, -1)


@cache
def assignments(count: int) -> NDArray[np.int64]:
    """All ways to give `count` pieces different slots: (ways, count)."""
    return np.array(list(permutations(range(MOST), count)), np.int64)


class PieceLikeness:
    """Likeness of every figure with every other.

    Args:
        pieces: of all figures.
        project: stored rows of a figure's pieces, and its group (None if unknown) -> `views`.
    """

    def __init__(
        self,
        pieces: Pieces,
        project: Callable[[NDArray[Any], int | None], NDArray[np.float32]],
    ) -> None:
        self._pieces, self._project = pieces, project
        self._slots = pieces.slots
        present = self._slots >= 0
        self._roots = np.where(
            present,
            np.sqrt(pieces.weights[np.maximum(self._slots, 0)]) if len(pieces.weights) else 0,
            0,
        ).astype(np.float32)
        self._off = np.where(pieces.orientation == 0, 0, pieces.penalty).astype(np.float32)

    def __len__(self) -> int:
        return len(self._pieces.starts) - 1

    def matrix(self, progress: Callable[[int], None]) -> NDArray[np.float32]:
        """All likenesses, (u, u), row i of figure i turned; worked out by all cores."""
        result = np.empty((len(self), len(self)), np.float32)

        def fill(i: int) -> None:
            result[i] = self.row(i)
            progress(1)

        with hands() as threads:
            list(threads.multiply.map(fill, range(len(self))))
        return result

    def asked_rows(self, rows: NDArray[Any], weights: Sequence[float]) -> NDArray[np.float32]:
        """Likeness of a figure from outside, given by its stored rows, with every figure."""
        if not len(rows):
            return np.zeros(len(self), np.float32)
        return self.asked(self._project(rows, None), np.array(weights, np.float32))

    def row(self, i: int) -> NDArray[np.float32]:
        """Likeness of figure i, turned in every way, with every figure as it is: (u,)."""
        first, last = self._pieces.starts[i], self._pieces.starts[i + 1]
        return self.asked(self._pieces.views(i), self._pieces.weights[first:last])

    def asked(
        self, views: NDArray[np.float32], weights: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Likeness of any figure with every figure.

        Args:
            views: (pieces, v, d) unit vectors of its pieces in every turn.
            weights: (pieces,).
        """
        result = np.zeros(len(self), np.float32)
        if not len(views) or not len(self._pieces.vectors):
            return result
        turns = views.reshape(-1, views.shape[2]) @ self._pieces.vectors.T
        turns = turns.reshape(*views.shape[:2], -1)
        if self._pieces.penalty:
            turns -= self._off[None, :, None]
        return self._assigned(np.maximum(turns.max(axis=1), 0), weights)

    def _assigned(
        self, cosines: NDArray[np.float32], weights: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """From (pieces, p) cosines to (u,) likenesses by the best assignment."""
        worth = cosines[:, np.maximum(self._slots, 0)] * self._roots[None]
        worth *= np.sqrt(weights).astype(np.float32)[:, None, None]
        return _best_sum(worth)

    def orientations(
        self, i: int, others: NDArray[np.int64], more: NDArray[np.float32] | None = None
    ) -> NDArray[np.uint8]:
        """How each of some figures lies, seen from figure i: (m,) numbers 0 to 7.

        The orientation in which the best assigned pieces, weighed, are most alike together: figure
        i turned so looks like the other. The plainer is named unless another is clearly better,
        because most copies lie upright and nearly symmetric figures are alike in several.

        Args:
            i: the figure.
            others: (m,) figures.
            more: (8, m) what else speaks for each orientation.
        """
        result = np.zeros(len(others), np.uint8)
        worth = self._worth(i, others)
        if worth is None:
            return result
        found = np.stack([_best_sum(one) for one in worth[0]])
        found += np.array(DOUBT, found.dtype)[:, None]
        if more is not None:
            found += more
        return np.asarray((found >= found.max(axis=0) - _EQUAL).argmax(axis=0), np.uint8)

    def answers(
        self, i: int, others: NDArray[np.int64], lie: NDArray[np.uint8]
    ) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        """Which piece of each of some figures answers which of figure i, turned as it lies.

        Args:
            i: the figure.
            others: (m,) figures.
            lie: (m,) how each lies, of `orientations`.

        Returns:
            (m, MOST) the piece of the other that the best assignment gives to each piece of figure
            i, -1 where it gives none or the two have nothing in common; and their cosines.
        """
        partners = np.full((len(others), MOST), -1, np.int8)
        alike = np.zeros((len(others), MOST), np.float32)
        worth = self._worth(i, others)
        if worth is None:
            return partners, alike
        weighed, cosines = worth
        every = np.arange(len(others))
        ways = _best_ways(weighed[lie, :, every].transpose(1, 0, 2))
        for piece in range(weighed.shape[1]):
            other = ways[:, piece]
            found = cosines[lie, piece, every, other]
            answered = (found > 0) & (self._slots[others, other] >= 0)
            partners[answered, piece] = other[answered]
            alike[answered, piece] = found[answered]
        return partners, alike

    def _worth(
        self, i: int, others: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
        """What pairs of pieces are worth in each orientation, and their cosines; None for none.

        Returns:
            (8, pieces of figure i, m, MOST) twice.
        """
        first, last = self._pieces.starts[i], self._pieces.starts[i + 1]
        if last == first or not len(others):
            return None
        views, slots = self._pieces.views(i), self._slots[others]
        wanted, place = np.unique(np.maximum(slots, 0), return_inverse=True)
        turns = (views.reshape(-1, views.shape[2]) @ self._pieces.vectors[wanted].T).reshape(
            *views.shape[:2], -1
        )
        here = [self._pieces.orientation == one for one in range(8)]
        best = np.stack([turns[:, one].max(axis=1, initial=0) for one in here])
        cosines = best[:, :, place.reshape(slots.shape)]
        roots = np.sqrt(self._pieces.weights[first:last])[:, None, None]
        return cosines * self._roots[others] * roots, cosines


def _best_sum(worth: NDArray[np.float32]) -> NDArray[np.float32]:
    """From (pieces, m, MOST) worth of each pair to the best assignment's sum, (m,)."""
    best = np.zeros(worth.shape[1], np.float32)
    for way in assignments(len(worth)):
        total = worth[0, :, way[0]].copy()
        for piece in range(1, len(worth)):
            total += worth[piece, :, way[piece]]
        np.maximum(best, total, out=best)
    return best


def _best_ways(worth: NDArray[np.float32]) -> NDArray[np.int64]:
    """From (pieces, m, MOST) worth of each pair to the best assignment, (m, pieces)."""
    ways = assignments(len(worth))
    totals = np.zeros((len(ways), worth.shape[1]), np.float32)
    for piece in range(len(worth)):
        totals += worth[piece, :, ways[:, piece]]
    return np.asarray(ways[totals.argmax(axis=0)], np.int64)
