"""The words of `volvelle crop`: parse, call, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.output import print_json, reporting, tell, tell_problems


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(crop)


def crop(
    annotations: Annotated[
        Path, typer.Argument(help="Web Annotations, IIIF, VIA or COCO; or a folder of YOLO's.")
    ],
    pages: Annotated[
        Path | None, typer.Option(help="Folder of the pages, if not that of crop.pages.")
    ] = None,
    to: Annotated[Path, typer.Option(help="The catalogue's folder; made if it is new.")] = Path(),
    margin: Annotated[
        float | None, typer.Option(min=0, max=1, help="A share of a box's longer side.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only problems.")] = False,
) -> None:
    """Cut images out of pages by the boxes of annotation tools.

    Page, box and source go into the metadata, with what is known of the page, its rights too.
    Images that were cut before, and their rows, stay as they are.
    """
    from builder.commands import cropping

    with reporting(quiet) as reporter:
        found = cropping.read_regions(annotations)
        reporter.start("cropping", len(found))
        done = cropping.crop(to, annotations, pages, margin, found, reporter.advance)
        reporter.finish(f"{done.new} images cut")
    if as_json:
        print_json(cropping.as_json(done))
    else:
        tell(cropping.summary(done, to))
    tell_problems(done.problems)
    raise typer.Exit(1 if done.problems else 0)
