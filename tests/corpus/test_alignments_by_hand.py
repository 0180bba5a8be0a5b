"""alignments.csv: what is used, what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.corpus.alignments import NUMBERS, HandMade, read_alignments
from builder.corpus.types import Corpus, Image

_CORPUS = Corpus(
    images=tuple(Image(one, f"A/{one}.jpg", "0" * 64, 8, 6, one) for one in ("a", "b", "c"))
)
_HEAD = "image,image,model," + ",".join(NUMBERS) + ",who,when,note\n"
_ONE = "1,0,5,0,1,7,0,0,1"


def read(folder: Path, text: str) -> HandMade:
    path = folder / "alignments.csv"
    path.write_text(text, encoding="utf-8")
    return read_alignments(path, _CORPUS)


def test_rows_are_read(tmp_path: Path) -> None:
    """By id or file name; the last number becomes 1; of two rows on a pair the last counts."""
    found = read(
        tmp_path,
        _HEAD
        + f"a,b,affine,{_ONE},Ann,2026-01-02,by eye\nb,a.jpg,Homography,2,0,4,0,2,6,0,0,2,,,\n",
    )

    assert found.problems == ()
    ((row),) = found.rows
    assert (
        row.a,
        row.b,
        row.model,
        row.matrix,
    ) == (1, 0, "homography", (1, 0, 2, 0, 1, 3, 0, 0, 1))


def test_no_table_is_an_empty_one(tmp_path: Path) -> None:
    """Most catalogues have none."""
    assert read_alignments(tmp_path / "alignments.csv", _CORPUS) == HandMade()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (f"a,gone,affine,{_ONE},,,", 'no image is called "gone"'),
        (f"a,,affine,{_ONE},,,", "an image is not named"),
        (f"a,a,affine,{_ONE},,,", "an image is laid over itself"),
        (f"a,b,warp,{_ONE},,,", 'the model "warp" is unknown'),
        ("a,b,affine,1,0,x,0,1,7,0,0,1,,,", 'm13 is no number: "x"'),
        ("a,b,affine,1,0,nan,0,1,7,0,0,1,,,", "the map is not finite"),
        ("a,b,affine,1,0,5,0,1,7,0,0,0,,,", "the map is not finite"),
        ("a,b,affine,1,1,5,1,1,7,0,0,1,,,", "the map would press the picture into a line"),
    ],
)
def test_bad_rows_are_problems(tmp_path: Path, row: str, problem: str) -> None:
    """Each says its line; the good rows count."""
    found = read(tmp_path, _HEAD + row + f"\nb,c,affine,{_ONE},,,\n")

    assert [f"line 2: {problem}"] == [one.problem for one in found.problems]
    assert [(one.a, one.b) for one in found.rows] == [(1, 2)]
    assert found.problems[0].remedy


def test_wrong_columns_are_one_problem(tmp_path: Path) -> None:
    """It names what is missing, and what is wanted."""
    (problem,) = read(tmp_path, "image,other,matrix\na,b,1\n").problems

    assert "has no column" in problem.problem
    assert '"model"' in problem.problem
    assert "m11" in problem.remedy


def test_what_is_no_table_is_a_problem(tmp_path: Path) -> None:
    """Nothing is raised."""
    path = tmp_path / "alignments.csv"
    path.write_bytes(b"PK\3\4 a workbook")

    assert len(read_alignments(path, _CORPUS).problems) == 1
