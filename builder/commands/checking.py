"""`volvelle check`: what a build would complain of, and whether the built site is whole."""

from __future__ import annotations

from pathlib import Path

from builder import settings as settings_module
from builder.corpus.join import join
from builder.corpus.metadata import read_metadata
from builder.corpus.register import read_register
from builder.corpus.scan import scan
from builder.errors import OutputError, Problem, VolvelleError
from builder.intake import REGISTER, images_folder
from builder.publish import read_published
from builder.settings import FILE_NAME, Settings

PAGES_BYTES = 900_000_000
"""GitHub Pages publishes at most 1 GB; a tenth is kept in hand."""


def check(folder: Path, site: Path, target: str) -> list[Problem]:
    """Look a catalogue over without decoding a picture or loading a network.

    Args:
        folder: of the catalogue.
        site: of the built site; it need not exist.
        target: "pages" checks the limits of GitHub Pages too.

    Raises:
        SettingsError: catalogue.toml is wrong, which a build would refuse as well.
    """
    settings = settings_module.read(folder)
    problems = []
    for look in (_images, _register):
        try:
            problems += look(folder, settings)
        except VolvelleError as error:
            problems.append(Problem(error.where or FILE_NAME, error.what, error.remedy))
    return problems + _site(site, target)


def _images(folder: Path, settings: Settings) -> list[Problem]:
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
    return [*found.problems, *empty, *table.problems, *joined.problems]


def _register(folder: Path, settings: Settings) -> list[Problem]:  # noqa: ARG001
    read_register(folder / REGISTER)
    return []


def _site(site: Path, target: str) -> list[Problem]:
    if target not in ("files", "pages"):
        raise OutputError(f'unknown target "{target}"', remedy="use files or pages")
    published = read_published(site)
    if published is None:
        if site.exists() and any(site.iterdir()):
            return [
                Problem(str(site), "is not a site made by volvelle", "choose another with --out")
            ]
        return []
    problems = []
    gone = [
        path
        for path, size in published.files.items()
        if not (site / path).is_file() or (site / path).stat().st_size != size
    ]
    if gone:
        what = f"{len(gone)} files are missing or changed, among them {gone[0]}"
        problems.append(Problem(str(site), what, "run volvelle build"))
    if target == "pages" and published.bytes > PAGES_BYTES:
        what = f"the site has {published.bytes / 1e9:.2f} GB, GitHub Pages takes at most 1 GB"
        remedy = "lower site.display_pixels, or set site.portable = false"
        problems.append(Problem(str(site), what, remedy))
    return problems
