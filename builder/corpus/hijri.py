"""Years of the Hijra as years of the common era, by the tabular Islamic calendar.

The tabular calendar (civil epoch, Friday 16 July 622; leap years 2, 5, 7, 10, 13, 16, 18, 21, 24,
26 and 29 of each cycle of thirty) is what the conversion tables of historians print. A day before
15 October 1582 is given in the Julian calendar, as they give it, a later one in the Gregorian.
"""

from __future__ import annotations

import datetime
import re

_EPOCH = 1948440  # Julian day number of 1 Muharram 1
_REFORM = 2299161  # of 15 October 1582, the first day of the Gregorian calendar
_YEAR_ZERO = 1721058  # of 1 January of the year 0 (1 BCE) in the Julian calendar
_ORDINAL = 1721425  # of the day before Python's day 1
LATEST = 1700

_MONTHS = (
    "muharram",
    "safar",
    r"rabi (?:al-?awwal|ul-?awwal|i|1)",
    r"rabi (?:al-?thani|ath-?thani|al-?akhir|ul-?akhir|ii|2)",
    r"(?:jumada|djumada) (?:al-?ula|l-?ula|al-?awwal|i|1)",
    r"(?:jumada|djumada) (?:al-?thani|al-?akhira|l-?akhira|al-?thaniya|ii|2)",
    "rajab|radjab",
    "shaban",
    "ramadan",
    "shawwal",
    r"(?:dhu|dhul|zu|zul)[ -](?:al-|l-)?(?:qada|qadah|kada)",
    r"(?:dhu|dhul|zu|zul)[ -](?:al-|l-)?(?:hijja|hijjah|hidjdja)",
)
_IN_A_MONTH = re.compile(
    r"(?:[0-9]{1,2}(?:st|nd|rd|th|\.)? )?(?:"
    + "|".join(f"({name})" for name in _MONTHS)
    + r"),? ([0-9]{1,4})"
)


def common_years(first: int, last: int) -> tuple[int, int]:
    """The years of the common era that the years `first` to `last` of the Hijra fall in."""
    return _common(_new_year(first)), _common(_new_year(last + 1) - 1)


def common_years_of_month(words: str) -> tuple[int, int] | None:
    """The same of a month, or a day in it ("12 rajab 650"); None if the words name none."""
    match = _IN_A_MONTH.fullmatch(words)
    if not match:
        return None
    *months, year = match.groups()
    if not 1 <= int(year) <= LATEST:
        return None
    number = next(number for number, month in enumerate(months) if month)
    begin = _new_year(int(year)) + 29 * number + (number + 1) // 2
    return _common(begin), _common(begin + 28)


def _new_year(year: int) -> int:
    """Julian day number of its first day."""
    return _EPOCH + 354 * (year - 1) + (11 * year + 3) // 30


def _common(day: int) -> int:
    """The year that a Julian day number falls in."""
    if day < _REFORM:
        return 4 * (day - _YEAR_ZERO) // 1461
    return datetime.date.fromordinal(day - _ORDINAL).year
