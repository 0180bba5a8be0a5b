"""Ink told from its ground."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.ink.ground import evened
from builder.settings import InkSettings

_FAINT = 0.1  # of full brightness: contrast under which a picture holds no ink at all
_FLAT = 8.0  # levels of spread: a ground without ink, whatever its grain


def ink(pixels: NDArray[np.uint8], settings: InkSettings) -> NDArray[np.bool_]:
    """Where a picture has ink: (h, w, 3) RGB -> (h, w) bool.

    Thresholds are those of Otsu (1979), Sauvola and Pietikainen (2000), Niblack (1986) as in
    scikit-image, and of Wolf and Jolion (2003), all on the picture with its ground evened out.
    An even picture, blank or black, has none.
    """
    level = evened(pixels)
    darkest = float(np.quantile(level, 0.001))
    if min(level.shape) < 3 or 255 - darkest < _FAINT * 255:
        return np.zeros(level.shape, bool)
    threshold = _METHODS[settings.method](level, settings)
    # However even the place, what differs less than the grain of a page is no ink.
    found = (level < threshold) & (level < 255 * (1 - _FAINT))
    side = max(level.shape)
    return despeckled(without_areas(found, settings.broadest * side), settings.despeckle * side)


def without_areas(found: NDArray[np.bool_], broadest: float) -> NDArray[np.bool_]:
    """Ink without what a disc of so many pixels across fits into, such as paint; 0 keeps all."""
    if broadest <= 0:
        return found
    side = max(3, round(broadest) | 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    broad = cv2.morphologyEx(found.astype(np.uint8), cv2.MORPH_OPEN, disc)
    return np.asarray(found & (cv2.dilate(broad, np.ones((3, 3), np.uint8)) == 0))


def despeckled(found: NDArray[np.bool_], least: float) -> NDArray[np.bool_]:
    """Ink without connected parts that are no longer than so many pixels."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(found.astype(np.uint8), connectivity=8)
    longest = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1)
    kept = longest > least
    kept[0] = False
    return np.asarray(kept[labels], np.bool_)


def stroke_width(found: NDArray[np.bool_]) -> float:
    """How broad strokes of ink usually are, in pixels; 0 without ink.

    Twice the median depth on the middle of strokes; a stroke one pixel broad has depth 1, half a
    pixel too much.
    """
    from skimage.morphology import skeletonize

    depth = cv2.distanceTransform(np.pad(found, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
    middle: NDArray[np.bool_] = skeletonize(found)  # type: ignore[no-untyped-call]
    return max(1.0, float(2 * np.median(depth[middle]) - 1)) if middle.any() else 0.0


_Threshold = NDArray[np.float64]


def _window(level: NDArray[np.uint8], settings: InkSettings) -> int:
    side: int = max(level.shape)
    return max(3, round(settings.window * side) | 1)


def _otsu(level: NDArray[np.uint8], _settings: InkSettings) -> _Threshold:
    from skimage.filters import threshold_otsu

    return np.full(level.shape, float(threshold_otsu(level)) + 1)  # type: ignore[no-untyped-call]


def _sauvola(level: NDArray[np.uint8], settings: InkSettings) -> _Threshold:
    from skimage.filters import threshold_sauvola

    window = _window(level, settings)
    found = threshold_sauvola(level, window_size=window, k=settings.k)  # type: ignore[no-untyped-call]
    return np.asarray(found, np.float64)


def _niblack(level: NDArray[np.uint8], settings: InkSettings) -> _Threshold:
    from skimage.filters import threshold_niblack

    window = _window(level, settings)
    found = threshold_niblack(level, window_size=window, k=settings.k)  # type: ignore[no-untyped-call]
    return np.asarray(found, np.float64)


def _wolf(level: NDArray[np.uint8], settings: InkSettings) -> _Threshold:
    mean, spread = _local(level, settings)
    most = max(float(spread.max()), _FLAT)
    darkest = float(level.min())
    return np.asarray(mean - settings.k * (1 - spread / most) * (mean - darkest))


def _mean(level: NDArray[np.uint8], settings: InkSettings) -> _Threshold:
    mean, _ = _local(level, settings)
    return np.asarray(mean * (1 - settings.k))


def _local(level: NDArray[np.uint8], settings: InkSettings) -> tuple[_Threshold, _Threshold]:
    """Mean and standard deviation about each place."""
    side = _window(level, settings)
    values = level.astype(np.float64)
    box, border = (side, side), cv2.BORDER_REFLECT
    mean = np.asarray(cv2.boxFilter(values, -1, box, borderType=border), np.float64)
    square = cv2.boxFilter(values * values, -1, box, borderType=border)
    return mean, np.sqrt(np.maximum(square - mean * mean, 0.0))


_METHODS: dict[str, Callable[[NDArray[np.uint8], InkSettings], _Threshold]] = {
    "otsu": _otsu,
    "sauvola": _sauvola,
    "niblack": _niblack,
    "wolf": _wolf,
    "local": _mean,
}
