"""Years in words."""

from __future__ import annotations

from builder.corpus.types import DateSpan


def year_text(year: int) -> str:
    """An astronomical year as people write it: 0 is 1 BCE."""
    return str(year) if year > 0 else f"{_counted(year)}\N{NO-BREAK SPACE}BCE"


def span_text(first: int, last: int) -> str:
    """A span of years in words, one year if it is one."""
    if first == last:
        return year_text(first)
    return f"{year_text(first)}\N{EN DASH}{year_text(last)}"


def meant(date: DateSpan | None) -> str:
    """The years that a date may mean, "" where its text says them already."""
    if date is None:
        return ""
    said = all(str(_counted(year)) in date.text for year in (date.first, date.last))
    return "" if said else span_text(date.first, date.last)


def _counted(year: int) -> int:
    """The number that people write, without the era."""
    return year if year > 0 else 1 - year
