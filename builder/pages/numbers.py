"""The numbers of an image as its page shows them."""

from __future__ import annotations

import math

from builder.measures.types import Measures
from builder.pages.frame import Context


def numbers_of(measures: Measures | None, row: int) -> list[Context]:
    """Every number of an image with its unit and meaning, and its place among all; () for none."""
    if measures is None:
        return []
    return [
        {
            "label": column.label,
            "value": value_text(float(column.values[row]), column.unit),
            "text": column.meaning,
        }
        for column in measures.columns
    ]


def value_text(value: float, unit: str) -> str:
    """A number with its unit; a dash where it is unknown."""
    if not math.isfinite(value):
        return "–"
    if unit == "share":
        return f"{100 * value:.1f}\N{NO-BREAK SPACE}%".replace("-", "\N{MINUS SIGN}")
    whole = value == round(value) and abs(value) < 1e15
    text = f"{value:,.0f}" if whole or abs(value) >= 1000 else f"{value:.3g}"
    text = text.replace("-", "\N{MINUS SIGN}") if text != "-0" else "0"
    if unit == "degrees":
        return f"{text}°"
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text


def palette_of(measures: Measures | None, row: int) -> list[Context]:
    """The commonest colours of an image: colour, and how wide and where it stands of 100."""
    if measures is None:
        return []
    found: list[Context] = []
    start = 0.0
    for (red, green, blue), share in zip(
        measures.palette[row].tolist(), measures.shares[row].tolist(), strict=True
    ):
        if share <= 0:
            continue
        width = round(100 * share, 1)
        text = f"#{red:02x}{green:02x}{blue:02x}"
        found.append({"colour": text, "x": round(start, 1), "width": width})
        start += 100 * share
    return found
