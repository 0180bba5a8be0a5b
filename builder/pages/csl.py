"""References in Chicago's, the MLA's and the APA's manner, by citeproc-py; and as CSL-JSON.

The processor takes some ten milliseconds a reference. It never changes the letters of a title (the
styles in styles/ ask for no capitals), so it is asked once for each set of known fields, with
marks in place of the texts; the texts are then put where their marks stand. A test compares this
with references that the processor made of the texts themselves.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from builder.pages.references import SHORT, Name, Reference

Json = dict[str, Any]

STYLES = {"chicago": "Chicago", "mla": "MLA", "apa": "APA"}
"""File in styles/ -> name for readers."""

_FOLDER = Path(__file__).parent / "styles"
_TYPES = {"image": "graphic", "neighbours": "dataset", "catalogue": "webpage"}

# Marks are single letters of the Private Use Area: no style and no locale knows them.
_FIRST = 0xE100
_MARK = re.compile("([\ue100-\ue1ff])")
_STOPS = ".?!…؟。"
# What a style puts after a text that has its own full stop.
_AFTER = re.compile(r"^(</i>|”|’)*\.(?=\s|$|”)")
_FOREIGN = re.compile("<(?!/?i>)")
_BEGINS = re.compile(r"[.?!]”? $")
_LEFT = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"
_RUNNING_LEFT = re.compile(rf"{_LEFT}(?:[^<>.,;()\[\]]*{_LEFT})?")
_TURNING = ("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI")
# A work's date and making may stand where a sentence begins.
_SENTENCES = ("written", "medium", "dimensions", "models")

_VARIABLES = {
    "title": "title",
    "medium": "medium",
    "models": "medium",
    "dimensions": "dimensions",
    "archive": "archive",
    "location": "archive_location",
    "catalogue": "container-title",
    "version": "version",
    "number": "number",
    "url": "URL",
}
"""Attribute of a reference -> variable of CSL."""


@dataclass(frozen=True)
class Part:
    """Fixed text, as HTML, or the name of the attribute that stands there."""

    html: str = ""
    attribute: str = ""
    begins: bool = False


def formatted(reference: Reference, style: str) -> Markup:
    """A reference in the manner of a style, as HTML: italics are <i>."""
    values = _values(reference)
    parts = _template(
        style,
        reference.kind,
        tuple(values),
        reference.creators,
        reference.authors,
        reference.day,
    )
    said: list[str] = []
    before = ""
    for part in parts:
        if part.attribute:
            value = values[part.attribute]
            if part.begins and part.attribute in _SENTENCES:
                value = value[:1].upper() + value[1:]
            said.append(_isolated(value))
            before = value[-1:]
            continue
        found = _AFTER.match(part.html) if before and before in _STOPS else None
        said.append(found[0][:-1] + part.html[found.end() :] if found else part.html)
    return Markup("".join(said))  # noqa: S704  (texts are escaped above)


def _isolated(text: str) -> str:
    """A text as HTML; what may run from right to left keeps its direction to itself."""
    turns = not text.isascii() and any(unicodedata.bidirectional(one) in _TURNING for one in text)
    return f"<bdi>{escape(text)}</bdi>" if turns else str(escape(text))


def _names(html: str) -> str:
    """Names in a style's own text, isolated where they run from right to left."""
    return _RUNNING_LEFT.sub(lambda found: f"<bdi>{found[0]}</bdi>", html)


def plain(reference: Reference, style: str) -> str:
    """The same as text."""
    return str(formatted(reference, style).striptags())


def _values(reference: Reference) -> dict[str, str]:
    found = {name: getattr(reference, name) for name in (*_VARIABLES, "written")}
    return {name: " ".join(str(value).split()) for name, value in found.items() if value}


@cache
def _template(
    style: str,
    kind: str,
    known: tuple[str, ...],
    creators: tuple[Name, ...],
    authors: tuple[Name, ...],
    day: str,
) -> tuple[Part, ...]:
    marks = {chr(_FIRST + at): attribute for at, attribute in enumerate(known)}
    entry: Json = {"id": "entry", "type": _TYPES[kind]}
    for mark, attribute in marks.items():
        if attribute == "written":
            entry["issued"] = {"literal": mark}
        else:
            entry[_VARIABLES[attribute]] = mark
    entry |= _people(creators, authors if kind == "image" else (), "editor")
    if day:
        entry["event-date"] = _day(day)
    text = processed(entry, style).replace(".”.", ".”")
    pieces = [piece for piece in _MARK.split(text) if piece]
    parts: list[Part] = []
    for piece in pieces:
        before = re.sub(r"<[^>]+>", "", parts[-1].html) if parts else ". "
        begins = bool(_BEGINS.search(before))
        parts.append(Part("", marks[piece], begins) if piece in marks else Part(_names(piece)))
    return tuple(parts)


def _people(
    creators: tuple[Name, ...], authors: tuple[Name, ...], role: str = "container-author"
) -> Json:
    """People of an entry. The processor knows no authors of a container and is told of editors."""
    found = {"author": creators, role: authors}
    return {key: [_person(one) for one in some] for key, some in found.items() if some}


def _person(name: Name) -> Json:
    if not name.given:
        return {"literal": name.family}
    given, particle = name.parted
    return {"family": name.family, "given": given} | (
        {"dropping-particle": particle} if particle else {}
    )


def _day(day: str) -> Json:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def processed(entry: Json, style: str) -> str:
    """One entry of CSL-JSON as citeproc-py writes it, HTML with italics."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of each variable that it does not know
        source = CiteProcJSON([_escaped(entry)])
        made = CitationStylesBibliography(_style(style), source, formatter.html)
        made.register(Citation([CitationItem(entry["id"])]))
        # Whatever it does to an entity that it takes for letters, no element but its own comes out.
        return _FOREIGN.sub("&lt;", str(made.bibliography()[0]))


@cache
def _style(style: str) -> Any:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(_FOLDER / f"{style}.csl"), validate=False)


def _escaped(value: Any) -> Any:
    """The processor's HTML takes texts for HTML, those of names too."""
    if isinstance(value, str):
        return str(escape(value))
    if isinstance(value, list):
        return [_escaped(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _escaped(one) for key, one in value.items()}
    return value


def csl_json(reference: Reference) -> Json:
    """The reference as an entry of CSL-JSON; what is unknown is left out."""
    entry: Json = {"id": reference.key, "type": _TYPES[reference.kind], "title": reference.title}
    entry |= _people(reference.creators, reference.authors if reference.kind == "image" else ())
    if reference.kind == "image":
        issued = _issued(reference)
    else:
        issued = _day(reference.day) if reference.day else None
    rest: Json = {
        "issued": issued,
        "medium": reference.medium,
        "dimensions": reference.dimensions,
        "archive": reference.archive,
        "archive_location": reference.location,
        "call-number": reference.shelfmark,
        "container-title": reference.catalogue,
        "version": reference.version,
        "number": reference.number,
        "note": note(reference),
        "language": reference.language,
        "URL": reference.url,
    }
    return entry | {key: value for key, value in rest.items() if value}


def _issued(reference: Reference) -> Json | None:
    if not reference.written:
        return None
    years = reference.years
    if years and years[0] == years[1] and reference.written == str(years[0]):
        return {"date-parts": [[years[0]]]}
    return {"literal": reference.written}


def note(reference: Reference) -> str:
    """What no field of reference managers holds: the models, and their whole checksums."""
    models = reference.models[:1].upper() + reference.models[1:]
    for checksum in reference.checksums:
        models = models.replace(checksum[:SHORT], checksum)
    return "; ".join(part for part in (models, reference.credit) if part)
