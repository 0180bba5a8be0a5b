"""Type of figures: how much room words take, and how they are broken into lines."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from builder.exports.figure_types import Measure

POINT = 25.4 / 72
"""A point in mm."""

LEADING = 1.22
"""From line to line, in sizes of the type."""

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so figures are the same on every machine; Latin, Greek, Cyrillic, Arabic,
Hebrew and many more, but no Chinese, Japanese or Korean."""

_SLACK = 1.03  # some programs set type a little broader


@cache
def font(size: float) -> Any:
    """The font at a size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FAMILY, size=size)


@cache
def measure(text: str, size: float) -> tuple[float, float]:
    """Width and height in mm of a line of text."""
    from matplotlib.textpath import text_to_path

    with quiet():
        width, _, _ = text_to_path.get_text_width_height_descent(text, font(size), ismath=False)
    return width * POINT * _SLACK, size * LEADING * POINT


@contextmanager
def quiet() -> Iterator[None]:
    """No warnings of letters that the font lacks: a square is drawn for them (see `lacking`)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def lacking(text: str) -> list[str]:
    """The letters of a text that the font has not, each once, in their order."""
    return [letter for letter in dict.fromkeys(text) if ord(letter) not in _letters()]


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont(font(10.0))).get_charmap()) | {0x0A}


def block(lines: Sequence[str], size: float, ruler: Measure = measure) -> tuple[float, float]:
    """Width and height in mm of several lines."""
    widths, heights = zip(*(ruler(line, size) for line in lines), strict=True)
    return max(widths), sum(heights)


def shortened(text: str, size: float, width: float, ruler: Measure = measure) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if ruler(text, size)[0] <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if ruler(text[:middle].rstrip() + "…", size)[0] <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def lines(text: str, size: float, width: float, ruler: Measure = measure) -> list[str]:
    """The text in lines no wider than `width`; a word that is wider is cut."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and ruler(longer, size)[0] <= width:
            found[-1] = longer
        else:
            found.append(shortened(word, size, width, ruler))
    return found
