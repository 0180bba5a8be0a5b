"""What the pages are made of: the results of all other rooms, gathered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.atlas.types import Atlas
from builder.clusters.types import Clustering
from builder.corpus.types import Corpus
from builder.features.types import ModelCard
from builder.layouts.types import Layout
from builder.settings import Settings, ViewSettings
from builder.similarity.types import Neighbours

__all__ = ["ModelCard", "SiteInput", "ViewResult"]


@dataclass(frozen=True)
class ViewResult:
    """One view's settings and what came of them; row i of everything is image i of the corpus.

    The card says nothing of pooling: that stands in the settings.
    """

    settings: ViewSettings
    model: ModelCard
    neighbours: Neighbours
    clustering: Clustering
    layouts: tuple[Layout, ...]

    @property
    def name(self) -> str:
        """The view's name in addresses."""
        return self.settings.name

    @property
    def label(self) -> str:
        """The view's name as readers see it."""
        return self.settings.label or self.name.replace("-", " ").capitalize()


@dataclass(frozen=True)
class SiteInput:
    """Everything a site is rendered from.

    Attributes:
        version: of the catalogue, a content hash of 12 hex digits.
        built: ISO date of the build, or "" where builds must not differ by their day.
        figures: named numbers of the build for the about page, label -> text or number.
    """

    settings: Settings
    corpus: Corpus
    views: tuple[ViewResult, ...]
    atlas: Atlas
    version: str
    built: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)
