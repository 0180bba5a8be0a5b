"""The page around a figure: lines of writing, initials and ruling, in the unit of designs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from builder.demo.chance import Points, between
from builder.demo.letters import Skeleton, joined, write
from builder.demo.manuscripts import Manuscript
from builder.demo.scribe import Box
from builder.demo.words import majuscules, prose, say

_LEADING = 3.1
_RIGHT_TO_LEFT = ("arabic", "hebrew")


@dataclass(frozen=True)
class Writing:
    """Some words: layer "ink" or "rubric", height of the letter x, the pen's path."""

    layer: str
    size: float
    words: Skeleton


@dataclass(frozen=True)
class Page:
    """What stands around a figure."""

    writing: tuple[Writing, ...]
    ruling: tuple[Points, ...]


def around(figure: Box, crop: Box, book: Manuscript, rng: np.random.Generator) -> Page:
    """Writing and ruling near a figure, as far as the cut shows them.

    Args:
        figure: the figure's box.
        crop: the box of the cut.
        book: the manuscript.
        rng: the copy's own chance.
    """
    leading = book.letter * _LEADING
    left = figure[0] - between(rng, 0.02, 0.35)
    right = figure[2] + between(rng, 0.02, 0.35)
    gap = between(rng, 0.03, 0.12)
    ruling = _ruling(left, right, crop, leading)
    if rng.random() > book.text:
        return Page((), ruling)
    writing: list[Writing] = []
    beside = rng.random() < 0.22
    if beside:
        edges = (figure[2] + gap + 0.05, figure[2] + 1.6)
        if rng.random() < 0.5:
            edges = (figure[0] - 1.6, figure[0] - gap - 0.05)
        lines = int((crop[3] - crop[1]) / leading) + 3
        writing += block(rng, book, (edges[0], crop[1] - leading), edges[1], lines)
    else:
        writing += block(rng, book, (left, figure[1] - gap - 2 * leading), right, 3, flush_end=True)
        writing += block(rng, book, (left, figure[3] + gap + 1.4 * book.letter), right, 3)
    return Page(tuple(item for item in writing if _near(item, crop)), ruling)


def block(
    rng: np.random.Generator,
    book: Manuscript,
    start: tuple[float, float],
    right: float,
    lines: int,
    *,
    initial: bool = False,
    flush_end: bool = False,
) -> list[Writing]:
    """Lines of writing; the first baseline at start[1], the left edge at start[0]."""
    left, top = start
    leading = book.letter * _LEADING
    found: list[Writing] = []
    indent = 0.0
    if initial:
        found, indent = _initial(rng, book, start, right)
    for line in range(lines):
        inset = indent if line < 2 else 0.0
        full = line < lines - 1 or flush_end or rng.random() < 0.6
        begin, end = (left + inset, right)
        if book.hand.language in _RIGHT_TO_LEFT:
            begin, end = left, right - inset
        if end - begin > 5 * book.letter:
            found += _line(rng, book, begin, end, top + line * leading, full)
    return found


def _line(
    rng: np.random.Generator, book: Manuscript, left: float, right: float, base: float, full: bool
) -> list[Writing]:
    """One line, its words spread to both edges."""
    hand, size = book.hand, book.letter
    room = (right - left) / size * (1.0 if full else between(rng, 0.3, 0.8))
    words: list[tuple[str, float]] = []
    used = 0.0
    for word in prose(rng, hand.language, 60):
        text = majuscules(word, hand.language) if hand.capitals else word
        width = write(text, hand).width
        if used + width + 0.7 * len(words) > room and words:
            break
        words.append((text, width))
        used += width
    space = (room - used) / max(len(words) - 1, 1) if len(words) > 1 else 0.0
    space = min(space, 1.6)
    backwards = hand.language in _RIGHT_TO_LEFT
    pen = 0.0
    layers: dict[str, list[Skeleton]] = {"ink": [], "rubric": []}
    red_from = int(rng.integers(4, 60))
    for place, (text, width) in enumerate(words):
        x = (right - (pen + width) * size) if backwards else left + pen * size
        shift = base + 0.04 * size * float(rng.normal())
        written = write(text, hand)
        red = red_from <= place < red_from + 2
        layers["rubric" if red else "ink"].append(written.at(written.points * size + (x, shift)))
        pen += width + space
    return [Writing(layer, size, joined(parts)) for layer, parts in layers.items() if parts]


def _initial(
    rng: np.random.Generator, book: Manuscript, start: tuple[float, float], right: float
) -> tuple[list[Writing], float]:
    """A large letter in red, two lines high."""
    hand = replace(book.hand, nib=book.hand.nib * 1.1, hair=0.05, round=True)
    if hand.language in ("latin", "greek"):
        hand = replace(hand, capitals=True)
    letter = write(say(f"@{int(rng.integers(20))}", hand.language, capitals=hand.capitals), hand)
    size = book.letter * (3.4 if hand.capitals else 3.8)
    wide = letter.width * size
    x = right - wide if hand.language in _RIGHT_TO_LEFT else start[0]
    base = start[1] + book.letter * _LEADING
    words = letter.at(letter.points * size + (x, base))
    return [Writing("rubric", size, words)], wide + 1.5 * book.letter


def _ruling(left: float, right: float, crop: Box, leading: float) -> tuple[Points, ...]:
    """Lines for writing across the column, and the two that bound it."""
    count = int((crop[3] - crop[1]) / leading) + 2
    lines = [
        np.array([(left - 0.02, crop[1] + k * leading), (right + 0.02, crop[1] + k * leading)])
        for k in range(count)
    ]
    for x in (left, left - 0.035, right, right + 0.035):
        lines.append(np.array([(x, crop[1] - 1), (x, crop[3] + 1)]))
    return tuple(lines)


def _near(item: Writing, crop: Box) -> bool:
    """Whether writing may be seen within a cut (tilted pictures see a little more)."""
    points = item.words.points
    low, high = points.min(axis=0) - 0.25, points.max(axis=0) + 0.25
    return bool(high[0] > crop[0] and low[0] < crop[2] and high[1] > crop[1] and low[1] < crop[3])
