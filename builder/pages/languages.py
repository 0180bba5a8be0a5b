"""The language of a value, as far as it can be told without guessing."""

from __future__ import annotations

import re
import unicodedata

# A label such as "title@ar" or "title (ar)" says in which language its values are.
_LABELLED = re.compile(r"(?:@|\()([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)?$")

_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "SYRIAC": "Syrc",
}


def language_of(text: str, label: str = "") -> str:
    """A BCP 47 tag for a value, "" where it is the page's own or cannot be told.

    A label may say it. Else the script of all its letters is told and the language left open
    ("und-Grek"): which of the languages of a script it is, nobody said.
    """
    said = _LABELLED.search(label)
    if said:
        return said[1]
    scripts = {unicodedata.name(one, "").partition(" ")[0] for one in text if one.isalpha()}
    only = _SCRIPTS.get(scripts.pop(), "") if len(scripts) == 1 else ""
    return f"und-{only}" if only else ""
