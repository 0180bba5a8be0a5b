"""versions.csv: the pictures that images had before another took their place.

Written beside the register by every build that finds another picture at a known path, and committed
with it, so that an image's page can say what it showed, and when.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from builder.corpus.natural import natural_key
from builder.corpus.register import Entry, csv_text
from builder.corpus.types import FormerPicture
from builder.errors import CorpusError

FILE = "versions.csv"
COLUMNS = ("id", "sha256", "path", "since", "until")

_REMEDY = "mend that line, or restore the file from an earlier version"


def extended(
    former: Sequence[FormerPicture], replaced: Sequence[Entry], today: str
) -> tuple[FormerPicture, ...]:
    """The history with what was replaced today added, by id and in the order of time.

    Args:
        former: as it was read.
        replaced: entries of the register as they were until today.
        today: ISO date.
    """
    ends = {one.id: one.until for one in former}
    new = [
        FormerPicture(e.id, e.sha256, e.path, ends.get(e.id, e.first_seen), today) for e in replaced
    ]
    return tuple(sorted([*former, *new], key=lambda one: natural_key(one.id)))


def renamed(former: Sequence[FormerPicture], old: str, new: str) -> tuple[FormerPicture, ...]:
    """The history of an image that has another id now."""
    moved = [
        FormerPicture(new if one.id == old else one.id, *list(vars(one).values())[1:])
        for one in former
    ]
    return tuple(sorted(moved, key=lambda one: natural_key(one.id)))


def history_text(former: Sequence[FormerPicture]) -> str:
    """The file: a line for each picture that was."""
    return csv_text([COLUMNS, *([*vars(one).values()] for one in former)])


def read_history(path: Path) -> tuple[FormerPicture, ...]:
    """Read versions.csv; a missing one is empty.

    Raises:
        CorpusError: it is malformed; the line is named.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise CorpusError("is not UTF-8", path.name, _REMEDY) from error
    except OSError as error:
        raise CorpusError(
            f"cannot be read ({error.strerror})", path.name, "make it readable"
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise _fault(path, reader.line_num, str(error)) from error
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise _fault(path, 1, f"the columns should be {','.join(COLUMNS)}")
    return tuple(_row(path, line, row) for line, row in rows[1:])


def _row(path: Path, line: int, row: list[str]) -> FormerPicture:
    if len(row) != len(COLUMNS):
        raise _fault(path, line, f"has {len(row)} cells, not {len(COLUMNS)}")
    if not re.fullmatch(r"[0-9a-f]{64}", row[1]):
        raise _fault(path, line, "sha256 is not 64 hexadecimal digits")
    for day in row[3:]:
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise _fault(path, line, f'"{day}" is not a date such as 2026-11-24') from error
    return FormerPicture(*row)


def _fault(path: Path, line: int, what: str) -> CorpusError:
    return CorpusError(f"line {line}: {what}", path.name, _REMEDY)
