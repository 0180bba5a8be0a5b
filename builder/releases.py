"""Frozen versions: `releases/` in the catalogue, to be committed beside the register.

`releases.csv` lists them in the order in which they were made, with the hash of each one's claims,
so that what was published under a label can never silently become something else.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.corpus.register import csv_text
from builder.errors import CorpusError, SettingsError
from builder.versions.record import claims_from_json, claims_of_documents, claims_text
from builder.versions.types import Claims, Json, Release
from builder.workspace import write_atomic

FOLDER = "releases"
LIST = "releases.csv"
COLUMNS = ("label", "version", "date", "doi", "sha256", "note")
RESERVED = frozenset({"now", "index", "con", "nul", "aux", "prn"})

_LABEL = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_RESTORE = "restore it from an earlier version: what was published under a label must stay"


def read_releases(catalogue: Path) -> tuple[Release, ...]:
    """All releases, the earliest first; none if there is no list.

    Raises:
        CorpusError: the list or one of the files is missing, changed or makes no sense.
    """
    path = catalogue / FOLDER / LIST
    rows = _rows(path)
    labels = [row[0] for row in rows]
    for label in labels:
        if labels.count(label) > 1:
            raise CorpusError(f'the label "{label}" stands there twice', _name(path), _RESTORE)
    return tuple(_release(path.parent, row) for row in rows)


def claims_files(catalogue: Path, releases: Sequence[Release]) -> Iterator[tuple[str, Path]]:
    """The claims of releases as they are published: path in the site, and the file itself."""
    for one in releases:
        yield f"v/{one.label}/claims.json", catalogue / FOLDER / f"{one.label}.json"


def freeze(catalogue: Path, label: str, claims: Claims, date: str, doi: str, note: str) -> Path:
    """Write a release; gives the file of its claims.

    Raises:
        SettingsError: the label cannot be one, or the DOI is none.
        CorpusError: the label was given before.
        OutputError: the folder cannot be written.
    """
    _check(label, doi)
    former = read_releases(catalogue)
    for one in former:
        if one.label == label:
            raise CorpusError(
                f'the label "{label}" was given to version {one.version} on {one.date}',
                f"{FOLDER}/{LIST}",
                "choose another: a label keeps its meaning",
            )
    data = claims_text(claims).encode()
    path = catalogue / FOLDER / f"{label}.json"
    row = [label, claims.version, date, doi, hashlib.sha256(data).hexdigest(), _line(note)]
    write_atomic(path, data)
    _write(catalogue, [*_rows(catalogue / FOLDER / LIST), row])
    return path


def name_doi(catalogue: Path, label: str, doi: str) -> None:
    """Note the DOI of a release that was made before it had one.

    Raises:
        CorpusError: there is no such release, it has another DOI, or this is none.
    """
    _check(label, doi)
    rows = _rows(catalogue / FOLDER / LIST)
    for row in rows:
        if row[0] == label and row[3] in ("", doi):
            row[3] = doi
            _write(catalogue, rows)
            return
    had = [row[3] for row in rows if row[0] == label]
    what = f'"{label}" has the DOI {had[0]} already' if had else f'there is no release "{label}"'
    raise CorpusError(what, f"{FOLDER}/{LIST}", "name another label")


def read_site(folder: Path) -> Claims:
    """What a built site claims, out of its own documents.

    Raises:
        CorpusError: it is no whole site.
    """

    def document(key: str) -> Json | None:
        try:
            found: Json = json.loads((folder / "api" / f"{key}.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise CorpusError(f"cannot be read ({error})", f"{folder}/api/{key}.json") from error
        return found

    head = document("catalogue")
    if head is None:
        raise CorpusError(
            "is no built site", str(folder), "run volvelle build, or name the folder of a site"
        )
    items = [document(f"items/{name}") for name in head["ids"]]
    hashes = ["" if item is None else item["file"]["sha256"] for item in items]
    try:
        generator = json.loads((folder / "version.json").read_text(encoding="utf-8"))["generator"]
        return claims_of_documents(document, generator, head["sources"], hashes)
    except (ValueError, KeyError, OSError) as error:
        raise CorpusError(f"its documents {error}", str(folder), "build the site again") from error


def read_claims(path: Path) -> Claims:
    """The claims in a file of a release.

    Raises:
        CorpusError: it cannot be read.
    """
    try:
        return claims_from_json(json.loads(path.read_bytes()))
    except FileNotFoundError as error:
        raise CorpusError("is missing", _name(path), _RESTORE) from error
    except OSError as error:
        raise CorpusError(f"cannot be read ({error.strerror})", _name(path)) from error
    except ValueError as error:
        raise CorpusError(f"makes no sense ({error})", _name(path), _RESTORE) from error


def _release(folder: Path, row: Sequence[str]) -> Release:
    label, version, date, doi, sha256, note = row
    path = folder / f"{label}.json"
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError as error:
        raise CorpusError("is missing", _name(path), _RESTORE) from error
    if found != sha256:
        raise CorpusError("was changed since it was frozen", _name(path), _RESTORE)
    return Release(label, version, date, doi, note, sha256, read_claims(path))


def _rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError("cannot be read as UTF-8", _name(path), _RESTORE) from error
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    if not rows or tuple(rows[0]) != COLUMNS:
        what = f"line 1: the columns should be {','.join(COLUMNS)}"
        raise CorpusError(what, _name(path), _RESTORE)
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(COLUMNS) or not _LABEL.fullmatch(row[0]):
            raise CorpusError(f"row {number} is not a release", _name(path), _RESTORE)
    return rows[1:]


def _write(catalogue: Path, rows: Sequence[Sequence[str]]) -> None:
    write_atomic(catalogue / FOLDER / LIST, csv_text([COLUMNS, *rows]).encode())


def _check(label: str, doi: str) -> None:
    if not _LABEL.fullmatch(label) or label in RESERVED or len(label) > 40:
        raise SettingsError(
            f'"{label}" cannot be the label of a release',
            remedy="use a-z, 0-9, points and hyphens, such as v1 or 2026.2",
        )
    if doi and not _DOI.fullmatch(doi):
        raise SettingsError(
            f'"{doi}" is not a DOI', remedy="it begins with 10., such as 10.5281/x.1"
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
