"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class PageLink:
    """A number to go to; without an address it is this page, or a gap."""

    text: str
    href: str


@dataclass(frozen=True)
class Pager:
    """Where a page stands among the pages of its list."""

    page: int
    pages: int
    previous: str
    next: str
    links: tuple[PageLink, ...]


def page_count(items: int, length: int) -> int:
    """Pages of a list; an empty list has one."""
    return max(1, -(-items // length))


def pager(page: int, pages: int, href: Callable[[int], str]) -> Pager:
    """The links of one page: first, last, and two to each side of this one."""
    wanted = sorted({1, pages} | {at for at in range(page - 2, page + 3) if 1 <= at <= pages})
    found: list[PageLink] = []
    for before, at in zip([0, *wanted], wanted, strict=False):
        if at - before > 1:
            found.append(PageLink("…", ""))
        found.append(PageLink(str(at), "" if at == page else href(at)))
    return Pager(
        page=page,
        pages=pages,
        previous=href(page - 1) if page > 1 else "",
        next=href(page + 1) if page < pages else "",
        links=tuple(found),
    )
