"""Boxes of YOLO: a text file for each page, a line for each box, in shares of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.cropping.numbers import NOWHERE, Box, around, number
from builder.cropping.types import Region


def regions(page: str, content: str, names: Sequence[str], file: str) -> Iterator[Region]:
    """The boxes of one file.

    A line is a class and centre, width and height, maybe with a score; or a class and the points
    of an outline.

    Args:
        page: name of the page, without an ending.
        content: of the file.
        names: of the classes.
        file: its name, for messages.
    """
    for at, line in enumerate(content.splitlines(), start=1):
        parts = line.split()
        if not parts:
            continue
        kind = parts[0]
        known = kind.isdigit() and int(kind) < len(names)
        label = names[int(kind)] if known else ""
        yield Region(page, _box(parts[1:]), (1.0, 1.0), label, f"line {at} of {file}")


def _box(parts: Sequence[str]) -> Box:
    if len(parts) in (4, 5):
        x, y, width, height = map(number, parts[:4])
        return x - width / 2, y - height / 2, width, height
    if len(parts) >= 6 and len(parts) % 2 == 0:
        return around(parts[::2], parts[1::2])
    return NOWHERE


def class_names(content: str) -> list[str]:
    """Names of the classes, one a line, as classes.txt has them."""
    return [line.strip() for line in content.splitlines()]
