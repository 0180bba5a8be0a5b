"""What of a picture the site shows, whose it is, and what readers are told of that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builder.corpus.types import Image
from builder.settings import Access, Settings

_ORIGIN = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?=[/?#]|$)"
)

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
        large: whether there is a large picture, to be looked into.
        small: whether there is a thumbnail.
        words: why not, "" if both are there.
        credit: the line that goes with the picture, "" if there is none.
        address: of the large picture where others show it, "" where this site does.
        origin: of that address.
    """

    large: bool
    small: bool
    words: str
    credit: str
    address: str
    origin: str


def shown(image: Image, settings: Settings) -> Shown:
    """What may be seen of an image."""
    access = image.access
    credit = credit_of(image, settings)
    address = hosted(image, settings)
    large, small = access == "open", access != "withheld"
    return Shown(large, small, WORDS[access], credit, address, origin(address))


def picture_path(image: Image, settings: Settings) -> str:
    """The largest picture of an image on the site, from its root; "" where none is shown."""
    if image.access == "withheld":
        return ""
    small = image.access == "restricted" or hosted(image, settings)
    return f"{'thumbs' if small else 'images'}/{image.id}.webp"


def hosted(image: Image, settings: Settings) -> str:
    """The address from which others show the large picture; "" where this site has it itself."""
    if settings.images.host == "local" or image.access != "open":
        return ""
    found = (text for label, text in image.fields.items() if label.casefold() == "iiif_url")
    address = next(found, "")
    return address if origin(address) else ""


def origin(address: str) -> str:
    """Scheme, server and port of an address, as policies name them; "" for any other text."""
    found = _ORIGIN.match(address)
    return found[0].lower() if found and not any(map(str.isspace, address)) else ""


def origins(images: Sequence[Image], settings: Settings) -> list[str]:
    """All servers that large pictures are shown from."""
    return sorted({origin(address) for one in images if (address := hosted(one, settings))})


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


def closed(images: Sequence[Image], settings: Settings) -> dict[str, list[int]]:
    """Rows of the images that have no display copy on the site, by the reason."""
    rows: dict[str, list[int]] = {"restricted": [], "withheld": [], "hosted": []}
    for row, image in enumerate(images):
        if image.access != "open":
            rows[image.access].append(row)
        elif hosted(image, settings):
            rows["hosted"].append(row)
    return rows
