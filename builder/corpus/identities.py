"""Which image is which: ids for the files found, from the register and for the new ones.

A known path keeps its id, whatever became of its content. A file that vanished and turned up with
the same content elsewhere was moved and keeps its id. What is gone is marked as removed, and gets
its id back when it returns. An id once given is never given to anything else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from builder.corpus.natural import natural_key
from builder.corpus.register import Entry, Register
from builder.corpus.slugs import numbered, slug
from builder.errors import Problem


@dataclass(frozen=True)
class RegisterUpdate:
    """The register after a build, the id of every path found, and what was odd about them."""

    register: Register
    ids: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def update(
    register: Register,
    found: Sequence[tuple[str, str]],
    wanted: Mapping[str, str],
    today: str,
    unreadable: Sequence[str] = (),
) -> RegisterUpdate:
    """Give every file its id, and bring the register up to date.

    Args:
        register: all ids given so far.
        found: (path, sha256) of every readable file; paths are distinct.
        wanted: the id that the metadata asks for, by path, as written there.
        today: ISO date, noted as first_seen of new ids.
        unreadable: files and folders that could not be read this time: the entries of what is
            there stay as they are.
    """
    work = _Work(dict(register.by_id), sorted(found, key=lambda file: natural_key(file[0])))
    work.keep_known(unreadable)
    work.find_again()
    work.give_new(wanted, today)
    entries = sorted(work.entries.values(), key=lambda entry: natural_key(entry.id))
    problems = (*_wish_problems(work, wanted), *work.problems)
    return RegisterUpdate(Register(tuple(entries)), work.ids, problems)


@dataclass
class _Work:
    """An update under way: entries by id, files in natural order, ids by path."""

    entries: dict[str, Entry]
    found: list[tuple[str, str]]
    ids: dict[str, str] = field(default_factory=dict)
    lost: list[Entry] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def keep_known(self, unreadable: Sequence[str]) -> None:
        """Paths that were present keep their ids; what was present and is not found is lost."""
        at = dict(self.found)
        for entry in list(self.entries.values()):
            if entry.status != "present" or entry.path in self.ids:
                continue
            if entry.path in at:
                self._claim(entry, entry.path, at[entry.path])
            elif not _is_below(entry.path, unreadable):
                self.lost.append(entry)
                self.entries[entry.id] = replace(entry, status="removed")

    def find_again(self) -> None:
        """Moved files and returned ones, the surest signs first."""
        removed = [e for e in self.entries.values() if e.status == "removed"]
        lost = {entry.id for entry in self.lost}
        gone = [entry for entry in removed if entry.id not in lost]
        self._match(gone, lambda *file: file)
        self._match(self.lost, lambda *file: (PurePosixPath(file[0]).name, file[1]))
        self._match(self.lost, lambda *file: file[1])
        self._match(gone, lambda *file: file[1])
        self._match(gone, lambda *file: file[0])

    def give_new(self, wanted: Mapping[str, str], today: str) -> None:
        """Ids of files never seen before: those asked for first, then those from file names."""
        new = [(path, sha256) for path, sha256 in self.found if path not in self.ids]
        stems = Counter(slug(PurePosixPath(path).stem) for path, _ in self.found)
        names: dict[str, list[str]] = {}
        for path, _ in new:
            whole, stem = _without_extension(path), PurePosixPath(path).stem
            wish = [slug(wanted[path])] if path in wanted else []
            short = [slug(stem)] if stems[slug(stem)] == 1 else []
            names[path] = wish or list(dict.fromkeys([*short, slug(whole)]))
        for path, sha256 in sorted(new, key=lambda file: file[0] not in wanted):
            self._warn_of_redirect(path, names[path])
            given = self._free(names[path])
            self.entries[given] = Entry(given, path, sha256, today, "present")
            self.ids[path] = given
            self.fresh.add(path)

    def _match(self, entries: Iterable[Entry], sign: Callable[[str, str], Hashable]) -> None:
        """Pair entries that stand for nothing now with files that have no id, one to one.

        Where several have the same sign they are paired in natural order of their paths.
        """
        waiting: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry in sorted(entries, key=lambda e: (natural_key(e.path), natural_key(e.id))):
            if self.entries[entry.id].status == "removed":
                waiting[sign(entry.path, entry.sha256)].append(entry)
        for path, sha256 in self.found:
            if path not in self.ids and (candidates := waiting.get(sign(path, sha256))):
                self._claim(candidates.pop(0), path, sha256)

    def _claim(self, entry: Entry, path: str, sha256: str) -> None:
        self.entries[entry.id] = replace(entry, path=path, sha256=sha256, status="present")
        self.ids[path] = entry.id

    def _free(self, names: Sequence[str]) -> str:
        for name in names:
            if name not in self.entries:
                return name
        base = names[-1]
        number = self.numbers.get(base, 2)
        while numbered(base, number) in self.entries:
            number += 1
        self.numbers[base] = number
        return numbered(base, number)

    def _warn_of_redirect(self, path: str, names: Sequence[str]) -> None:
        for entry in map(self.entries.get, names):
            if entry and entry.status == "redirect" and entry.path == path:
                self.problems.append(
                    Problem(
                        path,
                        f'its id "{entry.id}" redirects to "{entry.redirect_to}", so that it was '
                        "given a new one",
                        "remove the file, or set its status to present in register.csv",
                    )
                )


def _wish_problems(work: _Work, wanted: Mapping[str, str]) -> list[Problem]:
    """Files whose id is not the one that the metadata asks for, and why."""
    wishes = {path: slug(wanted[path]) for path, _ in work.found if path in wanted}
    asked = Counter(wishes.values())
    problems = []
    for path, wish in wishes.items():
        given = work.ids[path]
        if given == wish:
            continue
        if asked[wish] > 1:
            what = f'asks for the id "{wish}", as another image does; it is published as "{given}"'
            remedy = "give each image its own id in the metadata"
        elif path in work.fresh:
            what = f'asks for the id "{wish}", which was given before; it is published as "{given}"'
            remedy = "choose another id in the metadata: an id is never given twice"
        else:
            what = f'stays published as "{given}", though its metadata now says "{wish}"'
            remedy = f'write "{given}" into the metadata: addresses never change'
        problems.append(Problem(path, what, remedy))
    return problems


def _without_extension(path: str) -> str:
    return str(PurePosixPath(path).with_suffix("")) if PurePosixPath(path).suffix else path


def _is_below(path: str, places: Sequence[str]) -> bool:
    return any(path == place or path.startswith(place + "/") for place in places)
