"""Read the table that describes the pictures, whatever wrote it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from builder.corpus.problems import did_you_mean, summarise
from builder.errors import CorpusError, Problem, SettingsError
from builder.settings import FILE_NAME, MetadataSettings

ROLES = ("id", "filename", "title", "source", "date", "access")

_DELIMITERS = (",", ";", "\t")
_SAMPLE_ROWS = 200
_LARGEST_FIELD = 2**31 - 1
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], " ")
_AS_UTF8 = 'save it as UTF-8 (in a spreadsheet: "CSV UTF-8")'
_SEP_LINE = re.compile(r"sep=(.)\r?\n?")


@dataclass(frozen=True)
class Row:
    """One line of the table: the line that it begins in, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Metadata:
    """The table of metadata.

    Attributes:
        file: its name, for messages.
        columns: distinct labels in the file's order.
        rows: those that hold anything; each has a cell, maybe empty, for every column.
        roles: each of `ROLES` -> its column, where there is one.
        problems: rows and columns that are not as they should be, though they are used.
    """

    file: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_metadata(path: Path, settings: MetadataSettings) -> Metadata:
    """Read a CSV file with a header line: comma, semicolon or tab; UTF-8 with or without BOM.

    A file that is missing, and was not named in the settings, is an empty table.

    Raises:
        CorpusError: it is missing, unreadable, not UTF-8 (line and byte are named), or no table.
        SettingsError: a column named in the settings does not exist.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        if "file" not in settings.model_fields_set:
            return Metadata()
        remedy = f"make it, or correct metadata.file in {FILE_NAME}"
        raise CorpusError("there is no such file of metadata", settings.file, remedy) from error
    except OSError as error:
        raise CorpusError(
            f"cannot be read ({error.strerror})", settings.file, "make it readable"
        ) from error
    text = _decode(data, settings.file)
    return _table(text, settings)


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\3\4", "")):
        if data.startswith(mark):
            what = f"is {encoding}, not UTF-8" if encoding else "is a workbook, not a CSV file"
            raise CorpusError(what, name, _AS_UTF8)
    if b"\0" in data:
        if data[1:200:2].count(0) > 50 or data[0:200:2].count(0) > 50:
            raise CorpusError("looks like UTF-16, not UTF-8", name, _AS_UTF8)
        line, position = _place(data, data.index(b"\0"))
        raise CorpusError(f"line {line} holds a NUL byte at position {position}", name, _AS_UTF8)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bom = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        start = error.start + bom
        line, position = _place(data, start)
        raise CorpusError(
            f"is not UTF-8: line {line}, byte 0x{data[start]:02x} at position {position}",
            name,
            _AS_UTF8,
        ) from error


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and byte within it, both from 1; CR, LF and CR LF end lines."""
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1


def _table(text: str, settings: MetadataSettings) -> Metadata:
    skipped = 0
    first = _SEP_LINE.match(text)  # a hint that spreadsheets write, and hide
    if first:
        text, skipped = text[first.end() :], 1
    delimiter = first[1] if first else _delimiter(text)
    rows = [(line + skipped, row) for line, row in _rows(text, delimiter)]
    problems = _open_quote(text, delimiter, rows, settings.file)
    if not rows:
        remedy = "add a header line, or remove the file"
        return Metadata(settings.file, problems=(Problem(settings.file, "is empty", remedy),))
    header, *body = rows
    columns, column_problems = _columns(header, body, settings.file)
    taken, row_problems = _fill(columns, body, settings.file)
    if not taken:
        remedy = "add a row for each image"
        row_problems = [Problem(settings.file, "has a header line but no rows", remedy)]
    return Metadata(
        file=settings.file,
        columns=tuple(column for column in columns if column),
        rows=tuple(taken),
        roles=_roles([column for column in columns if column], settings),
        problems=(*problems, *column_problems, *row_problems),
    )


@contextmanager
def _large_fields() -> Iterator[None]:
    before = csv.field_size_limit(_LARGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(text: str, delimiter: str, most: int | None = None) -> list[tuple[int, list[str]]]:
    """Rows that are not blank lines, each with the line that it begins in."""
    rows = []
    with _large_fields():
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        line = 1
        for row in reader:
            if row:
                rows.append((line, row))
            if most is not None and len(rows) >= most:
                break
            line = reader.line_num + 1
    return rows


def _delimiter(text: str) -> str:
    """The delimiter under which most rows have as many cells as the header; ties: more cells."""

    def fitness(delimiter: str) -> tuple[bool, float, int]:
        rows = [row for _, row in _rows(text, delimiter, _SAMPLE_ROWS)]
        width = len(rows[0]) if rows else 1
        fitting = sum(len(row) == width for row in rows) / max(1, len(rows))
        return width > 1, fitting, width

    return max(_DELIMITERS, key=fitness)


def _open_quote(
    text: str, delimiter: str, rows: list[tuple[int, list[str]]], name: str
) -> list[Problem]:
    """A quotation mark that is never closed swallows all lines after it: say so."""
    with _large_fields():
        try:
            for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
                pass
        except csv.Error as error:
            if "unexpected end of data" in str(error) and rows:
                what = f"line {rows[-1][0]}: a quotation mark is opened here and never closed"
                return [Problem(name, what, "close it, or double it if it belongs to the text")]
    return []


def _columns(
    header: tuple[int, list[str]], body: list[tuple[int, list[str]]], name: str
) -> tuple[list[str], list[Problem]]:
    """Distinct labels, "" for a nameless column without values."""
    line, cells = header
    labels = [_clean(cell) for cell in cells]
    if not any(labels):
        raise CorpusError(
            f"line {line}, the header, names no column", name, "write the columns' names there"
        )
    problems: list[Problem] = []
    columns: list[str] = []
    for number, label in enumerate(labels):
        if not label and any(_clean(row[number]) for _, row in body if number < len(row)):
            what, label = f"column {number + 1} has no name", f"column {number + 1}"
            problems.append(Problem(name, what, "name it in the header line"))
        given = _distinct(label, columns) if label else ""
        if given != label:
            what = f'two columns are called "{label}"; the second is taken as "{given}"'
            problems.append(Problem(name, what, "rename one of them"))
        columns.append(given)
    return columns, problems


def _distinct(label: str, taken: list[str]) -> str:
    number, given = 1, label
    while given in taken:
        number += 1
        given = f"{label} ({number})"
    return given


def _fill(
    columns: list[str], body: list[tuple[int, list[str]]], name: str
) -> tuple[list[Row], list[Problem]]:
    rows, odd = [], []
    while columns and not columns[-1]:  # delimiters at the ends of lines
        columns.pop()
    for line, row in body:
        cells = [_clean(cell) for cell in row]
        if not any(cells):
            continue
        while len(cells) > len(columns) and not cells[-1]:
            cells.pop()
        if len(cells) != len(columns):
            count = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
            what = f"line {line} has {count}, the header has {len(columns)}"
            odd.append(Problem(name, what, "check its delimiters and quotation marks"))
        cells += [""] * (len(columns) - len(cells))
        rows.append(Row(line, {c: cell for c, cell in zip(columns, cells, strict=False) if c}))
    rest = "further lines have too many or too few cells"
    return rows, summarise(odd, name, rest, "check their delimiters and quotation marks")


def _clean(cell: str) -> str:
    """Composed Unicode without control characters and outer blanks."""
    return unicodedata.normalize("NFC", cell.translate(_CONTROLS)).strip()


def _roles(columns: list[str], settings: MetadataSettings) -> dict[str, str]:
    roles = {}
    for role in ROLES:
        wanted = getattr(settings, role)
        column = find_column(columns, wanted)
        if column is not None:
            roles[role] = column
        elif wanted and role in settings.model_fields_set:
            raise SettingsError(
                f'setting "metadata.{role}" names the column "{wanted}", '
                f"which {settings.file} does not have",
                FILE_NAME,
                did_you_mean(wanted, columns),
            )
    return roles


def find_column(columns: list[str] | tuple[str, ...], wanted: str) -> str | None:
    """The column of that name: exactly, else whatever its case; None if there is none."""
    wanted = _clean(wanted)
    if not wanted:
        return None
    if wanted in columns:
        return wanted
    return next((c for c in columns if c.casefold() == wanted.casefold()), None)
