"""Pages of the pictures that may not be what the catalogue collects, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.measures.types import KINDS, MEANINGS, Kind, Verdict
from builder.pages import links
from builder.pages.found_facets import KIND_WORDS, kind_facets
from builder.pages.frame import Context, File, Frame
from builder.pages.pager import page_count, pager
from builder.pages.relatives import listed, score_text

_STRIP = 6  # pictures that stand for a kind

_BY = {
    "measures": "by its measures",
    "prompts": "by a network that was asked in words",
    "curator": "by a curator",
}


def kind_pages(frame: Frame) -> Iterator[File]:
    """The page of all kinds, and for each kind the list of its pictures, the surest first."""
    verdicts = frame.site.verdicts
    if not kind_facets(verdicts):
        return
    rows_of: dict[Kind, list[int]] = {kind: _rows(verdicts, kind) for kind in KINDS[1:]}
    found = {kind: rows for kind, rows in rows_of.items() if rows}
    yield _overview(frame, found)
    for kind, rows in found.items():
        yield from _list(frame, kind, rows)


def said_of(frame: Frame, row: int) -> Context | None:
    """What the page of an image says of its kind; None where nothing is to be said."""
    if not frame.site.verdicts:
        return None
    verdict = frame.site.verdicts[row]
    if verdict.kind == "ok" and verdict.by != "curator":
        return None
    other = frame.cards[verdict.other] if verdict.other >= 0 else None
    return {
        "kind": verdict.kind,
        "words": KIND_WORDS[verdict.kind],
        "score": score_text(verdict.score) if verdict.by != "curator" else "",
        "reason": verdict.reason,
        "by": _BY[verdict.by],
        "other": other,
        "left_out": frame.site.left_out[row],
        "listed": verdict.kind != "ok",
    }


def _rows(verdicts: Sequence[Verdict], kind: Kind) -> list[int]:
    """Rows of a kind, the surest first; what a curator said comes after."""
    rows = [row for row, verdict in enumerate(verdicts) if verdict.kind == kind]
    return sorted(rows, key=lambda row: (verdicts[row].by == "curator", -verdicts[row].score, row))


def _page(kind: str = "", page: int = 1) -> str:
    folders = ["kinds", *([kind] if kind else []), *([str(page)] if page > 1 else [])]
    return "/".join(folders) + "/index.html"


def _overview(frame: Frame, found: dict[Kind, list[int]]) -> File:
    total = sum(map(len, found.values()))
    example = frame.cards[next(iter(found.values()))[0]]
    return frame.page(
        "kinds.html",
        _page(),
        section="list",
        heading="By kind of picture",
        lede=f"{total:,} of {len(frame.cards):,}\N{NO-BREAK SPACE}pictures may not be what the "
        "catalogue collects. Nothing was removed: each keeps its page, and says why it is here.",
        current="kinds",
        groups=[
            {
                "text": KIND_WORDS[kind],
                "meaning": MEANINGS[kind],
                "href": f"{kind}/index.html",
                "count": f"{len(rows):,}",
                "cards": [frame.cards[row] for row in rows[:_STRIP]],
            }
            for kind, rows in found.items()
        ],
        excluded=_excluded(frame),
        kinds=[(kind, MEANINGS[kind]) for kind in KINDS],
        example=example.id,
        review=frame.site.settings.review.file,
    )


def _excluded(frame: Frame) -> str:
    """Which kinds have no part in neighbours and clusters, as one clause, or ""."""
    kinds = [KIND_WORDS[kind].lower() for kind in frame.site.settings.images.exclude]
    return listed(kinds) if kinds else ""


def _list(frame: Frame, kind: Kind, rows: Sequence[int]) -> Iterator[File]:
    length = frame.site.settings.site.list_length
    pages = page_count(len(rows), length)
    for page in range(1, pages + 1):
        path = _page(kind, page)

        def href(to: int, path: str = path) -> str:
            return links.relative(path, _page(kind, to))

        shown = rows[(page - 1) * length : page * length]
        images = f"{len(rows):,}\N{NO-BREAK SPACE}image" + ("" if len(rows) == 1 else "s")
        place = f", page {page} of {pages}" if pages > 1 else ""
        yield frame.page(
            "kind.html",
            path,
            section="list",
            heading=KIND_WORDS[kind],
            lede=f"{images}{place}. {MEANINGS[kind]}",
            current="kinds",
            entries=[{"card": frame.cards[row], "said": said_of(frame, row)} for row in shown],
            pager=pager(page, pages, href),
        )
