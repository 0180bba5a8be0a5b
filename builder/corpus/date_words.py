"""The words of dates in several languages, put into one small notation.

    C13, D1480, H1300    the 13th century, the 1480s, the 1300s
    @1/3                 the first third of what it stands beside
    ~                    about, or uncertain
    BCE CE AH            eras
    < > <= >=            before, after, not after, not before

Early, mid and late are thirds. The palaeographers' "in." and "ex." are the first and last quarter,
"med." the middle third, a raised 1 or 2 a half.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_ROMAN = {
    roman: number
    for number, roman in enumerate(
        re.findall(
            r"\w+", "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi"
        ),
        1,
    )
}
_SPELT = {
    word: number
    for number, word in enumerate(
        re.findall(
            r"\S+",
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
            "twentieth twenty-first",
        ),
        1,
    )
}
_COUNTS = {
    1: "first 1st premier premiere 1er 1ere 1re 1. erste erstes prima primo primera primer",
    2: "second 2nd deuxieme seconde 2e 2eme 2. zweite zweites seconda secondo segunda segundo",
    3: "third 3rd troisieme 3e 3eme 3. dritte drittes terzo tercer",
    4: "fourth 4th quatrieme 4e 4eme 4. vierte viertes quarto cuarto",
    -1: "last final dernier derniere letzte letztes ultimo ultima",
}
_SHARES = {
    2: "half moitie halfte meta mitad",
    3: "third tiers drittel terzo tercio",
    4: "quarter quart viertel quarto cuarto",
}


def _table(words: Mapping[int, str]) -> dict[str, int]:
    return {word: number for number, line in words.items() for word in line.split()}


def _any(words: Mapping[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_COUNT, _SHARE = _table(_COUNTS), _table(_SHARES)
_NUMERAL = rf"(?:[1-9][0-9]?|{_any(_ROMAN)})(?:st|nd|rd|th|ere|er|re|eme|e|o|a|\.)?|{_any(_SPELT)}"
_CENTURY = (
    r"(?:centur(?:y|ies)|cents?|siecles?|jahrhunderts?|jhdts?|jhts?|jhs?|jh|secol[oi]|secc?|siglos?"
    r"|c|s)(?![a-z])\.?"
)
_CENTURY_FIRST = r"(?:saec(?:ul[oi])?|secolo|secc?|siglos?|century|ss?)(?![a-z])\.?"
# Without a blank only after a digit or a point: "vers" is no fifth century.
_NEXT = r"(?:[ -]|(?<=[.0-9]))"
_BETWEEN = r"(?:\s?[-/]\s?|\s(?:to|or|and|und|bis|oder|ou|et|au|al|a|e|o|y)\s)"
_OF = r"(?:\s(?:of the|of|du|de la|de|des|der|della|dello|del|dell|d))?"


def _numeral(text: str) -> int:
    if text in _SPELT:
        return _SPELT[text]
    digits = re.match(r"[0-9]+", text)
    if digits:
        return int(digits[0])
    return next(_ROMAN[r] for r in sorted(_ROMAN, key=len, reverse=True) if text.startswith(r))


def _one_century(match: re.Match[str]) -> str:
    return f" C{_numeral(match[1])} "


def _two_centuries(match: re.Match[str]) -> str:
    return f" C{_numeral(match[1])} {match[2].strip()} C{_numeral(match[3])} "


def _first_of_two(match: re.Match[str]) -> str:
    return f" C{_numeral(match[1])} {match[2].strip()} "


def _share(match: re.Match[str]) -> str:
    count, share = _COUNT[match[1]], _SHARE[match[2]]
    return f" @{share if count == -1 else count}/{share} " if count <= share else match[0]


def _series(match: re.Match[str]) -> str:
    return f" {'H' if match[1].endswith('00') else 'D'}{match[1]} "


def _rules(*rules: tuple[str, str | Callable[[re.Match[str]], str]]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern, re.ASCII), by) for pattern, by in rules)


_EDGE = r"(?<![a-z0-9.])"
_ALL = _rules(
    # Eras, before anything takes their letters.
    (
        rf"{_EDGE}(?:av\.? ?j\.? ?-?c\.?|v\.? ?u\.? ?z\.?|v\.? ?chr\.?|vor chr[a-z]*|"
        r"before christ|b\.? ?c\.? ?e\.?|b\.? ?c\.?|a\. ?c\.?)(?![a-z])",
        " BCE ",
    ),
    (
        rf"{_EDGE}(?:ap\.? ?j\.? ?-?c\.?|n\.? ?chr\.?|nach chr[a-z]*|d\. ?c\.?|a\.? ?d\.?|"
        r"c\. ?e\.?|ce)(?![a-z])",
        " CE ",
    ),
    (rf"{_EDGE}(?:a\.? ?h\.?|hijri|hegira)(?![a-z])", " AH "),
    # Shares of a century: "second half of the", "1/4" and "2/2" after one.
    (rf"{_EDGE}({_any(_COUNT)}) ({_any(_SHARE)}){_OF}(?![a-z])", _share),
    # Centuries: two, then one, the word behind or before.
    (rf"{_EDGE}({_NUMERAL})({_BETWEEN})({_NUMERAL}){_NEXT}{_CENTURY}", _two_centuries),
    (rf"{_EDGE}{_CENTURY_FIRST} ?({_NUMERAL})({_BETWEEN})({_NUMERAL})(?![a-z0-9])", _two_centuries),
    (
        rf"{_EDGE}({_NUMERAL})({_BETWEEN})(?=(?:early |late |mid[- ]|@[0-9]/[0-9] +)"
        rf"(?:{_NUMERAL}){_NEXT}{_CENTURY})",
        _first_of_two,
    ),
    (rf"{_EDGE}({_NUMERAL}){_NEXT}{_CENTURY}", _one_century),
    (
        rf"{_EDGE}{_CENTURY_FIRST} ?({_any(_ROMAN)}|[1-9][0-9]?)(?![a-z.0-9]*[0-9])(?![a-z])",
        _one_century,
    ),
    (r"(?<=[-/] )((?:x|v|i)+)(?= (?:in|ex|med)\b)", _one_century),
    (r"(C[0-9]+) +([12])\b(?![0-9/])", r"\1 @\2/2 "),
    (r"(C[0-9]+) +\(?([1-4])/([234])\)?", r"\1 @\2/\3 "),
    (r"(C[0-9]+) +(?:in|ineunte)\b\.?", r"\1 @1/4 "),
    (r"(C[0-9]+) +(?:ex|exeunte)\b\.?", r"\1 @4/4 "),
    (r"(C[0-9]+) +(?:med|medio)\b\.?", r"\1 @2/3 "),
    (
        r"(?<![a-z0-9])(?:annees |the |anni )?([1-9][0-9]{1,2}0)(?:-?s|er)(?![a-z])(?: jahre)?",
        _series,
    ),
    # Early, mid, late.
    (
        rf"{_EDGE}(?:early|beginning|start|debut|anfang|fruh[a-z]*|inizio|inizi|principios?)"
        rf"{_OF}(?![a-z])-?",
        " @1/3 ",
    ),
    (rf"{_EDGE}(?:middle|mid|milieu|mi|mitte|meta|mediados){_OF}(?![a-z])-?", " @2/3 "),
    (rf"{_EDGE}(?:late|end|fin|ende|spat[a-z]*|fine|finales){_OF}(?![a-z])-?", " @3/3 "),
    # Bounds.
    (r"^(.*) or (?:later|after)$", r" >= \1"),
    (r"^(.*) or (?:earlier|before)$", r" <= \1"),
    (
        rf"{_EDGE}(?:terminus ante quem|not after|(?:no|not) later than|until|up to|by|bis)"
        r"(?![a-z])",
        " <= ",
    ),
    (
        rf"{_EDGE}(?:terminus post quem|not before|(?:no|not) earlier than|since|from|ab)(?![a-z])",
        " >= ",
    ),
    (rf"{_EDGE}(?:before|ante|avant|vor|prima del|prima di|antes de)(?![a-z])", " < "),
    (rf"{_EDGE}(?:after|post|apres|nach|dopo il|dopo|despues de)(?![a-z])", " > "),
    # About.
    (
        rf"{_EDGE}(?:circa|cca|ca|c|about|around|approximately|approx|environ|env|vers|um|"
        r"ungefahr|verso il|verso|hacia|probably|perhaps|possibly|likely)(?![a-z])\.?",
        " ~ ",
    ),
    (r"[?%]|≈", " ~ "),
    (r"\b(?:the|of|le|la|les|des|der|dem|das|du|il|del|della)\b", " "),
)


def translate(text: str) -> str:
    """A date in the notation above; what has no place in it stays as it is, folded."""
    notation = _fold(text)
    for pattern, replacement in _ALL:
        notation = pattern.sub(replacement, notation)
    notation = notation.strip(" .")
    return " ".join(notation.split())


def _fold(text: str) -> str:
    """Lower case without marks, brackets and quotes, with plain hyphens and single spaces."""
    short = re.sub(r"(?<=[0-9]{4})\s?–\s?(?=[0-9]{1,2}(?![0-9]))", " to ", text)
    decomposed = unicodedata.normalize("NFKD", re.sub("([¹²])", r" \1", short))
    plain = "".join(c for c in decomposed if unicodedata.category(c)[0] != "M").lower()
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain).replace("\u2044", "/")
    return " ".join(re.sub("[\\[\\](){}<>\"'\u2018\u2019\u201c\u201d]", "", plain).split())
