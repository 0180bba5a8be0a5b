"""How well ink that was found agrees with ink that is known, as in the DIBCO contests."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Agreement:
    """Of ink found and ink known, pixel by pixel.

    Attributes:
        precision: share of the found that is ink; NaN if nothing was found.
        recall: share of the ink that was found; NaN if there is none.
        f_measure: their harmonic mean; 1 where there is no ink and none was found.
        psnr: peak signal to noise in decibels; infinite where both are equal.
    """

    precision: float
    recall: float
    f_measure: float
    psnr: float


def agreement(found: NDArray[np.bool_], known: NDArray[np.bool_]) -> Agreement:
    """Compare two pictures in black and white of one size, (h, w) bool."""
    right = int(np.count_nonzero(found & known))
    ours, theirs = int(np.count_nonzero(found)), int(np.count_nonzero(known))
    precision = right / ours if ours else math.nan
    recall = right / theirs if theirs else math.nan
    f_measure = 2 * right / (ours + theirs) if ours + theirs else 1.0
    wrong = float(np.mean(found != known))
    return Agreement(precision, recall, f_measure, -10 * math.log10(wrong) if wrong else math.inf)
