from __future__ import annotations

import unicodedata

import pytest

from builder.corpus.join import Join, join
from builder.corpus.metadata import Metadata, Row


def _table(*names: str, role: str = "filename") -> Metadata:
    rows = tuple(Row(n + 2, {"name": name}) for n, name in enumerate(names))
    return Metadata("metadata.csv", ("name",), rows, {role: "name"})


def _lines(result: Join) -> dict[str, int]:
    return {path: row.line for path, row in result.rows.items()}


@pytest.mark.parametrize(
    "name",
    [
        "ms 1/Fol. 2.PNG", "ms 1/Fol. 2", "./ms 1/Fol. 2.PNG", "ms 1\\Fol. 2.PNG", "Fol. 2.PNG",
        "Fol. 2", "MS 1/FOL. 2.png", "fol. 2", "images/ms 1/Fol. 2.PNG",
        "/home/me/images/ms 1/Fol. 2.PNG", "C:\\images\\ms 1\\Fol. 2.PNG", "fol. 2.tif",
    ],
)  # fmt: skip
def test_ways_to_name_a_file(name: str) -> None:
    """Path or bare name, with or without extension, any case, from another root: all are found."""
    result = join(_table(name), ["a.png", "ms 1/Fol. 2.PNG"])
    assert _lines(result) == {"ms 1/Fol. 2.PNG": 2}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_forms(form: str) -> None:
    """Composed and decomposed names are the same."""
    name = unicodedata.normalize(form, "étude.png")  # type: ignore[arg-type]
    assert _lines(join(_table(name), ["étude.png"])) == {"étude.png": 2}


def test_exact_name_wins_over_case() -> None:
    """Where two files differ in case only, each row finds its own."""
    result = join(_table("A.png", "a.png"), ["A.png", "a.png"])
    assert (_lines(result), result.problems) == ({"A.png": 2, "a.png": 3}, ())


def test_ambiguous_name() -> None:
    """A bare name that fits several images is reported with the candidates, and joins none."""
    result = join(_table("1.png"), ["a/1.png", "b/1.png"])
    assert _lines(result) == {}
    assert result.problems[0].problem == 'line 2: "1.png" may be a/1.png or b/1.png'


def test_row_of_a_missing_image_takes_no_other() -> None:
    """A row about a file that is missing does not take the row of its namesake elsewhere."""
    result = join(_table("a/1.png", "b/1.png"), ["b/1.png"])
    assert _lines(result) == {"b/1.png": 3}
    assert [p.problem for p in result.problems] == ['line 2: no image is called "a/1.png"']


def test_two_rows_for_one_image() -> None:
    """The first of two rows counts, and the second is reported."""
    result = join(_table("a.png", "a.png"), ["a.png"])
    assert _lines(result) == {"a.png": 2}
    assert [problem.problem for problem in result.problems] == [
        "line 3: a.png is described in line 2 already, which counts"
    ]


def test_unmatched_on_both_sides() -> None:
    """Rows without image and images without row are reported with remedies."""
    result = join(_table("b.png", ""), ["a.png"])
    assert [(problem.path, problem.problem) for problem in result.problems] == [
        ("metadata.csv", 'line 2: no image is called "b.png"'),
        ("metadata.csv", "line 3: it does not name its image"),
        ("a.png", "metadata.csv does not describe it"),
    ]
    assert all(problem.remedy for problem in result.problems)


def test_many_unmatched_are_summarised() -> None:
    """Hundreds of images without row make twenty-one problems."""
    result = join(_table("0.png"), [f"{n}.png" for n in range(300)])
    assert len(result.problems) == 21
    assert result.problems[-1].problem == "279 further images have no row"


def test_unreadable_images_are_no_surprise() -> None:
    """A row about an image that was found and could not be read is not reported again."""
    result = join(_table("a.png", "b.png"), ["a.png"], unreadable=["b.png"])
    assert (_lines(result), result.problems) == ({"a.png": 2}, ())


def test_join_by_id() -> None:
    """Without file names an id is compared with the slugs of file names."""
    result = join(_table("MS 1 fol. 2", "x", role="id"), ["a/ms1.png", "a/ms-1_Fol 2.png"])
    assert _lines(result) == {"a/ms-1_Fol 2.png": 2}


def test_empty_file_name_falls_back_to_the_id() -> None:
    """A row without file name, in a table that has them, is joined by its id."""
    rows = (Row(2, {"f": "", "id": "b"}), Row(3, {"f": "a.png", "id": "z"}))
    table = Metadata("m.csv", ("f", "id"), rows, {"filename": "f", "id": "id"})
    assert _lines(join(table, ["a.png", "b.png"])) == {"b.png": 2, "a.png": 3}


def test_nothing_to_join_by() -> None:
    """A table with neither file names nor ids is one problem, not one an image."""
    table = Metadata("m.csv", ("t",), (Row(2, {"t": "x"}),), {})
    assert len(join(table, ["a.png", "b.png"]).problems) == 1


def test_no_metadata_at_all() -> None:
    """Without a table nothing is joined and nothing is missing."""
    assert Join() == join(Metadata(), ["a.png"])
