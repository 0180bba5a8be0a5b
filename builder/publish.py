"""The site's folder: built beside the last good one, then put in its place.

The folder carries a list of the files that we made. Only those are ever replaced or removed; what
somebody else put beside them (a CNAME file, say) moves along untouched. A folder without the list
is not ours and is refused.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.errors import OutputError
from builder.workspace import output_error

MARKER = ".volvelle-site"
_HEAD = "volvelle site "


@dataclass(frozen=True)
class Published:
    """A site as its own list tells it: from which inputs, and each file's size in bytes."""

    fingerprint: str
    files: dict[str, int]

    @property
    def bytes(self) -> int:
        """Size of all files together."""
        return sum(self.files.values())


def read_published(out: Path) -> Published | None:
    """The list in a site's folder; None where there is none that we made."""
    try:
        lines = (out / MARKER).read_text(encoding="utf-8").splitlines()
        if not lines or not lines[0].startswith(_HEAD):
            return None
        pairs = (line.split(" ", 1) for line in lines[1:])
        return Published(lines[0].removeprefix(_HEAD), {path: int(size) for size, path in pairs})
    except (OSError, ValueError):
        return None


def is_whole(out: Path, published: Published) -> bool:
    """Whether every file on the list is there with its size."""
    try:
        return all((out / path).stat().st_size == size for path, size in published.files.items())
    except OSError:
        return False


def check_out(out: Path, catalogue: Path) -> None:
    """Refuse a folder that we must not replace.

    Raises:
        OutputError: it is a file, holds the catalogue, or has content that we did not make.
    """
    remedy = "choose another folder with --out"
    if out.exists() and not out.is_dir():
        raise OutputError("the output is a file", str(out), remedy)
    if catalogue.resolve().is_relative_to(out.resolve()):
        raise OutputError("the output folder holds the catalogue itself", str(out), remedy)
    _recover(out)
    if out.is_dir() and any(out.iterdir()) and read_published(out) is None:
        raise OutputError("the folder is not empty and was not made by volvelle", str(out), remedy)


def publish(
    out: Path,
    fingerprint: str,
    files: Iterable[tuple[str, bytes | Path]],
    progress: Callable[[int], None],
) -> Published:
    """Write a whole site and put it in place of the former one.

    Args:
        out: the site's folder.
        fingerprint: of everything that the site is made from.
        files: relative path, and the content or the file to copy.
        progress: called with the number of files written.

    Raises:
        OutputError: the disk is full, or the folder cannot be written or replaced.
    """
    fresh = out.with_name(f".{out.name}.new")
    try:
        _remove(fresh)
        fresh.mkdir(parents=True)
        sizes = _write(fresh, files, progress)
        _bring_along(out, fresh, sizes)
        lines = [_HEAD + fingerprint, *(f"{size} {path}" for path, size in sorted(sizes.items()))]
        (fresh / MARKER).write_text("\n".join(lines) + "\n", encoding="utf-8")
        _swap(out, fresh)
    except OSError as error:
        _remove(fresh)
        raise output_error(error, out) from error
    return Published(fingerprint, sizes)


def _write(
    fresh: Path, files: Iterable[tuple[str, bytes | Path]], progress: Callable[[int], None]
) -> dict[str, int]:
    sizes: dict[str, int] = {}
    folders: set[Path] = set()
    for name, content in files:
        path = fresh / name
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
        if isinstance(content, Path):
            shutil.copyfile(content, path)
        else:
            path.write_bytes(content)
        sizes[name] = path.stat().st_size
        progress(1)
    return sizes


def _bring_along(out: Path, fresh: Path, ours: dict[str, int]) -> None:
    """Copy what somebody else put into the former site."""
    former = read_published(out)
    if former is None:
        return
    known = {*former.files, MARKER}
    for folder, _, names in os.walk(out):
        for name in names:
            source = Path(folder) / name
            path = source.relative_to(out).as_posix()
            if path in known:
                continue
            if path in ours:
                raise OutputError(
                    "a file that we did not make stands where a page must go",
                    str(source),
                    "move it away",
                )
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, fresh / path, follow_symlinks=False)


def _swap(out: Path, fresh: Path) -> None:
    former = out.with_name(f".{out.name}.old")
    _remove(former)
    if out.exists():
        out.rename(former)
    fresh.rename(out)
    _remove(former)


def _recover(out: Path) -> None:
    """Finish or undo a swap that was cut short."""
    former = out.with_name(f".{out.name}.old")
    if former.exists() and not (out.exists() and any(out.iterdir())):
        if out.exists():
            out.rmdir()
        former.rename(out)
    elif former.exists() and read_published(out) is not None:
        _remove(former)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
