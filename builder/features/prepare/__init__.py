"""From a picture to what is described: in colour or grey, its ink, its lines, or its pieces."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.features.prepare.crop import cropped
from builder.features.prepare.frame import SIDE as FRAME
from builder.features.prepare.frame import framed
from builder.features.prepare.ink import ink_mask
from builder.features.prepare.letters import dilated
from builder.features.prepare.lines import lines
from builder.features.prepare.pieces import normalised, pieces
from builder.features.prepare.square import to_square
from builder.settings import DescriptorSettings

WHITE = (255, 255, 255)

Ground = tuple[int, int, int]

STEPS = {
    "colour": "in colour",
    "grey": "in grey",
    "ink": "its ink in black on white",
    "lines": "its lines alone: strokes of one width, without ground and letters",
    "pieces": "its lines alone, without ground and letters, taken apart into connected pieces, "
    "each brought into one shape",
}
"""What each preparation shows of a picture, in words."""


def longest_needed(descriptor: DescriptorSettings) -> int:
    """Longer side in pixels at which a picture may be decoded for this descriptor."""
    if descriptor.preparation in ("lines", "pieces", "ink"):
        return FRAME
    if descriptor.fit == "squash":
        # Published recipes scale the whole picture at once; much larger ones give the same.
        return 4 * descriptor.size
    return descriptor.size * (2 if descriptor.crop else 1)


def for_network(
    pixels: NDArray[np.uint8], ground: Ground, descriptor: DescriptorSettings
) -> NDArray[np.uint8]:
    """The square that a network is shown: (h, w, 3) RGB -> (size, size, 3) RGB."""
    picture, around = _seen(pixels, ground, descriptor.preparation)
    if descriptor.crop:
        picture = cropped(picture, around)
    return to_square(picture, descriptor.size, descriptor.fit, around)


def _seen(
    pixels: NDArray[np.uint8], ground: Ground, preparation: str
) -> tuple[NDArray[np.uint8], Ground]:
    if preparation == "grey":
        grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
        tone = round(float(np.dot(ground, (0.299, 0.587, 0.114))))
        return _grey(grey), (tone, tone, tone)
    if preparation == "ink":
        picture, around = framed(pixels)
        return _black_on_white(ink_mask(picture, around)), WHITE
    if preparation == "lines":
        return _black_on_white(dilated(lines(pixels), 1)), WHITE
    return pixels, ground


def for_strokes(
    pixels: NDArray[np.uint8], descriptor: DescriptorSettings
) -> list[tuple[NDArray[np.bool_], float]]:
    """The normalised drawings that are described by their strokes, each with its weight.

    Args:
        pixels: (h, w, 3) RGB.
        descriptor: with preparation "lines" (one drawing, the whole) or "pieces".

    Returns:
        Pairs of (size, size) bool and a share of the figure's lines; none if nothing is drawn.
    """
    drawing = lines(pixels)
    if not drawing.any():
        return []
    found = pieces(drawing)
    if descriptor.preparation == "lines":
        # Together, without the small pieces: what is written round a figure would move its frame.
        figure = np.any([piece.strokes for piece in found], axis=0) if found else drawing
        return [(normalised(figure, descriptor.size), 1.0)]
    return [(normalised(piece.strokes, descriptor.size), piece.weight) for piece in found]


def _black_on_white(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return _grey(np.where(mask, 0, 255).astype(np.uint8))


def _grey(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.repeat(np.asarray(values, np.uint8)[..., None], 3, axis=2)


def in_words(descriptor: DescriptorSettings) -> str:
    """The preparation as a sentence for the about page."""
    shown = STEPS[descriptor.preparation]
    shown = shown[0].upper() + shown[1:]
    if descriptor.drawn:
        return f"{shown}; {descriptor.size} x {descriptor.size} pixels"
    crop = ", cut to what is drawn" if descriptor.crop else ""
    how = (
        "scaled to fit, proportions kept, the rest filled with the picture's own ground"
        if descriptor.fit == "pad"
        else "stretched to the square"
    )
    return (
        f"{shown}{crop}, {descriptor.size} x {descriptor.size} pixels, {how}; "
        "normalised as the model was trained"
    )
