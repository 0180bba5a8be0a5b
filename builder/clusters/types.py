"""Clusterings: groups of images in one view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Cluster:
    """One group.

    Attributes:
        number: 1, 2, ... in the order of showing; the page is clusters/<view>/<number>/.
        name: words for it, "" if none was found.
        members: rows of its images, nearest to the centre first.
        medoid: the row with the least summed distance to the others.
        nearest: at most five rows nearest to the centre, best first.
        scores: cosine of each of `nearest` to the centre.
        cohesion: mean cosine of the members to the centre.
    """

    number: int
    name: str
    members: tuple[int, ...]
    medoid: int
    nearest: tuple[int, ...]
    scores: tuple[float, ...]
    cohesion: float


@dataclass(frozen=True)
class Clustering:
    """Every image's cluster in one view.

    Attributes:
        method: how it was made, in words ("k-means over 64 principal components").
        labels: (n,) int32, the cluster's number - 1, or -1 for none.
        clusters: in the order of their numbers, likes beside likes.
        choice: how k was chosen: {"rule": ..., "k": [...], "silhouette": [...], ...}.
    """

    method: str
    labels: NDArray[np.int32]
    clusters: tuple[Cluster, ...]
    choice: Mapping[str, object]
