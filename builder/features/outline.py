"""A drawing of thin strokes as an SVG path, so that a reader sees what was compared."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.features.prepare.letters import dilated

_BOX = 100
_PEN = 1  # pixels on either side of a thin stroke
_ROUGH = 0.7  # pixels by which the outline may stray: a fifth of the points, to the eye the same


def outline(strokes: NDArray[np.bool_]) -> str:
    """Data of a path that fills the strokes, in a box of 100 by 100 units, even-odd.

    Args:
        strokes: (s, s) bool.

    Returns:
        Closed polygons in half units; "" where nothing is drawn.
    """
    mask = dilated(strokes, _PEN).astype(np.uint8)
    found, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    scale = _BOX / len(strokes)
    parts = []
    for contour in found:
        points = cv2.approxPolyDP(contour, _ROUGH, True)[:, 0]
        if len(points) > 2:
            parts.append(_polygon(np.round((points + 0.5) * scale * 2).astype(int)))
    return "".join(parts)


def _polygon(points: NDArray[np.int_]) -> str:
    """A closed polygon of relative steps; `points` are in half units."""
    steps = np.diff(points, axis=0, prepend=points[:1])[1:]
    start = f"M{_half(points[0, 0])} {_half(points[0, 1])}"
    return start + "l" + " ".join(f"{_half(x)} {_half(y)}" for x, y in steps) + "z"


def _half(value: int) -> str:
    return f"{value / 2:g}"
