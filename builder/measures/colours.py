"""Which colours a picture has, and how many."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.measures.sheet import Sheet

_SIDE = 96  # longer side of what is counted: paper grain and halftone are averaged away
_STEP = 18.0  # CIELAB units: colours this far apart have different names for most readers
_LEAST = 0.005  # share of the picture that a colour has to fill
_CHROMATIC = 20.0  # chroma above which a colour has a hue that can be named


@dataclass(frozen=True)
class Colours:
    """The colours of a picture, the commonest first.

    Attributes:
        lab: (c, 3) CIELAB.
        rgb: (c, 3) uint8.
        shares: (c,) of the picture.
    """

    lab: NDArray[np.float64]
    rgb: NDArray[np.uint8]
    shares: NDArray[np.float64]


def colours(sheet: Sheet) -> Colours:
    """The colours that fill at least half a hundredth of the picture.

    Colours are counted in cubes of CIELAB; each stands for the mean of what fell into it.
    """
    scale = min(1.0, _SIDE / sheet.side)
    small = cv2.resize(
        sheet.pixels,
        (max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))),
        interpolation=cv2.INTER_AREA,
    ).reshape(-1, 3)
    lab = cv2.cvtColor((small / np.float32(255))[None], cv2.COLOR_RGB2LAB)[0].astype(np.float64)
    cubes = np.floor(lab / _STEP + 0.5).astype(np.int64)
    # At most 6 x 15 x 15 cubes: one number each.
    number = (cubes[:, 0] * 32 + cubes[:, 1] + 16) * 32 + cubes[:, 2] + 16
    _, index, counts = np.unique(number, return_inverse=True, return_counts=True)
    index = index.ravel()
    order = np.argsort(-counts, kind="stable")
    order = order[(counts[order] >= _LEAST * len(lab)) | (np.arange(len(order)) == 0)]
    return Colours(
        _means(lab, index, counts)[order],
        np.rint(_means(small.astype(np.float64), index, counts)[order]).astype(np.uint8),
        counts[order] / len(lab),
    )


def _means(
    values: NDArray[np.float64], index: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    sums = [np.bincount(index, values[:, channel], len(counts)) for channel in range(3)]
    return np.asarray(np.stack(sums, axis=1) / counts[:, None], np.float64)


def count(found: Colours) -> float:
    """How many."""
    return float(len(found.shares))


def lightness(found: Colours) -> float:
    """Mean CIE lightness, 0 black to 100 white."""
    return float(np.dot(found.lab[:, 0], found.shares) / found.shares.sum())


def chroma(found: Colours) -> float:
    """Mean CIE chroma, 0 for greys."""
    return float(np.dot(np.hypot(found.lab[:, 1], found.lab[:, 2]), found.shares)) / float(
        found.shares.sum()
    )


def hue(found: Colours) -> float:
    """Hue in degrees of the commonest vivid colour but for the ground; NaN if there is none.

    0 is red, 90 yellow, 180 green, 270 blue. The ground is the commonest colour of all.
    """
    strong = np.hypot(found.lab[1:, 1], found.lab[1:, 2]) > _CHROMATIC
    if not strong.any():
        return math.nan
    _, a, b = found.lab[1:][strong][0]
    return math.degrees(math.atan2(b, a)) % 360
