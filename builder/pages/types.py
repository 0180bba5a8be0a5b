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

__all__ = ["COSINE_WORDS", "ModelCard", "Piece", "SiteInput", "ViewResult"]

COSINE_WORDS = (
    "The number is the cosine of the two descriptions: "
    "1 for the same picture, 0 for nothing in common."
)
"""What the number of a relative is, where a view does not say otherwise."""


@dataclass(frozen=True)
class Piece:
    """A part of a figure as it was compared: lines alone, of one width, set upright in a square.

    Attributes:
        path: data of an SVG path, in a box of 100 by 100 units.
        weight: its share in the figure, 0 to 1.
    """

    path: str
    weight: float


@dataclass(frozen=True)
class ViewResult:
    """One view's settings and what came of them; row i of everything is image i of the corpus.

    Attributes:
        models: the card of each of the view's descriptors, in their order; the cards say nothing
            of weight, pooling and the like: that stands in the settings.
        score_words: a sentence on what the number of a relative is; "" for a plain cosine.
        pieces: the pieces of each image that were compared, () where the view has none.
    """

    settings: ViewSettings
    models: tuple[ModelCard, ...]
    neighbours: Neighbours
    clustering: Clustering
    layouts: tuple[Layout, ...]
    score_words: str = ""
    pieces: tuple[tuple[Piece, ...], ...] = ()

    @property
    def name(self) -> str:
        """The view's name in addresses."""
        return self.settings.name

    @property
    def label(self) -> str:
        """The view's name as readers see it."""
        return self.settings.label or self.name.replace("-", " ").capitalize()

    @property
    def number(self) -> str:
        """What the number of a relative is, in a sentence."""
        return self.score_words or COSINE_WORDS


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
