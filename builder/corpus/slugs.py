"""Slugs: the part of an address that names an image. One fixed rule, never to be changed.

1. Compatibility decomposition (NFKD); marks are dropped: "Étude" is "etude".
2. Lower case; a few letters that do not decompose are spelt out: "Strauß" is "strauss".
3. Each run of anything but a-z and 0-9 becomes one hyphen; none at either end.
4. If more than half of the letters and digits were lost by this, "-" and six hex digits of the
   text's SHA-256 are added, so that different names stay different. If nothing is left, the slug
   is "x-" and ten hex digits.
5. Longer than 80 characters: cut, with "-" and six hex digits.
6. A name that some file system or the site reserves gets "-x".

Where two images would get one slug the second is called by its whole path, and if that is taken too
gets "-2", "-3" and so on (`numbered`; see identities.py).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 80

_SPELT = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
    }
)
_RESERVED = frozenset(
    ["index", "con", "nul", "aux", "prn"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """The slug of any text: 1 to 80 characters of a-z, 0-9 and single hyphens.

    A slug is its own slug, and composed and decomposed Unicode give the same one.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    spelt = "".join(c for c in decomposed if unicodedata.category(c)[0] != "M")
    spelt = spelt.lower().translate(_SPELT)
    kept = _OTHER.sub("-", spelt).strip("-")
    if not kept:
        return "x-" + _hash(text, 10)
    if _mostly_lost(spelt):
        kept = _fit(kept, "-" + _hash(text, 6))
    if len(kept) > LONGEST:
        kept = _fit(kept, "-" + _hash(text, 6))
    return kept + "-x" if kept in _RESERVED else kept


def numbered(base: str, number: int) -> str:
    """`base` with "-number" added, shortened to fit: the slug of a second image of that name."""
    return _fit(base, f"-{number}")


def _fit(base: str, suffix: str) -> str:
    return base[: LONGEST - len(suffix)].rstrip("-") + suffix


def _mostly_lost(spelt: str) -> bool:
    letters = [c for c in spelt if unicodedata.category(c)[0] in "LN"]
    return 2 * sum(1 for c in letters if c.isascii()) < len(letters)


def _hash(text: str, digits: int) -> str:
    composed = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
    return hashlib.sha256(composed).hexdigest()[:digits]
