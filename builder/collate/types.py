"""Collations: which images of one source answer which of another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """Image `a` of the first source and image `b` of the second, rows of the corpus, answer.

    Attributes:
        score: their likeness in the view.
        mutual: whether each is the other's best; else one of them has a better answer.
        crossing: whether its line crosses the order that most of the mutual answers keep.
    """

    a: int
    b: int
    score: float
    mutual: bool
    crossing: bool = False


@dataclass(frozen=True)
class Collation:
    """Two sources side by side.

    Attributes:
        first, second: numbers of the sources, the first the lower.
        answers: in the page order of the first source, then of the second; never none.
    """

    first: int
    second: int
    answers: tuple[Answer, ...]

    @property
    def mutual(self) -> tuple[Answer, ...]:
        """Those of which each is the other's best."""
        return tuple(one for one in self.answers if one.mutual)

    @property
    def likeness(self) -> float:
        """Mean score of the mutual answers."""
        scores = [one.score for one in self.mutual]
        return sum(scores) / len(scores)


@dataclass(frozen=True)
class Join:
    """One step of a likeness tree: two branches become one.

    Attributes:
        left, right: sources by number, or `sources + i` for what join i made.
        height: distance at which they meet, never below that of either branch.
    """

    left: int
    right: int
    height: float


@dataclass(frozen=True)
class Collations:
    """All sources of a catalogue side by side.

    Attributes:
        view: whose likeness is read.
        names: of the sources.
        rows: of each source its images in page order.
        pairs: that have mutual answers, by the numbers of their sources.
        left_out: how many further pairs are not told, because there are too many.
        least: score from which an answer is believed.
        joins: the likeness tree, one step fewer than sources; () below three sources.
    """

    view: str
    names: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    pairs: tuple[Collation, ...]
    left_out: int
    least: float
    joins: tuple[Join, ...]
