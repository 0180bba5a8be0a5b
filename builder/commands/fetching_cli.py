"""The words of `volvelle fetch`: parse, call, report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder.commands.output import print_json, reporting, tell, tell_problems

if TYPE_CHECKING:
    from builder.fetching.types import Manifest


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(fetch)


def fetch(
    address: Annotated[str, typer.Argument(help="Of a IIIF manifest or collection, or a file.")],
    to: Annotated[Path, typer.Option(help="The catalogue's folder; made if it is new.")] = Path(),
    size: Annotated[int | None, typer.Option(min=0, help="Longer side; 0: the largest.")] = None,
    region: Annotated[str, typer.Option(help='Of each: "square", x,y,w,h or pct:x,y,w,h.')] = "",
    language: Annotated[str, typer.Option(help="Values to be preferred, such as en.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="Images at most; 0: all.")] = 0,
    contact: Annotated[str, typer.Option(help="Told to servers; see fetch.contact.")] = "",
    rate: Annotated[float | None, typer.Option(help="Requests a second to one server.")] = None,
    refresh: Annotated[bool, typer.Option(help="Read manifests again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only problems.")] = False,
) -> None:
    """Bring images with their metadata and rights from IIIF servers into a catalogue.

    Presentation API 2 and 3, manifests and collections. It asks slowly, and a call that was cut
    short goes on where it stopped; images and rows that are there stay as they are.
    """
    from builder.commands import fetching

    changes = {"contact": contact or None, "rate": rate, "size": size}
    wanted = fetching.Asked(address, region, language, limit, refresh)
    with reporting(quiet) as reporter:

        def progress(manifest: Manifest) -> Callable[[], None]:
            reporter.start("fetching", len(manifest.canvases))
            return lambda: reporter.advance(1)

        done = fetching.fetch(to, wanted, changes, progress)
    if as_json:
        print_json(fetching.as_json(done))
    else:
        tell(fetching.summary(done, to))
    tell_problems(done.problems)
    raise typer.Exit(1 if done.problems else 0)
