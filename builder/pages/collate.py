"""Pages of sources laid side by side: the matrix of all, and a page for each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from builder.collate.types import Answer, Collation, Collations
from builder.pages import compare
from builder.pages.cards import Card
from builder.pages.facing import Slot, slots
from builder.pages.frame import Context, File, Frame
from builder.pages.relatives import score_text
from builder.pages.sources import Source
from builder.pages.tree import drawing, hrefs

PATH = "collate/index.html"

MATRIX = 40
"""Sources up to which the matrix is drawn; above it the pairs are listed."""

_SHADES = 5


@dataclass(frozen=True)
class Reply:
    """An answer as the page tells it beside one of the two images."""

    place: str
    score: str
    href: str
    mutual: bool
    crossing: bool


def collate_pages(frame: Frame) -> Iterator[File]:
    """The matrix of all sources, and the page of every pair that is told."""
    found = frame.site.collated
    if found is None:
        return
    yield _index(frame, found)
    for pair in found.pairs:
        yield _pair(frame, pair)


def pair_path(frame: Frame, pair: Collation) -> str:
    """Where the page of two sources is."""
    first, second = (frame.sources[one].slug for one in (pair.first, pair.second))
    return f"collate/{first}/{second}/index.html"


def beside_source(frame: Frame) -> dict[int, list[Context]]:
    """For each source, by number, those that it is laid beside, the most answers first."""
    found: dict[int, list[Context]] = defaultdict(list)
    pairs = frame.site.collated.pairs if frame.site.collated else ()
    for pair in sorted(pairs, key=lambda one: -len(one.mutual)):
        for own, other in ((pair.first, pair.second), (pair.second, pair.first)):
            href, name = pair_path(frame, pair), frame.sources[other].name
            found[own].append({"href": href, "name": name, "count": len(pair.mutual)})
    return found


def _index(frame: Frame, found: Collations) -> File:
    cells = _cells(frame, found)
    listed = [cells[one.first, one.second] for one in found.pairs]
    listed.sort(key=lambda cell: -int(cell["count"]))
    cells |= {(second, first): cell for (first, second), cell in cells.items()}
    tree = drawing(found)
    return frame.page(
        "collate.html",
        PATH,
        section="list",
        view=next(view.label for view in frame.site.views if view.name == found.view),
        sources=frame.sources,
        matrix=len(frame.sources) <= MATRIX,
        cells=cells,
        pairs=listed,
        left_out=found.left_out,
        tree=tree,
        hrefs=hrefs([source.slug for source in frame.sources]),
        alone=False,
    )


def _cells(frame: Frame, found: Collations) -> dict[tuple[int, int], Context]:
    """What the matrix tells of each pair; its ground is darker the nearer the answers are."""
    means = [one.likeness for one in found.pairs]
    low, high = min(means, default=0.0), max(means, default=0.0)
    told = {}
    for pair, mean in zip(found.pairs, means, strict=True):
        share = (mean - low) / (high - low) if high > low else 1.0
        told[pair.first, pair.second] = {
            "href": "../" + pair_path(frame, pair),
            "first": frame.sources[pair.first].name,
            "second": frame.sources[pair.second].name,
            "count": len(pair.mutual),
            "likeness": score_text(mean),
            "shade": min(int(share * _SHADES), _SHADES - 1),
        }
    return told


def _pair(frame: Frame, pair: Collation) -> File:
    first, second = frame.sources[pair.first], frame.sources[pair.second]
    path = pair_path(frame, pair)
    told = slots(first.rows, second.rows, pair.answers)
    replies = _Replies(frame, first, second, pair.answers)
    return frame.page(
        "collation.html",
        path,
        section="list",
        first=first,
        second=second,
        slots=[_slot(slot, replies) for slot in told],
        lines=_lines(told, pair.answers),
        counts=_counts(pair, first, second),
        likeness=score_text(pair.likeness),
    )


def _counts(pair: Collation, first: Source, second: Source) -> Context:
    answered = {one.a for one in pair.answers}, {one.b for one in pair.answers}
    return {
        "mutual": len(pair.mutual),
        "further": len(pair.answers) - len(pair.mutual),
        "crossing": sum(one.crossing for one in pair.answers),
        "gaps": (len(first.rows) - len(answered[0]), len(second.rows) - len(answered[1])),
    }


class _Replies:
    """What stands beside each image of a pair of sources."""

    def __init__(
        self, frame: Frame, first: Source, second: Source, answers: tuple[Answer, ...]
    ) -> None:
        self._cards = frame.cards
        self._places = {
            row: place
            for source in (first, second)
            for row, place in zip(source.rows, source.places, strict=True)
        }
        self._of: dict[int, list[Reply]] = defaultdict(list)
        for one in answers:
            ids = frame.cards[one.a].id, frame.cards[one.b].id
            href = f"{compare.PATH}#a={ids[0]}&b={ids[1]}"
            for own, other in ((one.a, one.b), (one.b, one.a)):
                reply = Reply(
                    self.place(other), score_text(one.score), href, one.mutual, one.crossing
                )
                self._of[own].append(reply)

    def place(self, row: int) -> str:
        """Where an image stands in its source, or what it is called."""
        return self._places[row] or self._cards[row].title

    def cell(self, row: int) -> Context:
        """An image with its answers."""
        card: Card = self._cards[row]
        return {"card": card, "place": self.place(row), "replies": self._of.get(row, [])}


def _slot(slot: Slot, replies: _Replies) -> Context:
    """One row: on each side images, or a gap, or nothing where an image is answered elsewhere."""
    both = ((slot.first, slot.second), (slot.second, slot.first))
    return {
        "sides": [
            {"cells": [replies.cell(row) for row in rows], "gap": bool(opposite) and slot.gap}
            for rows, opposite in both
        ]
    }


def _lines(told: list[Slot], answers: tuple[Answer, ...]) -> list[Context]:
    """The line of each answer, from the middle of one slot to that of another."""
    left = {row: at for at, slot in enumerate(told) for row in slot.first}
    right = {row: at for at, slot in enumerate(told) for row in slot.second}
    kinds = {True: "mutual", False: "one-way"}
    return [
        {
            "y1": left[one.a] + 0.5,
            "y2": right[one.b] + 0.5,
            "kind": "crossing" if one.crossing else kinds[one.mutual],
        }
        for one in answers
    ]
