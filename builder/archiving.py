"""`volvelle archive`: the built site as one thing to keep for decades.

Either a bag after BagIt 1.0 (RFC 8493), as libraries take it, or a zip file: unpacked, its
index.html opens by a double-click. Both hold the site, the schemas of its documents, a README in
plain text and a checksum of every file; the same site gives the same bytes. Only what is published
goes in, so nothing that is withheld does.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.errors import OutputError
from builder.publish import is_whole, read_published
from builder.workspace import output_error, write_atomic

FORMATS = ("bag", "zip")

_SCHEMAS = Path(__file__).parent / "pages/schemas"
_MANIFEST = "manifest-sha256.txt"
_PACKED = (".webp", ".jpg", ".png", ".woff2", ".parquet", ".zip", ".gz")
_DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say

Files = Mapping[str, bytes | Path]
"""Path in the archive, and the content or the file that has it."""


def archive(site: Path, to: Path, form: str) -> Path:
    """Write an archive of a built site.

    Args:
        site: folder of the site, whole.
        to: the bag's folder or the zip file; it must not exist.
        form: one of FORMATS.

    Raises:
        OutputError: there is no whole site, or the archive exists or cannot be written.
    """
    if form not in FORMATS:
        raise OutputError(f'unknown format "{form}"', remedy=f"use {' or '.join(FORMATS)}")
    published = read_published(site)
    if published is None or not is_whole(site, published):
        raise OutputError("there is no whole site", str(site), "run volvelle build first")
    if to.exists():
        raise OutputError("is there already", str(to), "remove it, or name another with --to")
    names = sorted(published.files)
    taken: Files = {name: site / name for name in names}
    version = _version(site)
    try:
        if form == "bag":
            _write_bag(taken, version, to)
        else:
            _write_zip(taken, version, to)
    except OSError as error:
        raise output_error(error, to) from error
    return to


def _version(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "version.json").read_bytes())
    about = json.loads((site / "api/catalogue.json").read_bytes())
    return {**found, "title": about["title"], "count": about["count"], **about["credit"]}


def _write_bag(site: Files, version: Mapping[str, Any], to: Path) -> None:
    """Payload under data/, tag files beside it; the folder is renamed when it is whole."""
    payload = _sorted({f"data/{name}": content for name, content in _payload(site).items()})
    passing = to.with_name(f".{to.name}.new")
    shutil.rmtree(passing, ignore_errors=True)
    sums = {name: _put(passing / name, content) for name, content in payload.items()}
    octets = sum((passing / name).stat().st_size for name in payload)
    tags = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _bag_info(version, octets, len(payload)),
        "README.txt": readme(version, "data/index.html", "data/"),
        _MANIFEST: _manifest(sums.items()),
    }
    tag_sums = [(name, _put(passing / name, text.encode())) for name, text in tags.items()]
    _put(passing / f"tag{_MANIFEST}", _manifest(sorted(tag_sums)).encode())
    passing.rename(to)


def _write_zip(site: Files, version: Mapping[str, Any], to: Path) -> None:
    """One folder, with index.html at its top."""
    text = readme(version, "index.html", "")
    files = _sorted({**_payload(site), "README.txt": text.encode()})
    sums = {name: hashlib.sha256(_bytes(content)).hexdigest() for name, content in files.items()}
    whole: Files = {**files, _MANIFEST: _manifest(sums.items()).encode()}
    top = to.stem or "catalogue"

    def write(file: Any) -> None:
        with zipfile.ZipFile(file, "w") as packed:
            for name, content in whole.items():
                packed.writestr(_entry(f"{top}/{name}"), _bytes(content))

    write_atomic(to, write)


def _entry(name: str) -> zipfile.ZipInfo:
    """A file's head: no day and no owner of this machine."""
    info = zipfile.ZipInfo(name, _DAY_ONE)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    return info


def _payload(site: Files) -> Files:
    schemas = {f"schemas/{path.name}": path for path in _SCHEMAS.glob("*.json")}
    return {**site, **schemas}


def _sorted(files: Files) -> Files:
    return dict(sorted(files.items()))


def _bytes(content: bytes | Path) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content


def _put(path: Path, content: bytes | Path) -> str:
    """Write a file; gives the hash of what was written."""
    data = _bytes(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _manifest(sums: Iterable[tuple[str, str]]) -> str:
    """A line for each file; RFC 8493 has these three signs written as percent codes."""
    codes = {"%": "%25", "\n": "%0A", "\r": "%0D"}
    lines = (f"{found}  {''.join(codes.get(c, c) for c in name)}" for name, found in sums)
    return "\n".join(lines) + "\n"


def _bag_info(version: Mapping[str, Any], octets: int, count: int) -> str:
    lines = [
        ("Source-Organization", "; ".join(_line(one) for one in version["authors"])),
        ("External-Description", _line(version["title"])),
        ("External-Identifier", version["site_url"]),
        ("Internal-Sender-Identifier", version["version"]),
        ("Bagging-Date", version.get("built", "")),
        ("Bag-Software-Agent", version["generator"]),
        ("Payload-Oxum", f"{octets}.{count}"),
    ]
    return "".join(f"{name}: {text}\n" for name, text in lines if text)


def readme(version: Mapping[str, Any], start: str, data: str) -> str:
    """What the archive is, for somebody who finds it in ten years.

    Args:
        version: of the catalogue: title, count, authors, licence, site_url, version, generator.
        start: the page to open first.
        data: folder of the site in the archive, "" or ending in a slash.
    """
    return "\n".join([*_about(version), *_how(start, data)]) + "\n"


def _about(version: Mapping[str, Any]) -> Iterator[str]:
    title = _line(version["title"])
    yield from (title, "=" * len(title), "")
    yield f"A catalogue of {version['count']:,} images, version {version['version']}."
    if version["authors"]:
        yield f"By {'; '.join(_line(one) for one in version['authors'])}."
    if version["licence"]:
        yield f"Licence: {_line(version['licence'])}."
    if version["site_url"]:
        yield f"Published at {version['site_url']}"
    yield from (f"Made with {version['generator']}.", "")


def _how(start: str, data: str) -> Iterator[str]:
    yield "To read it"
    yield f"    Open {start} in any web browser. Nothing has to be installed, no network is"
    yield "    needed, and no page needs JavaScript to be read."
    yield from ("", "What is where")
    for path, what in (
        ("items/<id>/", "the page of an image; its address outlasts all versions"),
        ("images/, thumbs/", "the pictures, as WebP"),
        ("clusters/, list/, sources/", "groups of images, and lists of all"),
        ("api/", "the same as data, JSON"),
        ("exports/", "tables (CSV, Parquet) and graphs (GEXF, GraphML)"),
        ("schemas/", "JSON Schemas of the documents in api/"),
        ("version.json", "the version, and the models that found what is alike"),
    ):
        yield f"    {data + path:<34} {what}"
    yield from ("", "To see that it is whole")
    yield f"    {_MANIFEST} has the SHA-256 of every file:"
    yield f"    sha256sum --check --quiet {_MANIFEST}"


def _line(text: str) -> str:
    return " ".join(str(text).split())
