"""Read dates as historians write them, as spans of years.

What a date says is taken at its widest: approximate and uncertain years reach ten years to either
side, open ends fifty. Centuries are the strict ones (1201 to 1300), decades, "1300s" and "Trecento"
go by their digits. Early, mid and late are thirds; "in." and "ex." the first and last quarter;
"XIII/XIV" and "the turn" of two centuries the fifty years around it. Days, months and seasons are
understood and dropped. Years of the Hijra become those of the common era that they fall in
(`hijri`); "650/1252" and "7th/13th century" name both calendars if their years meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from builder.corpus import hijri
from builder.corpus.date_days import year_of_day
from builder.corpus.date_words import translate
from builder.corpus.types import DateSpan

ABOUT = 10
OPEN = 50

_LONGEST = 120
_LATEST = 2999
_REMEMBERED = 65536
_UNDATED = re.compile(
    r"(?:n\.? ?d\.?|s\.? ?d\.?|s\.? ?a\.?|o\.? ?d\.?|o\.? ?j\.?|s\.? ?l\.? ?n\.? ?d\.?|undated|"
    r"no date|date not known|date unknown|unknown date|not dated|unknown|not known|undatiert|"
    r"ohne datum|ohne jahr|unbekannt|sans date|non dat[eé]e?|date inconnue|inconnue?|senza data|"
    r"non datat[oa]|sconosciut[oa]|sine anno|sin fecha|n/a|na|nan|null|none|-*|\?+|x{4})",
    re.IGNORECASE,
)
_DEED_WORD = (
    "published|printed|reprinted|exhibited|engraved|written|copied|signed|dated|made|built|drawn|"
    "painted|composed|completed|finished|cast|begun|executed|created|produced|year|anno|annee|"
    "lanno|lan|an|datiert|gedruckt|geschrieben|entstanden|jahre?|in|en|imprime|date|ecrit|copie|"
    "copyright|datato|stampato|scritto|copiato"
)
_DEED = re.compile(
    rf"^[~?]? ?(?:first |later |posthumously )?(?:{_DEED_WORD})\b[ :]*(?:(?:in|en|nel|de|and|anno|"
    rf"{_DEED_WORD})\b ?)*"
)
_DEED_BEHIND = re.compile(rf"(?<=[0-9~?ES]) (?:{_DEED_WORD})$")
_SEPARATORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\.\.",
        r"/",
        r" ?(?:(?:and )?<=|\b(?:to|or|and|und|oder|au|ou|et|vel|aut|al|a|e|o|y)\b|&) ?",
        r"-",
    )
)
_PART = re.compile(r"@([1-9]0?)(?:-([1-4]))?/([1-9]0?)")
_ERA = re.compile(r"BCE|CE|AH")
_BOTH_CALENDARS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:AH )?(?P<hijri>[0-9]{1,4}(?:-[0-9]{1,4})?) ?/ ?(?P<common>[^/]+)",
        r"(?P<part>@\S+ )?(?P<hijri>C[0-9]+) ?/ ?(?P<common>C[0-9]+(?: CE)?)",
        r"AH (?P<hijri>[^/ ]+) ?[/=,]? ?(?P<common>[^/]+)",
        r"(?P<hijri>[^/ ]+) AH ?[/=,]? ?(?P<common>[^/]+)",
        r"(?P<common>[^/]+?) ?[/=,]? ?(?:AH (?P<hijri>[^/ ]+)|(?P<hijri_>[^/ ]+) AH)",
    )
)
_BOUNDED = re.compile(
    r"(>=?) ?([^<>]+?) ?(?:-|/|,|\b(?:and|und|et|e|but|to|aber|mais|ma)\b)? ?(<=?) ?([^<>]+)"
)

_BETWEEN = re.compile(
    r"(?:between|entre|zwischen|zw\.?|tra il|tra i|tra|fra il|fra|de|von|>=) (.*)"
)
_SIGNED = re.compile(r"(!?)(<=|>=|<|>) ?(.*)")
_OPEN_END = re.compile(r"(.*[^./])(?:/(?:\.\.)?|\.\.|(?<=[0-9]{4})-)")
_OPEN_BEGIN = re.compile(r"(?:(?:\.\.)?/|\.\.)([^./].*)")
_ONE_CENTURY = re.compile(r"C(\d+)( CE| BCE)?")
_SHORT = re.compile(r"[~?]? ?([0-9]{1,2})(?= [~?]| AH| CE|$)")
_LONG = re.compile(r"(?<![0-9])([0-9]{3,4})(?: [~?]+| AH| CE)*$")
_CENTURY = re.compile(r"([CM])([1-9][0-9]?)")
_DECADE = re.compile(r"([DH])([0-9]{3,4})")
_MASKED = re.compile(r"(-?)([0-9]{1,3})([xu]{1,3}|-{1,2})")
_YEAR = re.compile(r"(y?)(-?[0-9]{1,9})")

_Open = Literal["", "before", "after"]


@dataclass(frozen=True)
class _Span:
    first: int
    last: int
    open: _Open = ""

    def wider(self, years: int) -> _Span:
        return replace(self, first=self.first - years, last=self.last + years)

    def part(self, begin: int, end: int, of: int) -> _Span:
        years = self.last - self.first + 1
        first = self.first + years * (begin - 1) // of
        return _Span(first, max(first, self.first + years * end // of - 1))

    def common(self) -> _Span:
        """Years of the Hijra as years of the common era."""
        return _Span(*hijri.common_years(self.first, self.last))

    def shared(self, other: _Span) -> _Span | None:
        first, last = max(self.first, other.first), min(self.last, other.last)
        return _Span(first, last) if first <= last else None


@lru_cache(maxsize=_REMEMBERED)
def parse_date(text: str) -> DateSpan | None:
    """The years that a date may mean; None if it says nothing or is not understood.

    Understands years (in Roman numerals, too), ranges, "c. 1450", ISO 8601 and EDTF level 1
    ("156X", "1984~", "1985-04", "2001-21", "1410/.."), centuries and their parts in English,
    Latin, French, German, Italian and Spanish, decades, millennia, "before" and "after", eras
    (BCE, CE, AH).

    Where an approximate date has doubts besides ("1984%"), it is called uncertain.
    """
    if len(text) > _LONGEST or says_undated(text):
        return None
    span, notation = _list(translate(text))
    if span is None:
        return _bracketed(text)
    certainty: Literal["exact", "approximate", "uncertain"] = "exact"
    if "?" in notation:
        certainty = "uncertain"
    elif "~" in notation:
        certainty = "approximate"
    return DateSpan(text, span.first, span.last, certainty, span.open)


def says_undated(text: str) -> bool:
    """Whether the text says that there is no date ("n.d.", "undated", nothing at all)."""
    return _UNDATED.fullmatch(text.strip(" []().\t\n")) is not None


def _bracketed(text: str) -> DateSpan | None:
    """What stands before a bracket, unless the bracket says it closer ("s. XIV (c. 1340)")."""
    match = re.fullmatch(r"([^()]*[^() ]) *\(([^()]+)\)[. ]*", text)
    outside = parse_date(match[1]) if match else None
    if match is None or outside is None:
        return None
    inside = parse_date(match[2])
    closer = inside and outside.first <= inside.first and inside.last <= outside.last
    return replace(inside if inside and closer else outside, text=text)


def _list(notation: str) -> tuple[_Span | None, str]:
    """The span, and the notation that it was read from.

    Of several dates, bare ones span from first to last; else the first, a making, counts.
    """
    whole = _date(notation)
    if whole:
        return whole, notation
    parts = [part.strip() for part in re.split("[,;]", notation)]
    spans = [_date(part) for part in parts]
    if spans[0] is None or len(parts) == 1:
        return _all_of(notation), notation
    bare = [span for span in spans if span]
    if len(bare) == len(parts) and not any(map(_DEED.match, parts)):
        return _Span(min(s.first for s in bare), max(s.last for s in bare)), notation
    return spans[0], parts[0]


def _all_of(notation: str) -> _Span | None:
    """From the first to the last of several dates joined by words."""
    parts = re.split(r" ?(?:\b(?:and|or|und|oder|et|ou|e|o|vel)\b|&) ?", notation)
    spans = [span for part in parts if (span := _date(part.strip(" ,")))]
    if len(parts) < 2 or len(spans) < len(parts):
        return None
    return _Span(min(s.first for s in spans), max(s.last for s in spans))


def _date(notation: str) -> _Span | None:
    """One date or range, maybe approximate as a whole."""
    bare = _DEED_BEHIND.sub("", _DEED.sub("", notation).strip())
    return _about(bare, _range)


def _about(notation: str, read: Callable[[str], _Span | None]) -> _Span | None:
    """What `read` makes of it, wider if a mark of doubt stands at either end."""
    bare = notation.strip("~? ")
    if bare == notation:
        return read(notation)
    span = read(_exact(bare))
    return span.wider(ABOUT) if span else None


def _exact(notation: str) -> str:
    return " ".join(re.sub("[~?]", " ", notation).split())


def _range(notation: str) -> _Span | None:
    return _single(notation) or _both(notation) or _split(notation) or _bound(notation)


def _both(notation: str) -> _Span | None:
    """One date in two calendars: where its years of the Hijra and of the common era meet."""
    if "/" not in notation and "AH" not in notation:
        return None
    for pattern in _BOTH_CALENDARS:
        if not (match := pattern.fullmatch(notation)):
            continue
        groups = match.groupdict()
        first, second = groups["hijri"] or groups.get("hijri_"), groups["common"]
        if "AH" in second or "BCE" in second:
            continue
        part = groups.get("part") or ""
        year = _years_of(f"{part}{first}", "AH")
        common = _single(part + second) or _split(second)
        if year and common and (shared := year.shared(common)):
            return shared
    return None


def _years_of(notation: str, era: str) -> _Span | None:
    """A year, a range of years or a century of an era."""
    return _single(f"{notation} {era}") or _split(f"{notation} {era}")


def _split(notation: str) -> _Span | None:
    """From one date to another, at the first place where both sides are dates."""
    between = _BETWEEN.fullmatch(notation)
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
    if match := _BOUNDED.fullmatch(notation):
        return _bounded(*match.groups())
    reach = OPEN
    if match := _SIGNED.fullmatch(notation):
        sign, rest = match[2], match[3]
        reach = ABOUT if match[1] else OPEN  # shortly before, soon after
    elif match := _OPEN_END.fullmatch(notation):
        sign, rest = ">=", match[1]
    elif match := _OPEN_BEGIN.fullmatch(notation):
        sign, rest = "<=", match[1]
    else:
        return None
    exact = _exact(rest)
    known = _single(exact) or _both(exact) or _split(exact)
    if known is None:
        return None
    span = {
        "<": _Span(known.first - reach, known.first - 1, "before"),
        ">": _Span(known.last + 1, known.last + reach, "after"),
        "<=": _Span(known.last - reach, known.last, "before"),
        ">=": _Span(known.first, known.first + reach, "after"),
    }[sign]
    return span.wider(ABOUT) if exact != rest else span


def _bounded(after: str, left: str, before: str, right: str) -> _Span | None:
    """After one date and before another."""
    begin, end = _about(left, _single), _about(right, _single)
    if begin is None or end is None:
        return None
    first = begin.last + 1 if after == ">" else begin.first
    last = end.first - 1 if before == "<" else end.last
    return _Span(first, last) if first <= last else None


def _turn(left: str, right: str) -> _Span | None:
    """Two successive centuries with a stroke between: the years around the turn."""
    first, second = _ONE_CENTURY.fullmatch(left), _ONE_CENTURY.fullmatch(right)
    if not first or not second or first[2]:
        return None
    if second[2] == " BCE" and int(second[1]) == int(first[1]) - 1:
        turn = 1 - 100 * int(second[1])
        return _Span(turn - 25, turn + 24)
    if second[2] == " BCE" or int(second[1]) != int(first[1]) + 1:
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
    elif left_era and right_era and (left_era[0] == "AH") != (right_era[0] == "AH"):
        return None  # one date in two calendars that contradict each other
    right = _full_year(left, right)
    begin, end = _about(left, _single), _about(right, _single)
    if begin is None or end is None or not _in_order(_narrow(left, begin), _narrow(right, end)):
        return None
    return _Span(begin.first, end.last)


def _full_year(left: str, right: str) -> str:
    """The right end of a range with the digits that it leaves to the left one."""
    short = _SHORT.match(right)
    year = _LONG.search(left)
    if not short or not year or (int(short[1]) < 1 and len(short[1]) == 1):
        return right
    return right[: short.start(1)] + year[1][: -len(short[1])] + right[short.start(1) :]


def _narrow(notation: str, span: _Span) -> _Span:
    """The span without what doubt adds to it."""
    return span.wider(-ABOUT) if "~" in notation or "?" in notation else span


def _in_order(begin: _Span, end: _Span) -> bool:
    return begin.first <= end.first and begin.last <= end.last


def _single(notation: str) -> _Span | None:
    """A day, a year, a decade or a century, with its era and the part that is meant."""
    day = year_of_day(notation)
    if day is not None:
        return _Span(day, day) if day <= _LATEST else None
    parts = _PART.findall(notation)
    eras = _ERA.findall(notation)
    bare = _ERA.sub(" ", _PART.sub(" ", notation)).strip(" ,")
    if len(parts) > 1 or len(eras) > 1:
        return None
    era = eras[0] if eras else ""
    if era in ("", "AH") and not parts and (month := hijri.common_years_of_month(bare)):
        return _Span(*month)
    span = _years(bare, era)
    if span and parts:
        begin, of = int(parts[0][0]), int(parts[0][2])
        end = int(parts[0][1] or begin)
        span = span.part(begin, end, of) if begin <= end <= of else None
    return span.common() if span and era == "AH" else span


def _years(bare: str, era: str) -> _Span | None:
    if match := _CENTURY.fullmatch(bare):
        length = 100 if match[1] == "C" else 1000
        last = length * int(match[2])
        span = _Span(last - length + 1, last)
    elif match := _DECADE.fullmatch(bare):
        first = int(match[2])
        span = _Span(first, first + (9 if match[1] == "D" else 99))
    elif match := _MASKED.fullmatch(bare):
        if len(match[2] + match[3]) != 4:
            return None
        first, last = (int(match[2] + digit * len(match[3])) for digit in "09")
        span = _Span(-last, -first) if match[1] else _Span(first, last)
    else:
        return _year(bare, era)
    span = _Span(1 - span.last, 1 - span.first) if era == "BCE" else span
    return span if span.last <= (hijri.LATEST if era == "AH" else _LATEST) else None


def _year(bare: str, era: str) -> _Span | None:
    """A year as digits. One or two digits need an era: alone they may be anything."""
    match = _YEAR.fullmatch(bare)
    if not match or (not match[1] and len(match[2].lstrip("-")) > 5):
        return None
    year = int(match[2])
    if era:
        latest = {"CE": _LATEST, "AH": hijri.LATEST}.get(era, 99_999)
        if not 1 <= year <= latest:
            return None
        year = 1 - year if era == "BCE" else year
    elif year > _LATEST or len(bare) < 3:
        return None
    return _Span(year, year)
