"""Texts of IIIF documents by language, in all the forms that they take, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from builder.fetching.types import Values

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NONE = ("", "none", "@none", "und")
_HIDDEN = ("script", "style")
_BREAKS = ("br", "p", "div", "li", "tr")


class _Text(HTMLParser):
    """The text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in _HIDDEN
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain(text: str) -> str:
    """A text on one line; one that is written as HTML, without its markup."""
    if "<" in text or "&" in text:
        reader = _Text()
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    return " ".join(text.split())


def values(value: Any) -> Values:
    """Texts by language: of a language map (3), or of a string, object or list of those (2)."""
    found: dict[str, list[str]] = {}
    for tag, text in _texts(value):
        if clean := plain(text):
            known = "" if tag in _NONE or not _TAG.fullmatch(tag) else tag
            found.setdefault(known, []).append(clean)
    return {tag: tuple(dict.fromkeys(texts)) for tag, texts in found.items()}


def _texts(value: Any, tag: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield tag, value
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        yield tag, str(value)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, tag)
    elif isinstance(value, dict):
        if "@value" in value:
            yield from _texts(value["@value"], str(value.get("@language") or tag))
            return
        for key, inner in value.items():
            if key == "@none" or not str(key).startswith("@"):
                yield from _texts(inner, key)


def chosen(found: Values, language: str) -> tuple[str, str]:
    """(tag, text) in a language if it is there, else without one, else in the first."""
    if not found:
        return "", ""
    base = language.partition("-")[0].lower()
    order = [tag for tag in found if language and tag.lower() == language.lower()]
    order += [tag for tag in found if base and tag.partition("-")[0].lower() == base]
    order += [tag for tag in found if not tag]
    tag = (order or list(found))[0]
    return tag, "; ".join(found[tag])
