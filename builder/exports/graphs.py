"""The relatives as a GEXF graph for Gephi, and the table of images as Parquet."""

from __future__ import annotations

import io
import re
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq

from builder.exports.tables import pairs
from builder.pages.types import SiteInput, ViewResult

# What XML 1.0 cannot hold, even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# networkx stamps the day and its own version on the file; two builds must be equal.
_STAMP = re.compile(rb"\s*<meta\b.*?</meta>", re.DOTALL)


def gexf(site: SiteInput, view: ViewResult) -> bytes:
    """The undirected graph of a view: a node an image, an edge a pair of relatives.

    No attribute is called "type": Gephi would take it for the kind of the edge.
    """
    base = site.settings.catalogue.site_url or "../"
    graph = nx.Graph()
    for row, image in enumerate(site.corpus.images):
        facts: dict[str, Any] = {
            "label": image.title,
            "title": image.title,
            "origin": image.source,
            "date": image.date.text if image.date else "",
            "cluster": int(view.clustering.labels[row]) + 1,
            "page": f"{base}items/{image.id}/index.html",
            "thumb": f"{base}thumbs/{image.id}.webp",
        }
        graph.add_node(image.id, **{key: _xml(value) for key, value in facts.items()})
    ids = [image.id for image in site.corpus.images]
    for (a, b), edge in pairs(view).items():
        share = {} if edge.percentile is None else {"percentile": round(edge.percentile, 4)}
        weight = round(edge.score, 4)
        graph.add_edge(ids[a], ids[b], weight=weight, mutual=edge.mutual, **share)
    out = io.BytesIO()
    nx.write_gexf(graph, out, prettyprint=False)
    return _STAMP.sub(b"", out.getvalue(), count=1)


def _xml(value: object) -> object:
    return _NO_XML.sub("\ufffd", value) if isinstance(value, str) else value


def parquet(columns: dict[str, list[Any]]) -> bytes:
    """A table as a Parquet file; the same table gives the same bytes."""
    out = io.BytesIO()
    pq.write_table(pa.table({name: _column(values) for name, values in columns.items()}), out)
    return out.getvalue()


def _column(values: list[Any]) -> pa.Array:
    """Text that UTF-8 cannot hold (from an odd file name) gets question marks."""
    return pa.array(
        [
            value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
            for value in values
        ]
    )
