"""Numerals in dates: ordinals as figures, Roman and spelt, and years in Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Mapping

ROMAN = {
    roman: number
    for number, roman in enumerate(
        re.findall(
            r"\w+", "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi"
        ),
        1,
    )
} | {"iiii": 4, "viiii": 9, "xiiii": 14, "xviiii": 19}
_SPELT = {
    1: "first premier erste erstes ersten primo",
    2: "second deuxieme zweite zweites zweiten secondo",
    3: "third troisieme dritte drittes dritten terzo",
    4: "fourth quatrieme vierte viertes vierten quarto",
    5: "fifth cinquieme funfte funftes funften quinto",
    6: "sixth sixieme sechste sechstes sechsten sesto",
    7: "seventh septieme siebte siebtes siebten settimo",
    8: "eighth huitieme achte achtes achten ottavo",
    9: "ninth neuvieme neunte neuntes neunten nono",
    10: "tenth dixieme zehnte zehntes zehnten decimo",
    11: "eleventh onzieme elfte elftes elften undicesimo",
    12: "twelfth douzieme zwolfte zwolftes zwolften dodicesimo",
    13: "thirteenth treizieme dreizehnte dreizehntes dreizehnten tredicesimo",
    14: "fourteenth quatorzieme vierzehnte vierzehntes vierzehnten quattordicesimo",
    15: "fifteenth quinzieme funfzehnte funfzehntes funfzehnten quindicesimo",
    16: "sixteenth seizieme sechzehnte sechzehntes sechzehnten sedicesimo",
    17: "seventeenth dix-septieme siebzehnte siebzehntes siebzehnten diciassettesimo",
    18: "eighteenth dix-huitieme achtzehnte achtzehntes achtzehnten diciottesimo",
    19: "nineteenth dix-neuvieme neunzehnte neunzehntes neunzehnten diciannovesimo",
    20: "twentieth vingtieme zwanzigste zwanzigstes zwanzigsten ventesimo",
    21: "twenty-first",
}


def table(words: Mapping[int, str]) -> dict[str, int]:
    """Numbers by word, from words by number."""
    return {word: number for number, line in words.items() for word in line.split()}


def any_of(words: Mapping[str, int]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


SPELT = table(_SPELT)
ROMAN_PATTERN = any_of(ROMAN)
NUMERAL = (
    rf"(?:[1-9][0-9]?|{ROMAN_PATTERN})(?:st|nd|rd|th|ere|er|re|ieme|eme|e|o|a|\.)?"
    rf"|{any_of(SPELT)}"
)

_YEAR = re.compile(r"(?<![A-Za-z])M(?:[MDCLXVI]|(?:\. ?| )(?=[MDCLXVI])){2,18}(?![A-Za-z])")
_WELL_FORMED = re.compile(r"(M{1,2})(CM|CD|D?C{0,4})(XC|XL|L?X{0,4})(IX|IV|V?I{0,4})", re.ASCII)
_WORTH = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


def ordinal(text: str) -> int:
    """What a match of `NUMERAL` counts."""
    if text in SPELT:
        return SPELT[text]
    if digits := re.match(r"[0-9]+", text):
        return int(digits[0])
    return next(ROMAN[r] for r in sorted(ROMAN, key=len, reverse=True) if text.startswith(r))


def without_roman_years(text: str) -> str:
    """The text with years such as MDXLIII or M.D.XLIII in figures."""
    return _YEAR.sub(_figures, text)


def _figures(match: re.Match[str]) -> str:
    letters = re.sub(r"[. ]", "", match[0])
    if not _WELL_FORMED.fullmatch(letters):
        return match[0]
    worth = [_WORTH[letter] for letter in letters]
    following = [*worth[1:], 0]
    year = sum(-a if a < b else a for a, b in zip(worth, following, strict=True))
    return str(year) if year > 1100 or len(letters) > 3 else match[0]  # MIX is no year
