"""Which pieces of the nearest answered which of an image's, so that a reader sees why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.describing import Describing
from builder.ledger import Ledger, Made
from builder.outlined import in_pieces
from builder.settings import ViewSettings
from builder.similarity.blocks import hands
from builder.similarity.pieces import MOST, PieceLikeness
from builder.similarity.types import Answers, Neighbours

SHOWN = 4
"""Relatives whose pieces are named."""

VERSION = 1
"""Of the answers. Raised by hand when they change for the same neighbours."""


def answers(
    ledger: Ledger, describing: Describing, view: ViewSettings, neighbours: Made[Neighbours]
) -> Made[Answers] | None:
    """For the nearest in other sources, or the nearest of all where there is one source.

    None where the view does not take figures into pieces.
    """
    compared = in_pieces(view)
    pieces = describing[compared].pieces if compared else None
    if compared is None or pieces is None:
        return None
    parts = {
        "version": VERSION,
        "neighbours": neighbours.fingerprint,
        "pieces": describing[compared].axes.fingerprint,
        "shown": SHOWN,
    }

    def make(advance: Callable[[int], None]) -> records.Write:
        contents = describing[compared].index
        return records.archive(vars(answered(pieces, contents, neighbours.value, advance)))

    def read(path: Path) -> Answers:
        return Answers(**records.read_arrays(path))

    steps = len(describing.pictures.ids)
    return ledger.artifact("neighbours", f"answers-{view.name}", parts, make, read, steps)


def answered(
    pieces: PieceLikeness,
    contents: NDArray[np.int64],
    neighbours: Neighbours,
    advance: Callable[[int], None],
) -> Answers:
    """The answers of every image's nearest.

    Args:
        pieces: likeness by pieces.
        contents: (n,) the figure of each image.
        neighbours: of the view; those in other sources are taken where there are any.
        advance: called for each image done.
    """
    found = neighbours.others if (neighbours.others.rows >= 0).any() else neighbours.all
    rows, lie = found.rows[:, :SHOWN], found.orientation[:, :SHOWN]
    partners = np.full((*rows.shape, MOST), -1, np.int8)
    cosines = np.zeros((*rows.shape, MOST), np.float32)

    def fill(row: int) -> None:
        there = rows[row] >= 0
        others = contents[rows[row, there]]
        partners[row, there], cosines[row, there] = pieces.answers(
            int(contents[row]), others, lie[row, there]
        )
        advance(1)

    with hands() as threads:
        list(threads.multiply.map(fill, range(len(rows))))
    return Answers(rows, lie, partners, cosines)
