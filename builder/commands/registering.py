"""`volvelle register`: what somebody says became of an image, and what a build would make of it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from builder import settings as settings_module
from builder.clock import today
from builder.corpus import amend
from builder.corpus.history import FILE as HISTORY
from builder.corpus.history import extended, history_text, read_history, renamed
from builder.corpus.identities import RegisterUpdate, update
from builder.corpus.join import join
from builder.corpus.metadata import read_metadata
from builder.corpus.questions import Answer
from builder.corpus.register import Register, read_register, write_register
from builder.curated import read_curated, save_curated
from builder.intake import REGISTER, Intake
from builder.keeping import Keeping
from builder.places import FOLDER as PLACES
from builder.workspace import Workspace, write_atomic, write_if_changed


@dataclass(frozen=True)
class Said:
    """What a command did, or would do.

    Attributes:
        lines: sentences.
        written: whether the register was written.
    """

    lines: tuple[str, ...]
    written: bool


class Desk:
    """A catalogue whose register is looked into or written.

    Args:
        folder: of the catalogue.
        site: folder of its site.
    """

    def __init__(self, folder: Path, site: Path) -> None:
        self.folder = folder
        self.settings = settings_module.read(folder)
        self.register = read_register(folder / REGISTER)
        self.former = read_history(folder / HISTORY)
        self.intake = Intake(folder, self.settings, Workspace(folder), site)
        self.keeping = Keeping(folder, self.settings, self.intake.store, site)
        self.today = today().isoformat()

    @property
    def files(self) -> dict[str, str]:
        """Hash by path of every file that is there and not known to be broken."""
        known = self.intake.store.known
        return {
            path: sha256
            for path, sha256 in self.intake.hashes.items()
            if sha256 not in known or not known[sha256].problem
        }

    def look(self, answers: Iterable[Answer] = ()) -> RegisterUpdate:
        """What a build would make of the files as they are now."""
        files = self.files
        scan = self.intake.scan
        broken = [file.path for file in scan.files if file.path not in files]
        unreadable = [*scan.unreadable, *broken]
        metadata = self.settings.metadata
        table = read_metadata(self.folder / metadata.file, metadata)
        column = table.roles.get("id", "")
        rows = join(table, list(files), unreadable).rows
        wanted = {path: row.cells[column] for path, row in rows.items() if row.cells.get(column)}
        return update(self.register, list(files.items()), wanted, self.today, unreadable, answers)

    def write(self, done: amend.Amended) -> None:
        """Write register and history."""
        former = self.former
        if done.renamed[0]:
            former = renamed(former, *done.renamed)
            carry_over(self.folder, *done.renamed)
        former = extended(former, done.replaced, self.today)
        if former:
            write_if_changed(self.folder / HISTORY, history_text(former))
        write_if_changed(self.folder / REGISTER, write_register(done.register))


def carry_over(folder: Path, old: str, new: str) -> None:
    """Let an image that is called otherwise keep its place on maps and in named clusters.

    Raises:
        OutputError: one of the files cannot be written.
    """
    for path in sorted((folder / PLACES).glob("*.csv")):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        moved = re.sub(rf"^{re.escape(old)},", f"{new},", text, flags=re.MULTILINE)
        if moved != text:
            write_atomic(path, moved.encode("utf-8", "surrogateescape"))
    curated = read_curated(folder, ())
    if any(old in one.members for rows in curated.rows.values() for one in rows):
        rows = {
            key: [
                replace(one, members=frozenset(new if m == old else m for m in one.members))
                for one in found
            ]
            for key, found in curated.rows.items()
        }
        save_curated(folder, rows)


@contextmanager
def _desk(folder: Path, site: Path) -> Iterator[Desk]:
    """A desk that nobody else sits at."""
    with Workspace(folder).lock():
        yield Desk(folder, site)


Amend = Callable[[Desk], amend.Amended]


def amended(folder: Path, site: Path, change: Amend, dry_run: bool) -> Said:
    """Make one change.

    Args:
        folder: of the catalogue.
        site: folder of its site.
        change: gives the register after it.
        dry_run: say what would be done, and write nothing.

    Raises:
        CorpusError: it makes no sense, or the register cannot be read.
    """
    if dry_run:
        done = change(Desk(folder, site))
        return Said(done.said, written=False)
    with _desk(folder, site) as desk:
        done = change(desk)
        # Read it again as a build would, before the former one is gone.
        _check(done.register)
        desk.write(done)
    return Said(done.said, written=True)


def retire(
    folder: Path,
    site: Path,
    ids: Sequence[str],
    reason: str,
    successors: Sequence[str],
    picture: bool | None,
    dry_run: bool,
) -> Said:
    """Remove images for a reason; keep their thumbnails where that is allowed or asked for.

    Raises:
        CorpusError: one is not known, or there is no reason.
    """
    shown: list[bool] = []

    def change(desk: Desk) -> amend.Amended:
        register = desk.register
        said: list[str] = []
        for one in ids:
            done = amend.retire(register, one, reason, desk.today, successors)
            register, said = done.register, [*said, *done.said]
            entry = next(e for e in register.entries if e.id == one or e.path == one)
            sha256, wish = entry.sha256, desk.keeping.allows if picture is None else picture
            keeps = wish and entry.rights != "withheld"
            shown.append(keeps)
            if not dry_run and keeps:
                desk.keeping.keep_thumbnail(one, sha256)
            elif not dry_run:
                desk.keeping.forget_thumbnail(sha256)
        return amend.Amended(register, tuple(said))

    done = amended(folder, site, change, dry_run)
    how = "shows a small picture" if all(shown) else "shows no picture"
    return Said((*done.lines, f"its page {how}"), done.written)


def settle(folder: Path, site: Path, answers: Sequence[Answer], dry_run: bool) -> Said:
    """Answer the questions that a build asks, and write what came of all files.

    Raises:
        CorpusError: the register cannot be read.
    """
    if dry_run:
        desk = Desk(folder, site)
        after = desk.look(answers)
        return Said((*_moves(desk.register, after), *_asked(after)), written=False)
    with _desk(folder, site) as desk:
        intake = desk.intake
        intake.store.add(intake.new, 1, lambda _: None)
        after = desk.look(answers)
        if not after.questions:
            desk.write(amend.Amended(after.register, (), after.replaced))
        lines = (*_moves(desk.register, after), *_asked(after))
        return Said(lines or ("there is no question",), not after.questions)


def status(folder: Path, site: Path) -> tuple[RegisterUpdate, tuple[str, ...]]:
    """What a build would make of the files as they are now, and the same in words."""
    desk = Desk(folder, site)
    after = desk.look()
    return after, (*_moves(desk.register, after), *_asked(after))


def _asked(after: RegisterUpdate) -> Iterator[str]:
    for question in after.questions:
        yield f"question: {question.text}?"
        for answer in question.answers:
            yield f"    {answer}"


def _moves(before: Register, after: RegisterUpdate) -> Iterator[str]:
    """Sentences on every id to which something happens."""
    asked = {entry.id for question in after.questions for entry in question.entries}
    for entry in after.register.entries:
        former = before.by_id.get(entry.id)
        if entry.id in asked or entry == former:
            continue
        if former is None:
            yield f"new: {entry.id} is {entry.path}"
        elif entry.status == "removed":
            yield f"removed: {entry.id}, for {entry.path} is gone"
        else:
            if former.status != "present":
                yield f"back: {entry.id} is {entry.path}"
            elif former.path != entry.path:
                yield f"moved: {entry.id} from {former.path} to {entry.path}"
            if former.sha256 != entry.sha256:
                yield f"new picture: {entry.id}, {entry.path}"
    for path in after.left_out:
        yield f"left out: {path}"


def _check(register: Register) -> None:
    """Raises CorpusError if what is to be written could not be read again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / REGISTER
        path.write_text(write_register(register), encoding="utf-8", newline="")
        read_register(path)
