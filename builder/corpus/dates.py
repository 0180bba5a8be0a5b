"""Read dates as historians write them, as spans of years.

What a date says is taken at its widest: approximate and uncertain years reach ten years to either
side, open ends fifty. Centuries are the strict ones (1201 to 1300), decades and "1300s" go by their
digits. Days and months are understood and dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from builder.corpus.date_words import translate
from builder.corpus.types import DateSpan

ABOUT = 10
OPEN = 50

_LONGEST = 120
_LATEST = 2999
_UNDATED = re.compile(
    r"(?:n\.? ?d\.?|s\.? ?d\.?|s\.? ?a\.?|o\.? ?d\.?|o\.? ?j\.?|undated|no date|date not known|"
    r"date unknown|not dated|unknown|undatiert|sans date|senza data|sin fecha|n/a|none|-*|\?+)",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"^~? ?(?:first |later |posthumously )?(?:published|printed|reprinted|exhibited|engraved|"
    r"written|copied|dated|made|built|drawn|painted|composed|completed|cast|begun|executed|"
    r"created|produced|year|anno|datiert|gedruckt|im jahre?|en)\b[ :]*(?:in )?"
)
_MONTHS = (
    "jan|feb|fev|mar|mrz|apr|avr|abr|may|mai|mag|jun|juin|giu|jul|juil|lug|aug|aou|ago|sep|set|"
    "oct|okt|ott|nov|dec|dez|dic|gen|ene"
)
_DAYS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(-?\d{4})[-/](?:0?[1-9]|1[0-2])(?:[-/]\d{1,2}(?:t[\d:.z+-]*)?)?",
        r"\d{1,2}[./-]\d{1,2}[./-](\d{4})",
        rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?,? )?(?:{_MONTHS})[a-z]*\.?,? "
        r"(?:\d{1,2},? )?(\d{3,4})",
        rf"(\d{{4}}),? (?:{_MONTHS})[a-z]*\.?(?: \d{{1,2}})?",
    )
)
_SEPARATORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\.\.",
        r"/",
        r" ?(?:(?:and )?<=|\b(?:to|or|and|und|oder|au|ou|et|al|a|e|o|y)\b|&) ?",
        r"-",
    )
)
_PART = re.compile(r"@([1-4])/([1-4])")
_ERA = re.compile(r"BCE|CE|AH")
_HIJRI_START, _HIJRI_YEAR = 622.54, 0.970224  # in years of the Gregorian calendar


@dataclass(frozen=True)
class _Span:
    first: int
    last: int

    def wider(self, years: int) -> _Span:
        return _Span(self.first - years, self.last + years)

    def part(self, number: int, of: int) -> _Span:
        years = self.last - self.first + 1
        first = self.first + years * (number - 1) // of
        return _Span(first, max(first, self.first + years * number // of - 1))


def parse_date(text: str) -> DateSpan | None:
    """The years that a date may mean; None if it says nothing or is not understood.

    Understands years, ranges, "c. 1450", ISO 8601 and the first levels of EDTF ("156X", "1984~",
    "1410/.."), centuries and their parts in English, Latin, French, German, Italian and Spanish,
    decades, "before" and "after", eras (BCE, CE, AH).
    """
    if len(text) > _LONGEST or says_undated(text):
        return None
    span = _list(translate(text))
    return DateSpan(text, span.first, span.last) if span else None


def says_undated(text: str) -> bool:
    """Whether the text says that there is no date ("n.d.", "undated", nothing at all)."""
    return _UNDATED.fullmatch(text.strip(" []().\t\n")) is not None


def _list(notation: str) -> _Span | None:
    """Several dates: bare ones span from first to last; else the first, a making, counts."""
    whole = _date(notation)
    if whole:
        return whole
    parts = [part.strip() for part in re.split("[,;]", notation)]
    spans = [_date(part) for part in parts]
    first = spans[0]
    if first is None or len(parts) == 1:
        return None
    bare = [span for span in spans if span]
    if len(bare) == len(parts) and not any(map(_DEED.match, parts)):
        return _Span(min(s.first for s in bare), max(s.last for s in bare))
    return first


def _date(notation: str) -> _Span | None:
    """One date or range, maybe approximate as a whole."""
    return _about(_DEED.sub("", notation).strip(), _range)


def _about(notation: str, read: Callable[[str], _Span | None]) -> _Span | None:
    """What `read` makes of it, wider if a mark of doubt stands at either end."""
    bare = notation.strip("~ ")
    if bare == notation:
        return read(notation)
    span = read(" ".join(bare.replace("~", " ").split()))
    return span.wider(ABOUT) if span else None


def _range(notation: str) -> _Span | None:
    return _single(notation) or _split(notation) or _bound(notation)


def _split(notation: str) -> _Span | None:
    """From one date to another, at the first place where both sides are dates."""
    between = re.fullmatch(r"(?:between|entre|zwischen|tra il|tra|fra|de|von|>=) (.*)", notation)
    notation = between[1] if between else notation
    for separator in _SEPARATORS:
        for match in separator.finditer(notation):
            left, right = notation[: match.start()].strip(), notation[match.end() :].strip()
            span = _turn(left, right) if match[0] == "/" else None
            span = span or _from_to(left, right)
            if span:
                return span
    return None


def _bound(notation: str) -> _Span | None:
    """Before, after, and intervals with an open end."""
    if match := re.fullmatch(r"(<=|>=|<|>) ?(.*)", notation):
        sign, rest = match[1], match[2]
    elif match := re.fullmatch(r"(.*[^./])(?:/(?:\.\.)?|\.\.|(?<=[0-9]{4})-)", notation):
        sign, rest = ">=", match[1]
    elif match := re.fullmatch(r"(?:(?:\.\.)?/|\.\.)([^./].*)", notation):
        sign, rest = "<=", match[1]
    else:
        return None
    exact = " ".join(rest.replace("~", " ").split())
    known = _single(exact) or _split(exact)
    if known is None:
        return None
    span = {
        "<": _Span(known.first - OPEN, known.first - 1),
        ">": _Span(known.last + 1, known.last + OPEN),
        "<=": _Span(known.last - OPEN, known.last),
        ">=": _Span(known.first, known.first + OPEN),
    }[sign]
    return span.wider(ABOUT) if "~" in rest else span


def _turn(left: str, right: str) -> _Span | None:
    """Two successive centuries with a stroke between: the years around the turn."""
    first, second = re.fullmatch(r"C(\d+)", left), re.fullmatch(r"C(\d+)( CE)?", right)
    if not first or not second or int(second[1]) != int(first[1]) + 1:
        return None
    turn = 100 * int(first[1])
    return _Span(turn - 24, turn + 25)


def _from_to(left: str, right: str) -> _Span | None:
    """A range; an era, or the first digits of a year, may be written on one side only."""
    if not left or not right:
        return None
    left_era, right_era = _ERA.search(left), _ERA.search(right)
    if right_era and not left_era:
        left = f"{left} {right_era[0]}"
    elif left_era and left_era[0] != "BCE" and not right_era:
        right = f"{right} {left_era[0]}"
    short = re.fullmatch(r"[0-9]{1,2}(?= ~|$)", right)
    year = re.search(r"([0-9]{3,4})(?: ~)?$", left)
    if short and year:
        right = year[1][: -len(right)] + right
    begin, end = _about(left, _single), _about(right, _single)
    if begin is None or end is None:
        return None
    if left_era and right_era and (left_era[0] == "AH") != (right_era[0] == "AH"):
        return end if left_era[0] == "AH" else begin
    return _Span(begin.first, end.last) if _in_order(begin, end) else None


def _in_order(begin: _Span, end: _Span) -> bool:
    return begin.first <= end.first and begin.last <= end.last


def _single(notation: str) -> _Span | None:
    """A day, a year, a decade or a century, with its era and the part that is meant."""
    for pattern in _DAYS:
        if (day := pattern.fullmatch(notation)) and int(day[1]) <= _LATEST:
            return _Span(int(day[1]), int(day[1]))
    parts = _PART.findall(notation)
    eras = _ERA.findall(notation)
    bare = _ERA.sub(" ", _PART.sub(" ", notation)).strip()
    if len(parts) > 1 or len(eras) > 1:
        return None
    span = _years(bare, eras[0] if eras else "")
    if span and parts:
        number, of = int(parts[0][0]), int(parts[0][1])
        return span.part(number, of) if number <= of else None
    return span


def _years(bare: str, era: str) -> _Span | None:
    if era == "AH":
        return _hijri(bare)
    if match := re.fullmatch(r"C([1-9][0-9]?)", bare):
        last = 100 * int(match[1])
        span = _Span(last - 99, last)
    elif match := re.fullmatch(r"([DH])([0-9]{3,4})", bare):
        first = int(match[2])
        span = _Span(first, first + (9 if match[1] == "D" else 99))
    elif match := re.fullmatch(r"([0-9]{1,3})([xu]{1,3}|-{1,2})", bare):
        if len(bare) != 4:
            return None
        span = _Span(int(match[1] + "0" * len(match[2])), int(match[1] + "9" * len(match[2])))
    else:
        return _year(bare, era)
    span = _Span(1 - span.last, 1 - span.first) if era == "BCE" else span
    return span if span.last <= _LATEST else None


def _year(bare: str, era: str) -> _Span | None:
    """A year as digits. One or two digits need an era: alone they may be anything."""
    if not re.fullmatch(r"-?[0-9]{1,5}", bare):
        return None
    year = int(bare)
    if era:
        if year < 1 or (era == "CE" and year > _LATEST):
            return None
        year = 1 - year if era == "BCE" else year
    elif year > _LATEST or len(bare) < 3:
        return None
    return _Span(year, year)


def _hijri(bare: str) -> _Span | None:
    """The Gregorian years that a year of the Hijra falls in."""
    if not re.fullmatch(r"[1-9][0-9]{0,3}", bare):
        return None
    start = _HIJRI_START + (int(bare) - 1) * _HIJRI_YEAR
    return _Span(int(start), int(start + _HIJRI_YEAR))
