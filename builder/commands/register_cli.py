"""The words of `volvelle register`: parse, call, report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, cast

import typer

from builder.commands.output import existing, print_json, tell

app = typer.Typer(
    help="Say what became of images: renamed, moved, removed, merged, split. Addresses stay.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[Path, typer.Option("--catalogue", "-c", help="The catalogue's folder.")]
Out = Annotated[Path | None, typer.Option("--out", help="The site's folder, if not FOLDER/site.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Of an image; its path will do.")]
Reason = Annotated[str, typer.Option(help="Why; readers of the address see it.")]


@app.command()
def status(
    folder: Folder = Path(),
    out: Out = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Tell what a build would make of the files as they are: moved, removed, new, in question."""
    from builder.commands import registering

    after, lines = registering.status(existing(folder), out or folder / "site")
    if as_json:
        questions = [
            {
                "kind": one.kind,
                "ids": [entry.id for entry in one.entries],
                "files": list(one.files),
                "question": one.text,
                "answers": list(one.answers),
            }
            for one in after.questions
        ]
        print_json({"changes": [x for x in lines if not x.startswith(" ")], "questions": questions})
    else:
        _tell(lines or ["every file is known as it is"])
    raise typer.Exit(3 if after.questions else 0)


@app.command()
def settle(
    by: Annotated[
        list[str],
        typer.Option(
            help="pictures (files were renamed), paths (pictures were replaced), order (pair equal "
            "ones by name), metadata (its ids count) or new (they are new images)."
        ),
    ],
    folder: Folder = Path(),
    out: Out = None,
    dry_run: Dry = False,
) -> None:
    """Answer all the questions of a build of one kind at once."""
    from builder.commands import registering
    from builder.corpus.questions import MEANINGS, Answer
    from builder.errors import SettingsError

    for one in by:
        if one not in MEANINGS:
            raise SettingsError(f'"{one}" answers nothing', remedy="say " + ", ".join(MEANINGS))
    answers = cast(list[Answer], by)
    done = registering.settle(existing(folder), out or folder / "site", answers, dry_run)
    _tell(done.lines)
    if not done.written and not dry_run:
        tell("some questions are still open; nothing was written")
        raise typer.Exit(3)


@app.command()
def rename(
    old: Id,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new id.")],
    reason: Reason = "",
    folder: Folder = Path(),
    out: Out = None,
    dry_run: Dry = False,
) -> None:
    """Give an image another id; its old address leads to the new one for ever."""
    from builder.corpus import amend

    _amend(folder, out, dry_run, lambda d: amend.rename(d.register, old, new, d.today, reason))


@app.command()
def move(
    image: Id,
    path: Annotated[str, typer.Argument(metavar="PATH", help="Below the images folder.")],
    folder: Folder = Path(),
    out: Out = None,
    dry_run: Dry = False,
) -> None:
    """Say that an image's file is another one now; a build sees plain moves by itself."""
    from builder.corpus import amend

    _amend(folder, out, dry_run, lambda d: amend.move(d.register, image, path, d.files))


@app.command()
def accept(image: Id, folder: Folder = Path(), out: Out = None, dry_run: Dry = False) -> None:
    """Say that the new picture at an image's path shows the same image; the former is noted."""
    from builder.corpus import amend

    _amend(folder, out, dry_run, lambda d: amend.accept(d.register, image, d.files))


@app.command()
def retire(
    images: Annotated[list[str], typer.Argument(metavar="ID...", help="Of images.")],
    reason: Reason,
    successor: Annotated[
        list[str] | None, typer.Option(help="An image to see instead; can be said again.")
    ] = None,
    picture: Annotated[
        bool | None,
        typer.Option(
            "--picture/--no-picture",
            help="Whether the page that stays shows a small picture; as site.keep_removed says.",
        ),
    ] = None,
    folder: Folder = Path(),
    out: Out = None,
    dry_run: Dry = False,
) -> None:
    """Remove images for a reason; their pages stay and say why. Files may stay or go."""
    from builder.commands import registering

    site = out or folder / "site"
    folder = existing(folder)
    done = registering.retire(folder, site, images, reason, successor or (), picture, dry_run)
    _tell(done.lines)


@app.command("return")
def give_back(
    image: Id,
    path: Annotated[str, typer.Option(help="Of its file, if not where it was last.")] = "",
    folder: Folder = Path(),
    out: Out = None,
    dry_run: Dry = False,
) -> None:
    """Bring a removed or merged image back to its own address."""
    from builder.corpus import amend

    _amend(folder, out, dry_run, lambda d: amend.give_back(d.register, image, d.files, path))


@app.command()
def merge(
    image: Id,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The image that stays.")],
    reason: Reason = "",
    folder: Folder = Path(),
    out: Out = None,
    dry_run: Dry = False,
) -> None:
    """Say that two images are one; the first address leads to the second for ever."""
    from builder.corpus import amend

    _amend(folder, out, dry_run, lambda d: amend.merge(d.register, image, into, d.today, reason))


@app.command()
def split(
    image: Id,
    parts: Annotated[
        list[str], typer.Argument(metavar="PART...", help="Ids, or paths of new files.")
    ],
    reason: Reason = "",
    folder: Folder = Path(),
    out: Out = None,
    dry_run: Dry = False,
) -> None:
    """Say that an image became several; its page stays and names them."""
    from builder.corpus import amend

    _amend(
        folder,
        out,
        dry_run,
        lambda d: amend.split(d.register, image, parts, d.files, d.today, reason),
    )


def _amend(folder: Path, out: Path | None, dry_run: bool, change: object) -> None:
    from builder.commands import registering

    amend = cast(registering.Amend, change)
    _tell(registering.amended(existing(folder), out or folder / "site", amend, dry_run).lines)


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
