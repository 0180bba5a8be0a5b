"""The pictures that an image had before: items/<id>/versions/."""

from __future__ import annotations

from collections.abc import Iterator

from builder.corpus.types import FormerPicture, Image
from builder.pages import links
from builder.pages.frame import File, Frame


def versions_page(image_id: str) -> str:
    """The page of an image's former pictures."""
    return f"items/{image_id}/versions/index.html"


def former_pages(frame: Frame) -> Iterator[File]:
    """A page for each image whose picture was replaced at some time."""
    by_id = former_of(frame.site.corpus.former)
    for image, card in zip(frame.site.corpus.images, frame.cards, strict=True):
        if image.id in by_id:
            yield _page(frame, image, card, by_id[image.id])


def former_of(former: tuple[FormerPicture, ...]) -> dict[str, list[FormerPicture]]:
    """Former pictures by the id of their image, the earliest first."""
    found: dict[str, list[FormerPicture]] = {}
    for one in former:
        found.setdefault(one.id, []).append(one)
    return found


def _page(frame: Frame, image: Image, card: object, former: list[FormerPicture]) -> File:
    path = versions_page(image.id)
    kept = frame.site.kept
    return frame.page(
        "versions.html",
        path,
        robots="noindex",
        image=image,
        card=card,
        since=former[-1].until,
        former=[
            {
                "number": len(former) - at,
                "sha256": one.sha256,
                "path": one.path,
                "since": one.since,
                "until": one.until,
                "picture": f"{one.sha256[:12]}.webp" if f"picture {one.sha256}" in kept else "",
            }
            for at, one in enumerate(reversed(former))
        ],
        page_href=links.relative(path, links.item_page(image.id)),
    )
