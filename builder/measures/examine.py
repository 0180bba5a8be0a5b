"""Everything that is measured of one picture, and the table of all pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.measures import complexity
from builder.measures.colours import colours
from builder.measures.registry import CLUES, COLOURS, COMPLEXITY, MEASURES, SINGLE
from builder.measures.sheet import Sheet
from builder.measures.twins import COPY, small_copy
from builder.measures.types import Column, Measures

_PALETTE = 3


@dataclass(frozen=True)
class Examined:
    """What is measured of one picture by itself.

    Attributes:
        values: every measure and clue by name; NaN for unknown, never infinite.
        ratios: (10,) compression ratios.
        palette: (3, 3) uint8 commonest colours; black where there are fewer.
        shares: (3,) of the picture.
        copy: (COPY, COPY) uint8, by which near duplicates are confirmed.
    """

    values: dict[str, float]
    ratios: NDArray[np.float64]
    palette: NDArray[np.uint8]
    shares: NDArray[np.float32]
    copy: NDArray[np.uint8]


def examine(pixels: NDArray[np.uint8], size: tuple[int, int]) -> Examined:
    """Measure one picture.

    Args:
        pixels: uint8 (h, w, 3) RGB, the longer side at most sheet.SIDE.
        size: width and height of the file in pixels.
    """
    sheet, palette = Sheet(pixels, size), np.zeros((_PALETTE, 3), np.uint8)
    found = colours(sheet)
    values = {measure.name: measure.of(sheet) for measure in MEASURES}
    values |= {measure.name: measure.of(found) for measure in COLOURS}
    values |= {name: clue(sheet) for name, clue in CLUES}
    shares = np.zeros(_PALETTE, np.float32)
    kept = min(_PALETTE, len(found.shares))
    palette[:kept], shares[:kept] = found.rgb[:kept], found.shares[:kept]
    return Examined(values, complexity.ratios(sheet), palette, shares, small_copy(sheet))


def table(examined: Sequence[Examined]) -> Measures:
    """The columns over a collection, in the order of the registry.

    Args:
        examined: (n,) one an image; images of one content share an object.
    """
    n = len(examined)
    ratios = np.array([one.ratios for one in examined]).reshape(n, len(complexity.RATIOS))
    columns = [
        Column(
            measure.name, measure.label, measure.unit, measure.meaning, _of(examined, measure.name)
        )
        for measure in SINGLE
    ]
    made = np.column_stack([ratios[:, 0] * 8, complexity.axes(ratios)])
    columns += [Column(*words, made[:, i]) for i, words in enumerate(COMPLEXITY)]
    return Measures(
        tuple(columns),
        np.array([one.palette for one in examined], np.uint8).reshape(n, _PALETTE, 3),
        np.array([one.shares for one in examined], np.float32).reshape(n, _PALETTE),
    )


def clues(examined: Sequence[Examined]) -> dict[str, NDArray[np.float64]]:
    """Every number by name, (n,) each, those that are not shown too."""
    names = [measure.name for measure in SINGLE] + [name for name, _ in CLUES]
    return {name: _of(examined, name) for name in names}


def copies(examined: Sequence[Examined]) -> NDArray[np.uint8]:
    """(n, COPY, COPY) small copies."""
    return np.array([one.copy for one in examined], np.uint8).reshape(-1, COPY, COPY)


def _of(examined: Sequence[Examined], name: str) -> NDArray[np.float64]:
    return np.array([one.values[name] for one in examined], np.float64)
