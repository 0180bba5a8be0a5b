"""What the about page offers to other programs."""

from __future__ import annotations

from collections.abc import Iterator

from builder.clusters.types import NEAREST, WHOLE
from builder.pages.edges import options_of
from builder.pages.types import SiteInput


def export_files(site: SiteInput) -> list[tuple[str, str]]:
    """(path, what it is) of the files that programs read, the most wanted first."""
    return [
        ("exports/nodes.csv", "one line an image: title, source, date, clusters, measures"),
        ("exports/edges.csv", "one line a pair of relatives, as Gephi reads it"),
        *_of_views(site),
        ("exports/edges-by-threshold.csv", "how many edges a graph has at which least score"),
        *_distances(site),
        *_suspects(site),
        *_collated(site),
        ("exports/items.parquet", "all fields, positions, clusters, measures and neighbours"),
        ("api/catalogue.json", "the catalogue as the map reads it"),
        ("version.json", "version, models and their checksums"),
    ]


def _of_views(site: SiteInput) -> Iterator[tuple[str, str]]:
    first = site.views[0]
    for view in site.views:
        suffix = "" if view is first else f"-{view.name}"
        text = f"one line an image and neighbour by {view.label.lower()}, with the score"
        yield f"exports/neighbours{suffix}.csv", text
    plain = options_of(site).view or first.name
    for view in site.views:
        suffix = "" if view.name == plain else f"-{view.name}"
        text = f"images and relatives by {view.label.lower()} as one graph"
        yield f"exports/graph{suffix}.gexf", text
        yield f"exports/graph{suffix}.graphml", "the same graph as GraphML"


def _distances(site: SiteInput) -> Iterator[tuple[str, str]]:
    for view in site.views:
        for at, one in enumerate(view.clusterings):
            if one.distances.size:
                name = f" ({one.name})" if one.name else ""
                text = f"how far clusters by {view.label.lower()}{name} lie from each other"
                if len(one.clusters) > WHOLE:
                    text += f" (the nearest {NEAREST} of each)"
                yield f"exports/distances-{view.key(at)}.csv", text


def _suspects(site: SiteInput) -> Iterator[tuple[str, str]]:
    if site.verdicts:
        yield "exports/suspects.csv", "images that may be none of what the catalogue collects"


def _collated(site: SiteInput) -> Iterator[tuple[str, str]]:
    if site.collated is None:
        return
    yield "exports/collations.csv", "which images of two sources answer each other, in page order"
    if site.collated.joins:
        yield "exports/likeness-tree.nwk", "the likeness tree of sources, in Newick’s notation"
        yield "exports/likeness-tree.svg", "the same tree as a drawing"
