"""A picture as a line drawing: strokes of one width, without ground, letters and dirt."""

from __future__ import annotations

import hashlib

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.features.prepare.frame import framed, into_frame
from builder.features.prepare.ink import edge_mask, ink_mask, pen_width
from builder.features.prepare.letters import dilated, disc, letters, without_bits

Affine = NDArray[np.float64]
"""(2, 3), maps points (x, y) that are counted from the outer corner of the first pixel."""

SIDE = 256
"""Side of a line drawing in pixels."""

MARGIN = 0.06
"""Of a drawing round its box, as a share of the side."""

_KEPT = 20_000  # drawings remembered, of 8 kB each
_DRAWN: dict[tuple[bytes, tuple[int, ...]], tuple[NDArray[np.uint8], Affine]] = {}
_CLOSED = (3, 5)  # radii that join the two edges of one stroke: thin pens and broad ones
_STROKE = 2  # half the width of a stroke when it is drawn anew, so that scaling leaves no gaps


def lines(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The line drawing of a picture, as large as fits: (h, w, 3) RGB -> (SIDE, SIDE) bool.

    Empty where nothing is drawn. Drawings are remembered for a while, because several descriptors
    look at the same pictures, one after the other.
    """
    return placed_lines(pixels)[0]


def placed_lines(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], Affine]:
    """`lines`, and where they lie: the map from points of the picture to points of the drawing."""
    digest = hashlib.blake2b(pixels.tobytes(), digest_size=16).digest()
    key = (digest, pixels.shape)
    kept = _DRAWN.get(key)
    if kept is None:
        strokes, place = _lines(pixels)
        kept = np.packbits(strokes), place
        if len(_DRAWN) < _KEPT:
            _DRAWN[key] = kept
    return np.unpackbits(kept[0]).view(bool).reshape(SIDE, SIDE), kept[1]


def _lines(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], Affine]:
    picture, ground = framed(pixels)
    ink = ink_mask(picture, ground)
    drawn = without_bits(edge_mask(picture) & ~letters(ink))
    # No wider than the pen asks for, or lines that lie close would run together.
    wanted = int(np.ceil(pen_width(ink) / 2)) + 1
    radius = min(max(wanted, _CLOSED[0]), _CLOSED[1])
    closed = cv2.morphologyEx(drawn.astype(np.uint8), cv2.MORPH_CLOSE, disc(radius))
    thin = thinned(closed > 0)
    return fitted(thin, SIDE), cornered(fitting(thin, SIDE)) @ into_frame(pixels, picture)


def thinned(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Strokes one pixel wide (Zhang and Suen 1984, as in scikit-image)."""
    from skimage.morphology import skeletonize

    thin: NDArray[np.bool_] = skeletonize(mask)  # type: ignore[no-untyped-call]
    return thin


def fitted(strokes: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """Thin strokes cut to their box, scaled to a square with a margin, centred, thin again."""
    if not strokes.any():
        return np.zeros((side, side), bool)
    return warped(strokes, fitting(strokes, side), side)


def fitting(strokes: NDArray[np.bool_], side: int) -> Affine:
    """The map by which `fitted` moves pixels, between their middles; none where nothing is set."""
    if not strokes.any():
        return np.eye(2, 3)
    left, top, width, height = box(strokes)
    scale = side * (1 - 2 * MARGIN) / max(width, height)
    x = (side - width * scale) / 2 - left * scale
    y = (side - height * scale) / 2 - top * scale
    return np.array([[scale, 0, x], [0, scale, y]], np.float64)


def cornered(matrix: Affine) -> Affine:
    """A map between middles of pixels, as a map of points counted from the outer corner."""
    moved = matrix.copy()
    moved[:, 2] += 0.5 - matrix[:, :2] @ (0.5, 0.5)
    return moved


def box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Left, top, width and height of what is set in a mask that is not empty."""
    left, top, width, height = cv2.boundingRect(mask.astype(np.uint8))
    return left, top, width, height


def warped(strokes: NDArray[np.bool_], matrix: NDArray[np.float64], side: int) -> NDArray[np.bool_]:
    """Thin strokes under an affine map (2, 3), thin again, on a square."""
    shrink = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    # Strokes are widened before they are made smaller, or thin ones would fall between pixels.
    radius = int(np.ceil(0.5 / max(shrink, 0.05))) if shrink < 1 else 0
    thick = dilated(strokes, radius) if radius else strokes
    moved = cv2.warpAffine(
        thick.astype(np.uint8) * 255, matrix, (side, side), flags=cv2.INTER_LINEAR
    )
    return thinned(moved > 96)
