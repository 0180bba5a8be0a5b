"""Whether near relatives are laid over each other, and how."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from builder.settings.base import Table


class AlignSettings(Table):
    """Relatives laid over each other: a map from picture to picture, and whether to believe it."""

    enabled: bool = True
    """Whether the neighbours of a view are laid over each other when the catalogue is built."""
    view: str = ""
    """Whose neighbours. Empty for the first view that compares line drawings in pieces and lays
    them over each other (`verify`), or compares them at all; without one nothing is done."""
    top: Annotated[int, Field(ge=1, le=200)] = 20
    """How many of the nearest of each image, among all and among other sources."""
    model: Literal["similarity", "affine", "homography"] = "affine"
    """The richest kind of map: similarity turns, mirrors and scales; affine also stretches and
    shears; homography also straightens pages photographed at a slant, where lines ask for it."""
    file: str = "alignments.csv"
    """CSV of alignments made by hand on the compare page, which overrule what is computed; it is
    read, never written. May be missing."""
