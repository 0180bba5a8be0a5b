"""Addresses over random histories of a catalogue: files, commands, answers, builds, versions."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.corpus import amend
from builder.corpus.identities import RegisterUpdate, update
from builder.corpus.register import Register
from builder.errors import CorpusError
from builder.versions.compare import compare
from builder.versions.types import Claims, GroupingClaim, ListClaim, ViewClaim

K = 4


def sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def thing(content: str) -> str:
    """What a picture shows: its versions are "<thing>.<number>"."""
    return content.split(".")[0]


@dataclass
class World:
    """A catalogue, what was published, and what only its maker knows: which file shows what.

    An edit is made to files that lie as the last build found them, so that the maker's intention is
    one that files or answers can tell.
    """

    files: dict[str, str] = field(default_factory=dict)
    register: Register = field(default_factory=Register)
    wanted: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    led: set[str] = field(default_factory=set)
    questions: int = 0
    made: int = 0
    day: int = 0
    settled: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    @property
    def today(self) -> str:
        return f"2026-01-{self.day + 1:02d}"

    def hashes(self) -> dict[str, str]:
        self.contents |= {sha(content): content for content in self.files.values()}
        return {path: sha(content) for path, content in self.files.items()}

    def still(self) -> list[str]:
        """Files that nobody touched since the last build."""
        return sorted(path for path in self.settled if path not in self.touched)

    def free(self, number: int) -> str:
        """A path where no file is or was since the last build."""
        names = [f"{folder}{name}.png" for folder in ("", "s/", "t/") for name in "abcdef"]
        names = [x for x in names if x not in {*self.files, *self.settled, *self.touched}]
        return names[number % len(names)]

    def put(self, path: str, content: str) -> None:
        self.files[path] = content
        self.touched.add(path)

    def take(self, path: str) -> str:
        self.touched.add(path)
        return self.files.pop(path)

    def fresh(self) -> str:
        self.made += 1
        return f"thing{self.made}.1"

    def edited(self, content: str) -> str:
        self.made += 1
        return f"{thing(content)}.{self.made}"


def add(world: World, a: int, b: int) -> None:
    if len(world.files) < 9:
        world.put(world.free(a), world.fresh())


def edit(world: World, a: int, b: int) -> None:
    path = pick(world.still(), a)
    world.put(path, world.edited(world.files[path]))


def move(world: World, a: int, b: int) -> None:
    path = pick(world.still(), a)
    world.put(world.free(b), world.take(path))


def copy(world: World, a: int, b: int) -> None:
    if len(world.files) < 9:
        world.put(world.free(b), world.files[pick(world.still(), a)])


def remove(world: World, a: int, b: int) -> None:
    if len(world.files) > 1:
        world.take(pick(world.still(), a))


def swap(world: World, a: int, b: int) -> None:
    one, other = pick(world.still(), a), pick(world.still(), b)
    first, second = world.files[one], world.files[other]
    world.put(one, second)
    world.put(other, first)


def shift(world: World, a: int, b: int) -> None:
    """A page is put in before: each file takes the name of the next."""
    paths = world.still()[a % 3 :]
    contents = [world.take(path) for path in paths]
    for path, content in zip(paths[1:], contents, strict=False):
        world.put(path, content)
    if contents:
        world.put(world.free(b), contents[-1])


def onto(world: World, a: int, b: int) -> None:
    """A file is renamed over another, which is lost."""
    one, other = pick(world.still(), a), pick(world.still(), b)
    if one != other:
        world.put(other, world.take(one))


def come_back(world: World, a: int, b: int) -> None:
    """A picture that is gone lies somewhere again; edited or not, at its path or elsewhere."""
    gone = [e for e in world.register.entries if e.status == "removed" and not e.reason]
    if not gone or len(world.files) > 8:
        return
    entry = pick(gone, a)
    content = world.contents[entry.sha256]
    at_home = entry.path not in {*world.files, *world.settled, *world.touched}
    if at_home and b % 2:
        world.put(entry.path, world.edited(content) if b % 4 == 1 else content)
    elif at_home and b % 8 == 0:
        world.put(entry.path, world.fresh())
    else:
        world.put(world.free(b), content)


def remake(world: World, a: int, b: int) -> None:
    """Newly photographed under another name; the metadata says which image it is."""
    path = pick(world.still(), a)
    known = [e for e in world.register.entries if e.path == path and e.status == "present"]
    if not known:
        return
    (entry,), target = known, world.free(b)
    world.put(target, world.edited(world.take(path)))
    world.wanted[target] = entry.id


FILES: tuple[Callable[[World, int, int], None], ...] = (
    add, edit, move, copy, remove, swap, shift, onto, come_back, remake,
)  # fmt: skip


def pick(among: list, number: int):
    return among[number % len(among)]


def present(world: World, number: int) -> str:
    return pick([e.id for e in world.register.entries if e.status == "present"], number)


def command(world: World, a: int, b: int) -> None:
    """One command of the register, as its maker means it; refusals change nothing."""
    files, ids = world.hashes(), [entry.id for entry in world.register.entries]
    kind = ("rename", "retire", "merge", "return", "split")[a % 5]
    one, other = pick(ids, b), pick(ids, a + b // 3)
    before = world.register
    try:
        if kind == "rename":
            done = amend.rename(before, one, f"name-{world.made}-{b}", world.today)
        elif kind == "retire":
            done = amend.retire(before, one, "not ours", world.today)
        elif kind == "merge":
            done = amend.merge(before, one, other, world.today)
        elif kind == "return":
            # Only where its own picture lies: to say otherwise would be a lie.
            if files.get(before.by_id[one].path) != before.by_id[one].sha256:
                return
            done = amend.give_back(before, one, files)
        else:
            known = {entry.sha256 for entry in before.entries}
            parts = sorted(path for path, hash_ in files.items() if hash_ not in known)
            parts = [path for path in parts if path not in world.settled]
            done = amend.split(before, one, [*parts, other], files, world.today)
    except CorpusError:
        return
    for entry in done.register.entries:
        old = before.by_id.get(entry.id)
        if old is None:
            world.meant[entry.id] = thing(world.contents[entry.sha256])
            world.settled[entry.path] = world.files.get(entry.path, "")
    if kind in ("rename", "merge"):
        world.led.add(one)
    if kind == "return":
        world.led.discard(one)
    world.register = done.register


def ask(world: World) -> RegisterUpdate:
    """A build, with the questions answered as the maker knows them."""
    files = world.hashes()
    answers: set = {"pictures", "order"}  # in these histories known pictures move by renaming
    result = update(world.register, list(files.items()), world.wanted, world.today)
    before = world.register
    world.questions += bool(result.questions)
    for question in result.questions:
        assert question.entries
        assert question.files
        for path in question.files:
            entry = question.entries[0]
            same = world.meant[entry.id] == thing(world.files[path])
            if question.kind in ("place", "claim") and same:
                world.register = amend.move(world.register, entry.id, path, files).register
    assert before.by_id.keys() == world.register.by_id.keys()
    if any(q.kind in ("which", "exchange", "back") for q in result.questions):
        result = update(world.register, list(files.items()), world.wanted, world.today, (), answers)
        kinds = {q.kind for q in result.questions}
        assert not kinds & {"which", "exchange", "back"}
    result = update(
        world.register, list(files.items()), world.wanted, world.today, (), answers | {"new"}
    )
    assert result.questions == ()
    return result


def check(world: World, result: RegisterUpdate) -> None:
    """No address that was ever published is gone, or means another thing."""
    register = result.register
    for id_, what in world.meant.items():
        entry = register.by_id[id_]
        if entry.status == "present":
            assert thing(world.files[entry.path]) == what, id_
        elif entry.status == "removed":
            assert thing(world.contents[entry.sha256]) == what, id_
        else:
            assert id_ in world.led
        assert all(one in register.by_id for one in entry.successors)
        assert register.by_id[register.end_of(id_)].status != "redirect"
    shown = {e.path: e.id for e in register.entries if e.status == "present"}
    assert shown == result.ids
    assert set(world.files) == {*result.ids, *result.left_out}


def publish(world: World) -> RegisterUpdate:
    result = ask(world)
    check(world, result)
    hashes = list(world.hashes().items())
    again = update(result.register, hashes, world.wanted, world.today)
    assert (again.register, again.questions) == (result.register, ())
    world.register = result.register
    for path, id_ in result.ids.items():
        world.meant.setdefault(id_, thing(world.files[path]))
    world.settled = {path: world.files[path] for path in result.ids}
    world.touched = set(result.left_out)
    world.day += 1
    return result


def claims(world: World, seed: int) -> Claims:
    """What such a catalogue could claim: neighbours and clusters by chance."""
    chance = random.Random(seed)
    entries = [e for e in world.register.entries if e.status == "present"]
    n = len(entries)
    rows = [chance.sample([x for x in range(n) if x != row], min(K, n - 1)) for row in range(n)]
    scores = tuple(tuple(0.9 - 0.1 * at for at in range(len(row))) for row in rows)
    labels = np.array([chance.choice((-1, 1, 2, 3)) for _ in range(n)], np.int32)
    numbers = sorted(set(labels.tolist()) - {-1})
    return Claims(
        f"{seed:012x}",
        "T",
        "G",
        tuple(e.id for e in entries),
        tuple(e.id for e in entries),
        ("",) * n,
        tuple(e.sha256 for e in entries),
        {
            e.id: world.register.end_of(e.id) if e.status == "redirect" else ""
            for e in world.register.entries
            if e.status != "present"
        },
        (
            ViewClaim(
                "v",
                "V",
                "",
                {},
                {"all": ListClaim(tuple(map(tuple, rows)), scores)},
                (
                    GroupingClaim(
                        "v",
                        "K",
                        "m",
                        labels,
                        dict.fromkeys(numbers, ""),
                        {x: int(np.flatnonzero(labels == x)[0]) for x in numbers},
                    ),
                ),
                np.array([[chance.random(), chance.random()] for _ in range(n)]).reshape(-1, 2),
            ),
        ),
    )


def check_diff(world: World, old: Claims, new: Claims) -> None:
    """The difference against one that follows every single image by hand."""
    found = compare(old, new, "v1")
    there = set(new.ids)
    ends = {one: one if one in there else new.gone.get(one, "") for one in old.ids}
    ends = {one: end if end in there else "" for one, end in ends.items()}
    gone = {one for one, end in ends.items() if not end}
    merged = {one for one, end in ends.items() if end and end != one and end in old.ids}
    renamed = [one for one, end in ends.items() if end and end != one and one not in merged]
    first: dict[str, str] = {}
    for one in renamed:
        first.setdefault(ends[one], one)
    merged |= {one for one in renamed if first[ends[one]] != one}
    kept = {one: ends[one] for one in old.ids if one not in gone | merged}
    hashes_old = dict(zip(old.ids, old.sha256, strict=True))
    hashes_new = dict(zip(new.ids, new.sha256, strict=True))
    assert set(found.gone) == gone
    assert dict(found.merged) == {one: ends[one] for one in merged}
    assert dict(found.renamed) == {a: b for a, b in kept.items() if a != b}
    assert set(found.added) == there - set(kept.values())
    assert set(found.changed) == {b for a, b in kept.items() if hashes_old[a] != hashes_new[b]}
    (view,), (one,) = found.views, found.views[0].lists
    shifts = {shift.id: (shift.kept, shift.of) for shift in one.shifts}
    for a, b in kept.items():
        row, other = old.ids.index(a), new.ids.index(b)
        before = [ends[old.ids[x]] for x in old.views[0].lists["all"].rows[row]]
        after = [new.ids[x] for x in new.views[0].lists["all"].rows[other]]
        of = min(len(before), len(after))
        stay = len(set(before[:of]) & set(after[:of]))
        if before == after:
            assert b not in shifts
        else:
            assert shifts[b] == (stay, of)
    assert one.images == len(kept)
    assert (view.map.images if view.map else 0) == len(kept)
    assert compare(new, new).nothing


_EDITS = st.lists(
    st.tuples(st.integers(0, len(FILES) + 3), st.integers(0, 40), st.integers(0, 40)), max_size=4
)


@given(st.lists(_EDITS, min_size=2, max_size=7))
@settings(max_examples=300, deadline=None)
def test_no_address_dies_or_changes_its_meaning(history: list[list[tuple[int, int, int]]]) -> None:
    """Over 300 random histories every address answers for its own thing, and diff is right."""
    world = World()
    for number in range(4):
        world.put(f"{'abcd'[number]}.png", world.fresh())
    publish(world)
    former = released = claims(world, 0)
    for seed, edits in enumerate(history, 1):
        for kind, a, b in edits:
            if kind >= len(FILES):
                command(world, a, b)
            elif kind == 0 or world.still():
                FILES[kind](world, a, b)
        publish(world)
        now = claims(world, seed)
        check_diff(world, former, now)
        check_diff(world, released, now)
        former = now
