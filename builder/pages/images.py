"""The permanent page of every image, and the JSON beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from builder.corpus.types import Image
from builder.pages import data, links, machine
from builder.pages.alt import AltText
from builder.pages.cards import picture
from builder.pages.citation import Citation, Citing
from builder.pages.clusterings import cluster_text, shown
from builder.pages.drafts import counts, draft_of, has_ink
from builder.pages.facets import Facet
from builder.pages.former import former_of
from builder.pages.frame import Context, File, Frame, data_block
from builder.pages.iiif import manifest_link
from builder.pages.kin import Relations, ViewKin, fitting
from builder.pages.kinds import said_of
from builder.pages.languages import language_of
from builder.pages.notes import NoteWriter
from builder.pages.numbers import numbers_of, palette_of
from builder.pages.overlays import overlays
from builder.pages.pieces import Pieces
from builder.pages.related import related
from builder.pages.rights import hosted, origin, picture_path
from builder.pages.rights import shown as shown_rights
from builder.pages.sources import Source
from builder.pages.text import encoded, json_text, script_text, words
from builder.pages.types import ViewResult
from builder.pages.verdicts import judged
from builder.pages.years import meant


def image_pages(frame: Frame) -> Iterator[File]:
    """Page and JSON of every image, and the scripts that hold 64 of those JSONs each."""
    site = frame.site
    items = data.Items(site)
    maker = _ImagePages(frame)
    part: list[data.Json] = []
    last = len(frame.cards) - 1
    for row, image in enumerate(site.corpus.images):
        item = items.item(row)
        yield f"api/items/{image.id}.json", encoded(json_text(item))
        yield from maker.files(row)
        if not site.settings.site.portable:
            continue
        part.append(item)
        if len(part) == data.ITEMS_A_PART or row == last:
            key = f"items/{row // data.ITEMS_A_PART}"
            yield f"data/{key}.js", encoded(script_text(key, part))
            part = []


class _ImagePages:
    """Makes pages of images; holds what they share."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._site = frame.site
        self._relations = Relations(frame.site, frame.cards)
        self._by_column: Mapping[str, Facet] = {facet.column: facet for facet in frame.facets}
        self._nearest: dict[str, list[Context]] = {
            view.name: [
                self._cluster(view, label) for label in range(len(view.clustering.clusters))
            ]
            for view in frame.site.views
        }
        self._citing = Citing(frame.site)
        self._alt = AltText(frame.site.settings.images.alt)
        self._judged = judged(frame.site.beside.verdicts, frame.cards)
        self._related = related(frame.site.beside.relations, frame.cards)
        self._overlays = overlays(frame.site.views, frame.cards)
        self._written = NoteWriter(
            {card.id for card in frame.cards},
            page=lambda image_id: f"../{image_id}/index.html",
            thumb=lambda image_id: f"../../thumbs/{image_id}.webp",
        )
        self._sources = {row: source for source in frame.sources for row in source.rows}
        self._pieces = Pieces(frame.site.views)
        self._former = former_of(frame.site.corpus.former)
        self._ids = [card.id for card in frame.cards]

    def files(self, row: int) -> Iterator[File]:
        """The page of an image, and beside it references and the pieces that were compared."""
        image = self._site.corpus.images[row]
        cited, claims = self._citing.image(image), self._citing.claims(image)
        yield self._page(row, cited, claims)
        yield from self._citing.files(image, cited, claims)
        yield from self._pieces.files(image.id, row)

    def _page(self, row: int, cited: Citation, claims: list[Citation]) -> File:
        image = self._site.corpus.images[row]
        views = self._views(row)
        return self._frame.page(
            "image.html",
            links.item_page(image.id),
            section="image",
            host=origin(hosted(image, self._site.settings)),
            image=image,
            card=self._frame.cards[row],
            **self._shown(image, row),
            date_years=meant(image.date),
            **self._in_source(row),
            fields=self._fields(row, image),
            views=views,
            marks=marks(views),
            nearest=self._site.settings.neighbours.count,
            previous=self._beside(row - 1),
            next=self._beside(row + 1),
            number=row + 1,
            former=len(self._former.get(image.id, ())),
            kind=said_of(self._frame, row),
            ink=has_ink(self._site, row),
            draft=self._draft(row),
            numbers=numbers_of(self._site.measures, row),
            palette=palette_of(self._site.measures, row),
            **self._told(image, cited),
            claims=list(zip(self._site.views, claims, strict=True)),
            note=self._note(image),
            related=self._related.get(image.id, []),
            overlays=self._overlays.get(row, []),
            judged=self._judged.get(image.id, []),
            api=f"api/items/{image.id}.json",
            iiif=manifest_link(self._site, image.id),
        )

    def _shown(self, image: Image, row: int) -> Context:
        """The picture, what it is in words, and its mean colour until it is there."""
        red, green, blue = self._site.atlas.colours[row].tolist()
        return {
            "picture": picture(image, self._site.settings),
            "stood": self._stood(image),
            "rights": shown_rights(image, self._site.settings),
            "alt": self._alt(image),
            "lang": language_of(image.title),
            "colour": f"#{red:02x}{green:02x}{blue:02x}",
        }

    def _stood(self, image: Image) -> Context | None:
        """Where on its page the image stood: the page's picture, and the box on it."""
        place = self._site.beside.places.get(image.id)
        if place is None:
            return None
        (width, height), (left, top, wide, high) = place.size, place.box
        return {
            "picture": place.picture,
            "page": place.page,
            "view": f"0 0 {width} {height}",
            "width": width,
            "height": height,
            "box": {"x": left, "y": top, "width": wide, "height": high},
            "line": max(1, round(max(width, height) / 120)),
        }

    def _told(self, image: Image, cited: Citation) -> Context:
        """How the image is cited, in words and for machines."""
        site_url = self._site.settings.catalogue.site_url
        shown = picture_path(image, self._site.settings)
        address = links.absolute(site_url, shown) or f"../../{shown}" if shown else ""
        of, alt = cited.reference, self._alt(image)
        return {
            "citation": cited,
            "metas": machine.metas(self._site, image, of),
            "properties": machine.open_graph(self._site, image, alt),
            "json_ld": data_block(machine.linked_data(self._site, image, of, address, alt)),
            "files": self._site.settings.cite.files,
            "licence_url": links.licence_url(of.rights),
        }

    def _draft(self, row: int) -> str:
        """How many lines its draft has, in words; "" without a draft."""
        drawing = draft_of(self._site, row)
        return "" if drawing is None else counts(drawing)

    def _note(self, image: Image) -> Markup | None:
        text = self._site.beside.notes.get(image.id, "")
        return self._written(text) if text else None

    def _in_source(self, row: int) -> Context:
        """The image's source: its page, and the images before and after in it."""
        source: Source | None = self._sources.get(row)
        if source is None:
            return {"source_href": "", "in_source": None}
        before, after = source.beside(row)
        return {
            "source_href": f"../../{source.page}",
            "in_source": {
                "number": source.rows.index(row) + 1,
                "count": len(source.rows),
                "previous": self._beside(before),
                "next": self._beside(after),
            },
        }

    def _beside(self, row: int) -> Context | None:
        if not 0 <= row < len(self._frame.cards):
            return None
        card = self._frame.cards[row]
        return {"href": f"../{card.id}/index.html", "title": card.title}

    def _views(self, row: int) -> list[Context]:
        found = fitting(self._relations.of(row))
        return [
            self._view(view, kin, row) for view, kin in zip(self._site.views, found, strict=True)
        ]

    def _view(self, view: ViewResult, kin: ViewKin, row: int) -> Context:
        label = int(view.clustering.labels[row])
        miniature = self._frame.miniatures.get(view.name)
        return {
            "name": view.name,
            "label": view.label,
            "number": view.number,
            "kin": kin,
            "cluster": self._nearest[view.name][label] if label >= 0 else None,
            "others": self._others(view, row),
            "map": self._frame.miniature(view),
            "place": miniature.places[row].tolist() if miniature else None,
            "pieces": self._pieces.of(view, row),
            "answered": [
                {"card": self._frame.cards[one.row], "told": one}
                for one in self._pieces.answered(view, row, self._ids)
            ],
        }

    def _others(self, view: ViewResult, row: int) -> list[Context]:
        """The cluster that an image has in each further clustering of a view."""
        found = [(one, int(one.clustering.labels[row])) for one in shown(view) if one.at]
        return [
            {
                "label": one.label,
                "text": cluster_text(one.clustering.clusters[label]),
                "href": links.cluster_page(one.key, label + 1),
                "size": len(one.clustering.clusters[label].members),
            }
            for one, label in found
            if label >= 0
        ]

    def _cluster(self, view: ViewResult, label: int) -> Context:
        cluster = view.clustering.clusters[label]
        return {
            "number": cluster.number,
            "name": cluster.name,
            "size": len(cluster.members),
            "nearest": [self._frame.cards[row] for row in cluster.nearest],
        }

    def _facet_href(self, row: int, *columns: str) -> str:
        """From an image's page to the list of the value it has in one of the columns."""
        facet = next((self._by_column[c] for c in columns if c in self._by_column), None)
        if facet is None or facet.index[row] < 0:
            return ""
        return f"../../{links.list_page(facet.key, facet.addresses[facet.index[row]])}"

    def _fields(self, row: int, image: Image) -> list[Context]:
        """The description: every column with a value that is not the title once more."""
        metadata = self._site.settings.metadata
        found = [
            ("source", image.source, metadata.source),
            ("date", data.date_text(image), metadata.date),
        ]
        found += [(label, text, label) for label, text in image.fields.items()]
        return [
            self._field(row, label, text.strip(), column)
            for label, text, column in found
            if text.strip() and text.strip() != image.title
        ]

    def _field(self, row: int, label: str, text: str, column: str) -> Context:
        external = text.startswith(("https://", "http://")) and not any(map(str.isspace, text))
        href = text if external else self._facet_href(row, label, column)
        return {
            "label": words(label),
            "text": text,
            "href": href,
            "external": external,
            "lang": language_of(text, label),
        }


def marks(views: list[Context]) -> Context:
    """Which marks the relatives on a page bear, so that it explains those and no others."""
    kin = [
        one
        for view in views
        for found in (view["kin"].all, view["kin"].others)
        if found is not None
        for one in found.whole
    ]
    return {
        "mutual": any(one.mutual for one in kin),
        "turned": any(one.turn for one in kin),
        "found": sorted({one.found for one in kin if one.found_words}, reverse=True),
        "others": any(view["kin"].others is not None for view in views),
        "example": next((one for one in kin if one.share), None),
    }
