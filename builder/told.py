"""What layouts are told of the images beside likeness: ids, dates, columns of the metadata."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from builder.corpus.types import Corpus, DateSpan
from builder.layouts.numbers import degrees, numbers

_LATITUDE = ("latitude", "lat")
_LONGITUDE = ("longitude", "lon", "lng", "long")


@dataclass(frozen=True)
class Told:
    """The images, row by row.

    Attributes:
        ids: permanent ids.
        hashes: hashes of the files.
        dates: None where unknown.
        columns: label -> what the metadata says, "" for nothing; with "source" and "date".
        measures: name -> a number of each image, NaN for none.
    """

    ids: Sequence[str]
    hashes: Sequence[str]
    dates: Sequence[DateSpan | None] = ()
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    measures: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    @property
    def dated(self) -> bool:
        """Whether any image has a date."""
        return any(date is not None for date in self.dates)

    def column(self, name: str) -> tuple[str, Sequence[str]] | None:
        """Label and texts of a column, found regardless of case; None if there is none."""
        folded = {label.casefold(): label for label in reversed(list(self.columns))}
        label = name if name in self.columns else folded.get(name.strip().casefold())
        return None if label is None else (label, self.columns[label])

    def numbers(self, name: str) -> tuple[str, NDArray[np.float64]] | None:
        """Label and numbers of a measure or column, NaN for what is none; None if there is none."""
        if name in self.measures:
            return name, self.measures[name]
        if name.casefold() == "year" and self.dated and self.column(name) is None:
            return "year", np.array([one.middle if one else np.nan for one in self.dates])
        found = self.column(name)
        return None if found is None else (found[0], numbers(found[1]))

    def places(
        self, latitude: str, longitude: str
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """Degrees north and east, by the columns of these names or, if "", of the usual ones."""
        north = self._first((latitude,) if latitude else _LATITUDE)
        east = self._first((longitude,) if longitude else _LONGITUDE)
        if north is None or east is None:
            return None
        return degrees(north, 90), degrees(east, 180)

    def _first(self, names: Sequence[str]) -> Sequence[str] | None:
        found = [self.column(name) for name in names]
        return next((one[1] for one in found if one is not None), None)

    def like(self, name: str) -> str:
        """A remedy for a column that is not there."""
        known = [*self.columns, *self.measures]
        folded = {label.casefold(): label for label in known}
        close = difflib.get_close_matches(name.casefold(), list(folded), n=1)
        if close:
            return f'did you mean "{folded[close[0]]}"?'
        return "known here are " + ", ".join(known) if known else "there are no columns at all"


def told(
    corpus: Corpus,
    measures: Mapping[str, NDArray[np.float64]] | None = None,
    roles: Mapping[str, str] | None = None,
) -> Told:
    """What is known of the images of a corpus.

    Args:
        corpus: of n images.
        measures: name -> (n,) numbers on images, as the scatter layout may use them.
        roles: column of the metadata -> "source", "title" or "date", whose part it plays.
    """
    images = corpus.images
    labels = dict.fromkeys([*corpus.columns, *(label for one in images for label in one.fields)])
    columns = {label: [image.fields.get(label, "") for image in images] for label in labels}
    columns.setdefault("title", [image.title for image in images])
    columns.setdefault("source", [image.source for image in images])
    columns.setdefault("date", [image.date.text if image.date else "" for image in images])
    for column, role in (roles or {}).items():
        columns.setdefault(column, columns[role])
    own = {
        "width": np.array([image.width for image in images], np.float64),
        "height": np.array([image.height for image in images], np.float64),
    }
    given = {**own, **(measures or {})}
    return Told(
        [image.id for image in images],
        [image.sha256 for image in images],
        [image.date for image in images],
        columns,
        {name: one for name, one in given.items() if name not in columns},
    )
