"""Pictures that outlive their files: `kept/` in the catalogue, to be committed beside the register.

A thumbnail of each removed image, where its rights allow, and the display copy of each picture that
another replaced, if `site.keep_versions` is set. They are taken over at the build that finds the
file gone, from what earlier builds keep or from the site as it was published; later they could not
be made again. A file that somebody takes out of the folder is not shown any longer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from builder.corpus.types import Corpus, FormerPicture
from builder.intake import PictureStore
from builder.pages.links import licence_url
from builder.settings import Settings
from builder.workspace import write_atomic

FOLDER = "kept"


class Keeping:
    """The kept pictures of one catalogue.

    Args:
        catalogue: its folder.
        settings: of the catalogue.
        store: what builds keep.
        site: folder of the published site.
    """

    def __init__(
        self, catalogue: Path, settings: Settings, store: PictureStore, site: Path
    ) -> None:
        self._root = catalogue / FOLDER
        self._settings, self._store, self._site = settings, store, site

    def thumbnail(self, sha256: str) -> Path:
        """The thumbnail of a removed picture; it need not exist."""
        return self._root / f"{sha256}.thumb.webp"

    def picture(self, sha256: str) -> Path:
        """The display copy of a replaced picture; it need not exist."""
        return self._root / f"{sha256}.webp"

    def save(self, corpus: Corpus) -> None:
        """Take over what can be had of pictures that are gone.

        Raises:
            OutputError: the folder cannot be written.
        """
        for stone in corpus.tombstones:
            gone = not (stone.unreadable or stone.redirect_to or stone.reason)
            if self.allows and gone and stone.access != "withheld":
                self.keep_thumbnail(stone.id, stone.sha256)
        if self._settings.site.keep_versions:
            for one in _open(corpus):
                there = [self._store.display(one.sha256)]
                self._keep(self.picture(one.sha256), there, one.id, one.sha256, "images")

    def keep_thumbnail(self, image_id: str, sha256: str) -> bool:
        """Keep the thumbnail of an image; whether it could be had."""
        there = [self._store.thumbnail(sha256)]
        return self._keep(self.thumbnail(sha256), there, image_id, sha256, "thumbs")

    def forget_thumbnail(self, sha256: str) -> None:
        """Take a thumbnail out of what is kept."""
        self.thumbnail(sha256).unlink(missing_ok=True)

    @property
    def allows(self) -> bool:
        """Whether a picture may stay after its image was removed, if nobody says otherwise."""
        wish = self._settings.site.keep_removed
        open_ = bool(licence_url(self._settings.catalogue.licence))
        return wish == "always" or (wish == "open" and open_)

    def names(self, corpus: Corpus) -> frozenset[str]:
        """Hashes of those kept pictures that the site shows, with their kind before them."""
        withheld = {image.sha256 for image in corpus.images if image.access == "withheld"}
        thumbs = {
            f"thumb {stone.sha256}"
            for stone in corpus.tombstones
            if self._settings.site.keep_removed != "never"
            and not stone.redirect_to
            and stone.access != "withheld"
            and stone.sha256 not in withheld
            and self.thumbnail(stone.sha256).exists()
        }
        pictures = {
            f"picture {one.sha256}"
            for one in _open(corpus)
            if self._settings.site.keep_versions and self.picture(one.sha256).exists()
        }
        return frozenset(thumbs | pictures)

    def files(self, corpus: Corpus) -> Iterator[tuple[str, Path]]:
        """What the site shows of them, by path in the site."""
        names = self.names(corpus)
        for stone in corpus.tombstones:
            if f"thumb {stone.sha256}" in names:
                yield f"thumbs/{stone.id}.webp", self.thumbnail(stone.sha256)
        shown: set[str] = set()
        for one in _open(corpus):
            path = f"items/{one.id}/versions/{one.sha256[:12]}.webp"
            if f"picture {one.sha256}" in names and path not in shown:
                shown.add(path)
                yield path, self.picture(one.sha256)

    def _keep(
        self, target: Path, sources: list[Path], image_id: str, sha256: str, folder: str
    ) -> bool:
        if target.exists():
            return True
        if self._published(image_id) == sha256:
            sources = [*sources, self._site / folder / f"{image_id}.webp"]
        for source in sources:
            if source.is_file():
                write_atomic(target, source.read_bytes())
                return True
        return False

    def _published(self, image_id: str) -> str:
        """Hash of the picture that the site shows at an address now; "" if it is not known."""
        try:
            text = (self._site / "api" / "items" / f"{image_id}.json").read_text(encoding="utf-8")
            return str(json.loads(text)["file"]["sha256"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def _open(corpus: Corpus) -> list[FormerPicture]:
    """Former pictures of images that may be shown whole: their rights are those of the image."""
    closed = {image.id for image in corpus.images if image.access != "open"}
    closed |= {stone.id for stone in corpus.tombstones if stone.access != "open"}
    hidden = {image.sha256 for image in corpus.images if image.access != "open"}
    return [one for one in corpus.former if one.id not in closed and one.sha256 not in hidden]
