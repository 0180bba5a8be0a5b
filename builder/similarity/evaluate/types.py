"""What evaluation takes and gives: rankings, queries, measures with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Scope = Literal["all", "others"]
"""Candidates: every other image, or the images of other sources only."""

DEPTHS = (1, 5, 10, 20)
"""Lengths of list for which recall is told."""

METRICS = (
    "map",
    "map_at_20",
    "p_at_1",
    "mrr",
    *(f"recall_{depth}" for depth in DEPTHS),
    "ndcg_at_10",
)
"""Columns of the values of a query, in this order; their means are the measures of a view."""


class Ranker(Protocol):
    """A view that can be asked how like each image of the catalogue is.

    Scores are compared within one answer only; higher is more alike.
    """

    view: str

    def scores(self, row: int) -> NDArray[np.float32]:
        """(n,) score of every image for image `row`, among all."""
        ...

    def scores_others(self, row: int) -> NDArray[np.float32]:
        """(n,) the same among other sources, where hubs may be corrected otherwise."""
        ...

    def ask(self, pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """(m, n) scores of every image for m pictures from outside, each (h, w, 3) RGB."""
        ...


@dataclass(frozen=True)
class Judgement:
    """An image shows what a group stands for; grade 3 exactly, 2 partly, 1 in meaning only."""

    row: int
    group: str
    grade: int = 3


@dataclass(frozen=True)
class Query:
    """An image that is asked about.

    Attributes:
        row: of the image.
        unit: number of its group; groups that share an image have one number.
        relevant: (R,) rows of the images that show the same, ascending.
        grades: (R,) how far each does, 3 to 1.
    """

    row: int
    unit: int
    relevant: NDArray[np.int64]
    grades: NDArray[np.int64]


@dataclass(frozen=True)
class Answer:
    """What one view answered to one query.

    Attributes:
        row, unit: of the query.
        values: (len(METRICS),) its measures.
        ranks: (R,) places of the relevant images, ascending, from 1.
        relevant: (R,) their rows, in that order.
        nearest: rows of the first ten candidates.
    """

    row: int
    unit: int
    values: NDArray[np.float64]
    ranks: NDArray[np.int64]
    relevant: NDArray[np.int64]
    nearest: NDArray[np.int64]


@dataclass(frozen=True)
class Crossing:
    """The best candidate of one other source: right or not.

    Attributes:
        asked, among: numbers of the query's source and of the candidates'.
        unit: of the query.
        right: whether the best candidate shows the same.
    """

    asked: int
    among: int
    unit: int
    right: bool


@dataclass(frozen=True)
class Measured:
    """All answers of one view in one scope; crossings only among other sources."""

    view: str
    scope: Scope
    answers: tuple[Answer, ...]
    crossings: tuple[Crossing, ...] = ()

    @property
    def values(self) -> NDArray[np.float64]:
        """(queries, len(METRICS))."""
        return np.array([a.values for a in self.answers]).reshape(-1, len(METRICS))

    @property
    def units(self) -> NDArray[np.int64]:
        """(queries,) numbers of groups, made consecutive."""
        numbers = np.array([answer.unit for answer in self.answers], np.int64)
        return np.unique(numbers, return_inverse=True)[1].astype(np.int64)


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Summary:
    """The measures of one view in one scope, by the names of METRICS.

    Attributes:
        groups: independent ones among the queries.
        two_way: recall at 1 between sources, mean over pairs and directions, or None.
        pairs: of sources that it was taken over.
    """

    view: str
    scope: Scope
    queries: int
    groups: int
    values: Mapping[str, Estimate]
    two_way: Estimate | None = None
    pairs: int = 0


@dataclass(frozen=True)
class Comparison:
    """The difference of two views in mean average precision, first minus second.

    Attributes:
        p: chance of a difference at least as large if the views were alike.
        p_holm: the same, corrected for the number of comparisons.
    """

    scope: Scope
    first: str
    second: str
    difference: Estimate
    p: float
    p_holm: float = 1.0


@dataclass(frozen=True)
class Example:
    """A query to look at.

    Attributes:
        row: of the query.
        average_precision: of its answer.
        nearest: rows of the first ten.
        right: whether each of them shows the same.
        missed: (row, place) of relevant images that stand further down.
    """

    row: int
    average_precision: float
    nearest: tuple[int, ...]
    right: tuple[bool, ...]
    missed: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Examples:
    """The worst and the best queries of one view in one scope."""

    view: str
    scope: Scope
    worst: tuple[Example, ...]
    best: tuple[Example, ...]


@dataclass(frozen=True)
class KnownItem:
    """How well one view finds the originals of pictures that were changed in one way.

    Attributes:
        p_at_1: share of originals that are the very first.
        mrr: mean of one over the place of the original.
    """

    view: str
    change: str
    queries: int
    p_at_1: Estimate
    mrr: Estimate


@dataclass(frozen=True)
class Lost:
    """The picture that a view was furthest from finding after a change.

    Attributes:
        row: of the original.
        place: at which the original stood, from 1.
        nearest: rows of the first ten.
        picture: the changed picture, small, as a WebP file.
    """

    view: str
    change: str
    row: int
    place: int
    nearest: tuple[int, ...]
    picture: bytes


@dataclass(frozen=True)
class Evaluation:
    """Everything that one evaluation found.

    Attributes:
        graded: whether relations were given, so that graded measures mean something.
        samples: one picture in every change, name -> small WebP file.
    """

    summaries: tuple[Summary, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    examples: tuple[Examples, ...] = ()
    known_items: tuple[KnownItem, ...] = ()
    lost: tuple[Lost, ...] = ()
    samples: Mapping[str, bytes] = field(default_factory=dict)
    graded: bool = False
    warnings: tuple[str, ...] = ()
