"""What is cited, whatever the form: an image, its nearest neighbours, or the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from builder.corpus.types import Image
from builder.pages import links
from builder.pages.data import date_text
from builder.pages.rights import credit_of
from builder.pages.types import SiteInput, ViewResult

Kind = Literal["image", "neighbours", "catalogue"]

SHORT = 12
"""Hex digits of a checksum in running text; files for machines have all of them."""

# A bare number in a column called so is told with the word's sign.
_SIGNS = {"folio": "fol.", "folios": "fols.", "page": "p.", "pages": "pp."}
_BARE = re.compile(r"[0-9][0-9\s,;–-]*[a-z]{0,2}", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A person, or a body whose name is not taken apart (`given` is then "")."""

    family: str
    given: str = ""

    @property
    def whole(self) -> str:
        """As it is written with the family first."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def parted(self) -> tuple[str, str]:
        """The given name without the particle that follows it ("Jan", "van"); it has no initial."""
        words = self.given.split()
        kept = len(words)
        while kept > 1 and words[kept - 1].islower():
            kept -= 1
        return " ".join(words[:kept]), " ".join(words[kept:])


@dataclass(frozen=True)
class Reference:
    """One thing that can be cited; what is unknown is "" or ().

    Attributes:
        kind: what it is.
        key: of the entry in reference managers; names the image, the view and the version.
        title: of the image, of the claim, or of the catalogue.
        creators: of the pictured work, or of the claim: the catalogue's authors.
        written: the date of the work as it was written.
        years: the years that it may mean, first and last.
        medium, dimensions, archive, location, shelfmark: of the work, from the metadata.
        catalogue: title of the catalogue; authors: who made it.
        version: of the catalogue; day: of that version, ISO.
        number: id of the image.
        url: permanent address.
        models: what found the neighbours, in words; checksums: all of their weights, hex.
        rights, credit: of the picture.
        language: of the titles.
    """

    kind: Kind
    key: str
    title: str
    creators: tuple[Name, ...] = ()
    written: str = ""
    years: tuple[int, int] | None = None
    medium: str = ""
    dimensions: str = ""
    archive: str = ""
    location: str = ""
    shelfmark: str = ""
    catalogue: str = ""
    authors: tuple[Name, ...] = ()
    version: str = ""
    day: str = ""
    number: str = ""
    url: str = ""
    models: str = ""
    checksums: tuple[str, ...] = ()
    rights: str = ""
    credit: str = ""
    language: str = ""


class References:
    """Makes references of one site; holds what they share."""

    def __init__(self, site: SiteInput) -> None:
        about = site.settings.catalogue
        self._site, self._columns = site, site.settings.cite
        self._shared = {
            "catalogue": about.title,
            "authors": tuple(name(text) for text in about.authors if text.strip()),
            "version": site.version,
            "day": day_of(site),
            "language": about.language,
        }
        self._models = {view.name: models(view) for view in site.views}

    def image(self, image: Image) -> Reference:
        """The image, as a work in its source."""
        of = Columns(image.fields)
        columns, date = self._columns, image.date
        return Reference(
            kind="image",
            key=f"{image.id}-{self._site.version[:6]}",
            title=image.title,
            creators=names(of.get(columns.creator)),
            # A date that nobody could read as years is still what the metadata says.
            written=date_text(image) or of.get(self._site.settings.metadata.date),
            years=(date.first, date.last) if date else None,
            medium=of.get(columns.medium),
            dimensions=of.get(columns.dimensions),
            archive=image.source,
            location=located(columns.location, of.get(columns.location)),
            shelfmark=of.get(columns.shelfmark),
            number=image.id,
            url=self._url(links.item_page(image.id)),
            rights=of.get(columns.rights) or self._site.settings.catalogue.licence,
            credit=credit_of(image, self._site.settings),
            **self._shared,  # type: ignore[arg-type]
        )

    def neighbours(self, image: Image, view: ViewResult) -> Reference:
        """The claim of a view: that these are the nearest neighbours of the image."""
        words, checksums = self._models[view.name]
        url = self._url(links.item_page(image.id))
        return Reference(
            kind="neighbours",
            key=f"{image.id}-{view.name}-{self._site.version[:6]}",
            title=f"Nearest neighbours of ‘{image.title}’ (image {image.id}), view {view.label}",
            creators=self._shared["authors"],  # type: ignore[arg-type]
            url=url and f"{url}#by-{view.name}",
            models=words,
            checksums=checksums,
            **self._shared,  # type: ignore[arg-type]
        )

    def catalogue(self) -> Reference:
        """The catalogue as a whole."""
        return Reference(
            kind="catalogue",
            key=f"catalogue-{self._site.version[:6]}",
            title=str(self._shared["catalogue"]),
            creators=self._shared["authors"],  # type: ignore[arg-type]
            url=self._url("index.html"),
            rights=self._site.settings.catalogue.licence,
            **{**self._shared, "catalogue": ""},  # type: ignore[arg-type]
        )

    def _url(self, path: str) -> str:
        return links.absolute(self._site.settings.catalogue.site_url, path)


class Columns:
    """Fields of an image by the name of their column, in any case."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = {label.casefold(): text for label, text in fields.items()}

    def get(self, column: str) -> str:
        """The text on one line, "" where there is none."""
        return " ".join(self._fields.get(column.casefold(), "").split())


def day_of(site: SiteInput) -> str:
    """The day of the catalogue's version, ISO: as set, as built, or when it last grew; else ""."""
    return site.settings.cite.date or site.built or max(site.beside.first_seen.values(), default="")


def name(text: str) -> Name:
    """A name as it is written: "Surname, Given", or whole."""
    family, comma, given = (part.strip() for part in " ".join(text.split()).partition(","))
    return (
        Name(family, given)
        if comma and family and given
        else Name(" ".join(text.split()).strip(" ,"))
    )


def names(text: str) -> tuple[Name, ...]:
    """Several names, parted by semicolons."""
    return tuple(name(part) for part in text.split(";") if part.strip(" ,"))


def located(column: str, text: str) -> str:
    """A place in a source; a bare number gets the sign of its column ("fol. 4v")."""
    sign = _SIGNS.get(column.casefold(), "")
    return f"{sign}\N{NO-BREAK SPACE}{text}" if sign and _BARE.fullmatch(text) else text


def models(view: ViewResult) -> tuple[str, tuple[str, ...]]:
    """What a view rests on: each model with the head of its checksum, and all checksums."""
    said = [
        f"{card.backbone} (weights SHA-256 {card.checksum[:SHORT]})"
        if card.checksum
        else card.backbone
        for card in view.models
    ]
    checksums = [card.checksum for card in view.models if card.checksum]
    return "found by " + ", ".join(dict.fromkeys(said)), tuple(dict.fromkeys(checksums))
