"""`volvelle verdicts suggest`: pairs that a person should judge, the most doubtful first."""

from __future__ import annotations

from pathlib import Path

from builder import pipeline
from builder import settings as settings_module
from builder.corpus.verdicts import FILE
from builder.errors import CorpusError, OutputError
from builder.exports.tables import csv_text
from builder.pages import compare
from builder.pages.types import SiteInput, ViewResult
from builder.similarity.types import NeighbourList
from builder.similarity.uncertain import Doubt, Pair, doubts
from builder.workspace import write_atomic

OUT = "verdicts-to-do.csv"
COLUMNS = ("image", "image", "verdict", "who", "when", "note", "why", "page")


def suggest(folder: Path, out: Path | None, count: int) -> tuple[Path, int]:
    """Write a table of pairs to be judged; what is filled in may be kept as verdicts.csv.

    Pairs of which somebody has said something already, and pairs of one and the same file, are left
    out.

    Args:
        folder: of the catalogue, which must be built.
        out: the table, if not verdicts-to-do.csv in the folder.
        count: pairs at most.

    Returns:
        Where it was written, and how many pairs are in it.

    Raises:
        CorpusError: the catalogue is not built, or has too few images to tell chance.
        OutputError: it would overwrite verdicts.csv, or cannot be written.
    """
    path = out or folder / OUT
    if path.name == FILE:
        raise OutputError(
            "is what people have said, and is never overwritten",
            str(path),
            f"write to another file, such as {OUT}",
        )
    site = pipeline.Opened(folder, settings_module.read(folder)).site()
    chances = [_chances(view) for view in site.views]
    if not any(chances):
        raise CorpusError("has too few images to tell doubtful pairs", str(folder), "add images")
    known = _known(site)
    found = [one for one in doubts(chances, _laid(site)) if one.pair not in known][:count]
    text = csv_text(list(COLUMNS), (_line(site, one) for one in found))
    write_atomic(path, text.encode("utf-8", "replace"))
    return path, len(found)


def _chances(view: ViewResult) -> dict[Pair, float]:
    """Each pair of relatives, and how many unrelated images may be as near, in the surer list."""
    found: dict[Pair, float] = {}
    for listed in (view.neighbours.all, view.neighbours.others):
        for pair, chance in _listed(listed):
            found[pair] = min(chance, found.get(pair, chance))
    return found


def _listed(listed: NeighbourList) -> list[tuple[Pair, float]]:
    if listed.chance is None:
        return []
    lines = zip(listed.rows.tolist(), listed.chance.tolist(), strict=True)
    return [
        ((min(row, other), max(row, other)), chance)
        for row, (others, chances) in enumerate(lines)
        for other, chance in zip(others, chances, strict=True)
        if other >= 0
    ]


def _laid(site: SiteInput) -> dict[Pair, bool] | None:
    """Pairs that were laid over each other, and whether that is believed."""
    asked = [view.aligned for view in site.views if view.aligned is not None]
    if not asked:
        return None
    return {
        (min(one.a, one.b), max(one.a, one.b)): one.found.accepted for some in asked for one in some
    }


def _known(site: SiteInput) -> set[Pair]:
    """Pairs that need no verdict: judged already, or one and the same file."""
    images = site.corpus.images
    rows = {image.id: row for row, image in enumerate(images)}
    judged = [(rows[one.image], rows[one.other]) for one in site.beside.verdicts]
    by_content: dict[str, list[int]] = {}
    for row, image in enumerate(images):
        by_content.setdefault(image.sha256, []).append(row)
    same = [(a, b) for rows_of in by_content.values() for a in rows_of for b in rows_of if a < b]
    return {(min(pair), max(pair)) for pair in (*judged, *same)}


def _line(site: SiteInput, one: Doubt) -> list[object]:
    ids = [site.corpus.images[row].id for row in one.pair]
    why = (
        f"{one.believing} of {one.asked} believe it; by {site.views[one.near].label.lower()} "
        f"{one.chance:.2g} unrelated images may be as near"
    )
    base = site.settings.catalogue.site_url or "site/"
    page = f"{base}{compare.PATH}#a={ids[0]}&b={ids[1]}"
    return [*ids, "", "", "", "", why, page]
