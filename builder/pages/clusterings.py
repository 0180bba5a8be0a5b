"""The clusterings of a view as the site names them: one address each, and a name for readers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.clusters.types import Cluster, Clustering
from builder.pages.text import words
from builder.pages.types import ViewResult

NOWHERE = "none"
"""Address of the images that are in no cluster."""


@dataclass(frozen=True)
class Shown:
    """One clustering of a view.

    Attributes:
        at: its place among the clusterings of the view.
        key: its name in addresses: the view's for the main one, "<view>-<name>" for others.
        label: its name for readers.
    """

    view: ViewResult
    clustering: Clustering
    at: int
    key: str
    label: str

    def with_mean(self, number: int) -> bool:
        """Whether a cluster has a mean image."""
        return self.view.has_mean(self.at, number)


def shown(view: ViewResult) -> tuple[Shown, ...]:
    """The clusterings of a view that have clusters, the main one first."""
    found = [
        Shown(view, one, at, view.key(at), label_of(one)) for at, one in enumerate(view.clusterings)
    ]
    return tuple(one for one in found if one.clustering.clusters)


def label_of(clustering: Clustering) -> str:
    """The name of a clustering, or else the first words of its method."""
    if clustering.name:
        return words(clustering.name)
    return words(re.split(r" over | of | \(|,", clustering.method)[0]) or "Clusters"


def cluster_text(cluster: Cluster) -> str:
    """A cluster's number, with its name if it has one."""
    return f"Cluster {cluster.number}" + (f": {cluster.name}" if cluster.name else "")
