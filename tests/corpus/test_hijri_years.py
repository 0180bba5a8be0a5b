from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.dates import parse_date
from builder.corpus.hijri import common_years

# Years of the common era in which years of the Hijra begin and end, from printed tables.
TABLES = {
    1: (622, 623), 100: (718, 719), 132: (749, 750), 300: (912, 913), 400: (1009, 1010),
    500: (1106, 1107), 600: (1203, 1204), 656: (1258, 1258), 700: (1300, 1301),
    857: (1453, 1453), 923: (1517, 1518), 1000: (1591, 1592), 1200: (1785, 1786),
    1300: (1882, 1883), 1400: (1979, 1980), 1445: (2023, 2024),
}  # fmt: skip
LEAP = {2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29}


@pytest.mark.parametrize(("year", "expected"), TABLES.items())
def test_as_in_printed_tables(year: int, expected: tuple[int, int]) -> None:
    """Years of the Hijra fall in the years that conversion tables print."""
    assert common_years(year, year) == expected


@given(st.integers(1000, 1600))
def test_counting_days_from_the_epoch(year: int) -> None:
    """Days counted one year after the other from 19 July 622 give the same years, from 1591 on."""
    days = sum(355 if (y % 30 or 30) in LEAP else 354 for y in range(1, year))
    begin = datetime.date(622, 7, 19) + datetime.timedelta(days)
    end = begin + datetime.timedelta(354 if (year % 30 or 30) in LEAP else 353)
    assert common_years(year, year) == (begin.year, end.year)


@given(st.integers(1, 1500), st.integers(0, 120))
def test_years_follow_one_another(first: int, more: int) -> None:
    """A span of years reaches from where its first begins to where its last ends."""
    alone = [common_years(year, year) for year in (first, first + more)]
    assert common_years(first, first + more) == (alone[0][0], alone[1][1])
    assert 0 <= alone[0][1] - alone[0][0] <= 1


@given(st.integers(1, 1445), st.sampled_from(["AH {}", "{} AH", "{} H.", "{} هـ"]))
def test_both_calendars_agree(year: int, words: str) -> None:
    """A date in both calendars is the year of the common era, if they meet, and else no date."""
    hijri = parse_date(words.format(year))
    assert hijri is not None
    assert (hijri.first, hijri.last) == common_years(year, year)
    both = parse_date(f"AH {year} / {hijri.first} CE")
    assert both is not None
    assert (both.first, both.last) == (hijri.first, hijri.first)
    assert parse_date(f"AH {year} / {hijri.first + 30} CE") is None
