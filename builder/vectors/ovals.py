"""Ellipses: they explain ink that would else be taken for many short lines and arcs.

Medieval hands draw them freely, as rings seen aslant; a draft does not hold them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from builder.vectors.curves import Oval, fitted_oval
from builder.vectors.grow import near, tolerance
from builder.vectors.strokes import Strokes

_LEAST = 26  # pixels of a stretch that is looked at
_MOST = 36  # stretches that are paired
_FITS = 1.2  # pixels, root mean square, over both stretches of a pair
_DRAWN = 0.6  # of an ellipse on strokes
_FLAT = 0.08  # short over long half axis: flatter ones are lines
_REFITS = 3


def ovals(strokes: Strokes, clear: NDArray[np.bool_], pen: float) -> Iterator[Oval]:
    """Ellipses through one or two stretches of strokes that nothing else explains.

    Args:
        strokes: of the picture.
        clear: (n,) which pixels of strokes lie on lines and circles.
        pen: breadth of a usual stroke in pixels.
    """
    side = max(strokes.near.shape[1:])
    free = [one for one in strokes.paths if len(one) >= _LEAST and clear[one].mean() < 0.6]
    taken = np.zeros(len(strokes.points), bool)
    for first, second in combinations_with_replacement(free[:_MOST], 2):
        if taken[first].mean() > 0.8 or taken[second].mean() > 0.8:
            continue
        points = strokes.points[np.concatenate([first, second])]
        oval = fitted_oval(points)
        if oval is None or not _sized(oval, side) or _stray(oval, points) > _FITS + 0.1 * pen:
            continue
        grown = _refitted(oval, strokes, pen)
        if grown is not None and _sized(grown, side) and _drawn(grown, strokes, pen) >= _DRAWN:
            taken |= near(grown, strokes, tolerance(grown, pen))
            yield grown


def _sized(oval: Oval, side: int) -> bool:
    short, long = sorted((oval.a, oval.b))
    return 0.02 * side <= long <= 0.8 * side and short >= _FLAT * long


def _stray(oval: Oval, points: NDArray[np.float64]) -> float:
    return float(np.sqrt((oval.off(points) ** 2).mean()))


def _refitted(oval: Oval, strokes: Strokes, pen: float) -> Oval | None:
    found: Oval | None = oval
    for _ in range(_REFITS):
        if found is None:
            return None
        on = near(found, strokes, tolerance(found, pen) + 1.0)
        found = fitted_oval(strokes.points[on])
    return found


def _drawn(oval: Oval, strokes: Strokes, pen: float) -> float:
    """Share of an ellipse that lies on strokes."""
    points = oval.at(np.linspace(0, 2 * np.pi, 180, endpoint=False))
    away, _ = strokes.at(points, oval.angle(points))
    return float((away <= tolerance(oval, pen)).mean())
