"""What a figure is made of. All lengths are millimetres, x to the right and y down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Measure = Callable[[str, float], tuple[float, float]]
"""(text, size in points) -> width and height of the line in mm."""

Format = Literal["svg", "png", "pdf"]
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf")

WIDTHS = (40.0, 1000.0)
"""Narrowest and broadest figure."""
RESOLUTIONS = (50, 1200)
"""Coarsest and finest pictures, in dots per inch."""
MOST_DOTS = 250_000_000
"""Dots of a whole figure: beyond it pictures take gigabytes of memory."""


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether both cover some place; touching is none."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        """Whether no part of it lies outside of the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class Words:
    r"""A line or two of text in its place.

    Attributes:
        text: what it says, with "\n" between lines.
        box: the room that it has to itself.
        size: of the type, in points.
        role: what it is there for.
        number: of the cluster that it names, else 0.
    """

    text: str
    box: Box
    size: float
    role: Literal["name", "mark", "legend", "scale", "caption"]
    number: int = 0


@dataclass(frozen=True)
class Plan:
    """Where everything of a figure goes.

    Attributes:
        width, height: of the whole.
        centres: (n, 2) of the pictures.
        side: of the square that a picture has to itself.
        hulls: number of a cluster -> its outlines, each (k, 2) and closed.
        lines: outlines of the layout, each (k, 2).
        words: all texts; no two overlap.
        swatches: (box, number of the cluster) of the legend.
        bar: left, right and y of the scale bar; None where ticks say the scale.
    """

    width: float
    height: float
    centres: Points
    side: float
    hulls: dict[int, list[Points]] = field(default_factory=dict)
    lines: tuple[Points, ...] = ()
    words: tuple[Words, ...] = ()
    swatches: tuple[tuple[Box, int], ...] = ()
    bar: tuple[float, float, float] | None = None
