"""Relations made by hand, as the page of each of the two images tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from builder.corpus.types import Relation
from builder.pages.cards import Card

_SAID = {
    "copy of": ("Copy of", "Copied in"),
    "same as": ("The same as", "The same as"),
    "detail of": ("Detail of", "Shown in detail in"),
    "see also": ("See also", "See also"),
}
"""Kind -> what the subject's page says, and the object's."""


@dataclass(frozen=True)
class Related:
    """Another image, and how it is related: `words` stand before it, `note` behind."""

    words: str
    card: Card
    note: str = ""


def related(relations: Sequence[Relation], cards: Sequence[Card]) -> dict[str, list[Related]]:
    """For each image, by id, what it is related to: what was said of it, then of the others."""
    by_id = {card.id: card for card in cards}
    found: dict[str, list[Related]] = defaultdict(list)
    known = [one for one in relations if one.subject in by_id and one.object in by_id]
    for at, (here, there) in enumerate((("subject", "object"), ("object", "subject"))):
        for one in known:
            entry = Related(_SAID[one.kind][at], by_id[getattr(one, there)], one.note)
            entries = found[getattr(one, here)]
            if all((e.words, e.card) != (entry.words, entry.card) for e in entries):
                entries.append(entry)
    return dict(found)
