"""The alternative text of a picture, by the template that the owner wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from builder.corpus.types import Image
from builder.pages.data import date_text

OWN = ("title", "source", "date", "id")
"""Names that every image has, whatever its columns are called."""

_MARK = "\ue000"
# What is left of brackets, quotation marks and separators around a text that is not there.
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|“\s*”|‘\s*’|\"\s*\"")
_DOUBLED = re.compile(r"([,;:·–—/|])(?:\s*[,;:·–—/|])+")
_BEFORE = re.compile(r"\s+([,;:.)\]])")
_OPENED = re.compile(r"([(\[])\s*[,;:·–—/|]\s*")
_CLOSED = re.compile(r"\s*[,;:·–—/|]\s*([)\]])")
_ENDS = " ,;:·–—/|\t\n"


class AltText:
    """Writes alternative texts.

    Args:
        template: such as "{title}, {source}, {date}"; names in braces are those of `OWN` and
            columns of the metadata. Two braces stand for one.
    """

    def __init__(self, template: str) -> None:
        self._parts = [(text, name) for text, name, _, _ in Formatter().parse(template)]
        self._made: dict[tuple[bool, ...], str] = {}

    def __call__(self, image: Image) -> str:
        """The text for an image, on one line; its title where nothing else is known."""
        fields = {label.casefold(): text for label, text in image.fields.items()}
        own = {
            "title": image.title,
            "source": image.source,
            "date": date_text(image),
            "id": image.id,
        }
        texts = [
            " ".join(_text(name, own, fields).split())
            for _, name in self._parts
            if name is not None
        ]
        known = tuple(bool(text) for text in texts)
        if known not in self._made:
            self._made[known] = self._clean(known)
        values = iter(text for text in texts if text)
        said = re.sub(_MARK, lambda _: next(values), self._made[known])
        return said or " ".join(image.title.split())

    def _clean(self, known: tuple[bool, ...]) -> str:
        """The template with marks where texts stand, and nothing left of those that do not."""
        flags = iter(known)
        text = "".join(
            literal + ("" if name is None or not next(flags) else _MARK)
            for literal, name in self._parts
        )
        if all(known):
            return text
        former = ""
        while former != text:
            former = text
            for pattern, by in (
                (_EMPTY, ""),
                (_DOUBLED, r"\1"),
                (_OPENED, r"\1"),
                (_CLOSED, r"\1"),
                (_BEFORE, r"\1"),
            ):
                text = pattern.sub(by, text)
        return " ".join(text.split()).strip(_ENDS)


def _text(name: str, own: Mapping[str, str], fields: Mapping[str, str]) -> str:
    return own[name] if name in own else fields.get(name.casefold(), "")


def unknown_names(template: str, columns: tuple[str, ...]) -> list[str]:
    """Names in a template that are neither an image's own nor columns, in its order."""
    known = {*OWN, *(column.casefold() for column in columns)}
    names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    return [name for name in dict.fromkeys(names) if name.casefold() not in known]
