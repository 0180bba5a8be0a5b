"""The card that networks show when an image's page is named: picture, title, origin, credit."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.pages.machine import CARD
from builder.pages.resources import data_dir

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

VERSION = 2
"""Raised by hand when cards look otherwise."""

_GROUND, _INK, _GREY, _RUBRIC, _LINE = "#faf8f4", "#1b1a17", "#6b675e", "#b3321e", "#d9d4c8"
_MARGIN, _BOX, _COLUMN = 56, (560, 518), 664
_QUALITY = 60

# What the fonts of the pages have, by their subsets.
_SUBSETS = (
    ("alegreya-latin-wght-normal", r"[\u0020-\u00ff\u0131\u0152\u0153\u02bb-\u02dc\u2000-\u206f]"),
    ("alegreya-latin-ext-wght-normal", r"[\u0100-\u02ba\u1d00-\u1dbf\u1e00-\u1e9f\u1ef2-\u1eff]"),
    ("alegreya-greek-wght-normal", r"[\u0370-\u03ff]"),
    ("alegreya-greek-ext-wght-normal", r"[\u1f00-\u1fff]"),
    ("noto-naskh-arabic-arabic-wght-normal", r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufefc]"),
)
_OTHER = ""  # DejaVu Sans, which comes with matplotlib

_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")

Run = tuple[str, str]
"""A font's name, and text that it has."""


def draw_card(picture: Image, title: str, origin: Sequence[str], credit: str) -> bytes:
    """The card as JPEG.

    Args:
        picture: display copy or thumbnail; it is shown whole.
        title: of the image.
        origin: source, date: a line each; "" for none.
        credit: the catalogue's title, or the credit line.
    """
    from PIL import Image as Pictures
    from PIL import ImageDraw

    card = Pictures.new("RGB", CARD, _GROUND)
    draw = ImageDraw.Draw(card)
    _hang(card, draw, picture)
    width = CARD[0] - _COLUMN - _MARGIN
    draw.rectangle((_COLUMN, _MARGIN, _COLUMN + 48, _MARGIN + 3), fill=_RUBRIC)
    size = 46 if len(title) < 70 else 36
    y = _write(draw, title, _MARGIN + 22, size, _INK, width, 6) + 14
    for line in origin:
        if line:
            y = _write(draw, line, y, 27, _GREY, width, 2) + 4
    _write(draw, credit, CARD[1] - _MARGIN - 34, 25, _INK, width, 1)
    out = io.BytesIO()
    card.save(out, "jpeg", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _hang(card: Image, draw: ImageDraw, picture: Image) -> None:
    """The picture, whole, in the middle of its box; a small one is at most doubled."""
    from PIL import Image as Pictures

    scale = min(_BOX[0] / picture.width, _BOX[1] / picture.height, 2.0)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    shown = picture.convert("RGB").resize(size, Pictures.Resampling.LANCZOS)
    left = _MARGIN + (_BOX[0] - size[0]) // 2
    top = _MARGIN + (_BOX[1] - size[1]) // 2
    card.paste(shown, (left, top))
    draw.rectangle((left - 1, top - 1, left + size[0], top + size[1]), outline=_LINE)


def _write(
    draw: ImageDraw, text: str, y: int, size: int, colour: str, width: int, most: int
) -> int:
    """Lines of a text from `y` downwards; gives where the next may begin."""
    clean = shown_text(text)
    to_right = _reads_left(clean)
    for line in _lines(clean, size, width, most):
        runs = _runs(line)
        lengths = [_font(name, size).getlength(part) for name, part in runs]
        x = float(_COLUMN)
        if to_right:
            runs = [(name, _turned(part)) for name, part in runs[::-1]]
            lengths = lengths[::-1]
            x = _COLUMN + width - sum(lengths)
        for (name, part), length in zip(runs, lengths, strict=True):
            draw.text((x, y + size), part, colour, _font(name, size), anchor="ls")
            x += length
        y += round(size * 1.24)
    return y


def _turned(part: str) -> str:
    """Signs without a direction as they stand in a line from right to left."""
    neutral = all(unicodedata.bidirectional(one) in ("ON", "WS", "CS", "ES", "ET") for one in part)
    return part[::-1].translate(_MIRRORED) if neutral else part


def _lines(text: str, size: int, width: int, most: int) -> list[str]:
    """The text in lines of at most `width` pixels; what is left over ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in _words(text, size, width):
        joined = f"{line} {word}".strip()
        if line and _length(joined, size) > width:
            lines.append(line)
            line = word
        else:
            line = joined
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _length(last + "…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,;:") + "…"]


def _words(text: str, size: int, width: int) -> list[str]:
    """Words; one that is wider than a line is cut."""
    found = []
    for word in text.split():
        while _length(word, size) > width:
            keep = len(word) - 1
            while keep > 1 and _length(word[:keep], size) > width:
                keep -= 1
            found.append(word[:keep])
            word = word[keep:]
        found.append(word)
    return found


def _length(text: str, size: int) -> float:
    return float(sum(_font(name, size).getlength(part) for name, part in _runs(text)))


def shown_text(text: str) -> str:
    """What the fonts can show of a text, on one line."""
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = (one for one in plain if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co"))
    return "".join(one for one in kept if _subset(one) or ord(one) in _known())


def _runs(text: str) -> list[Run]:
    """The text in stretches of one font; blanks go with what stands before them."""
    runs: list[Run] = []
    for one in text:
        name = runs[-1][0] if one == " " and runs else _subset(one)
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + one)
        else:
            runs.append((name, one))
    return runs


@cache
def _subset(one: str) -> str:
    return next((name for name, signs in _SUBSETS if re.match(signs, one)), _OTHER)


def _reads_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    strong = (unicodedata.bidirectional(one) for one in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


@cache
def _font(name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    path = _other() if name == _OTHER else data_dir("static") / "fonts" / f"{name}.woff2"
    if not path.is_file():
        path = _other()
    font = ImageFont.truetype(str(path), round(size * 0.82) if path == _other() else size)
    if path != _other():
        font.set_variation_by_axes([450])
    return font


@cache
def _other() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"


@cache
def _known() -> frozenset[int]:
    """Code points that the font for all other writing has."""
    from fontTools.ttLib import TTFont

    with TTFont(_other(), lazy=True) as font:
        return frozenset(font.getBestCmap())
