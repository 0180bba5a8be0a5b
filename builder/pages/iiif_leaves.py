"""Whether the images of a source are its pages one after another, to be shown as openings."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FEWEST = 4
_FOLIO = re.compile(r"(?:fols?\.?|ff?\.?)?\s*([0-9]+)\s*(r|v|recto|verso)\.?", re.IGNORECASE)
_PAGE = re.compile(r"(?:pp?\.?)?\s*([0-9]+)", re.IGNORECASE)


def behaviour(places: Sequence[str]) -> str:
    """How a viewer should show images at these places of a source, in their order.

    Returns:
        "paged" where they are sides of leaves without a gap, the first on a right-hand side; else
        "individuals", since figures cut out of pages do not face each other.
    """
    sides = [_side(place) for place in places]
    first = sides[0] if sides else None
    if len(sides) < _FEWEST or first is None or first[1] % 2 == 0:
        return "individuals"
    whole = all(side == (first[0], first[1] + at) for at, side in enumerate(sides))
    return "paged" if whole else "individuals"


def _side(place: str) -> tuple[str, int] | None:
    """(how it is counted, number of the side from 1); None if it cannot be told."""
    if found := _FOLIO.fullmatch(place.strip()):
        return "folio", 2 * int(found[1]) - (found[2].lower()[0] == "r")
    found = _PAGE.fullmatch(place.strip())
    return ("page", int(found[1])) if found else None
