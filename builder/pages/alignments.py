"""The JSON of alignments: which relatives lie over each other, and how."""

from __future__ import annotations

from collections.abc import Sequence

from builder.pages.data import FORMAT, Json
from builder.pages.text import number
from builder.similarity.types import Aligned

WHOLE = 20_000
"""Pairs up to which those that are not believed are published too: where somebody lays them over
each other by hand they are a place to start from."""


def alignments(ids: Sequence[str], view: str, found: Sequence[Aligned]) -> Json:
    """Every pair of a view that was laid over each other, by rows of `ids`."""
    told = [one for one in found if one.found.accepted or len(found) <= WHOLE]
    return {
        "format": FORMAT,
        "view": view,
        "ids": list(ids),
        "pairs": [_pair(one) for one in told],
    }


def _pair(one: Aligned) -> Json:
    found = one.found
    by = {"by": found.by} if found.by else {}
    return {
        "a": one.a,
        "b": one.b,
        "model": found.model,
        # To seven digits, not four decimals: what bends a page counts in millionths.
        "matrix": [float(f"{value:.7g}") + 0.0 for value in found.matrix],
        "orientation": found.orientation,
        "inliers": found.inliers,
        "residual": number(found.residual),
        "overlap": number(found.overlap),
        "log10_nfa": number(found.log10_nfa),
        "accepted": found.accepted,
        **by,
    }
