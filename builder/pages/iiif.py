"""The site for IIIF viewers, by Presentation API 3.0.

There is a manifest of each image and of each source, a collection of all, and the neighbours as
annotations; all of it needs the site's address.

Pictures are named as they lie on the site. The Image API, at its lowest level, asks for JPEG files
at addresses of its own, which is every picture once more; see docs/iiif.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from builder.corpus.types import Image
from builder.pages import iiif_addresses as at
from builder.pages import links
from builder.pages.cards import picture
from builder.pages.data import Json, date_text
from builder.pages.frame import Context, File, Frame
from builder.pages.iiif_leaves import behaviour
from builder.pages.iiif_neighbours import Neighbours, terms
from builder.pages.iiif_services import information, served, served_body
from builder.pages.iiif_text import entry, literal, rights_address, said, texts
from builder.pages.references import Reference, References
from builder.pages.rights import hosted
from builder.pages.sources import Source
from builder.pages.text import encoded, json_text, words
from builder.pages.types import SiteInput

A_PART = 1000
"""Members of one collection; longer ones are taken apart."""

_WEBP = "image/webp"


def manifest_link(site: SiteInput, image_id: str) -> Context:
    """What a page says of its manifest: `state`, the image encoded for viewers; "" without one."""
    url = site.settings.catalogue.site_url
    return {"state": at.content_state(url, image_id) if url else ""}


def iiif_files(frame: Frame) -> Iterator[File]:
    """All files for IIIF; none where the site has no address, or no image."""
    url = frame.site.settings.catalogue.site_url
    if not url or not frame.cards:
        return
    makes, claims = _Manifests(frame), Neighbours(frame.site)
    yield at.TERMS, _file(terms(url))
    for row, card in enumerate(frame.cards):
        yield at.item_manifest(card.id), _file(makes.image(row))
        for path, page in claims.pages(row):
            yield path, _file(page)
    if served(frame.site.settings):
        for image in frame.site.corpus.images:
            if image.access != "open" or hosted(image, frame.site.settings):
                continue
            path, document = information(image, frame.site.settings)
            yield path, _file(document)
    for source in frame.sources:
        yield at.source_manifest(source.slug), _file(makes.source(source))
    for path, found in makes.collections():
        yield path, _file(found)


def _file(document: Json) -> bytes:
    return encoded(json_text(document) + "\n")


class _Manifests:
    """Makes manifests and collections; holds what they share."""

    def __init__(self, frame: Frame) -> None:
        self._frame, self._site = frame, frame.site
        about = frame.site.settings.catalogue
        self._url, self._language = about.site_url, about.language
        self._claims = Neighbours(frame.site)
        references = References(frame.site)
        self._references = [references.image(image) for image in frame.site.corpus.images]
        self._places = {
            row: place
            for source in frame.sources
            for row, place in zip(source.rows, source.places, strict=True)
        }
        self._of = {row: source for source in frame.sources for row in source.rows}

    def image(self, row: int) -> Json:
        """The manifest of one image: one canvas, with all that is said of it."""
        image = self._site.corpus.images[row]
        source = self._of.get(row)
        within = (at.source_manifest(source.slug), "Manifest") if source else _WHOLE
        return (
            self._head(at.item_manifest(image.id), "Manifest", image.title)
            | self._described(row)
            | {
                "provider": self._provider,
                "partOf": [{"id": self._address(within[0]), "type": within[1]}],
                "items": [self._canvas(row)],
            }
        )

    def source(self, source: Source) -> Json:
        """The manifest of a source: its images in page order, each with what is said of it."""
        document = self._head(at.source_manifest(source.slug), "Manifest", source.name)
        dates = {date_text(self._site.corpus.images[row]) for row in source.rows}
        if len(dates) == 1 and (date := dates.pop()):
            document["metadata"] = [entry(said("Date"), date, self._language)]
        return (
            document
            | self._rights([self._references[row] for row in source.rows])
            | {
                "behavior": [behaviour(source.places)],
                "homepage": [self._homepage(source.page, source.name)],
                **self._thumbnail(source.rows),
                "provider": self._provider,
                "partOf": [{"id": self._address(_WHOLE[0]), "type": _WHOLE[1]}],
                "items": [self._canvas(row) | self._described(row) for row in source.rows],
            }
        )

    def collections(self) -> Iterator[tuple[str, Json]]:
        """The collection of all sources and of images without one; in parts if it is long."""
        about = self._site.settings.catalogue
        members = self._members()
        whole = self._head(at.COLLECTION, "Collection", about.title)
        if about.description:
            whole["summary"] = {
                tag: [literal(text) for text in found]
                for tag, found in texts(about.description, self._language).items()
            }
        if rights := rights_address(about.licence):
            whole["rights"] = rights
        whole |= {
            "homepage": [self._homepage("index.html", about.title)],
            "provider": self._provider,
        }
        if len(members) <= A_PART:
            yield at.COLLECTION, whole | {"items": members}
            return
        parts: list[Json] = []
        for first in range(0, len(members), A_PART):
            held = members[first : first + A_PART]
            path = f"iiif/collection/{len(parts) + 1}.json"
            named = f"{first + 1}–{first + len(held)}"
            part = self._head(path, "Collection", f"{about.title}, {named}")
            inside = {"partOf": [{"id": self._address(at.COLLECTION), "type": "Collection"}]}
            yield path, part | inside | {"items": held}
            parts.append({"id": part["id"], "type": "Collection", "label": part["label"]})
        yield at.COLLECTION, whole | {"items": parts}

    def _members(self) -> list[Json]:
        """Sources in their order, then the images that name none."""
        found = [
            self._member(at.source_manifest(one.slug), one.name, one.rows[0], one.page)
            for one in self._frame.sources
        ]
        return found + [
            self._member(at.item_manifest(card.id), card.title, row, links.item_page(card.id))
            for row, card in enumerate(self._frame.cards)
            if row not in self._of
        ]

    def _member(self, path: str, label: str, row: int, page: str) -> Json:
        return {
            "id": self._address(path),
            "type": "Manifest",
            "label": texts(label, self._language),
            **self._thumbnail([row]),
            "homepage": [self._homepage(page, label)],
        }

    def _head(self, path: str, kind: str, label: str) -> Json:
        return {
            "@context": at.CONTEXT,
            "id": self._address(path),
            "type": kind,
            "label": texts(label, self._language),
        }

    def _described(self, row: int) -> Json:
        """What is said of an image, whether of its manifest or of its canvas in a source."""
        image = self._site.corpus.images[row]
        api = self._address(f"api/items/{image.id}.json")
        also: list[Json] = [
            {
                "id": api,
                "type": "Dataset",
                "label": said("All that the catalogue knows of this image"),
                "format": "application/json",
            }
        ]
        if self._site.settings.cite.files:
            also.append(
                {
                    "id": self._address(f"items/{image.id}/cite.csl.json"),
                    "type": "Dataset",
                    "label": said("How to cite this image"),
                    "format": "application/vnd.citationstyles.csl+json",
                }
            )
        metadata = self._metadata(image)
        return {
            **({"metadata": metadata} if metadata else {}),
            **self._rights([self._references[row]]),
            "homepage": [self._homepage(links.item_page(image.id), image.title)],
            "seeAlso": also,
            **self._thumbnail([row]),
        }

    def _metadata(self, image: Image) -> list[Json]:
        """Source, date and columns, as the image's page has them."""
        found = [
            entry(said(label), text, self._language)
            for label, text in (("Source", image.source), ("Date", date_text(image)))
            if text.strip()
        ]
        return found + [
            entry({"none": [words(label)]}, text.strip(), self._language, label)
            for label, text in image.fields.items()
            if words(label) and text.strip() and text.strip() != image.title
        ]

    def _rights(self, of: Sequence[Reference]) -> Json:
        """The licence if all have one, and what must be shown beside the pictures."""
        addresses = {rights_address(one.rights) for one in of}
        told = [text for one in of for text in (one.credit, _in_words(one.rights)) if text]
        found: Json = {}
        if len(addresses) == 1 and (address := addresses.pop()):
            found["rights"] = address
        if told:
            lines = [literal(text) for text in dict.fromkeys(told)]
            found["requiredStatement"] = {
                "label": said("Credit"),
                "value": {next(iter(texts(told[0], self._language))): lines},
            }
        return found

    def _canvas(self, row: int) -> Json:
        """An image's canvas, the same in every manifest: its original's pixels, its display copy.

        It is called by its place in the source where that is known.
        """
        image = self._site.corpus.images[row]
        canvas = self._address(at.item_canvas(image.id))
        body = self._body(row)
        painting = {
            "id": f"{canvas}/picture",
            "type": "Annotation",
            "motivation": "painting",
            "body": body,
            "target": canvas,
        }
        painted = [painting] if body else []
        return {
            "id": canvas,
            "type": "Canvas",
            "label": texts(self._places.get(row) or image.title, self._language),
            "width": image.width,
            "height": image.height,
            "items": [{"id": f"{canvas}/page", "type": "AnnotationPage", "items": painted}],
            "annotations": self._claims.listed(image),
        }

    def _body(self, row: int) -> Json | None:
        """The largest picture that may be shown; None where none may."""
        image = self._site.corpus.images[row]
        if image.access != "open":
            return next(iter(self._thumbnail([row]).get("thumbnail", ())), None)
        if address := hosted(image, self._site.settings):
            size = {"width": image.width, "height": image.height}
            return {"id": address, "type": "Image", "format": "image/jpeg", **size}
        if served(self._site.settings):
            return served_body(image, self._site.settings)
        copy = picture(image, self._site.settings)
        return self._picture(f"images/{image.id}.webp", copy.width, copy.height)

    def _thumbnail(self, rows: Sequence[int]) -> Json:
        """The thumbnail of the first image that may be seen; nothing where none may."""
        seen = (row for row in rows if self._site.corpus.images[row].access != "withheld")
        row = next(seen, None)
        if row is None:
            return {}
        card = self._frame.cards[row]
        return {"thumbnail": [self._picture(f"thumbs/{card.id}.webp", card.tw, card.th)]}

    def _picture(self, path: str, width: int, height: int) -> Json:
        return {
            "id": self._address(path),
            "type": "Image",
            "format": _WEBP,
            "width": width,
            "height": height,
        }

    def _homepage(self, path: str, label: str) -> Json:
        return {
            "id": self._address(path),
            "type": "Text",
            "label": texts(label, self._language),
            "format": "text/html",
        }

    @cached_property
    def _provider(self) -> list[Json]:
        """Who gives this: the catalogue's authors, or the catalogue."""
        about = self._site.settings.catalogue
        names = [name for name in about.authors if name.strip()] or [about.title]
        return [
            {
                "id": self._url,
                "type": "Agent",
                "label": {next(iter(texts(about.title, self._language))): names},
                "homepage": [self._homepage("index.html", about.title)],
            }
        ]

    def _address(self, path: str) -> str:
        return links.absolute(self._url, path)


_WHOLE = (at.COLLECTION, "Collection")


def _in_words(rights: str) -> str:
    """Rights that no address can stand for."""
    return "" if rights_address(rights) else rights
