"""Visual complexity by how well a picture can be compressed.

After Karjus, Canet Sola, Ohm, Ahnert, Schich, "Compression ensembles quantify aesthetic
complexity and the evolution of visual art", EPJ Data Science 12 (2023) 21: the compressed size
of a picture under many transformations, over its size as plain pixels; standardised over the
collection; principal components, whose signs are fixed by the plain picture. They found that a
handful of transformations may be enough.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from builder.measures.sheet import Sheet

PIXELS = 224 * 224
"""Pixels to which every picture is brought before it is compressed."""

AXES = 3
"""Principal components kept."""

_LONGEST = 4096  # pixels: a strip of one row is not drawn out without end
_LEVEL = 6

Grey = NDArray[np.uint8]


def _gif(grey: Grey) -> float:
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "GIF")
    return file.tell() / grey.size


def _jpeg(grey: Grey) -> float:
    _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 50])
    return len(data) / grey.size


def _deflate(values: Grey) -> float:
    # Differences of neighbours, as PNG has them: smooth tones cost little.
    steps = np.diff(values, axis=1, prepend=np.uint8(0))
    return len(zlib.compress(steps.tobytes(), _LEVEL)) / values.size


def _edges(grey: Grey) -> Grey:
    across = np.abs(cv2.Sobel(grey, cv2.CV_16S, 1, 0))
    down = np.abs(cv2.Sobel(grey, cv2.CV_16S, 0, 1))
    # Whole numbers: roots of floats differ in the last bit with where arrays lie in memory.
    return np.asarray(np.minimum((across + down) >> 2, 255), np.uint8)


def _threshold(grey: Grey) -> Grey:
    return np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1], np.uint8)


def _spectrum(grey: Grey) -> Grey:
    size = np.log1p(np.abs(np.fft.rfft2(grey.astype(np.float32))))
    return np.asarray(np.rint(size * (255 / max(float(size.max()), 1e-9))), np.uint8)


def _small(grey: Grey) -> Grey:
    height, width = grey.shape
    size = (max(1, round(width * 0.4)), max(1, round(height * 0.4)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


_WAYS: dict[str, Callable[[Grey], float]] = {
    "plain-gif": _gif,
    "plain": _deflate,
    "jpeg": _jpeg,
    "small": lambda grey: _deflate(_small(grey)),
    "blurred": lambda grey: _deflate(np.asarray(cv2.GaussianBlur(grey, (0, 0), 3), np.uint8)),
    "edges": lambda grey: _deflate(_edges(grey)),
    "threshold": lambda grey: _deflate(_threshold(grey)),
    "four-tones": lambda grey: _deflate(np.asarray(grey & 0xC0, np.uint8)),
    "spectrum": lambda grey: _deflate(_spectrum(grey)),
}

RATIOS = (*_WAYS, "colours")
"""Names of the ratios, in order."""


def ratios(sheet: Sheet) -> NDArray[np.float64]:
    """(len(RATIOS),) compressed size over plain size, for each transformation."""
    scale = (PIXELS / (sheet.width * sheet.height)) ** 0.5
    longest = min(_LONGEST, max(1, round(sheet.side * scale))) / sheet.side
    size = (max(1, round(sheet.width * longest)), max(1, round(sheet.height * longest)))
    way = cv2.INTER_AREA if longest < 1 else cv2.INTER_LINEAR
    pixels = np.asarray(cv2.resize(sheet.pixels, size, interpolation=way), np.uint8)
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    lab = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB), np.uint8)
    coarse = np.asarray(lab[..., 1:][::2, ::2] & 0xF8, np.uint8)
    colour = _deflate(coarse.reshape(coarse.shape[0], -1))
    return np.array([*(way_(grey) for way_ in _WAYS.values()), colour], np.float64)


def axes(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first principal components of the standardised ratios, over a collection.

    Args:
        table: (n, len(RATIOS)) of `ratios`.

    Returns:
        (n, AXES), each in standard deviations, 0 being the collection's mean; the sign is such
        that the component grows with the size of the plain GIF. NaN where there are fewer than
        three images, or nothing more varies.
    """
    found = np.full((len(table), AXES), np.nan)
    if len(table) < 3:
        return found
    spread = table.std(axis=0)
    varied = spread > 1e-9
    if not varied.any():
        return found
    scores = (table[:, varied] - table[:, varied].mean(axis=0)) / spread[varied]
    values, vectors = np.linalg.eigh(scores.T @ scores / len(scores))
    for axis in range(min(AXES, len(values))):
        if values[-1 - axis] < 1e-9 * values[-1]:
            break
        along = scores @ vectors[:, -1 - axis]
        found[:, axis] = along * _sign(along, table[:, 0]) / along.std()
    return found


def _sign(along: NDArray[np.float64], plain: NDArray[np.float64]) -> float:
    """1 if the component grows with the plain size; where that says nothing, with its extreme."""
    together = float(np.dot(along - along.mean(), plain - plain.mean()))
    if abs(together) > 1e-9 * len(along) * float(along.std()) * max(float(plain.std()), 1e-9):
        return 1.0 if together > 0 else -1.0
    return 1.0 if along[int(np.argmax(np.abs(along)))] > 0 else -1.0
