"""Reads of a page what the checks ask for."""

from __future__ import annotations

from html.parser import HTMLParser

from builder.care.types import Page

_ASKED_FOR = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
_SOURCES = {"src", "srcset", "poster", "data"}


def read_page(html: str) -> Page:
    """The page; HTML that is broken gives what can be read of it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(
        tuple(dict.fromkeys(reader.links)),
        tuple(dict.fromkeys(reader.requests)),
        frozenset(reader.ids),
        tuple(dict.fromkeys(reader.doubled)),
        tuple(dict.fromkeys(reader.unnamed)),
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.requests: list[str] = []
        self.ids: set[str] = set()
        self.doubled: list[str] = []
        self.unnamed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Of an attribute that is given twice, browsers take the first.
        found = {name: value or "" for name, value in reversed(attrs)}
        if "id" in found:
            if found["id"] in self.ids:
                self.doubled.append(found["id"])
            self.ids.add(found["id"])
        if tag == "img" and "alt" not in found:
            self.unnamed.append(found.get("src", ""))
        if tag == "meta" and found.get("http-equiv", "").lower() == "refresh":
            self.links.append(found.get("content", "").partition("url=")[2])
        self._addresses(tag, found)

    def _addresses(self, tag: str, found: dict[str, str]) -> None:
        for name in _SOURCES & found.keys():
            several = found[name].split(",") if name == "srcset" else [found[name]]
            self.requests += [one.split()[0] for one in several if one.split()]
        if "href" in found:
            of_link = tag == "link" and _ASKED_FOR & set(found.get("rel", "").lower().split())
            asked = of_link or tag in ("image", "use")
            (self.requests if asked else self.links).append(found["href"].strip())
