"""verdicts.csv: what is used, what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.corpus.types import Corpus, Image, PairVerdict
from builder.corpus.verdicts import Verdicts, read_verdicts

_CORPUS = Corpus(
    images=tuple(Image(one, f"A/{one}.jpg", "0" * 64, 8, 6, one) for one in ("a", "b", "c"))
)
_HEAD = "image,image,verdict,who,when,note\n"


def read(folder: Path, text: str) -> Verdicts:
    path = folder / "verdicts.csv"
    path.write_text(text, encoding="utf-8")
    return read_verdicts(path, _CORPUS)


def test_rows_are_read(tmp_path: Path) -> None:
    """By id or file name, in any case; several may judge one pair; what is empty says nothing."""
    found = read(
        tmp_path,
        _HEAD + "a,b,Exact,Ann,2026-01-02,by eye\nb.jpg,A/a.jpg,none,Ben,,\na,c,,,,\n",
    )

    assert found == Verdicts(
        (
            PairVerdict("a", "b", "exact", "Ann", "2026-01-02", "by eye"),
            PairVerdict("b", "a", "none", "Ben"),
        )
    )


def test_the_second_image_may_be_called_other(tmp_path: Path) -> None:
    """As spreadsheets want every column to have a name of its own."""
    assert read(tmp_path, "image,other,verdict\na,b,partial\n").rows == (
        PairVerdict("a", "b", "partial"),
    )


@pytest.mark.parametrize(
    ("row", "problem", "remedy"),
    [
        ("a,gone,exact,,,", 'line 2: no image is called "gone"', "remove the line"),
        ("a,,exact,,,", "line 2: an image is not named", "write its id"),
        ("a,a.jpg,exact,,,", "line 2: an image is judged beside itself", "name another image"),
        ("a,b,exakt,,,", 'line 2: the verdict "exakt" is unknown', 'did you mean "exact"?'),
    ],
)
def test_bad_rows_are_problems(tmp_path: Path, row: str, problem: str, remedy: str) -> None:
    """Each says its line and what to do; the good rows count."""
    found = read(tmp_path, f"{_HEAD}{row}\nb,c,semantic,,,\n")

    assert found.rows == (PairVerdict("b", "c", "semantic"),)
    ((told),) = found.problems
    assert told.problem == problem
    assert remedy in told.remedy


@pytest.mark.parametrize("text", ["x,y\n1,2\n", "image,verdict\na,exact\n", "\x00\x01", ""])
def test_no_table_of_verdicts_stops_nothing(tmp_path: Path, text: str) -> None:
    """It gives none, and one problem that says what is wrong."""
    found = read(tmp_path, text)

    assert found.rows == ()
    assert all(one.path == "verdicts.csv" and one.remedy for one in found.problems)


def test_a_missing_table_is_no_problem(tmp_path: Path) -> None:
    """Nobody has to judge anything."""
    assert read_verdicts(tmp_path / "verdicts.csv", _CORPUS) == Verdicts()
