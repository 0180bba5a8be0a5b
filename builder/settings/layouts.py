"""Settings of layouts: which there are, and how each is made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from builder.settings.base import Table

PLAIN = (
    "map",
    "grid",
    "clusters",
    "timeline",
    "sources",
    "graph",
    "pca",
    "tsne",
    "flas",
    "geography",
)
"""Layouts that need no table of their own."""

_Neighbours = Annotated[int, Field(ge=2, le=500)]
_Distance = Annotated[float, Field(ge=0, le=1)]


class FacetLayout(Table):
    """Images by what a column says."""

    column: str
    """Column of the metadata, or "source"."""
    then: str = ""
    """A second column, by which images of one value are put in order and marked."""
    shape: Literal["columns", "piles"] = "columns"
    """columns stand on one line and can be compared; piles are square and take less room."""

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return "-".join(["facet", *(slug(text) for text in (self.column, self.then) if text)])


class ScatterLayout(Table):
    """Images by two numbers."""

    x: str
    """Column across: of the metadata where it holds numbers, a measure, or "year"."""
    y: str
    """Column upwards."""

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return f"scatter-{slug(self.x)}-{slug(self.y)}"


class LayoutsSettings(Table):
    """Where images lie."""

    show: tuple[str, ...] | None = None
    """Which layouts, in the order of showing; the map and the grid come first in any case. Of
    map, grid, clusters, timeline, sources, graph, pca, tsne, flas, geography, and the names of
    further maps (map-n50-d015), facets (facet-source), scatters (scatter-width-height) and grids
    (tsne-grid). Not set: map, grid and clusters, the timeline where there are dates, sources where
    there are two, the graph, geography where there are coordinates, and all that the settings
    below name."""
    neighbours: tuple[_Neighbours, ...] = (15,)
    """UMAP's n_neighbors, a number: small for fine detail, large for the whole. A list makes
    several maps, each with each of min_distance; the first is the map."""
    min_distance: tuple[_Distance, ...] = (0.15,)
    """UMAP's min_dist, a number or a list: how tightly likes are packed."""
    perplexity: Annotated[float, Field(ge=2, le=500)] = 30
    """t-SNE's perplexity: about how many neighbours an image has."""
    components: Annotated[int, Field(ge=2, le=1000)] = 100
    """Principal components that maps read."""
    seed: int = 0
    """Seed of all layouts."""
    fresh: bool = False
    """Unfold maps anew from all images when images change. Else images stay where they were, as
    kept in the folder layouts, and new ones are laid beside their nearest."""
    grid: Literal["shufflesnap", "rasterfairy"] = "shufflesnap"
    """How a layout is snapped to a grid; rasterfairy must be installed besides."""
    grids: tuple[str, ...] = ()
    """Further layouts to be snapped to a grid: "tsne" gives tsne-grid."""
    facets: tuple[FacetLayout, ...] = ()
    """Layouts by columns: names, or tables with column, then and shape."""
    scatters: tuple[ScatterLayout, ...] = ()
    """Layouts by two numbers: tables with x and y."""
    latitude: str = ""
    """Column of degrees north, for geography; not set: a column of that name, or lat."""
    longitude: str = ""
    """Column of degrees east; not set: a column of that name, or lon, lng, long."""

    @field_validator("facets", mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [{"column": one} if isinstance(one, str) else one for one in value]
        return value

    @field_validator("neighbours", "min_distance", mode="before")
    @classmethod
    def _some(cls, value: Any) -> Any:
        if isinstance(value, list | tuple) and not value:
            raise ValueError("must name at least one")
        return value if isinstance(value, list | tuple) else (value,)

    @model_validator(mode="after")
    def _known(self) -> LayoutsSettings:
        names = self.names()
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f'there are two layouts "{twice[0]}"')
        snapped = [name for name in names if not name.endswith("grid") and name != "flas"]
        _check("grids", self.grids, snapped)
        _check("show", self.show or (), names)
        return self

    def maps(self) -> list[tuple[str, int, float]]:
        """Name, n_neighbors and min_dist of each map, the main one first."""
        pairs = [(count, distance) for count in self.neighbours for distance in self.min_distance]
        names = ["map", *(f"map-n{count}-d{_digits(distance)}" for count, distance in pairs[1:])]
        return [(name, *pair) for name, pair in zip(names, pairs, strict=True)]

    def names(self) -> list[str]:
        """Names of all layouts that could be shown."""
        maps = [name for name, _, _ in self.maps()[1:]]
        tables = [one.name for one in self.facets] + [one.name for one in self.scatters]
        return [*PLAIN, *maps, *tables, *(f"{name}-grid" for name in self.grids)]


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens that stand for a column, never nothing."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words or "u" + "".join(f"{ord(letter):x}" for letter in text[:6])


def _digits(distance: float) -> str:
    return f"{distance:g}".replace(".", "")


def _check(key: str, given: Sequence[str], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f'{key} names "{name}"; known are {", ".join(known)}')
