"""The page of a query: what was asked for, and the nearest images with their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.pages.evaluation import webp_uri
from builder.pages.frame import Context, Frame
from builder.pages.types import SiteInput


@dataclass(frozen=True)
class Asked:
    """One query and what was found.

    Attributes:
        name: as the user wrote it.
        row: of the image, None for a picture from outside.
        picture: the picture from outside, small, as a WebP file; None for images of the catalogue.
        found: (row, score) of the images found, the nearest first.
    """

    name: str
    row: int | None
    picture: bytes | None
    found: tuple[tuple[int, float], ...]


def asked_page(site: SiteInput, view: str, asked: Sequence[Asked], root: str) -> bytes:
    """The page as HTML in UTF-8; it lies outside the site and uses its style and thumbnails.

    Args:
        site: the catalogue's site.
        view: name of the view that was asked.
        asked: queries with their answers.
        root: relative address of the site's folder from the page, ending in a slash.
    """
    frame = Frame(site)
    seen = next(one for one in site.views if one.name == view)
    context: Context = {
        "root": root,
        "view": {"label": seen.label, "name": seen.name, "number": seen.number},
        "asked": [
            {
                "name": one.name,
                "card": None if one.row is None else frame.cards[one.row],
                "picture": webp_uri(one.picture) if one.picture else "",
                "found": [(frame.cards[row], _number(score)) for row, score in one.found],
            }
            for one in asked
        ],
    }
    return frame.page("query.html", "query.html", robots="noindex", **context)[1]


def _number(score: float) -> str:
    return f"{score:.3f}".replace("-", "−")
