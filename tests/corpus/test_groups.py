"""The table of groups: what it may look like, and what it says when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.corpus.groups import Member, read_groups
from builder.corpus.types import Corpus, Image, Tombstone
from builder.errors import CorpusError

PATHS = ("A/f1.jpg", "A/f2.jpg", "B/f1.jpg", "Tafel Ü.png")
IDS = ("ms-a-1", "ms-a-2", "ms-b-1", "tafel-u")


@pytest.fixture
def corpus() -> Corpus:
    images = [
        Image(name, path, f"{name:0>64}", 10, 10, name)
        for name, path in zip(IDS, PATHS, strict=True)
    ]
    gone = Tombstone("old-name", "A/f0.jpg", "0" * 64, "2020-01-01", redirect_to="ms-a-2")
    return Corpus(tuple(images), (gone,))


def write(folder: Path, *lines: str, name: str = "groups.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("ms-a-1", 0),
        ("A/f1.jpg", 0),
        ("images/A/f1.jpg", 0),
        ("images\\B\\f1.jpg", 2),
        ("./B/f1", 2),
        ("b/F1.JPG", 2),
        ("f2.jpg", 1),
        ("f2", 1),
        ("F2", 1),
        ("Tafel U\u0308.png", 3),
        ("Tafel Ü", 3),
        ("MS A 2", 1),
        ("old-name", 1),
    ],
)
def test_images_are_named_by_id_path_or_file_name(
    name: str, row: int, corpus: Corpus, tmp_path: Path
) -> None:
    """As written or nearly so; a merged id is the image that it was merged into."""
    read = read_groups(write(tmp_path, "image,group", f"{name},moon"), corpus)

    assert (read.members, read.problems) == ((Member(row, "moon"),), ())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nothing", 'line 3: no image is called "nothing"'),
        ("f1.jpg", 'line 3: 2 images are called "f1.jpg"'),
        ("C/f2.jpg", 'line 3: no image is called "C/f2.jpg"'),
        ("", "line 3 does not name its image"),
    ],
)
def test_rows_that_name_no_image_are_told_and_left_out(
    name: str, told: str, corpus: Corpus, tmp_path: Path
) -> None:
    """A name that fits several images, or another folder's, is not guessed at."""
    read = read_groups(write(tmp_path, "image,group", "ms-a-1,x", f"{name},x"), corpus)

    assert read.members == (Member(0, "x"),)
    assert [(one.path, one.problem) for one in read.problems] == [("groups.csv", told)]


def test_an_image_may_be_in_several_groups(corpus: Corpus, tmp_path: Path) -> None:
    """Each row says one; a row without a group says nothing."""
    read = read_groups(
        write(tmp_path, "group;image", "x;ms-a-1", "y;ms-a-1", ";ms-a-2", "y;ms-b-1"), corpus
    )

    assert read.members == (Member(0, "x"), Member(0, "y"), Member(2, "y"))
    assert (read.graded, read.problems) == (False, ())


def test_relations_are_grades(corpus: Corpus, tmp_path: Path) -> None:
    """Exact 3, partial 2, semantic 1; none is exact; an unknown word is told and taken so."""
    lines = ["ms-a-1,x,exact", "ms-a-2,x,Partial", "ms-b-1,x,semantic", "tafel-u,x,", "f2,y,rather"]
    read = read_groups(write(tmp_path, "image,group,relation", *lines), corpus)

    assert [one.grade for one in read.members] == [3, 2, 1, 3, 3]
    assert read.graded
    assert [one.problem for one in read.problems] == [
        'line 6: the relation "rather" is unknown, taken as exact'
    ]


def test_a_table_of_metadata_serves_as_it_is(corpus: Corpus, tmp_path: Path) -> None:
    """Columns called filename and group, among others."""
    path = write(tmp_path, "filename,title,Group", "A/f1.jpg,One,x", name="metadata.csv")

    assert read_groups(path, corpus).members == (Member(0, "x"),)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ["image,group", "q,x", "r,x"],
            "names no image of this catalogue (the first of 2: line 2: no image is called",
        ),
        (["image,group", "ms-a-1,"], "has no row with a group"),
        (["image,group"], "has no row with a group"),
        (["picture,group", "ms-a-1,x"], 'has no column "image"'),
        (["image,set", "ms-a-1,x"], 'has no column "group"'),
        ([], 'has no column "image"'),
    ],
)
def test_a_table_of_no_use_is_an_error(
    lines: list[str], told: str, corpus: Corpus, tmp_path: Path
) -> None:
    """One sentence that says what to write."""
    with pytest.raises(CorpusError) as caught:
        read_groups(write(tmp_path, *lines), corpus)

    assert told in caught.value.sentence
    assert caught.value.remedy


def test_a_missing_table_is_an_error(corpus: Corpus, tmp_path: Path) -> None:
    """The remedy says what such a file holds."""
    with pytest.raises(CorpusError, match='columns "image" and "group"'):
        read_groups(tmp_path / "groups.csv", corpus)


def test_many_unknown_names_become_a_few_and_a_count(corpus: Corpus, tmp_path: Path) -> None:
    """The report stays readable."""
    lines = ["ms-a-1,x", *(f"gone-{number},x" for number in range(100))]

    problems = read_groups(write(tmp_path, "image,group", *lines), corpus).problems

    assert len(problems) == 21
    assert problems[-1].problem == "80 further rows name no image, or several"
