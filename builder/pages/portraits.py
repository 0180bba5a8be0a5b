"""What the page of a cluster says of it: its numbers, sources, dates and nearest clusters."""

from __future__ import annotations

from builder.clusters.types import MEANINGS, Cluster
from builder.pages import links
from builder.pages.clusterings import Shown, cluster_text
from builder.pages.facets import SOURCE, Facet
from builder.pages.frame import Context, Frame
from builder.pages.relatives import score_text
from builder.pages.years import span_text

_LEAST = 0.005  # a smaller share is not worth a bar


def measures(cluster: Cluster) -> list[Context]:
    """The numbers of a cluster that were measured, each with what it means."""
    found = {
        "cohesion": cluster.cohesion if len(cluster.members) > 1 else None,
        "separation": cluster.separation,
        "stability": cluster.stability,
    }
    return [
        {"label": name.capitalize(), "value": score_text(value), "text": MEANINGS[name]}
        for name, value in found.items()
        if value is not None
    ]


def changed(cluster: Cluster) -> str:
    """The share of images that came or went since clusters.csv was written, "" for none."""
    return percent(cluster.changed) if cluster.changed > 0 else ""


def percent(share: float) -> str:
    """A share as readers see it."""
    text = "less than 1" if 0 < share < 0.01 else f"{100 * share:.0f}"
    return f"{text}\N{NO-BREAK SPACE}%"


def sources(frame: Frame, cluster: Cluster, root: str) -> list[Context]:
    """The sources that most of the members come from, with the lists of their images."""
    facet = next((facet for facet in frame.facets if facet.key == SOURCE), None)
    return [
        {
            "text": text,
            "share": percent(share),
            "bar": bar(share),
            "href": _listed(facet, text, root),
        }
        for text, share in cluster.sources
        if share >= _LEAST
    ]


def dates(cluster: Cluster) -> list[Context]:
    """When the members were made."""
    return [
        {"text": span_text(first, last), "share": percent(share), "bar": bar(share), "href": ""}
        for first, last, share in cluster.dates
        if share >= _LEAST
    ]


def bar(share: float) -> str:
    """The length of a bar, of 100."""
    return f"{100 * min(max(share, 0.0), 1.0):.1f}"


def _listed(facet: Facet | None, value: str, root: str) -> str:
    if facet is None or value not in facet.values:
        return ""
    return root + links.list_page(facet.key, facet.addresses[facet.values.index(value)])


def kin(frame: Frame, one: Shown, cluster: Cluster) -> list[Context]:
    """The nearest clusters with the distance of the centres; those beside it if none is known."""
    found = one.clustering.clusters
    near = list(zip(cluster.kin, cluster.kin_distances, strict=True))
    if near:
        return [
            group(frame, found[number - 1], f"../{number}/index.html", f"{distance:.2f}")
            for number, distance in near
        ]
    beside = [at for at in (cluster.number - 2, cluster.number) if 0 <= at < len(found)]
    return [group(frame, found[at], f"../{at + 1}/index.html") for at in beside]


def group(frame: Frame, cluster: Cluster, href: str, count: str = "") -> Context:
    """A cluster as an entry of a list; beside its name stands how many images it has."""
    size = len(cluster.members)
    return {
        "text": cluster_text(cluster),
        "href": href,
        "count": count or f"{size:,}",
        "cards": [frame.cards[row] for row in cluster.nearest],
    }
