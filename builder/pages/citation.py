"""How an image is cited: in words, as BibTeX, and for machines (Zotero's metas, JSON-LD)."""

from __future__ import annotations

from dataclasses import dataclass

from builder.corpus.types import Image
from builder.pages import links
from builder.pages.data import Json, date_text
from builder.pages.types import SiteInput

# Zotero takes a page for a web page unless told otherwise, and reads these prefixes unbidden.
_ITEM_TYPE = "artwork"

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True)
class Citation:
    """One citation in two forms.

    Attributes:
        parts: its sentences, each of whose direction of writing is its own; one space between.
        bibtex: the same for reference managers.
    """

    parts: tuple[str, ...]
    bibtex: str


def cite_image(site: SiteInput, image: Image) -> Citation:
    """How to cite the page of one image; it names the catalogue's version."""
    about = site.settings.catalogue
    url = links.absolute(about.site_url, links.item_page(image.id))
    origin = ", ".join(part for part in (image.source, date_text(image)) if part)
    parts = [_stop(image.title), _stop(origin), _stop(f"In: {_catalogue(site)}, image {image.id}")]
    entries = {
        "title": image.title,
        "author": " and ".join(about.authors),
        "howpublished": f"Image {image.id} in: {about.title}, version {site.version}",
        "note": origin,
        "year": site.built[:4],
    }
    key = f"{image.id}-{site.version[:6]}"
    said = tuple(part for part in (*parts, url) if part)
    return Citation(said, _bibtex("misc", key, entries, url))


def cite_catalogue(site: SiteInput) -> Citation:
    """How to cite the catalogue as a whole."""
    about = site.settings.catalogue
    url = links.absolute(about.site_url, "index.html")
    entries = {
        "title": about.title,
        "author": " and ".join(about.authors),
        "note": f"Version {site.version}",
        "year": site.built[:4],
    }
    said = tuple(part for part in (_stop(_catalogue(site)), url) if part)
    return Citation(said, _bibtex("misc", f"catalogue-{site.version[:6]}", entries, url))


def _catalogue(site: SiteInput) -> str:
    about = site.settings.catalogue
    authors = "; ".join(about.authors)
    parts = (authors, about.title, site.built[:4], f"version {site.version}")
    return ", ".join(part for part in parts if part)


def _stop(text: str) -> str:
    """A sentence: text with one full stop, or nothing."""
    return text if not text or text[-1] in ".!?…" else text + "."


def _bibtex(kind: str, key: str, entries: dict[str, str], url: str) -> str:
    lines = [
        f"  {name} = {{{' '.join(value.split()).translate(_TEX)}}}"
        for name, value in entries.items()
        if value
    ]
    if url:
        lines.append(f"  url = {{{url}}}")
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


def metas(site: SiteInput, image: Image) -> list[tuple[str, str]]:
    """(name, content) of the metas that reference managers read."""
    about = site.settings.catalogue
    found = [
        ("z:itemType", _ITEM_TYPE),
        ("DC.title", image.title),
        ("DC.date", date_text(image)),
        ("DC.identifier", image.id),
        ("DC.source", image.source),
        ("DC.rights", about.licence),
        ("DC.publisher", about.title),
        ("DC.type", "StillImage"),
        ("z:archive", image.source),
        ("z:libraryCatalog", about.title),
        ("z:artworkSize", f"{image.width} × {image.height} px"),
    ]
    return [(name, content) for name, content in found if content]


def linked_data(site: SiteInput, image: Image, picture: str) -> Json:
    """The image as schema.org's VisualArtwork; what is unknown is left out.

    Args:
        picture: address of the picture, absolute where the site has an address.
    """
    about = site.settings.catalogue
    photo: Json = {"@type": "ImageObject", "contentUrl": picture, "creditText": about.title}
    licence = links.licence_url(about.licence)
    if licence:
        photo["license"] = licence
    work: Json = {
        "@context": "https://schema.org",
        "@type": "VisualArtwork",
        "name": image.title,
        "identifier": image.id,
        "image": photo,
    }
    if image.date:
        work["dateCreated"] = image.date.text
        work["temporalCoverage"] = f"{_iso_year(image.date.first)}/{_iso_year(image.date.last)}"
    if image.source:
        work["isPartOf"] = {"@type": "CreativeWork", "name": image.source}
    url = links.absolute(about.site_url, links.item_page(image.id))
    return work | ({"url": url} if url else {})


def _iso_year(year: int) -> str:
    """ISO 8601: four digits, astronomical years before the common era with a sign."""
    return f"{year:05d}" if year < 0 else f"{year:04d}"
