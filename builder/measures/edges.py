"""How much of a picture is edges."""

from __future__ import annotations

import numpy as np

from builder.measures.sheet import FAINT, Sheet, slope_squared


def edge_density(sheet: Sheet) -> float:
    """Share of the pixels where the grey changes by the contrast of ink within two pixels.

    By Sobel's operator.
    """
    return float(np.mean(slope_squared(sheet.grey) > (4 * FAINT) ** 2))
