"""What people said of pairs, as the pages of both images tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from builder.corpus.types import PairVerdict
from builder.pages import compare
from builder.pages.cards import Card

_SAID = {
    "exact": "The same",
    "partial": "The same in part",
    "semantic": "The same in meaning",
    "none": "Not the same",
}


@dataclass(frozen=True)
class Judged:
    """Another image, and what was said of the two.

    Attributes:
        href: of the two on the compare page, from the site's root.
        words: the verdict; `by` is who said it and when, "" if that is not known.
    """

    card: Card
    href: str
    words: str
    by: str
    note: str


def judged(verdicts: Sequence[PairVerdict], cards: Sequence[Card]) -> dict[str, list[Judged]]:
    """For each image, by id, what was said of it and others, in the table's order."""
    by_id = {card.id: card for card in cards}
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in verdicts:
        for here, there in ((one.image, one.other), (one.other, one.image)):
            if here in by_id and there in by_id:
                href = f"{compare.PATH}#a={here}&b={there}"
                words, by = _SAID[one.verdict], _by(one)
                found[here].append(Judged(by_id[there], href, words, by, one.note))
    return dict(found)


def _by(one: PairVerdict) -> str:
    return ", ".join(word for word in (one.who, one.when) if word)
