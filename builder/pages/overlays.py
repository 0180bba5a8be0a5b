"""Pairs that the build has laid over each other, as the compare page and image pages need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.pages.cards import Card
from builder.pages.compare import PATH
from builder.pages.data import FORMAT, Json
from builder.pages.types import ViewResult
from builder.similarity.types import Alignment

PART = 64
"""Images of which one file holds the pairs: at 5,000 images a reader loads some 100 kB, not 10 MB.
The script of the page knows the number too."""

SHOWN = 12
"""Overlays at most that an image page lists."""


@dataclass(frozen=True)
class Overlay:
    """Another image that lies over this one.

    Attributes:
        href: of the two on the compare page, from the site's root.
        words: its numbers.
    """

    card: Card
    href: str
    words: str
    log10_nfa: float


def alignment_parts(count: int, whole: Json) -> Iterator[tuple[str, Json]]:
    """The pairs of one view in parts, each below api/ and data/ by its key.

    Part p holds every pair whose lower row is one of the `PART` from p · `PART` on. All parts are
    there, so that asking for a pair that nobody laid is no error.

    Args:
        count: of images.
        whole: the document of all pairs, `api/alignments/<view>`.
    """
    parts: dict[int, list[Json]] = defaultdict(list)
    for pair in whole["pairs"]:
        parts[min(pair["a"], pair["b"]) // PART].append(pair)
    for part in range(-(-count // PART)):
        head: Json = {"format": FORMAT, "view": whole["view"], "part": part, "first": part * PART}
        yield f"alignments/{whole['view']}/{part}", head | {"pairs": parts[part]}


def overlays(views: Sequence[ViewResult], cards: Sequence[Card]) -> dict[int, list[Overlay]]:
    """For each image, by row, those that are believed to lie over it, the surest first.

    A pair is told on the pages of both, once however many views have it.
    """
    found: dict[int, dict[int, Overlay]] = defaultdict(dict)
    for view in views:
        for one in view.aligned or ():
            if not one.found.accepted:
                continue
            words = _words(one.found)
            for here, there in ((one.a, one.b), (one.b, one.a)):
                href = f"{PATH}#a={cards[here].id}&b={cards[there].id}"
                overlay = Overlay(cards[there], href, words, one.found.log10_nfa)
                found[here].setdefault(there, overlay)
    return {row: _surest(ones.values()) for row, ones in found.items()}


def _surest(ones: Iterable[Overlay]) -> list[Overlay]:
    return sorted(ones, key=lambda one: (one.log10_nfa, one.card.row))[:SHOWN]


def _words(found: Alignment) -> str:
    """The numbers of one pair, in the words of the compare page."""
    if found.by:
        return f"laid by hand by {found.by}"
    missed = f"{100 * found.residual:.2f}".rstrip("0").rstrip(".")
    exponent = f"{found.log10_nfa:.0f}".replace("-", "\N{MINUS SIGN}")
    return (
        f"{found.inliers} points agree, {missed}\N{NO-BREAK SPACE}% of the side apart; "
        f"expected false alarms 10^{exponent}"
    )
