"""The page of each source, with all its images in page order, and the list of sources."""

from __future__ import annotations

from collections.abc import Iterator

from builder.pages.collate import PATH, beside_source
from builder.pages.frame import Context, File, Frame
from builder.pages.sources import Source

_STRIP = 6  # pictures that stand for a source


def source_pages(frame: Frame) -> Iterator[File]:
    """The page of every source, and the list of them."""
    found = frame.sources
    if not found:
        return
    yield frame.page(
        "sources.html",
        "sources/index.html",
        section="list",
        groups=[_group(frame, source) for source in found],
        collate=PATH if frame.site.collated else "",
    )
    beside = beside_source(frame)
    for at, source in enumerate(found):
        yield frame.page(
            "source.html",
            source.page,
            section="list",
            source=source,
            dates=_dates(frame, source),
            beside=beside.get(at, []),
            entries=[
                {"card": frame.cards[row], "place": place}
                for row, place in zip(source.rows, source.places, strict=True)
            ],
            previous=_turn(found[at - 1]) if at else None,
            next=_turn(found[at + 1]) if at + 1 < len(found) else None,
            number=at + 1,
            total=len(found),
        )


def _turn(source: Source) -> Context:
    return {"href": f"../{source.slug}/index.html", "title": source.name}


def _group(frame: Frame, source: Source) -> Context:
    step = max(1, -(-len(source.rows) // _STRIP))
    return {
        "text": source.name,
        "href": f"{source.slug}/index.html",
        "count": len(source.rows),
        "cards": [frame.cards[row] for row in source.rows[::step]],
    }


def _dates(frame: Frame, source: Source) -> str:
    """Its date as written, where all its images have one and the same."""
    found = {frame.cards[row].date for row in source.rows}
    return found.pop() if len(found) == 1 else ""
