"""Everything under exports/, as the pipeline writes it."""

from __future__ import annotations

from collections.abc import Iterator

from builder.exports.graphs import gexf, parquet
from builder.exports.tables import edges_csv, items_table, neighbours_csv, nodes_csv
from builder.pages.types import SiteInput


def files(site: SiteInput) -> Iterator[tuple[str, bytes]]:
    """All files of exports/ as (path from the site's root, bytes), in a fixed order.

    The first view's neighbours and graph have plain names, those of further views end in theirs.
    """
    yield "exports/nodes.csv", nodes_csv(site).encode("utf-8", "replace")
    yield "exports/edges.csv", edges_csv(site).encode("utf-8", "replace")
    for at, view in enumerate(site.views):
        suffix = f"-{view.name}" if at else ""
        text = neighbours_csv(site, view)
        yield f"exports/neighbours{suffix}.csv", text.encode("utf-8", "replace")
        yield f"exports/graph{suffix}.gexf", gexf(site, view)
    yield "exports/items.parquet", parquet(items_table(site))
