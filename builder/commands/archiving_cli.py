"""The words of `volvelle archive`: parse, call, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.output import existing


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(archive)


def archive(
    folder: Annotated[Path, typer.Argument(help="The catalogue's folder.")] = Path(),
    form: Annotated[
        str, typer.Option("--format", help="bag, as libraries take it, or zip.")
    ] = "bag",
    to: Annotated[
        Path | None, typer.Option(help="What to write, if not NAME-VERSION beside the site.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="The site's folder, if not FOLDER/site.")
    ] = None,
) -> None:
    """Put the built site into one archive with checksums, README and schemas, for decades."""
    from builder import archiving
    from builder.publish import read_published

    site = out or existing(folder) / "site"
    published = read_published(site)
    version = published.fingerprint if published else "none"
    end = ".zip" if form == "zip" else "-bag"
    path = to or folder / f"{folder.resolve().name}-{version}{end}"
    typer.echo(archiving.archive(site, path, form))
