"""The pages that images are cut out of: their files, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from builder.corpus.metadata import Metadata, read_metadata
from builder.corpus.scan import FoundFile, scan
from builder.errors import SettingsError
from builder.settings import MetadataSettings, Settings

OWN_ROLES = ("id", "filename", "title", "source", "date")
"""Parts of a row that a picture cut out of the page gets anew."""

# The last parts of an address by the Image API: region, size, rotation, quality.
_IMAGE_API = 4


class PageFiles:
    """Finds the page that an annotation means.

    Args:
        folder: of the pages.
        catalogue: its folder; its table may describe the pages.
        settings: of the catalogue.

    Raises:
        SettingsError: there is no such folder.
        CorpusError: a table beside the pages cannot be read.
    """

    def __init__(self, folder: Path, catalogue: Path, settings: Settings) -> None:
        if not folder.is_dir():
            raise SettingsError(
                "there is no such folder of pages", str(folder), "name it with --pages"
            )
        self._files = {file.path: file for file in scan(folder).files}
        self._named: dict[str, list[str]] = {}
        for path in self._files:
            for key in _keys(path):
                self._named.setdefault(key, []).append(path)
        self._rows = self._described(folder, catalogue, settings)
        self._addresses: dict[str, list[str]] = {}
        for path, cells in self._rows.items():
            for column in ("iiif_canvas", "iiif_service", "iiif_image"):
                if address := cells.get(column, ""):
                    self._addresses.setdefault(address, []).append(path)

    def find(self, page: str) -> tuple[FoundFile | None, str]:
        """The file of a page; or None and why not."""
        for key in _meant(page):
            found = self._addresses.get(key) or self._named.get(key.casefold())
            if found and len(found) == 1:
                return self._files[found[0]], ""
            if found:
                return None, f'names the page "{page[:80]}", which may be {found[0]} or {found[1]}'
        return None, f'names the page "{page[:80]}", which is not there'

    def row(self, path: str) -> Mapping[str, str]:
        """What the metadata say of a page, by column; empty where they say nothing."""
        return self._rows.get(path, {})

    def _described(
        self, folder: Path, catalogue: Path, settings: Settings
    ) -> dict[str, Mapping[str, str]]:
        """Rows of the nearest table that describes any page."""
        usual = MetadataSettings()
        for place in (folder, folder.parent):
            if place.resolve() != catalogue.resolve():
                rows = self._by_page(read_metadata(place / usual.file, usual))
                if rows:
                    return rows
        return self._by_page(read_metadata(catalogue / settings.metadata.file, settings.metadata))

    def _by_page(self, table: Metadata) -> dict[str, Mapping[str, str]]:
        found: dict[str, Mapping[str, str]] = {}
        column = table.roles.get("filename") or table.roles.get("id") or ""
        for row in table.rows:
            named = self._named.get(row.cells.get(column, "").casefold(), [])
            if len(named) == 1:
                # Roles come with a colon, which sets them apart from columns of that name.
                told = {f"{role}:": row.cells[name] for role, name in table.roles.items()}
                named_as = {table.roles[role] for role in OWN_ROLES if role in table.roles}
                rest = {one: text for one, text in row.cells.items() if one not in named_as}
                found[named[0]] = {**rest, **told}
        return found


def _keys(path: str) -> set[str]:
    """What a page may be called: its path, or its name, with and without the ending."""
    pure = PurePosixPath(path)
    bare = path.removesuffix(pure.suffix)
    return {one.casefold() for one in (path, bare, pure.name, pure.stem)}


def _meant(page: str) -> list[str]:
    """A page as an annotation calls it, then less exactly: the whole, its name, its stem."""
    said = page.replace("\\", "/").strip()
    if not said:
        return []
    found = [page.strip(), said.removeprefix("./")]
    if "://" in said:
        parts = [unquote(part) for part in urlsplit(said).path.split("/") if part]
        if len(parts) > _IMAGE_API and parts[-1].split(".")[0] in ("default", "native"):
            found.append(said.rsplit("/", _IMAGE_API)[0])
            parts = parts[:-_IMAGE_API]
        if parts and parts[-1] == "info.json":
            parts = parts[:-1]
        found += parts[-1:]
    name = PurePosixPath(found[-1])
    return list(dict.fromkeys([*found, name.name, name.stem]))
