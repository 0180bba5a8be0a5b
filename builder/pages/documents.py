"""The JSON documents of layouts, clusters, numbers and kinds, and the list of all documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from builder.clusters.types import Cluster, Clustering
from builder.layouts.types import MEANINGS, Layout
from builder.measures.types import MEANINGS as KINDS
from builder.measures.types import Measures
from builder.pages.alignments import alignments
from builder.pages.data import FORMAT, Json, catalogue, layout_label, search
from builder.pages.facets import Facet
from builder.pages.overlays import alignment_parts
from builder.pages.removed import removed
from builder.pages.text import number, numbers, plain
from builder.pages.types import SiteInput, ViewResult


def documents(site: SiteInput, facets: Sequence[Facet]) -> Iterator[tuple[str, Json]]:
    """Every document that is the same for http and for file://, by its key, in a fixed order.

    The key is its path below api/ without .json, and below data/ without .js.
    """
    ids = [image.id for image in site.corpus.images]
    yield "catalogue", catalogue(site, facets)
    yield "search", search(site.corpus.images)
    yield "removed", removed(site)
    yield "layouts", layouts(site)
    if site.measures is not None:
        yield "measures", measures(ids, site.measures)
    if site.verdicts:
        yield "kinds", kinds(ids, site)
    for view in site.views:
        for one in view.layouts:
            yield f"layouts/{view.name}-{one.name}", layout(ids, view.name, one)
        for at in range(len(view.clusterings)):
            yield f"clusters/{view.key(at)}", clusters(ids, view, at)
        if view.aligned is not None:
            yield from alignment_parts(len(ids), alignments(ids, view.name, view.aligned))


def layouts(site: SiteInput) -> Json:
    """Every layout of every view, with how far it can be believed."""
    return {
        "format": FORMAT,
        "views": [
            {
                "view": view.name,
                "layouts": [
                    {
                        "layout": one.name,
                        "label": layout_label(one),
                        "note": one.note,
                        "kind": one.kind,
                        "quality": plain(one.quality),
                    }
                    for one in view.layouts
                ],
            }
            for view in site.views
        ],
        "meanings": dict(MEANINGS),
    }


def layout(ids: Sequence[str], view: str, found: Layout) -> Json:
    """The positions of one layout of one view."""
    xy = numbers(found.xy.T)
    document: Json = {
        "format": FORMAT,
        "view": view,
        "layout": found.name,
        "label": layout_label(found),
        "note": found.note,
        "kind": found.kind,
        "ids": list(ids),
        "x": xy[0],
        "y": xy[1],
        "size": number(found.size),
        "quality": plain(found.quality),
        "marks": [plain(asdict(mark)) for mark in found.marks],
        "lines": [numbers(line) for line in found.lines],
        "faithful": numbers(found.faithful),
    }
    if found.kind == "grid":
        document |= {
            "columns": found.columns,
            "rows": found.rows,
            "cell": found.cell.tolist(),
        }
    return document


def clusters(ids: Sequence[str], view: ViewResult, at: int = 0) -> Json:
    """A clustering of one view; a cluster's label is its number, from 1, and -1 is none.

    Args:
        ids: of all images.
        view: whose clustering it is.
        at: which of the view's clusterings; the main one is 0.
    """
    clustering = view.clusterings[at]
    return {
        "format": FORMAT,
        "view": view.name,
        "name": clustering.name,
        "method": clustering.method,
        "k": len(clustering.clusters),
        "ids": list(ids),
        "label": [label + 1 if label >= 0 else -1 for label in clustering.labels.tolist()],
        "clusters": [_cluster(ids, view, at, cluster) for cluster in clustering.clusters],
        "order": [cluster.number for cluster in clustering.clusters],
        "ordering": clustering.order,
        "choice": plain(clustering.choice),
        "distances": f"exports/distances-{view.key(at)}.csv" if _measured(clustering) else None,
    }


def _measured(clustering: Clustering) -> bool:
    return bool(clustering.distances.size)


def _cluster(ids: Sequence[str], view: ViewResult, at: int, cluster: Cluster) -> Json:
    folder = f"clusters/{view.key(at)}/{cluster.number}"
    mean = view.has_mean(at, cluster.number)
    return {
        "number": cluster.number,
        "name": cluster.name,
        "proposed": cluster.proposed,
        "size": len(cluster.members),
        "medoid": ids[cluster.medoid],
        "nearest": [ids[row] for row in cluster.nearest],
        "scores": [number(score) for score in cluster.scores],
        "apart": [ids[row] for row in cluster.apart],
        "cohesion": number(cluster.cohesion),
        "separation": _known(cluster.separation),
        "stability": _known(cluster.stability),
        "kin": list(cluster.kin),
        "kin_distances": [number(distance) for distance in cluster.kin_distances],
        "sources": [{"source": name, "share": number(share)} for name, share in cluster.sources],
        "dates": [
            {"first": first, "last": last, "share": number(share)}
            for first, last, share in cluster.dates
        ],
        "changed": number(cluster.changed),
        "mean": f"{folder}/mean.webp" if mean else None,
        "deviation": f"{folder}/deviation.webp" if mean else None,
    }


def _known(value: float | None) -> float | None:
    return None if value is None else number(value)


def measures(ids: Sequence[str], found: Measures) -> Json:
    """The numbers on all images; null where a number is not known."""
    return {
        "format": FORMAT,
        "ids": list(ids),
        "columns": [
            {
                "name": column.name,
                "label": column.label,
                "unit": column.unit,
                "meaning": column.meaning,
                "values": [number(value) for value in column.values.tolist()],
            }
            for column in found.columns
        ],
    }


def kinds(ids: Sequence[str], site: SiteInput) -> Json:
    """What every image is taken for, and why; `other` is the row that a duplicate repeats."""
    found = site.verdicts
    return {
        "format": FORMAT,
        "ids": list(ids),
        "kinds": dict(KINDS),
        "kind": [verdict.kind for verdict in found],
        "score": [number(verdict.score) for verdict in found],
        "reason": [verdict.reason for verdict in found],
        "by": [verdict.by for verdict in found],
        "other": [verdict.other for verdict in found],
        "left_out": [int(out) for out in site.left_out],
    }
