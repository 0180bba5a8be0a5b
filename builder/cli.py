"""The command line: parse, call, report. No work of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder import __version__
from builder.errors import Problem, SettingsError, VolvelleError

if TYPE_CHECKING:
    from builder.pipeline import BuildReport
    from builder.progress import Reporter

app = typer.Typer(
    name="volvelle",
    help="Turn a folder of images into a static visual catalogue.",
    epilog="Exit codes: 0 done; 1 done with problems, or failed; 2 wrong usage or settings; "
    "130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[Path, typer.Argument(help="The catalogue's folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Out = Annotated[Path | None, typer.Option("--out", help="The site's folder, if not FOLDER/site.")]
Device = Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only problems.")]

_SHOWN = 30  # problems listed before the rest is counted


@app.command()
def init(
    folder: Folder = Path(),
    force: Annotated[bool, typer.Option(help="Replace catalogue.toml.")] = False,
) -> None:
    """Write a catalogue.toml that fits the folder's images and metadata."""
    from builder.commands import starting

    path = starting.start(_existing(folder), force)
    _tell(f"{path} written; next: volvelle build {folder}")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="A new folder.")] = Path("demo-catalogue"),
    seed: Annotated[int, typer.Option(help="Same seed, same pictures.")] = 1,
    quiet: Quiet = False,
) -> None:
    """Draw a demonstration catalogue of some 600 astronomical diagrams."""
    from builder.commands import starting

    with _reporter(quiet) as reporter:
        drawn = starting.draw_demo(folder, seed, reporter)
    _tell(f"{drawn.images} images drawn into {folder}; next: volvelle build {folder}")


@app.command()
def build(
    folder: Folder = Path(),
    out: Out = None,
    device: Device = "auto",
    jobs: Annotated[int, typer.Option(min=0, help="Decoding threads; 0: one a core.")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build the site, doing only what is not done yet."""
    from builder import pipeline, settings

    folder = _existing(folder)
    options = pipeline.Options(out, device, jobs or os.cpu_count() or 1, dry_run)
    with _reporter(quiet) as reporter:
        report = pipeline.build(folder, settings.read(folder), options, reporter)
    if as_json:
        _print_json(_build_json(report))
    else:
        _print_build(report, dry_run)
    _problems(report.problems)
    raise typer.Exit(1 if report.problems else 0)


@app.command()
def check(
    folder: Folder = Path(),
    out: Out = None,
    target: Annotated[str, typer.Option(help="files, or pages for GitHub Pages.")] = "files",
    as_json: Json = False,
) -> None:
    """Check settings, metadata, images and the built site, without building."""
    from builder.commands import checking

    folder = _existing(folder)
    found = checking.check(folder, out or folder / "site", target)
    if as_json:
        _print_json({"problems": [vars(problem) for problem in found]})
    elif not found:
        _tell("nothing to complain of")
    _problems(found)
    raise typer.Exit(1 if found else 0)


@app.command()
def serve(
    folder: Folder = Path(),
    out: Out = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any free port.")] = 8000,
    prefix: Annotated[str, typer.Option(help="Serve below a path, as project sites are.")] = "/",
) -> None:
    """Serve the site on this machine only."""
    from builder.commands import serving

    with serving.server(out or folder / "site", port, prefix) as server:
        _tell(f"http://127.0.0.1:{server.server_port}{server.prefix} (Ctrl-C ends it)")
        server.serve_forever()


@app.command()
def query(
    image: Annotated[str, typer.Argument(help="An id of the catalogue, or an image file.")],
    folder: Annotated[Path, typer.Option("--catalogue", "-c", help="Its folder.")] = Path(),
    view: Annotated[str, typer.Option(help="Which view; the first if not said.")] = "",
    count: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    device: Device = "auto",
    as_json: Json = False,
) -> None:
    """Print the nearest images of an image, in the catalogue or from outside."""
    from builder.commands import asking

    found = asking.query(_existing(folder), image, view, count, device)
    if as_json:
        _print_json(
            {"query": image, "view": found.view, "neighbours": [vars(hit) for hit in found.hits]}
        )
        return
    for hit in found.hits:
        typer.echo(f"{hit.score:.4f}  {hit.id}  {hit.title}")


@app.command()
def export(
    folder: Folder = Path(),
    to: Annotated[Path, typer.Option(help="Folder for the files.")] = Path("exports"),
) -> None:
    """Write nodes, edges, neighbours and the graph as files for Gephi and notebooks."""
    from builder.commands import asking

    for path in asking.export(_existing(folder), to):
        typer.echo(path)


@app.command()
def info(
    folder: Folder = Path(),
    backbones: Annotated[bool, typer.Option("--backbones", help="List networks.")] = False,
    options: Annotated[bool, typer.Option("--settings", help="All settings as in force.")] = False,
    as_json: Json = False,
) -> None:
    """Tell what the catalogue holds, which networks there are, or the settings in force."""
    from builder.commands import telling

    if backbones:
        told: dict[str, object] = telling.backbones()
    elif options:
        told = telling.settings(_existing(folder))
    else:
        told = telling.catalogue(_existing(folder))
    if as_json:
        _print_json(told)
    else:
        typer.echo(telling.as_text(told))


@app.command()
def clean(
    folder: Folder = Path(),
    site: Annotated[bool, typer.Option("--site", help="Remove the site too.")] = False,
    out: Out = None,
) -> None:
    """Remove what `build` keeps to be quick; images, metadata and register stay."""
    from builder.commands import cleaning

    folder = _existing(folder)
    for path in cleaning.clean(folder, (out or folder / "site") if site else None):
        _tell(f"{path} removed")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"volvelle {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    """Turn a folder of images into a static visual catalogue."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; errors become one sentence and an exit code."""
    try:
        app(args=list(arguments) if arguments is not None else None, standalone_mode=True)
    except VolvelleError as error:
        _tell(f"volvelle: {error.sentence}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _tell("volvelle: interrupted; call it again and it goes on where it was")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        from builder.workspace import output_error

        _tell(f"volvelle: {output_error(error, Path(error.filename or '')).sentence}")
        sys.exit(1)
    except Exception as error:
        if os.environ.get("VOLVELLE_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        _tell(
            f"volvelle: something went wrong that should not ({reason}); nothing is lost; "
            "set VOLVELLE_DEBUG=1 to see where, and report it."
        )
        sys.exit(1)


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "there is no such folder"
        raise SettingsError(what, str(folder), "name the folder that holds the images")
    return folder


@contextmanager
def _reporter(quiet: bool) -> Iterator[Reporter]:
    from rich.console import Console

    from builder import progress

    console = Console(stderr=True)
    if quiet:
        yield progress.Silent()
    elif console.is_terminal and not console.is_dumb_terminal:
        with progress.Bars(console) as bars:
            yield bars
    else:
        yield progress.Lines()


def _tell(text: str) -> None:
    typer.echo(text, err=True)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _problems(problems: Sequence[Problem]) -> None:
    for problem in problems[:_SHOWN]:
        _tell(f"  {problem.path}: {problem.problem}; {problem.remedy}")
    if len(problems) > _SHOWN:
        _tell(f"  and {len(problems) - _SHOWN} more; --json lists all")


def _build_json(report: BuildReport) -> dict[str, object]:
    site = report.site
    return {
        "images": report.images,
        "problems": [vars(problem) for problem in report.problems],
        "stages": [
            {
                "name": stage.name,
                "seconds": round(stage.seconds, 3),
                "done": stage.done,
                "reused": stage.reused,
                "why": stage.why,
            }
            for stage in report.stages
        ],
        "site": {"bytes": site.bytes, "files": len(site.files)} if site else None,
        "index": str(report.out / "index.html"),
    }


def _print_build(report: BuildReport, dry_run: bool) -> None:
    for stage in report.stages:
        if dry_run:
            what = f"would run ({stage.why})" if stage.why else "is up to date"
            typer.echo(f"{stage.name:<11}{what}")
    if dry_run:
        return
    if not any(stage.done for stage in report.stages):
        _tell("nothing to do: every stage is up to date")
    if report.site:
        size = report.site.bytes / 1e6
        _tell(f"{report.images} images, {len(report.site.files)} files, {size:.1f} MB")
    if report.problems:
        _tell(f"{len(report.problems)} problems:")
    typer.echo(str((report.out / "index.html").resolve()))
