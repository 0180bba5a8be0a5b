"""The size and shape of the file, before it was made smaller for measuring."""

from __future__ import annotations

from builder.measures.sheet import Sheet


def width(sheet: Sheet) -> float:
    """Pixels."""
    return float(sheet.size[0])


def height(sheet: Sheet) -> float:
    """Pixels."""
    return float(sheet.size[1])


def megapixels(sheet: Sheet) -> float:
    """Millions of pixels."""
    return sheet.size[0] * sheet.size[1] / 1e6


def aspect(sheet: Sheet) -> float:
    """Width over height."""
    return sheet.size[0] / max(1, sheet.size[1])
