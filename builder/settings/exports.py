"""Settings of what is written for other programs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from builder.settings.base import Table


class ExportsSettings(Table):
    """The graphs for Gephi and its kin; the tables hold everything, whatever is set here."""

    view: str = ""
    """Whose graph is called graph.gexf and graph.graphml; not set: the first view. Graphs of other
    views end in their names."""
    mutual_only: bool = False
    """Only pairs of which each is among the relatives of the other."""
    min_score: float | Literal["auto"] = "auto"
    """Least score of an edge. auto takes the least hundredth at which there are no more than
    edges_per_image edges for each image, so that a large graph is no hairball. Edges whose score is
    not above zero are left out in any case: layouts cannot draw them."""
    min_percentile: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Least share of random pairs that must be less alike than an edge, where it was measured."""
    edges_per_image: Annotated[float, Field(gt=0, le=100)] = 3.0
    """For min_score = "auto": edges for each image, on average, that a graph may have."""
