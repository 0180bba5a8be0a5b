"""Commands of the register: what they do, and what they refuse in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builder.corpus import amend
from builder.corpus.amend import Amended
from builder.corpus.history import extended, renamed
from builder.corpus.register import Entry, Register
from builder.corpus.types import FormerPicture
from builder.errors import CorpusError

DAY, TODAY = "2026-01-01", "2026-11-24"
A, B, C, D = (digit * 64 for digit in "abcd")
FILES = {"a.png": A, "b.png": B, "c.png": C, "new.png": D, "s/b.png": D}


def entry(id_: str, sha256: str, status: str = "present", to: str = "", **more: str) -> Entry:
    return Entry(id_, f"{id_}.png", sha256, DAY, status, to, **more)  # type: ignore[arg-type]


REGISTER = Register(
    (
        entry("a", A),
        entry("b", B),
        entry("gone", C, "removed", date=DAY),
        entry("led", D, "redirect", "a"),
    )
)


def told(done: Amended) -> dict[str, tuple[str, str, str]]:
    """Every id that is no longer as it was: status, path and where it leads."""
    return {
        e.id: (e.status, e.path, e.redirect_to)
        for e in done.register.entries
        if REGISTER.by_id.get(e.id) != e
    }


def test_rename() -> None:
    """The image has the new id, the old one leads to it, and its history goes with it."""
    done = amend.rename(REGISTER, "a", "moon", TODAY, "Shelfmark")
    assert told(done) == {
        "a": ("redirect", "a.png", "moon"),
        "moon": ("present", "a.png", ""),
    }
    assert done.register.by_id["a"].reason == "Shelfmark"
    assert done.register.end_of("led") == "moon"
    former = (FormerPicture("a", D, "a.png", DAY, TODAY),)
    assert [one.id for one in renamed(former, *done.renamed)] == ["moon"]


def test_move_and_accept() -> None:
    """An image's file is another one, or has another picture, which is noted."""
    moved = amend.move(REGISTER, "a", "new.png", FILES)
    assert (told(moved), [e.id for e in moved.replaced]) == (
        {"a": ("present", "new.png", "")}, ["a"],
    )  # fmt: skip
    changed = amend.accept(REGISTER, "a", FILES | {"a.png": D})
    assert changed.register.by_id["a"].sha256 == D
    history = extended((), changed.replaced, TODAY)
    assert history == (FormerPicture("a", A, "a.png", DAY, TODAY),)
    later = extended(history, [changed.register.by_id["a"]], "2027-01-01")
    assert [(one.since, one.until) for one in later] == [(DAY, TODAY), (TODAY, "2027-01-01")]


def test_retire_merge_and_return() -> None:
    """What is removed says why, what is merged leads on, and both can come back."""
    retired = amend.retire(REGISTER, "a", " A forgery ", TODAY, ["b"])
    assert told(retired) == {"a": ("removed", "a.png", "b")}
    assert (retired.register.by_id["a"].reason, retired.register.by_id["a"].date) == (
        "A forgery", TODAY,
    )  # fmt: skip
    merged = amend.merge(REGISTER, "b", "led", TODAY)
    assert told(merged) == {"b": ("redirect", "b.png", "a")}
    for done in (retired, merged):
        (id_,) = told(done)
        assert amend.give_back(done.register, id_, FILES).register == REGISTER
    back = amend.give_back(REGISTER, "gone", FILES, "c.png")
    assert (told(back), back.replaced) == ({"gone": ("present", "c.png", "")}, ())


def test_split() -> None:
    """New files get ids by the rule of a build; the former page names all parts."""
    done = amend.split(REGISTER, "a", ["new.png", "s/b.png", "b"], FILES, TODAY)
    assert told(done) == {
        "a": ("removed", "a.png", "new s-b b"),
        "new": ("present", "new.png", ""),
        "s-b": ("present", "s/b.png", ""),
    }
    assert done.register.by_id["a"].successors == ("new", "s-b", "b")


REFUSED: dict[str, tuple[Callable[[], Amended], str]] = {
    "id taken": (lambda: amend.rename(REGISTER, "a", "gone", TODAY), "was given before"),
    "no id": (lambda: amend.rename(REGISTER, "a", "Moon!", TODAY), '"moon" is'),
    "unknown": (lambda: amend.rename(REGISTER, "leed", "x", TODAY), 'did you mean "led"?'),
    "renaming gone": (lambda: amend.rename(REGISTER, "gone", "x", TODAY), "was removed"),
    "renaming led": (lambda: amend.rename(REGISTER, "led", "x", TODAY), "name a"),
    "no file": (lambda: amend.move(REGISTER, "a", "x/new.png", FILES), 'did you mean "new.png"'),
    "other's file": (lambda: amend.move(REGISTER, "a", "b.png", FILES), "is the file of b"),
    "moving led": (lambda: amend.move(REGISTER, "led", "new.png", FILES), "return led first"),
    "no reason": (lambda: amend.retire(REGISTER, "a", " ", TODAY), "needs a reason"),
    "own successor": (lambda: amend.retire(REGISTER, "a", "x", TODAY, ["a"]), "its own place"),
    "retiring led": (lambda: amend.retire(REGISTER, "led", "x", TODAY), "leads to a already"),
    "not gone": (lambda: amend.give_back(REGISTER, "a", FILES), "is not gone"),
    "file gone": (lambda: amend.give_back(REGISTER, "gone", FILES), "there is no file"),
    "file taken": (lambda: amend.give_back(REGISTER, "gone", FILES, "a.png"), "the file of a"),
    "with itself": (lambda: amend.merge(REGISTER, "a", "led", TODAY), "cannot lead to itself"),
    "into gone": (lambda: amend.merge(REGISTER, "a", "gone", TODAY), "was removed"),
    "one part": (lambda: amend.split(REGISTER, "a", ["b"], FILES, TODAY), "two parts or more"),
    "itself": (lambda: amend.split(REGISTER, "a", ["a", "b"], FILES, TODAY), "part of itself"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    """What makes no sense is refused with the reason and the remedy."""
    change, said = REFUSED[case]
    with pytest.raises(CorpusError, match=said.replace("?", "\\?")) as caught:
        change()
    assert caught.value.remedy
