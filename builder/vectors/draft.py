"""From ink to a draft in lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.vectors.candidates import candidates, round_candidates
from builder.vectors.explain import Limits, explained
from builder.vectors.join import joined, without_hatching
from builder.vectors.snap import snapped
from builder.vectors.strokes import strokes
from builder.vectors.types import KINDS, Drawing
from builder.vectors.writing import dots_joined, large_parts, pen_width, without_letters

_GAP = 0.03  # of the longer side: a line broken by more is two lines
_HIDDEN = 0.075  # of the longer side: a line may be hidden so far and go on
_LEAST = {"segment": 0.018, "circle": 0.035, "arc": 0.08}  # of the longer side
_KEPT = 0.04  # of the longer side: a segment must be so long when its parts are joined
_SMALL = 0.055  # of the longer side: a circle of a smaller radius must be drawn nearly whole


def _limits(side: int) -> Limits:
    least = {kind: share * side for kind, share in _LEAST.items()}
    return Limits(least["segment"], least["circle"], least["arc"], _GAP * side, _SMALL * side)


def draft(ink: NDArray[np.bool_]) -> Drawing:
    """Segments, circles and arcs of a drawing.

    Args:
        ink: (h, w) bool.

    Returns:
        Lines in pixels of `ink`.
    """
    high, wide = ink.shape
    large = large_parts(ink)
    pen = pen_width(large if large.any() else ink)
    lines = dots_joined(without_letters(ink, pen), pen)
    if min(ink.shape) < 8 or not lines.any():
        return Drawing(wide, high, (), pen)
    thin = strokes(lines)
    side = max(ink.shape)
    limits = _limits(side)
    curves = candidates(thin, pen, limits.gap) + list(round_candidates(lines, thin, pen))
    found = without_hatching(explained(curves, thin, pen, limits), pen, side)
    found = joined(found, _HIDDEN * side, pen)
    found = [one for one in found if one.shape.kind != "segment" or one.shape.length > _KEPT * side]
    ordered = sorted(found, key=lambda one: (KINDS.index(one.shape.kind), -one.confidence))
    ordered = snapped(ordered, ink, pen)
    return Drawing(wide, high, tuple(ordered), pen)
