"""alignments.csv: pairs of images laid over each other by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from builder.corpus.groups import finder
from builder.corpus.metadata import Metadata, Row, find_column, read_metadata
from builder.corpus.problems import did_you_mean, summarise
from builder.corpus.types import Corpus
from builder.errors import CorpusError, Problem
from builder.settings import MetadataSettings

MODELS = ("similarity", "affine", "homography")

NUMBERS = tuple(f"m{row}{column}" for row in (1, 2, 3) for column in (1, 2, 3))

COLUMNS = ("image", "image", "model", *NUMBERS)
"""Columns that a row needs, two of the same name; who, when and note may stand beside them."""

_SECOND = "image (2)"  # what the reader of tables calls the second of that name
_LEAST = 1e-9  # of the area that a map leaves, or the picture would be a line


@dataclass(frozen=True)
class ByHand:
    """One pair laid over each other by hand.

    Attributes:
        a, b: rows of the corpus.
        model: one of `MODELS`.
        matrix: nine numbers by row, the last of them 1, from pixels of a to pixels of b.
    """

    a: int
    b: int
    model: str
    matrix: tuple[float, ...]
    who: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class HandMade:
    """The rows that can be understood, in the table's order, and what is wrong with the others."""

    rows: tuple[ByHand, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_alignments(path: Path, corpus: Corpus) -> HandMade:
    """Read a table with the columns of `COLUMNS` and, if wanted, who, when and note.

    Images are named by id, path or file name, as in groups.csv; the second column of images may
    also be called other. Of several rows on one pair the last counts. No table is an empty one;
    nothing is raised: a row, or a table, that cannot be understood is a problem.
    """
    if not path.exists():
        return HandMade()
    try:
        table = read_metadata(path, MetadataSettings(file=path.name))
    except CorpusError as error:
        return HandMade(problems=(Problem(path.name, error.what, error.remedy),))
    columns = _columns(table)
    missing = [name for name, column in columns.items() if not column and name not in _OPTIONAL]
    if missing:
        what = "has no column " + " and none ".join(f'"{name}"' for name in missing)
        remedy = "give it the columns " + ", ".join(COLUMNS) + " and, if wanted, who, when, note"
        return HandMade(problems=(Problem(path.name, what, remedy),))
    reading = _Reading(table, corpus, columns)
    for row in table.rows:
        reading.take(row)
    rest, remedy = "further rows are not understood", "mend or remove them"
    told = summarise(reading.problems, path.name, rest, remedy)
    meant = f'"{_SECOND}"'  # two columns of one name are what the table is to have
    others = [problem for problem in table.problems if meant not in problem.problem]
    return HandMade(tuple(reading.found.values()), (*others, *told))


_OPTIONAL = ("who", "when", "note")


def _columns(table: Metadata) -> dict[str, str]:
    """The column of each name, "" where there is none; the second image is called other."""
    wanted = ("image", "model", *NUMBERS, *_OPTIONAL)
    found = {name: find_column(table.columns, name) or "" for name in wanted}
    second = find_column(table.columns, _SECOND) or find_column(table.columns, "other")
    return {"image": found.pop("image"), "other": second or "", **found}


class _Reading:
    """A table under way."""

    def __init__(self, table: Metadata, corpus: Corpus, columns: Mapping[str, str]) -> None:
        self._file, self._columns, self._find = table.file, columns, finder(corpus)
        self.found: dict[tuple[int, int], ByHand] = {}
        self.problems: list[Problem] = []

    def take(self, row: Row) -> None:
        """Use one row, or say why not."""
        cells = {name: row.cells[of] if of else "" for name, of in self._columns.items()}
        rows = [self._row(row, cells[name]) for name in ("image", "other")]
        matrix = self._matrix(row, cells)
        model = cells["model"].casefold()
        if model not in MODELS:
            what = f'the model "{cells["model"]}" is unknown'
            self._tell(row, what, did_you_mean(model, MODELS))
        elif matrix is not None and rows[0] is not None and rows[1] is not None:
            if rows[0] == rows[1]:
                self._tell(row, "an image is laid over itself", "name another image")
                return
            said = {name: cells[name] for name in _OPTIONAL}
            pair = min(rows[0], rows[1]), max(rows[0], rows[1])
            self.found[pair] = ByHand(rows[0], rows[1], model, matrix, **said)

    def _row(self, row: Row, name: str) -> int | None:
        found = self._find(name) if name else []
        if len(found) == 1:
            return found[0]
        if not name:
            self._tell(row, "an image is not named", "write its id")
        elif found:
            what = f'{len(found)} images are called "{name}"'
            self._tell(row, what, "write its id, or its path inside the images folder")
        else:
            what = f'no image is called "{name}"'
            self._tell(row, what, "write the id of an image, or remove the line if it is gone")
        return None

    def _matrix(self, row: Row, cells: Mapping[str, str]) -> tuple[float, ...] | None:
        """The nine numbers, the last made 1; None if they are no map."""
        numbers = []
        for name in NUMBERS:
            try:
                numbers.append(float(cells[name]))
            except ValueError:
                what = f'{name} is no number: "{cells[name]}"'
                self._tell(row, what, "copy the line from the compare page again")
                return None
        if not all(math.isfinite(number) for number in numbers) or abs(numbers[8]) < _LEAST:
            self._tell(row, "the map is not finite", "copy the line from the compare page again")
            return None
        matrix = np.array(numbers) / numbers[8]
        if abs(np.linalg.det(matrix.reshape(3, 3))) < _LEAST or not np.isfinite(matrix).all():
            what = "the map would press the picture into a line"
            self._tell(row, what, "copy the line from the compare page again")
            return None
        return tuple(float(number) for number in matrix)

    def _tell(self, row: Row, what: str, remedy: str) -> None:
        self.problems.append(Problem(self._file, f"line {row.line}: {what}", remedy))
