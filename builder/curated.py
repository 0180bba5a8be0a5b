"""clusters.csv: names of clusters that people may edit, kept beside the settings.

Columns that people add to it are theirs: they follow their cluster, as its name does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.clusters.match import Former
from builder.corpus.metadata import find_column, read_metadata
from builder.corpus.problems import summarise
from builder.corpus.types import inert
from builder.errors import CorpusError, Problem
from builder.settings import MetadataSettings
from builder.workspace import write_atomic

FILE = "clusters.csv"
COLUMNS = ("view", "clustering", "number", "name", "proposed", "members")

Key = tuple[str, str]
"""A view's name and the name of one of its clusterings."""


@dataclass(frozen=True)
class Curated:
    """What the file says.

    Attributes:
        rows: clusters as they were written down, by view and clustering.
        problems: lines that could not be read, names that fit nothing, images that are gone.
    """

    rows: Mapping[Key, tuple[Former, ...]]
    problems: tuple[Problem, ...] = ()


def read_curated(folder: Path, ids: Sequence[str]) -> Curated:
    """Read the file of a catalogue; one that is missing says nothing.

    A file that cannot be read as a table is a problem, and stays as it is.

    Args:
        folder: of the catalogue.
        ids: of all images.
    """
    if not (folder / FILE).exists():
        return Curated({})
    try:
        table = read_metadata(folder / FILE, MetadataSettings(file=FILE))
    except CorpusError as error:
        return Curated({}, (Problem(FILE, error.what, error.remedy),))
    columns = {name: find_column(table.columns, name) for name in COLUMNS}
    missing = [name for name in ("view", "number", "name", "members") if not columns[name]]
    if missing and table.rows:
        what = "has no column " + ", ".join(f'"{name}"' for name in missing)
        return Curated({}, (Problem(FILE, what, "put it back, or remove the file"),))
    ours = {column for column in columns.values() if column}
    theirs = [column for column in table.columns if column not in ours]
    rows: dict[Key, tuple[Former, ...]] = {}
    gone: list[Problem] = []
    there = set(ids)
    for row in table.rows:
        cells = {name: row.cells[column] if column else "" for name, column in columns.items()}
        former = _former(cells, tuple((column, row.cells[column]) for column in theirs))
        key = cells["view"], cells["clustering"]
        rows[key] = (*rows.get(key, ()), former)
        lost = sorted(former.members - there)
        if lost:
            gone.append(_gone(row.line, lost))
    remedy = "leave it, or empty the cell members to take over those of now"
    told = summarise(gone, FILE, "further lines name images that are gone", remedy)
    return Curated(rows, (*table.problems, *told))


def save_curated(folder: Path, rows: Mapping[Key, Sequence[Former]]) -> bool:
    """Write the file if it says anything else; True if it was written.

    Raises:
        OutputError: it cannot be written.
    """
    text = curated_text(rows).encode()
    path = folder / FILE
    if path.exists() and path.read_bytes() == text:
        return False
    write_atomic(path, text)
    return True


def curated_text(rows: Mapping[Key, Sequence[Former]]) -> str:
    """The file: a line for each cluster, in the order given; people's own columns come last."""
    every = [one for clusters in rows.values() for one in clusters]
    theirs = list(dict.fromkeys(column for one in every for column, _ in one.more))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *theirs])
    for (view, clustering), clusters in rows.items():
        for one in clusters:
            members = " ".join(sorted(one.members))
            number = one.number or ""
            own = [view, clustering, number, inert(one.name), inert(one.proposed), members]
            more = dict(one.more)
            writer.writerow([*own, *(inert(more.get(column, "")) for column in theirs)])
    return out.getvalue()


def _former(cells: Mapping[str, str], more: tuple[tuple[str, str], ...]) -> Former:
    number = cells["number"]
    return Former(
        int(number) if number.isdecimal() else 0,
        cells["name"],
        cells["proposed"],
        frozenset(cells["members"].split()),
        more,
    )


def _gone(line: int, lost: Sequence[str]) -> Problem:
    named = ", ".join(lost[:3]) + (", ..." if len(lost) > 3 else "")
    what = f"line {line} names {len(lost)} images that are gone ({named}); the others count"
    if len(lost) == 1:
        what = f"line {line} names an image that is gone ({named}); the others count"
    remedy = "leave it, or empty the cell members to take over those of now"
    return Problem(FILE, what, remedy)
