"""Bring together files, metadata and register into a Corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from builder.corpus.dates import parse_date, says_undated
from builder.corpus.facets import MOST, choose_facets
from builder.corpus.history import extended
from builder.corpus.identities import RegisterUpdate, update
from builder.corpus.join import join
from builder.corpus.metadata import Metadata, find_column
from builder.corpus.natural import natural_key
from builder.corpus.problems import did_you_mean, summarise
from builder.corpus.questions import Answer, refusal
from builder.corpus.register import Register
from builder.corpus.rights import with_access
from builder.corpus.types import Corpus, DateSpan, FormerPicture, Image, ReadFile, Tombstone
from builder.errors import CorpusError, Problem, SettingsError
from builder.settings import FILE_NAME, Settings

SOURCE = "source"
REGISTER = "register.csv"
_TOLD = 10  # dates named in the report


def assemble(
    files: Sequence[ReadFile],
    metadata: Metadata | None,
    register: Register,
    settings: Settings,
    today: str,
    unreadable: Sequence[str] = (),
    former: Sequence[FormerPicture] = (),
    answers: Iterable[Answer] = (),
) -> tuple[Corpus, Register]:
    """The corpus of all readable images, and the register to be written with it.

    Args:
        files: every picture that could be decoded; paths are distinct.
        metadata: the table, None or empty if there is none.
        register: as it was read.
        settings: of the catalogue.
        today: ISO date, for ids given now.
        unreadable: paths of files and folders that could not be read this time; what the register
            says of them stays.
        former: pictures that images had before.
        answers: what questions about identities are settled by.

    Raises:
        QuestionError: which image is which cannot be told from the files.
        CorpusError: there is no image at all.
        SettingsError: a facet is no column.
    """
    _check_some(files, settings)
    table = metadata or Metadata()
    facets = _named_facets(table, settings)
    ordered = sorted(files, key=lambda file: natural_key(file.path))
    joined = join(table, [file.path for file in ordered], unreadable)
    cells = {path: row.cells for path, row in joined.rows.items()}
    updated = _updated(register, ordered, _wanted(table, cells), today, unreadable, answers)
    reader = _Reader(table, facets or ())
    images = reader.images(ordered, updated.ids, cells)
    _check_some(images, settings)
    images, unclear = with_access(images, reader.access(cells), settings.rights, table.file)
    odd = _about_ids(updated.problems, table.file or settings.images.folder)
    known = _remembered(updated.register, images)
    corpus = Corpus(
        images=images,
        tombstones=_tombstones(known, {image.id for image in images}),
        columns=reader.used(images),
        facets=_guessed_facets(reader, images) if facets is None else facets,
        problems=(*table.problems, *joined.problems, *odd, *unclear, *reader.report()),
        former=extended(former, updated.replaced, today),
    )
    return corpus, known


def _updated(
    register: Register,
    files: Sequence[ReadFile],
    wanted: Mapping[str, str],
    today: str,
    unreadable: Sequence[str],
    answers: Iterable[Answer],
) -> RegisterUpdate:
    """The register brought up to date; raises QuestionError where something must be said first."""
    found = [(file.path, file.sha256) for file in files]
    updated = update(register, found, wanted, today, unreadable, answers)
    if updated.questions:
        raise refusal(updated.questions, REGISTER)
    return updated


def readable(path: str) -> str:
    """A file's name as a title: without folder and extension, underscores as spaces."""
    name = PurePosixPath(path)
    return re.sub(r"[_\s]+", " ", name.stem).strip() or name.name


@dataclass
class _Reader:
    """Turns files and their cells into images; keeps the dates that it did not understand."""

    table: Metadata
    facets: tuple[str, ...]
    odd_dates: list[str] = field(default_factory=list)
    dated: int = 0

    def images(
        self,
        files: Sequence[ReadFile],
        ids: Mapping[str, str],
        cells: Mapping[str, Mapping[str, str]],
    ) -> tuple[Image, ...]:
        """The images of all files that have an id."""
        return tuple(
            self.image(file, ids[file.path], cells.get(file.path, {}))
            for file in files
            if file.path in ids
        )

    def image(self, file: ReadFile, id_: str, cells: Mapping[str, str]) -> Image:
        date_text = self._cell(cells, "date")
        date = parse_date(date_text)
        if date_text and not says_undated(date_text):
            self.dated += 1
            if date is None:
                self.odd_dates.append(date_text)
        return Image(
            id=id_,
            path=file.path,
            sha256=file.sha256,
            width=file.width,
            height=file.height,
            title=" ".join(self._cell(cells, "title").split()) or readable(file.path),
            source=self._cell(cells, "source"),
            date=date,
            fields=self._fields(cells, date),
            notes=file.notes,
        )

    def access(self, cells: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """What is said of rights, by path."""
        return {path: self._cell(row, "access") for path, row in cells.items()}

    def used(self, images: Sequence[Image]) -> tuple[str, ...]:
        """The columns that say anything about any image."""
        labels = {label for image in images for label in image.fields}
        return tuple(column for column in self.table.columns if column in labels)

    def report(self) -> list[Problem]:
        if not self.odd_dates:
            return []
        texts = list(dict.fromkeys(self.odd_dates))
        some = ", ".join(f'"{text[:40]}"' for text in texts[:_TOLD])
        more = f" and {len(texts) - _TOLD:,} more" if len(texts) > _TOLD else ""
        what = f"{len(self.odd_dates):,} of {self.dated:,} dates could not be read: {some}{more}"
        remedy = 'write dates as 1482, 1275-1300, "c. 1450", "s. XIV ex.", "300 BCE" or "AH 650"'
        return [Problem(self.table.file, what, remedy)]

    def _cell(self, cells: Mapping[str, str], role: str) -> str:
        return cells.get(self.table.roles.get(role, ""), "")

    def _fields(self, cells: Mapping[str, str], date: DateSpan | None) -> dict[str, str]:
        roles = self.table.roles
        told = {column for column in roles.values() if column not in self.facets}
        if date is None:  # better the words of a date than nothing
            told.discard(roles.get("date", ""))
        told.add(roles.get(SOURCE, ""))
        return {
            column: cells[column]
            for column in self.table.columns
            if cells.get(column) and column not in told
        }


def _check_some(found: Sequence[object], settings: Settings) -> None:
    if found:
        return
    raise CorpusError(
        "there are no images that can be read",
        settings.images.folder,
        "put jpg, png, tif, bmp, webp or gif files there, or name another folder as "
        f"images.folder in {FILE_NAME}",
    )


def _about_ids(problems: Sequence[Problem], path: str) -> list[Problem]:
    rest = "further images could not get the id that was asked for"
    return summarise(problems, path, rest, "compare the metadata's ids with register.csv")


def _wanted(table: Metadata, cells: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The id that the metadata asks for, by path."""
    column = table.roles.get("id", "")
    return {path: row[column] for path, row in cells.items() if row.get(column)}


def _named_facets(table: Metadata, settings: Settings) -> tuple[str, ...] | None:
    """The facets named in the settings as labels, each once; None if none are named."""
    if settings.metadata.facets is None:
        return None
    facets = []
    for wanted in settings.metadata.facets:
        column = find_column(table.columns, wanted)
        if wanted == SOURCE and SOURCE in table.roles:
            column = table.roles[SOURCE]
        if column is None:
            raise SettingsError(
                f'setting "metadata.facets" names the column "{wanted}", '
                f"which {settings.metadata.file} does not have",
                FILE_NAME,
                did_you_mean(wanted, table.columns),
            )
        facets.append(SOURCE if column == table.roles.get(SOURCE) else column)
    return tuple(dict.fromkeys(facets))


def _guessed_facets(reader: _Reader, images: Sequence[Image]) -> tuple[str, ...]:
    first = [SOURCE] if any(image.source for image in images) else []
    columns = [c for c in reader.used(images) if c != reader.table.roles.get("date")]
    rows = [image.fields for image in images]
    return (*first, *choose_facets(columns, rows, MOST - len(first)))


def _remembered(register: Register, images: Sequence[Image]) -> Register:
    """The register with what the page that stays needs: titles, and what may be shown."""
    now = {image.id: image for image in images}
    return Register(
        tuple(
            replace(one, title=image.title, rights=image.access)
            if (image := now.get(one.id))
            else one
            for one in register.entries
        )
    )


def _tombstones(register: Register, shown: set[str]) -> tuple[Tombstone, ...]:
    """Every address ever given that has no image now."""
    return tuple(
        Tombstone(
            entry.id,
            entry.path,
            entry.sha256,
            entry.first_seen,
            register.end_of(entry.redirect_to) if entry.status == "redirect" else "",
            unreadable=entry.status == "present",
            title=entry.title,
            date=entry.date,
            reason=entry.reason,
            successors=entry.successors if entry.status == "removed" else (),
            access=entry.rights,
        )
        for entry in register.entries
        if entry.id not in shown
    )
