from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.dates import parse_date, says_undated

UNDERSTOOD = {
    # years
    "1482": (1482, 1482), "1482.": (1482, 1482), "[1482]": (1482, 1482), "850": (850, 850),
    "c. 1450": (1440, 1460), "ca 1450": (1440, 1460), "circa 1450": (1440, 1460),
    "c.1450": (1440, 1460), "1450?": (1440, 1460), "?1450": (1440, 1460), "1450 (?)": (1440, 1460),
    "probably 1450": (1440, 1460), "um 1450": (1440, 1460), "vers 1450": (1440, 1460),
    # ranges
    "1275-1300": (1275, 1300), "1275–1300": (1275, 1300), "1275 — 1300": (1275, 1300),
    "1275/1300": (1275, 1300), "1820–5": (1820, 1825), "1820–21": (1820, 1821),
    "1275-80": (1275, 1280), "1482/83": (1482, 1483), "c. 1275-1300": (1265, 1310),
    "1275-c. 1300": (1275, 1310), "ca. 1200-ca. 1225": (1190, 1235), "1805 or 1806": (1805, 1806),
    "1805 and 1806": (1805, 1806), "1667, 1668": (1667, 1668),
    "between 1300 and 1320": (1300, 1320), "from 1300 to 1320": (1300, 1320),
    "entre 1300 et 1320": (1300, 1320), "zwischen 1300 und 1320": (1300, 1320),
    # days, ISO 8601, EDTF
    "1909-05-03": (1909, 1909), "1909-05": (1909, 1909), "1909-05-03T12:00:00Z": (1909, 1909),
    "1909-05-03/1911-01": (1909, 1911), "3 May 1909": (1909, 1909), "May 3, 1909": (1909, 1909),
    "03.05.1909": (1909, 1909), "1984~": (1974, 1994), "1984?": (1974, 1994),
    "1984%": (1974, 1994), "156X": (1560, 1569), "15XX": (1500, 1599), "[15--]": (1500, 1599),
    "[148-]": (1480, 1489), "../1410": (1360, 1410), "1410/..": (1410, 1460),
    "1410..1420": (1410, 1420), "-299": (-299, -299), "-299/-250": (-299, -250),
    "0000": (0, 0),
    # centuries and their parts
    "13th century": (1201, 1300), "13th c.": (1201, 1300), "thirteenth century": (1201, 1300),
    "XIII century": (1201, 1300), "1st century": (1, 100), "early 12th century": (1101, 1133),
    "mid-12th century": (1134, 1166), "late 13th century": (1267, 1300),
    "first half of the 12th century": (1101, 1150),
    "second half of the 12th century": (1151, 1200),
    "first quarter of the 12th century": (1101, 1125),
    "last third of the 12th century": (1167, 1200), "c. 13th century": (1191, 1310),
    "14th-15th century": (1301, 1500), "14th to 15th centuries": (1301, 1500),
    "late 13th or early 14th century": (1267, 1333), "10th/11th century": (976, 1025),
    # the palaeographers'
    "s. xiii": (1201, 1300), "s. xiii in.": (1201, 1225), "s. xiii med.": (1234, 1266),
    "s. xiii ex.": (1276, 1300), "s. xiii ex. - xiv in.": (1276, 1325), "s. xiii²": (1251, 1300),
    "s. XIII 2/4": (1226, 1250), "s. XII/XIII": (1176, 1225), "s. XII-XIII": (1101, 1300),
    "saec. xiv": (1301, 1400), "S.XV": (1401, 1500),
    # other languages
    "XIIIe siècle": (1201, 1300), "XIIIᵉ siècle": (1201, 1300),
    "première moitié du XIVe siècle": (1301, 1350), "fin du XIIIe siècle": (1267, 1300),
    "13. Jh.": (1201, 1300), "1. Hälfte 13. Jh.": (1201, 1250),
    "Ende des 13. Jahrhunderts": (1267, 1300), "13./14. Jh.": (1276, 1325),
    "sec. XIII": (1201, 1300), "XIII secolo": (1201, 1300),
    "prima metà del sec. XIV": (1301, 1350), "siglo XV": (1401, 1500),
    # decades
    "1480s": (1480, 1489), "1300s": (1300, 1399), "mid-1480s": (1483, 1485),
    "c.1950s": (1940, 1969),
    # bounds
    "before 1410": (1360, 1409), "after 1300": (1301, 1350), "after c. 1300": (1291, 1360),
    "not before 1300": (1300, 1350), "not after 1410": (1360, 1410),
    "not before 1300 and not after 1310": (1300, 1310), "1482 or later": (1482, 1532),
    "vor 1410": (1360, 1409), "nach 1300": (1301, 1350), "1820-": (1820, 1870),
    # eras
    "300 BCE": (-299, -299), "300 BC": (-299, -299), "300 B.C.": (-299, -299),
    "1 BCE": (0, 0), "AD 120": (120, 120), "120 CE": (120, 120), "AD 50-100": (50, 100),
    "300-200 BC": (-299, -199), "44 BC - 12 AD": (-43, 12), "c. 300 BC": (-309, -289),
    "1st century BC": (-99, 0), "early 3rd century BC": (-299, -267),
    "3rd-1st century BC": (-299, 0), "1st century BC - 1st century AD": (-99, 100),
    "300 av. J.-C.": (-299, -299), "200 v. Chr.": (-199, -199),
    "650 AH": (1252, 1253), "AH 650/1252 CE": (1252, 1252), "1 AH": (622, 623),
    # what was done then; the making counts
    "published 1805": (1805, 1805), "1822, printed 1830": (1822, 1822),
    "1980–5, enlarged version 1990": (1980, 1985),
}  # fmt: skip

NOT_UNDERSTOOD = [
    "foo", "MS 12", "12", "99999", "1300-1275", "1482a", "May", "Paris, 1482", "C13", "@1/2",
    "BCE", "0 BCE", "100 CE BCE", "3000", "2020-13-45", "0th century", "<script>", "between 1300",
    "century", "s.", "٣٤٥", "1e3", "--", "1300 or blue", "5th millennium BC",
]  # fmt: skip

UNDATED = ["", "  ", "n.d.", "N.D.", "[n.d.]", "undated", "no date", "s.d.", "o. J.", "-", "?"]


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD.items())
def test_understood(text: str, expected: tuple[int, int]) -> None:
    """Each way of writing a date gives its years, and keeps its words."""
    date = parse_date(text)
    assert date is not None
    assert (expected, text) == ((date.first, date.last), date.text)


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
    "?", "~", "and", "to", "between", "1480s", "15XX", "May", "Jh.", "siècle", "²", "@1/2", "C13",
    ">=",
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
