"""What the pages are made of: the results of all other rooms, gathered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder.atlas.types import Atlas, Vectors
from builder.clusters.types import Clustering
from builder.collate.types import Collations
from builder.corpus.types import Corpus, PairVerdict, Relation
from builder.features.types import ModelCard
from builder.layouts.types import Layout
from builder.measures.types import Measures, Verdict
from builder.settings import Settings, ViewSettings
from builder.similarity.types import Aligned, Answers, Neighbours
from builder.vectors.types import Drawing
from builder.versions.types import Difference, Release

__all__ = [
    "COSINE_WORDS",
    "Banded",
    "Beside",
    "ModelCard",
    "PagePlace",
    "Piece",
    "SiteInput",
    "Variance",
    "ViewResult",
]

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
class Variance:
    """How much of a view its principal components hold.

    Attributes:
        spectrum: (m,) share of the variance of each component, descending, summing to 1.
        holding: share -> how many leading components hold at least as much of the variance.
        file: the open arrays of the components, relative to the catalogue's folder.
    """

    spectrum: NDArray[np.float64]
    holding: Mapping[float, int]
    file: str


@dataclass(frozen=True)
class Banded:
    """A number on images cut into bands that hold about equally many, to filter by.

    Attributes:
        name: of the measure, as in `Measures.columns`.
        labels: of the bands, lowest first, such as "0.02 to 0.11".
        index: (n,) the band of each image, -1 where the number is unknown.
    """

    name: str
    labels: tuple[str, ...]
    index: tuple[int, ...]


@dataclass(frozen=True)
class ViewResult:
    """One view's settings and what came of them; row i of everything is image i of the corpus.

    Attributes:
        models: the card of each of the view's descriptors, in their order; the cards say nothing
            of weight, pooling and the like: that stands in the settings.
        clustering: the main one, which readers see first.
        score_words: a sentence on what the number of a relative is; "" for a plain cosine.
        pieces: the pieces of each image that were compared, () where the view has none.
        further: the other clusterings of the view, each with a name of its own.
        means: for each of `clusterings` its mean images, "<number>/mean" and "<number>/deviation"
            -> WebP; a cluster of one image has none. () where none were made. They are published
            at clusters/<key>/<number>/mean.webp and deviation.webp.
        variance: of the principal components; None where it is not known.
        vectors: what search by example reads; None where there is none.
        aligned: relatives laid over each other, each pair once; None where that was not asked.
        answers: which pieces of the nearest answered which; None where the view has no pieces.
    """

    settings: ViewSettings
    models: tuple[ModelCard, ...]
    neighbours: Neighbours
    clustering: Clustering
    layouts: tuple[Layout, ...]
    score_words: str = ""
    pieces: tuple[tuple[Piece, ...], ...] = ()
    further: tuple[Clustering, ...] = ()
    means: tuple[Mapping[str, bytes], ...] = ()
    variance: Variance | None = None
    vectors: Vectors | None = None
    aligned: tuple[Aligned, ...] | None = None
    answers: Answers | None = None

    @property
    def clusterings(self) -> tuple[Clustering, ...]:
        """All clusterings, the main one first."""
        return (self.clustering, *self.further)

    def key(self, at: int) -> str:
        """What clustering number `at` of `clusterings` is called in addresses.

        The main one is called as the view, whatever its name: clusters/<key>/<number>/,
        api/clusters/<key>.json.
        """
        return f"{self.name}-{self.clusterings[at].name}" if at else self.name

    def has_mean(self, at: int, number: int) -> bool:
        """Whether cluster `number` of clustering `at` has a mean image and a deviation."""
        return at < len(self.means) and f"{number}/mean" in self.means[at]

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
class PagePlace:
    """Where on a page an image stood.

    Attributes:
        page: path of the page in its folder.
        file: of the page, and `state` of that file; neither is published.
        size: width and height of the page in pixels.
        box: left, top, width, height in these.
    """

    page: str
    file: Path
    state: str
    size: tuple[int, ...]
    box: tuple[int, ...]

    @property
    def picture(self) -> str:
        """Where the small picture of the page lies on the site."""
        name = hashlib.sha256(self.page.encode("utf-8", "replace")).hexdigest()
        return f"pages/{name[:16]}.jpg"


@dataclass(frozen=True)
class Beside:
    """What lies beside the pictures and the metadata.

    Attributes:
        first_seen: id of an image -> the day it came into the catalogue, ISO.
        notes: id of an image -> its note, Markdown.
        relations: what was said of pairs of images by hand.
        cards: whether preview cards are drawn (items/<id>/card.jpg).
        places: id of an image -> where on its page it stood.
        verdicts: what people said of pairs, whether they show the same.
    """

    first_seen: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    cards: bool = False
    places: Mapping[str, PagePlace] = field(default_factory=dict)
    verdicts: tuple[PairVerdict, ...] = ()


@dataclass(frozen=True)
class Theme:
    """What a user changes of the pages' looks.

    Attributes:
        templates: of the user, by their file names; they go before ours.
        style: whether there is assets/theme/theme.css.
        logo: path of a picture in assets/theme/, "" for none.
    """

    templates: Mapping[str, str] = field(default_factory=dict)
    style: bool = False
    logo: str = ""


@dataclass(frozen=True)
class SiteInput:
    """Everything a site is rendered from.

    Attributes:
        version: of the catalogue, a content hash of 12 hex digits.
        built: ISO date of the build, or "" where builds must not differ by their day.
        figures: named numbers of the build for the about page, label -> text or number.
        measures: numbers on the images; None where they were not measured.
        verdicts: (n,) what each image is taken for; () where that was not asked.
        bands: the measures that readers can filter by.
        releases: frozen versions, the earliest first.
        news: what changed since the last of them; None if there is none, or this is one.
        kept: pictures that outlive their files, "thumb <hash>" of removed images and
            "picture <hash>" of replaced ones.
        beside: what lies beside pictures and metadata: notes, relations, days.
        drawings: (n,) the draft of each image in lines; () where none are made.
        theme: the looks that the user gave the pages.
        collated: sources side by side; None where that was not asked.
    """

    settings: Settings
    corpus: Corpus
    views: tuple[ViewResult, ...]
    atlas: Atlas
    version: str
    built: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)
    measures: Measures | None = None
    verdicts: tuple[Verdict, ...] = ()
    bands: tuple[Banded, ...] = ()
    releases: tuple[Release, ...] = ()
    news: Difference | None = None
    kept: frozenset[str] = frozenset()

    @property
    def released(self) -> tuple[Release, ...]:
        """The releases of just this version, the latest first."""
        return tuple(one for one in self.releases[::-1] if one.version == self.version)

    beside: Beside = field(default_factory=Beside)
    drawings: tuple[Drawing | None, ...] = ()
    theme: Theme = field(default_factory=Theme)
    collated: Collations | None = None

    @property
    def left_out(self) -> tuple[bool, ...]:
        """(n,) whether an image has no part in neighbours and clusters, by `images.exclude`."""
        if not self.verdicts:
            return (False,) * len(self.corpus.images)
        kinds = self.settings.images.exclude
        return tuple(verdict.kind in kinds for verdict in self.verdicts)
