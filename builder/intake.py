"""From a folder to a corpus: scan, hash, decode what is new, join, register.

Hashes are remembered by path, size and time of change; decoded pictures by the hash of their
bytes. An unchanged folder costs one look at each file's date.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from builder.atlas.thumbnails import copies
from builder.corpus.assemble import assemble
from builder.corpus.history import FILE as HISTORY
from builder.corpus.history import history_text, read_history
from builder.corpus.metadata import read_metadata
from builder.corpus.picture import estimate_ground, read_picture
from builder.corpus.questions import Answer
from builder.corpus.register import Register, read_register, write_register
from builder.corpus.scan import FoundFile, Scan, digest, scan
from builder.corpus.types import Corpus, ReadFile
from builder.errors import CorpusError, Problem, QuestionError, VolvelleError
from builder.settings import Settings
from builder.workspace import (
    Workspace,
    canonical,
    whole_lines,
    write_atomic,
    write_if_changed,
)

REGISTER = "register.csv"
VERSION = 1
_RACY_NS = 2_000_000_000  # a file changed this recently may change again within one tick


@dataclass(frozen=True)
class Known:
    """What is known of a decoded picture, by the hash of its file."""

    sha256: str
    width: int = 0
    height: int = 0
    notes: tuple[str, ...] = ()
    colour: tuple[int, int, int] = (0, 0, 0)
    ground: tuple[int, int, int] = (255, 255, 255)
    problem: str = ""
    remedy: str = ""


class PictureStore:
    """Display copies, thumbnails and colours of every picture ever decoded with these settings.

    Args:
        workspace: where the store's folder lies.
        settings: of the catalogue.
    """

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        self.settings = settings
        self.parts: dict[str, object] = {
            "version": VERSION,
            "ground": settings.images.ground,
            "max_megapixels": settings.images.max_megapixels,
            "display_pixels": settings.site.display_pixels,
        }
        self._workspace = workspace
        self.root = workspace.path("pictures", "", self.parts)
        self._list = self.root / "known.jsonl"
        self.known = {entry.sha256: entry for entry in self._read()}

    def display(self, sha256: str) -> Path:
        """The display copy, WebP."""
        return self.root / sha256[:2] / f"{sha256}.webp"

    def thumbnail(self, sha256: str) -> Path:
        """The thumbnail, WebP."""
        return self.root / sha256[:2] / f"{sha256}.thumb.webp"

    def add(
        self, files: Sequence[tuple[str, Path]], jobs: int, progress: Callable[[int], None]
    ) -> None:
        """Decode pictures, (hash, path), `jobs` at a time; what fails is remembered as failing."""
        self._workspace.prepare()
        self.root.mkdir(parents=True, exist_ok=True)
        self._workspace.record(self.root, "pictures", self.parts)
        with (
            ThreadPoolExecutor(jobs) as pool,
            self._list.open("a", encoding="utf-8") as file,
        ):
            for entry in pool.map(lambda item: self._make(*item), files):
                file.write(canonical(asdict(entry)) + "\n")
                file.flush()
                self.known[entry.sha256] = entry
                progress(1)

    def _make(self, sha256: str, path: Path) -> Known:
        images, site = self.settings.images, self.settings.site
        try:
            picture = read_picture(path, site.display_pixels, images.ground, images.max_megapixels)
        except CorpusError as error:
            return Known(sha256, problem=error.what, remedy=error.remedy)
        made = copies(picture.pixels, site.display_pixels)
        write_atomic(self.display(sha256), made.display)
        write_atomic(self.thumbnail(sha256), made.thumbnail)
        ground = estimate_ground(picture.pixels)
        return Known(sha256, picture.width, picture.height, picture.notes, made.colour, ground)

    def _read(self) -> Iterable[Known]:
        """Entries whose line is whole; a line that a kill cut short is cut off."""
        for line in whole_lines(self._list):
            data = json.loads(line)
            for key in ("notes", "colour", "ground"):
                data[key] = tuple(data[key])
            yield Known(**data)


@dataclass(frozen=True)
class Taken:
    """The corpus, what the register must become, and a file for each content hash."""

    corpus: Corpus
    register: Register
    by_content: dict[str, Path]


class Intake:
    """Reads a catalogue's folder.

    Args:
        catalogue: the catalogue's folder.
        settings: of the catalogue.
        workspace: for what is remembered.
        exclude: folder that is never searched for pictures (the site).
    """

    def __init__(
        self, catalogue: Path, settings: Settings, workspace: Workspace, exclude: Path
    ) -> None:
        self.catalogue, self.settings, self.workspace = catalogue, settings, workspace
        self.store = PictureStore(workspace, settings)
        self.folder = images_folder(catalogue, settings)
        self.scan: Scan = _without(scan(self.folder), exclude)
        self.problems: list[Problem] = list(self.scan.problems)
        self.hashes: dict[str, str] = {}
        self._hash()

    @property
    def new(self) -> list[tuple[str, Path]]:
        """Pictures that were never decoded: each content once, (hash, path)."""
        fresh: dict[str, Path] = {}
        for file in self.scan.files:
            sha256 = self.hashes.get(file.path)
            if sha256 and sha256 not in self.store.known:
                fresh.setdefault(sha256, file.absolute)
        return list(fresh.items())

    def take(self, today: str, answers: Iterable[Answer] = ()) -> Taken:
        """Bring everything together; all pictures must have been decoded.

        Args:
            today: ISO date.
            answers: what questions about identities are settled by.

        Raises:
            QuestionError: which image is which cannot be told from the files.
            CorpusError: no image can be read, or metadata or register are beyond use.
            SettingsError: settings name columns that do not exist.
        """
        files, unreadable = [], list(self.scan.unreadable)
        for file in self.scan.files:
            entry = self.store.known.get(self.hashes.get(file.path, ""))
            if entry is None:
                unreadable.append(file.path)
            elif entry.problem:
                self.problems.append(Problem(file.path, entry.problem, entry.remedy))
                unreadable.append(file.path)
            else:
                files.append(
                    ReadFile(file.path, entry.sha256, entry.width, entry.height, entry.notes)
                )
        register = read_register(self.catalogue / REGISTER)
        table = read_metadata(self.catalogue / self.settings.metadata.file, self.settings.metadata)
        former = read_history(self.catalogue / HISTORY)
        try:
            corpus, updated = assemble(
                files, table, register, self.settings, today, unreadable, former, answers
            )
        except QuestionError:
            raise
        except CorpusError as error:
            raise _with_first(error, self.problems) from error
        absolute = {file.path: file.absolute for file in self.scan.files}
        by_content = {image.sha256: absolute[image.path] for image in corpus.images}
        return Taken(corpus, updated, by_content)

    def save(self, taken: Taken) -> None:
        """Write the register, if it changed, and remember the hashes for the next build."""
        # The history first: a register that knows the new picture no longer knows the former.
        if taken.corpus.former:
            write_if_changed(self.catalogue / HISTORY, history_text(taken.corpus.former))
        write_if_changed(self.catalogue / REGISTER, write_register(taken.register))
        if self._fresh is not None:
            write_atomic(self.workspace.root / "hashes.json", canonical(self._fresh).encode())

    def _hash(self) -> None:
        path = self.workspace.root / "hashes.json"
        try:
            remembered = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            remembered = {}
        fresh: dict[str, list[object]] = {}
        now = time.time_ns()
        for file in self.scan.files:
            sha256 = self._hash_one(file, remembered.get(file.path))
            if sha256 is None:
                continue
            self.hashes[file.path] = sha256
            if now - file.mtime_ns > _RACY_NS:
                fresh[file.path] = [file.size, file.mtime_ns, sha256]
        self._fresh = fresh if fresh != remembered else None

    def _hash_one(self, file: FoundFile, remembered: list[object] | None) -> str | None:
        if remembered and remembered[:2] == [file.size, file.mtime_ns]:
            return str(remembered[2])
        try:
            return digest(file.absolute)
        except VolvelleError as error:
            self.problems.append(Problem(file.path, error.what, error.remedy))
            return None


def images_folder(catalogue: Path, settings: Settings) -> Path:
    """Where the pictures are: the folder of the settings, else the catalogue's own folder.

    A folder that holds nothing but pictures is a catalogue too.
    """
    named = catalogue / settings.images.folder
    if named.exists() or "folder" in settings.images.model_fields_set:
        return named
    return catalogue


def _without(found: Scan, exclude: Path) -> Scan:
    inside = str(exclude.resolve()) + os.sep
    files = tuple(
        file for file in found.files if not str(file.absolute.resolve()).startswith(inside)
    )
    return Scan(files, found.problems, found.ignored, found.unreadable)


def _with_first(error: CorpusError, problems: Sequence[Problem]) -> CorpusError:
    """The error, with the first of the problems that led to it."""
    if not problems:
        return error
    first = problems[0]
    what = f"{error.what} (the first of {len(problems)}: {first.path} {first.problem})"
    return CorpusError(what, error.where, first.remedy or error.remedy)
