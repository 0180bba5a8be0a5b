"""`volvelle crop`: images cut out of pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from builder import settings as settings_module
from builder.commands import starting
from builder.cropped import Cropped, Cropping, read_regions
from builder.cropping.types import Region
from builder.errors import SettingsError
from builder.page_files import PageFiles
from builder.settings import FILE_NAME
from builder.workspace import Workspace

__all__ = ["as_json", "crop", "read_regions", "summary"]


def crop(
    folder: Path,
    annotations: Path,
    pages: Path | None,
    margin: float | None,
    found: Sequence[Region],
    advance: Callable[[int], None],
) -> Cropped:
    """Cut regions into the images of a catalogue, which is made if it is new.

    Raises:
        VolvelleError: there are no pages, or the folder cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise SettingsError("is not a folder", str(folder), "name another with --to")
    settings = settings_module.read(folder)
    if margin is not None:
        settings = settings.model_copy(
            update={"crop": settings.crop.model_copy(update={"margin": margin})}
        )
    files = PageFiles(pages or folder / settings.crop.pages, folder, settings)
    (folder / settings.images.folder).mkdir(parents=True, exist_ok=True)
    with Workspace(folder).lock():
        done = Cropping(folder, settings, files, annotations.name).run(found, advance)
    if done.new and not (folder / FILE_NAME).exists():
        starting.start(folder, force=False)
    return done


def as_json(done: Cropped) -> dict[str, Any]:
    """For programs."""
    return {
        "images": {"new": done.new, "kept": done.kept},
        "pages": done.pages,
        "problems": [asdict(one) for one in done.problems],
    }


def summary(done: Cropped, folder: Path) -> str:
    """In a sentence."""
    said = f"{done.new} images cut out of {done.pages} pages, {done.kept} were there"
    return f"{said}; next: volvelle build {folder}"
