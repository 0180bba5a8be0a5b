"""The words of dates in several languages, put into one small notation.

    C13, D1480, H1300    the 13th century, the 1480s, the 1300s; M2 the 2nd millennium
    @1/3, @2-3/4         the first third of what it stands beside; its second and third quarter
    ~ ?                  about; uncertain
    BCE CE AH            eras
    < > <= >=            before, after, not after, not before

Early, mid and late are thirds. The palaeographers' "in." and "ex." are the first and last quarter,
"med." the middle third, a raised 1 or 2 a half.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from builder.corpus.date_numerals import (
    NUMERAL,
    ROMAN,
    ROMAN_PATTERN,
    any_of,
    ordinal,
    table,
    without_roman_years,
)

_By = str | Callable[[re.Match[str]], str]
_Rule = tuple[re.Pattern[str], _By]

_COUNT = table(
    {
        1: "first 1st premier premiere 1er 1ere 1re ier iere 1. erste erstes ersten prima primo 1a "
        "primera primer 1o",
        2: "second 2nd deuxieme seconde 2e 2eme 2nde iie iieme 2. zweite zweites zweiten seconda "
        "secondo 2a 2o segunda segundo ii",
        3: "third 3rd troisieme 3e 3eme iiie iiieme 3. dritte drittes dritten terza terzo 3a 3o "
        "tercer iii",
        4: "fourth 4th quatrieme 4e 4eme ive iveme 4. vierte viertes vierten quarto 4o cuarto iv",
        -1: "last final dernier derniere letzte letztes letzten ultimo ultima latter",
    }
)
_SHARE = table(
    {
        2: "half halves moitie halfte meta mitad",
        3: "third thirds tiers drittel drittels terzo tercio",
        4: "quarter quarters qtr quart viertel viertels quarto cuarto",
        10: "decade decennie jahrzehnt decennio",
    }
)
_TRECENTO = table(
    {
        1200: "duecento",
        1300: "trecento",
        1400: "quattrocento",
        1500: "cinquecento",
        1600: "seicento",
        1700: "settecento",
        1800: "ottocento",
        1900: "novecento",
    }
)

_EDGE = r"(?<![a-z0-9.])"
_CENTURY = (
    r"(?:centur(?:y|ies)|cents?|cen|cc|siecles?|jahrhunderts?|jahrh|jhdts?|jhds?|jhts?|jh\.s|jhs?"
    r"|secol[oi]|secc?|siglos?|c|s)(?![a-z])\.?"
)
_CENTURY_FIRST = r"(?:saec(?:ul[oi])?|secolo|secoli|secc?|siglos?|century|ss?)(?![a-z])\.?"
_MILLENNIUM = r"(?:millenni(?:um|a|o)|millenaires?|jahrtausends?|jts?)(?![a-z])\.?"
# Without a blank only after a digit or a point: "vers" is no fifth century.
_NEXT = r"(?:[ -]|(?<=[.0-9]))"
_BETWEEN = r"(?:\s?[-/]\s?|\s(?:to|or|and|und|bis|zum|zu|oder|ou|et|vel|aut|au|al|a|e|o|y)\s)"
_ARTICLE = r"(?:of the|of|du|de la|des|der|de|della|dello|dell|del|d)"
_OF = rf"(?:\s(?:{_ARTICLE})(?![a-z])\.?)?"
_EARLY = (
    "early|beginning|start|debut|anfangs?|anf|fruh(?!est)[a-z]*|beginnend[a-z]*|inizio|inizi|"
    "principios?"
)
_MIDDLE = r"middle|mid|milieu|mi|mitte|mittleres|meta|mediados"
_LATE = r"late|end|fin|ende|ausgehend[a-z]*|spat(?!est)[a-z]*|fine|finales"


def _share(match: re.Match[str]) -> str:
    count, share = _COUNT[match[1]], _SHARE[match[2]]
    return f" @{share if count == -1 else count}/{share} " if count <= share else match[0]


def _shares(match: re.Match[str]) -> str:
    begin, end, share = _COUNT[match[1]], _COUNT[match[2]], _SHARE[match[3]]
    end = share if end == -1 else end
    return f" @{begin}-{end}/{share} " if 0 < begin < end <= share else match[0]


def _merged(match: re.Match[str]) -> str:
    begin, share, end = match[1], match[2], match[3]
    return f" @{begin}-{end}/{share} " if begin < end else match[0]


def _turn(match: re.Match[str]) -> str:
    return f" C{int(match[1]) - 1}/C{match[1]} "


def _spread(match: re.Match[str]) -> str:
    year, error = int(match[1]), int(match[2])
    return f"{year - error}-{year + error}"


def _if_roman(match: re.Match[str]) -> str:
    return f" C{ROMAN[match[1]]} " if match[1] in ROMAN else match[0]


def _series(match: re.Match[str]) -> str:
    return f" {'H' if match[1].endswith('00') else 'D'}{match[1]} "


def _rules(*rules: tuple[str, _By]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern, re.ASCII), by) for pattern, by in rules)


_FIRST = _rules(
    (r"(?<![a-z0-9])([1-9][0-9])([0-9]0)s ?(-|/|to|and|or) ?([0-9]0)s", r"\1\2s \3 \1\4s"),
    (rf"{_EDGE}([12])\. ?h\. ?(?=(?:des |d\. ?)?[0-9]+\. ?j)", r" @\1/2 "),
    (r"(?<![a-z0-9])([12])(?:st|nd|a|e) (?:half|1/2)(?![a-z])", r" @\1/2 "),
)
_ERAS = _rules(
    (
        r"(?<![a-z])(?:av(?:ant)?\.? ?j\.? ?-?c\.?|av(?:ant)?\.? jesus[ -]christ|"
        r"av(?:ant)?\.? (?:n\. ?e\.?|notre ere)|v\.? ?u\.? ?z\.?|v\.? ?chr\.?|"
        r"vor (?:chr[a-z]*|jesu?)(?: geburt)?|before (?:christ|(?:the )?common era)|avanti cristo|"
        r"ante chr(?:istum|\.)?(?: natum)?|a\. ?chr\.?(?: ?n\.)?|b\.? ?c\.? ?e\.?|b\.? ?c\.?|"
        r"a\. ?c\. ?n\.?|a\. ?c\.?|ac)(?![a-z])",
        " BCE ",
    ),
    (
        r"(?<![a-z])(?:ap(?:res)?\.? ?j\.? ?-?c\.?|ap(?:res)?\.? jesus[ -]christ|de notre ere|"
        r"n\.? ?u\.? ?z\.?|u\. ?z\.?|n\.? ?chr\.?|nach chr[a-z]*(?: geburt)?|dopo cristo|"
        r"post chr(?:istum|\.)?(?: natum)?|p\. ?chr\.?(?: ?n\.)?|d\. ?c\.?|dc|anno domini|"
        r"a\.? ?d\.?|c\. ?e\.?|ce|common era)(?![a-z])",
        " CE ",
    ),
    (
        r"(?<![a-z])(?:a\.? ?h\.?|hijr[iy]|hijra|anno hegirae|(?:de l |l )?hegire|hegir[ai]e?|"
        r"(?:dell )?egira|(?:der |d\. ?)?hidschra|d\. ?h\.?)(?![a-z])",
        " AH ",
    ),
    (r"(?<=[0-9]) ?h(?![a-z])\.?", " AH "),
    (r"(?<![a-z0-9])h\.? ?(?=[0-9])", " AH "),
    ("(?<=[0-9]) ?\u0647\u0640?(?!\\w)", " AH "),
    ("(?<=[0-9]) ?\u0645(?!\\w)", " CE "),
)
_SHARES = _rules(
    (rf"{_EDGE}(?:middle|central|mittleres) (?:third|tiers|drittel){_OF}(?![a-z])", " @2/3 "),
    (rf"{_EDGE}({any_of(_COUNT)}){_BETWEEN}({any_of(_COUNT)}) ({any_of(_SHARE)}){_OF}(?![a-z])",
     _shares),
    (rf"{_EDGE}({any_of(_COUNT)}) ({any_of(_SHARE)}){_OF}(?![a-z])", _share),
)  # fmt: skip
_CENTURIES = _rules(
    (rf"{_EDGE}({NUMERAL}){_NEXT}{_MILLENNIUM}", lambda m: f" M{ordinal(m[1])} "),
    # Two, then one; the word behind or before.
    (
        rf"{_EDGE}({NUMERAL})({_BETWEEN})(?:the |dem |des )?({NUMERAL}){_NEXT}{_CENTURY}",
        lambda m: f" C{ordinal(m[1])} {m[2].strip()} C{ordinal(m[3])} ",
    ),
    (
        rf"{_EDGE}{_CENTURY_FIRST} ?({NUMERAL})({_BETWEEN})({NUMERAL})(?![a-z0-9])",
        lambda m: f" C{ordinal(m[1])} {m[2].strip()} C{ordinal(m[3])} ",
    ),
    (
        rf"{_EDGE}({NUMERAL})({_BETWEEN})"
        rf"(?=(?:(?:{_EARLY}|{_MIDDLE}|{_LATE}){_OF}[- ]|@[0-9]/[0-9] +)"
        rf"(?:{NUMERAL}){_NEXT}{_CENTURY})",
        lambda m: f" C{ordinal(m[1])} {m[2].strip()} ",
    ),
    (rf"{_EDGE}({NUMERAL}){_NEXT}{_CENTURY}", lambda m: f" C{ordinal(m[1])} "),
    (
        rf"{_EDGE}{_CENTURY_FIRST} ?({ROMAN_PATTERN}|[1-9][0-9]?)(?![a-z.0-9]*[0-9])(?![a-z])",
        lambda m: f" C{ordinal(m[1])} ",
    ),
    # Bare, if it can be nothing else: "XIV", "XIV ex.", but no month ("3.XII.1909").
    (
        r"(?<![a-z0-9.])(x[ivx]{1,4}|ix)(?![a-z0-9]|[. /-]*[0-9]{4})",
        lambda m: f" C{ROMAN[m[1]]} " if m[1] in ROMAN and m[1] != "xx" else m[0],
    ),
    (r"(?:(?<=[-/] )|(?<=[-/]))([xvi]+)(?= (?:in|ex|med)\b)", _if_roman),
    (
        rf"{_EDGE}(x[ivx]{{0,4}}|i{{2,3}}|iv|vi{{1,3}}|ix)(?:e|eme)(?![a-z])",
        lambda m: f" C{ordinal(m[1])} " if len(m[1]) > 1 else m[0],
    ),
    (
        rf"{_EDGE}(?:il |del |nel )?({any_of(_TRECENTO)})(?![a-z])",
        lambda m: f" H{_TRECENTO[m[1]]} ",
    ),
    (r"(C[0-9]+) +([12])\b(?![0-9/])", r"\1 @\2/2 "),
    (r"(C[0-9]+) +\(?([1-4])/([234])\)?", r"\1 @\2/\3 "),
    (r"(C[0-9]+) +(in|med)\b\.? ?[-/] ?(med|ex)\b\.?", r"\1 \2 - \1 \3"),
    (r"(C[0-9]+) +(?:in|ineunte)\b\.?", r"\1 @1/4 "),
    (r"(C[0-9]+) +(?:ex|exeunte)\b\.?", r"\1 @4/4 "),
    (r"(C[0-9]+) +(?:med|medio)\b\.?", r"\1 @2/3 "),
    (r"(C[0-9]+) +h(?![a-z])\.?", r"\1 AH "),
)
_DECADES = _rules(
    (
        r"(?<![a-z0-9])(?:annees |the |anni )?([1-9][0-9]{1,2}0)(?:-?s|er)(?![a-z])(?: jahren?)?",
        _series,
    ),
    (r"(?<![a-z0-9])(?:annees|anni) ([1-9][0-9]{1,2}0)(?![0-9])", _series),
)
_THIRDS = _rules(
    (rf"{_EDGE}(?:{_EARLY}){_OF}(?![a-z])\.?-?", " @1/3 "),
    (rf"{_EDGE}(?:{_MIDDLE}){_OF}(?![a-z])\.?-?", " @2/3 "),
    (rf"{_EDGE}(?:{_LATE}){_OF}(?![a-z])-?", " @3/3 "),
)
_BOUNDS_BEHIND = _rules(
    (
        r"^(.*) (?:or|and|oder|ou|o|od\.) (?:later|after|spater|nach|apres|posterieur|dopo|poi)$",
        r" >= \1",
    ),
    (r"^(.*) at (?:the )?earliest$", r" >= \1"),
    (r"^(.*) at (?:the )?latest$", r" <= \1"),
    (r"^(.*) (?:or|and|oder|ou|o|od\.) (?:earlier|before|fruher|vor|avant|prima)$", r" <= \1"),
)
_BOUNDS = _rules(
    (
        rf"{_EDGE}(?:not after|(?:no|not) later than|until|up to|at the latest|by|bis|nicht nach|"
        r"spatestens|pas apres|au plus tard|jusqua|jusquen|jusquau|non dopo(?: il)?|non oltre il|"
        r"al piu tardi|fino al|entro il|non post)(?![a-z])",
        " <= ",
    ),
    (
        rf"{_EDGE}(?:not before|(?:no|not) earlier than|since|at the earliest|from|ab|seit|"
        r"nicht vor|fruhestens|pas avant|au plus tot|a partir d[eu]|depuis|"
        r"non prima d(?:el|i)|a partire dal|dal|non ante)(?![a-z])",
        " >= ",
    ),
    (
        rf"{_EDGE}(?:terminus ante quem|ante quem|t\.?a\.?q|before|earlier than|prior to|pre|ante|"
        r"avant|anterieur a|av|vor|prima del|prima di|prima dell|anteriore al|antes de)"
        r"(?![a-z])[.:-]?",
        " < ",
    ),
    (
        rf"{_EDGE}(?:terminus post quem|post quem|t\.?p\.?q|after|later than|post|apres|ap|"
        r"posterieur a|nach|dopo il|dopo|posteriore al|despues de)(?![a-z])[.:-]?",
        " > ",
    ),
)
_NEAR_BOUNDS = _rules(
    (r"([<>])(?!=) *(?:or|oder|ou|o) +(?:in|circa|around|about|um|vers)(?![a-z])", r"\1="),
    (rf"{_EDGE}(?:shortly|soon|just|kurz|bald|peu|poco) +(?=[<>])", " !"),
    (rf"{_EDGE}(?:in|on|im|en|circa|around|um|vers) (?:or|oder|ou|o) +([<>])(?!=)", r" \1="),
)
_DOUBTS = _rules(
    (
        rf"{_EDGE}(?:circa|cca|ca|c|about|around|near|approximately|approx|environ|env|vers lan|"
        r"vers|autour de|aux alentours de|um|gegen|etwa|ungefahr|verso il|verso|attorno al|"
        r"intorno al|allincirca|hacia|fl)"
        r"(?![a-z])\.?",
        " ~ ",
    ),
    (rf"{_EDGE}v\. ?(?=[0-9]{{3}})", " ~ "),
    # Stuck to the figures: "ca1260".
    (r"(?<![a-z0-9])c(?:a|irca)?\.?(?=[0-9]{3})", " ~ "),
    (
        rf"{_EDGE}(?:probably|perhaps|possibly|likely|presumably|maybe|prob|vermutlich|"
        r"wahrscheinlich|wohl|vielleicht|moglicherweise|probablement|peut-etre|sans doute|"
        r"probabilmente|forse|fortasse|ut videtur)(?![a-z])\.?",
        " ? ",
    ),
    (r"([0-9]{3,4}) ?(?:\u00b1|\+/-|\+-) ?([0-9]{1,3})(?: (?:years|ans|jahre|anni))?", _spread),
)
_JOINTS = _rules(
    (r"@([1-4])/([1-4]) +(?:(?:-|/|to-?|or|and|bis|a|et|e|und|oder) *)?@([1-4])/\2", _merged),
    (r"(C[0-9]+|[DH][0-9]+|CE) ?[,:] ?(?=@)", r"\1 "),
    (
        r"(?:turn of(?: the)?|wende(?: vom| des| zum| der)?|tournant (?:des|du|de)|"
        r"(?:a|al) cavallo (?:tra|fra)(?: il| i)?)"
        r" +C([0-9]+) +(?:/|-|and|und|et|e|zum|zu|to) +(?:the |il )?C([0-9]+)",
        r" C\1/C\2 ",
    ),
    (r"(?:turn of(?: the)?|wende(?: des| zum)?|tournant (?:du|de)) +C([0-9]+)", _turn),
)  # fmt: skip
_LAST = _rules(
    (r"^(?:au|aux|in|nel|nello) +(?=[C@DH])", " "),
    (r"^([0-9]{3,4}) ?\+$", r">= \1"),
    (
        r"\b(?:the|of|during|annum|le|la|les|l|du|des|d|dans|courant|der|die|das|dem|im|il|del|"
        r"della|dell|nel|nella)\b(?!\.)",
        " ",
    ),
)  # fmt: skip


def translate(text: str) -> str:
    """A date in the notation above; what has no place in it stays as it is, folded."""
    notation = _fold(text)
    if _FIGURES.fullmatch(notation):
        return notation
    words = set(_WORD.findall(notation))
    if words:
        if _OF_HALVES.search(notation):
            notation = _apply(_FIRST, notation)
        if not words.isdisjoint(_OF_ERAS):
            notation = _apply(_ERAS, notation)
        if not words.isdisjoint(_SHARE):
            notation = _apply(_SHARES, notation)
        if _OF_CENTURIES.search(notation):
            notation = _apply(_CENTURIES, notation)
        if _OF_DECADES.search(notation):
            notation = _apply(_DECADES, notation)
        if not words.isdisjoint(_ALTERNATIVES):
            notation = _apply(_BOUNDS_BEHIND, notation)
        notation = _apply(_BOUNDS, notation)
        if "<" in notation or ">" in notation:
            notation = _apply(_NEAR_BOUNDS, notation)
        notation = _apply(_THIRDS, notation)
    notation = notation.replace("?", " ? ").replace("%", " ~ ? ").replace("≈", " ~ ")
    notation = _apply(_DOUBTS, notation)
    if _OF_PARTS.search(notation):
        notation = _apply(_JOINTS, notation)
    notation = _apply(_LAST, notation)
    return " ".join(notation.split())


# What a group of rules cannot do without: most dates need few of them.
_FIGURES = re.compile(r"[0-9x/-]+", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")
_OF_CENTURIES = re.compile(
    r"cen|siecl|j[ah]|sec|sigl|saec|mill|jt|cc|ss|[xvi]{2}|[ivx]e|\b[cs]\b|[0-9.][cs]\b"
)
_OF_HALVES = re.compile(r"0s|h\.|half|1/2")
_OF_ERAS = set(
    re.findall(
        r"\w+",
        "av avant v vor before avanti ante a b bc bce ac ap apres de n u nach dopo post p d dc "
        "anno ad c ce common ah hijri hijry hijra hegire hegira hegirae egira hidschra h "
        "\u0647 \u0647\u0640 \u0645",
    )
)
_OF_DECADES = re.compile(r"0-?(?:s|er)|ann")
_OF_PARTS = re.compile(r"[@C]")
_ALTERNATIVES = ("or", "and", "oder", "ou", "o", "od", "at")


def _apply(rules: tuple[_Rule, ...], notation: str) -> str:
    for pattern, replacement in rules:
        notation = pattern.sub(replacement, notation)
    return notation


_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SAYS_ERA = re.compile("\u0647\u0640?(?!\\w)|\u0645(?!\\w)|[A-Za-z]")
_QUOTES = dict.fromkeys(map(ord, "[](){}<>\"'^°©`ʿʾʼ\u2018\u2019\u201c\u201d\u00ab\u00bb"))
_MARKS = ("Mn", "Mc", "Me", "Cf")
_SHORT_END = re.compile(r"(?<=[0-9]{4})\s?–\s?(?=[0-9]{1,2}(?![0-9]))")
_ELISION = re.compile(r"\b([ld]|dell|nell|dall)['’]", re.IGNORECASE)
_RAISED = re.compile(r"([ivxIVX])([¹²³]|\^?[1-4](?:/[234])?(?![0-9]))")
_STUCK = re.compile(r"(?<![a-z])([xvi]{2,})(in|ex|med)(?![a-z])")


def _fold(text: str) -> str:
    """Lower case without marks, brackets and quotes, with plain hyphens and single spaces."""
    text = _ELISION.sub(r"\1 ", without_roman_years(_signs(text)))
    text = _RAISED.sub(r"\1 \2", text)
    plain = (text if text.isascii() else _plain(text)).lower()
    bare = " ".join(_STUCK.sub(r"\1 \2", plain).translate(_QUOTES).split())
    return bare if bare.endswith("..") else bare.removesuffix(".").rstrip()


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", _SHORT_END.sub(" to ", text))
    kept = (c for c in text if unicodedata.category(c) not in _MARKS)
    return re.sub("[\u2010-\u2015\u2212]", "-", "".join(kept)).replace("\u2044", "/")


def _signs(text: str) -> str:
    """Signs that folding would lose, in words; eastern digits only where the era is said."""
    if text and text[0] in "<>≤≥" and not ("<" in text and ">" in text):
        words = {"<": "before ", ">": "after ", "≤": "not after ", "≥": "not before "}
        text = words[text[0]] + text[1:].removeprefix("=")
    if text.isascii():
        return text
    if text[0] in "–—" and text[1:2].isdigit():
        text = "until " + text[1:]
    if _SAYS_ERA.search(text):
        text = text.translate(_EASTERN).replace("سنة", "").replace("عام", "")
    return text.replace("º", "o").replace("ª", "a")
