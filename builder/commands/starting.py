"""`volvelle init` and `volvelle demo`: the beginning of a catalogue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from builder.commands import publishing
from builder.corpus.guess import guess_columns, guess_facets
from builder.corpus.metadata import read_metadata
from builder.errors import OutputError
from builder.progress import Reporter
from builder.settings import FILE_NAME, MetadataSettings, read
from builder.workspace import write_atomic

if TYPE_CHECKING:
    from builder.demo import Drawn

_DEMO_IMAGES = 640  # about how many are drawn, for the bar

_TEMPLATE = """\
# Settings of this catalogue. Every line is optional; `volvelle info --settings` shows all.

[catalogue]
title = {title}
# description = "One or two sentences for the first page."
# authors = ["Surname, Given"]
# licence = "CC-BY-4.0"
# site_url = "https://example.org/catalogue/"   # where it will be published

[images]
folder = {folder}

{metadata}
# Ways of seeing likeness; readers switch between them, the first is shown first. Every step of a
# preset can be set otherwise here; `volvelle info --settings` shows what they stand for.
[[views]]
name = "likeness"   # for any collection: colour and form together

[[views]]
name = "form"       # for drawings: the same lines in another hand, turned or mirrored too

[[views]]
name = "look"       # colour and texture

# [[views]]
# name = "deep"
# backbone = "torchvision:resnet50@layer3"   # `volvelle info --backbones` lists what there is

[site]
portable = true     # opens by double-click; false halves the size, for web servers only
"""


def begin(folder: Path, force: bool, publish: str | None) -> list[Path]:
    """Write the settings and what goes with them; gives what was written.

    Args:
        folder: of the catalogue.
        force: replace catalogue.toml.
        publish: one of `publishing.WAYS`; None for GitHub's own building, in a new catalogue.

    Raises:
        OutputError: there is a catalogue.toml already, and only that was asked for.
        SettingsError: there is no such way, or catalogue.toml makes no sense.
    """
    kept = publish is not None and not force and (folder / FILE_NAME).exists()
    written = [] if kept else [start(folder, force)]
    return written + publishing.accompany(folder, read(folder), publish or "actions")


def start(folder: Path, force: bool) -> Path:
    """Write a catalogue.toml that fits what the folder holds; columns are guessed by their names.

    Raises:
        OutputError: there is one already, or the folder cannot be written.
        CorpusError: metadata.csv cannot be read.
    """
    path = folder / FILE_NAME
    if path.exists() and not force:
        raise OutputError("there is a catalogue.toml already", str(path), "use --force to replace")
    title = folder.resolve().name.replace("-", " ").replace("_", " ").capitalize()
    text = _TEMPLATE.format(
        title=_quoted(title or "Catalogue of images"),
        folder=_quoted("images" if (folder / "images").is_dir() else "."),
        metadata=_metadata(folder),
    )
    write_atomic(path, text.encode())
    return path


def _metadata(folder: Path) -> str:
    file = _table(folder)
    if file is None:
        return '# [metadata]\n# file = "metadata.csv"   # with a column of file names\n'
    table = read_metadata(folder / file, MetadataSettings(file=file))
    rows = [row.cells for row in table.rows]
    roles = guess_columns(table.columns, rows)
    lines = ["[metadata]", f"file = {_quoted(file)}"]
    for role in ("id", "filename", "title", "source", "date"):
        if role in roles:
            lines.append(f"{role} = {_quoted(roles[role])}")
        else:
            lines.append(f'# {role} = "..."   # no column looks like it')
    facets = guess_facets(table.columns, rows, roles)
    lines.append(f"facets = [{', '.join(map(_quoted, facets))}]   # what readers can filter by")
    others = [column for column in table.columns if column not in roles.values()]
    if others:
        lines.append(f"# further columns, shown on the image pages: {', '.join(others)}")
    return "\n".join(lines) + "\n"


def _table(folder: Path) -> str | None:
    """metadata.csv, or the only table in the folder."""
    if (folder / "metadata.csv").exists():
        return "metadata.csv"
    ours = {"register.csv", "groups.csv", "clusters.csv"}
    tables = [path.name for path in folder.glob("*.csv") if path.name not in ours]
    return tables[0] if len(tables) == 1 else None


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)


def draw_demo(folder: Path, seed: int, reporter: Reporter) -> Drawn:
    """Draw the demonstration corpus into a new or empty folder.

    Raises:
        OutputError: the folder holds something.
    """
    from builder.demo import draw

    reporter.start("drawing", _DEMO_IMAGES)
    told = 0

    def progress(drawn: int) -> None:
        nonlocal told
        reporter.advance(drawn - told)
        told = drawn

    drawn = draw(folder, seed, progress)
    reporter.finish(f"{drawn.designs} designs in {drawn.manuscripts} manuscripts")
    return drawn
