"""Groups of images: how they are found, or where they are given."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from builder.settings.base import Table

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Method = Literal[
    "kmeans", "gaussian-mixture", "hdbscan", "ward", "families", "from-column", "from-file"
]
Covariance = Literal["full", "tied", "diagonal", "spherical"]


class ClustersSettings(Table):
    """One clustering of every view; several are written as [[clusters]], the first is the main one.

    The site shows the main one first; readers can switch to the others.
    """

    name: str = ""
    """Name in addresses: lower-case letters, digits and hyphens. One clustering needs none."""
    method: Method = "kmeans"
    """kmeans, gaussian-mixture and ward part all images into k groups; hdbscan finds crowded places
    and leaves the rest alone; families are copies of one design (mutual relatives), an image may
    stay alone; from-column and from-file take groups that somebody has made."""
    k: Annotated[int, Field(ge=1)] | Literal["auto"] = "auto"
    """Number of clusters (kmeans, gaussian-mixture, ward). auto tries numbers up to the square root
    of the number of images; the rule that chooses stands on the about page."""
    start: Literal["k-means++", "random"] = "k-means++"
    """Where k-means starts: spread out, or at random images."""
    n_init: Annotated[int, Field(ge=1, le=100)] = 4
    """How often k-means and mixtures start anew; the best result is kept."""
    covariance: Covariance = "diagonal"
    """Shape of the clusters of a mixture. full needs many more images than components."""
    smallest: Annotated[int, Field(ge=2)] = 5
    """Fewest images of a cluster of hdbscan."""
    accept: Annotated[float, Field(gt=0)] | Literal["auto"] = "auto"
    """families: how many unrelated images may be expected to be as alike as those that are put
    together, for one image; auto cuts where families stand out best."""
    column: str = ""
    """from-column: the column of the metadata that holds the groups."""
    file: str = ""
    """from-file: a CSV file with the columns image and cluster."""
    components: Annotated[int, Field(ge=1, le=1000)] = 64
    """Principal components that are clustered."""
    subsamples: Annotated[int, Field(ge=0, le=200)] = 20
    """Subsamples (four images of five) that are clustered again to see how stable clusters are."""
    seed: int = 0
    """Seed of starts and subsamples."""

    @field_validator("name")
    @classmethod
    def _slug(cls, value: str) -> str:
        if value and not _NAME.fullmatch(value):
            raise ValueError("must consist of lower-case letters, digits and single hyphens")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> ClustersSettings:
        if self.method == "from-column" and not self.column:
            raise ValueError('method "from-column" needs column')
        if self.method == "from-file" and not self.file:
            raise ValueError('method "from-file" needs file')
        return self


def several(given: Any) -> Any:
    """One table [clusters] is as good as a list of one."""
    return (given,) if isinstance(given, dict | ClustersSettings) else given


def distinct(value: tuple[ClustersSettings, ...]) -> tuple[ClustersSettings, ...]:
    """Check that there is a clustering, and that each has a name of its own.

    Raises:
        ValueError: there is none, or two have one name.
    """
    names = [one.name for one in value]
    if not names:
        raise ValueError("needs at least one clustering")
    if len(set(names)) < len(names):
        raise ValueError("has two clusterings of one name: give each its own")
    return value
