"""Facets that the build has found: the kind of each picture, and bands of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from builder.measures.types import KINDS, Kind, Verdict
from builder.pages.facets import Facet
from builder.pages.types import SiteInput

KIND = "kind-of-picture"
"""Key of the facet of kinds."""

NUMBER = "number-"
"""Beginning of the keys of bands of numbers."""

KIND_WORDS: dict[Kind, str] = {
    "ok": "As wanted",
    "blank": "Blank",
    "text": "Text",
    "photograph": "Photograph",
    "fragment": "Fragment",
    "duplicate": "Duplicate",
    "suspect": "Suspect",
}
"""The kinds as readers see them."""


def reserved(site: SiteInput) -> frozenset[str]:
    """Keys that columns of the metadata must not have."""
    return frozenset({KIND, *(NUMBER + band.name for band in site.bands)})


def kind_facets(verdicts: Sequence[Verdict]) -> tuple[Facet, ...]:
    """The facet of kinds; () where all pictures are as wanted."""
    kinds = [one.kind for one in verdicts]
    used = [kind for kind in KINDS if kind in kinds]
    if used in ([], ["ok"]):
        return ()
    index = [used.index(kind) for kind in kinds]
    return (_facet(KIND, "Kind of picture", [KIND_WORDS[kind] for kind in used], used, index),)


def band_facets(site: SiteInput) -> tuple[Facet, ...]:
    """A facet for each number that is cut into at least two bands."""
    if site.measures is None:
        return ()
    columns = {column.name: column for column in site.measures.columns}
    return tuple(
        _facet(
            NUMBER + band.name,
            _label(columns[band.name].label, columns[band.name].unit),
            band.labels,
            [f"{at + 1}" for at in range(len(band.labels))],
            band.index,
        )
        for band in site.bands
        if len(set(band.labels)) == len(band.labels) > 1 and band.name in columns
    )


def _label(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit and unit != "share" else label


def _facet(
    key: str, label: str, values: Sequence[str], addresses: Sequence[str], index: Sequence[int]
) -> Facet:
    rows = [tuple(row for row, at in enumerate(index) if at == v) for v in range(len(values))]
    none = tuple(row for row, at in enumerate(index) if at < 0)
    return Facet(key, key, label, tuple(values), tuple(addresses), tuple(index), (*rows, none))
