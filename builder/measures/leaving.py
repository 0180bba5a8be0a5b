"""Leaving images out of neighbours and clusters without renumbering anything.

What is worked out for the images that stay is brought back to the rows of all: an image that was
left out has no neighbours and is nobody's neighbour; its cluster is -1, by `spread` of the labels.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from builder.similarity.types import NeighbourList, Neighbours

T = TypeVar("T", bound=np.generic)


def spread(values: NDArray[T], kept: NDArray[np.bool_], fill: object) -> NDArray[T]:
    """(m, ...) values of the images that stay -> (n, ...), `fill` for the others.

    Args:
        kept: (n,), m of them True.
    """
    whole = np.full((len(kept), *values.shape[1:]), fill, values.dtype)
    whole[kept] = values
    return whole


def all_rows(rows: NDArray[np.int32], kept: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Row numbers among those that stay -> row numbers among all; -1 stays -1."""
    places = np.append(np.flatnonzero(kept), -1).astype(np.int32)
    return np.asarray(places[rows], np.int32)


def neighbours_of_all(found: Neighbours, kept: NDArray[np.bool_]) -> Neighbours:
    """Neighbours among the m images that stay, as lists of all n."""
    return Neighbours(_list_of_all(found.all, kept), _list_of_all(found.others, kept))


def _list_of_all(found: NeighbourList, kept: NDArray[np.bool_]) -> NeighbourList:
    def whole(values: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
        return None if values is None else spread(values, kept, 0)

    return NeighbourList(
        spread(all_rows(found.rows, kept), kept, -1),
        spread(found.scores, kept, 0),
        spread(found.mutual, kept, False),
        spread(found.orientation, kept, 0),
        whole(found.percentile),
        whole(found.chance),
    )
