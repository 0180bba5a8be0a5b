"""Facets: the columns by which readers filter and lists are made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from builder.corpus.types import Corpus, Image
from builder.pages.text import natural_key, slugs, words
from builder.settings import MetadataSettings

NO_VALUE = "none-given"
"""Address of the images that lack a facet's value."""


SOURCE = "source"
"""The facet of sources, whatever their column is called."""

DATE = "date"


@dataclass(frozen=True)
class Facet:
    """One column to filter by.

    Attributes:
        key: slug in addresses and in the explorer's state.
        column: label of the column in the metadata.
        label: what readers see.
        values: the distinct values, in natural order.
        addresses: a slug for each value.
        index: per row the number of its value, -1 if it has none.
        rows: per value its rows; one more entry at the end for rows without a value.
    """

    key: str
    column: str
    label: str
    values: tuple[str, ...]
    addresses: tuple[str, ...]
    index: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]


def facets(
    corpus: Corpus, metadata: MetadataSettings, reserved: frozenset[str] = frozenset()
) -> tuple[Facet, ...]:
    """All facets of a corpus that at least one image has a value for.

    Args:
        reserved: keys that other facets have.
    """
    # A bare number would clash with the pages of the list of everything.
    keys = slugs(
        (f"f {label}" if label.strip().isdecimal() else label for label in corpus.facets), reserved
    )
    made = (
        _facet(key, column, corpus, metadata)
        for key, column in zip(keys, corpus.facets, strict=True)
    )
    return tuple(facet for facet in made if facet.values)


def _facet(key: str, column: str, corpus: Corpus, metadata: MetadataSettings) -> Facet:
    found = _column(corpus, column, metadata)
    values = sorted({value for value in found if value}, key=lambda text: (natural_key(text), text))
    place = {value: at for at, value in enumerate(values)}
    rows: dict[int, list[int]] = defaultdict(list)
    for row, value in enumerate(found):
        rows[place.get(value, -1)].append(row)
    return Facet(
        key=key,
        column=column,
        label=words(column),
        values=tuple(values),
        addresses=tuple(slugs(values, frozenset({NO_VALUE}))),
        index=tuple(place.get(value, -1) for value in found),
        rows=tuple(tuple(rows[at]) for at in (*range(len(values)), -1)),
    )


def _column(corpus: Corpus, column: str, metadata: MetadataSettings) -> list[str]:
    """What each image has in a column, "" if nothing; source and date have columns too."""
    images = corpus.images
    # "source" means the images' source, even where another column happens to be called so.
    if column == SOURCE and any(image.source for image in images):
        return [image.source.strip() for image in images]
    return [_cell(image, column, metadata) for image in images]


def _cell(image: Image, column: str, metadata: MetadataSettings) -> str:
    if column in image.fields:
        return image.fields[column].strip()
    if column == metadata.source:
        return image.source.strip()
    if column in (DATE, metadata.date) and image.date is not None:
        return image.date.text.strip()
    return ""
