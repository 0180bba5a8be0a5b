"""Whether sources are laid side by side, and by which view."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from builder.settings.base import Table


class CollateSettings(Table):
    """Sources side by side: which image of one answers which of another, in page order."""

    enabled: bool = True
    """Whether sources are collated when the catalogue is built."""
    view: str = ""
    """Whose likeness is read. Empty for the first view that compares line drawings in pieces and
    lays them over each other (`verify`), or compares them at all; else the first view."""
    order: bool = False
    """Whether pairs that are sure lend weight to those beside them in both sources, where the two
    have a common order. Off: on the demonstration it finds fewer of the right answers."""
    chance: Annotated[float, Field(gt=0, le=100)] = 1.0
    """How many unrelated images, among all other sources, may be expected to be as near as an
    answer that is believed; less is stricter. Pairs that lie over each other too well for chance
    (`align`) are believed in any case."""
    pages: Annotated[int, Field(ge=0, le=20_000)] = 1000
    """Most pairs of sources that get a page, those with the most answers first; the about line of
    collate/ says how many were left out."""
