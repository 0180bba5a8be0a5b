"""The words of `volvelle check`: parse, call, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.output import existing, print_json, tell, tell_problems


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(check)


def check(
    folder: Annotated[Path, typer.Argument(help="The catalogue's folder.")] = Path(),
    out: Annotated[
        Path | None, typer.Option("--out", help="The site's folder, if not FOLDER/site.")
    ] = None,
    target: Annotated[str, typer.Option(help="files, or pages for GitHub Pages.")] = "files",
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings count, and every page is validated.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Check settings, metadata, images and the built site, without building.

    Of the site: dead links, ids, alternative texts, schemas, contrast, HTML validity, requests to
    others, rights, releases, and its size against what the target takes.
    """
    from builder.commands import checking

    folder = existing(folder)
    found = checking.check(folder, out or folder / "site", target, strict)
    fails = found.fails(strict)
    if as_json:
        size = vars(found.size) if found.size else None
        problems = [vars(one) for one in found.findings]
        print_json({"problems": problems, "size": size, "remarks": list(found.remarks)})
    else:
        for remark in found.remarks:
            tell(remark)
        if not found.findings:
            tell("nothing to complain of")
        for level, heading in (("error", "wrong:"), ("warning", "worth a look:")):
            some = [one for one in found.findings if one.level == level]
            if some:
                tell(heading)
                tell_problems([checking.with_count(one) for one in some])
    raise typer.Exit(1 if fails else 0)
