"""What is said of a picture, as a row of metadata with columns that stay the same."""

from __future__ import annotations

from collections.abc import Iterable

from builder.fetching.texts import chosen, plain
from builder.fetching.types import Canvas, Entry, Manifest, Picture

OWN = (
    "filename",
    "title",
    "source",
    "folio",
    "section",
    "rights",
    "credit",
    "iiif_manifest",
    "iiif_canvas",
    "iiif_image",
    "iiif_service",
    "iiif_region",
    "iiif_size",
    "iiif_url",
    "homepage",
)
"""Columns of every table, before and after those of the manifests' own labels."""

_FIRST = OWN[: OWN.index("credit") + 1]
_LAST = OWN[OWN.index("credit") + 1 :]
_LONGEST = 60


def row(manifest: Manifest, canvas: Canvas, picture: Picture, language: str) -> dict[str, str]:
    """The row of one picture, but for its file and the address that it came from.

    A column of the manifest's own is called as its label; a value in another language than the
    first has a column of its own, "Topic@ar". What a canvas says goes before its manifest's word.

    Args:
        manifest, canvas, picture: what is described.
        language: BCP 47 tag of the values to be preferred.
    """
    source = chosen(manifest.said.label, language)[1]
    folio = chosen(canvas.said.label, language)[1]
    first = {
        "filename": "",
        "title": folio or source,
        "source": source,
        "folio": folio,
        "section": "; ".join(canvas.sections),
        "rights": plain(canvas.said.rights or manifest.said.rights),
        "credit": chosen(canvas.said.credit or manifest.said.credit, language)[1],
    }
    last = {
        "iiif_manifest": manifest.address,
        "iiif_canvas": canvas.address,
        "iiif_image": picture.address,
        "iiif_service": picture.service.address if picture.service else "",
        "iiif_region": picture.region,
        "iiif_size": f"{canvas.width}x{canvas.height}" if canvas.width and canvas.height else "",
        "iiif_url": "",
        "homepage": canvas.said.homepage or manifest.said.homepage,
    }
    own = _own([*manifest.said.metadata, *canvas.said.metadata], language)
    return {**first, **own, **last}


def _own(entries: Iterable[Entry], language: str) -> dict[str, str]:
    """Values by label; several of one label are joined, the canvas's after its manifest's."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        label = _label(chosen(entry.label, language)[1])
        main, _ = chosen(entry.value, language)
        for tag, texts in entry.value.items():
            column = label if tag == main else f"{label}@{tag.lower() or 'und'}"
            found.setdefault(column, []).extend(texts)
    return {column: "; ".join(dict.fromkeys(texts)) for column, texts in found.items()}


def _label(label: str) -> str:
    """A label as the name of a column, apart from our own."""
    name = label[:_LONGEST].strip() or "note"
    return f"{name} (IIIF)" if name.casefold() in OWN else name


def ordered(columns: Iterable[str]) -> list[str]:
    """Columns in an order that does not depend on which manifest came first in a row."""
    rest = [column for column in dict.fromkeys(columns) if column not in OWN]
    return [*_FIRST, *rest, *_LAST]
