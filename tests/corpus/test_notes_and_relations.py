"""Notes and relations beside the pictures: what is used, what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.notes import LARGEST, read_notes
from builder.corpus.relations import KINDS, read_relations
from builder.corpus.types import Corpus, Image, Relation, Tombstone

_IDS = ("ms-a", "ms-b", "ms-c")
_CORPUS = Corpus(
    images=tuple(Image(one, f"A/{one}.jpg", "0" * 64, 8, 6, one) for one in _IDS),
    tombstones=(Tombstone("old", "old.jpg", "1" * 64, "2025-01-01", "ms-c"),),
)


def related(folder: Path, text: str) -> tuple[list[Relation], list[tuple[str, str]]]:
    path = folder / "relations.csv"
    path.write_text(text, encoding="utf-8")
    found = read_relations(path, _CORPUS)
    return list(found.rows), [(one.problem, one.remedy) for one in found.problems]


def test_relations_are_read(tmp_path: Path) -> None:
    """By id, by file name, by an id that was merged; in any case, the note with them."""
    rows, problems = related(
        tmp_path,
        "image;relation;other;note\nms-a;Copy_Of;ms-b.jpg;after fol. 3\nold;see also;A/ms-a.jpg;\n",
    )

    assert rows == [
        Relation("ms-a", "copy of", "ms-b", "after fol. 3"),
        Relation("ms-c", "see also", "ms-a"),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("row", "problem", "remedy"),
    [
        ("ms-a,cousin of,ms-b", 'line 2: the relation "cousin of" is unknown', "copy of"),
        ("ms-a,same as,nobody", 'line 2: no image is called "nobody"', "id"),
        (",same as,ms-b", "line 2: an image is not named", "id"),
        ("ms-a,same as,ms-a.jpg", "line 2: an image is set in relation to itself", "another"),
    ],
)
def test_bad_rows_are_problems(tmp_path: Path, row: str, problem: str, remedy: str) -> None:
    """Each says its line and what to do; the good rows count."""
    rows, problems = related(tmp_path, f"image,relation,other\n{row}\nms-b,detail of,ms-c\n")

    assert rows == [Relation("ms-b", "detail of", "ms-c")]
    assert [problem] == [said for said, _ in problems]
    assert remedy in problems[0][1]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "\x00\x01", "image,relation,other\n"])
def test_no_table_stops_nothing(tmp_path: Path, text: str) -> None:
    """What is no table of relations gives none, and at most a problem."""
    rows, _ = related(tmp_path, text)

    assert rows == []


def test_a_missing_table_is_no_problem(tmp_path: Path) -> None:
    """Nobody has to relate anything."""
    assert read_relations(tmp_path / "relations.csv", _CORPUS).problems == ()


@given(st.lists(st.tuples(st.sampled_from(_IDS), st.sampled_from(KINDS), st.sampled_from(_IDS))))
def test_every_good_row_is_kept_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    """In the table's order, whatever is repeated."""
    text = "image,relation,other\n" + "".join(",".join(row) + "\n" for row in rows)

    found, _ = related(tmp_path_factory.mktemp("rows"), text)

    assert found == [Relation(*row) for row in dict.fromkeys(rows) if row[0] != row[2]]


def test_notes_are_read_by_id(tmp_path: Path) -> None:
    """A merged id's note is the other's; an empty file is none."""
    for name, text in (
        ("ms-a.md", "\ufeffOne"),
        ("old.md", "Two"),
        ("ms-b.MD", "  \n"),
        ("x.txt", "no"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")

    notes = read_notes(tmp_path, _CORPUS)

    assert notes.texts == {"ms-a": "One", "ms-c": "Two"}
    assert notes.problems == ()


def test_notes_that_cannot_be_used_are_problems(tmp_path: Path) -> None:
    """Of no image, of another encoding, too large, twice: each is told, none stops a build."""
    (tmp_path / "nobody.md").write_text("x")
    (tmp_path / "ms-a.md").write_bytes(b"caf\xe9")
    (tmp_path / "ms-b.md").write_bytes(b"x" * (LARGEST + 1))
    (tmp_path / "ms-c.md").write_text("first")
    (tmp_path / "old.md").write_text("second")

    notes = read_notes(tmp_path, _CORPUS)

    assert notes.texts == {"ms-c": "first"}
    assert [(one.path.rpartition("/")[2], one.problem) for one in notes.problems] == [
        ("ms-a.md", "is not UTF-8 (byte 3)"),
        ("ms-b.md", "is larger than a megabyte"),
        ("nobody.md", "is named like no image"),
        ("old.md", "is a second note on ms-c, and is left out"),
    ]


def test_no_folder_of_notes_is_no_problem(tmp_path: Path) -> None:
    """Nobody has to write any."""
    assert read_notes(tmp_path / "notes", _CORPUS).problems == ()
