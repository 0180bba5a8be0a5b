"""Tables for other programs: nodes and edges for Gephi, neighbours for notebooks, Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from builder.clusters.types import NEAREST, WHOLE, Clustering
from builder.corpus.types import FORMULA, Image, one_ending
from builder.pages.edges import Edge, options_of, pairs, shown, thresholds
from builder.pages.references import Columns
from builder.pages.rights import credit_of
from builder.pages.types import SiteInput, ViewResult

_NUMBER = re.compile(r"-\d+(\.\d+)?")


ADDRESSES = ("page", "thumb")
RIGHTS = ("rights_status", "credit", "rights")
"""Columns that go wherever the picture goes."""


def rights_of(site: SiteInput, image: Image) -> dict[str, str]:
    """What may be shown of a picture, its credit line, and the rights in it."""
    column = Columns(image.fields).get(site.settings.cite.rights)
    licence = column or site.settings.catalogue.licence
    values = (image.access, credit_of(image, site.settings), licence)
    return dict(zip(RIGHTS, values, strict=True))


def nodes_csv(site: SiteInput) -> str:
    """One line an image: id, title, source, date, years, clusters, numbers, rights, addresses.

    There is a column for each clustering, each measure, and what the image is taken for, where
    that was asked. Page and thumbnail are absolute where the site has an address, else relative to
    exports/; an image whose picture may not be shown has no thumbnail.
    """
    base = site.settings.catalogue.site_url or "../"
    header = ["id", "label", "title", "source", "date", "year_first", "year_last"]
    further = {**cluster_columns(site), **kind_columns(site), **measure_columns(site)}
    further = {_free(name, {*header, *ADDRESSES, *RIGHTS}): further[name] for name in further}
    return csv_text(
        [*header, *further, *RIGHTS, *ADDRESSES],
        (
            [
                image.id,
                image.title,
                image.title,
                image.source,
                image.date.text if image.date else "",
                image.date.first if image.date else "",
                image.date.last if image.date else "",
                *("" if values[row] is None else values[row] for values in further.values()),
                *rights_of(site, image).values(),
                f"{base}items/{image.id}/index.html",
                f"{base}thumbs/{image.id}.webp" if image.access != "withheld" else "",
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
    return csv_text(
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
    return csv_text(
        ["img_path", "query_img", "score"],
        (
            [_path(images[near]), _path(image), f"{score:.6f}"]
            for row, image in enumerate(images)
            for near, score in zip(rows[row], scores[row], strict=True)
            if near >= 0
        ),
    )


def _share(edge: Edge) -> str:
    return "" if edge.percentile is None else f"{edge.percentile:.4f}"


def edge_counts_csv(site: SiteInput) -> str:
    """One line a view and threshold: what would be left of its graph; "yes" where it is cut."""
    images, options = len(site.corpus.images), options_of(site)
    header = ["view", "min_score", "edges", "mutual_edges", "images", "largest_group", "chosen"]
    lines: list[list[Any]] = []
    for view in site.views:
        found = pairs(view)
        _, least = shown(found, images, options)
        lines += [
            [
                view.name,
                f"{one.score:.4f}",
                one.edges,
                one.mutual,
                one.images,
                one.largest,
                "yes" if one.chosen else "",
            ]
            for one in thresholds(found, images, least)
        ]
    return csv_text(header, lines)


def items_table(site: SiteInput, reserved: Iterable[str] = ()) -> dict[str, list[Any]]:
    """Columns of the table of all images: what is known, positions, clusters, kinds, measures.

    Args:
        site: everything.
        reserved: names of columns that will be added.
    """
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
    rights = [rights_of(site, image) for image in images]
    columns |= {name: [one[name] for one in rights] for name in RIGHTS}
    for view in site.views:
        for layout in view.layouts:
            for axis, name in enumerate("xy"):
                key = f"{view.name}_{layout.name}_{name}"
                columns[key] = layout.xy[:, axis].astype(np.float64).tolist()
    for found in (cluster_columns(site), kind_columns(site), measure_columns(site)):
        columns |= {_free(name, set(columns)): values for name, values in found.items()}
    settings = site.settings.cite
    told = {settings.credit.casefold(), settings.rights.casefold()}
    return columns | _fields(images, {*columns, *reserved}, told)


def cluster_columns(site: SiteInput) -> dict[str, list[Any]]:
    """For each clustering of each view "cluster_<key>" -> (n,) numbers, None for no cluster."""
    return {
        f"cluster_{view.key(at)}": [int(label) + 1 if label >= 0 else None for label in one.labels]
        for view in site.views
        for at, one in enumerate(view.clusterings)
    }


def measure_columns(site: SiteInput) -> dict[str, list[Any]]:
    """Each measure by its name -> (n,) numbers, None where an image has none."""
    if site.measures is None:
        return {}
    return {
        column.name: [float(value) if np.isfinite(value) else None for value in column.values]
        for column in site.measures.columns
    }


def kind_columns(site: SiteInput) -> dict[str, list[Any]]:
    """What each image is taken for, how surely, and why; {} where that was not asked."""
    if not site.verdicts:
        return {}
    return {
        "kind": [verdict.kind for verdict in site.verdicts],
        "kind_score": [round(float(verdict.score), 4) for verdict in site.verdicts],
        "kind_reason": [verdict.reason for verdict in site.verdicts],
        "kind_by": [verdict.by for verdict in site.verdicts],
    }


def _fields(images: Iterable[Image], taken: set[str], told: set[str]) -> dict[str, list[Any]]:
    """Further metadata but what is `told`; a label that is taken already gets an underscore."""
    images = tuple(images)
    labels = dict.fromkeys(
        label for image in images for label in image.fields if label.casefold() not in told
    )
    found: dict[str, list[Any]] = {}
    for label in labels:
        name = _free(label, {*taken, *found})
        found[name] = [image.fields.get(label) for image in images]
    return found


def _free(name: str, taken: set[str]) -> str:
    """The name, with as many underscores as set it apart; DuckDB tells no case apart."""
    lowered = {one.lower() for one in taken}
    while name.lower() in lowered:
        name += "_"
    return name


def _path(image: Image) -> str:
    """The image's path; one that a spreadsheet would take for a formula, so that it still opens."""
    return f"./{image.path}" if image.path.startswith(FORMULA) else image.path


def distances_csv(clustering: Clustering) -> str:
    """Distances between the centres of clusters: a table with a line and a column for each.

    Above `WHOLE` clusters that would be millions of cells: there a line is a cluster and one of the
    `NEAREST` nearest to it, by distance.
    """
    if len(clustering.clusters) > WHOLE:
        return _nearest_csv(clustering)
    lines = zip(clustering.clusters, clustering.distances.tolist(), strict=True)
    return csv_text(
        ["number", "name", *(str(one.number) for one in clustering.clusters)],
        ([one.number, one.name, *(f"{value:.4f}" for value in line)] for one, line in lines),
    )


def _nearest_csv(clustering: Clustering) -> str:
    found = clustering.clusters
    apart = clustering.distances.astype(np.float64)
    np.fill_diagonal(apart, np.inf)
    order = np.argsort(apart, axis=1, kind="stable")[:, : min(NEAREST, len(found) - 1)]
    return csv_text(
        ["number", "name", "nearest", "nearest_name", "distance"],
        (
            [one.number, one.name, found[at].number, found[at].name, f"{apart[row, at]:.4f}"]
            for row, one in enumerate(found)
            for at in order[row].tolist()
        ),
    )


def csv_text(header: list[str], lines: Iterable[list[Any]]) -> str:
    """CSV as RFC 4180 has it, but with plain line ends; formulas are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(cell) for cell in header])
    writer.writerows([_cell(cell) for cell in line] for line in lines)
    return out.getvalue()


def _cell(cell: object) -> object:
    cell = one_ending(cell) if isinstance(cell, str) else cell
    if isinstance(cell, str) and cell.startswith(FORMULA) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell
