"""Dead links, ids given twice, pictures without words, requests to others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from builder.care.types import Finding, Page

_AGAIN = "run volvelle build; if it is in a template or note of yours, mend it there"
_IN_CSS = re.compile(r"""(?:@import\s+|url\(\s*)["']?((?:https?:)?//[^"')\s;]+)""")


def page_findings(
    pages: Mapping[str, Page], files: Collection[str], site_url: str
) -> Iterator[Finding]:
    """What is wrong with the pages of a site.

    Args:
        pages: by their path from the site's root.
        files: paths of all files of the site.
        site_url: where it is published, ending in a slash, or "".
    """
    place = _Place(pages, files, site_url)
    for path, page in pages.items():
        for address in (*page.links, *page.requests):
            yield from place.dead(path, address)
        for address in page.requests:
            yield from place.outside(path, address)
        for name in page.doubled:
            what = f'the id "{name}" is given more than once'
            yield Finding(path, what, _AGAIN, "ids")
        for address in page.unnamed:
            what = "a picture has no alternative text"
            remedy = f'give {address or "it"} an alt attribute, alt="" if it says nothing new'
            yield Finding(path, what, remedy, "alt")


def style_findings(path: str, css: str) -> Iterator[Finding]:
    """Requests of a style sheet to other servers."""
    for address in dict.fromkeys(_IN_CSS.findall(css)):
        yield _third_party(path, address)


class _Place:
    """Where addresses lead."""

    def __init__(self, pages: Mapping[str, Page], files: Collection[str], site_url: str) -> None:
        self._pages, self._files = pages, frozenset(files)
        self._url = site_url
        self._base = urlsplit(site_url).path or "/"

    def dead(self, path: str, address: str) -> Iterator[Finding]:
        """A link into the site that leads nowhere."""
        target = self._inside(path, address)
        if target is None:
            return
        file, fragment = target
        if file not in self._files:
            yield Finding(path, f'"{address}" leads nowhere', _AGAIN, "links")
        elif fragment and file in self._pages and fragment not in self._pages[file].ids:
            what = f'"{address}" names a place that the page does not have'
            yield Finding(path, what, _AGAIN, "links")

    def outside(self, path: str, address: str) -> Iterator[Finding]:
        """A request to another server."""
        if address.startswith(("http://", "https://", "//")) and not self._own(address):
            yield _third_party(path, address)

    def _own(self, address: str) -> bool:
        return bool(self._url) and address.startswith(self._url)

    def _inside(self, path: str, address: str) -> tuple[str, str] | None:
        """The file that an address names and the place in it; None if it is not in the site."""
        if self._own(address):
            address = "/" + address.removeprefix(self._url)
            base = "/"
        else:
            base = self._base
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None
        where = unquote(parts.path)
        if where.startswith("/"):
            file = where.removeprefix(base).lstrip("/")
        else:
            file = posixpath.normpath(posixpath.join(posixpath.dirname(path), where or "."))
            file = path if not where else file
        ends = where.endswith("/") or file in ("", ".")
        file = posixpath.normpath(posixpath.join(file, "index.html")) if ends else file
        # The explorer keeps its state in the fragment: "v=look&i=...".
        return file, "" if "=" in parts.fragment else unquote(parts.fragment)


def _third_party(path: str, address: str) -> Finding:
    host = urlsplit(address).netloc
    what = f"asks {host} for a file, which tells it who reads here and fails without it"
    return Finding(path, what, "keep a copy in the site", "third parties", "warning")
