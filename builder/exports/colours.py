"""Colours of clusters, the same in graphs and figures."""

from __future__ import annotations

PALETTE = (
    "#4477aa",
    "#cc6677",
    "#228833",
    "#aa4499",
    "#c98a1b",
    "#2a9d8f",
    "#882255",
    "#7d8a2e",
    "#332288",
    "#d95f02",
    "#5aa9c9",
    "#7f5539",
)
"""Dark enough for lines on white paper. Likes have numbers that follow each other, so neighbours on
a map differ though colours come back."""

NOTHING = "#8a8a8a"
"""Of images in no cluster."""


def colour(number: int) -> str:
    """The colour of cluster `number` as "#rrggbb"; 0 is none."""
    return PALETTE[(number - 1) % len(PALETTE)] if number > 0 else NOTHING


def rgb(tint: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of "#rrggbb"."""
    return int(tint[1:3], 16), int(tint[3:5], 16), int(tint[5:7], 16)
