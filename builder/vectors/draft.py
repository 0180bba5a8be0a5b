"""From ink to a draft in lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from builder.vectors.candidates import candidates, round_candidates
from builder.vectors.explain import Limits, explained
from builder.vectors.join import joined, without_hatching
from builder.vectors.snap import snapped
from builder.vectors.strokes import strokes
from builder.vectors.types import KINDS, Drawing, Found, Segment, Shape
from builder.vectors.writing import dots_joined, large_parts, pen_width, without_letters

_GAP = 0.03  # of the longer side: a line broken by more is two lines
_HIDDEN = 0.075  # of the longer side: a line may be hidden so far and go on
_LEAST = {"segment": 0.018, "circle": 0.035, "arc": 0.08}  # of the longer side
_KEPT = 0.04  # of the longer side: a segment must be so long when its parts are joined
_RIM = 0.012  # of the longer side: what lies so near to the picture's edge is its rim
_LONG = 0.15  # of the longer side: a longer segment is certain even if it meets nothing
_ALONE = (0.85, 0.92, 1.0)  # how certain a short one is that meets none, one, two others
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
    found = [one for one in joined(found, _HIDDEN * side, pen) if _kept(one.shape, wide, high)]
    met = snapped(_ordered(found), ink, pen)
    return Drawing(wide, high, tuple(_ordered(_weighed(one, side) for one in met)), pen)


def _ordered(found: Iterable[Found]) -> list[Found]:
    """By kind, then the most certain first."""
    return sorted(found, key=lambda one: (KINDS.index(one.shape.kind), -one.confidence))


def _kept(shape: Shape, wide: int, high: int) -> bool:
    """Whether a segment is long enough, and not the rim of the picture or of its page."""
    if not isinstance(shape, Segment):
        return True
    side = max(wide, high)
    across = min(max(shape.x1, shape.x2), wide - 1 - min(shape.x1, shape.x2))
    down = min(max(shape.y1, shape.y2), high - 1 - min(shape.y1, shape.y2))
    return shape.length > _KEPT * side and min(across, down) > _RIM * side


def _weighed(one: Found, side: int) -> Found:
    """Short segments that meet nothing are less certain: in figures lines meet."""
    if not isinstance(one.shape, Segment) or one.shape.length > _LONG * side:
        return one
    factor = _ALONE[min(len(one.relations), 2)]
    return replace(one, confidence=round(one.confidence * factor, 4))
