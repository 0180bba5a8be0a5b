"""Plain lists of images in pages: of all, and by every facet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.pages import links
from builder.pages.facets import NO_VALUE, Facet
from builder.pages.frame import Context, File, Frame
from builder.pages.pager import page_count, pager

_STRIP = 6  # pictures that stand for a value


def list_pages(frame: Frame) -> Iterator[File]:
    """The list of all images, and for each facet its values and the list of each value."""
    rows = range(len(frame.cards))
    yield from _list(frame, (), rows, heading="All images", current="")
    for facet in frame.facets:
        yield _values(frame, facet)
        for value, address, rows_of in _groups(facet):
            heading = value or f"{facet.label}: none given"
            yield from _list(frame, (facet.key, address), rows_of, heading, facet.key)


def first_list(frame: Frame) -> Context:
    """For the front page without its map: the first images, and the further pages of the list."""
    length = frame.site.settings.site.list_length
    pages = page_count(len(frame.cards), length)
    return {
        "items": frame.cards[:length],
        "list_pages": [
            {"href": links.list_page(page=page), "label": str(page)} for page in range(2, pages + 1)
        ],
    }


def _groups(facet: Facet) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(value, address, rows) of every value, and of those without one."""
    yield from zip(facet.values, facet.addresses, facet.rows[:-1], strict=True)
    if facet.rows[-1]:
        yield "", NO_VALUE, facet.rows[-1]


def _values(frame: Frame, facet: Facet) -> File:
    path = links.list_page(facet.key)
    groups: list[Context] = [
        {
            "text": value or "None given",
            "href": f"{address}/index.html",
            "count": len(rows),
            "cards": [frame.cards[row] for row in _spread(rows)],
        }
        for value, address, rows in _groups(facet)
    ]
    return frame.page(
        "facet.html",
        path,
        section="list",
        heading=facet.label,
        lede=f"{len(facet.values):,} values." if len(facet.values) > 1 else "One value.",
        current=facet.key,
        groups=groups,
    )


def _spread(rows: Sequence[int]) -> Sequence[int]:
    """A few rows from the whole length of a group."""
    return rows[:: max(1, -(-len(rows) // _STRIP))]


def _list(
    frame: Frame, parts: tuple[str, ...], rows: Sequence[int], heading: str, current: str
) -> Iterator[File]:
    length = frame.site.settings.site.list_length
    pages = page_count(len(rows), length)
    for page in range(1, pages + 1):
        path = links.list_page(*parts, page=page)

        def href(to: int, path: str = path) -> str:
            return links.relative(path, links.list_page(*parts, page=to))

        shown = rows[(page - 1) * length : page * length]
        yield frame.page(
            "list.html",
            path,
            section="list",
            heading=heading,
            lede=_lede(len(rows), page, pages),
            current=current,
            cards=[frame.cards[row] for row in shown],
            pager=pager(page, pages, href),
        )


def _lede(count: int, page: int, pages: int) -> str:
    images = f"{count:,}\N{NO-BREAK SPACE}image" + ("" if count == 1 else "s")
    return f"{images}, page {page} of {pages}." if pages > 1 else f"{images}."
