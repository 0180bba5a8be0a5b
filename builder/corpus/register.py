"""The register: the committed table that keeps ids permanent.

One line an id that was ever published. It is written by us and may be edited by hand, though
`volvelle register` does it without slips; a register that cannot be understood is refused, never
overwritten. Registers of earlier forms, which end with redirect_to or title, are read too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from builder.corpus.natural import natural_key
from builder.corpus.types import inert
from builder.errors import CorpusError
from builder.settings import Access

Status = Literal["present", "removed", "redirect"]

FIRST_COLUMNS = ("id", "path", "sha256", "first_seen", "status", "redirect_to")
COLUMNS = (*FIRST_COLUMNS, "date", "reason", "title")
ALL_COLUMNS = (*COLUMNS, "rights")
"""The last is written only where a picture is not open."""

_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REMEDY = "mend that line, or restore the register from an earlier version"


@dataclass(frozen=True)
class Entry:
    """One id for ever.

    Attributes:
        id: the slug in the image's address.
        path: where the file is or was last, relative to the images folder.
        sha256: hash of its last known content.
        first_seen: ISO date of the build that gave the id.
        status: present, removed (its page says so) or redirect (its page leads on).
        redirect_to: the id that took its place, for a redirect; the ids to see instead, with
            spaces between, for a removed one.
        date: ISO date of the build or command that removed or redirected it.
        reason: why, in somebody's words. What was removed for a reason never returns by itself.
        title: what the image was called last, for the page that stays.
        rights: what of its picture may be shown, or could be while it was there.
    """

    id: str
    path: str
    sha256: str
    first_seen: str
    status: Status
    redirect_to: str = ""
    date: str = ""
    reason: str = ""
    title: str = ""
    rights: Access = "open"

    @property
    def successors(self) -> tuple[str, ...]:
        """The ids to see instead."""
        return tuple(self.redirect_to.split())

    @property
    def withdrawn(self) -> bool:
        """Whether somebody removed it on purpose."""
        return self.status == "removed" and bool(self.reason)


@dataclass(frozen=True)
class Register:
    """All ids ever given, in natural order."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Every entry by its id."""
        return {entry.id: entry for entry in self.entries}

    def end_of(self, id_: str) -> str:
        """Where an id's redirects lead in the end; the id itself if it is no redirect."""
        while (entry := self.by_id.get(id_)) and entry.status == "redirect":
            id_ = entry.redirect_to
        return id_


def read_register(path: Path) -> Register:
    """Read register.csv; a missing one is empty.

    Raises:
        CorpusError: it is malformed; the line is named.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Register()
    except OSError as error:
        raise CorpusError(
            f"cannot be read ({error.strerror})", path.name, "make it readable"
        ) from error
    reader = _Reader(path.name)
    return Register(_sorted(reader.read(data)))


def write_register(register: Register) -> str:
    """The register as CSV text: natural order of ids, line feeds, the same bytes every time."""
    open_ = all(entry.rights == "open" for entry in register.entries)
    columns = COLUMNS if open_ else ALL_COLUMNS
    rows = [[_told(entry, column) for column in columns] for entry in _sorted(register.entries)]
    return csv_text([columns, *rows])


def _told(entry: Entry, column: str) -> str:
    """A cell; what people wrote is no formula to a spreadsheet."""
    text = str(getattr(entry, column))
    return inert(text) if column in ("reason", "title") else text


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV with line feeds."""
    return "".join(map(_line, rows))


def _line(row: Sequence[str]) -> str:
    """One line of CSV. The writer quotes a CR only if its own line ends hold one."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(row)
    return text.getvalue().removesuffix("\r\n") + "\n"


def _sorted(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: natural_key(entry.id)))


@dataclass(frozen=True)
class _Reader:
    """Reads one register, checking every line."""

    name: str

    def read(self, data: bytes) -> tuple[Entry, ...]:
        rows = self._rows(data)
        header = next(rows, None)
        if header is None or tuple(header[1]) not in (ALL_COLUMNS, COLUMNS, FIRST_COLUMNS):
            raise self._header_fault(header[1] if header else [])
        width = len(header[1])
        entries: dict[str, Entry] = {}
        lines: dict[str, int] = {}
        paths: dict[str, int] = {}
        for line, row in rows:
            entry = self._entry(line, row, width)
            if entry.id in entries:
                raise self._fault(
                    line, f'the id "{entry.id}" stands in line {lines[entry.id]} already'
                )
            if entry.status == "present":
                if entry.path in paths:
                    raise self._fault(
                        line, f'the path "{entry.path}" stands in line {paths[entry.path]} already'
                    )
                paths[entry.path] = line
            entries[entry.id], lines[entry.id] = entry, line
        self._check_redirects(entries, lines)
        return tuple(entries.values())

    def _rows(self, data: bytes) -> Iterator[tuple[int, list[str]]]:
        """The rows that hold anything, each with the line that it begins in."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self._fault(line, "is not UTF-8") from error
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            for row in reader:
                if row and row[0].startswith(_MARKS):
                    raise self._unmerged(line, row[0])
                if row:
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise self._fault(line, str(error)) from error

    def _entry(self, line: int, row: list[str], width: int) -> Entry:
        if len(row) != width:
            raise self._fault(line, f"has {len(row)} cells, not {width}")
        padded = [*row, *[""] * (len(ALL_COLUMNS) - width)]
        id_, path, sha256, first_seen, status, to, day, reason, title, rights = padded
        if not _ID.fullmatch(id_):
            raise self._fault(line, f'"{id_}" is not an id of a-z, 0-9 and single hyphens')
        if not _SHA256.fullmatch(sha256):
            raise self._fault(line, "sha256 is not 64 hexadecimal digits")
        if not _is_date(first_seen):
            raise self._fault(line, f'first_seen is "{first_seen}", not a date such as 2026-11-24')
        if day and not _is_date(day):
            raise self._fault(line, f'date is "{day}", not a date such as 2026-11-24')
        if status not in get_args(Status):
            raise self._fault(line, f'status is "{status}", not present, removed or redirect')
        if rights and rights not in get_args(Access):
            raise self._fault(line, f'rights is "{rights}", not {", ".join(get_args(Access))}')
        self._check_successors(line, status, to)
        return Entry(
            id_,
            path,
            sha256,
            first_seen,
            status,  # type: ignore[arg-type]
            to,
            day,
            reason.strip(" "),
            title.strip(" "),
            rights or "open",  # type: ignore[arg-type]
        )

    def _check_successors(self, line: int, status: str, to: str) -> None:
        if status == "redirect" and len(to.split()) != 1:
            raise self._fault(line, "a redirect needs one id in redirect_to")
        if status == "present" and to:
            raise self._fault(line, "redirect_to belongs to what is removed or redirected")

    def _check_redirects(self, entries: dict[str, Entry], lines: dict[str, int]) -> None:
        """Every id to see instead is known, and none leads back to where it came from."""
        done: set[str] = set()
        for entry in entries.values():
            for to in entry.successors:
                if to not in entries:
                    raise self._fault(lines[entry.id], f'redirects to "{to}", which is no known id')
        for start in entries:
            passed: list[str] = []
            open_ = [(start, 0)]
            while open_:
                id_, depth = open_.pop()
                del passed[depth:]
                if id_ in passed:
                    raise self._fault(lines[id_], "its redirects lead round in a circle")
                if id_ in done:
                    continue
                passed.append(id_)
                open_ += [(to, depth + 1) for to in entries[id_].successors]
            done.add(start)

    def _header_fault(self, header: list[str]) -> CorpusError:
        wrong = [name for name in header if name not in ALL_COLUMNS]
        gone = [name for name in FIRST_COLUMNS if name not in header]
        said = f"the columns should be {','.join(COLUMNS)}"
        if gone:
            said += f" ({', '.join(gone)} {'is' if len(gone) == 1 else 'are'} missing)"
        elif wrong:
            said += f" ({', '.join(wrong)} {'does' if len(wrong) == 1 else 'do'} not belong there)"
        return self._fault(1, said)

    def _unmerged(self, line: int, text: str) -> CorpusError:
        return CorpusError(
            f'line {line}: holds the mark of an unfinished merge ("{text[:40]}")',
            self.name,
            "keep the lines of both sides, each id once, and remove the marks",
        )

    def _fault(self, line: int, what: str) -> CorpusError:
        return CorpusError(f"line {line}: {what}", self.name, _REMEDY)


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
