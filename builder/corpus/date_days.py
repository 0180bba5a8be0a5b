"""Days, months and seasons: of each, the year that it lies in is what counts."""

from __future__ import annotations

import re

_MONTHS = (
    "january jan janvier januar janner gennaio genn enero february feb febr fevrier fevr februar "
    "febbraio febbr febrero march mar mars marz mrz marzo april apr avril avr aprile abril may mai "
    "maggio magg mag mayo june jun juin juni giugno giu junio july jul juillet juil juli luglio "
    "lug julio august aug aout agosto ago september sept sep septembre settembre sett set "
    "septiembre october oct octobre oktober okt ottobre ott octubre november nov novembre "
    "noviembre december dec decembre dezember dez dicembre dic diciembre gen ene fev mag spring "
    "summer autumn fall winter easter michaelmas "
    "printemps ete automne hiver fruhling fruhjahr sommer herbst "
    "primavera estate autunno inverno verano otono invierno ostern pfingsten paques pasqua"
)
_MONTH = "(?:" + "|".join(sorted(set(_MONTHS.split()), key=len, reverse=True)) + r")(?![a-z])\.?"
_D, _M = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_PART = r"(?:@[1-3]/3 )?"
_DAY = rf"{_D}(?:st|nd|rd|th|er|\.)?,? "
_TO = r" ?(?:-|/|to|or|and|bis|<=|au|a|al) ?"
_FROM_A_SEASON = 10

_DATES = (
    # ISO 8601 and EDTF: 1985-04-12T23:20:30, 1985-XX. "1482-3" and "1482/3" are two years.
    r"(-?[0-9]{4})-(?:0[1-9]|1[0-2]|xx|uu)"
    r"(?:-(?:0[1-9]|[12][0-9]|3[01]|xx|uu)(?:t[0-9:.z+-]*)?)?",
    rf"([0-9]{{4}})[-/.]{_M}[-/.]{_D}",
    rf"{_D}[./-] ?{_M}[./-] ?([0-9]{{4}})",
    rf"{_M}[./-] ?{_D}[./-] ?([0-9]{{4}})",
    r"[0-9]{1,2}[. /-] ?[ivx]{1,4}[. /-] ?([0-9]{4})",
    rf"{_PART}(?:{_DAY})?{_MONTH},? (?:[0-9]{{1,2}},? )?([0-9]{{3,4}})",
    rf"(?:{_DAY})?{_MONTH}{_TO}(?:{_DAY})?{_MONTH},? ([0-9]{{3,4}})",
    rf"([0-9]{{4}}),? {_MONTH}(?: [0-9]{{1,2}})?",
)
_DATE = re.compile("|".join(_DATES), re.ASCII)
_SEASON = re.compile(r"(-?[0-9]{4})-2[1-4]", re.ASCII)


def year_of_day(notation: str) -> int | None:
    """The year of a day, a month or a season; None if it is none.

    EDTF writes spring to winter as 2001-21 to 2001-24, which is also how "1914-21" abbreviates a
    range: it is one where it ends within ten years.
    """
    if notation.isdigit():
        return None
    if match := _SEASON.fullmatch(notation):
        year, end = int(match[1]), int(notation[-2:])
        return None if 0 < end - year % 100 <= _FROM_A_SEASON else year
    match = _DATE.fullmatch(notation)
    return int(match[match.lastindex or 0]) if match else None
