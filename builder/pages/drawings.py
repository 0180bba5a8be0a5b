"""Small drawings as SVG: the favicon, the map in miniature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.layouts.types import Layout

# Three discs, one turned over the other, and the pointer.
FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<circle cx="16" cy="16" r="15" fill="#faf8f4" stroke="#1b1a17" stroke-width="1.5"/>'
    '<circle cx="16" cy="16" r="10.5" fill="none" stroke="#1b1a17" stroke-width="1.5"/>'
    '<circle cx="18.5" cy="13.5" r="6" fill="none" stroke="#1b1a17" stroke-width="1.5"/>'
    '<path d="M16 16 27 5" stroke="#b3321e" stroke-width="2"/>'
    '<circle cx="16" cy="16" r="2.2" fill="#b3321e"/></svg>\n'
)

UNITS = 1000
"""Units of the miniature map along the longer side."""

_MOST_DOTS = 8000
_GREY = "#8a857a"  # seen on paper and at night alike: the picture cannot know the ground


@dataclass(frozen=True)
class Miniature:
    """The map as a small picture that pages share, and the place of each image on it.

    Attributes:
        svg: text of the picture.
        width, height: of its view box.
        places: (n, 2) whole numbers in that box.
        dot: diameter of the dots.
    """

    svg: str
    width: int
    height: int
    places: NDArray[np.int64]
    dot: int


def miniature(layout: Layout) -> Miniature:
    """Draws a layout as grey dots; of more than 8,000 images every n-th is drawn."""
    dot = int(np.clip(round(layout.size * UNITS * 0.8), 4, 24))
    low = layout.xy.min(axis=0, initial=0)
    xy = np.rint((layout.xy.astype(np.float64) - low) * UNITS).astype(np.int64) + dot
    width, height = (int(side) + dot for side in xy.max(axis=0, initial=dot))
    step = -(-len(xy) // _MOST_DOTS) or 1
    # A line of no length with round ends is a dot, in a third of the bytes of a circle.
    dots = "".join(f"M{x} {y}h0" for x, y in xy[::step].tolist())
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path d="{dots}" fill="none" stroke="{_GREY}" stroke-opacity=".6" '
        f'stroke-width="{dot}" stroke-linecap="round"/></svg>\n'
    )
    return Miniature(svg, width, height, xy, dot)
