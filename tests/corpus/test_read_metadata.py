from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.metadata import Metadata, read_metadata
from builder.corpus.problems import summarise
from builder.errors import CorpusError, Problem, SettingsError
from builder.settings import MetadataSettings


def _read(folder: Path, data: str | bytes, **settings: object) -> Metadata:
    path = folder / "metadata.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_metadata(path, MetadataSettings.model_validate(settings))


def _cells(metadata: Metadata) -> list[list[str]]:
    return [list(row.cells.values()) for row in metadata.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_delimiters_line_ends_and_bom(tmp_path: Path, delimiter: str, end: str, bom: bytes) -> None:
    """Comma, semicolon or tab; any line ends; with or without BOM."""
    lines = [["id", "title"], ["a", "Ä, b; c"], ["b", "Two\nlines"]]
    text = f'id{delimiter}title{end}a{delimiter}"Ä, b; c"{end}b{delimiter}"Two\nlines"{end}'
    metadata = _read(tmp_path, bom + text.encode())
    assert metadata.columns == ("id", "title")
    assert lines[1:] == _cells(metadata)
    assert metadata.problems == ()


def test_delimiter_inside_quoted_fields(tmp_path: Path) -> None:
    """Many delimiters of another kind inside fields do not mislead."""
    metadata = _read(tmp_path, 'id;title\na;"1, 2, 3, 4"\nb;"x, y, z"\n')
    assert _cells(metadata) == [["a", "1, 2, 3, 4"], ["b", "x, y, z"]]


def test_hint_of_spreadsheets(tmp_path: Path) -> None:
    """The line "sep=;" that spreadsheets write is understood and is not the header."""
    metadata = _read(tmp_path, "sep=;\nid;title\na;x\n")
    assert (metadata.columns, metadata.rows[0].line) == (("id", "title"), 3)


def test_lines_are_counted_through_quoted_newlines(tmp_path: Path) -> None:
    """A row knows the line that it begins in, whatever came before it."""
    metadata = _read(tmp_path, 'id,t\na,"1\n2\n3"\n\nb,x\n')
    assert [row.line for row in metadata.rows] == [2, 6]


def test_cells_are_composed_and_cleaned(tmp_path: Path) -> None:
    """Cells lose outer blanks and control characters; decomposed letters are composed."""
    metadata = _read(tmp_path, "id,t\na, e\u0301\x07 x \n")
    assert _cells(metadata) == [["a", "é  x"]]


def test_broken_encoding_names_line_and_byte(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused with the line and the byte."""
    data = b"id,title\r\n" + b"a,b\r\n" * 12 + b"x,the title of caf\xe9\r\n"
    with pytest.raises(CorpusError) as caught:
        _read(tmp_path, data)
    expected = (
        "metadata.csv: is not UTF-8: line 14, byte 0xe9 at position 19; "
        'save it as UTF-8 (in a spreadsheet: "CSV UTF-8").'
    )
    assert expected == caught.value.sentence


def test_broken_encoding_after_a_bom(tmp_path: Path) -> None:
    """The BOM counts among the bytes of the first line."""
    with pytest.raises(CorpusError, match="line 1, byte 0xe9 at position 4"):
        _read(tmp_path, b"\xef\xbb\xbf\xe9")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        ("id,title\na,b\n".encode("utf-16"), "is UTF-16, not UTF-8"),
        ("id,title\na,b\n".encode("utf-16-be"), "holds a NUL byte|looks like UTF-16"),
        (("id,title\n" + "a,b\n" * 50).encode("utf-16-le"), "looks like UTF-16"),
        (b"id,title\na,b\0c\n", "line 2 holds a NUL byte at position 4"),
        (b"PK\3\4rest", "is a workbook, not a CSV file"),
        (b",,\na,b,c\n", "line 1, the header, names no column"),
    ],
)
def test_what_is_no_table(tmp_path: Path, data: bytes, match: str) -> None:
    """UTF-16, NUL bytes, workbooks and nameless headers are refused in words."""
    with pytest.raises(CorpusError, match=match):
        _read(tmp_path, data)


def test_missing_file(tmp_path: Path) -> None:
    """A missing file is no metadata by default, and an error once it was named."""
    path = tmp_path / "metadata.csv"
    assert Metadata() == read_metadata(path, MetadataSettings())
    with pytest.raises(CorpusError, match="no such file of metadata"):
        read_metadata(path, MetadataSettings(file="metadata.csv"))


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """A folder in place of the file is an error in words."""
    with pytest.raises(CorpusError, match="cannot be read"):
        read_metadata(tmp_path, MetadataSettings())


@pytest.mark.parametrize(
    ("data", "problem"),
    [("", "is empty"), ("\n\n", "is empty"), ("id,title\n", "has a header line but no rows")],
)
def test_empty_tables(tmp_path: Path, data: str, problem: str) -> None:
    """Nothing at all, or nothing but a header, is said, and does no harm."""
    metadata = _read(tmp_path, data)
    assert ((), [problem]) == (metadata.rows, [p.problem for p in metadata.problems])


def test_rows_of_odd_length(tmp_path: Path) -> None:
    """Rows with too many or too few cells are used and reported; empty extra cells are nothing."""
    metadata = _read(tmp_path, "id,t,u\na\nb,1,2,3\nc,1,2,\n,,\nd,1,2\n")
    expected = [["a", "", ""], ["b", "1", "2"], ["c", "1", "2"], ["d", "1", "2"]]
    assert expected == _cells(metadata)
    assert [problem.problem for problem in metadata.problems] == [
        "line 2 has 1 cell, the header has 3",
        "line 3 has 4 cells, the header has 3",
    ]


def test_double_and_missing_column_names(tmp_path: Path) -> None:
    """Columns of one name are told apart, nameless ones with values get a name, both are said."""
    metadata = _read(tmp_path, "id,t,t,,\na,1,2,3,\n")
    assert metadata.columns == ("id", "t", "t (2)", "column 4")
    assert _cells(metadata) == [["a", "1", "2", "3"]]
    assert len(metadata.problems) == 2


def test_nameless_column_in_the_middle(tmp_path: Path) -> None:
    """A nameless column without values is dropped, and those after it stay in place."""
    assert _cells(_read(tmp_path, "id,,t\na,,1\n")) == [["a", "1"]]


def test_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    """A mark that swallows the rest of the file is found, and the line of its row named."""
    metadata = _read(tmp_path, 'id,t\na,x\nb,"open\nc,y\n')
    assert [problem.problem for problem in metadata.problems] == [
        "line 3: a quotation mark is opened here and never closed"
    ]


def test_huge_field(tmp_path: Path) -> None:
    """A field beyond Python's usual limit is read, and the limit is as before after."""
    before = csv.field_size_limit()
    metadata = _read(tmp_path, "id,t\na," + "x" * 300_000 + "\n")
    assert len(metadata.rows[0].cells["t"]) == 300_000
    assert before == csv.field_size_limit()


def test_roles_by_name(tmp_path: Path) -> None:
    """Columns take their roles by name, exactly or else whatever their case."""
    metadata = _read(tmp_path, "ID,File,Title,date,Date,ms\na,b,c,1,2,x\n", filename="file")
    assert metadata.roles == {"id": "ID", "filename": "File", "title": "Title", "date": "date"}


def test_named_column_that_is_missing(tmp_path: Path) -> None:
    """A column that the user named must exist; one of the defaults need not."""
    assert _read(tmp_path, "shelfmark,year\na,b\n").roles == {}
    with pytest.raises(SettingsError) as caught:
        _read(tmp_path, "shelfmark,year\na,b\n", source="shelfmrk")
    expected = (
        'catalogue.toml: setting "metadata.source" names the column "shelfmrk", '
        'which metadata.csv does not have; did you mean "shelfmark"?'
    )
    assert expected == caught.value.sentence
    assert caught.value.exit_code == 2


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]).filter(str.isprintable),
    max_size=8,
)


@given(
    st.lists(st.lists(_TEXT, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, body: list[list[str]], delimiter: str
) -> None:
    """Any cells that a CSV writer writes are read again, up to outer blanks and Unicode form."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "title", "other"], *body])
    metadata = _read(tmp_path_factory.mktemp("table"), text.getvalue())
    clean = [[unicodedata.normalize("NFC", cell).strip() for cell in row] for row in body]
    assert [row for row in clean if any(row)] == _cells(metadata)


@given(st.binary(max_size=200))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any bytes are either a table or an error in words."""
    try:
        metadata = _read(tmp_path_factory.mktemp("table"), data)
    except CorpusError:
        metadata = Metadata()
    assert len(set(metadata.columns)) == len(metadata.columns)
    assert all(set(metadata.columns) == set(row.cells) for row in metadata.rows)


@pytest.mark.parametrize(("count", "named"), [(0, 0), (1, 1), (21, 21), (22, 21), (500, 21)])
def test_summary(count: int, named: int) -> None:
    """The first twenty problems are told one by one, the others as one with their number."""
    problems = [Problem(f"{n}.png", "is odd", "mend it") for n in range(count)]
    summary = summarise(problems, "metadata.csv", "further images are odd", "mend them")
    assert named == len(summary)
    if count > 21:
        last = Problem("metadata.csv", f"{count - 20} further images are odd", "mend them")
        assert last == summary[-1]
