"""What of a picture the site shows, whose it is, and what readers are told of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builder.corpus.types import Image
from builder.settings import Access, Settings

WORDS: dict[Access, str] = {
    "open": "",
    "restricted": "Only a small picture may be shown here.",
    "withheld": "The picture may not be shown here.",
}
"""What a page says of a picture that is not shown whole."""


@dataclass(frozen=True)
class Shown:
    """What an image's page shows of its rights.

    Attributes:
        large: whether there is a display copy, to be looked into.
        small: whether there is a thumbnail.
        words: why not, "" if both are there.
        credit: the line that goes with the picture, "" if there is none.
    """

    large: bool
    small: bool
    words: str
    credit: str


def shown(image: Image, settings: Settings) -> Shown:
    """What may be seen of an image."""
    access = image.access
    credit = credit_of(image, settings)
    return Shown(access == "open", access != "withheld", WORDS[access], credit)


def picture_path(image: Image) -> str:
    """The largest picture of an image on the site, from its root; "" where none is shown."""
    paths = {"open": f"images/{image.id}.webp", "restricted": f"thumbs/{image.id}.webp"}
    return paths.get(image.access, "")


def credit_of(image: Image, settings: Settings) -> str:
    """The credit line of a picture on one line: its row's, else its source's; "" for none."""
    wanted = settings.cite.credit.casefold()
    own = next((text for label, text in image.fields.items() if label.casefold() == wanted), "")
    return " ".join((own or settings.rights.credits.get(image.source, "")).split())


def credits_of(images: Sequence[Image], settings: Settings) -> dict[str, Any]:
    """All credit lines, each once: `texts`, and for each image the number of its own or -1."""
    lines = [credit_of(image, settings) for image in images]
    texts = list(dict.fromkeys(line for line in lines if line))
    number = {text: at for at, text in enumerate(texts)}
    return {"texts": texts, "index": [number.get(line, -1) for line in lines] if texts else []}
