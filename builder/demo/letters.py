"""Writing: skeletons of letters set as words, and the pens that swell them.

No font is used, so that the corpus is the same on every machine: each script is a small alphabet
of strokes (glyphs_latin, glyphs_east), drawn with a broad nib held at an angle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from builder.demo.chance import Points
from builder.demo.glyphs_east import ARABIC, GREEK, HEBREW
from builder.demo.glyphs_latin import CAPITALS, FIGURES, MINUSCULES

_SPACE = 0.55
_GAP = {"latin": 0.18, "greek": 0.16, "hebrew": 0.2, "arabic": 0.12}


@dataclass(frozen=True)
class Hand:
    """How a scribe writes. Lengths are in heights of the letter x."""

    language: str
    nib: float = 0.2
    """Width of the nib."""
    angle: float = 40.0
    """Angle of the nib above the line, degrees."""
    hair: float = 0.07
    """Width of the thinnest line."""
    slant: float = 0.0
    """Lean to the right, degrees."""
    narrow: float = 1.0
    """Width of letters against the alphabet's own."""
    round: bool = True
    """Curves are curves; else they break at every point, as in gothic script."""
    capitals: bool = False
    roman: bool = False
    """Numbers of Latin in Roman figures."""


@dataclass(frozen=True, eq=False)
class Skeleton:
    """Words as the pen's path: all strokes in one array of points, shape (n, 2).

    As `write` gives it, x runs from 0 to width, the baseline is 0, y downwards, and the letter x
    is 1 high.
    """

    points: Points
    ends: tuple[int, ...]
    """Where each stroke ends in `points` (and the next begins)."""
    width: float = 0.0

    def at(self, points: Points) -> Skeleton:
        """The same strokes with their points elsewhere."""
        return replace(self, points=points)


def joined(parts: Sequence[Skeleton]) -> Skeleton:
    """Several words as one; at least one."""
    ends: list[int] = []
    count = 0
    for part in parts:
        ends += [count + end for end in part.ends]
        count += len(part.points)
    return Skeleton(np.concatenate([part.points for part in parts]), tuple(ends))


def curve(points: Points, *, closed: bool = False, steps: int = 6) -> Points:
    """A smooth line through the points (Catmull-Rom)."""
    if len(points) < 3:
        return points
    if closed:
        framed = np.concatenate([points[-1:], points, points[:2]])
    else:
        framed = np.concatenate([points[:1], points, points[-1:]])
    a, b, c, d = framed[:-3], framed[1:-2], framed[2:-1], framed[3:]
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = a[:, None], b[:, None], c[:, None], d[:, None]
    line = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    flat = line.reshape(-1, 2)
    return flat if closed else np.concatenate([flat, points[-1:]])


@lru_cache(maxsize=2048)
def _glyph(code: str, smooth: bool) -> Skeleton:
    """Strokes of a glyph's notation."""
    width, _, body = code.partition(";")
    strokes = []
    for part in body.split("|"):
        word = part.strip()
        mark = word[0] if word[0] in "*-" else ""
        points = np.array(
            [[float(n) for n in pair.split(",")] for pair in word.removeprefix(mark).split()]
        )
        points = points * (0.1, -0.1)
        if mark == "*":
            points = np.concatenate([points, np.add(points, (0.09, 0.11))])
        elif smooth and not mark:
            points = curve(points)
        strokes.append(Skeleton(points, (len(points),)))
    return replace(joined(strokes), width=float(width) / 10)


def _codes(word: str, hand: Hand) -> list[str]:
    """The glyphs of a word as they stand from left to right."""
    if hand.language == "arabic":
        return _arabic(word)
    if hand.language == "hebrew":
        return [HEBREW.get(letter) or FIGURES[letter] for letter in reversed(word)]
    if hand.language == "latin" and not hand.capitals:
        word = "".join(
            "ſ" if letter == "s" and place < len(word) - 1 else letter
            for place, letter in enumerate(word)
        )
    tables = (MINUSCULES, GREEK, CAPITALS, FIGURES)
    return [next(table[letter] for table in tables if letter in table) for letter in word]


def _arabic(word: str) -> list[str]:
    codes = []
    for place, letter in enumerate(word):
        alone, joined = ARABIC[letter]
        last = place == len(word) - 1
        code = alone if last or not joined else joined
        before = ARABIC[word[place - 1]][1] if place else ""
        if before and code is alone:
            width = float(code.split(";")[0])
            code += f" | {width + 1.5},0 {width - 1.5},0.3"
        codes.append(code)
    return codes[::-1]


@lru_cache(maxsize=8192)
def write(text: str, hand: Hand) -> Skeleton:
    """Set a text in one line."""
    words = text.split(" ")
    if hand.language in ("arabic", "hebrew"):
        words = words[::-1]
    parts: list[Skeleton] = []
    pen = 0.0
    lean = math.tan(math.radians(hand.slant))
    smooth = hand.round or hand.language in ("arabic", "greek")
    gap = 0.0 if hand.language == "arabic" else _GAP[hand.language]
    for number, word in enumerate(words):
        pen += _SPACE * hand.narrow if number else 0.0
        for place, code in enumerate(_codes(word, hand)):
            pen += gap if place else 0.0
            glyph = _glyph(code, smooth)
            x = pen + (glyph.points[:, 0] - glyph.points[:, 1] * lean) * hand.narrow
            parts.append(glyph.at(np.stack([x, glyph.points[:, 1]], axis=1)))
            pen += glyph.width * hand.narrow
    return replace(joined(parts), width=pen)


def placed(written: Skeleton, at: tuple[float, float], size: float, turn: float) -> Skeleton:
    """A word centred at a point.

    Args:
        written: what `write` gave.
        at: where the middle of the word goes.
        size: height of the letter x.
        turn: turn against the clock in degrees.
    """
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    rotation = np.array([[cosine, -sine], [sine, cosine]]) * size
    middle = np.array([written.width / 2, -0.5])
    return written.at((written.points - middle) @ rotation + at)


def along(written: Skeleton, line: Points, size: float) -> Skeleton:
    """A word bent along a line, centred on it, reading in the line's direction."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    lengths = np.concatenate([[0.0], np.cumsum(steps)])
    begin = lengths[-1] / 2 - written.width * size / 2
    at = begin + written.points[:, 0] * size
    near = lengths[-1] * 0.01
    x, y = (np.interp(at, lengths, line[:, axis]) for axis in (0, 1))
    dx, dy = (
        np.interp(at + near, lengths, line[:, axis]) - np.interp(at - near, lengths, line[:, axis])
        for axis in (0, 1)
    )
    norm = np.hypot(dx, dy) + 1e-9
    up = (written.points[:, 1] + 0.5) * size
    return written.at(np.stack([x - up * dy / norm, y + up * dx / norm], axis=1))
