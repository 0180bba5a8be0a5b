"""The manuscripts: invented books, each with its ink, hand, colours and ground."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.demo.letters import Hand
from builder.demo.pigments import Colour


@dataclass(frozen=True)
class Ground:
    """Parchment or paper. Amounts run from 0 (none) to about 1 (much)."""

    colour: Colour
    clouds: float = 0.5
    follicles: float = 0.0
    fibres: float = 0.0
    laid: float = 0.0
    stains: float = 0.4
    through: float = 0.4
    """How far the writing of the other side shows."""
    relief: float = 0.5
    ruling: float = 0.4
    ruling_colour: Colour = (0.55, 0.47, 0.38)


@dataclass(frozen=True)
class Manuscript:
    """A book. Lengths are in the unit of designs, whose figures are about 2 wide."""

    siglum: str
    source: str
    work: str
    place: str
    dates: tuple[str, str]
    """As a cataloguer writes them: of the book, and of its later leaves."""
    script: str
    hand: Hand
    ink: Colour
    rubric: Colour
    ground: Ground
    letter: float = 0.05
    line: float = 0.011
    wobble: float = 1.0
    swell: float = 0.25
    """How much the width of a line changes."""
    heavy: str = "thick"
    """What a principal line is: thick, double or plain."""
    red_lines: bool = True
    dotted: str = "dots"
    """What a dotted line is: dots, dashes or plain."""
    fills: dict[str, str] = field(default_factory=dict, hash=False)
    """Role to pigment; "hatch" for hatching in ink, "" for bare ground."""
    sun: str = "rays"
    moon: str = "plain"
    earth: str = "plain"
    star: str = "strokes"
    holes: float = 0.3
    panel: str = ""
    """Pigment of a painted panel behind some figures."""
    text: float = 0.7
    """How often writing stands near a figure."""


def _fills(text: str) -> dict[str, str]:
    """Role to pigment, from "role: pigment, role: pigment"."""
    pairs = (pair.split(":") for pair in text.split(","))
    return {role.strip(): pigment.strip() for role, pigment in pairs}


_LIBRARY = "Library of Vellombre"

MANUSCRIPTS: tuple[Manuscript, ...] = (
    Manuscript(
        "A",
        f"{_LIBRARY}, MS gr. 2",
        "Great Syntaxis",
        "Constantinople",
        ("late 9th century", "13th century"),
        "Greek majuscule",
        Hand("greek", 0.1, 35, 0.085, 0, 0.82, capitals=True),
        (0.37, 0.22, 0.11),
        (0.66, 0.20, 0.13),
        Ground((0.905, 0.855, 0.735), 0.5, 0.35, 0.1, 0.0, 0.5, 0.5, 0.8, 0.25),
        0.04,
        0.0095,
        0.9,
        0.3,
        "plain",
        fills=_fills("sun:, dark:, star:, planet: vermilion"),
        sun="disc",
        star="strokes",
        holes=0.7,
        dotted="plain",
    ),
    Manuscript(
        "B",
        f"{_LIBRARY}, MS lat. 17",
        "On the Sphere",
        "Paris",
        ("c. 1275", "1275-1300"),
        "Latin, gothic",
        Hand("latin", 0.27, 42, 0.06, 0, 0.88, round=False, roman=True),
        (0.26, 0.17, 0.10),
        (0.74, 0.20, 0.12),
        Ground((0.915, 0.865, 0.76), 0.6, 0.5, 0.05, 0.0, 0.45, 0.45, 0.7, 0.3),
        0.047,
        0.0125,
        1.0,
        0.3,
        "double",
        fills=_fills(
            "sun: minium, moon:, dark: sepia, earth: verdigris, water: verdigris, "
            "air: pale blue, fire: vermilion, sky: azurite, a: ochre, b: minium, "
            "c: verdigris, d: vermilion, pale:, torrid: vermilion, temperate: verdigris, "
            "cold: pale blue, star: vermilion, planet: vermilion"
        ),
        sun="face",
        moon="plain",
        earth="to",
        star="eight",
        holes=0.4,
    ),
    Manuscript(
        "C",
        f"{_LIBRARY}, MS lat. 203",
        "Book of the Heavens",
        "Milan",
        ("before 1410", "c. 1405"),
        "Latin, rotunda",
        Hand("latin", 0.22, 36, 0.06, 0, 1.0),
        (0.22, 0.15, 0.10),
        (0.76, 0.17, 0.12),
        Ground((0.94, 0.905, 0.82), 0.35, 0.15, 0.0, 0.0, 0.2, 0.3, 0.6, 0.35, (0.62, 0.45, 0.42)),
        0.046,
        0.0115,
        0.7,
        0.2,
        "double",
        fills=_fills(
            "sun: gold, moon: silver, dark: indigo, earth: malachite, water: azurite, "
            "air: pale blue, fire: vermilion, sky: lapis, a: rose, b: azurite, c: gold, "
            "d: malachite, pale: white, torrid: vermilion, temperate: malachite, "
            "cold: azurite, star: gold, planet: gold"
        ),
        sun="face",
        moon="face",
        earth="hills",
        star="eight",
        holes=0.1,
        panel="lapis",
        text=0.6,
    ),
    Manuscript(
        "D",
        f"{_LIBRARY}, MS or. 31",
        "Memoir on Astronomy",
        "Maragha",
        ("1274", "1261-1280"),
        "Arabic, naskh",
        Hand("arabic", 0.17, 58, 0.07, 0, 0.9),
        (0.13, 0.11, 0.10),
        (0.72, 0.16, 0.15),
        Ground((0.92, 0.86, 0.72), 0.45, 0.0, 0.5, 0.35, 0.35, 0.35, 0.25, 0.0),
        0.05,
        0.0085,
        0.55,
        0.2,
        "double",
        fills=_fills("sun:, dark:, a:, sky:, star: vermilion, planet: vermilion, earth:"),
        sun="star",
        star="dots",
        holes=0.6,
        dotted="dots",
        text=0.85,
    ),
    Manuscript(
        "E",
        f"{_LIBRARY}, MS or. 88",
        "Gift to the King",
        "Samarqand",
        ("second half of the 15th century", ""),
        "Arabic, naskh",
        Hand("arabic", 0.2, 52, 0.06, 0, 1.0),
        (0.12, 0.10, 0.11),
        (0.76, 0.14, 0.16),
        Ground((0.945, 0.895, 0.79), 0.3, 0.0, 0.6, 0.2, 0.25, 0.25, 0.2, 0.0),
        0.048,
        0.0095,
        0.5,
        0.15,
        "double",
        fills=_fills(
            "sun: gold, moon: white, dark: black, earth: sap green, water: pale blue, "
            "air: rose, fire: minium, sky: pale blue, a: gold, b: rose, c: vermilion, "
            "d: sap green, pale:, torrid: rose, temperate: sap green, cold: pale blue, "
            "star: gold, planet: vermilion"
        ),
        sun="rosette",
        moon="plain",
        earth="rings",
        star="dots",
        holes=0.2,
    ),
    Manuscript(
        "F",
        f"{_LIBRARY}, MS heb. 9",
        "Form of the World",
        "Toledo",
        ("second quarter of the 14th century", "c. 1330-1350"),
        "Hebrew, square",
        Hand("hebrew", 0.21, 78, 0.075, 0, 0.95),
        (0.30, 0.19, 0.11),
        (0.62, 0.24, 0.17),
        Ground((0.875, 0.80, 0.655), 0.8, 0.9, 0.1, 0.0, 0.7, 0.55, 0.9, 0.35),
        0.05,
        0.0125,
        1.35,
        0.4,
        "thick",
        fills=_fills(
            "sun: ochre, dark: umber, earth: umber, water:, a: pale ochre, b: madder, "
            "sky:, c: madder, torrid: madder, temperate:, cold: slate, fire: madder, "
            "star:, planet: umber"
        ),
        sun="rays",
        earth="plain",
        star="strokes",
        holes=0.5,
        dotted="dashes",
    ),
    Manuscript(
        "G",
        f"{_LIBRARY}, MS lat. 512",
        "New Theories of the Planets",
        "Vienna",
        ("c. 1460", "1462?"),
        "Latin, humanist",
        Hand("latin", 0.13, 35, 0.075, 10, 1.05),
        (0.30, 0.22, 0.15),
        (0.70, 0.27, 0.20),
        Ground((0.925, 0.90, 0.83), 0.35, 0.0, 0.4, 0.8, 0.4, 0.35, 0.3, 0.1),
        0.044,
        0.0075,
        0.45,
        0.2,
        "plain",
        fills=_fills(
            "sun: saffron, moon:, dark: black, earth: sap green, water: sap green, "
            "a: pale ochre, b: sap green, sky: pale blue, c: saffron, d: rose, air:, "
            "fire: rose, torrid: saffron, temperate: sap green, cold: pale blue, pale:, "
            "star: saffron, planet: saffron"
        ),
        sun="rays",
        moon="plain",
        earth="rings",
        star="six",
        holes=0.9,
        red_lines=False,
        dotted="dashes",
    ),
    Manuscript(
        "H",
        f"{_LIBRARY}, MS gr. 40",
        "Handy Commentary",
        "Thessalonica",
        ("s. xiv in.", "s. xiv"),
        "Greek minuscule",
        Hand("greek", 0.12, 30, 0.085, 6, 1.0),
        (0.29, 0.20, 0.14),
        (0.70, 0.28, 0.16),
        Ground((0.82, 0.735, 0.58), 0.9, 0.0, 0.8, 0.25, 1.0, 0.5, 0.4, 0.0),
        0.048,
        0.0135,
        1.5,
        0.45,
        "thick",
        fills=_fills(
            "sun: vermilion, dark: sepia, earth: ochre, sky:, a: minium, b:, c: ochre, "
            "fire: minium, torrid: minium, cold:, star: vermilion, planet: sepia"
        ),
        sun="rays",
        moon="plain",
        star="six",
        holes=0.5,
    ),
    Manuscript(
        "I",
        f"{_LIBRARY}, Inc. 6",
        "The Sphere, printed",
        "Venice",
        ("1482", "1482"),
        "Latin, type",
        Hand("latin", 0.24, 30, 0.075, 0, 0.95, round=False),
        (0.11, 0.10, 0.10),
        (0.72, 0.20, 0.14),
        Ground((0.905, 0.875, 0.80), 0.4, 0.0, 0.35, 0.55, 0.5, 0.5, 0.25, 0.0),
        0.045,
        0.0135,
        0.35,
        0.12,
        "thick",
        fills=_fills(
            "sun: saffron, moon:, dark: hatch, earth: hatch, sky: saffron, a: vermilion, "
            "b: saffron, c: sap green, d: vermilion, water: sap green, fire: vermilion, "
            "air:, torrid: vermilion, temperate: saffron, cold: sap green, pale:, star:, "
            "planet: saffron"
        ),
        sun="face",
        moon="face",
        earth="rings",
        star="eight",
        holes=0.05,
        red_lines=False,
        dotted="dashes",
    ),
)
