"""The address of every image that was removed, renamed or merged: what became of it.

A removed image has a tombstone, as DataCite asks of identifiers whose object is gone: what it was,
since when and why it is gone, and what to see instead. A renamed or merged one leads on.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.corpus.types import Tombstone
from builder.pages import links
from builder.pages.frame import Context, File, Frame
from builder.pages.types import SiteInput

Json = Context


def removed_pages(frame: Frame) -> Iterator[File]:
    """A page at the address of every image that has none now."""
    living = {card.id: card.title for card in frame.cards}
    stones = {stone.id: stone for stone in frame.site.corpus.tombstones}
    for stone in stones.values():
        if stone.id not in living:
            yield _page(frame, stone, living, stones)


def _page(
    frame: Frame, stone: Tombstone, living: dict[str, str], stones: dict[str, Tombstone]
) -> File:
    path = links.item_page(stone.id)
    if stone.redirect_to in living:
        target = links.relative(path, links.item_page(stone.redirect_to))
        url = frame.site.settings.catalogue.site_url
        return frame.page(
            "redirect.html",
            path,
            robots="noindex",
            stone=stone,
            target=target,
            address=links.absolute(url, links.item_page(stone.redirect_to)),
            title=living[stone.redirect_to],
        )
    seen = (*stone.successors, *([stone.redirect_to] if stone.redirect_to else []))
    return frame.page(
        "tombstone.html",
        path,
        robots="noindex",
        stone=stone,
        picture=f"thumb {stone.sha256}" in frame.site.kept and not stone.unreadable,
        successors=[
            {
                "id": one,
                "title": living.get(one) or stones[one].title or one,
                "href": links.relative(path, links.item_page(one)),
                "shown": one in living,
            }
            for one in seen
            if one in living or one in stones
        ],
    )


def removed(site: SiteInput) -> Json:
    """The same for programs, as api/removed.json."""
    return {"format": 1, "removed": [_entry(site, stone) for stone in site.corpus.tombstones]}


def _entry(site: SiteInput, stone: Tombstone) -> Json:
    status = "redirect" if stone.redirect_to else "removed"
    shown = f"thumb {stone.sha256}" in site.kept
    return {
        "id": stone.id,
        "status": "unreadable" if stone.unreadable else status,
        "title": stone.title,
        "first_seen": stone.first_seen,
        "date": stone.date,
        "reason": stone.reason,
        "redirect_to": stone.redirect_to,
        "successors": list(stone.successors),
        "sha256": stone.sha256,
        "thumb": f"thumbs/{stone.id}.webp" if shown else None,
    }
