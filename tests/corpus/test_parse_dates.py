from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.dates import ABOUT, parse_date, says_undated

WRITTEN = Path(__file__).parents[1] / "fixtures" / "dates.csv"
"""Dates as they are written, and what they mean by the conventions of `builder.corpus.dates`."""

NOT_UNDERSTOOD = [
    "foo", "MS 12", "12", "99999", "1300-1275", "1482a", "May", "Paris, 1482", "C13", "@1/2",
    "BCE", "0 BCE", "100 CE BCE", "3000", "2020-13-45", "0th century", "<script>", "between 1300",
    "century", "s.", "٣٤٥", "1e3", "--", "1300 or blue", "../..",
    "Y12345", "32/13/2020", "1999-13-01", "s. XXX", "XX", "Paris 1482", "1482 1483", "AH 0", "0 H.",
    "AH 650 / AD 1352", "MIX", "MDXLIIIIII", "Mary 1400", "1482.5", "first half", "early", "circa",
    "siècle", "av. J.-C.", "Tang dynasty", "2001-25-01", "the turn", "before", "1450 +/- x",
]  # fmt: skip

FRAMES = ["{}", " {} ", "{}.", "({})", "\N{NO-BREAK SPACE}{}"]

UNDATED = [
    "", "  ", "n.d.", "N.D.", "[n.d.]", "undated", "no date", "s.d.", "o. J.", "-", "?", "nan",
    "sans date", "senza data", "undatiert", "XXXX",
]  # fmt: skip


def _written() -> list[dict[str, str]]:
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_table_of_written_dates() -> None:
    """Each of more than 300 written dates means its years, as certain and open as it says."""
    rows = _written()
    found = [{**row, **_means(row["text"])} for row in rows]
    assert len({row["text"] for row in rows}) >= 300
    assert found == rows


def _means(text: str) -> dict[str, str]:
    date = parse_date(text)
    if date is None:
        return {"first": "", "last": "", "certainty": "", "open": ""}
    first, last = str(date.first), str(date.last)
    return {"first": first, "last": last, "certainty": date.certainty, "open": date.open}


@given(st.sampled_from(_written()), st.sampled_from(FRAMES))
def test_frames_change_nothing(row: dict[str, str], frame: str) -> None:
    """Blanks, brackets and a full stop around a date do not change its years."""
    if row["text"][0] in "<>≤≥" or row["text"][-1] in "./":
        return
    date = parse_date(frame.format(row["text"]))
    assert date is not None
    assert (row["first"], row["last"]) == (str(date.first), str(date.last))


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_not_understood(text: str) -> None:
    """What is no date, or contradicts itself, is left to the caller to report."""
    assert parse_date(text) is None
    assert not says_undated(text) or text == "--"


@pytest.mark.parametrize("text", UNDATED)
def test_undated(text: str) -> None:
    """Words for "no date" are no date, and nothing to complain about."""
    assert (parse_date(text), says_undated(text)) == (None, True)


@given(st.text())
def test_never_fails(text: str) -> None:
    """Any text is either not understood or a span in order, with the text kept."""
    _check(text)


_PIECES = [
    "13th", "14th", "century", "c.", "s.", "xiii", "ex.", "early", "half", "first", "of the",
    "1300", "1320", "5", "BC", "AD", "AH", "before", "after", "or later", "-", "/", "..", "–", ",",
    "?", "~", "%", "and", "AH 650", "H.", "Jh.", "av. J.-C.", "2001-21", "1e moitié", "sec.", "XIV",
    "Rajab", "MDXLIII", "turn of", "shortly", "(", ")", "vor", "to", "between", "1480s", "15XX",
    "May", "siècle", "²", "@1/2", "C13", ">=",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.sampled_from([" ", ""]))
def test_never_fails_on_near_dates(pieces: list[str], between: str) -> None:
    """Nor does any heap of the words that dates are made of."""
    _check(between.join(pieces))


def _check(text: str) -> None:
    date = parse_date(text)
    if date is not None:
        assert text == date.text
        assert date.first <= date.last


@given(st.integers(100, 2999))
def test_years_stand_for_themselves(year: int) -> None:
    """A year of three or four digits is that year, BCE counted from 1 BCE = 0."""
    plain, bce = parse_date(str(year)), parse_date(f"{year} BCE")
    assert plain is not None
    assert bce is not None
    assert (year, year, 1 - year) == (plain.first, plain.last, bce.first)


@given(st.integers(1, 21), st.sampled_from(["century", "century BC"]))
def test_parts_tile_the_century(number: int, words: str) -> None:
    """Halves, thirds and quarters follow one another without gap and fill the century."""
    whole = parse_date(f"{number}th {words}")
    assert whole is not None
    for names in (("early", "mid", "late"), ("first half", "second half")):
        parts = [parse_date(f"{name} {number}th {words}") for name in names]
        assert whole.first == parts[0].first  # type: ignore[union-attr]
        assert whole.last == parts[-1].last  # type: ignore[union-attr]
        for one, two in pairwise(parts):
            assert one is not None
            assert two is not None
            assert one.last + 1 == two.first


@given(
    st.integers(100, 2900),
    st.integers(0, 99),
    st.sampled_from(["{}-{}", "{}/{}", "between {} and {}", "entre {} et {}", "von {} bis {}"]),
)
def test_ranges_hold_both_ends(first: int, years: int, words: str) -> None:
    """A range of years is from its first to its last, whatever the words that join them."""
    last = first + years
    date = parse_date(words.format(first, last))
    assert date is not None
    hijri = parse_date(f"AH {first}/{last}") if first < 1000 else None
    if not (hijri and words == "{}/{}" and hijri.first == hijri.last == last):
        assert (first, last) == (date.first, date.last)


@given(st.integers(1001, 2900), st.integers(0, 9))
def test_a_doubtful_end_reaches_no_less(first: int, years: int) -> None:
    """A range whose end is approximate is read however near its ends are, and ends later."""
    date = parse_date(f"{first} to c. {first + years}")
    assert date is not None
    assert (first, first + years + ABOUT) == (date.first, date.last)
    assert date.certainty == "approximate"
