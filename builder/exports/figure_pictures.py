"""All pictures of a figure on one sheet, at its resolution, nothing between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from builder.errors import CorpusError
from builder.exports.colours import NOTHING, rgb
from builder.exports.figure_types import Plan

Pixels = NDArray[np.uint8]
Picture = Callable[[int], Pixels]
"""Row of an image -> its thumbnail, (h, w, 3) RGB.

Raises:
    OSError: there is none.
"""

_FILLED = 0.96  # of the room that a picture has
_RIM = 0.16  # mm, of the line around a picture


def sheet(plan: Plan, tints: Sequence[str], picture: Picture, dpi: int, bottom: float) -> Pixels:
    """(h, w, 4) RGBA: each picture in its place, in a rim of its cluster's colour.

    Args:
        plan: where pictures go.
        tints: (n,) colour of each rim, "#rrggbb".
        picture: gives thumbnails.
        dpi: dots per inch.
        bottom: where the sheet ends, in mm; it begins at the figure's upper left corner.

    Raises:
        CorpusError: no image has a thumbnail. Where only some lack, they get an empty square.
    """
    from PIL import Image, ImageDraw

    dots = dpi / 25.4
    board = Image.new("RGBA", (round(plan.width * dots), round(bottom * dots)), (255, 255, 255, 0))
    pen = ImageDraw.Draw(board)
    side = max(round(plan.side * _FILLED * dots), 1)
    rim = min(max(round(_RIM * dots), 1), max(side // 8, 0))
    missing = 0
    for row, (x, y) in enumerate(plan.centres * dots):
        try:
            small = Image.fromarray(picture(row))
        except OSError:
            missing += 1
            small = Image.new("RGB", (1, 1), "#eeeeee")
        scale = (side - 2 * rim) / max(small.size)
        fitted = tuple(max(round(length * scale), 1) for length in small.size)
        small = small.resize((fitted[0], fitted[1]), Image.Resampling.LANCZOS, reducing_gap=3.0)
        left, top = round(x - small.width / 2), round(y - small.height / 2)
        if rim:
            edges = (left - rim, top - rim, left + small.width + rim, top + small.height + rim)
            pen.rectangle((*edges[:2], edges[2] - 1, edges[3] - 1), fill=(*rgb(tints[row]), 255))
        board.paste(small, (left, top))
    if missing == len(plan.centres):
        raise CorpusError("no image has a thumbnail", remedy="run volvelle build")
    return np.asarray(board)


def tints_of(labels: NDArray[np.int32], shown: dict[int, str]) -> list[str]:
    """(n,) the colour of each image: of its cluster if that is shown, else grey."""
    return [shown.get(int(label) + 1, NOTHING) for label in labels]
