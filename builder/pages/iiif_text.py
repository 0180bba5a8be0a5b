"""Texts as IIIF has them: by language, never taken for markup, and rights as addresses."""

from __future__ import annotations

import re
from html import escape, unescape

from builder.pages import links
from builder.pages.languages import language_of

Texts = dict[str, list[str]]
"""Language tag, or "none" -> texts in it."""

OURS = "en"
"""The language of what this software itself says."""

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_RIGHTS = re.compile(
    r"https?://(?:www\.)?(?:creativecommons\.org/(?P<cc>(?:licenses|publicdomain)/[\w./-]+?)"
    r"|rightsstatements\.org/(?:vocab|page)/(?P<statement>[\w-]+/[\d.]+))"
    r"/?(?:deed(?:\.[\w-]+)?|legalcode(?:\.[\w-]+)?)?/?(?:\?[^\s]*)?"
)


def texts(text: str, language: str, label: str = "") -> Texts:
    """A text under its language: as its label or its script tells, else `language`."""
    tag = language_of(text, label) or language
    return {tag if _TAG.fullmatch(tag) else "none": [text]}


def said(text: str) -> Texts:
    """A text of our own."""
    return {OURS: [text]}


def literal(text: str) -> str:
    """A text for a value that may be HTML: what would be taken for markup is written as HTML.

    Presentation API 3.0 takes a value for HTML if it begins with "<" and ends with ">"; some
    viewers take every value for it. Both show this as the text that was given.
    """
    plain = "<" not in text and unescape(text) == text
    return text if plain else f"<span>{escape(text, quote=False)}</span>"


def entry(label: Texts, text: str, language: str, column: str = "") -> dict[str, Texts]:
    """A label with its value; the value is shown as it is written."""
    ((tag, _),) = texts(text, language, column).items()
    return {"label": label, "value": {tag: [literal(text)]}}


def rights_address(rights: str) -> str:
    """The address of a licence as IIIF wants it; "" for what is no licence known by an address.

    Creative Commons and RightsStatements.org name their statements by addresses with http.
    """
    found = _RIGHTS.fullmatch(links.licence_url(rights))
    if not found:
        return ""
    if found["cc"]:
        return f"http://creativecommons.org/{found['cc'].rstrip('/')}/"
    return f"http://rightsstatements.org/vocab/{found['statement']}/"
