"""Natural order: file2 before file10, on every machine alike."""

from __future__ import annotations

import re
import unicodedata

Key = tuple[tuple[tuple[int, int, str], ...], ...]

_DIGITS = re.compile(r"([0-9]+)")


def natural_key(path: str) -> tuple[Key, str]:
    """A sort key for a POSIX path or any other text; folder by folder, numbers by value.

    The order is total and needs no locale: case and Unicode form matter only between texts that
    are otherwise equal.
    """
    folded = unicodedata.normalize("NFC", path).casefold()
    return tuple(_parts(name) for name in folded.split("/")), path


def _parts(name: str) -> tuple[tuple[int, int, str], ...]:
    """Runs of digits as (0, number of digits, digits), other runs as (1, 0, text).

    Numbers are compared by length, then as text: file names may hold more digits than int() takes.
    """
    return tuple(
        (0, len(part.lstrip("0")), part.lstrip("0")) if part[0] in "0123456789" else (1, 0, part)
        for part in _DIGITS.split(name)
        if part
    )
