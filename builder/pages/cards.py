"""What a template needs of an image to show it small, of a neighbour, and of a cluster."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from builder.corpus.types import Image
from builder.pages.data import date_text
from builder.settings import Settings

THUMB = 256
"""Longer side of a thumbnail in pixels."""

SHAPES = 85
"""Classes of proportion (.r0 ... .r84 in page.css): 0.5 · 1.03^i, width to height.

Proportions come as classes because the policy of the pages forbids style attributes.
"""

_SLIMMEST, _STEP = 0.5, 1.03

TURNS = (
    "",
    "turned\N{NO-BREAK SPACE}90°",
    "turned\N{NO-BREAK SPACE}180°",
    "turned\N{NO-BREAK SPACE}270°",
    "mirrored",
    "mirrored, turned\N{NO-BREAK SPACE}90°",
    "mirrored, turned\N{NO-BREAK SPACE}180°",
    "mirrored, turned\N{NO-BREAK SPACE}270°",
)
"""Words for the eight orientations of a neighbour, by their numbers."""

# A small picture is enlarged at most twice, towards this longer side in CSS pixels.
_LARGE = 900


@dataclass(frozen=True, slots=True)
class Card:
    """One image, shown small; tw and th are the thumbnail's width and height."""

    row: int
    id: str
    title: str
    source: str
    date: str
    tw: int
    th: int
    shape: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One image, shown large: pixels of the display copy, and its width in CSS pixels."""

    width: int
    height: int
    shown: int


@dataclass(frozen=True, slots=True)
class Kin:
    """A neighbour on a page.

    Attributes:
        score: its number, as it is shown.
        share: of random pairs that are less alike, as it is shown; "" where not measured.
        orientation: 0 to 7, see `TURNS`.
        found: a digit for each view, 1 where the neighbour is in its list.
        found_words: the same in words, "" where no other view has it.
    """

    card: Card
    score: str
    share: str = ""
    mutual: bool = False
    orientation: int = 0
    found: str = ""
    found_words: str = ""

    @property
    def turn(self) -> str:
        """How the neighbour lies in words, "" if it lies the same way."""
        return TURNS[self.orientation]


def cards(images: Sequence[Image]) -> list[Card]:
    """A card for each image, in order."""
    return [_card(row, image) for row, image in enumerate(images)]


def _card(row: int, image: Image) -> Card:
    width, height = fitted(image.width, image.height, THUMB)
    return Card(
        row=row,
        id=image.id,
        title=image.title,
        source=image.source,
        date=date_text(image),
        tw=width,
        th=height,
        shape=shape(image.width / image.height),
    )


def shape(ratio: float) -> str:
    """The class of proportion nearest to a ratio of width to height."""
    at = round(math.log(ratio / _SLIMMEST) / math.log(_STEP))
    return f"r{min(max(at, 0), SHAPES - 1)}"


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Pixels of a copy whose longer side is at most `side`; small pictures stay as they are."""
    scale = min(1.0, side / max(width, height))
    return max(1, math.floor(width * scale + 0.5)), max(1, math.floor(height * scale + 0.5))


def picture(image: Image, settings: Settings) -> Picture:
    """How the display copy of an image is shown; small ones are enlarged, up to twice."""
    width, height = fitted(image.width, image.height, settings.site.display_pixels)
    scale = min(2.0, max(1.0, _LARGE / max(width, height)))
    return Picture(width, height, round(width * scale))
