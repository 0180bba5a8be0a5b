"""Which image is which: ids for the files found, from the register and for the new ones.

Only what the files prove is taken: the same picture at the same path; a picture that vanished at
one path and turned up at one other (moved); another picture at a known path (a new version of the
image); a picture that was gone and is back. Where they prove two things, or nothing, a question is
asked. What is gone is marked as removed. An id once given is never given to anything else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from builder.corpus.matching import Pair, by_content, pairs
from builder.corpus.natural import natural_key
from builder.corpus.questions import Answer, Kind, Question
from builder.corpus.register import Entry, Register
from builder.corpus.slugs import numbered, slug
from builder.errors import Problem


@dataclass(frozen=True)
class RegisterUpdate:
    """What a build makes of the register.

    Attributes:
        register: after the build.
        ids: the id of every path found, but for those left out.
        problems: what was odd about them.
        replaced: entries as they were before another picture took their place.
        left_out: paths of files whose image was withdrawn or merged.
        questions: what must be answered first; if there are any, nothing else counts.
    """

    register: Register
    ids: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    replaced: tuple[Entry, ...] = ()
    left_out: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def update(
    register: Register,
    found: Sequence[tuple[str, str]],
    wanted: Mapping[str, str],
    today: str,
    unreadable: Sequence[str] = (),
    answers: Iterable[Answer] = (),
) -> RegisterUpdate:
    """Give every file its id, and bring the register up to date.

    Args:
        register: all ids given so far.
        found: (path, sha256) of every readable file; paths are distinct.
        wanted: the id that the metadata asks for, by path, as written there.
        today: ISO date, noted as first_seen of new ids and as the date of removals.
        unreadable: files and folders that could not be read this time: the entries of what is
            there stay as they are.
        answers: what questions are settled by.
    """
    ordered = sorted(found, key=lambda file: natural_key(file[0]))
    work = _Work(dict(register.by_id), ordered, wanted, today, frozenset(answers))
    work.keep_same(unreadable)
    work.follow_pictures()
    work.know_again()
    work.keep_paths()
    work.hear_metadata()
    work.remove_lost()
    work.take_back()
    work.leave_out()
    work.look_at_places()
    if not work.questions:
        work.give_new()
    entries = sorted(work.entries.values(), key=lambda entry: natural_key(entry.id))
    problems = (*_wish_problems(work, wanted), *work.problems)
    return RegisterUpdate(
        Register(tuple(entries)),
        work.ids,
        problems,
        tuple(work.replaced),
        tuple(work.left_out),
        tuple(work.questions),
    )


@dataclass
class _Work:
    """An update under way: entries by id, files in natural order, ids by path.

    `open` are the present entries that have no file yet, `given_up` those of them whose path holds
    the picture of another; `asked` are the paths that are in question.
    """

    entries: dict[str, Entry]
    found: list[tuple[str, str]]
    wanted: Mapping[str, str]
    today: str
    answers: frozenset[Answer]
    ids: dict[str, str] = field(default_factory=dict)
    open: dict[str, Entry] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    replaced: list[Entry] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @cached_property
    def wishes(self) -> dict[str, str]:
        """The ids that the metadata asks for, by path."""
        return {path: slug(wish) for path, wish in self.wanted.items()}

    def keep_same(self, unreadable: Sequence[str]) -> None:
        """The same picture at the same path; all else that is present is open."""
        at = dict(self.found)
        for entry in list(self.entries.values()):
            if entry.status != "present" or entry.path in self.ids:
                continue
            if at.get(entry.path) == entry.sha256:
                self._claim(entry, entry.path, entry.sha256)
            elif entry.path in at or not _is_below(entry.path, unreadable):
                self.open[entry.id] = entry

    def follow_pictures(self) -> None:
        """Pictures that are gone from their paths and lie at others."""
        places = {path for path, _ in self._free_files()}
        known = {entry.path for entry in self.open.values()}
        for entries, paths in by_content(self.open.values(), self._free_files()):
            moved = not any(e.path in places for e in entries) and not known.intersection(paths)
            kind: Kind = "which" if moved else "exchange"
            if kind == "exchange" and "paths" in self.answers:
                continue
            settled = ("order" if moved else "pictures") in self.answers
            sure: list[Pair] = []
            unsure = True
            if moved or settled:
                sure, unsure = pairs(entries, paths, self.wishes, in_order=settled)
            for entry, path in sure:
                self._claim(entry, path, entry.sha256)
            left = [entry for entry in entries if entry.id in self.open]
            rest = [path for path in paths if path not in self.ids]
            if settled and not moved:
                # Copies of a picture that has its file are no new version of what was there.
                self.given_up.update(e.id for e in self.open.values() if e.path in rest)
            if unsure and not (moved and "new" in self.answers):
                self._ask(kind, left, rest)

    def know_again(self) -> None:
        """The picture of one image at the path of another."""
        known = {e.sha256: e for e in self.entries.values() if e.id not in self.open}
        at = dict(self._free_files())
        for entry in list(self.open.values()):
            other = known.get(at.get(entry.path, ""))
            if other is None or "paths" in self.answers:
                continue
            if "pictures" in self.answers:
                self.given_up.add(entry.id)
            else:
                self._ask("back", [other, entry], [entry.path])

    def keep_paths(self) -> None:
        """Another picture at a known path is a new version of the image."""
        at = dict(self._free_files())
        for entry in list(self.open.values()):
            if entry.path in at and entry.id not in self.given_up:
                self._claim(entry, entry.path, at[entry.path])

    def hear_metadata(self) -> None:
        """Files to which the metadata gives an id whose picture and path are gone now."""
        for path, sha256 in self._free_files():
            entry = self.open.get(self.wishes.get(path, ""))
            if entry is None or "new" in self.answers:
                continue
            if "metadata" in self.answers:
                self._claim(entry, path, sha256)
            else:
                self._ask("claim", [entry], [path])

    def remove_lost(self) -> None:
        for entry in self.open.values():
            self.entries[entry.id] = replace(entry, status="removed", date=self.today)

    def take_back(self) -> None:
        """Pictures that were gone and are back, at their own path or at another."""
        lost = [e for e in self._removed() if e.id not in self.open]
        there = {(entry.path, entry.sha256): entry for entry in lost}
        for path, sha256 in self._free_files():
            if (path, sha256) in there:
                self._claim(there[path, sha256], path, sha256)
        gone = [entry for entry in lost if self.entries[entry.id].status == "removed"]
        for entries, paths in by_content(gone, self._free_files()):
            sure, unsure = pairs(entries, paths, self.wishes, "order" in self.answers)
            for entry, path in sure:
                self._claim(entry, path, entry.sha256)
            left = [e for e in entries if self.entries[e.id].status == "removed"]
            if unsure and "new" not in self.answers:
                self._ask("which", left, [path for path in paths if path not in self.ids])

    def leave_out(self) -> None:
        """Files of images that somebody withdrew, or merged with another."""
        shown = {entry.sha256 for entry in self.entries.values() if entry.status == "present"}
        withdrawn = {e.sha256: e for e in self.entries.values() if e.withdrawn}
        merged = {(e.path, e.sha256): e for e in self.entries.values() if e.status == "redirect"}
        for path, sha256 in self._free_files():
            entry = None if sha256 in shown else withdrawn.get(sha256)
            entry = entry or merged.get((path, sha256))
            if entry is not None:
                self.left_out.append(path)
                self.problems.append(_left_out(path, entry))

    def look_at_places(self) -> None:
        """Another picture where a removed image was: nobody can see whether it is the same."""
        gone: dict[str, Entry] = {}
        for entry in self._removed():
            if entry.id not in self.open and entry.date >= gone.get(entry.path, entry).date:
                gone[entry.path] = entry
        for path, sha256 in self._free_files():
            if path not in gone or "new" in self.answers:
                continue
            if "paths" in self.answers:
                self._claim(gone[path], path, sha256)
            else:
                self._ask("place", [gone[path]], [path])

    def give_new(self) -> None:
        """Ids of files never seen before: those asked for first, then those from file names."""
        new = self._free_files()
        stems = Counter(slug(PurePosixPath(path).stem) for path, _ in self.found)
        names: dict[str, list[str]] = {}
        for path, _ in new:
            whole, stem = _without_extension(path), PurePosixPath(path).stem
            wish = [slug(self.wanted[path])] if path in self.wanted else []
            short = [slug(stem)] if stems[slug(stem)] == 1 else []
            names[path] = wish or list(dict.fromkeys([*short, slug(whole)]))
        for path, sha256 in sorted(new, key=lambda file: file[0] not in self.wanted):
            given = self._free(names[path])
            self.entries[given] = Entry(given, path, sha256, self.today, "present")
            self.ids[path] = given
            self.fresh.add(path)

    def _free_files(self) -> list[tuple[str, str]]:
        """Files that have no id and are not in question."""
        taken = {*self.ids, *self.asked, *self.left_out}
        return [file for file in self.found if file[0] not in taken]

    def _removed(self) -> list[Entry]:
        """What is gone without anybody having said why: it may come back."""
        return [e for e in self.entries.values() if e.status == "removed" and not e.reason]

    def _ask(self, kind: Kind, entries: Sequence[Entry], paths: Sequence[str]) -> None:
        self.questions.append(Question(kind, tuple(entries), tuple(paths)))
        self.asked.update(paths)
        self.asked.update(entry.path for entry in entries)

    def _claim(self, entry: Entry, path: str, sha256: str) -> None:
        if entry.sha256 != sha256:
            self.replaced.append(entry)
        self.entries[entry.id] = replace(
            entry, path=path, sha256=sha256, status="present", redirect_to="", date="", reason=""
        )
        self.ids[path] = entry.id
        self.open.pop(entry.id, None)

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


def _left_out(path: str, entry: Entry) -> Problem:
    if entry.status == "redirect":
        what = f'is left out: its id "{entry.id}" leads to "{entry.redirect_to}" now'
    else:
        what = f'is left out: "{entry.id}" was withdrawn on {entry.date} ("{entry.reason}")'
    return Problem(path, what, f"remove the file, or say volvelle register return {entry.id}")


def _wish_problems(work: _Work, wanted: Mapping[str, str]) -> list[Problem]:
    """Files whose id is not the one that the metadata asks for, and why."""
    wishes = {path: slug(wanted[path]) for path, _ in work.found if path in wanted}
    asked = Counter(wishes.values())
    problems = []
    for path, wish in wishes.items():
        given = work.ids.get(path, wish)
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
            remedy = (
                f'write "{given}" into the metadata, or say volvelle register rename {given} {wish}'
            )
        problems.append(Problem(path, what, remedy))
    return problems


def _without_extension(path: str) -> str:
    return str(PurePosixPath(path).with_suffix("")) if PurePosixPath(path).suffix else path


def _is_below(path: str, places: Sequence[str]) -> bool:
    return any(path == place or path.startswith(place + "/") for place in places)
