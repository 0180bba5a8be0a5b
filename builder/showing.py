"""The pictures of a catalogue as its site may show them.

Everything that leaves the catalogue takes its pictures from here: what is withheld is a blank tile
of the picture's proportions there, which says no more than the numbers on the image's page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from builder.corpus.types import Corpus, Image
from builder.intake import PictureStore
from builder.measures.types import Measures
from builder.pages.cards import THUMB, fitted
from builder.pages.rights import hosted
from builder.pages.types import Piece

_GROUND, _LINE = (226, 222, 213), (203, 198, 187)


class Shown:
    """What may be shown of each picture.

    Args:
        store: of decoded pictures.
        corpus: whose images say how much of them may be seen.
    """

    def __init__(self, store: PictureStore, corpus: Corpus) -> None:
        self._store, self._images, self._settings = store, corpus.images, store.settings
        self._withheld = {one.sha256: one for one in corpus.images if one.access == "withheld"}

    @property
    def parts(self) -> dict[str, object]:
        """What pictures made of these are made from."""
        withheld = sorted(self._withheld)
        return self._store.parts | ({"withheld": withheld} if withheld else {})

    def files(self) -> Iterator[tuple[str, Path | bytes]]:
        """The display copies and thumbnails of the site."""
        for image in self._images:
            if display := self.display(image):
                yield f"images/{image.id}.webp", display
            yield f"thumbs/{image.id}.webp", self.thumbnail(image)

    def display(self, image: Image) -> Path | None:
        """The display copy; None where it may not be shown, or where others show it."""
        if image.access != "open" or hosted(image, self._settings):
            return None
        return self._store.display(image.sha256)

    def largest(self, image: Image) -> Path | None:
        """The largest copy that may be shown: that, else the thumbnail, else None."""
        if image.access == "withheld":
            return None
        return self.display(image) or self._store.thumbnail(image.sha256)

    def thumbnail(self, image: Image) -> Path | bytes:
        """The thumbnail as a file, or the tile that stands for it, WebP."""
        if image.access == "withheld":
            return _webp(*fitted(image.width, image.height, THUMB))
        return self._store.thumbnail(image.sha256)

    def pixels(self, sha256: str) -> NDArray[np.uint8]:
        """The thumbnail, or its tile, (h, w, 3) RGB, by the hash of the file."""
        if image := self._withheld.get(sha256):
            return _tile(*fitted(image.width, image.height, THUMB))
        with PillowImage.open(self._store.thumbnail(sha256)) as picture:
            return np.asarray(picture.convert("RGB"))

    def colour(self, sha256: str) -> tuple[int, int, int]:
        """The mean colour, or that of the tile."""
        return _GROUND if sha256 in self._withheld else self._store.known[sha256].colour

    def ground(self, sha256: str) -> tuple[int, int, int]:
        """The colour of the ground, or that of the tile."""
        return _GROUND if sha256 in self._withheld else self._store.known[sha256].ground


def measures_shown(measures: Measures, corpus: Corpus) -> Measures:
    """The numbers and colours of pictures, but for those of which nothing may be seen."""
    hidden = np.array([image.access == "withheld" for image in corpus.images], bool)
    if not hidden.any():
        return measures
    columns = tuple(
        replace(one, values=np.where(hidden, np.nan, one.values)) for one in measures.columns
    )
    palette = np.where(hidden[:, None, None], 0, measures.palette).astype(np.uint8)
    shares = np.where(hidden[:, None], 0, measures.shares).astype(np.float32)
    return Measures(columns, palette, shares)


def pieces_shown(
    pieces: tuple[tuple[Piece, ...], ...], corpus: Corpus
) -> tuple[tuple[Piece, ...], ...]:
    """The drawings of pieces, which show more than a thumbnail: of open pictures alone."""
    return (
        tuple(
            found if image.access == "open" else ()
            for found, image in zip(pieces, corpus.images, strict=True)
        )
        if pieces
        else ()
    )


@cache
def _tile(width: int, height: int) -> NDArray[np.uint8]:
    """A crossed sheet, (height, width, 3)."""
    from PIL import ImageDraw

    sheet = PillowImage.new("RGB", (width, height), _GROUND)
    pen = ImageDraw.Draw(sheet)
    pen.line((0, 0, width - 1, height - 1), _LINE)
    pen.line((0, height - 1, width - 1, 0), _LINE)
    pen.rectangle((0, 0, width - 1, height - 1), outline=_LINE)
    return np.asarray(sheet)


@cache
def _webp(width: int, height: int) -> bytes:
    out = io.BytesIO()
    PillowImage.fromarray(_tile(width, height)).save(out, "WEBP", lossless=True, method=4)
    return out.getvalue()
