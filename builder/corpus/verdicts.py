"""verdicts.csv: what people say of pairs of images, whether they show the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.corpus.groups import finder
from builder.corpus.metadata import Metadata, Row, find_column, read_metadata
from builder.corpus.problems import did_you_mean, summarise
from builder.corpus.types import VERDICTS, Corpus, PairVerdict
from builder.errors import CorpusError, Problem
from builder.settings import MetadataSettings

FILE = "verdicts.csv"

COLUMNS = ("image", "image", "verdict")
"""Columns that a row needs, two of the same name; who, when and note may stand beside them."""

_SECOND = "image (2)"  # what the reader of tables calls the second of that name
_OPTIONAL = ("who", "when", "note")


@dataclass(frozen=True)
class Verdicts:
    """The rows that can be understood, in the table's order, and what is wrong with the others."""

    rows: tuple[PairVerdict, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_verdicts(path: Path, corpus: Corpus) -> Verdicts:
    """Read a table with the columns of `COLUMNS` and, if wanted, who, when and note.

    Images are named by id, path or file name, as in groups.csv; the second column of images may
    also be called other. Several people may judge one pair, and one may judge it again. A row
    whose verdict is empty is still to be filled in and says nothing. No table is an empty one;
    nothing is raised: a row, or a table, that cannot be understood is a problem.
    """
    if not path.exists():
        return Verdicts()
    try:
        table = read_metadata(path, MetadataSettings(file=path.name))
    except CorpusError as error:
        return Verdicts(problems=(Problem(path.name, error.what, error.remedy),))
    columns = _columns(table)
    missing = [name for name in ("image", "other", "verdict") if not columns[name]]
    if missing:
        what = "has no column " + " and none ".join(f'"{name}"' for name in missing)
        remedy = "give it the columns " + ", ".join(COLUMNS) + " and, if wanted, who, when, note"
        return Verdicts(problems=(Problem(path.name, what, remedy),))
    reading = _Reading(table, corpus, columns)
    for row in table.rows:
        reading.take(row)
    rest, remedy = "further rows are not understood", "mend or remove them"
    told = summarise(reading.problems, path.name, rest, remedy)
    meant = f'"{_SECOND}"'  # two columns of one name are what the table is to have
    others = [problem for problem in table.problems if meant not in problem.problem]
    return Verdicts(tuple(dict.fromkeys(reading.found)), (*others, *told))


def _columns(table: Metadata) -> dict[str, str]:
    """The column of each name, "" where there is none; the second image is called other."""
    wanted = ("image", "verdict", *_OPTIONAL)
    found = {name: find_column(table.columns, name) or "" for name in wanted}
    second = find_column(table.columns, _SECOND) or find_column(table.columns, "other")
    return {**found, "other": second or ""}


class _Reading:
    """A table under way."""

    def __init__(self, table: Metadata, corpus: Corpus, columns: Mapping[str, str]) -> None:
        self._file, self._columns, self._find = table.file, columns, finder(corpus)
        self._images = corpus.images
        self.found: list[PairVerdict] = []
        self.problems: list[Problem] = []

    def take(self, row: Row) -> None:
        """Use one row, or say why not."""
        cells = {name: row.cells[of] if of else "" for name, of in self._columns.items()}
        verdict = cells["verdict"].strip().casefold()
        if not verdict:
            return
        if verdict not in VERDICTS:
            what = f'the verdict "{cells["verdict"]}" is unknown'
            self._tell(row, what, did_you_mean(verdict, VERDICTS))
            return
        ids = [self._id(row, cells[name]) for name in ("image", "other")]
        if ids[0] and ids[0] == ids[1]:
            self._tell(row, "an image is judged beside itself", "name another image")
        elif all(ids):
            said = {name: cells[name] for name in _OPTIONAL}
            self.found.append(PairVerdict(ids[0], ids[1], verdict, **said))

    def _id(self, row: Row, name: str) -> str:
        found = self._find(name) if name else []
        if len(found) == 1:
            return self._images[found[0]].id
        if not name:
            self._tell(row, "an image is not named", "write its id")
        elif found:
            what = f'{len(found)} images are called "{name}"'
            self._tell(row, what, "write its id, or its path inside the images folder")
        else:
            what = f'no image is called "{name}"'
            self._tell(row, what, "write the id of an image, or remove the line if it is gone")
        return ""

    def _tell(self, row: Row, what: str, remedy: str) -> None:
        self.problems.append(Problem(self._file, f"line {row.line}: {what}", remedy))
