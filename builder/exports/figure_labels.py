"""Names on a map where there is room for them: none overlaps another, few pictures are covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.exports.figure_types import Box, Points

_MOST = 400  # steps of the longer side
_FOREIGN = 2.0  # covering pictures of other clusters is as much worse than covering one's own
_OUTSIDE = 0.8  # cost of lying where no picture of its own is near
_NEAR = 1.7  # sides of a picture: the land around it
_AWAY = 0.35  # cost of lying away from its cluster, for each extent of the cluster
_GAP = 0.35  # mm between two texts


@dataclass(frozen=True)
class Wanted:
    """A text that is to be placed.

    Attributes:
        sizes: (width, height) in mm of its forms, the best first.
        members: (m, 2) centres of the pictures that it should stand at or near.
    """

    sizes: Sequence[tuple[float, float]]
    members: Points


def place(
    wanted: Sequence[Wanted], area: Box, centres: Points, side: float, taken: Sequence[Box]
) -> dict[int, tuple[int, Box]]:
    """Find places for texts, in the order of `wanted`.

    Each goes where it covers few pictures, of other clusters least of all, near to its own; if no
    place is free for its first form, the next is tried, and if none is, it is left out.

    Args:
        wanted: the texts.
        area: where texts may lie.
        centres: (n, 2) of all pictures.
        side: of a picture.
        taken: boxes that must stay free.

    Returns:
        place in `wanted` -> which form it has, and its box.
    """
    board = _Board(area, centres, side)
    boxes = list(taken)
    found: dict[int, tuple[int, Box]] = {}
    for at, one in enumerate(wanted):
        for form, (width, height) in enumerate(one.sizes):
            box = board.best(one.members, width + _GAP, height + _GAP, boxes)
            if box is not None:
                boxes.append(box)
                found[at] = form, box
                break
    return found


class _Board:
    """Places of upper left corners on a fine grid, and what a text there would cover."""

    def __init__(self, area: Box, centres: Points, side: float) -> None:
        broad, high = area.right - area.left, area.bottom - area.top
        self.step = max(broad, high) / _MOST
        self.area, self.side = area, side
        self.shape = int(high / self.step) + 1, int(broad / self.step) + 1
        self.all = self._painted(centres)

    def best(
        self, members: Points, width: float, height: float, boxes: Sequence[Box]
    ) -> Box | None:
        """The cheapest free box of that size; None if there is none."""
        across = max(int(np.ceil(width / self.step)), 1)
        down = max(int(np.ceil(height / self.step)), 1)
        rows, columns = self.shape[0] - down, self.shape[1] - across
        if rows <= 0 or columns <= 0:
            return None
        own = self._covered(self._painted(members), down, across)
        every = self._covered(self.all, down, across)
        x = self.area.left + np.arange(columns) * self.step
        y = self.area.top + np.arange(rows) * self.step
        middle = np.median(members, axis=0)
        extent = max(float(np.abs(members - middle).max()), self.side)
        away = np.hypot((x[None, :] + width / 2 - middle[0]), (y[:, None] + height / 2 - middle[1]))
        land = self._covered(self._painted(members, _NEAR), down, across)
        foreign = np.maximum(every - own, 0)
        cost = own + _FOREIGN * foreign + _OUTSIDE * (1 - land) + _AWAY * away / extent
        # A name that stands off from all of its pictures names nothing.
        cost[away > 1.5 * extent + np.hypot(width, height) / 2 + self.side] = np.inf
        for box in boxes:
            across_it = (x < box.right) & (x + width > box.left)
            cost[np.ix_((y < box.bottom) & (y + height > box.top), across_it)] = np.inf
        at = int(cost.argmin())
        row, column = divmod(at, columns)
        if not np.isfinite(cost[row, column]):
            return None
        left, top = float(x[column]), float(y[row])
        return Box(left, top, left + width, top + height)

    def _painted(self, centres: Points, sides: float = 1.0) -> NDArray[np.float64]:
        """Sums over all above and left of each place: squares of so many sides."""
        rows, columns = self.shape
        grid = np.zeros((rows + 1, columns + 1))
        side = self.side * sides
        low = (centres - side / 2 - [self.area.left, self.area.top]) / self.step
        high = low + side / self.step
        (left, top), (right, bottom) = (
            (
                np.clip(np.rint(at[:, 0]), 0, columns).astype(int),
                np.clip(np.rint(at[:, 1]), 0, rows).astype(int),
            )
            for at in (low, high)
        )
        for vertical, horizontal, sign in (
            (top, left, 1), (top, right, -1), (bottom, left, -1), (bottom, right, 1)
        ):  # fmt: skip
            np.add.at(grid, (vertical, horizontal), sign)
        painted = np.minimum(grid.cumsum(axis=0).cumsum(axis=1)[:rows, :columns], 1)
        return np.pad(painted, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)

    def _covered(self, sums: NDArray[np.float64], down: int, across: int) -> NDArray[np.float64]:
        """Share of each box of down by across steps that pictures fill."""
        rows, columns = self.shape[0] - down, self.shape[1] - across
        total = (
            sums[down : down + rows, across : across + columns]
            - sums[:rows, across : across + columns]
            - sums[down : down + rows, :columns]
            + sums[:rows, :columns]
        )
        return np.asarray(total / (down * across), np.float64)
