from __future__ import annotations

import pytest

from builder.corpus.guess import guess_columns, guess_facets


def _rows(**columns: list[str]) -> list[dict[str, str]]:
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


_ROLES = ["id", "filename", "title", "source", "date"]


@pytest.mark.parametrize(
    "columns",
    [
        ["id", "filename", "title", "source", "date"],
        ["Inventory No", "Image File", "Caption", "Shelfmark", "Year"],
        ["Inventarnummer", "Datei", "Titel", "Handschrift", "Datierung"],
        ["identifiant", "fichier", "titre", "cote", "année"],
        ["object-id", "img_path", "label", "witness", "dating"],
    ],
)
def test_columns_by_name(columns: list[str]) -> None:
    """Columns are recognised by the usual names of several languages, whatever their case."""
    cells = [["a", "b"], ["a.png", "b.png"], ["A", "B"], ["M", "M"], ["1482", "13th century"]]
    rows = _rows(**dict(zip(columns, cells, strict=True)))
    assert dict(zip(_ROLES, columns, strict=True)) == guess_columns(columns, rows)


def test_values_must_suit() -> None:
    """An id that repeats, a date that is none and a file name that is always the same are not."""
    rows = _rows(id=["a", "a", "a"], file=["x", "x", "x"], date=["old", "new", "1482"])
    assert guess_columns(["id", "file", "date"], rows) == {}


def test_file_names_by_content() -> None:
    """A column of unknown name that holds names of pictures is the file name."""
    rows = _rows(what=["a b", "c"], where=["1.jpg", "2.JPG"])
    assert guess_columns(["what", "where"], rows) == {"filename": "where"}


def test_most_usual_name_wins() -> None:
    """Of several candidates the most usual name is taken, and no column twice."""
    columns = ["name", "image", "filename", "title", "manuscript", "book"]
    rows = _rows(**{column: ["a.png", "b.png"] for column in columns})
    assert guess_columns(columns, rows) == {
        "filename": "filename",
        "title": "title",
        "source": "manuscript",
    }


def test_header_only() -> None:
    """Without rows names alone decide."""
    assert guess_columns(["file", "year"], []) == {"filename": "file", "date": "year"}


def test_facets() -> None:
    """The source comes first, then columns of few values; no other role's column."""
    rows = [
        {"f": f"{n}.png", "ms": str(n), "date": "1482", "kind": "ab"[n % 2], "note": str(n)}
        for n in range(8)
    ]
    roles = {"filename": "f", "source": "ms", "date": "date"}
    assert guess_facets(["f", "ms", "date", "kind", "note"], rows, roles) == ["ms", "kind"]
