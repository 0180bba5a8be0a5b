"""Which row of the metadata describes which image."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.corpus.metadata import Metadata, Row
from builder.corpus.problems import summarise
from builder.corpus.scan import is_picture_name
from builder.corpus.slugs import slug
from builder.errors import Problem

Normal = Callable[[str], str]


@dataclass(frozen=True)
class Join:
    """The row of each path that has one, and what found no partner."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def join(metadata: Metadata, paths: Sequence[str], unreadable: Sequence[str] = ()) -> Join:
    """Find each row's image by its file name, or else by its id.

    A file name may be a path inside the images folder, or a name that only one image has; with or
    without extension; as a last resort in any case. An id is compared with the slugs of file
    names, where a row has no file name. The first row of an image wins.

    Args:
        metadata: the table; an empty one joins nothing and misses nothing.
        paths: of all images, in natural order.
        unreadable: paths of images that were found and left out; their rows are no surprise.
    """
    if not metadata.columns:
        return Join()
    if not {"filename", "id"} & set(metadata.roles):
        what = "has neither a column of file names nor one of ids, so that it describes no image"
        remedy = "name one of its columns as metadata.filename or metadata.id in catalogue.toml"
        return Join(problems=(Problem(metadata.file, what, remedy),))
    known = set(paths)
    finder = _Finder([*paths, *(path for path in unreadable if path not in known)])
    work = _Work(metadata, finder, known)
    # Rows that name a path outright come first, lest a loose match take their image.
    loose = [row for row in metadata.rows if not work.place(row, strict=True)]
    for row in loose:
        work.place(row, strict=False)
    return Join(work.rows, work.report(paths))


@dataclass
class _Work:
    """A join under way; problems with the lines of their rows."""

    metadata: Metadata
    finder: _Finder
    known: set[str]
    rows: dict[str, Row] = field(default_factory=dict)
    unmatched: list[tuple[int, str]] = field(default_factory=list)
    ambiguous: list[tuple[int, str]] = field(default_factory=list)
    doubled: list[tuple[int, str]] = field(default_factory=list)

    def place(self, row: Row, strict: bool) -> bool:
        """Give a row to its image; False if a loose search should have a try."""
        filename = row.cells.get(self.metadata.roles.get("filename", ""), "")
        name = filename or row.cells.get(self.metadata.roles.get("id", ""), "")
        if strict:
            found = self.finder.by_path(filename) if filename else []
        else:
            found = self.finder.by_name(filename) if filename else self.finder.by_id(name)
        if strict and not found:
            return False
        if len(found) > 1:
            self.ambiguous.append((row.line, f'"{name}" may be {" or ".join(found[:3])}'))
        elif not found or (not strict and "/" in filename and found[0] in self.rows):
            what = f'no image is called "{name}"' if name else "it does not name its image"
            self.unmatched.append((row.line, what))
        elif found[0] in self.rows:
            first = self.rows[found[0]].line
            what = f"{found[0]} is described in line {first} already, which counts"
            self.doubled.append((row.line, what))
        elif found[0] in self.known:
            self.rows[found[0]] = row
        return True

    def report(self, paths: Sequence[str]) -> tuple[Problem, ...]:
        file = self.metadata.file
        missing = [
            Problem(path, f"{file} does not describe it", "add a row, or correct its file name")
            for path in paths
            if path not in self.rows
        ]
        return (
            *self._about_rows(
                self.unmatched,
                "rows match no image",
                "add the image, or correct its name",
            ),
            *self._about_rows(
                self.ambiguous,
                "names fit several images",
                "write paths inside the images folder",
            ),
            *self._about_rows(
                self.doubled, "rows are about images described before", "keep one row an image"
            ),
            *summarise(missing, file, "further images have no row", "add rows for them"),
        )

    def _about_rows(self, odd: list[tuple[int, str]], rest: str, remedy: str) -> list[Problem]:
        file = self.metadata.file
        problems = [Problem(file, f"line {line}: {what}", remedy) for line, what in sorted(odd)]
        return summarise(problems, file, f"further {rest}", remedy)


class _Finder:
    """Looks up images by names, strictly first, then ever more loosely."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._indexes: dict[tuple[bool, bool, bool], dict[str, list[str]]] = {}
        for whole, extension, exact in _LEVELS:
            index: dict[str, list[str]] = defaultdict(list)
            for path in paths:
                index[_normal(path, whole, extension, exact)].append(path)
            self._indexes[whole, extension, exact] = dict(index)
        self._by_id: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            stem = _without_extension(path)
            for name in dict.fromkeys([slug(stem.rsplit("/", 1)[-1]), slug(stem)]):
                self._by_id[name].append(path)

    def by_path(self, name: str) -> list[str]:
        """The image of exactly that path inside the images folder."""
        return self._indexes[True, True, True].get(_normal(name, True, True, True), [])

    def by_name(self, name: str) -> list[str]:
        """All images that fit at the strictest level at which any does."""
        name = name.replace("\\", "/")
        for exact in (True, False):
            for extension in (True, False):
                for ending in _endings(name):
                    key = _normal(ending, True, extension, exact)
                    if found := self._indexes[True, extension, exact].get(key):
                        return found
            for extension in (True, False):
                key = _normal(name, False, extension, exact)
                if found := self._indexes[False, extension, exact].get(key):
                    return found
        return []

    def by_id(self, name: str) -> list[str]:
        return self._by_id.get(slug(name), []) if name else []


_LEVELS = [(w, e, x) for w in (True, False) for e in (True, False) for x in (True, False)]


def _normal(path: str, whole: bool, extension: bool, exact: bool) -> str:
    text = unicodedata.normalize("NFC", path)
    text = text if whole else text.rsplit("/", 1)[-1]
    text = text if extension else _without_extension(text)
    return text if exact else unicodedata.normalize("NFC", text.casefold())


def _without_extension(path: str) -> str:
    return path.rsplit(".", 1)[0] if is_picture_name(path) else path


def _endings(name: str) -> Iterator[str]:
    """The path itself, then without its first folders: it may start from elsewhere."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    for start in range(len(parts)):
        yield "/".join(parts[start:])
