from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.identities import RegisterUpdate, update
from builder.corpus.questions import ANSWERS, Answer, Kind, Question, refusal
from builder.corpus.register import Entry, Register

DAY = "2026-11-24"


def _sha(content: str) -> str:
    return content.encode().hex().ljust(64, "0")


def _build(
    register: Register,
    files: Mapping[str, str],
    wanted: Mapping[str, str] | None = None,
    unreadable: Sequence[str] = (),
    answers: Sequence[Answer] = (),
) -> RegisterUpdate:
    found = [(path, _sha(content)) for path, content in files.items()]
    return update(register, found, wanted or {}, DAY, unreadable, answers)


def _asked(result: RegisterUpdate) -> list[tuple[str, list[str], tuple[str, ...]]]:
    return [(q.kind, [e.id for e in q.entries], q.files) for q in result.questions]


def _after(*catalogues: Mapping[str, str]) -> RegisterUpdate:
    result = RegisterUpdate(Register(), {})
    for files in catalogues:
        result = _build(result.register, files)
    return result


def _states(result: RegisterUpdate) -> dict[str, str]:
    return {entry.id: entry.status for entry in result.register.entries}


def test_new_images_take_their_names() -> None:
    """A new image's id is the slug of its file name; the register notes when it came."""
    result = _after({"ms/Fol. 12r.png": "x"})
    assert result.ids == {"ms/Fol. 12r.png": "fol-12r"}
    assert (Entry("fol-12r", "ms/Fol. 12r.png", _sha("x"), DAY, "present"),) == (
        result.register.entries
    )


def test_names_that_collide_take_their_folders() -> None:
    """Files of one name in several folders are called by their whole paths."""
    result = _after({"ms1/1.png": "a", "ms2/1.png": "b", "ms2/2.png": "c"})
    assert list(map(result.ids.get, result.ids)) == ["ms1-1", "ms2-1", "2"]


def test_paths_that_collide_are_numbered() -> None:
    """Where paths collide too, numbers are given in natural order."""
    result = _after({"a.png": "1", "a.jpg": "2", "A.tif": "3"})
    assert result.ids == {"a.jpg": "a", "a.png": "a-2", "A.tif": "a-3"}
    assert result.problems == ()


def test_known_path_keeps_its_id_though_its_content_changed() -> None:
    """A changed file keeps its id and first day; its hash is the new one."""
    result = _after({"a.png": "old"}, {"a.png": "new"})
    assert (Entry("a", "a.png", _sha("new"), DAY, "present"),) == result.register.entries


def test_moved_file_keeps_its_id() -> None:
    """The same content at a new path, the old one gone, is a rename."""
    result = _after({"a.png": "x"}, {"sub/b.png": "x"})
    assert (result.ids, _states(result)) == ({"sub/b.png": "a"}, {"a": "present"})


def test_copy_is_a_new_image() -> None:
    """The same content at a second path, the first still there, is another image."""
    assert _after({"a.png": "x"}, {"a.png": "x", "b.png": "x"}).ids == {"a.png": "a", "b.png": "b"}


def test_identical_files_that_move_are_paired() -> None:
    """Thirty identical images that move keep their ids by name; renamed, they are asked about."""
    before = {f"old/{n}.png": "same" for n in range(30)}
    moved = _after(before, {f"new/{n}.png": "same" for n in range(30)})
    assert {f"new/{n}.png": str(n) for n in range(30)} == moved.ids
    renamed = {f"old/x{n}.png": "same" for n in range(30)}
    register = _after(before).register
    assert [kind for kind, _, _ in _asked(_build(register, renamed))] == ["which"]
    ordered = _build(register, renamed, answers=["order"])
    assert {f"old/x{n}.png": str(n) for n in range(30)} == ordered.ids
    fresh = _build(register, renamed, answers=["new"])
    assert {f"old/x{n}.png": f"x{n}" for n in range(30)} == fresh.ids


def test_metadata_tells_equal_pictures_apart() -> None:
    """Of equal pictures that moved each is the image whose id the metadata gives it."""
    register = _after({"a.png": "same", "b.png": "same"}).register
    files = {"x.png": "same", "y.png": "same"}
    assert _build(register, files, {"x.png": "b"}).ids == {"x.png": "b", "y.png": "a"}


def test_removed_file_leaves_a_tombstone_and_can_return() -> None:
    """What is gone is marked; with the same content it gets its id back, wherever it lies."""
    first, empty = {"a.png": "x", "b.png": "y"}, {"b.png": "y"}
    assert _states(_after(first, empty)) == {"a": "removed", "b": "present"}
    assert _after(first, empty).register.by_id["a"].date == DAY
    for files in ({"a.png": "x"}, {"else/z.png": "x"}):
        back = _after(first, empty, {**empty, **files})
        assert _states(back) == {"a": "present", "b": "present"}
        assert back.register.by_id["a"].date == ""


def test_another_picture_where_a_removed_one_was_is_asked_about() -> None:
    """It may be the same image or another; each answer is kept by the next build."""
    register = _after({"a.png": "x", "b.png": "y"}, {"b.png": "y"}).register
    files = {"a.png": "new", "b.png": "y"}
    assert _asked(_build(register, files)) == [("place", ["a"], ("a.png",))]
    back = _build(register, files, answers=["paths"])
    assert (_states(back), [e.sha256 for e in back.replaced]) == (
        {"a": "present", "b": "present"}, [_sha("x")],
    )  # fmt: skip
    other = _build(register, files, answers=["new"])
    assert other.ids == {"a.png": "a-2", "b.png": "b"}
    for result in (back, other):
        assert _build(result.register, files).ids == result.ids


def test_removed_id_is_not_given_to_another() -> None:
    """A new file whose name would give a removed id gets another one."""
    result = _after({"one/a.png": "x"}, {}, {"two/a.png": "y"})
    assert result.ids == {"two/a.png": "two-a"}
    assert _states(result) == {"a": "removed", "two-a": "present"}


def test_swapped_files_are_asked_about() -> None:
    """Two files that exchange their contents were renamed, or their pictures were replaced."""
    register = _after({"a.png": "x", "b.png": "y"}).register
    files = {"a.png": "y", "b.png": "x"}
    assert _asked(_build(register, files)) == [
        ("exchange", ["b"], ("a.png",)),
        ("exchange", ["a"], ("b.png",)),
    ]
    followed = _build(register, files, answers=["pictures"])
    assert (followed.ids, followed.replaced) == ({"a.png": "b", "b.png": "a"}, ())
    kept = _build(register, files, answers=["paths"])
    assert (kept.ids, len(kept.replaced)) == ({"a.png": "a", "b.png": "b"}, 2)


def test_a_page_put_in_before_is_asked_about() -> None:
    """A numbered sequence that moves on by one keeps its ids with its pictures, if that is said."""
    register = _after({f"{n}.png": f"picture {n}" for n in (1, 2, 3)}).register
    files = {"1.png": "new"} | {f"{n + 1}.png": f"picture {n}" for n in (1, 2, 3)}
    assert {kind for kind, _, _ in _asked(_build(register, files))} == {"exchange"}
    result = _build(register, files, answers=["pictures"])
    assert result.ids == {"1.png": "1-2", "2.png": "1", "3.png": "2", "4.png": "3"}


def test_a_known_picture_over_another_is_asked_about() -> None:
    """A copy of one image laid over another is its new picture, or the other is gone."""
    register = _after({"a.png": "x", "b.png": "y"}).register
    files = {"a.png": "y", "b.png": "y"}
    assert _asked(_build(register, files)) == [("back", ["b", "a"], ("a.png",))]
    assert _build(register, files, answers=["paths"]).ids == {"a.png": "a", "b.png": "b"}
    gone = _build(register, files, answers=["pictures"])
    assert (gone.ids, _states(gone)["a"]) == ({"a.png": "a-2", "b.png": "b"}, "removed")


def test_a_new_photograph_under_another_name_is_asked_about() -> None:
    """Neither path nor picture is known, but the metadata says which image it is."""
    register = _after({"a.png": "x"}).register
    files, wanted = {"scan.png": "y"}, {"scan.png": "A"}
    assert _asked(_build(register, files, wanted)) == [("claim", ["a"], ("scan.png",))]
    assert _build(register, files, wanted, answers=["metadata"]).ids == {"scan.png": "a"}
    assert _build(register, files, wanted, answers=["new"]).ids == {"scan.png": "a-2"}


def test_withdrawn_image_does_not_return() -> None:
    """A file whose image was removed for a reason is left out, wherever it lies, and told of."""
    gone = Entry("a", "a.png", _sha("x"), DAY, "removed", "", DAY, "not ours")
    for path in ("a.png", "else.png"):
        result = _build(Register((gone,)), {path: "x", "b.png": "y"})
        assert (result.ids, result.left_out) == ({"b.png": "b"}, (path,))
        assert result.register.by_id["a"] == gone
        assert [problem.path for problem in result.problems] == [path]


@pytest.mark.parametrize("kind", ["which", "exchange", "back", "place", "claim"])
def test_questions_are_asked_in_words(kind: Kind) -> None:
    """Every question names ids and files, ends as a question would, and comes with its answers."""
    entries = tuple(Entry(id_, f"{id_}.png", _sha(id_), DAY, "present") for id_ in ("one", "two"))
    question = Question(kind, entries, ("there.png",))
    error = refusal([question, question], "register.csv")
    assert '"one"' in question.text
    assert '"there.png"' in question.text
    assert all(f"settle --by {answer}" in error.sentence for answer in ANSWERS[kind])
    assert "1 more question" in error.sentence
    assert error.exit_code == 3


def test_rename_onto_a_removed_path() -> None:
    """A moved file keeps its own id, even at a path that a removed one had."""
    files = {"a.png": "x", "b.png": "y"}
    result = _after(files, {"a.png": "x"}, {"b.png": "x"})
    assert (result.ids, _states(result)["b"]) == ({"b.png": "a"}, "removed")


def test_unreadable_file_is_not_removed() -> None:
    """What cannot be read this time keeps its entry, alone or below an unreadable folder."""
    first = _after({"a.png": "x", "sub/b.png": "y", "c.png": "z"})
    later = _build(first.register, {"c.png": "z"}, unreadable=["a.png", "sub"])
    assert first.register == later.register


def test_unreadable_file_is_not_taken_for_moved() -> None:
    """A copy of an unreadable file is a new image."""
    first = _after({"a.png": "x"})
    later = _build(first.register, {"b.png": "x"}, unreadable=["a.png"])
    assert later.ids == {"b.png": "b"}


def test_redirect_is_for_ever() -> None:
    """A redirect is never used again, and the file that still stands there is left out."""
    gone = Entry("a", "a.png", _sha("x"), DAY, "redirect", "b")
    register = Register((gone, Entry("b", "b.png", _sha("y"), DAY, "present")))
    result = _build(register, {"a.png": "x", "b.png": "y"})
    assert (result.ids, result.left_out) == ({"b.png": "b"}, ("a.png",))
    assert gone == result.register.by_id["a"]
    assert [problem.path for problem in result.problems] == ["a.png"]
    other = _build(register, {"a.png": "new", "b.png": "y"})
    assert other.ids == {"a.png": "a-2", "b.png": "b"}


def test_metadata_names_new_images() -> None:
    """An id in the metadata wins over the file's name, and over another file's name."""
    result = _build(Register(), {"a.png": "x", "b.png": "y"}, {"b.png": "A"})
    assert result.ids == {"b.png": "a", "a.png": "a-2"}
    assert result.problems == ()


def test_metadata_does_not_rename_known_images() -> None:
    """A published id is kept whatever the metadata says now, and that is reported."""
    first = _after({"a.png": "x"})
    result = _build(first.register, {"a.png": "x"}, {"a.png": "better"})
    assert result.ids == {"a.png": "a"}
    assert [problem.problem for problem in result.problems] == [
        'stays published as "a", though its metadata now says "better"'
    ]


def test_two_images_with_one_id() -> None:
    """Two images that ask for one id get two, and it is reported now and at every later build."""
    files, wanted = {"a.png": "x", "b.png": "y"}, {"a.png": "Same", "b.png": "same"}
    first = _build(Register(), files, wanted)
    assert first.ids == {"a.png": "same", "b.png": "same-2"}
    expected = 'asks for the id "same", as another image does; it is published as "same-2"'
    for result in (first, _build(first.register, files, wanted)):
        assert [("b.png", expected)] == [(p.path, p.problem) for p in result.problems]


def test_metadata_cannot_revive_an_id() -> None:
    """An id that a removed image had is not given to another because the metadata asks for it."""
    gone = _after({"a.png": "x"}, {})
    result = _build(gone.register, {"b.png": "y"}, {"b.png": "a"})
    assert result.ids == {"b.png": "a-2"}
    assert [problem.problem for problem in result.problems] == [
        'asks for the id "a", which was given before; it is published as "a-2"'
    ]


def test_order_of_files_does_not_matter() -> None:
    """The same files in another order give the same ids."""
    files = {"b/1.png": "x", "a/1.png": "x", "1.png": "y", "1.jpg": "z"}
    backwards = dict(reversed(files.items()))
    assert _after(files).register == _after(backwards).register


@pytest.mark.parametrize("count", [3000])
def test_many_images_with_one_id(count: int) -> None:
    """Thousands of images that ask for one id are numbered without delay."""
    files = {f"{n}.png": str(n) for n in range(count)}
    result = _build(Register(), files, dict.fromkeys(files, "same"))
    assert {"same", *(f"same-{n}" for n in range(2, count + 1))} == set(result.ids.values())


_FILES = st.dictionaries(
    st.sampled_from(["a.png", "b.png", "a.jpg", "s/a.png", "s/b.png", "t/A.png"]),
    st.sampled_from("xyz"),
)
_WANTED = st.dictionaries(
    st.sampled_from(["a.png", "b.png", "s/a.png"]), st.sampled_from(["a", "b", "s-a", "one"])
)
_LOCKED = st.lists(st.sampled_from(["a.png", "b.png", "s"]), max_size=2)


@given(st.lists(st.tuples(_FILES, _WANTED, _LOCKED), max_size=8))
def test_ids_are_permanent(edits: list[tuple[dict[str, str], dict[str, str], list[str]]]) -> None:
    """Over any sequence of edits no id dies, none changes its meaning, and each file has one."""
    register = Register()
    for files, wanted, locked in edits:
        readable = {
            path: content
            for path, content in files.items()
            if path not in locked and not (path.startswith("s/") and "s" in locked)
        }
        every = ["pictures", "order", "new"]
        asked = _build(register, readable, wanted, locked)
        result = _build(register, readable, wanted, locked, every)
        assert result.questions == ()
        assert asked.questions or asked == result
        assert set(readable) == set(result.ids)
        assert len(set(result.ids.values())) == len(readable)
        for old in register.entries:
            new = result.register.by_id[old.id]
            assert old.path == new.path or old.sha256 == new.sha256
            assert old.first_seen == new.first_seen
        for path, id_ in result.ids.items():
            entry = result.register.by_id[id_]
            assert (path, _sha(readable[path]), "present") == (
                entry.path, entry.sha256, entry.status,
            )  # fmt: skip
        present = {e.path for e in result.register.entries if e.status == "present"}
        assert present - set(readable) <= {
            e.path for e in register.entries if e.status == "present"
        }
        again = _build(result.register, readable, wanted, locked)
        assert (result.register, result.ids) == (again.register, again.ids)
        register = result.register
