"""`volvelle info`: what the catalogue holds, which networks there are, the settings in force."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builder import __version__
from builder import settings as settings_module
from builder.corpus.register import read_register
from builder.corpus.scan import scan
from builder.features.backbones import families
from builder.intake import REGISTER, images_folder
from builder.publish import read_published
from builder.workspace import FOLDER


def catalogue(folder: Path) -> dict[str, object]:
    """Counts and sizes, without decoding or loading anything."""
    settings = settings_module.read(folder)
    found = scan(images_folder(folder, settings))
    entries = read_register(folder / REGISTER).entries
    published = read_published(folder / "site")
    return {
        "volvelle": __version__,
        "title": settings.catalogue.title,
        "images": len(found.files),
        "other files": found.ignored,
        "registered": sum(entry.status == "present" for entry in entries),
        "removed": sum(entry.status == "removed" for entry in entries),
        "views": {view.name: f"{view.backbone} at {view.size} px" for view in settings.views},
        "site": f"{len(published.files)} files, {published.bytes / 1e6:.1f} MB"
        if published
        else "not built",
        "artifacts": f"{_size(folder / FOLDER) / 1e6:.1f} MB",
    }


def backbones() -> dict[str, object]:
    """Every network with its layers: channels and pixels a cell."""
    return {
        family.name: {
            layer.name: f"{layer.channels} channels, one cell for {layer.stride} px"
            for layer in family.layers
        }
        for family in families().values()
    }


def settings(folder: Path) -> dict[str, object]:
    """The settings in force, defaults included."""
    return settings_module.read(folder).model_dump(mode="json")


def as_text(told: Mapping[str, object], indent: int = 0) -> str:
    """Nested tables as indented lines."""
    lines = []
    for key, value in told.items():
        if isinstance(value, Mapping):
            lines.append(f"{' ' * indent}{key}")
            lines.append(as_text(value, indent + 2))
        elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            for entry in value:
                lines.append(f"{' ' * indent}{key}")
                lines.append(as_text(entry, indent + 2))
        else:
            lines.append(f"{' ' * indent}{key}: {value}")
    return "\n".join(lines)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
