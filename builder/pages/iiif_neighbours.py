"""The neighbours of an image as Web Annotations: each links two canvases and says by what."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from builder.corpus.types import Image
from builder.pages import iiif_addresses as at
from builder.pages import links
from builder.pages.cards import TURNS
from builder.pages.data import Json
from builder.pages.iiif_text import OURS, said
from builder.pages.references import models
from builder.pages.relatives import Relative, relatives, score_text
from builder.pages.types import SiteInput, ViewResult

# What annotations say beyond the vocabularies of IIIF and W3C.
_TERMS = ("score", "percentile", "chance", "mutual", "orientation", "view", "model", "version")


def terms(site_url: str) -> Json:
    """The JSON-LD context of the words that annotations use of our own."""
    base = links.absolute(site_url, at.TERMS)
    return {"@context": {term: f"{base}#{term}" for term in _TERMS}}


class Neighbours:
    """Makes the pages of annotations of one site."""

    def __init__(self, site: SiteInput) -> None:
        self._site = site
        self._url = site.settings.catalogue.site_url
        self._models = {view.name: models(view)[0].removeprefix("found by ") for view in site.views}

    def listed(self, image: Image) -> list[Json]:
        """The pages of an image as its canvas names them, one a view."""
        return [
            {
                "id": self._address(at.neighbours_page(image.id, view.name)),
                "type": "AnnotationPage",
                "label": self._label(view),
            }
            for view in self._site.views
        ]

    def pages(self, row: int) -> Iterator[tuple[str, Json]]:
        """(path, page) for each view, the nearest neighbour first."""
        image = self._site.corpus.images[row]
        for view in self._site.views:
            path = at.neighbours_page(image.id, view.name)
            found = relatives(view.neighbours.all, row)
            yield (
                path,
                {
                    "@context": [self._address(at.TERMS), at.CONTEXT],
                    "id": self._address(path),
                    "type": "AnnotationPage",
                    "label": self._label(view),
                    "items": [
                        self._annotation(path, image, view, number, one)
                        for number, one in enumerate(found, 1)
                    ],
                },
            )

    def _annotation(
        self, path: str, image: Image, view: ViewResult, number: int, one: Relative
    ) -> Json:
        other = self._site.corpus.images[one.row]
        return {
            "id": f"{self._address(path)}#{other.id}",
            "type": "Annotation",
            "motivation": "linking",
            "body": [self._link(view, other, one), self._words(other, number, one)],
            "target": self._address(at.item_canvas(image.id)),
        }

    def _link(self, view: ViewResult, other: Image, one: Relative) -> Json:
        measured = {"percentile": one.percentile, "chance": one.chance}
        return {
            "type": "SpecificResource",
            "purpose": "linking",
            "source": {
                "id": self._address(at.item_canvas(other.id)),
                "type": "Canvas",
                "partOf": [
                    {"id": self._address(at.item_manifest(other.id)), "type": "Manifest"},
                ],
            },
            "score": one.score,
            **{name: value for name, value in measured.items() if value is not None},
            "mutual": bool(one.mutual),
            "orientation": one.orientation,
            "view": view.name,
            "model": self._models[view.name],
            "version": self._site.version,
        }

    def _words(self, other: Image, number: int, one: Relative) -> Json:
        """The same for readers, with a way to the neighbour's page."""
        named = ", ".join(part for part in (other.title, other.source) if part)
        turn = TURNS[one.orientation].replace("\N{NO-BREAK SPACE}", " ")
        how = ", ".join(part for part in (score_text(one.score), turn, self._mutual(one)) if part)
        page = escape(self._address(links.item_page(other.id)))
        shown = escape(named, quote=False)
        return {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/html",
            "language": OURS,
            "value": f'<p>{number}. <a href="{page}">{shown}</a>: {how}</p>',
        }

    @staticmethod
    def _mutual(one: Relative) -> str:
        return "mutual" if one.mutual else ""

    @staticmethod
    def _label(view: ViewResult) -> dict[str, list[str]]:
        return said(f"Nearest relatives, by {view.label.lower()}")

    def _address(self, path: str) -> str:
        return links.absolute(self._url, path)
