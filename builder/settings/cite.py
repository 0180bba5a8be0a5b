"""Settings of citations: which columns say what a reference needs."""

from __future__ import annotations

import datetime

from pydantic import field_validator

from builder.settings.base import Table


class CiteSettings(Table):
    """What references are made of. A column that the metadata does not have is left out."""

    creator: str = "creator"
    """Column of who made the pictured work; several are parted by ";", each "Surname, Given" or a
    name as it is."""
    medium: str = "medium"
    """Column of what it is made of."""
    dimensions: str = "dimensions"
    """Column of its size."""
    location: str = "folio"
    """Column of its place in the source: folio, page, plate."""
    shelfmark: str = "shelfmark"
    """Column of the shelfmark or inventory number, where the source does not hold it."""
    rights: str = "rights"
    """Column of the rights in the picture: words, or the address of a licence."""
    credit: str = "credit"
    """Column of the credit line that goes with the picture."""
    date: str = ""
    """Day of this version of the catalogue, such as 2026-11-24. Not set: the day of the build where
    SOURCE_DATE_EPOCH says it, else the day on which the newest image was first seen."""
    files: bool = True
    """Also write references beside each page, for reference managers: BibTeX, RIS, CSL-JSON."""

    @field_validator("date")
    @classmethod
    def _day(cls, value: str) -> str:
        if value:
            try:
                datetime.date.fromisoformat(value)
            except ValueError as error:
                raise ValueError('must be a day such as "2026-11-24"') from error
        return value
