"""`volvelle clean`: remove what a build can make again."""

from __future__ import annotations

import shutil
from pathlib import Path

from builder.errors import OutputError
from builder.publish import MARKER, read_published
from builder.workspace import FOLDER, Workspace, output_error


def clean(folder: Path, site: Path | None) -> list[Path]:
    """Remove the artifacts of a catalogue, and its site if one is named.

    Images, metadata, settings and the register stay. Of a site only the files that we made go.

    Returns:
        What was removed.

    Raises:
        OutputError: a build is at work, the site is not ours, or something cannot be removed.
    """
    removed = []
    artifacts = folder / FOLDER
    try:
        if artifacts.is_dir():
            with Workspace(folder).lock():
                shutil.rmtree(artifacts)
            removed.append(artifacts)
        if site is not None and site.exists():
            _clean_site(site)
            removed.append(site)
    except OSError as error:
        raise output_error(error, folder) from error
    return removed


def _clean_site(site: Path) -> None:
    published = read_published(site)
    if published is None:
        raise OutputError("the folder was not made by volvelle", str(site), "remove it yourself")
    for name in (*published.files, MARKER):
        (site / name).unlink(missing_ok=True)
    folders = {site / parent for name in published.files for parent in Path(name).parents}
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
