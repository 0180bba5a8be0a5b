"""Frozen versions: v/<label>/ says for ever which neighbours and clusters a release claimed.

The pages are made of the release's own data (published beside them as claims.json) and of nothing
that a later build finds, but for the small picture of each image, which is shown where the image
still has the picture that it had then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from builder.pages import links
from builder.pages.cards import Card
from builder.pages.frame import Context, File, Frame
from builder.pages.relatives import score_text
from builder.versions.types import GroupingClaim, Release, ViewClaim

_SCOPES = {"all": "Among all images", "others": "Among images of other sources"}
_TYPICAL = 5
_PICTURED = 6
"""Relatives shown with a picture; the others are named, which keeps thousands of pages small."""


def release_page(label: str, *parts: str) -> str:
    """A page of a release."""
    return "/".join(["v", label, *parts, "index.html"])


def release_pages(frame: Frame) -> Iterator[File]:
    """All pages of all releases, and the list of them; nothing where there are none."""
    releases = frame.site.releases
    if not releases:
        return
    yield frame.page(
        "releases.html",
        "v/index.html",
        section="about",
        releases=[_told(one) for one in releases[::-1]],
        current=frame.site.released[:1],
    )
    for one in releases:
        yield from _Frozen(frame, one).pages()


def _told(release: Release) -> Context:
    return {
        "label": release.label,
        "version": release.version,
        "date": release.date,
        "doi": release.doi,
        "note": release.note,
        "count": f"{len(release.claims.ids):,}",
        "title": release.claims.title,
        "generator": release.claims.generator,
        "sha256": release.sha256,
    }


@dataclass(frozen=True)
class Held:
    """An image as a release held it; `card` is None where it cannot be shown as it was."""

    id: str
    title: str
    card: Card | None
    state: str
    score: str = ""


class _Frozen:
    """The pages of one release."""

    def __init__(self, frame: Frame, release: Release) -> None:
        self._frame, self._release, self._claims = frame, release, release.claims
        cards = {card.id: card for card in frame.cards}
        now = {image.id: image.sha256 for image in frame.site.corpus.images}
        self._gone = {stone.id: stone.redirect_to for stone in frame.site.corpus.tombstones}
        self._held = [self._hold(row, cards, now) for row in range(len(self._claims.ids))]
        self._told = _told(release)

    def pages(self) -> Iterator[File]:
        label, claims = self._release.label, self._claims
        yield self._page(
            "release.html",
            release_page(label),
            views=[self._view(view) for view in claims.views],
            first=claims.ids[0] if claims.ids else "",
        )
        for row, image_id in enumerate(claims.ids):
            yield self._item(row, image_id)
        for view in claims.views:
            for grouping in view.groupings:
                yield from self._clusters(view, grouping)

    def _hold(self, row: int, cards: dict[str, Card], now: dict[str, str]) -> Held:
        image_id, title = self._claims.ids[row], self._claims.titles[row]
        present = self._gone.get(image_id) or image_id
        if present not in now:
            return Held(image_id, title, None, "removed since")
        if now[present] != self._claims.sha256[row]:
            return Held(image_id, title, None, "another picture since")
        return Held(image_id, title, cards[present], "")

    def _page(self, template: str, path: str, **context: Any) -> File:
        url = self._frame.site.settings.catalogue.site_url
        return self._frame.page(
            template,
            path,
            robots="noindex",
            release=self._told,
            cite_as=links.absolute(url, path),
            **context,
        )

    def _view(self, view: ViewClaim) -> Context:
        described = view.model.get("descriptors", [view.model])
        return {
            "name": view.name,
            "label": view.label,
            "number": view.number,
            "models": [
                {
                    "backbone": one.get("backbone", ""),
                    "layer": one.get("layer", ""),
                    "weights": one.get("weights", ""),
                    "checksum": one.get("checksum", ""),
                }
                for one in described
            ],
            "groupings": [
                {
                    "label": one.label,
                    "method": one.method,
                    "count": len(one.names),
                    "href": f"clusters/{one.key}/index.html",
                }
                for one in view.groupings
                if one.names
            ],
        }

    def _item(self, row: int, image_id: str) -> File:
        held = self._held[row]
        return self._page(
            "release-item.html",
            release_page(self._release.label, "items", image_id),
            held=held,
            source=self._claims.sources[row],
            sha256=self._claims.sha256[row],
            views=[
                {
                    "label": view.label,
                    "number": view.number,
                    "clusters": self._clusters_of(view, row),
                    "lists": [
                        {
                            "label": _SCOPES.get(scope, scope),
                            "kin": self._kin(view, scope, row)[:_PICTURED],
                            "rest": self._kin(view, scope, row)[_PICTURED:],
                        }
                        for scope in view.lists
                        if view.lists[scope].rows[row]
                    ],
                }
                for view in self._claims.views
            ],
        )

    def _kin(self, view: ViewClaim, scope: str, row: int) -> list[Held]:
        found = view.lists[scope]
        return [
            self._scored(near, score_text(score))
            for near, score in zip(found.rows[row], found.scores[row], strict=True)
        ]

    def _scored(self, row: int, score: str) -> Held:
        held = self._held[row]
        return Held(held.id, held.title, held.card, held.state, score)

    def _clusters_of(self, view: ViewClaim, row: int) -> list[Context]:
        found = [(one, int(one.labels[row])) for one in view.groupings]
        return [
            {
                "label": one.label,
                "number": number,
                "name": one.names[number],
                "href": f"../../clusters/{one.key}/{number}/index.html",
            }
            for one, number in found
            if number > 0
        ]

    def _clusters(self, view: ViewClaim, grouping: GroupingClaim) -> Iterator[File]:
        """The page of all clusters of a clustering, and a page for each."""
        label = self._release.label
        members = {
            number: np.flatnonzero(grouping.labels == number).tolist() for number in grouping.names
        }
        if not members:
            return
        yield self._page(
            "release-clusters.html",
            release_page(label, "clusters", grouping.key),
            view=view.label,
            grouping=grouping,
            alone=int((grouping.labels < 0).sum()),
            clusters=[
                {
                    "number": number,
                    "name": grouping.names[number],
                    "count": len(rows),
                    "cards": self._cards([grouping.medoids[number], *rows]),
                }
                for number, rows in members.items()
            ],
        )
        for number, rows in members.items():
            medoid = grouping.medoids[number]
            order = [medoid, *(row for row in rows if row != medoid)]
            yield self._page(
                "release-cluster.html",
                release_page(label, "clusters", grouping.key, str(number)),
                view=view.label,
                grouping=grouping,
                number=number,
                name=grouping.names[number],
                members=[self._held[row] for row in order],
            )

    def _cards(self, rows: list[int]) -> list[Card]:
        shown = [self._held[row].card for row in dict.fromkeys(rows)]
        return [card for card in shown if card is not None][:_TYPICAL]
