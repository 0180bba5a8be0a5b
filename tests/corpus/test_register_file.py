from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.register import Entry, Register, read_register, write_register
from builder.errors import CorpusError

HEAD = "id,path,sha256,first_seen,status,redirect_to\n"
FULL = "id,path,sha256,first_seen,status,redirect_to,date,reason,title\n"
SHA = "0" * 64


def _entry(id_: str, path: str = "a.png", **changes: str) -> Entry:
    return Entry(**{  # type: ignore[arg-type]
        "id": id_, "path": path, "sha256": SHA, "first_seen": "2026-01-02", "status": "present",
        "redirect_to": "", **changes,
    })  # fmt: skip


def test_missing_register_is_empty(tmp_path: Path) -> None:
    """A catalogue's first build has no register."""
    assert Register() == read_register(tmp_path / "register.csv")


def test_text_is_fixed() -> None:
    """The text is CSV with a header, in natural order of ids, with line feeds."""
    entries = (_entry("f-10", "x,y.png"), _entry("f-2", status="redirect", redirect_to="f-10"))
    expected = (
        f'{FULL}f-2,a.png,{SHA},2026-01-02,redirect,f-10,,,\n'
        f'f-10,"x,y.png",{SHA},2026-01-02,present,,,,\n'
    )  # fmt: skip
    assert expected == write_register(Register(entries))
    assert expected == write_register(Register(entries[::-1]))


_PATHS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=10)


@given(st.dictionaries(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True), _PATHS))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, names: dict[str, str]) -> None:
    """What was written is read again, whatever the paths hold."""
    paths = dict(zip(names.values(), names, strict=True))  # one present entry a path
    register = Register(tuple(_entry(id_, path) for path, id_ in paths.items()))
    path = tmp_path_factory.mktemp("register") / "register.csv"
    path.write_bytes(write_register(register).encode())
    again = read_register(path)
    assert set(register.entries) == set(again.entries)
    assert write_register(register) == write_register(again)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "line 1: the columns should be id,path"),
        ("id,path\n", "line 1: the columns should be"),
        (HEAD + "a,b\n", "line 2: has 2 cells, not 6"),
        (
            HEAD + "<<<<<<< HEAD\n",
            'line 2: holds the mark of an unfinished merge \\("<<<<<<< HEAD"',
        ),
        (HEAD + f"a,a.png,{SHA},2026-01-02,present,\n=======\n", "line 3: holds the mark"),
        (HEAD + f"a,a.png,{SHA},2026-01-02,present,\n>>>>>>> main\n", "line 3: holds the mark"),
        ("<<<<<<< HEAD\n" + HEAD, "line 1: holds the mark"),
        (FULL + f"a,a.png,{SHA},2026-01-02,present,\n", "line 2: has 6 cells, not 9"),
        (FULL + f"a,a.png,{SHA},2026-01-02,removed,,soon,,\n", 'line 2: date is "soon"'),
        (FULL + f"a,a.png,{SHA},2026-01-02,removed,b c,,,\n", 'to "b", which is no known'),
        ("id,path,sha256,first_seen,status\n", "line 1: .*redirect_to is missing"),
        ("id,path,sha256,first_seen,status,redirect_to,colour\n", "colour does not belong"),
        (
            FULL
            + f"a,a.png,{SHA},2026-01-02,removed,b,,x,\nb,b.png,{SHA},2026-01-02,redirect,a,,,\n",
            "lead round in a circle",
        ),
        (HEAD + f"A b,a.png,{SHA},2026-01-02,present,\n", 'line 2: "A b" is not an id'),
        (HEAD + f"../x,a.png,{SHA},2026-01-02,present,\n", "line 2: .* is not an id"),
        (HEAD + "a,a.png,12,2026-01-02,present,\n", "line 2: sha256 is not 64"),
        (HEAD + f"a,a.png,{SHA},yesterday,present,\n", 'line 2: first_seen is "yesterday"'),
        (HEAD + f"a,a.png,{SHA},2026-01-02,gone,\n", 'line 2: status is "gone"'),
        (HEAD + f"a,a.png,{SHA},2026-01-02,redirect,\n", "line 2: a redirect needs one id"),
        (HEAD + f"a,a.png,{SHA},2026-01-02,present,b\n", "line 2: redirect_to belongs to what"),
        (HEAD + f"a,a.png,{SHA},2026-01-02,redirect,b\n", 'redirects to "b", which is no known'),
        (HEAD + f"a,a.png,{SHA},2026-01-02,redirect,a\n", "lead round in a circle"),
        (
            HEAD + f"a,a.png,{SHA},2026-01-02,present,\n" * 2,
            'line 3: the id "a" stands in line 2 already',
        ),
        (
            HEAD + f'a,"x\ny",{SHA},2026-01-02,present,\nb,"x\ny",{SHA},2026-01-02,present,\n',
            'line 4: the path "x\ny" stands in line 2 already',
        ),
        (HEAD + f'a,"a.png,{SHA},2026-01-02,present,\n', "line 2: unexpected end of data"),
    ],
)
def test_malformed(tmp_path: Path, text: str, match: str) -> None:
    """A register that makes no sense is refused, with the line and a remedy."""
    path = tmp_path / "register.csv"
    path.write_text(text)
    with pytest.raises(CorpusError, match=match) as caught:
        read_register(path)
    remedies = ("mend that line, or restore the register", "keep the lines of both sides")
    assert any(remedy in caught.value.sentence for remedy in remedies)
    assert text == path.read_text()


def test_not_utf8(tmp_path: Path) -> None:
    """A register of another encoding is refused with the line."""
    (tmp_path / "register.csv").write_bytes(HEAD.encode() + b"\xe9")
    with pytest.raises(CorpusError, match="line 2: is not UTF-8"):
        read_register(tmp_path / "register.csv")


def test_folder_in_its_place(tmp_path: Path) -> None:
    """A register that cannot be opened is not taken for a missing one."""
    with pytest.raises(CorpusError, match="cannot be read"):
        read_register(tmp_path)


def test_removed_and_present_may_share_a_path(tmp_path: Path) -> None:
    """A path that was used again belongs to one present entry and any number of removed ones."""
    register = Register((_entry("a", status="removed"), _entry("b")))
    path = tmp_path / "register.csv"
    path.write_text(write_register(register))
    assert register == read_register(path)


def test_the_first_form_is_read_still(tmp_path: Path) -> None:
    """A register without date, reason and title is read, and written with them empty."""
    path = tmp_path / "register.csv"
    path.write_text(HEAD + f"a,a.png,{SHA},2026-01-02,present,\n")
    register = read_register(path)
    assert register == Register((_entry("a"),))
    assert write_register(register) == FULL + f"a,a.png,{SHA},2026-01-02,present,,,,\n"


def test_redirects_are_followed_to_their_end() -> None:
    """A chain of redirects ends at the id that has an image, or that was removed."""
    register = Register(
        (
            _entry("a", status="redirect", redirect_to="b"),
            _entry("b", status="redirect", redirect_to="c"),
            _entry("c", status="removed", redirect_to="d"),
            _entry("d"),
        )
    )
    assert [register.end_of(id_) for id_ in "abcd"] == ["c", "c", "c", "d"]


def test_titles_and_reasons_are_no_formulas(tmp_path: Path) -> None:
    """A spreadsheet runs none of them, and they are read as they were written."""
    said = {"reason": "@lost", "title": "=HYPERLINK(1)", "rights": "withheld"}
    entry = _entry("a", status="removed", date="2026-01-03", **said)
    path = tmp_path / "register.csv"
    path.write_text(write_register(Register((entry,))))

    assert ", @lost, =HYPERLINK(1),withheld" in path.read_text()
    assert read_register(path).entries == (entry,)


def test_unknown_rights_are_refused(tmp_path: Path) -> None:
    """A slip of the pen must not publish a picture."""
    path = tmp_path / "register.csv"
    path.write_text(f"{FULL[:-1]},rights\na,a.png,{SHA},2026-01-02,present,,,,,witheld\n")

    with pytest.raises(CorpusError, match='line 2: rights is "witheld"'):
        read_register(path)
