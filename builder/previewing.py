"""Preview cards, each drawn once for what it shows, copies for viewers, and small pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder import copying, page_places
from builder.corpus.types import Image
from builder.ledger import Ledger
from builder.made_pictures import make_missing
from builder.pages.preview import VERSION, draw_card
from builder.pages.references import References
from builder.pages.types import SiteInput
from builder.showing import Shown
from builder.workspace import Workspace, fingerprint, write_atomic

_PARTS: dict[str, object] = {"version": VERSION}


def folder_of(workspace: Workspace) -> Path:
    """Where cards are kept; asking for it keeps them through a build that needs none."""
    copying.folder_of(workspace)
    page_places.folder_of(workspace)
    return workspace.path("cards", "", _PARTS)


@dataclass(frozen=True)
class _Card:
    """What a card shows, and where it is kept."""

    picture: Path
    title: str
    origin: tuple[str, ...]
    credit: str
    path: Path


class Previews:
    """The cards of a site; a catalogue without an address has none.

    Args:
        ledger: of the build.
        shown: the pictures.
        site: what the cards show.
    """

    def __init__(self, ledger: Ledger, shown: Shown, site: SiteInput) -> None:
        self._ledger, self._site = ledger, site
        self._cards: list[tuple[str, _Card]] = []
        self._copies = copying.Copies(ledger, shown, site)
        self._pages = page_places.SmallPages(ledger, site)
        if not site.beside.cards:
            return
        self._folder = folder_of(ledger.workspace)
        references = References(site)
        for image in site.corpus.images:
            credit = references.image(image).credit or site.settings.catalogue.title
            if picture := shown.largest(image):
                self._cards.append((image.id, self._card(image, picture, credit)))

    def _card(self, image: Image, picture: Path, credit: str) -> _Card:
        date = image.date.text if image.date else ""
        said = {"picture": image.sha256, "title": image.title, "credit": credit}
        if image.access != "open":
            said["access"] = image.access
        name = fingerprint({**said, "origin": [image.source, date]})
        path = self._folder / name[:2] / f"{name}.jpg"
        return _Card(picture, image.title, (image.source, date), credit, path)

    def draw(self, jobs: int) -> None:
        """Draw the cards that are not there, and remove those that nobody needs."""
        self._copies.make(jobs)
        self._pages.make(jobs)
        if not self._cards:
            return
        wanted = {card.path: card for _, card in self._cards}
        done = "preview cards drawn"
        make_missing(self._ledger, self._folder, "cards", _PARTS, wanted, _draw, jobs, done)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each card beside its page, and each copy where viewers ask for it."""
        yield from self._copies.files()
        yield from self._pages.files()
        for image_id, card in self._cards:
            yield f"items/{image_id}/card.jpg", card.path


def _draw(card: _Card) -> None:
    from PIL import Image

    with Image.open(card.picture) as picture:
        drawn = draw_card(picture, card.title, card.origin, card.credit)
    write_atomic(card.path, drawn)
