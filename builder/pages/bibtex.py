"""References for reference managers: BibTeX and RIS."""

from __future__ import annotations

import re

from builder.pages.csl import note
from builder.pages.references import Name, Reference

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")

_RIS_TYPES = {"image": "ART", "neighbours": "DATA", "catalogue": "ELEC"}


def bibtex(reference: Reference) -> str:
    """An entry of BibTeX in UTF-8; what is unknown is left out.

    `date` is what biblatex reads and `year` what BibTeX does: of the version of the catalogue. The
    date of the work stands in the note, for it is seldom a year.
    """
    origin = [reference.archive, reference.location, reference.shelfmark, reference.written]
    making = [reference.medium, reference.dimensions]
    version = [f"version {reference.version}"] if reference.version else []
    image = [f"Image {reference.number}"] if reference.number else []
    where = ", ".join([*image, f"in: {reference.catalogue}", *version])
    fields = {
        "title": f"{{{_tex(reference.title)}}}",
        "author": " and ".join(_person(one) for one in reference.creators),
        "editor": " and ".join(_person(one) for one in reference.authors)
        if reference.kind == "image"
        else "",
        "howpublished": _tex(where[:1].upper() + where[1:] if reference.catalogue else ""),
        "version": _tex(reference.version),
        "year": reference.day[:4],
        "date": reference.day,
        "note": _tex(_joined([*origin, *making, note(reference)])),
        "url": _url(reference.url),
    }
    lines = [f"  {field} = {{{value}}}" for field, value in fields.items() if value]
    return f"@misc{{{reference.key},\n" + ",\n".join(lines) + "\n}\n"


def _joined(parts: list[str]) -> str:
    return ", ".join(" ".join(part.split()) for part in parts if part.strip())


def _tex(text: str) -> str:
    return plain_line(text).translate(_TEX)


def _person(name: Name) -> str:
    """Braces keep a body's name, and the word "and" in a name, in one piece."""
    if not name.given:
        return f"{{{_tex(name.family)}}}"
    whole = f"{_tex(name.family)}, {_tex(name.given)}"
    return f"{{{whole}}}" if re.search(r"\band\b", whole, re.IGNORECASE) else whole


def _url(url: str) -> str:
    """Addresses are quoted where they are made; what BibTeX could trip over is quoted too."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def ris(reference: Reference) -> str:
    """A record of RIS in UTF-8, lines ending in CR LF as the format asks."""
    lines = [("TY", _RIS_TYPES[reference.kind]), ("ID", reference.key), ("TI", reference.title)]
    lines += [("AU", one.whole) for one in reference.creators]
    if reference.kind == "image":
        lines += [("A2", one.whole) for one in reference.authors]
        lines += [("PY", _year(reference)), ("DA", reference.written)]
    else:
        lines += [("PY", reference.day[:4]), ("DA", reference.day.replace("-", "/"))]
    lines += [
        ("T2", reference.catalogue),
        ("ET", reference.version),
        ("M1", reference.number),
        ("M3", _joined([reference.medium, reference.dimensions])),
        ("AV", _joined([reference.archive, reference.location])),
        ("CN", reference.shelfmark),
        ("N1", note(reference)),
        ("LA", reference.language),
        ("UR", reference.url),
    ]
    said = [f"{tag}  - {plain_line(text)}" for tag, text in lines if plain_line(text)]
    return "\r\n".join([*said, "ER  - "]) + "\r\n"


def _year(reference: Reference) -> str:
    """The year of a work that is dated to one."""
    years = reference.years
    return str(years[0]) if years and years[0] == years[1] and years[0] > 0 else ""


def plain_line(text: str) -> str:
    """Text on one line, without signs that steer a printer or a terminal."""
    return " ".join(_CONTROLS.sub(" ", text).split())
