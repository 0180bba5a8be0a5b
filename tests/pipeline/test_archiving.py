"""Archives are whole, the same each time, and read by others' programs."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import bagit
import pytest

from builder.archiving import archive
from builder.errors import OutputError
from builder.publish import publish

_CATALOGUE = (
    b'{"title": "Stars &\\n planets", "count": 2, "credit": {"authors": ["A, B"],'
    b' "licence": "CC0-1.0", "site_url": "https://x.org/c/"}}'
)
_FILES = {
    "index.html": b"<!doctype html>",
    "version.json": b'{"version": "0123456789ab", "generator": "Volvelle 1", "built": ""}',
    "api/catalogue.json": _CATALOGUE,
    "images/a b.webp": b"RIFF",
    "items/ф x/index.html": b"<!doctype html><p>",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of a few files, published as a build does it."""
    publish(tmp_path / "site", "f" * 12, _FILES.items(), lambda _: None)
    return tmp_path / "site"


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_bag_is_valid_and_always_the_same(site: Path, tmp_path: Path) -> None:
    """By the Library of Congress's own validator; every file of the site is in it."""
    bag = archive(site, tmp_path / "bag", "bag")
    again = archive(site, tmp_path / "again", "bag")
    read = bagit.Bag(str(bag))

    assert read.validate()
    assert read.version == "1.0"
    assert read.info["External-Description"] == "Stars & planets"
    assert {name: (bag / "data" / name).read_bytes() for name in _FILES} == _FILES
    assert tree(bag) == tree(again)
    assert "Stars & planets\n===============" in (bag / "README.txt").read_text()


def test_a_changed_bag_is_noticed(site: Path, tmp_path: Path) -> None:
    """The checksums are of the files that are there."""
    bag = archive(site, tmp_path / "bag", "bag")
    (bag / "data/index.html").write_bytes(b"<!doctype html!")

    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


def test_a_zip_unpacks_to_a_page_that_opens(site: Path, tmp_path: Path) -> None:
    """With index.html at its top, schemas, and the checksum of every file; the same each time."""
    first = archive(site, tmp_path / "a" / "stars.zip", "zip")
    second = archive(site, tmp_path / "b" / "stars.zip", "zip")
    with zipfile.ZipFile(first) as packed:
        packed.extractall(tmp_path / "out")
    files = tree(tmp_path / "out/stars")
    manifest = files["manifest-sha256.txt"].decode().splitlines()
    sums = {line[66:]: line[:64] for line in manifest}

    assert first.read_bytes() == second.read_bytes()
    assert {name: files[name] for name in _FILES} == _FILES
    assert "schemas/item.schema.json" in files
    files.pop("manifest-sha256.txt")
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_what_cannot_be_archived_is_said(site: Path, tmp_path: Path) -> None:
    """No whole site, something in the way, an unknown format: each with its remedy."""
    with pytest.raises(OutputError, match="use bag or zip"):
        archive(site, tmp_path / "x", "rar")
    with pytest.raises(OutputError, match="already"):
        archive(site, site, "bag")
    (site / "index.html").write_bytes(b"")
    with pytest.raises(OutputError, match="run volvelle build"):
        archive(site, tmp_path / "x", "bag")
