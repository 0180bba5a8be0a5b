"""The JSON documents of the site, as the contract in DESIGN.md and `schemas/` has them.

Every function gives plain dicts and lists whose numbers are rounded; `text.json_text` and
`text.script_text` write them out. Row r of every list is image r of the corpus.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from builder.atlas.types import PAGE
from builder.clusters.types import Clustering
from builder.corpus.types import Image, PairVerdict
from builder.layouts.types import Layout
from builder.pages.clusterings import label_of
from builder.pages.drafts import drawn
from builder.pages.facets import Facet
from builder.pages.models import model
from builder.pages.relatives import Relative, relatives
from builder.pages.rights import closed, credit_of, credits_of, hosted
from builder.pages.text import json_in_script, number, numbers, words
from builder.pages.types import SiteInput, ViewResult
from builder.similarity.types import NeighbourList

FORMAT = 1
"""Version of the site's contracts."""

ITEMS_A_PART = 64
"""Images in one script of data/items/."""

NEIGHBOURS_WHOLE = 20_000
"""Up to so many images the neighbours of a view are one file."""

NEIGHBOURS_A_PART = 10_000
"""Rows in one part of the neighbours of a large catalogue."""

Json = dict[str, Any]


def catalogue(site: SiteInput, facets: Sequence[Facet]) -> Json:
    """What the explorer must know of every image before it draws anything."""
    images = site.corpus.images
    about = site.settings.catalogue
    colours = site.atlas.colours.astype(int)
    return {
        "format": FORMAT,
        "title": about.title,
        "description": about.description,
        "language": about.language,
        "version": site.version,
        "credit": {
            "authors": list(about.authors),
            "licence": about.licence,
            "site_url": about.site_url,
        },
        "credits": credits_of(images, site.settings),
        "closed": closed(images, site.settings),
        "count": len(images),
        "ids": [image.id for image in images],
        "titles": [image.title for image in images],
        "sources": [image.source for image in images],
        "dates": [date_text(image) for image in images],
        "years": [[image.date.first, image.date.last] if image.date else None for image in images],
        "width": [image.width for image in images],
        "height": [image.height for image in images],
        "colour": (colours @ (65536, 256, 1)).tolist(),
        "facets": [
            {
                "key": facet.key,
                "label": facet.label,
                "values": list(facet.values),
                "index": list(facet.index),
            }
            for facet in facets
        ],
        "views": [_view(view) for view in site.views],
        "numbers": [
            {"name": one.name, "label": one.label, "unit": one.unit, "meaning": one.meaning}
            for one in (site.measures.columns if site.measures else ())
        ],
        "atlas": {
            "page": PAGE,
            "levels": [asdict(level) for level in site.atlas.levels],
            "slots": site.atlas.slots.tolist(),
        },
    }


def _view(view: ViewResult) -> Json:
    """What the explorer must know of a view: its layouts and clusterings."""
    return {
        "name": view.name,
        "label": view.label,
        "layouts": [layout.name for layout in view.layouts],
        "labels": [layout_label(layout) for layout in view.layouts],
        "clusters": len(view.clustering.clusters),
        "clusterings": [
            {
                "key": view.key(at),
                "name": one.name,
                "label": label_of(one),
                "method": one.method,
                "clusters": len(one.clusters),
            }
            for at, one in enumerate(view.clusterings)
        ],
        "number": view.number,
        "vectors": _vectors(view),
        "alignments": view.aligned is not None,
    }


def _vectors(view: ViewResult) -> Json | None:
    """What search by example will load; None where it cannot be had."""
    if view.vectors is None or not view.vectors.values.size:
        return None
    count, numbers_each = view.vectors.values.shape
    size = count * numbers_each + 4 * numbers_each + 24
    overlap = number(view.vectors.overlap)
    return {"numbers": numbers_each, "bytes": size, "overlap": overlap}


def search(images: Sequence[Image]) -> Json:
    """All that is known of each image in one text, but for its title."""
    return {"format": FORMAT, "text": [_search_text(image) for image in images]}


def _search_text(image: Image) -> str:
    parts = [image.source, date_text(image), *image.fields.values(), image.path]
    # A column that repeats the title, or another column, need not be searched twice.
    return "\n".join(part for part in dict.fromkeys(parts) if part and part != image.title)


def date_text(image: Image) -> str:
    """The date as it was written, "" if unknown."""
    return image.date.text if image.date else ""


def layout_label(found: Layout) -> str:
    """The name of a layout for readers."""
    return found.label or words(found.name.replace("-", " "))


def neighbours(ids: Sequence[str], view: ViewResult) -> Iterator[tuple[str, Json]]:
    """The neighbours of one view as (path below api/, document): one file, or an index and parts.

    An index has `parts` (paths below api/) in place of the lists; part p holds the rows from
    `first` on.
    """
    head: Json = {
        "format": FORMAT,
        "view": view.name,
        "model": model(view),
        "count": int(view.neighbours.all.rows.shape[1]) if len(ids) else 0,
        "ids": list(ids),
    }
    path = f"neighbours/{view.name}"
    if len(ids) <= NEIGHBOURS_WHOLE:
        yield f"{path}.json", head | _lists(view, 0, len(ids))
        return
    starts = range(0, len(ids), NEIGHBOURS_A_PART)
    parts = [f"{path}/{part}.json" for part in range(len(starts))]
    yield f"{path}.json", head | {"parts": parts, "part_rows": NEIGHBOURS_A_PART}
    for part, first in enumerate(starts):
        document = {"format": FORMAT, "view": view.name, "part": part, "first": first}
        yield parts[part], document | _lists(view, first, first + NEIGHBOURS_A_PART)


def _lists(view: ViewResult, first: int, end: int) -> Json:
    return {
        "all": _list(view.neighbours.all, first, end),
        "others": _list(view.neighbours.others, first, end),
    }


def _list(found: NeighbourList, first: int, end: int) -> Json:
    rows = found.rows[first:end].tolist()
    lengths = [sum(row >= 0 for row in line) for line in rows]

    def cut(lines: list[list[Any]]) -> list[list[Any]]:
        return [line[:length] for line, length in zip(lines, lengths, strict=True)]

    lists: Json = {
        "neighbours": cut(rows),
        "scores": cut(numbers(found.scores[first:end])),
        "mutual": cut(found.mutual[first:end].astype(int).tolist()),
        "orientation": cut(found.orientation[first:end].tolist()),
    }
    for name, values in (("percentile", found.percentile), ("chance", found.chance)):
        if values is not None:
            lists[name] = cut(numbers(values[first:end]))
    return lists


def judged(verdicts: Sequence[PairVerdict]) -> dict[str, list[Json]]:
    """What people said of each image, by id, beside others."""
    found: dict[str, list[Json]] = defaultdict(list)
    for one in verdicts:
        said = {"verdict": one.verdict, "who": one.who, "when": one.when, "note": one.note}
        found[one.image].append({"image": one.other, **said})
        found[one.other].append({"image": one.image, **said})
    return found


class Items:
    """Makes the verbose twin of each image."""

    def __init__(self, site: SiteInput) -> None:
        self._site = site
        self._images = site.corpus.images
        self._ids = [image.id for image in self._images]
        self._positions = {
            view.name: {found.name: numbers(found.xy) for found in view.layouts}
            for view in site.views
        }
        self.has_sources = has_sources(self._images)
        self._left_out = site.left_out
        self._judged = judged(site.beside.verdicts)

    def item(self, row: int) -> Json:
        """Everything that the catalogue knows of one image."""
        image = self._images[row]
        date = image.date
        return {
            "format": FORMAT,
            "id": image.id,
            "row": row,
            "title": image.title,
            "source": image.source,
            "date": asdict(date) if date else None,
            "fields": dict(image.fields),
            "width": image.width,
            "height": image.height,
            "access": image.access,
            "credit": credit_of(image, self._site.settings),
            "image": self._large(image),
            "thumb": f"thumbs/{image.id}.webp" if image.access != "withheld" else None,
            **drawn(self._site, row),
            "file": {"path": image.path, "sha256": image.sha256},
            "notes": list(image.notes),
            "kind": self._kind(row),
            "measures": self._measures(row),
            "verdicts": self._judged.get(image.id, []),
            "views": {view.name: self._view(view, row) for view in self._site.views},
            "previous": self._ids[row - 1] if row > 0 else None,
            "next": self._ids[row + 1] if row + 1 < len(self._ids) else None,
            "version": self._site.version,
        }

    def _large(self, image: Image) -> str | None:
        """The large picture: its path, its address where others show it, or None."""
        if image.access != "open":
            return None
        return hosted(image, self._site.settings) or f"images/{image.id}.webp"

    def _kind(self, row: int) -> Json | None:
        """What the image is taken for; None where that was not asked."""
        if not self._site.verdicts:
            return None
        verdict = self._site.verdicts[row]
        return {
            "kind": verdict.kind,
            "score": number(verdict.score),
            "reason": verdict.reason,
            "by": verdict.by,
            "other": self._ids[verdict.other] if verdict.other >= 0 else None,
            "left_out": self._left_out[row],
        }

    def _measures(self, row: int) -> Json:
        """The numbers on the image by name, null where one is not known."""
        found = self._site.measures
        columns = found.columns if found else ()
        return {column.name: number(float(column.values[row])) for column in columns}

    def _view(self, view: ViewResult, row: int) -> Json:
        main, *further = [self._cluster(one, row) for one in view.clusterings]
        others = self._neighbours(view.neighbours.others, row) if self.has_sources else []
        return {
            "cluster": main["cluster"],
            "cluster_name": main["name"],
            "clusterings": {
                one.name: found for one, found in zip(view.further, further, strict=True)
            },
            "positions": {name: xy[row] for name, xy in self._positions[view.name].items()},
            "neighbours": {"all": self._neighbours(view.neighbours.all, row), "others": others},
        }

    def _cluster(self, clustering: Clustering, row: int) -> Json:
        label = int(clustering.labels[row])
        if label < 0:
            return {"cluster": None, "name": ""}
        return {"cluster": label + 1, "name": clustering.clusters[label].name}

    def _neighbours(self, found: NeighbourList, row: int) -> list[Json]:
        return [self._neighbour(entry) for entry in relatives(found, row)]

    def _neighbour(self, entry: Relative) -> Json:
        document: Json = {
            "id": self._ids[entry.row],
            "score": entry.score,
            "mutual": entry.mutual,
            "orientation": entry.orientation,
        }
        if entry.percentile is not None:
            document["percentile"] = entry.percentile
        if entry.chance is not None:
            document["chance"] = entry.chance
        return document


def has_sources(images: Sequence[Image]) -> bool:
    """Whether "in other sources" means anything: some image names its source."""
    return any(image.source for image in images)


def version(site: SiteInput, generator: str) -> Json:
    """What a citation of the catalogue rests on, and its frozen versions, the earliest first."""
    now = site.released
    return {
        "format": FORMAT,
        "version": site.version,
        "label": now[0].label if now else "",
        "doi": next((one.doi for one in now if one.doi), ""),
        "title": site.settings.catalogue.title,
        "count": len(site.corpus.images),
        "built": site.built,
        "generator": generator,
        "models": {view.name: model(view) for view in site.views},
        "releases": [
            {
                "label": one.label,
                "version": one.version,
                "date": one.date,
                "doi": one.doi,
                "note": one.note,
                "claims": f"v/{one.label}/claims.json",
                "sha256": one.sha256,
            }
            for one in site.releases
        ],
    }


def atlas_twin(key: str, webp: bytes) -> bytes:
    """An atlas page as a script, for file:// where textures cannot come from files.

    Args:
        key: "atlas/<cell>/<page>".
        webp: the page's file.
    """
    base64_text = base64.b64encode(webp).decode("ascii")
    return f'volvelle.add({json_in_script(key)}, "{base64_text}");\n'.encode("ascii")
