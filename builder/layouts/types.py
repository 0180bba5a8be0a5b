"""Layouts: one place on a plane for each image."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

MEANINGS = {
    "trustworthiness": "1 if what lies near is alike, 0.5 for places drawn by lot.",
    "continuity": "1 if what is alike lies near, 0.5 for places drawn by lot.",
    "neighbours_kept": "The share of an image's ten nearest by likeness that are among its ten "
    "nearest here.",
    "mean displacement in cells": "How far images were moved from the layout that was snapped.",
    "excess over the optimum": "By how much the sum of squared displacements exceeds the least "
    "possible; 0.01 is one per cent.",
}
"""What each measure says, in a sentence."""


@dataclass(frozen=True)
class Mark:
    """A word on a layout: the name of a region, or a tick of an axis.

    Attributes:
        x, y: where, in the units of the layout's positions; may lie outside of 0-1.
        text: what it says.
        level: 0 for regions, which are always worth showing; 1 for ticks and names of
            parts; 2 for finer ones, shown when there is room.
    """

    x: float
    y: float
    text: str
    level: int = 0


@dataclass(frozen=True)
class Layout:
    """Positions of n images, x right and y down, the longer side of the whole scaled to 0-1.

    Attributes:
        name: "map", "grid", "clusters", ...; unique in a view, fit for addresses.
        kind: free positions, or cells of a grid.
        xy: (n, 2) float32, centres of the images.
        size: the side of the square that an image has to itself, in the same units.
        columns, rows: of a grid, else 0.
        cell: (n,) int32, row-major cell of each image in a grid, else empty.
        quality: named measures, as shown on the about page.
        label: its name for readers; empty for the name with a capital.
        note: a sentence on what its places mean, for readers.
        marks: names of regions and ticks of axes, drawn with the images.
        lines: outlines to be drawn below the images, each (k, 2) float32.
        faithful: (n,) float32, the share of an image's ten true neighbours that are among its
            ten nearest here; empty where that was not measured.
    """

    name: str
    kind: Literal["positions", "grid"]
    xy: NDArray[np.float32]
    size: float
    columns: int = 0
    rows: int = 0
    cell: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    quality: Mapping[str, float] = field(default_factory=dict)
    label: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = ()
    lines: tuple[NDArray[np.float32], ...] = ()
    faithful: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
