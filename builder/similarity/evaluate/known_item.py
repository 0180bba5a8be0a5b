"""Known-item search: a changed copy of a picture must find the picture itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.similarity.evaluate.intervals import means
from builder.similarity.evaluate.types import KnownItem


def place(scores: NDArray[np.float32], row: int, contents: NDArray[np.int64]) -> int:
    """Place of the original, from 1; equal scores stand in order of rows.

    Images of the same content are the original too.

    Args:
        scores: (n,) of every image.
        row: of the original.
        contents: (n,) the same number for images with the same bytes.
    """
    own = contents == contents[row]
    rows = np.flatnonzero(own)
    best = rows[np.argmax(scores[rows])]
    before = scores > scores[best]
    before[:best] |= scores[:best] == scores[best]
    return 1 + int((before & ~own).sum())


def known_item(view: str, change: str, places: Sequence[int], **options: int) -> KnownItem:
    """Shares and intervals from the places of the originals; each picture is its own group."""
    found = np.array(places, np.float64)
    values = np.stack([found == 1, 1 / found], axis=1).astype(np.float64)
    first, reciprocal = means(values, np.arange(len(found), dtype=np.int64), **options)
    return KnownItem(view, change, len(found), first, reciprocal)
