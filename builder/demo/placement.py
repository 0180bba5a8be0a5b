"""Where a design lies in the picture of a copy: the truth that alignments are measured by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.demo.chance import Points
from builder.demo.paint import Frame
from builder.demo.pen import FINER
from builder.demo.scribe import Copy

_UNIT: Points = np.array([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)])


def placement(copied: Copy, frame: Frame) -> list[float]:
    """The affine map from the design to the finished picture, six numbers by row.

    From the unit of designs to pixels of the picture, counted from the outer corner of the first
    pixel. What a scribe's drift bends is taken by its best affine map.
    """
    painted = frame(copied.placed(_UNIT)) / FINER + 0.5 / FINER
    wide, high = frame.size
    for _ in range(copied.turns):
        painted = np.stack([high - painted[:, 1], painted[:, 0]], axis=1)
        wide, high = high, wide
    origin, x, y = painted
    matrix: NDArray[np.float64] = np.stack([x - origin, y - origin, origin], axis=1)
    return [round(float(value), 3) for value in matrix.ravel()]
