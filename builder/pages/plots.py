"""Curves as SVG: a line over numbers with its axes, ready for templates/plots.html."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 560, 200
"""Units of the box in which a curve is drawn, without its labels."""

_APART = 58  # least distance of the labels of one axis, across


@dataclass(frozen=True)
class Point:
    """A place on a curve that is marked.

    Attributes:
        kind: class of the mark: "chosen" (a disc) or "knee" (a dashed line down to the axis).
        x, y: where, in units of the box.
    """

    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class Plot:
    """A curve.

    Attributes:
        title: what is measured.
        across: what lies along the axis.
        points: "x,y x,y ..." of the line.
        marks: points on it.
        ticks_x, ticks_y: (place, text).
        note: what follows the title below, with what the marks are.
    """

    title: str
    across: str
    points: str
    marks: tuple[Point, ...]
    ticks_x: tuple[tuple[float, str], ...]
    ticks_y: tuple[tuple[float, str], ...]
    note: str = ""
    width: int = WIDTH
    height: int = HEIGHT


def plot(
    title: str,
    across: str,
    xs: Sequence[float],
    ys: Sequence[float],
    marks: Sequence[tuple[str, float | None]] = (),
    note: str = "",
    log: bool = False,
) -> Plot | None:
    """A curve of ys over xs; None where fewer than two points are numbers.

    Args:
        marks: (kind, x) of points of the curve to mark; those that are not on it are left out.
        log: whether xs, all positive, lie on a logarithmic axis, labelled with themselves.
    """
    pairs = [(float(x), float(y)) for x, y in zip(xs, ys, strict=True) if math.isfinite(y)]
    if len(pairs) < 2:
        return None
    x, y = np.array([one for one, _ in pairs]), np.array([one for _, one in pairs])
    low, high, labels = _round_ends(float(y.min()), float(y.max()))
    across_x = _placed(np.log(np.maximum(x, 1e-12)) if log else x, 0, WIDTH)
    up = [round(float(HEIGHT * (high - one) / (high - low)), 1) for one in y]
    places = list(zip(across_x, up, strict=True))
    found = dict(zip(x.tolist(), places, strict=True))
    return Plot(
        title,
        across,
        " ".join(f"{one:g},{two:g}" for one, two in places),
        tuple(Point(kind, *found[at]) for kind, at in marks if at is not None and at in found),
        _own_ticks(x, across_x) if log else _even_ticks(x, across_x),
        tuple((round(HEIGHT * (high - one) / (high - low), 1), text) for one, text in labels),
        note,
    )


def value_text(value: float) -> str:
    """A measure in a table: shares with three decimals, large numbers without; a true minus."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3f}"
    return text.replace("-", "\N{MINUS SIGN}")


def ticks(low: float, high: float, most: int = 6) -> list[tuple[float, str]]:
    """Round numbers from low to high, at most so many, each with its text.

    Steps are 1, 2 or 5 times a power of ten, so that texts are short.
    """
    if not high > low:
        return [(low, _short(low, 3))]
    step = 10.0 ** math.floor(math.log10((high - low) / most))
    while True:
        for factor in (1, 2, 5):
            size = factor * step
            first, last = math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9)
            if last - first < most:
                decimals = max(0, -math.floor(math.log10(size) + 1e-9))
                return [(at * size, _short(at * size, decimals)) for at in range(first, last + 1)]
        step *= 10


def _short(value: float, decimals: int) -> str:
    return f"{value + 0.0:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def _round_ends(low: float, high: float) -> tuple[float, float, list[tuple[float, str]]]:
    """Ends of the upright axis that hold all values, and its labels."""
    if not high > low:
        pad = abs(high) * 0.1 or 1.0
        return low - pad, high + pad, [(low, value_text(low))]
    return low, high, ticks(low, high, 5)


def _placed(values: NDArray[np.float64], start: float, end: float) -> list[float]:
    low, span = values.min(), np.ptp(values)
    share = (values - low) / span if span > 0 else np.full(len(values), 0.5)
    return [round(float(value), 1) for value in start + share * (end - start)]


def _own_ticks(x: NDArray[np.float64], places: Sequence[float]) -> tuple[tuple[float, str], ...]:
    """The numbers tried themselves, as far as their labels do not touch."""
    shown: list[tuple[float, str]] = []
    for value, place in zip(x.tolist(), places, strict=True):
        if not shown or place - shown[-1][0] >= _APART:
            shown.append((place, f"{value:,g}"))
    return tuple(shown)


def _even_ticks(x: NDArray[np.float64], places: Sequence[float]) -> tuple[tuple[float, str], ...]:
    """Round numbers along the axis."""
    low, high = float(x.min()), float(x.max())
    start, end = places[int(np.argmin(x))], places[int(np.argmax(x))]
    span = high - low
    return tuple(
        (round(start + (value - low) / span * (end - start), 1) if span > 0 else start, text)
        for value, text in ticks(low, high, 8)
    )
