"""How an image, its nearest neighbours and the catalogue are cited, in every form at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from builder.corpus.types import Image
from builder.pages import bibtex, csl
from builder.pages.references import Reference, References
from builder.pages.text import encoded, json_text
from builder.pages.types import SiteInput, ViewResult

File = tuple[str, bytes]

FILES = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}
"""Ending of a file beside the page -> what it is called."""


@dataclass(frozen=True)
class Citation:
    """One citation.

    Attributes:
        texts: (file name of the style, its name, the reference as HTML).
        bibtex, ris, csl: the same for reference managers; csl is one entry as JSON.
    """

    reference: Reference

    @cached_property
    def texts(self) -> list[tuple[str, str, Markup]]:
        """In running text: (file name of the style, its name, the reference as HTML)."""
        return [(key, name, csl.formatted(self.reference, key)) for key, name in csl.STYLES.items()]

    @cached_property
    def bibtex(self) -> str:
        """The entry for BibTeX and biblatex."""
        return bibtex.bibtex(self.reference)

    @cached_property
    def ris(self) -> str:
        """The record for RIS."""
        return bibtex.ris(self.reference)

    @cached_property
    def csl(self) -> csl.Json:
        """The entry of CSL-JSON."""
        return csl.csl_json(self.reference)

    @cached_property
    def json(self) -> str:
        """The same as text, one entry in a list, as reference managers read it."""
        return _listed([self.csl])


class Citing:
    """Makes the citations of one site."""

    def __init__(self, site: SiteInput) -> None:
        self._site, self._references = site, References(site)

    def image(self, image: Image) -> Citation:
        """How to cite an image; it names the catalogue's version."""
        return Citation(self._references.image(image))

    def neighbours(self, image: Image, view: ViewResult) -> Citation:
        """How to cite the claim that a view makes of an image."""
        return Citation(self._references.neighbours(image, view))

    def claims(self, image: Image) -> list[Citation]:
        """How to cite what each view says of an image."""
        return [self.neighbours(image, view) for view in self._site.views]

    def files(self, image: Image, cited: Citation, claims: list[Citation]) -> list[File]:
        """References beside an image's page: cite.* of the image, neighbours.* of all its views."""
        if not self._site.settings.cite.files:
            return []
        stem = f"items/{image.id}"
        return [*_files(f"{stem}/cite", [cited]), *_files(f"{stem}/neighbours", claims)]


def cite_catalogue(site: SiteInput) -> Citation:
    """How to cite the catalogue as a whole."""
    return Citation(References(site).catalogue())


def catalogue_files(site: SiteInput) -> list[File]:
    """References of the catalogue, beside the about page."""
    return _files("about/cite", [cite_catalogue(site)]) if site.settings.cite.files else []


def _listed(entries: list[csl.Json]) -> str:
    """Entries as JSON, a line a field: indenting costs json.dumps its speed."""
    told = (
        ",\n ".join(f"{json_text(key)}: {json_text(value)}" for key, value in entry.items())
        for entry in entries
    )
    return "[" + ",\n".join(f"{{\n {fields}\n}}" for fields in told) + "]"


def _files(stem: str, cited: list[Citation]) -> list[File]:
    entries = _listed([one.csl for one in cited]) + "\n"
    return [
        (f"{stem}.bib", encoded("\n".join(one.bibtex for one in cited))),
        (f"{stem}.ris", encoded("".join(one.ris for one in cited))),
        (f"{stem}.csl.json", encoded(entries)),
    ]
