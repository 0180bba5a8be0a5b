"""A tree of sources by likeness: average linkage. It says which sources look alike, no more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.collate.types import Collation, Join

LEAST = 3
"""Sources below which there is nothing to draw."""


def distances(sizes: Sequence[int], pairs: Sequence[Collation]) -> NDArray[np.float64]:
    """(s, s) one less the share of images in the smaller source that have a mutual answer.

    Args:
        sizes: images of each of s sources.
        pairs: collations; of those that are not there the distance is 1.
    """
    apart = np.ones((len(sizes), len(sizes)))
    for one in pairs:
        share = len(one.mutual) / min(sizes[one.first], sizes[one.second])
        apart[one.first, one.second] = apart[one.second, one.first] = 1 - min(share, 1.0)
    np.fill_diagonal(apart, 0)
    return apart


def joined(apart: NDArray[np.float64]) -> tuple[Join, ...]:
    """The steps of average linkage (UPGMA); () for fewer than `LEAST` sources.

    Args:
        apart: (s, s) symmetric distances, 0 on the diagonal.
    """
    if len(apart) < LEAST:
        return ()
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    steps = linkage(squareform(apart, checks=False), method="average")
    return tuple(Join(int(a), int(b), float(height)) for a, b, height, _ in steps)
