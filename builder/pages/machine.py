"""What pages tell machines: metas for reference managers, schema.org for search engines."""

from __future__ import annotations

from builder.corpus.types import Image
from builder.pages import links
from builder.pages.bibtex import plain_line
from builder.pages.data import Json
from builder.pages.references import Name, Reference, References
from builder.pages.rights import picture_path
from builder.pages.types import SiteInput

# Zotero takes a page for a web page unless told otherwise, and reads these prefixes unbidden.
_ITEM_TYPE = "artwork"

CARD = (1200, 630)
"""Pixels of a preview card, the proportions that networks ask for."""


def metas(site: SiteInput, image: Image, of: Reference) -> list[tuple[str, str]]:
    """(name, content) of the metas that reference managers read.

    Zotero's translator "Embedded Metadata" saves a work of art: its creators from z:artists (names
    with a comma are taken apart), the rest from Dublin Core and from z: by the fields' own names.
    """
    about = site.settings.catalogue
    found = [
        ("z:itemType", _ITEM_TYPE),
        ("DC.title", of.title),
        *(("z:artists", one.whole) for one in of.creators),
        *(("DC.creator", one.whole) for one in of.creators),
        ("DC.date", of.written),
        ("DC.identifier", image.id),
        ("DC.source", of.archive),
        ("DC.rights", of.rights),
        ("DC.publisher", about.title),
        ("DC.type", "StillImage"),
        ("dcterms.medium", of.medium),
        ("z:artworkSize", of.dimensions or f"{image.width} × {image.height} px"),
        ("z:archive", of.archive),
        ("z:archiveLocation", of.location),
        ("z:callNumber", of.shelfmark),
        ("z:libraryCatalog", about.title),
        ("z:extra", _extra(of)),
    ]
    return [(name, plain_line(content)) for name, content in found if plain_line(content)]


def _extra(of: Reference) -> str:
    """What Zotero has no field for: which state of the catalogue was seen."""
    version = f"Version {of.version}" + (f" of {of.day}" if of.day else "")
    return "; ".join(part for part in (f"Image {of.number}", version, of.credit) if part)


def open_graph(site: SiteInput, image: Image, description: str) -> list[tuple[str, str]]:
    """(property, content) for cards on networks; addresses must be absolute, so maybe no picture.

    Not a website: Zotero would save it as a web page.
    """
    about = site.settings.catalogue
    found = [
        ("og:title", image.title),
        ("og:site_name", about.title),
        ("og:description", description),
    ]
    if about.site_url:
        found.append(("og:url", links.absolute(about.site_url, links.item_page(image.id))))
        shown = picture_path(image, site.settings)
        if site.beside.cards and shown:
            width, height = CARD
            card = links.absolute(about.site_url, f"items/{image.id}/card.jpg")
            found += [
                ("og:image", card),
                ("og:image:type", "image/jpeg"),
                ("og:image:width", str(width)),
                ("og:image:height", str(height)),
            ]
        elif shown:
            found.append(("og:image", links.absolute(about.site_url, shown)))
        if shown:
            found.append(("og:image:alt", description))
    return [(name, plain_line(content)) for name, content in found if plain_line(content)]


def linked_data(
    site: SiteInput, image: Image, of: Reference, picture: str, caption: str = ""
) -> Json:
    """The image as schema.org's VisualArtwork; what is unknown is left out.

    Args:
        of: the reference to the image.
        picture: address of the picture, absolute where the site has an address; "" for none.
        caption: the picture in words.
    """
    about = site.settings.catalogue
    work: Json = {
        "@context": "https://schema.org",
        "@type": "VisualArtwork",
        "name": image.title,
        "identifier": image.id,
        "inLanguage": about.language,
        "creator": [_person(one) for one in of.creators],
        "artMedium": of.medium,
        "size": of.dimensions,
        "dateCreated": of.written,
        "temporalCoverage": _coverage(of),
        "isPartOf": {"@type": "CreativeWork", "name": image.source} if image.source else None,
        "image": _picture(site, image, of, picture, caption) if picture else None,
        "url": of.url,
    }
    return {key: value for key, value in work.items() if value}


def _picture(site: SiteInput, image: Image, of: Reference, picture: str, caption: str) -> Json:
    about = site.settings.catalogue
    licence = links.licence_url(of.rights)
    found: Json = {
        "@type": "ImageObject",
        "contentUrl": picture,
        "encodingFormat": "image/webp",
        "caption": caption,
        "creditText": of.credit or image.source or about.title,
        "license": licence,
        "copyrightNotice": "" if licence else of.rights,
        "sha256": image.sha256,
    }
    return {key: value for key, value in found.items() if value}


def _person(name: Name) -> Json | str:
    if not name.given:
        return name.family  # a person or a workshop: nobody said which
    return {
        "@type": "Person",
        "name": f"{name.given} {name.family}",
        "givenName": name.given,
        "familyName": name.family,
    }


def _coverage(of: Reference) -> str:
    return f"{_iso_year(of.years[0])}/{_iso_year(of.years[1])}" if of.years else ""


def _iso_year(year: int) -> str:
    """ISO 8601: four digits, astronomical years before the common era with a sign."""
    return f"{year:05d}" if year < 0 else f"{year:04d}"


def dataset(site: SiteInput, downloads: list[tuple[str, str]]) -> Json:
    """The catalogue as schema.org's Dataset.

    Args:
        downloads: (path from the site's root, media type) of what can be taken away.
    """
    of = References(site).catalogue()
    url = site.settings.catalogue.site_url
    found: Json = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": of.title,
        "description": site.settings.catalogue.description or of.title,
        "creator": [_person(one) for one in of.creators],
        "inLanguage": of.language,
        "version": of.version,
        "dateModified": of.day,
        "license": links.licence_url(of.rights) or of.rights,
        "url": of.url,
        "size": f"{len(site.corpus.images)} images",
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": links.absolute(url, path) or f"../{path}",
                "encodingFormat": media,
            }
            for path, media in downloads
        ],
    }
    return {key: value for key, value in found.items() if value}
