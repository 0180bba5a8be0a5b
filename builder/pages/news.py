"""What is new: the page of a difference between two versions, in the site and outside of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.pages import links
from builder.pages.cards import Card
from builder.pages.difference import SCOPES, change_words, map_words
from builder.pages.environment import environment
from builder.pages.frame import GENERATOR, Context, File, Frame
from builder.pages.text import encoded
from builder.pages.types import Theme
from builder.versions.types import (
    ClusterChange,
    Difference,
    GroupingChange,
    ListChange,
    Side,
    ViewChange,
)

PAGE = "new/index.html"

_NAMED = 48
"""Images of one sort that are shown; the others are counted."""
_SHIFTS = 12

_NO_BREAK = "\N{NO-BREAK SPACE}"


def news_pages(frame: Frame) -> Iterator[File]:
    """What changed since the last release; no page where there is none, or this is one."""
    site = frame.site
    if site.news is None:
        return
    last, found = site.releases[-1], site.news
    cards = {card.id: card for card in frame.cards}
    context = news(found, cards) | {"since": last.date, "href": f"v/{last.label}/index.html"}
    yield frame.page("diff.html", PAGE, section="about", **context)


def outside_page(found: Difference, root: str) -> bytes:
    """The same as a page outside the site, in its style.

    Args:
        found: the difference.
        root: relative address of the site's folder from the page, ending in a slash.
    """
    site = {
        "title": "Catalogue",
        "description": "",
        "language": "en",
        "licence": "",
        "licence_url": "",
        "version": found.new.version,
        "label": found.new.label,
        "releases": 0,
        "built": "",
        "count": found.new.images,
        "generator": GENERATOR,
        "url": "",
        "views": [],
        "facets": [],
        "kinds": False,
        "sources": False,
        "feed": False,
        "reserved": False,
        "theme": Theme(),
    }
    page = {"section": "", "robots": "noindex", "canonical": "", "host": ""}
    context = news(found, {}) | {"since": "", "href": ""}
    text = (
        environment().get_template("diff.html").render(page=page, site=site, root=root, **context)
    )
    return encoded(text)


def news(found: Difference, cards: Mapping[str, Card]) -> Context:
    """What the template of a difference reads.

    Args:
        found: the difference.
        cards: of the images that can be shown, by id.
    """
    sorts = [
        ("Added", found.added, "New in the catalogue."),
        ("Another picture", found.changed, "The image is the same, its picture is another."),
    ]
    return {
        "old": _side(found.old),
        "new": _side(found.new),
        "nothing": found.nothing,
        "sums": _sums(found),
        "sorts": [_sort(found, cards, *one) for one in sorts if one[1]],
        "gone": _named(found, found.gone),
        "led": [
            _named(found, [one])[0] | {"to": _named(found, [to])[0], "merged": merged}
            for merged, pairs in ((False, found.renamed), (True, found.merged))
            for one, to in pairs
        ],
        "views_added": found.views_added,
        "views_gone": found.views_gone,
        "views": [_view(found, cards, view) for view in found.views],
    }


def _side(side: Side) -> Context:
    return {"name": side.name, "label": side.label, "version": side.version}


def _sums(found: Difference) -> list[tuple[str, str]]:
    """The numbers at the head of the page: label, number."""
    counts = [
        ("images now", found.new.images),
        ("added", len(found.added)),
        ("removed", len(found.gone)),
        ("renamed", len(found.renamed)),
        ("merged", len(found.merged)),
        ("with another picture", len(found.changed)),
    ]
    return [(label, f"{count:,}") for label, count in counts if count or label == "images now"]


def _sort(
    found: Difference, cards: Mapping[str, Card], heading: str, ids: Sequence[str], text: str
) -> Context:
    shown = [cards[one] for one in ids[:_NAMED] if one in cards]
    return {
        "heading": heading,
        "text": text,
        "count": f"{len(ids):,}",
        "cards": shown,
        "names": [] if shown else _named(found, ids[:_NAMED]),
        "more": max(0, len(ids) - _NAMED),
    }


def _named(found: Difference, ids: Sequence[str]) -> list[Context]:
    return [
        {"id": one, "title": found.titles.get(one, one), "href": links.item_page(one)}
        for one in ids
    ]


def _view(found: Difference, cards: Mapping[str, Card], view: ViewChange) -> Context:
    return {
        "name": view.name,
        "label": view.label,
        "seen": view.seen,
        "lists": [_list(found, cards, one) for one in view.lists if one.kept is not None],
        "groupings": [_grouping(one) for one in view.groupings],
        "groupings_added": view.groupings_added,
        "groupings_gone": view.groupings_gone,
        "map": map_words(view.map) if view.map else "",
    }


def _list(found: Difference, cards: Mapping[str, Card], one: ListChange) -> Context:
    assert one.kept is not None
    return {
        "label": SCOPES.get(one.scope, one.scope),
        "images": f"{one.images:,}",
        "same": f"{one.same:,}",
        "kept": f"{100 * one.kept:.1f}{_NO_BREAK}%",
        "rank": "" if one.rank is None else _decimal(one.rank),
        "shifts": [
            {
                "id": shift.id,
                "title": found.titles.get(shift.id, shift.id),
                "href": links.item_page(shift.id),
                "card": cards.get(shift.id),
                "kept": f"{shift.kept} of {shift.of}",
                "rank": "" if shift.rank is None else _decimal(shift.rank),
            }
            for shift in one.shifts[:_SHIFTS]
        ],
        "more": max(0, len(one.shifts) - _SHIFTS),
    }


def _grouping(one: GroupingChange) -> Context:
    told = [change for change in one.changes if change.fate != "same" or change.old != change.new]
    return {
        "label": one.label,
        "old": one.old_count,
        "new": one.new_count,
        "agreement": "" if one.agreement is None else _decimal(one.agreement),
        "same": len(one.changes) - len(told),
        "changes": [_change(one, change) for change in told],
    }


def _change(one: GroupingChange, change: ClusterChange) -> Context:
    text = change_words(change)
    names = [one.new_names.get(number, "") for number in change.new]
    names = names if any(names) else [one.old_names.get(number, "") for number in change.old]
    return {"text": text[:1].upper() + text[1:], "names": ", ".join(filter(None, names))}


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
