"""Layouts: one place on a plane for each image."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Layout:
    """Positions of n images, x right and y down, the longer side of the whole scaled to 0-1.

    Attributes:
        name: "map", "grid", "clusters", ...
        kind: free positions, or cells of a grid.
        xy: (n, 2) float32, centres of the images.
        size: the side of the square that an image has to itself, in the same units.
        columns, rows: of a grid, else 0.
        cell: (n,) int32, row-major cell of each image in a grid, else empty.
        quality: named measures, as shown on the about page.
    """

    name: str
    kind: Literal["positions", "grid"]
    xy: NDArray[np.float32]
    size: float
    columns: int = 0
    rows: int = 0
    cell: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    quality: Mapping[str, float] = field(default_factory=dict)
