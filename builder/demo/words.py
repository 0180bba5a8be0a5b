"""What the labels say, in the languages of the manuscripts."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from builder.demo.chance import pick

LANGUAGES = ("latin", "greek", "arabic", "hebrew")

_TABLE = """
sun sol ηλιος شمس שמש
moon luna σεληνη قمر ירח
earth terra γη ارض ארץ
saturn saturnus κρονος زحل שבתאי
jupiter iupiter ζευς مشتري צדק
mars mars αρης مريخ מאדים
venus venus αφροδιτη زهره נוגה
mercury mercurius ερμης عطارد כוכב
stars stelle αστερες كواكب כוכבים
mover mobile κινουν محرك מניע
heaven celum ουρανος سما שמים
shadow umbra σκια ظل צל
centre centrum κεντρον مركز מרכז
orb orbis σφαιρα فلك גלגל
deferent deferens φερων حامل נושא
epicycle epiciclus επικυκλος تدوير הקפה
equant equans εξισων معدل משוה
apogee aux απογειον اوج גובה
perigee oppositum περιγειον حضيض שפל
east oriens ανατολη مشرق מזרח
west occidens δυσις مغرب מערב
south meridies νοτος جنوب דרום
north septentrio αρκτος شمال צפון
horizon orizon οριζων افق אופק
zenith cenith κορυφη سمت נכח
equator equator ισημερινος معدل משוה
summer estivus θερινος صيفي קיץ
winter hiemalis χειμερινος شتوي חורף
arctic arcticus αρκτικος شمالي צפוני
antarctic antarcticus νοτιος جنوبي דרומי
zodiac zodiacus ζωδιακος بروج מזלות
water aqua υδωρ ما מים
air aer αηρ هوا אויר
fire ignis πυρ نار אש
aries aries κριος حمل טלה
taurus taurus ταυρος ثور שור
gemini gemini διδυμοι جوزا תאומים
cancer cancer καρκινος سرطان סרטן
leo leo λεων اسد אריה
virgo virgo παρθενος سنبله בתולה
libra libra ζυγος ميزان מאזנים
scorpio scorpio σκορπιος عقرب עקרב
sagittarius sagittarius τοξοτης قوس קשת
capricorn capricornus αιγοκερως جدي גדי
aquarius aquarius υδροχοος دلو דלי
pisces pisces ιχθυες حوت דגים
new coniunctio συνοδος اجتماع מולד
full opposicio πανσεληνος بدر ניגוד
quarter quadratura διχοτομος تربيع רובע
head caput αναβιβαζων راس ראש
tail cauda καταβιβαζων ذنب זנב
clime clima κλιμα اقليم אקלים
torrid torrida διακεκαυμενη محترقه שרופה
temperate temperata ευκρατος معتدله ממוזגת
cold frigida κατεψυγμενη بارده קרה
degrees gradus μοιραι درج מעלות
minutes minuta λεπτα دقايق דקים
signs signa ζωδια بروج מזלות
motion motus κινησις حركه תנועה
year annus ετος سنه שנה
day dies ημερα يوم יום
night nox νυξ ليل לילה
hours hore ωραι ساعات שעות
spring ver εαρ ربيع אביב
autumn autumnus φθινοπωρον خريف סתיו
wind ventus ανεμος ريح רוח
boreas boreas βορεας شمال צפונית
eurus eurus ευρος صبا קדים
auster auster νοτος جنوب דרומית
zephyr favonius ζεφυρος دبور ים
trine trigonus τριγωνον تثليث שליש
square tetragonus τετραγωνον تربيع ריבוע
sextile sextilis εξαγωνον تسديس ששית
axis axis αξων محور ציר
pole polus πολος قطب קוטב
eye visus οψις بصر עין
ecliptic ecliptica εκλειπτικος بروج מזל
colure colurus κολουρος قطر חוג
"""

_PROSE = {
    "latin": "et in est non ad autem igitur quia per de secundum linea circuli punctum motus quod "
    "sit eius super dicitur sicut cum ergo duo partes celi spere inter maior minor hoc ex",
    "greek": "και το της δε του εστιν εν γαρ προς ουν αρα τον κυκλος ευθεια σημειον ισος υπο τα "
    "δια απο εκατερα τουτο μεν ημιν επι γωνια κατα λογος δυο μερος",
    "arabic": "في من علي الي عن كان هذا ذلك خط نقطه دايره قوس حول بين مثل وهو منه يكون فاذا باب "
    "نصف قطر زاويه سطح كل ما لها",
    "hebrew": "את על כי מן הוא זה אשר אל בין כל לא קו נקודה עגול חצי שני חלק יהיה ממנו לפי אם גם "
    "עד עוד היא שוה זוית",
}

_UNITS = {
    "greek": "αβγδεϛζηθ",
    "arabic": "ابجدهوزحط",
    "hebrew": "אבגדהוזחט",
}
_TENS = {
    "greek": "ικλμνξοπϙ",
    "arabic": "يكلمنسعفص",
    "hebrew": "יכלמנסעפצ",
}
_HUNDREDS = {"greek": "ρστυ", "arabic": "قرشت", "hebrew": "קרשת"}
_LETTERS = {
    "latin": "abcdefghiklmnopqrstuxyz",
    "greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "arabic": "ابجدهزحطكلمنسعفصقرشت",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
}
_CAPITALS = str.maketrans("αβγδεζηθικλμνξοπρσςτυφχψω", "ABΓΔEZHΘIKΛMNΞOΠPΣΣTYΦXΨΩ")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))

ZODIAC = (
    "aries",
    "taurus",
    "gemini",
    "cancer",
    "leo",
    "virgo",
    "libra",
    "scorpio",
    "sagittarius",
    "capricorn",
    "aquarius",
    "pisces",
)
PLANETS = ("moon", "mercury", "venus", "sun", "mars", "jupiter", "saturn")


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, dict[str, str]]:
    """Language to key to word."""
    rows = [line.split() for line in _TABLE.strip().splitlines()]
    return {
        language: {row[0]: row[number + 1] for row in rows}
        for number, language in enumerate(LANGUAGES)
    }


def say(text: str, language: str, *, capitals: bool = False, roman: bool = False) -> str:
    """A label in a language.

    Args:
        text: tokens parted by spaces: a key of the vocabulary, "@3" for the fourth letter of the
            alphabet, "#45" for a number.
        language: one of LANGUAGES.
        capitals: in capitals (Latin and Greek only).
        roman: numbers of Latin in Roman figures.
    """
    said = " ".join(_token(token, language, roman) for token in text.split())
    return majuscules(said, language) if capitals else said


def majuscules(text: str, language: str) -> str:
    """Latin or Greek in capitals."""
    return text.translate(_CAPITALS) if language == "greek" else text.upper().replace("U", "V")


def _token(token: str, language: str, roman: bool) -> str:
    if token.startswith("@"):
        letters = _LETTERS[language]
        return letters[int(token[1:]) % len(letters)]
    if token.startswith("#"):
        return number(int(token[1:]), language, roman=roman)
    return vocabulary()[language][token]


def number(value: int, language: str, *, roman: bool = False) -> str:
    """A number from 0 to 499 as a language writes it."""
    if language == "latin":
        return _roman(value) if roman and value else str(value)
    if value == 0:
        return {"greek": "ο", "arabic": "ه", "hebrew": "ס"}[language]
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    signs = (_HUNDREDS[language], hundreds), (_TENS[language], tens), (_UNITS[language], units)
    said = "".join(letters[count - 1] for letters, count in signs if count)
    return said.replace("ϛ", "ς").replace("ϙ", "ζ")


def _roman(value: int) -> str:
    said = ""
    for size, sign in _ROMAN:
        said += sign * (value // size)
        value %= size
    return said + "i" * value


def prose(rng: np.random.Generator, language: str, count: int) -> list[str]:
    """Words without a meaning together, for the text around a figure."""
    common = _PROSE[language].split()
    learned = list(vocabulary()[language].values())
    return [pick(rng, common if rng.random() < 0.68 else learned) for _ in range(count)]
