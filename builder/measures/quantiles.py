"""A column of numbers as a facet: bands that hold about equally many images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Bands:
    """Bands of a column.

    Attributes:
        index: (n,) int64, the band of each image, 0 for the lowest; -1 where the number is unknown.
        labels: of the bands, such as "0.02 to 0.11"; equal numbers are always in one band.
    """

    index: NDArray[np.int64]
    labels: tuple[str, ...]


def bands(values: NDArray[np.float64], parts: int = 5) -> Bands:
    """Cut a column at its quantiles; fewer bands come out where many numbers are equal.

    Args:
        values: (n,), NaN for unknown.
        parts: how many bands are wanted.
    """
    known = np.isfinite(values)
    index = np.full(len(values), -1, np.int64)
    if not known.any():
        return Bands(index, ())
    # Cuts are numbers of the column, so that a cut never falls between equal ones.
    cuts = np.unique(np.quantile(values[known], np.arange(1, parts) / parts, method="lower"))
    found = np.searchsorted(cuts, values[known], side="left")
    used, index[known] = np.unique(found, return_inverse=True)
    spans = [values[known][found == band] for band in used]
    return Bands(index, tuple(_label(float(span.min()), float(span.max())) for span in spans))


def _label(low: float, high: float) -> str:
    first, last = _number(low), _number(high)
    return first if first == last else f"{first} to {last}"


def _number(value: float) -> str:
    """Three figures, without an exponent."""
    text = f"{value:.3g}"
    return f"{value:.0f}" if "e" in text and abs(value) >= 1 else text.replace("e-0", "e-")
