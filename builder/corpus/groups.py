"""groups.csv: which images show the same, as far as anybody knows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.corpus.metadata import Metadata, Row, find_column, read_metadata
from builder.corpus.problems import summarise
from builder.corpus.scan import is_picture_name
from builder.corpus.slugs import slug
from builder.corpus.types import Corpus
from builder.errors import CorpusError, Problem
from builder.settings import MetadataSettings

FILE = "groups.csv"
GRADES = {"exact": 3, "partial": 2, "semantic": 1}
"""Words of the column `relation`, and how much they weigh in a graded measure."""

_IMAGE = ("image", "image_id", "id", "filename", "file", "path")
_GROUP = ("group", "group_id")
_RELATION = "relation"


@dataclass(frozen=True)
class Member:
    """Image `row` of the corpus belongs to a group, as exactly as its grade (3, 2 or 1) says."""

    row: int
    group: str
    grade: int = 3


@dataclass(frozen=True)
class Groups:
    """What the table says of the images that there are.

    Attributes:
        members: in the table's order; an image may be in several groups.
        graded: whether there is a column of relations.
        problems: rows that name no image, or say what nobody understands.
    """

    members: tuple[Member, ...]
    graded: bool = False
    problems: tuple[Problem, ...] = ()


def read_groups(path: Path, corpus: Corpus) -> Groups:
    """Read a table with the columns image, group and, if wanted, relation.

    `image` is an id, a path inside the images folder, or a file name that only one image has,
    with or without its extension. Rows without a group say nothing. The column of images may also
    be called image_id, id, filename, file or path, so that a table of metadata that has a column
    `group` serves as it is.

    Raises:
        CorpusError: the file is missing, unreadable or no such table, or names no image at all.
    """
    name = path.name
    if not path.is_file():
        remedy = 'write a CSV file with the columns "image" and "group"'
        raise CorpusError("there is no such file of groups", str(path), remedy)
    table = read_metadata(path, MetadataSettings(file=name))
    reading = _Reading(table, corpus)
    for row in table.rows:
        reading.take(row)
    if not reading.members:
        raise _nothing(name, reading.unknown)
    problems = (*table.problems, *reading.problems())
    return Groups(tuple(reading.members), bool(reading.relation), problems)


class _Reading:
    """A table under way."""

    def __init__(self, table: Metadata, corpus: Corpus) -> None:
        self.file = table.file
        self.image = self._column(table, _IMAGE)
        self.group = self._column(table, _GROUP)
        self.relation = find_column(table.columns, _RELATION) or ""
        self.find = finder(corpus)
        self.members: list[Member] = []
        self.unknown: list[str] = []
        self.odd: list[str] = []

    def take(self, row: Row) -> None:
        """Use one row, or remember why not."""
        group, name = row.cells[self.group], row.cells[self.image]
        if not group:
            return
        if not name:
            self.unknown.append(f"line {row.line} does not name its image")
            return
        found = self.find(name)
        if len(found) == 1:
            self.members.append(Member(found[0], group, self._grade(row)))
        elif found:
            self.unknown.append(f'line {row.line}: {len(found)} images are called "{name}"')
        else:
            self.unknown.append(f'line {row.line}: no image is called "{name}"')

    def problems(self) -> list[Problem]:
        """What to tell of the rows."""
        lost = "write its id, or its path inside the images folder"
        known = "write " + ", ".join(list(GRADES)[:-1]) + f" or {list(GRADES)[-1]}"
        return [
            *self._told(self.unknown, "further rows name no image, or several", lost),
            *self._told(self.odd, "further relations are unknown", known),
        ]

    def _told(self, what: list[str], rest: str, remedy: str) -> list[Problem]:
        return summarise([Problem(self.file, one, remedy) for one in what], self.file, rest, remedy)

    def _grade(self, row: Row) -> int:
        word = row.cells[self.relation].casefold() if self.relation else ""
        if word and word not in GRADES:
            self.odd.append(f'line {row.line}: the relation "{word}" is unknown, taken as exact')
        return GRADES.get(word, GRADES["exact"])

    def _column(self, table: Metadata, names: Iterable[str]) -> str:
        found = [column for name in names if (column := find_column(table.columns, name))]
        if not found:
            wanted = next(iter(names))
            remedy = f'name one of its columns "{wanted}"'
            raise CorpusError(f'has no column "{wanted}"', table.file, remedy)
        return found[0]


def _nothing(name: str, unknown: list[str]) -> CorpusError:
    if unknown:
        first = unknown[0]
        what = f"names no image of this catalogue (the first of {len(unknown)}: {first})"
        return CorpusError(what, name, "write ids of this catalogue, or file names")
    return CorpusError("has no row with a group", name, "add a row for each image and its group")


def finder(corpus: Corpus) -> Callable[[str], list[int]]:
    """A function from a name to the rows of the images that it may mean.

    The strictest reading that fits any image counts: id, path inside the images folder (also with
    folders before it), and for names without a folder the file name; with extension, then
    without; as written, then in any case; at last the slug of the name. An id that was merged
    into another means the other.
    """
    by_id = {image.id: row for row, image in enumerate(corpus.images)}
    moved = {gone.id: gone.redirect_to for gone in corpus.tombstones if gone.redirect_to}
    indexes = [(way, _index(way, corpus)) for way in _WAYS]

    def find(name: str) -> list[int]:
        name = moved.get(name, name)
        if name in by_id:
            return [by_id[name]]
        for way, index in indexes:
            for key in way.keys(name):
                if key in index:
                    return index[key]
        return [by_id[slug(name)]] if slug(name) in by_id else []

    return find


@dataclass(frozen=True)
class _Way:
    """One way to read a name: as a path or a file name, how strictly."""

    whole: bool
    extension: bool
    exact: bool

    def normal(self, path: str) -> str:
        """What must be equal."""
        text = unicodedata.normalize("NFC", path)
        text = text if self.whole else text.rsplit("/", 1)[-1]
        if not self.extension and is_picture_name(text):
            text = text.rsplit(".", 1)[0]
        return text if self.exact else unicodedata.normalize("NFC", text.casefold())

    def keys(self, name: str) -> list[str]:
        """What a name may be called: a path loses its first folders, one after the other."""
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
        if not self.whole:
            return [self.normal(parts[0])] if len(parts) == 1 else []
        return [self.normal("/".join(parts[start:])) for start in range(len(parts))]


_WAYS = [
    _Way(whole, extension, exact)
    for exact in (True, False)
    for whole in (True, False)
    for extension in (True, False)
]


def _index(way: _Way, corpus: Corpus) -> Mapping[str, list[int]]:
    index: dict[str, list[int]] = {}
    for row, image in enumerate(corpus.images):
        index.setdefault(way.normal(image.path), []).append(row)
    return index
