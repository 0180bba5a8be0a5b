"""Find the pictures below a folder, in natural order, and hash them."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from builder.corpus.natural import natural_key
from builder.errors import CorpusError, Problem

EXTENSIONS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif"})

_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx", "@eadir", "$recycle.bin"})
_CHUNK = 1 << 20


@dataclass(frozen=True)
class FoundFile:
    """A file that should be a picture.

    Attributes:
        path: POSIX style, relative to the scanned folder, in Unicode's composed form (NFC).
        absolute: where to open it.
        size: bytes.
        mtime_ns: time of the last change, nanoseconds.
    """

    path: str
    absolute: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Scan:
    """What a folder holds.

    Attributes:
        files: the pictures, in natural order of `path`.
        problems: folders and files that cannot be reached, in natural order.
        ignored: number of files of other types.
        unreadable: paths of the folders and files that cannot be reached: what was known below
            them is not gone.
    """

    files: tuple[FoundFile, ...]
    problems: tuple[Problem, ...] = ()
    ignored: int = 0
    unreadable: tuple[str, ...] = ()


def is_picture_name(name: str) -> bool:
    """Whether the extension is one that we read, in any case."""
    return PurePosixPath(name).suffix.lower() in EXTENSIONS


def scan(folder: Path) -> Scan:
    """Find all pictures below `folder`, following linked folders but never twice into one.

    Hidden files and folders, and the clutter of operating systems, are skipped.

    Raises:
        CorpusError: the folder is missing, is a file, or cannot be read.
    """
    _check_root(folder)
    walk = _Walk(folder)
    walk.run()
    return Scan(
        files=_composed(walk.files),
        problems=tuple(sorted(walk.problems, key=lambda problem: natural_key(problem.path))),
        ignored=walk.ignored,
        unreadable=tuple(sorted(walk.unreadable, key=natural_key)),
    )


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hex digits.

    Raises:
        CorpusError: the file cannot be read.
    """
    total = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                total.update(chunk)
    except OSError as error:
        raise CorpusError(
            f"cannot be read ({error.strerror})", path.name, "make the file readable"
        ) from error
    return total.hexdigest()


def _check_root(folder: Path) -> None:
    remedy = "make it, or name another one as images.folder in catalogue.toml"
    if not folder.exists():
        raise CorpusError("there is no such folder of images", str(folder), remedy)
    if not folder.is_dir():
        raise CorpusError("is a file, not a folder of images", str(folder), remedy)
    try:
        with os.scandir(folder):
            pass
    except OSError as error:
        raise CorpusError(
            f"the folder cannot be read ({error.strerror})", str(folder), "make it readable"
        ) from error


@dataclass
class _Walk:
    """One walk over a tree. Real folders come first, so that links never hide a real path."""

    root: Path
    files: list[FoundFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    ignored: int = 0
    seen: set[tuple[int, int]] = field(default_factory=set)
    links: list[tuple[str, Path]] = field(default_factory=list)

    def run(self) -> None:
        # A link to the folder itself or to one above it is a loop too.
        real = self.root.resolve()
        self.seen.update(filter(None, map(_identity, real.parents)))
        self._tree("", self.root)
        while self.links:
            self.links.sort(key=lambda link: natural_key(link[0]))
            self._tree(*self.links.pop(0))

    def _tree(self, path: str, folder: Path) -> None:
        stack = [(path, folder)]
        while stack:
            path, folder = stack.pop()
            identity = _identity(folder)
            if identity in self.seen:
                continue
            if identity:
                self.seen.add(identity)
            stack.extend(self._folder(path, folder))

    def _folder(self, path: str, folder: Path) -> list[tuple[str, Path]]:
        """Take in the files of one folder; gives its real subfolders."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: natural_key(entry.name))
        except OSError as error:
            self._fail(path, f"the folder cannot be read ({error.strerror})", "make it readable")
            return []
        subfolders = []
        for entry in found:
            if entry.name.startswith(".") or entry.name.lower() in _CLUTTER:
                continue
            below = f"{path}/{entry.name}" if path else entry.name
            if not _is_folder(entry):
                self._file(below, entry)
            elif entry.is_symlink():
                self.links.append((below, folder / entry.name))
            else:
                subfolders.append((below, folder / entry.name))
        return subfolders

    def _file(self, path: str, entry: os.DirEntry[str]) -> None:
        if not is_picture_name(entry.name):
            self.ignored += 1
            return
        try:
            path.encode("utf-8")
            status = entry.stat()
        except UnicodeEncodeError:
            self._fail(path, "the file name is not valid Unicode", "rename the file")
        except OSError as error:
            what = "is a link to nothing" if entry.is_symlink() else "cannot be reached"
            self._fail(path, f"{what} ({error.strerror})", "mend or remove it")
        else:
            if stat.S_ISREG(status.st_mode):
                where = Path(entry.path)
                self.files.append(FoundFile(path, where, status.st_size, status.st_mtime_ns))
            else:
                self._fail(path, "is not an ordinary file", "remove it")

    def _fail(self, path: str, problem: str, remedy: str) -> None:
        shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
        self.problems.append(Problem(shown, problem, remedy))
        self.unreadable.append(unicodedata.normalize("NFC", shown))


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _composed(files: list[FoundFile]) -> tuple[FoundFile, ...]:
    """Paths in composed form and natural order, unless two names differ in nothing else."""
    taken: set[str] = {file.path for file in files}
    named = []
    for file in sorted(files, key=lambda file: natural_key(file.path)):
        path = unicodedata.normalize("NFC", file.path)
        if path != file.path and path in taken:
            path = file.path
        taken.add(path)
        named.append(FoundFile(path, file.absolute, file.size, file.mtime_ns))
    return tuple(sorted(named, key=lambda file: natural_key(file.path)))
