"""All measures: name, label, unit and meaning of each, and how it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from builder.measures import (
    colours,
    edges,
    emptiness,
    ink,
    size,
    symmetry,
    tones,
    writing,
)
from builder.measures.sheet import Sheet


@dataclass(frozen=True)
class Named:
    """What a number is called, and what it says in one sentence."""

    name: str
    label: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class Measure(Named):
    """One number that is taken of every picture by itself; `of` may give NaN for unknown."""

    of: Callable[[Sheet], float]


@dataclass(frozen=True)
class ColourMeasure(Named):
    """One number that is taken of a picture's list of colours."""

    of: Callable[[colours.Colours], float]


MEASURES: tuple[Measure, ...] = (
    Measure("width", "Width", "px", "Width of the picture file.", size.width),
    Measure("height", "Height", "px", "Height of the picture file.", size.height),
    Measure("megapixels", "Size", "MP", "Millions of pixels of the file.", size.megapixels),
    Measure(
        "aspect", "Aspect", "", "Width over height: above 1 it is wider than high.", size.aspect
    ),
    Measure(
        "ink", "Ink", "share", "Share of the picture that stands out from its ground.",
        ink.ink_share,
    ),
    Measure(
        "parts", "Parts", "", "Number of connected parts of what is drawn and written.",
        ink.components,
    ),
    Measure(
        "lines", "Lines against text", "share",
        "Ink in lines and figures over all ink: 1 without letters, 0 for nothing but text.",
        writing.line_share,
    ),
    Measure(
        "symmetry", "Symmetry", "",
        "How alike the figure is to itself in the best of the other seven ways to turn and "
        "mirror it: 1 for the same.",
        symmetry.symmetry,
    ),
    Measure(
        "edges", "Edges", "share", "Share of the picture where light and dark meet sharply.",
        edges.edge_density,
    ),
)  # fmt: skip
"""Shown to readers, in this order; colours and complexity follow."""

COLOURS: tuple[ColourMeasure, ...] = (
    ColourMeasure(
        "colours", "Colours", "", "Number of colours that can be told apart.", colours.count
    ),
    ColourMeasure(
        "lightness", "Lightness", "L*", "Mean lightness, 0 for black to 100 for white.",
        colours.lightness,
    ),
    ColourMeasure(
        "chroma", "Colourfulness", "C*", "Mean distance of the colours from grey.", colours.chroma
    ),
    ColourMeasure(
        "hue", "Hue", "degrees",
        "Hue of the commonest vivid colour beside the ground: 0 red, 90 yellow, 180 green, "
        "270 blue; unknown if there is none.",
        colours.hue,
    ),
)  # fmt: skip

SINGLE: tuple[Named, ...] = (*MEASURES, *COLOURS)
"""All that are known of a picture by itself."""

COMPLEXITY: tuple[tuple[str, str, str, str], ...] = (
    (
        "complexity", "Complexity", "bits/px",
        "Bits that a pixel of the picture in grey needs as a GIF: the more there is, the higher.",
    ),
    (
        "complexity-1", "Complexity, axis 1", "sd",
        "First principal component of how well the picture compresses after ten treatments, "
        "in standard deviations of the collection.",
    ),
    ("complexity-2", "Complexity, axis 2", "sd", "The second such component."),
    ("complexity-3", "Complexity, axis 3", "sd", "The third such component."),
)  # fmt: skip
"""Name, label, unit and meaning of what is made of the compression ratios."""

CLUES: tuple[tuple[str, Callable[[Sheet], float]], ...] = (
    ("drawn", emptiness.drawn),
    ("strongest", emptiness.strongest),
    ("traces", emptiness.traces),
    ("letters", writing.letters),
    ("coverage", writing.coverage),
    ("rows", writing.rows),
    ("tones", tones.tone_share),
    ("passing", tones.passing),
    ("variety", tones.tone_variety),
    ("blot", ink.blot),
    ("reach", ink.reach),
)
"""Numbers from which the kind of an image is concluded; not shown."""
