"""The table of metadata, added to by commands that bring images: nothing in it is ever lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from builder.corpus.metadata import find_column, read_metadata
from builder.corpus.types import inert
from builder.errors import CorpusError
from builder.settings import Settings
from builder.workspace import write_if_changed


class MetadataFile:
    """Rows by column, as they will be written.

    Args:
        catalogue: its folder.
        settings: of the catalogue.

    Raises:
        CorpusError: there is a table that would not survive: it is no table, or has lines with too
            many cells.
    """

    def __init__(self, catalogue: Path, settings: Settings) -> None:
        self._name = settings.metadata.file
        self._path = catalogue / self._name
        table = read_metadata(self._path, settings.metadata.model_copy())
        if table.rows and table.problems:
            first = table.problems[0]
            raise CorpusError(first.problem, self._name, f"{first.remedy}, before rows are added")
        self.columns = list(table.columns)
        self.rows: list[dict[str, str]] = [dict(row.cells) for row in table.rows]
        known = table.roles.get("filename")
        self.filename = known or find_column(table.columns, "filename") or "filename"
        self._there = bool(self.rows)

    def add_columns(self, columns: Iterable[str]) -> None:
        """Add columns that are not there yet, in whatever case."""
        for column in columns:
            if find_column(self.columns, column) is None:
                self.columns.append(column)

    def named(self, column: str) -> str:
        """A column as the table writes its name."""
        return find_column(self.columns, column) or column

    def add(self, row: Mapping[str, str]) -> None:
        """Add a row."""
        self.add_columns(row)
        self.rows.append({self.named(column): text for column, text in row.items()})

    def save(self) -> None:
        """Write the table, if it changed.

        Raises:
            OutputError: it cannot be written.
        """
        if not self.rows:
            return
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(map(inert, self.columns))
        for row in self.rows:
            writer.writerow([inert(row.get(column, "")) for column in self.columns])
        write_if_changed(self._path, out.getvalue())
