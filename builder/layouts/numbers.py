"""Numbers in columns of the metadata, as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_NUMBER = re.compile(r"[+\-−]?(?:\d[\d   ']*)?(?:[.,]\d+)*(?:[eE][+-]?\d+)?")
_ANGLE = re.compile(
    r"""(?P<sign>[+\-−]?)\s*(?P<d>\d+(?:[.,]\d+)?)\s*[°º]?\s*
    (?:(?P<m>\d+(?:[.,]\d+)?)\s*['’′]\s*)?(?:(?P<s>\d+(?:[.,]\d+)?)\s*(?:["”″]|''|’’)\s*)?
    (?P<side>[NSEWOnsewo]?)""",
    re.VERBOSE,
)


def numbers(texts: Sequence[str]) -> NDArray[np.float64]:
    """The number that each text is: (n,), NaN for text that is none, and for infinity.

    Signs, decimal points, and decimal commas ("12,5") are read; a unit behind the number ("12 cm")
    is passed over. Thousands may be parted by spaces, apostrophes, or by commas before a point.
    """
    return np.array([_number(text) for text in texts], np.float64)


def _number(text: str) -> float:
    text = text.strip()
    found = _NUMBER.match(text)
    if not found or not any(letter.isdigit() for letter in found[0]):
        return np.nan
    rest = text[found.end() :].strip()
    # "12 cm" and "12 %" are numbers, "12-15", "3rd" and "4 of 7" are not.
    if rest and not (re.fullmatch(r"[^\W\d_]{1,3}[²³]?|[%°\"″′]", rest) and _apart(text, found)):
        return np.nan
    plain = re.sub(r"[   ']", "", found[0]).replace("−", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    plain = plain.replace(",", "")
    try:
        value = float(plain)
    except ValueError:
        return np.nan
    return value if np.isfinite(value) else np.nan


def _apart(text: str, found: re.Match[str]) -> bool:
    """Whether a blank or a sign, not a letter, follows the number."""
    return text[found.end() - 1].isspace() or not text[found.end()].isalpha()


def degrees(texts: Sequence[str], limit: float) -> NDArray[np.float64]:
    """The angle that each text is, in degrees: (n,), NaN where it is none.

    Args:
        texts: decimal degrees, or degrees, minutes and seconds; N, E, S, W (or O for west, as
            in French and Spanish) may follow.
        limit: 90 or 180; what is beyond is none.
    """
    return np.array([_degrees(text.strip(), limit) for text in texts], np.float64)


def _degrees(text: str, limit: float) -> float:
    found = _ANGLE.fullmatch(text)
    if not found:
        return np.nan
    parts = [float((found[key] or "0").replace(",", ".")) for key in "dms"]
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    if found["sign"] in ("-", "−") or found["side"].upper() in ("S", "W", "O"):
        value = -value
    return value if abs(value) <= limit else np.nan


def ticks(low: float, high: float, count: int = 6) -> list[float]:
    """About `count` round numbers between two bounds, ascending."""
    if not high > low:
        return [low]
    rough = (high - low) / count
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(min((one for one in (1, 2, 2.5, 5, 10) if one * power >= rough), default=10))
    step *= float(power)
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [at * step for at in range(first, last + 1)]


def words(value: float) -> str:
    """A tick in words: no needless zeros, a true minus."""
    text = f"{value:,.6g}" if abs(value) >= 10_000 else f"{value:.6g}"
    return text.replace("-", "−").replace(",", " ")
