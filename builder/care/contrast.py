"""Whether the colours of a style sheet can be told from their grounds (WCAG 2.2, 1.4.3, 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.care.types import Finding

_GROUNDS = ("ground", "ground-raised", "ground-sunk")
_TEXT = ("ink", "grey-1", "grey-2", "accent")
_MARKS = ("grey-3", *(f"cluster-{number}" for number in range(1, 16)))
_PAIRS = (
    *((text, ground, 4.5) for text in _TEXT for ground in _GROUNDS),
    ("on-accent", "accent", 4.5),
    *((mark, "ground", 3.0) for mark in _MARKS),
)
"""Foreground, ground and the least ratio between them: 4.5 for text, 3 for marks."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK = re.compile(r"([^{}]*)\{([^{}]*)\}")
_VALUE = re.compile(r"--([\w-]+)\s*:\s*([^;]+)")
_HEX = re.compile(r"#([0-9a-f]{3,8})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)")

Colours = Mapping[str, str]


def contrast_findings(css: str, path: str) -> Iterator[Finding]:
    """Pairs of colours that are too near to each other, by day and by night.

    Args:
        css: all style sheets of a page, one after the other.
        path: of the sheet that a user would mend.
    """
    for when, colours in zip(("by day", "by night"), themes(css), strict=True):
        for front, ground, least in _PAIRS:
            pair = rgb(colours.get(front, "")), rgb(colours.get(ground, ""))
            if pair[0] is None or pair[1] is None:
                continue
            found = ratio(pair[0], pair[1])
            if found < least:
                what = f"--{front} on --{ground} has a contrast of {found:.2f} {when}"
                remedy = f"choose colours with {least:g} or more, so that all can read them"
                yield Finding(path, what, remedy, "contrast")


def themes(css: str) -> tuple[Colours, Colours]:
    """The custom properties of the root by day and by night; later ones count."""
    day: dict[str, str] = {}
    night: dict[str, str] = {}
    for selector, body in _BLOCK.findall(_without_print(_COMMENT.sub("", css))):
        found = {name: value.strip() for name, value in _VALUE.findall(body)}
        for one in selector.split(";")[-1].split(","):
            plain = re.sub(r"[\s'\"]", "", one)
            if plain == ":root":
                day |= found
            elif plain == ":root[data-theme=dark]":
                night |= found
    return day, {**day, **night}


def rgb(colour: str) -> tuple[int, int, int] | None:
    """Red, green and blue from 0 to 255; None if it is not a plain opaque colour."""
    if found := _HEX.fullmatch(colour):
        digits = found[1]
        if len(digits) in (3, 4):
            digits = "".join(2 * digit for digit in digits)
        if len(digits) in (6, 8):
            return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if found := _RGB.fullmatch(colour):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of WCAG 2: from 1 to 21."""
    lower, upper = sorted((_luminance(one), _luminance(other)))
    return (upper + 0.05) / (lower + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _without_print(css: str) -> str:
    """The sheet without its rules for paper, whose colours are another matter."""
    kept, at = "", 0
    while (start := css.find("@media print", at)) >= 0:
        kept += css[at:start]
        depth, at = 0, css.find("{", start)
        while 0 <= at < len(css):
            depth += {"{": 1, "}": -1}.get(css[at], 0)
            at += 1
            if not depth:
                break
        if at < 0:
            return kept
    return kept + css[at:]
