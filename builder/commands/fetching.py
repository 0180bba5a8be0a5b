"""`volvelle fetch`: images of IIIF servers into a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builder import settings as settings_module
from builder.commands import starting
from builder.errors import SettingsError
from builder.fetched import Fetched, Fetching, Wanted
from builder.fetching.types import Manifest
from builder.settings import FILE_NAME, Settings
from builder.visiting import Visitor
from builder.workspace import Workspace


@dataclass(frozen=True)
class Asked:
    """The words of the command line; see `Wanted`."""

    address: str
    region: str = ""
    language: str = ""
    limit: int = 0
    refresh: bool = False


def fetch(
    folder: Path,
    asked: Asked,
    changes: Mapping[str, Any],
    progress: Callable[[Manifest], Callable[[], None]],
    visit: Callable[[Any], Visitor] = Visitor,
) -> Fetched:
    """Fetch into a folder, which is made if it is new; a first catalogue.toml is written too.

    Args:
        folder: of the catalogue.
        asked: what.
        changes: settings of the table fetch that the command line says otherwise; None is not said.
        progress: told of each manifest.
        visit: makes what asks the servers.

    Raises:
        VolvelleError: the address leads to nothing, or the folder cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise SettingsError("is not a folder", str(folder), "name another with --to")
    (folder / "images").mkdir(parents=True, exist_ok=True)
    settings = settings_module.read(folder)
    settings = _changed(settings, {key: one for key, one in changes.items() if one is not None})
    visitor = visit(settings.fetch)
    wanted = Wanted(settings.fetch.size, asked.region, asked.language, asked.limit, asked.refresh)
    with Workspace(folder).lock():
        done = Fetching(folder, settings, wanted, visitor).run(asked.address, progress)
    if done.new and not (folder / FILE_NAME).exists():
        starting.start(folder, force=False)
    return done


def _changed(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    known = settings_module.parse({"fetch": {**settings.fetch.model_dump(), **changes}})
    return settings.model_copy(update={"fetch": known.fetch})


def as_json(done: Fetched) -> dict[str, Any]:
    """For programs."""
    return {
        "images": {"new": done.new, "kept": done.kept},
        "manifests": done.manifests,
        "problems": [asdict(one) for one in done.problems],
    }


def summary(done: Fetched, folder: Path) -> str:
    """In a sentence."""
    said = f"{done.new} images fetched, {done.kept} were there"
    return f"{said}, of {done.manifests} manifests; next: volvelle build {folder}"
