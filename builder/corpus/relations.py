"""relations.csv: what somebody says of pairs of images by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from builder.corpus.groups import finder
from builder.corpus.metadata import Metadata, Row, find_column, read_metadata
from builder.corpus.problems import did_you_mean, summarise
from builder.corpus.types import Corpus, Relation
from builder.errors import CorpusError, Problem
from builder.settings import MetadataSettings

FILE = "relations.csv"

KINDS = ("copy of", "same as", "detail of", "see also")

COLUMNS = ("image", "relation", "other")
"""Columns that a row needs; `note` may stand beside them."""


@dataclass(frozen=True)
class Relations:
    """The rows that can be understood, in the table's order, and what is wrong with the others."""

    rows: tuple[Relation, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_relations(path: Path, corpus: Corpus) -> Relations:
    """Read a table with the columns image, relation, other and, if wanted, note.

    Images are named by id, path or file name, as in groups.csv. Relations are those of `KINDS`, in
    any case, with underscores or hyphens for blanks. No table is an empty one; nothing is raised:
    a row, or a table, that cannot be understood is a problem.
    """
    if not path.exists():
        return Relations()
    try:
        table = read_metadata(path, MetadataSettings(file=path.name))
    except CorpusError as error:
        return Relations(problems=(Problem(path.name, error.what, error.remedy),))
    columns = {name: find_column(table.columns, name) or "" for name in (*COLUMNS, "note")}
    missing = [name for name in COLUMNS if not columns[name]]
    if missing:
        what = "has no column " + " and none ".join(f'"{name}"' for name in missing)
        remedy = "give it the columns " + ", ".join(COLUMNS) + " and, if wanted, note"
        return Relations(problems=(Problem(path.name, what, remedy),))
    reading = _Reading(table, corpus, columns)
    for row in table.rows:
        reading.take(row)
    rest, remedy = "further rows are not understood", "mend or remove them"
    told = summarise(reading.problems, path.name, rest, remedy)
    return Relations(tuple(dict.fromkeys(reading.found)), (*table.problems, *told))


class _Reading:
    """A table under way."""

    def __init__(self, table: Metadata, corpus: Corpus, columns: dict[str, str]) -> None:
        self._file, self._columns = table.file, columns
        self._find, self._images = finder(corpus), corpus.images
        self.found: list[Relation] = []
        self.problems: list[Problem] = []

    def take(self, row: Row) -> None:
        """Use one row, or say why not."""
        cells = {name: row.cells[of] if of else "" for name, of in self._columns.items()}
        kind = " ".join(cells["relation"].replace("_", " ").replace("-", " ").casefold().split())
        if kind not in KINDS:
            what = f'line {row.line}: the relation "{cells["relation"]}" is unknown'
            self.problems.append(Problem(self._file, what, did_you_mean(kind, KINDS)))
            return
        ids = [self._id(row, cells[name]) for name in ("image", "other")]
        if ids[0] and ids[0] == ids[1]:
            what = f"line {row.line}: an image is set in relation to itself"
            self.problems.append(Problem(self._file, what, "name another image"))
        elif all(ids):
            self.found.append(Relation(ids[0], kind, ids[1], cells["note"]))

    def _id(self, row: Row, name: str) -> str:
        found = self._find(name) if name else []
        if len(found) == 1:
            return self._images[found[0]].id
        if not name:
            what, remedy = "an image is not named", "write its id"
        elif found:
            what = f'{len(found)} images are called "{name}"'
            remedy = "write its id, or its path inside the images folder"
        else:
            what, remedy = f'no image is called "{name}"', "write the id of an image"
        self.problems.append(Problem(self._file, f"line {row.line}: {what}", remedy))
        return ""
