"""Tables for other programs: nodes and edges for Gephi, neighbours for notebooks, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from builder.corpus.types import Image
from builder.pages.types import SiteInput, ViewResult

Pair = tuple[int, int]

# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def nodes_csv(site: SiteInput) -> str:
    """One line an image: id, title, source, date, years, cluster per view, page and thumbnail.

    Page and thumbnail are absolute where the site has an address, else relative to exports/.
    """
    base = site.settings.catalogue.site_url or "../"
    clusters = [f"cluster_{view.name}" for view in site.views]
    header = ["id", "label", "title", "source", "date", "year_first", "year_last"]
    return _csv(
        [*header, *clusters, "page", "thumb"],
        (
            [
                image.id,
                image.title,
                image.title,
                image.source,
                image.date.text if image.date else "",
                image.date.first if image.date else "",
                image.date.last if image.date else "",
                *(_cluster(view, row) for view in site.views),
                f"{base}items/{image.id}/index.html",
                f"{base}thumbs/{image.id}.webp",
            ]
            for row, image in enumerate(site.corpus.images)
        ),
    )


def edges_csv(site: SiteInput) -> str:
    """One line a pair of relatives and view, with headers that Gephi knows.

    A pair stands once, whichever of the two has the other in its list; its weight is the view's
    number of likeness, and it is mutual if each has the other. Where it was measured, a last
    column says which share of random pairs is less alike.
    """
    images = site.corpus.images
    measured = any(view.neighbours.all.percentile is not None for view in site.views)
    return _csv(
        ["Source", "Target", "Weight", "Mutual", "View", "Type"] + ["Percentile"] * measured,
        (
            [
                images[a].id,
                images[b].id,
                f"{edge.score:.4f}",
                "true" if edge.mutual else "false",
                view.name,
                "Undirected",
                *([_share(edge)] * measured),
            ]
            for view in site.views
            for (a, b), edge in pairs(view).items()
        ),
    )


def neighbours_csv(site: SiteInput, view: ViewResult) -> str:
    """One line a query and neighbour, best first: the paths of neighbour and query, the score."""
    images = site.corpus.images
    found = view.neighbours.all
    rows, scores = found.rows.tolist(), found.scores.tolist()
    return _csv(
        ["img_path", "query_img", "score"],
        (
            [images[near].path, image.path, f"{score:.6f}"]
            for row, image in enumerate(images)
            for near, score in zip(rows[row], scores[row], strict=True)
            if near >= 0
        ),
        guard=False,  # paths must stay what they are, so that a notebook can open them
    )


@dataclass(frozen=True)
class Edge:
    """What joins two relatives; `percentile` is None where it was not measured."""

    score: float
    mutual: bool
    percentile: float | None


def pairs(view: ViewResult) -> dict[Pair, Edge]:
    """The undirected relatives of a view: (smaller row, larger row) -> what joins them.

    Where the two directions differ, the larger score is taken, with its percentile.
    """
    found = view.neighbours.all
    edges: dict[Pair, Edge] = {}
    for row, col in np.argwhere(found.rows >= 0).tolist():
        near = int(found.rows[row, col])
        share = None if found.percentile is None else float(found.percentile[row, col])
        edge = Edge(float(found.scores[row, col]), bool(found.mutual[row, col]), share)
        pair = (min(row, near), max(row, near))
        before = edges.get(pair, edge)
        best = edge if edge.score > before.score else before
        edges[pair] = Edge(best.score, before.mutual or edge.mutual, best.percentile)
    return edges


def _share(edge: Edge) -> str:
    return "" if edge.percentile is None else f"{edge.percentile:.4f}"


def items_table(site: SiteInput) -> dict[str, list[Any]]:
    """Columns of the table of all images: what is known, clusters, and positions per layout."""
    images = site.corpus.images
    columns: dict[str, list[Any]] = {
        "id": [image.id for image in images],
        "title": [image.title for image in images],
        "source": [image.source for image in images],
        "date": [image.date.text if image.date else None for image in images],
        "year_first": [image.date.first if image.date else None for image in images],
        "year_last": [image.date.last if image.date else None for image in images],
        "width": [image.width for image in images],
        "height": [image.height for image in images],
        "path": [image.path for image in images],
        "sha256": [image.sha256 for image in images],
    }
    for view in site.views:
        columns[f"cluster_{view.name}"] = [
            _cluster(view, row) or None for row in range(len(images))
        ]
        for layout in view.layouts:
            for axis, name in enumerate("xy"):
                key = f"{view.name}_{layout.name}_{name}"
                columns[key] = layout.xy[:, axis].astype(np.float64).tolist()
    return columns | _fields(images, set(columns))


def _fields(images: Iterable[Image], taken: set[str]) -> dict[str, list[Any]]:
    """Further metadata; a label that is taken already gets an underscore."""
    images = tuple(images)
    labels = dict.fromkeys(label for image in images for label in image.fields)
    found: dict[str, list[Any]] = {}
    for label in labels:
        name = label
        while name in taken or name in found:
            name += "_"
        found[name] = [image.fields.get(label) for image in images]
    return found


def _cluster(view: ViewResult, row: int) -> int | str:
    label = int(view.clustering.labels[row])
    return label + 1 if label >= 0 else ""


def _csv(header: list[str], lines: Iterable[list[Any]], *, guard: bool = True) -> str:
    """CSV as RFC 4180 has it, but with plain line ends; formulas are defused if `guard`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) if guard else cell for cell in line] for line in lines)
    return out.getvalue()


def _cell(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell
