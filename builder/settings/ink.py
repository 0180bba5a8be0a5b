"""What is ink and what is ground, as a picture in black and white."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from builder.settings.base import Table

InkMethod = Literal["otsu", "sauvola", "niblack", "wolf", "local"]
"""How ink is told from its ground."""


class InkSettings(Table):
    """Ink told from its ground, for the picture in black and white and for drafts in lines."""

    method: InkMethod = "local"
    """How: one threshold for all (otsu), or one for each place from what is about it: sauvola,
    niblack and wolf from mean and spread, local from the mean alone."""
    window: Annotated[float, Field(gt=0, le=1)] = 0.05
    """Side of what is about a place, as a share of the picture's longer side."""
    k: Annotated[float, Field(ge=-1, le=1)] = 0.22
    """How far below the mean ink lies: larger numbers take less for ink."""
    despeckle: Annotated[float, Field(ge=0, le=0.1)] = 0.006
    """Ink no longer than this share of the picture's longer side is a speck, and taken off."""
    broadest: Annotated[float, Field(ge=0, le=1)] = 0.02
    """What is broader than this share of the longer side is paint and no stroke; 0 keeps all."""
    publish: bool = False
    """Whether each picture is also published in black and white, images/<id>.ink.png."""
