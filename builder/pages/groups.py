"""Pages of clusters: one for each, and one of all in a view."""

from __future__ import annotations

from collections.abc import Iterator

from builder.clusters.types import Cluster
from builder.pages import links
from builder.pages.cards import Kin
from builder.pages.frame import Context, File, Frame
from builder.pages.relatives import score_text
from builder.pages.types import ViewResult


def cluster_pages(frame: Frame) -> Iterator[File]:
    """All pages of clusters of all views."""
    for view in frame.site.views:
        if view.clustering.clusters:
            yield _overview(frame, view)
        for at in range(len(view.clustering.clusters)):
            yield _cluster(frame, view, at)


def _overview(frame: Frame, view: ViewResult) -> File:
    found = view.clustering.clusters
    several = len(frame.site.views) > 1
    return frame.page(
        "facet.html",
        links.cluster_page(view.name),
        section="list",
        heading=f"Clusters by {view.label.lower()}" if several else "Clusters",
        lede=f"Groups of images that look alike, in an order in which likes stand beside likes. "
        f"{len(found)} by {view.clustering.method}.",
        current=f"clusters/{view.name}",
        groups=[_group(frame, cluster, f"{cluster.number}/index.html") for cluster in found],
    )


def _cluster(frame: Frame, view: ViewResult, at: int) -> File:
    found = view.clustering.clusters
    cluster = found[at]
    beside = {step: found[at + step] for step in (-1, 1) if 0 <= at + step < len(found)}
    siblings = [_group(frame, one, f"../{one.number}/index.html") for one in beside.values()]
    miniature = frame.miniatures.get(view.name)
    pairs = zip(cluster.nearest, cluster.scores, strict=True)
    return frame.page(
        "cluster.html",
        links.cluster_page(view.name, cluster.number),
        section="list",
        view=view,
        cluster={
            "number": cluster.number,
            "name": cluster.name,
            "size": len(cluster.members),
            "cohesion": f"{cluster.cohesion:.2f}",
        },
        clusters=len(found),
        nearest=[Kin(frame.cards[row], score_text(score)) for row, score in pairs],
        medoid=frame.cards[cluster.medoid],
        members=[frame.cards[row] for row in cluster.members],
        map=frame.miniature(view),
        places=miniature.places[list(cluster.members)].tolist() if miniature else [],
        radius=max(8, miniature.dot * 2 // 3) if miniature else 0,
        previous=_turn(beside.get(-1)),
        next=_turn(beside.get(1)),
        siblings=siblings,
    )


def _turn(cluster: Cluster | None) -> Context | None:
    if cluster is None:
        return None
    return {"href": f"../{cluster.number}/index.html", "title": cluster_text(cluster)}


def _group(frame: Frame, cluster: Cluster, href: str) -> Context:
    return {
        "text": cluster_text(cluster),
        "href": href,
        "count": len(cluster.members),
        "cards": [frame.cards[row] for row in cluster.nearest],
    }


def cluster_text(cluster: Cluster) -> str:
    """A cluster's number, with its name if it has one."""
    return f"Cluster {cluster.number}" + (f": {cluster.name}" if cluster.name else "")
