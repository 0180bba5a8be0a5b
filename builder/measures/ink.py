"""How much ink there is, and in how many connected parts."""

from __future__ import annotations

import cv2
import numpy as np

from builder.measures.sheet import Sheet

_DUST = 2e-5  # of the picture: smaller parts are no marks but grain


def ink_share(sheet: Sheet) -> float:
    """Share of the pixels that stand out from the ground about them."""
    return float(sheet.ink.mean())


def components(sheet: Sheet) -> float:
    """Number of connected parts of the ink, without specks."""
    least = max(3.0, _DUST * sheet.ink.size)
    return float(np.count_nonzero(sheet.marks.area >= least))


def reach(sheet: Sheet) -> float:
    """Longer side of the largest box about a connected part, as a share of the picture's."""
    marks = sheet.marks
    longest = np.maximum(marks.width, marks.height)
    return int(longest.max()) / sheet.side if len(longest) else 0.0


def blot(sheet: Sheet) -> float:
    """Share of the ink in its thickest part: near 1 where nothing but a blot is there.

    What a disc of a fortieth of the picture's side fits into is thick.
    """
    total = int(np.count_nonzero(sheet.ink))
    if not total:
        return 0.0
    side = max(3, round(sheet.side / 40) | 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    thick = cv2.morphologyEx(sheet.ink.astype(np.uint8), cv2.MORPH_OPEN, disc)
    return int(np.count_nonzero(thick)) / total
