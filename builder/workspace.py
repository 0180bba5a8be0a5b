"""Where artifacts live: `.volvelle/` in the catalogue.

An artifact is named by what it is and by its fingerprint, a hash of everything it was made from;
it is there whole or not at all. The manifest remembers what each was made from, so that a stale
one can say why, and lists what we wrote, so that nothing else is ever removed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BufferedWriter
from pathlib import Path
from typing import cast

from builder.errors import OutputError

FOLDER = ".volvelle"
_IGNORE = "# Everything here can be made again by `volvelle build`.\n*\n"


def fingerprint(parts: Mapping[str, object]) -> str:
    """12 hex digits that stand for `parts`, which must be representable in JSON."""
    return hashlib.sha256(canonical(parts).encode()).hexdigest()[:12]


def canonical(value: object) -> str:
    """One text for equal values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def write_atomic(path: Path, write: Callable[[BufferedWriter], object] | bytes) -> None:
    """Write a file so that it is there whole or not at all, whatever happens meanwhile.

    Args:
        path: where to; its folder is made.
        write: the bytes, or a function that writes them to an open file.

    Raises:
        OutputError: the disk is full or the folder cannot be written.
    """
    passing = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with passing.open("wb") as file:
            if callable(write):
                write(file)
            else:
                file.write(write)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except OSError as error:
        passing.unlink(missing_ok=True)
        raise output_error(error, path) from error


def write_if_changed(path: Path, text: str) -> None:
    """Write a text file, unless it says just that.

    Raises:
        OutputError: it cannot be written.
    """
    data = text.encode()
    if not path.exists() or path.read_bytes() != data:
        write_atomic(path, data)


def output_error(error: OSError, path: Path) -> OutputError:
    """What an error of the operating system while writing means for a user."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutputError("the disk is full", str(path), "free some space and build again")
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"cannot be written ({reason})", str(path), "make the folder writable")


class Workspace:
    """The artifacts of one catalogue.

    Args:
        catalogue: the catalogue's folder.
    """

    def __init__(self, catalogue: Path) -> None:
        self.root = catalogue / FOLDER
        self._used: set[str] = set()
        self._manifest = self._read_manifest()

    def path(self, name: str, ending: str, parts: Mapping[str, object]) -> Path:
        """Where the artifact `name` made from `parts` is, or will be; counts as used."""
        file = f"{name}-{fingerprint(parts)}{ending}"
        self._used.add(file)
        return self.root / file

    def write(
        self,
        path: Path,
        name: str,
        parts: Mapping[str, object],
        data: Callable[[BufferedWriter], object] | bytes,
    ) -> None:
        """Store an artifact, then record what it was made from."""
        self.prepare()
        write_atomic(path, data)
        self.record(path, name, parts)

    def record(self, path: Path, name: str, parts: Mapping[str, object]) -> None:
        """Remember that we made `path`, and from what."""
        self._manifest[path.name] = {"name": name, "parts": dict(parts)}
        self._save()

    def why(self, name: str, parts: Mapping[str, object]) -> str:
        """In words, why the artifact `name` is not there for these parts."""
        former = [entry for entry in self._manifest.values() if entry["name"] == name]
        if not former:
            return "never made"
        known = cast(Mapping[str, object], former[-1]["parts"])
        changed = [key for key in parts if canonical(parts[key]) != canonical(known.get(key))]
        if changed:
            return "changed: " + ", ".join(changed)
        return "its file is gone"

    def prune(self) -> int:
        """Remove artifacts that this build did not use; only such as the manifest lists."""
        stale = [
            file
            for file in self._manifest
            # Features cost the most and may serve again when a setting is turned back.
            if file not in self._used and not file.startswith("features-")
        ]
        for file in stale:
            target = self.root / file
            if target.is_dir():
                shutil.rmtree(target, ignore_errors=True)
            else:
                target.unlink(missing_ok=True)
            del self._manifest[file]
        if stale:
            self._save()
        return len(stale)

    def prepare(self) -> None:
        """Make the folder, and keep it out of version control."""
        ignore = self.root / ".gitignore"
        if not ignore.exists():
            write_atomic(ignore, _IGNORE.encode())

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep a second build of this catalogue out; released when the process ends, however.

        Raises:
            OutputError: another build is at work.
        """
        self.prepare()
        with (self.root / "lock").open("w") as file:
            if not _try_lock(file.fileno()):
                raise OutputError(
                    "another build of this catalogue is at work", str(self.root), "wait for it"
                )
            yield

    def _read_manifest(self) -> dict[str, dict[str, object]]:
        try:
            return cast(
                dict[str, dict[str, object]],
                json.loads((self.root / "manifest.json").read_text(encoding="utf-8")),
            )
        except (OSError, ValueError):
            return {}

    def _save(self) -> None:
        text = json.dumps(self._manifest, ensure_ascii=False, indent=1)
        write_atomic(self.root / "manifest.json", text.encode())


def _try_lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows: no advisory locks of this kind; the last writer wins
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def whole_lines(path: Path, mend: bool = True) -> list[bytes]:
    """Lines of a file that grows line by line; none if it is not there.

    A last line that a kill cut short is no line; with `mend` it is cut off, so that the next one
    begins where it should.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    whole = data[: data.rfind(b"\n") + 1]
    if mend and whole != data:
        write_atomic(path, whole)
    return whole.splitlines()
