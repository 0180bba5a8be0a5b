"""What somebody says became of an image, written into the register: one function a command.

All are pure, take the register and give another one. None takes an id away: what was published
stays answerable, as an image, as the page of a removed one, or as a redirect.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from builder.corpus.identities import update
from builder.corpus.natural import natural_key
from builder.corpus.register import Entry, Register, Status
from builder.corpus.slugs import slug
from builder.errors import CorpusError

Files = Mapping[str, str]
"""Hash by path of all files in the images folder."""

_FILE = "register.csv"


@dataclass(frozen=True)
class Amended:
    """The register after a command.

    Attributes:
        register: to be written.
        said: what was done, a sentence a line.
        replaced: entries as they were before another picture took their place.
        renamed: an id and the one that its history belongs to now.
    """

    register: Register
    said: tuple[str, ...]
    replaced: tuple[Entry, ...] = ()
    renamed: tuple[str, str] = ("", "")


def rename(register: Register, old: str, new: str, today: str, reason: str = "") -> Amended:
    """Give an image another id; the old one redirects to it for ever.

    Raises:
        CorpusError: `old` has no image, or `new` is not an id or was given before.
    """
    entry = _present(register, old)
    old = entry.id
    if slug(new) != new:
        raise CorpusError(f'"{new}" is not an id', _FILE, f'"{slug(new)}" is')
    _unused(register, new)
    fresh = replace(entry, id=new, first_seen=today)
    gone = _gone(entry, "redirect", new, today, reason)
    said = f"{old} is called {new} now; its old address leads there"
    return Amended(_with(register, gone, fresh), (said,), renamed=(old, new))


def move(register: Register, id_: str, path: str, files: Files) -> Amended:
    """Say that the file of an image is another one now, whatever it shows.

    Raises:
        CorpusError: the id is not known or leads elsewhere, there is no such file, or the file is
            that of another image.
    """
    entry = _known(register, id_)
    id_ = entry.id
    if entry.status == "redirect":
        remedy = f"say volvelle register return {id_} first"
        raise CorpusError(f"{id_} leads to {entry.redirect_to}", _FILE, remedy)
    _existing(files, path)
    owner = next(
        (e for e in register.entries if (e.status, e.path) == ("present", path) and e.id != id_),
        None,
    )
    entries = [_placed(entry, path, files)]
    said = [f"{id_} is the file {path}"]
    if owner is not None:
        # Two images that change places: the other keeps the path that has become free.
        if files.get(path) == owner.sha256 or entry.path not in files:
            remedy = f"say what became of {owner.id} first"
            raise CorpusError(f'"{path}" is the file of {owner.id}', _FILE, remedy)
        entries.append(_placed(owner, entry.path, files))
        said.append(f"{owner.id} is the file {entry.path}")
    before = [register.by_id[one.id] for one in entries]
    changed = [a for a, b in zip(before, entries, strict=True) if a.sha256 != b.sha256]
    return Amended(_with(register, *entries), tuple(said), tuple(changed))


def accept(register: Register, id_: str, files: Files) -> Amended:
    """Say that what lies at an image's path now is the same image, newly pictured.

    Raises:
        CorpusError: the image is not present, or its file is gone.
    """
    entry = _present(register, id_)
    id_ = entry.id
    _existing(files, entry.path)
    fresh = _placed(entry, entry.path, files)
    changed = (entry,) if fresh.sha256 != entry.sha256 else ()
    said = f"{id_} has a new picture" if changed else f"{id_} is as it was"
    return Amended(_with(register, fresh), (said,), changed)


def retire(
    register: Register, id_: str, reason: str, today: str, successors: Sequence[str] = ()
) -> Amended:
    """Remove an image for a reason; it does not come back by itself.

    Raises:
        CorpusError: it is not known or leads elsewhere, no reason is given, or a successor is not
            known.
    """
    entry = _known(register, id_)
    id_ = entry.id
    if entry.status == "redirect":
        raise CorpusError(f"{id_} leads to {entry.redirect_to} already", _FILE, "name that one")
    if not reason.strip():
        raise CorpusError("a removal needs a reason", _FILE, "say it with --reason")
    for one in successors:
        _present(register, one)
        if one == id_:
            raise CorpusError(f"{id_} cannot take its own place", _FILE, "name another id")
    gone = _gone(entry, "removed", " ".join(successors), entry.date or today, reason)
    said = f"{id_} is removed; its page stays and says why"
    return Amended(_with(register, gone), (said,))


def give_back(register: Register, id_: str, files: Files, path: str = "") -> Amended:
    """Bring a removed, merged or redirected image back to its own address.

    Args:
        register: all ids given so far.
        id_: of the image.
        files: all files.
        path: of its file; where it was last if not said.

    Raises:
        CorpusError: it was never gone, its file is not there, or is that of another image.
    """
    entry = _known(register, id_)
    id_ = entry.id
    if entry.status == "present":
        raise CorpusError(f"{id_} is not gone", _FILE, "nothing needs to be done")
    path = path or entry.path
    _existing(files, path)
    for other in register.entries:
        if (other.status, other.path) == ("present", path):
            remedy = "name its own file with --path"
            raise CorpusError(f'"{path}" is the file of {other.id}', _FILE, remedy)
    fresh = _placed(entry, path, files)
    changed = (entry,) if fresh.sha256 != entry.sha256 else ()
    return Amended(_with(register, fresh), (f"{id_} is back, as {path}",), changed)


def merge(register: Register, id_: str, into: str, today: str, reason: str = "") -> Amended:
    """Say that two images are one: the first redirects to the second for ever.

    Raises:
        CorpusError: the second is not present, both are the same, or the first leads elsewhere.
    """
    entry = _known(register, id_)
    id_ = entry.id
    end = register.end_of(into)
    _present(register, end)
    if end == id_:
        raise CorpusError(f"{id_} cannot lead to itself", _FILE, "name two images")
    if entry.status == "redirect":
        raise CorpusError(f"{id_} leads to {entry.redirect_to} already", _FILE, "name that one")
    gone = _gone(entry, "redirect", end, today, reason)
    said = f"{id_} leads to {end} now; remove its file {entry.path}"
    return Amended(_with(register, gone), (said,))


def split(
    register: Register, id_: str, parts: Sequence[str], files: Files, today: str, reason: str = ""
) -> Amended:
    """Say that an image became several: its page stays and names them.

    Args:
        register: all ids given so far.
        id_: of the image.
        parts: ids of images, or paths of new files, which get ids.
        files: all files.
        today: ISO date.
        reason: why, if not because it was split.

    Raises:
        CorpusError: there are fewer than two parts, or one is neither an image nor a file.
    """
    entry = _known(register, id_)
    id_ = entry.id
    if len(set(parts)) < 2:
        raise CorpusError("a split needs two parts or more", _FILE, "name ids or files")
    after, ids, said = register, [], []
    for part in parts:
        if part == id_:
            raise CorpusError(f"{id_} cannot be a part of itself", _FILE, "name its parts")
        one, after, words = _part(after, part, entry, files, today)
        ids.append(one)
        said += words
    why = reason or f"split into {len(ids)} images"
    gone = _gone(entry, "removed", " ".join(ids), today, why)
    said.append(f"{id_} is removed; its page names {', '.join(ids)}")
    return Amended(_with(after, gone), tuple(said))


def _part(
    register: Register, part: str, entry: Entry, files: Files, today: str
) -> tuple[str, Register, list[str]]:
    """The id of a part of an image, given now if it is a new file."""
    if part in register.by_id:
        return _present(register, part).id, register, []
    _existing(files, part)
    for other in register.entries:
        if (other.status, other.path) == ("present", part) and other.id != entry.id:
            return other.id, register, []
    # The naming rule of a build, asked about this one file alone.
    known = Register(
        tuple(replace(e, status="removed", reason="-", sha256="") for e in register.entries)
    )
    given = update(known, [(part, files[part])], {}, today).ids[part]
    fresh = Entry(given, part, files[part], today, "present")
    return given, _with(register, fresh), [f"{given} is the file {part}"]


def _gone(entry: Entry, status: Status, to: str, today: str, reason: str) -> Entry:
    return replace(entry, status=status, redirect_to=to, date=today, reason=reason.strip())


def _placed(entry: Entry, path: str, files: Files) -> Entry:
    return replace(
        entry,
        path=path,
        sha256=files[path],
        status="present",
        redirect_to="",
        date="",
        reason="",
    )


def _with(register: Register, *entries: Entry) -> Register:
    """The register with some entries replaced or added."""
    after = register.by_id | {entry.id: entry for entry in entries}
    return Register(tuple(sorted(after.values(), key=lambda entry: natural_key(entry.id))))


def _known(register: Register, id_: str) -> Entry:
    entry = register.by_id.get(id_)
    if entry is None:
        # A path is as good a name as an id.
        for one in register.entries:
            if (one.status, one.path) == ("present", id_):
                return one
        close = difflib.get_close_matches(id_, list(register.by_id), n=1)
        remedy = f'did you mean "{close[0]}"?' if close else "register.csv lists all ids"
        raise CorpusError(f'there is no id "{id_}"', _FILE, remedy)
    return entry


def _present(register: Register, id_: str) -> Entry:
    entry = _known(register, id_)
    id_ = entry.id
    if entry.status == "removed":
        remedy = f"say volvelle register return {id_} first, if it is back"
        raise CorpusError(f"{id_} was removed", _FILE, remedy)
    if entry.status == "redirect":
        remedy = f"name {register.end_of(id_)}"
        raise CorpusError(f"{id_} leads to {entry.redirect_to}", _FILE, remedy)
    return entry


def _unused(register: Register, id_: str) -> None:
    if id_ in register.by_id:
        raise CorpusError(
            f'the id "{id_}" was given before', _FILE, "choose another: an id is never given twice"
        )


def _existing(files: Files, path: str) -> None:
    if path not in files:
        name = PurePosixPath(path).name
        close = [one for one in files if PurePosixPath(one).name == name]
        remedy = f'did you mean "{close[0]}"?' if close else "name it as below the images folder"
        raise CorpusError(f'there is no file "{path}"', "images", remedy)
