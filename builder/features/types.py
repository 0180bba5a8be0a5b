"""What the features room gives to others: the card of what described pictures, placed drawings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ModelCard:
    """Everything needed to say, and to check, which network described the pictures.

    Attributes:
        backbone: name of the family or model ("lite0").
        layer: which of its layers is kept.
        shape: of one image's features, (channels, height, width), or (d,) when pooled.
        input_size: side in pixels of the square that the network is shown.
        fit: "pad" or "squash".
        weights: file name of the weights.
        checksum: sha256 of that file, hex; of the user's own vectors, of the array and its ids.
        licence: of the weights.
        preparation: in words, what happens to a picture before the network sees it.
        origin: where the weights come from: an address, or in words.
    """

    backbone: str
    layer: str
    shape: tuple[int, ...]
    input_size: int
    fit: str
    weights: str
    checksum: str
    licence: str
    preparation: str
    origin: str = ""


@dataclass(frozen=True)
class Placed:
    """A line drawing, and where it lies in its picture.

    Points (x, y) are counted from the outer corner of the first pixel, x to the right, y down.

    Attributes:
        strokes: (s, s) bool, thin; empty where nothing is drawn.
        matrix: (2, 3) map from pixels of the picture in full to pixels of the drawing.
        size: width and height of the picture in full.
        frames: (m, 2, 3) maps that bring the figure, and each of its pieces where it has several,
            into one shape.
        cells: (c, c, 8) float16, which way strokes run, cell by cell.
    """

    strokes: NDArray[np.bool_]
    matrix: NDArray[np.float64]
    size: tuple[int, int]
    frames: NDArray[np.float64]
    cells: NDArray[np.float16]
