"""Drafts of drawings in lines."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from builder.settings.base import Table


class VectorsSettings(Table):
    """Segments, circles and arcs found in each picture, as SVG and for GeoGebra: drafts."""

    enabled: bool = False
    """Whether drafts are made; they take about a second a picture and core."""
    pixels: Annotated[int, Field(ge=256, le=2048)] = 900
    """Longer side of the picture in which lines are looked for."""
    least: Annotated[float, Field(ge=0, le=1)] = 0.6
    """Least confidence of a line that is shown."""
