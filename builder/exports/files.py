"""Everything under exports/, as the pipeline writes it."""

from __future__ import annotations

from collections.abc import Iterator

from builder.errors import SettingsError
from builder.exports.collations import collation_files
from builder.exports.graphs import gexf, graphml
from builder.exports.parquets import items_parquet
from builder.exports.tables import (
    edge_counts_csv,
    edges_csv,
    neighbours_csv,
    nodes_csv,
)
from builder.pages.edges import options_of
from builder.pages.types import SiteInput, ViewResult


def files(site: SiteInput) -> Iterator[tuple[str, bytes]]:
    """The tables and graphs of exports/ as (path from the site's root, bytes), in a fixed order.

    The first view's neighbours have a plain name, and so has the graph of the view that the
    settings name; those of further views end in theirs.

    Raises:
        SettingsError: the settings name a view that is not there.
    """
    yield "exports/nodes.csv", _encoded(nodes_csv(site))
    yield "exports/edges.csv", _encoded(edges_csv(site))
    yield "exports/edges-by-threshold.csv", _encoded(edge_counts_csv(site))
    plain = graph_view(site)
    for at, view in enumerate(site.views):
        suffix = f"-{view.name}" if at else ""
        yield f"exports/neighbours{suffix}.csv", _encoded(neighbours_csv(site, view))
        suffix = "" if view is plain else f"-{view.name}"
        yield f"exports/graph{suffix}.gexf", gexf(site, view)
        yield f"exports/graph{suffix}.graphml", graphml(site, view)
    yield from collation_files(site)
    yield "exports/items.parquet", items_parquet(site)


def graph_view(site: SiteInput) -> ViewResult:
    """The view whose graph has a plain name.

    Raises:
        SettingsError: there is no such view.
    """
    wanted = options_of(site).view
    for view in site.views:
        if wanted in ("", view.name):
            return view
    known = ", ".join(view.name for view in site.views)
    raise SettingsError(f'exports.view names "{wanted}"', "catalogue.toml", f"views are: {known}")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
