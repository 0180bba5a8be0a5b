"""The words of `volvelle release` and `volvelle diff`: parse, call, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.output import existing, print_json, tell

Folder = Annotated[Path, typer.Option("--catalogue", "-c", help="The catalogue's folder.")]
Out = Annotated[Path | None, typer.Option("--out", help="The site's folder, if not FOLDER/site.")]


def add_to(app: typer.Typer) -> None:
    """Add the two commands to the command line."""
    app.command()(release)
    app.command()(diff)


def release(
    label: Annotated[str, typer.Argument(help="Such as v1 or 2026.2.")],
    folder: Folder = Path(),
    out: Out = None,
    doi: Annotated[str, typer.Option(help="If it has one; can be said later, too.")] = "",
    note: Annotated[str, typer.Option(help="What is new, in a sentence or two.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
) -> None:
    """Freeze what the built site claims, so that "cluster 7 of v1" keeps its meaning for ever.

    The claims go into releases/, to be committed; the next build shows them at v/LABEL/. With --doi
    the label of a release that was made before is given its DOI.
    """
    from builder.commands import releasing

    folder = existing(folder)
    for line in releasing.release(folder, out or folder / "site", label, doi, note, dry_run):
        tell(line)


def diff(
    old: Annotated[
        str, typer.Argument(help="A label, the folder of a site or catalogue, or a release's file.")
    ],
    new: Annotated[str, typer.Argument(help='The same; "now" is the site as it is.')] = "now",
    folder: Folder = Path(),
    out: Out = None,
    html: Annotated[Path | None, typer.Option(help="Write a page, in the site's style.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Tell what changed between two versions: images, neighbours, clusters, maps."""
    from builder.commands import releasing

    site = out or folder / "site"
    found = releasing.difference(existing(folder), site, old, new)
    if as_json:
        print_json(releasing.as_json(found))
    else:
        typer.echo("\n".join(releasing.as_text(found)))
    if html:
        releasing.write_page(found, html, site)
        tell(str(html))
