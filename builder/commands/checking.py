"""`volvelle check`: what a build would complain of, and whether the built site is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from builder import settings as settings_module
from builder.care.contrast import contrast_findings
from builder.care.documents import document_findings
from builder.care.limits import HOSTS, Size, limit_findings, size_of
from builder.care.links import page_findings, style_findings
from builder.care.reading import read_page
from builder.care.types import Finding, gathered
from builder.care.validity import MISSING, sample, validator, validity_findings
from builder.corpus.history import FILE as VERSIONS
from builder.corpus.history import read_history
from builder.corpus.join import join
from builder.corpus.metadata import read_metadata
from builder.corpus.register import read_register
from builder.corpus.scan import scan
from builder.errors import OutputError, Problem, VolvelleError
from builder.intake import REGISTER, images_folder
from builder.pages.resources import data_dir
from builder.publish import MARKER, Published, read_published
from builder.releases import read_releases
from builder.settings import FILE_NAME, Settings

_SCHEMAS = Path(__file__).parents[1] / "pages/schemas"
_FRONT_END = "assets/volvelle.css"


@dataclass(frozen=True)
class Checked:
    """What came of a check.

    Attributes:
        findings: what is wrong, each with its remedy.
        size: of the site; None if there is none.
        remarks: what could not be looked at, and what is good to know.
    """

    findings: tuple[Finding, ...]
    size: Size | None = None
    remarks: tuple[str, ...] = ()

    def fails(self, strict: bool) -> bool:
        """Whether something is wrong; with `strict` warnings count, too."""
        return any(strict or one.level == "error" for one in self.findings)


def check(folder: Path, site: Path, target: str, strict: bool = False) -> Checked:
    """Look a catalogue over without decoding a picture or loading a network.

    Args:
        folder: of the catalogue.
        site: of the built site; it need not exist.
        target: "pages" checks the limits of GitHub Pages too.
        strict: have every page validated, not a few of each kind.

    Raises:
        SettingsError: catalogue.toml is wrong, which a build would refuse as well.
        OutputError: there is no such target.
    """
    if target not in ("files", *HOSTS):
        raise OutputError(f'unknown target "{target}"', remedy="use files or pages")
    settings = settings_module.read(folder)
    found = []
    for look in (_images, _frozen):
        try:
            found += look(folder, settings)
        except VolvelleError as error:
            found.append(Finding(error.where or FILE_NAME, error.what, error.remedy))
    published = read_published(site)
    if published is None:
        return Checked((*found, *_foreign(site)))
    found += _whole(site, published)
    looked = _Site(site, settings)
    found += gathered(looked.findings())
    remarks, invalid = looked.validity(folder, strict)
    size = size_of(looked.files, looked.images, target)
    found += [*gathered(invalid), *gathered(limit_findings(looked.files, size, target))]
    return Checked(tuple(found), size, (*remarks, _forecast(size, target)))


def with_count(found: Finding) -> Finding:
    """The finding with its number of files in words."""
    if found.count == 1:
        return found
    return replace(found, problem=f"{found.problem} (and {found.count - 1:,} more files)")


def _as_findings(problems: Iterable[Problem]) -> list[Finding]:
    return [Finding(one.path, one.problem, one.remedy) for one in problems]


def _images(folder: Path, settings: Settings) -> list[Finding]:
    found = scan(images_folder(folder, settings))
    table = read_metadata(folder / settings.metadata.file, settings.metadata)
    empty = [
        Problem(file.path, "the file is empty", "replace or remove it")
        for file in found.files
        if not file.size
    ]
    paths = [file.path for file in found.files]
    joined = join(table, paths, found.unreadable)
    if not paths:
        empty.append(Problem(settings.images.folder, "there are no images", "put some there"))
    return _as_findings([*found.problems, *empty, *table.problems, *joined.problems])


def _frozen(folder: Path, settings: Settings) -> list[Finding]:  # noqa: ARG001
    """The register, the history and the releases can be read, and fit together."""
    register = read_register(folder / REGISTER)
    read_releases(folder)
    known = set(register.by_id)
    return [
        Finding(
            VERSIONS,
            f'names "{one.id}", which the register does not have',
            f"restore {REGISTER} or {VERSIONS} from an earlier version",
            "versions",
        )
        for one in read_history(folder / VERSIONS)
        if one.id not in known
    ]


def _foreign(site: Path) -> list[Finding]:
    if site.exists() and any(site.iterdir()):
        what = "is not a site made by volvelle"
        return [Finding(str(site), what, "choose another with --out")]
    return []


def _whole(site: Path, published: Published) -> list[Finding]:
    gone = [
        path
        for path, size in published.files.items()
        if not (site / path).is_file() or (site / path).stat().st_size != size
    ]
    if not gone:
        return []
    what = f"{len(gone)} files are missing or changed, among them {gone[0]}"
    return [Finding(str(site), what, "run volvelle build", "files", count=len(gone))]


class _Site:
    """The files of a built site."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root, self._settings = root, settings
        paths = sorted(path for path in root.rglob("*") if path.is_file())
        named = ((path.relative_to(root).as_posix(), path) for path in paths)
        self.files = {name: path.stat().st_size for name, path in named if name != MARKER}
        self._html = [name for name in self.files if name.endswith(".html")]
        self._items = [name for name in self.files if name.startswith("api/items/")]
        self.images = len(self._items)

    def findings(self) -> Iterator[Finding]:
        """Everything that can be seen in the files themselves."""
        url = self._settings.catalogue.site_url
        pages = {name: read_page(self._read(name).decode(errors="replace")) for name in self._html}
        yield from page_findings(pages, self.files, url)
        yield from document_findings(self.files, self._read, _SCHEMAS)
        yield from self._styles()
        yield from self._rights()
        yield from self._releases()

    def validity(self, folder: Path, strict: bool) -> tuple[tuple[str, ...], list[Finding]]:
        """What could not be validated, and what is invalid."""
        checkout = data_dir("static").parent
        program = validator((folder, checkout))
        if program is None:
            return (MISSING,), []
        pages = self._html if strict else sample(self._html)
        return (), list(validity_findings(program, self._root, pages))

    def _read(self, name: str) -> bytes:
        return (self._root / name).read_bytes()

    def _styles(self) -> Iterator[Finding]:
        sheets = [name for name in self.files if name.endswith(".css")]
        sheets.sort(key=lambda name: name != _FRONT_END)
        texts = {name: self._read(name).decode(errors="replace") for name in sheets}
        for name, text in texts.items():
            yield from style_findings(name, text)
        if sheets:
            yield from contrast_findings("\n".join(texts.values()), sheets[-1])

    def _rights(self) -> Iterator[Finding]:
        if not self._settings.catalogue.licence:
            what = "the catalogue says nothing of its licence"
            remedy = 'write [catalogue] licence, such as "CC-BY-4.0"'
            yield Finding(FILE_NAME, what, remedy, "rights", "warning")
        column = self._settings.cite.rights
        for name in self._items:
            try:
                item = json.loads(self._read(name))
            except ValueError:
                continue  # named by the schemas
            if not item.get("credit") and not item.get("fields", {}).get(column):
                what = "nothing is said of the rights in the picture"
                remedy = f'fill the column "{column}", or write [rights.credits] for its source'
                yield Finding(name, what, remedy, "rights", "warning")

    def _releases(self) -> Iterator[Finding]:
        """Each release that the site names has its pages and its claims."""
        try:
            told = json.loads(self._read("version.json")).get("releases", [])
        except (OSError, ValueError):
            return
        for one in told:
            for name in (f"v/{one['label']}/index.html", f"v/{one['label']}/claims.json"):
                if name not in self.files:
                    what = f"version.json names the release {one['label']}, whose page is missing"
                    yield Finding(name, what, "run volvelle build", "versions")


def _forecast(size: Size, target: str) -> str:
    said = f"the site has {size.bytes / 1e6:,.1f} MB in {size.files:,} files"
    each = f"{size.per_image / 1e3:,.0f} kB an image"
    if target not in HOSTS or not size.room:
        return f"{said}, {each}"
    return f"{said}, {each}: {HOSTS[target].name} has room for some {size.room:,} images"
