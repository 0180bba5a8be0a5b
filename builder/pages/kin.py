"""The relatives of an image as its page shows them: in each view, among all and among others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.pages.cards import TURNS, Card, Kin
from builder.pages.data import has_sources
from builder.pages.relatives import Relative, found_words, relatives, score_text, share_text
from builder.pages.types import SiteInput

ROOM = 26_500
"""Bytes that relatives may take on a page, so that it stays under 60 kB."""

_CUTS = (15, 12, 10, 8, 6)  # relatives in other sources, where there is no room for all
_FRAME = 190  # bytes of elements round a relative


@dataclass(frozen=True)
class KinList:
    """Relatives of one image in one view and scope, best first.

    Attributes:
        near: nearer than unrelated images are expected to be.
        chance: the rest, which may be as near by chance.
    """

    near: tuple[Kin, ...]
    chance: tuple[Kin, ...]

    @property
    def whole(self) -> tuple[Kin, ...]:
        """All of them."""
        return self.near + self.chance

    def first(self, count: int) -> KinList:
        """The best `count` of them."""
        return KinList(self.near[:count], self.chance[: max(0, count - len(self.near))])


@dataclass(frozen=True)
class ViewKin:
    """The two lists of a view; `others` is None where there is nothing to tell apart.

    Attributes:
        all_are_others: the nearest of all are the nearest in other sources.
    """

    all: KinList
    others: KinList | None
    all_are_others: bool


def fitting(found: Sequence[ViewKin], room: int = ROOM) -> list[ViewKin]:
    """The lists, those of other sources cut where all together would make the page too large.

    Args:
        found: of all views.
        room: bytes that they may take.
    """
    cut = list(found)
    for count in _CUTS:
        lists = [one for kin in cut for one in (kin.all, kin.others) if one is not None]
        if sum(_bytes(kin) for one in lists for kin in one.whole) <= room:
            break
        cut = [replace(kin, others=kin.others and kin.others.first(count)) for kin in found]
    return cut


def _bytes(kin: Kin) -> int:
    """About how many bytes a relative takes on the page."""
    card, said = kin.card, len(kin.share) + len(kin.found_words) + 2 * len(kin.turn)
    return _FRAME + len(card.title.encode()) + 2 * len(card.id) + said


class Relations:
    """Finds the relatives of images in all views of a site.

    Args:
        site: whose views are read.
        cards: of all images, by row.
    """

    def __init__(self, site: SiteInput, cards: Sequence[Card]) -> None:
        self._views = site.views
        self._labels = [view.label for view in site.views]
        self._cards = cards
        self._has_sources = has_sources(site.corpus.images)

    def of(self, row: int) -> list[ViewKin]:
        """The relatives of one image, view by view."""
        among_all = [relatives(view.neighbours.all, row) for view in self._views]
        others: list[list[Relative]] = [[] for _ in self._views]
        if self._has_sources:
            others = [relatives(view.neighbours.others, row) for view in self._views]
        return [
            self._view(everything, elsewhere, among_all[at], others[at])
            for at, (everything, elsewhere) in enumerate(
                zip(self._lists(among_all), self._lists(others), strict=True)
            )
        ]

    def _view(
        self,
        everything: KinList,
        elsewhere: KinList,
        among_all: list[Relative],
        others: list[Relative],
    ) -> ViewKin:
        same = [one.row for one in among_all] == [one.row for one in others]
        shown = elsewhere if others and not same else None
        return ViewKin(everything, shown, same and bool(among_all))

    def _lists(self, found: Sequence[list[Relative]]) -> list[KinList]:
        """The lists of all views in one scope, which agree or do not."""
        rows = [{one.row for one in ones} for ones in found]
        return [self._list(ones, rows, at) for at, ones in enumerate(found)]

    def _list(self, ones: list[Relative], rows: list[set[int]], here: int) -> KinList:
        sure = next((at for at, one in enumerate(ones) if one.by_chance), len(ones))
        shown = tuple(self._kin(one, [one.row in found for found in rows], here) for one in ones)
        return KinList(shown[:sure], shown[sure:])

    def _kin(self, one: Relative, found: list[bool], here: int) -> Kin:
        return Kin(
            card=self._cards[one.row],
            score=score_text(one.score),
            share=share_text(one.percentile),
            mutual=one.mutual,
            orientation=one.orientation % len(TURNS),
            found="".join("1" if has else "0" for has in found),
            found_words=found_words(self._labels, found, here),
        )
