"""`volvelle release` and `volvelle diff`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from builder import releases
from builder.clock import today
from builder.commands.outside_page import write_page as write_outside
from builder.errors import CorpusError
from builder.pages.difference import words
from builder.pages.news import outside_page
from builder.publish import is_whole, read_published
from builder.versions.compare import compare
from builder.versions.types import Claims, Difference

NOW = "now"


def release(
    folder: Path, site: Path, label: str, doi: str, note: str, dry_run: bool
) -> Iterator[str]:
    """Freeze what the built site claims, or give a release its DOI; yields what was done.

    Raises:
        CorpusError: there is no whole site, or the label was given before.
        SettingsError: it cannot be a label.
    """
    former = {one.label: one for one in releases.read_releases(folder)}
    if label in former and doi:
        if not dry_run:
            releases.name_doi(folder, label, doi)
        yield f"{label} has the DOI {doi}; the next build says so"
        return
    published = read_published(site)
    if published is not None and not is_whole(site, published):
        raise CorpusError("files are missing or changed", str(site), "run volvelle build first")
    claims = releases.read_site(site)
    twin = next((one for one in former.values() if one.version == claims.version), None)
    where = f"{releases.FOLDER}/{label}.json"
    if not dry_run:
        releases.freeze(folder, label, claims, today().isoformat(), doi, note)
    yield f"{where}: version {claims.version} with {len(claims.ids):,} images is {label}"
    if twin is not None:
        yield f"note: {twin.label} is the same version"
    yield f"commit {releases.FOLDER}/; the next build shows it at v/{label}/"


def difference(folder: Path, site: Path, old: str, new: str) -> Difference:
    """What changed between two versions, each named as on the command line.

    Raises:
        CorpusError: one is no version.
    """
    first, first_label = _claims(folder, site, old)
    second, second_label = _claims(folder, site, new)
    return compare(first, second, first_label, second_label)


def _claims(folder: Path, site: Path, name: str) -> tuple[Claims, str]:
    """The claims that a word stands for, and the label of the release."""
    known = {one.label: one for one in releases.read_releases(folder)}
    if name in known:
        return known[name].claims, name
    if name == NOW:
        return releases.read_site(site), ""
    path = Path(name)
    if path.is_file():
        return releases.read_claims(path), path.stem
    if path.is_dir():
        inner = path if (path / "api").is_dir() else path / "site"
        return releases.read_site(inner), ""
    labels = ", ".join([*known, NOW])
    raise CorpusError(
        f'"{name}" is neither a release nor a folder', "", f"releases are {labels}; or name a site"
    )


def as_json(found: Difference) -> dict[str, Any]:
    """The difference as plain values."""
    return {"format": 1, **{k: v for k, v in asdict(found).items() if k != "titles"}}


def as_text(found: Difference) -> list[str]:
    """The difference as lines."""
    return words(found)


def write_page(found: Difference, path: Path, site: Path) -> None:
    """The difference as a page in the style of the site.

    Raises:
        OutputError: there is no site, or the page cannot be written.
    """
    write_outside(path, site, lambda root: outside_page(found, root))
