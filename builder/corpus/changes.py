"""Synthetic changes of a picture, as time, copyists and photographers make them.

For known-item search: a changed copy of a picture must still find the picture. Every change is a
pure function of the pixels and of a generator of chance.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from builder.corpus.picture import estimate_ground

Pixels = NDArray[np.uint8]
Change = Callable[[Pixels, np.random.Generator], Pixels]

TILT = 7.0
"""Degrees of the small turn."""
CROP = 0.15
"""Share of each side that cropping takes away."""


def change(name: str, pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """A changed copy of a picture.

    Args:
        name: one of CHANGES.
        pixels: (h, w, 3) RGB.
        rng: decides what the change leaves open.

    Returns:
        (h', w', 3) RGB, a contiguous copy; the sides may differ from those of the picture.
    """
    return np.array(CHANGES[name](pixels, rng), order="C")


def _unchanged(pixels: Pixels, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    return pixels


def _turned_90(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """A quarter, either way."""
    return np.rot90(pixels, 1 if rng.random() < 0.5 else -1)


def _turned_180(pixels: Pixels, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    return np.rot90(pixels, 2)


def _mirrored(pixels: Pixels, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    return pixels[:, ::-1]


def _tilted(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Turned a little, either way; nothing is cut off, corners show the picture's ground."""
    height, width = pixels.shape[:2]
    angle = TILT if rng.random() < 0.5 else -TILT
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide = round(width * cosine + height * sine)
    high = round(height * cosine + width * sine)
    matrix[:, 2] += ((wide - width) / 2, (high - height) / 2)
    turned = cv2.warpAffine(
        pixels,
        matrix,
        (wide, high),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=estimate_ground(pixels),
    )
    return np.asarray(turned, np.uint8)


def _cropped(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """A window with 85 % of each side, anywhere in the picture."""
    height, width = pixels.shape[:2]
    high, wide = max(1, round(height * (1 - CROP))), max(1, round(width * (1 - CROP)))
    top, left = int(rng.integers(height - high + 1)), int(rng.integers(width - wide + 1))
    return pixels[top : top + high, left : left + wide]


def _worn(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Faded towards its ground, with brown stains, and saved as a poor JPEG."""
    ground = np.array(estimate_ground(pixels), np.float32)
    faded = ground + (pixels.astype(np.float32) - ground) * rng.uniform(0.5, 0.8)
    stain = np.clip(_clouds(pixels.shape[:2], rng) - 0.6, 0, 0.4)[:, :, None] / 0.4
    brown = np.array([0.75, 0.62, 0.42], np.float32)
    worn = faded * (1 - stain * (1 - brown))
    return _as_jpeg(np.clip(worn, 0, 255).astype(np.uint8), quality=int(rng.integers(15, 30)))


def _clouds(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float32]:
    """Smooth chance in 0 to 1: noise of a few cells, enlarged to (h, w)."""
    noise = rng.random((6, 6), np.float32)
    smooth = cv2.resize(noise, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(smooth, 0, 1), np.float32)


def _as_jpeg(pixels: Pixels, quality: int) -> Pixels:
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    with Image.open(buffer) as image:
        return np.asarray(image.convert("RGB"))


def _redrawn(pixels: Pixels, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    """Its edges as black lines on white (Canny 1986)."""
    grey = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    high = max(40.0, cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[0])
    edges = cv2.Canny(grey, high / 2, high)
    thick = cv2.dilate(edges, _disc(max(pixels.shape[:2]) / 500))
    return np.asarray(np.repeat(255 - thick[:, :, None], 3, axis=2), np.uint8)


def _recoloured(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Hues turned by 60 to 300 degrees, black given a dark ink, white a tinted paper."""
    hsv = cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV)  # OpenCV counts hue in steps of 2 degrees
    turned = (hsv[:, :, 0].astype(np.int32) + int(rng.integers(30, 150))) % 180
    hsv[:, :, 0] = turned.astype(np.uint8)
    level = np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.float32) / 255
    ink, paper = rng.uniform(0, 90, 3), rng.uniform(190, 255, 3)
    return np.asarray(np.round(ink + level * (paper - ink)), np.uint8)


def _thicker(pixels: Pixels, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    disc = _disc(max(pixels.shape[:2]) / 300)
    grown = cv2.erode(pixels, disc) if _is_dark_on_light(pixels) else cv2.dilate(pixels, disc)
    return np.asarray(grown, np.uint8)


def _thinner(pixels: Pixels, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    """Half way to strokes without their rims, so that no fine line is lost altogether."""
    disc = _disc(max(pixels.shape[:2]) / 600)
    shrunk = cv2.dilate(pixels, disc) if _is_dark_on_light(pixels) else cv2.erode(pixels, disc)
    return np.asarray(cv2.addWeighted(shrunk, 0.6, pixels, 0.4, 0), np.uint8)


def _is_dark_on_light(pixels: Pixels) -> bool:
    """Whether what stands out from the ground is mostly darker than it."""
    away = pixels.astype(np.int32).sum(axis=2) - sum(estimate_ground(pixels))
    return int((away < -60).sum()) >= int((away > 60).sum())


def _disc(radius: float) -> NDArray[np.uint8]:
    size = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


CHANGES: dict[str, Change] = {
    "unchanged": _unchanged,
    "turned 90°": _turned_90,
    "turned 180°": _turned_180,
    "mirrored": _mirrored,
    "turned 7°": _tilted,
    "cropped 15 %": _cropped,
    "worn": _worn,
    "redrawn as lines": _redrawn,
    "recoloured": _recoloured,
    "thicker strokes": _thicker,
    "thinner strokes": _thinner,
}
"""Every change by the name that readers see; the first is none, for what can be had at best."""
