from __future__ import annotations

import errno
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.corpus import scan as scan_module
from builder.corpus.scan import digest, scan
from builder.errors import CorpusError


def _make(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(path.encode())


def _paths(folder: Path) -> list[str]:
    return [file.path for file in scan(folder).files]


def test_kinds_in_any_case_and_natural_order(tmp_path: Path) -> None:
    """All eight extensions in any case are found, in natural order; others are counted."""
    names = ["f1.JPG", "f2.jpeg", "f3.Png", "f4.tif", "f5.TIFF", "f6.bmp", "f7.webp", "f10.gif"]
    _make(tmp_path, *reversed(names), "notes.txt", "plan.pdf", "noextension")
    assert names == _paths(tmp_path)
    assert scan(tmp_path).ignored == 3


def test_tree_with_spaces_and_unicode(tmp_path: Path) -> None:
    """Any tree is walked, and any name that is Unicode is taken."""
    expected = ["a b/ü 1.png", "a b/ü 2.png", "é/月.png", "z.png"]
    _make(tmp_path, *expected)
    assert sorted(expected) == sorted(_paths(tmp_path))


def test_file_is_described(tmp_path: Path) -> None:
    """A file comes with where it is, its size and its time."""
    _make(tmp_path, "sub/a.png")
    (file,) = scan(tmp_path).files
    status = (tmp_path / "sub/a.png").stat()
    assert ("sub/a.png", tmp_path / "sub/a.png") == (file.path, file.absolute)
    assert (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns)


def test_hidden_and_clutter_are_skipped(tmp_path: Path) -> None:
    """Hidden files and folders, and what operating systems leave behind, are no pictures."""
    _make(
        tmp_path, "a.png", ".b.png", "._a.png", ".git/c.png", ".volvelle/d.png", "Thumbs.db",
        "__MACOSX/a.png", "@eaDir/a.jpg",
    )  # fmt: skip
    assert _paths(tmp_path) == ["a.png"]
    assert scan(tmp_path).ignored == 0


def test_decomposed_names_are_composed(tmp_path: Path) -> None:
    """A name in decomposed form has the path that it has on other machines, and still opens."""
    name = unicodedata.normalize("NFD", "étude.png")
    _make(tmp_path, name)
    (file,) = scan(tmp_path).files
    assert file.path == "étude.png"
    assert name.encode() == file.absolute.read_bytes()


def test_names_that_differ_in_form_only_stay_two(tmp_path: Path) -> None:
    """Where both forms of one name exist, both pictures are kept, under different paths."""
    _make(tmp_path, "é.png", unicodedata.normalize("NFD", "é.png"))
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system does not tell the two names apart")
    assert len(set(_paths(tmp_path))) == 2


def test_linked_folder_is_followed(tmp_path: Path) -> None:
    """A link to a folder elsewhere is part of the tree."""
    _make(tmp_path / "else", "a.png")
    (tmp_path / "images").mkdir()
    (tmp_path / "images/link").symlink_to(tmp_path / "else")
    assert _paths(tmp_path / "images") == ["link/a.png"]


def test_loops_of_links_are_cut(tmp_path: Path) -> None:
    """Links to the folder itself, above it, to each other or to a folder seen add nothing."""
    _make(tmp_path / "top", "images/z/b.png", "site/c.png")
    images = tmp_path / "top/images"
    (images / "a-self").symlink_to(images)
    (images / "b-above").symlink_to(tmp_path / "top")
    (images / "z/c-up").symlink_to("..")
    (images / "d-again").symlink_to("z")
    (images / "round1").symlink_to("round2")
    (images / "round2").symlink_to("round1")
    assert _paths(images) == ["z/b.png"]


def test_linked_file_and_broken_link(tmp_path: Path) -> None:
    """A linked file is a picture; a link to nothing is reported, and counts as unreadable."""
    _make(tmp_path, "a.png")
    (tmp_path / "b.png").symlink_to("a.png")
    (tmp_path / "c.png").symlink_to("nowhere.png")
    result = scan(tmp_path)
    assert [file.path for file in result.files] == ["a.png", "b.png"]
    assert [(p.path, p.problem.startswith("is a link to nothing")) for p in result.problems] == [
        ("c.png", True)
    ]
    assert result.unreadable == ("c.png",)


def test_pipe_named_like_a_picture(tmp_path: Path) -> None:
    """A named pipe would block whoever opens it: it is reported, not opened."""
    os.mkfifo(tmp_path / "pipe.png")
    result = scan(tmp_path)
    assert (result.files, [p.path for p in result.problems]) == ((), ["pipe.png"])


def test_name_that_is_no_unicode(tmp_path: Path) -> None:
    """A file name that is not valid UTF-8 is reported in printable form."""
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.png")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    result = scan(tmp_path)
    assert result.files == ()
    assert [p.problem for p in result.problems] == ["the file name is not valid Unicode"]
    assert "caf" in result.problems[0].path.encode("utf-8").decode("utf-8")


def test_unreadable_folder_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is reported; the rest is found."""
    _make(tmp_path, "a.png", "locked/b.png")
    real = os.scandir

    def refuse(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    monkeypatch.setattr(scan_module.os, "scandir", refuse)
    result = scan(tmp_path)
    assert [file.path for file in result.files] == ["a.png"]
    assert [(problem.path, problem.problem) for problem in result.problems] == [
        ("locked", "the folder cannot be read (Permission denied)")
    ]
    assert result.unreadable == ("locked",)


@contextmanager
def _without_permission(path: Path) -> Iterator[None]:
    path.chmod(0)
    try:
        yield
    finally:
        path.chmod(0o755)


def test_folder_without_permission(tmp_path: Path) -> None:
    """The same with a real folder, where this user is bound by permissions."""
    _make(tmp_path, "a.png", "locked/b.png")
    with _without_permission(tmp_path / "locked"):
        if os.access(tmp_path / "locked", os.R_OK):
            pytest.skip("permissions do not bind this user")
        assert [problem.path for problem in scan(tmp_path).problems] == ["locked"]


def test_missing_folder(tmp_path: Path) -> None:
    """No folder of images: one sentence with the remedy."""
    with pytest.raises(CorpusError, match=r"no such folder of images; make it, or name another"):
        scan(tmp_path / "images")


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    """A file where the folder should be is called one."""
    _make(tmp_path, "images")
    with pytest.raises(CorpusError, match="is a file, not a folder"):
        scan(tmp_path / "images")


def test_empty_folder(tmp_path: Path) -> None:
    """An empty folder is scanned without complaint."""
    assert (scan(tmp_path).files, scan(tmp_path).problems, scan(tmp_path).ignored) == ((), (), 0)


def test_digest_is_sha256(tmp_path: Path) -> None:
    """The digest is the SHA-256 of all bytes, over more than one chunk."""
    data = bytes(range(256)) * 10_000
    (tmp_path / "a.png").write_bytes(data)
    assert hashlib.sha256(data).hexdigest() == digest(tmp_path / "a.png")


def test_digest_of_nothing(tmp_path: Path) -> None:
    """A file that went away is an error in words."""
    with pytest.raises(CorpusError, match="cannot be read"):
        digest(tmp_path / "gone.png")
