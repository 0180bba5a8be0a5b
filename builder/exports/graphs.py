"""The relatives as a graph, in GEXF and GraphML, for Gephi, Gephi Lite, Cytoscape and networkx."""

from __future__ import annotations

import io
import re
from typing import Any

import networkx as nx

from builder.exports.colours import colour, rgb
from builder.exports.tables import rights_of
from builder.pages.edges import options_of, pairs, shown
from builder.pages.types import SiteInput, ViewResult

# What XML 1.0 cannot hold, even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# networkx stamps the day and its own version on the file; two builds must be equal.
_STAMP = re.compile(rb"\s*<meta\b.*?</meta>", re.DOTALL)

_SPAN = 1000.0  # longer side of the map in the units of graph programs
_SIZE = 0.5  # of a node, in sides of a picture: gaps let edges be seen


def gexf(site: SiteInput, view: ViewResult) -> bytes:
    """The undirected graph of a view as GEXF 1.2: a node an image, an edge a pair of relatives.

    Position, size and colour (by cluster) stand as viz. No attribute is called "type": Gephi would
    take it for the kind of the edge.
    """
    graph = relatives(site, view)
    for node, look in _looks(site, view).items():
        x, y, size, tint = look
        red, green, blue = rgb(tint)
        graph.nodes[node]["viz"] = {
            "position": {"x": x, "y": y, "z": 0.0},
            "size": size,
            "color": {"r": red, "g": green, "b": blue},
        }
    out = io.BytesIO()
    nx.write_gexf(graph, out, prettyprint=False)
    return _STAMP.sub(b"", out.getvalue(), count=1)


def graphml(site: SiteInput, view: ViewResult) -> bytes:
    """The same graph as GraphML; x, y, size, r, g and b are the names that Gephi looks for."""
    graph = relatives(site, view)
    for node, (x, y, size, tint) in _looks(site, view).items():
        red, green, blue = rgb(tint)
        graph.nodes[node].update(x=x, y=y, size=size, r=red, g=green, b=blue)
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out, prettyprint=False)
    return out.getvalue()


def relatives(site: SiteInput, view: ViewResult) -> nx.Graph:
    """The graph of a view: which pairs are joined is set in the table exports of the settings.

    The weight of an edge is the view's number of likeness, always above zero.
    """
    base = site.settings.catalogue.site_url or "../"
    names = {cluster.number: cluster.name for cluster in view.clustering.clusters}
    graph = nx.Graph()
    for row, image in enumerate(site.corpus.images):
        number = int(view.clustering.labels[row]) + 1
        facts: dict[str, Any] = {
            "label": image.title,
            "title": image.title,
            "source": image.source,
            "date": image.date.text if image.date else "",
            "cluster": number,
            "cluster_name": names.get(number, ""),
            "page": f"{base}items/{image.id}/index.html",
            "thumb": f"{base}thumbs/{image.id}.webp" if image.access != "withheld" else "",
            **rights_of(site, image),
        }
        if image.date:
            facts |= {"year_first": image.date.first, "year_last": image.date.last}
        graph.add_node(image.id, **{key: _xml(value) for key, value in facts.items()})
    ids = [image.id for image in site.corpus.images]
    edges, _ = shown(pairs(view), len(ids), options_of(site))
    for (a, b), edge in edges.items():
        share = {} if edge.percentile is None else {"percentile": round(edge.percentile, 4)}
        weight = max(round(edge.score, 4), 0.0001)  # rounding must not make it nothing
        graph.add_edge(ids[a], ids[b], weight=weight, mutual=edge.mutual, **share)
    return graph


def _looks(site: SiteInput, view: ViewResult) -> dict[str, tuple[float, float, float, str]]:
    """For each image x, y (upwards, as graph programs have it), size and colour of its node."""
    layout = view.layouts[0]
    size = round(max(layout.size * _SPAN * _SIZE, 0.01), 3)
    return {
        image.id: (
            round(float(layout.xy[row, 0]) * _SPAN, 3),
            round(-float(layout.xy[row, 1]) * _SPAN, 3),
            size,
            colour(int(view.clustering.labels[row]) + 1),
        )
        for row, image in enumerate(site.corpus.images)
    }


def _xml(value: object) -> object:
    return _NO_XML.sub("\ufffd", value) if isinstance(value, str) else value
