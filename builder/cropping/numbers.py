"""Careful looks into what annotation tools write."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

Box = tuple[float, float, float, float]

NOWHERE: Box = (math.nan, math.nan, math.nan, math.nan)
"""The box of what has none; it is told as any other box that makes no sense."""


def number(value: Any) -> float:
    """A number, also one that is written as text; NaN for anything else."""
    try:
        return math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def box(values: Any) -> Box:
    """Left, top, width, height of a list of four."""
    if not isinstance(values, list | tuple) or len(values) != 4:
        return NOWHERE
    left, top, width, height = map(number, values)
    return left, top, width, height


def around(xs: Sequence[Any], ys: Sequence[Any]) -> Box:
    """The box round points."""
    across, down = [number(x) for x in xs], [number(y) for y in ys]
    if not across or len(across) != len(down) or not all(map(math.isfinite, across + down)):
        return NOWHERE
    left, top = min(across), min(down)
    return left, top, max(across) - left, max(down) - top


def text(value: Any) -> str:
    """A text on one line; lists and objects of choices are their words."""
    if isinstance(value, dict):
        return ", ".join(key for key, on in value.items() if on is True) or ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(text, value)))
    return "" if value is None or isinstance(value, bool) else " ".join(str(value).split())
