"""`volvelle info`: what the catalogue holds, which networks there are, the settings in force."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builder import __version__
from builder import settings as settings_module
from builder.corpus.register import read_register
from builder.corpus.scan import scan
from builder.errors import Problem
from builder.intake import REGISTER, images_folder
from builder.publish import read_published
from builder.settings import ViewSettings
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
        "views": {view.name: _in_words(view) for view in settings.views},
        "site": f"{len(published.files)} files, {published.bytes / 1e6:.1f} MB"
        if published
        else "not built",
        "artifacts": f"{_size(folder / FOLDER) / 1e6:.1f} MB",
    }


def backbones() -> dict[str, object]:
    """Every family of networks, how its models are named, and what needs no network."""
    from builder.features.backbones.listing import known

    return {
        **known(),
        "strokes": "orientation histograms of the lines; no network",
        "spectrum": "how lines repeat: amplitudes of the Fourier transform; no network",
        "vectors:FILE": "your own, .npy with the ids in a .txt file beside it, or .parquet",
    }


def backbone_layers(name: str, size: int = 0) -> dict[str, object]:
    """The layers of one network, with the shape of their maps and their stride.

    Args:
        name: as `backbone =` has it.
        size: side of the picture in pixels, 0 for that the network was trained for.
    """
    from builder.features.backbones.listing import layers

    return layers(name, size)


def preparation(
    folder: Path, name: str, view: str, to: Path | None
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """Draw a contact sheet; tells where it lies and how pictures were prepared."""
    from builder.commands.sheet import contact_sheet
    from builder.features.prepare import in_words

    sheet = contact_sheet(folder, name, view, to)
    told = {
        "sheet": str(sheet.path),
        "images": len(sheet.images),
        "how": in_words(sheet.descriptor),
    }
    return told, sheet.problems


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


def _in_words(view: ViewSettings) -> str:
    """What a view compares, in a line."""
    parts = [f"{one.preparation}, {one.backbone} at {one.size} px" for one in view.descriptors]
    return "; ".join(parts)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
