"""The command line: parse, call, report. No work of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from builder import __version__
from builder.commands import (
    archiving_cli,
    checking_cli,
    cropping_cli,
    fetching_cli,
    register_cli,
    verdicts_cli,
    versions_cli,
)
from builder.commands.output import (
    console,
    cores,
    existing,
    print_json,
    reporting,
    tell,
    tell_problems,
)
from builder.errors import Problem, VolvelleError

app = typer.Typer(
    name="volvelle",
    help="Turn a folder of images into a static visual catalogue.",
    epilog="Exit codes: 0 done; 1 done with problems, or failed; 2 wrong usage or settings; "
    "3 a question must be answered first; 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(register_cli.app, name="register")
app.add_typer(verdicts_cli.app, name="verdicts")

Folder = Annotated[Path, typer.Argument(help="The catalogue's folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Out = Annotated[Path | None, typer.Option("--out", help="The site's folder, if not FOLDER/site.")]
Device = Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")]
Jobs = Annotated[int, typer.Option(min=0, help="Decoding threads; 0: one a core.")]
Several = Annotated[list[str] | None, typer.Option(help="Values of that setting.")]
SeveralNumbers = Annotated[list[int] | None, typer.Option(min=0, help="Values of that setting.")]
GroupsFile = Annotated[Path | None, typer.Option(help="Table of groups, if not FOLDER/groups.csv.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only problems.")]


@app.command()
def init(
    folder: Folder = Path(),
    force: Annotated[bool, typer.Option(help="Replace catalogue.toml.")] = False,
    publish: Annotated[
        str | None,
        typer.Option(help="Workflow for GitHub Pages: actions builds there, home, or no."),
    ] = None,
) -> None:
    """Write a catalogue.toml that fits the images and metadata, and what publishing needs.

    With --publish a catalogue.toml that is there stays. No other file is ever replaced.
    """
    from builder.commands import starting

    for path in starting.begin(existing(folder), force, publish):
        tell(f"{path} written")
    tell(f"next: volvelle build {folder}")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="A new folder.")] = Path("demo-catalogue"),
    seed: Annotated[int, typer.Option(help="Same seed, same pictures.")] = 1,
    quiet: Quiet = False,
) -> None:
    """Draw a demonstration catalogue of some 600 astronomical diagrams."""
    from builder.commands import starting

    with reporting(quiet) as reporter:
        drawn = starting.draw_demo(folder, seed, reporter)
    tell(f"{drawn.images} images drawn into {folder}; next: volvelle build {folder}")


@app.command()
def build(
    folder: Folder = Path(),
    out: Out = None,
    device: Device = "auto",
    jobs: Jobs = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build the site, doing only what is not done yet."""
    from builder import pipeline, settings
    from builder.commands import build_text

    folder = existing(folder)
    options = pipeline.Options(out, device, cores(jobs), dry_run)
    with reporting(quiet) as reporter:
        report = pipeline.build(folder, settings.read(folder), options, reporter)
    if as_json:
        print_json(build_text.as_json(report))
    elif dry_run:
        typer.echo("\n".join(build_text.plan(report)))
    else:
        for remark in build_text.remarks(report):
            tell(remark)
        typer.echo(str((report.out / "index.html").resolve()))
    tell_problems(report.problems)
    raise typer.Exit(1 if report.problems else 0)


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
        tell(f"http://127.0.0.1:{server.server_port}{server.prefix} (Ctrl-C ends it)")
        server.serve_forever()


@app.command()
def query(
    images: Annotated[
        list[str],
        typer.Argument(metavar="IMAGE...", help="Ids of the catalogue, image files or folders."),
    ],
    folder: Annotated[Path, typer.Option("--catalogue", "-c", help="Its folder.")] = Path(),
    view: Annotated[str, typer.Option(help="Which view; the first if not said.")] = "",
    top: Annotated[int, typer.Option("--top", "--count", min=1, help="How many.")] = 20,
    html: Annotated[Path | None, typer.Option(help="Write a page with pictures.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write img_path, query_img, score.")] = None,
    device: Device = "auto",
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the nearest images of images, in the catalogue or from outside."""
    from builder.commands import answers_text, asking

    with reporting(quiet or len(images) == 1) as reporter:
        answers = asking.query(
            existing(folder), images, view, top, device, reporter, html=html, site=out
        )
    if csv:
        answers_text.write_csv(answers, csv)
    if as_json:
        print_json(answers_text.as_json(answers))
    else:
        answers_text.show(answers, console())
    for path in filter(None, (html, csv)):
        tell(str(path))
    tell_problems(answers.problems)
    raise typer.Exit(1 if answers.problems else 0)


@app.command()
def evaluate(
    folder: Folder = Path(),
    view: Annotated[list[str] | None, typer.Option(help="Which views; all if not said.")] = None,
    groups: GroupsFile = None,
    verdicts: verdicts_cli.File = None,
    html: Annotated[
        Path | None, typer.Option(help="The page, if not FOLDER/evaluation.html.")
    ] = None,
    images: Annotated[
        int, typer.Option(min=1, help="Without groups: how many pictures are changed.")
    ] = 200,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Measure which view finds what belongs together; without groups.csv, changed copies."""
    from builder.commands import evaluating, evaluation_text

    with reporting(quiet) as reporter:
        given = (existing(folder), view or (), groups, html, reporter)
        report = evaluating.evaluate(*given, images=images, site=out, verdicts=verdicts)
    if as_json:
        print_json(evaluation_text.as_json(report))
    else:
        evaluation_text.show(report, console())
    for warning in report.evaluation.warnings:
        tell(f"note: {warning}")
    if report.page:
        tell(str(report.page))
    tell_problems(report.problems)
    raise typer.Exit(1 if report.problems else 0)


@app.command()
def sweep(
    folder: Folder = Path(),
    backbone: Several = None,
    layer: Several = None,
    preparation: Several = None,
    pooling: Several = None,
    orientations: Several = None,
    size: SeveralNumbers = None,
    fit: Several = None,
    centring: Several = None,
    components: SeveralNumbers = None,
    hubs: Several = None,
    groups: GroupsFile = None,
    device: Device = "auto",
    jobs: Jobs = 0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Try backbones x layers x preparations on groups.csv: which is best here, at what cost.

    Every setting of a descriptor can be given several times; all values are combined.
    """
    from builder.commands import sweep_text, sweeping
    from builder.commands.sweep_grid import Grid

    values = {
        "backbone": backbone,
        "layer": layer,
        "preparation": preparation,
        "pooling": pooling,
        "orientations": orientations,
        "size": size,
        "fit": fit,
        "centring": centring,
        "components": components,
        "hubs": hubs,
    }
    grid = Grid({name: given for name, given in values.items() if given})
    with reporting(quiet) as reporter:
        done = sweeping.sweep(existing(folder), grid, groups, reporter, device, cores(jobs))
    if as_json:
        print_json(sweep_text.as_json(done))
    else:
        sweep_text.show(done, console())
    tell_problems(done.problems)
    raise typer.Exit(1 if done.problems else 0)


@app.command()
def export(
    folder: Folder = Path(),
    to: Annotated[Path, typer.Option(help="Folder for the files.")] = Path("exports"),
    features: Annotated[
        list[str] | None,
        typer.Option(metavar="VIEW", help="Only write features-VIEW.parquet: principal scores."),
    ] = None,
    figure: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Only draw a map for a paper: .svg, .png or .pdf."),
    ] = None,
    view: Annotated[str, typer.Option(help="Of the figure; the first if not said.")] = "",
    layout: Annotated[str, typer.Option(help="Of the figure; the map if not said.")] = "",
    clusters: Annotated[str, typer.Option(help="Of the figure; the main ones if not said.")] = "",
    width: Annotated[float, typer.Option(help="Of the figure, in mm.")] = 180,
    dpi: Annotated[int, typer.Option(help="Of the pictures in the figure.")] = 300,
) -> None:
    """Write tables and graphs for Gephi and notebooks, or a map for a paper."""
    from builder.commands import exporting

    folder = existing(folder)
    wanted = exporting.Figures(view, layout, clusters, width, dpi)
    written: list[Path] = []
    problems: Sequence[Problem] = ()
    if figure:
        written, problems = exporting.draw(folder, figure, wanted)
    if features:
        written += exporting.features(folder, features, to)
    if not figure and not features:
        written = exporting.export(folder, to)
    for path in written:
        typer.echo(path)
    tell_problems(problems)
    raise typer.Exit(1 if problems else 0)


@app.command()
def info(
    folder: Folder = Path(),
    backbones: Annotated[bool, typer.Option("--backbones", help="List networks.")] = False,
    layers: Annotated[str, typer.Option(metavar="NAME", help="List a network's layers.")] = "",
    size: Annotated[int, typer.Option(min=0, help="Of the picture, for --layers.")] = 0,
    preparation: Annotated[
        str, typer.Option(metavar="NAME", help="Draw a contact sheet of what is described.")
    ] = "",
    view: Annotated[str, typer.Option(help="Whose settings --preparation takes.")] = "",
    to: Annotated[
        Path | None, typer.Option(help="The sheet, if not ./preparation-NAME.png.")
    ] = None,
    options: Annotated[bool, typer.Option("--settings", help="All settings as in force.")] = False,
    as_json: Json = False,
) -> None:
    """Tell what the catalogue holds, which networks there are, or what they are shown."""
    from builder.commands import telling

    problems: Sequence[Problem] = ()
    if backbones:
        told: dict[str, object] = telling.backbones()
    elif layers:
        told = telling.backbone_layers(layers, size)
    elif options:
        told = telling.settings(existing(folder))
    elif preparation:
        told, problems = telling.preparation(existing(folder), preparation, view, to)
    else:
        told = telling.catalogue(existing(folder))
    if as_json:
        print_json(told)
    else:
        typer.echo(telling.as_text(told))
    tell_problems(problems)
    raise typer.Exit(1 if problems else 0)


@app.command()
def clean(
    folder: Folder = Path(),
    site: Annotated[bool, typer.Option("--site", help="Remove the site too.")] = False,
    out: Out = None,
) -> None:
    """Remove what `build` keeps to be quick; images, metadata and register stay."""
    from builder.commands import cleaning

    folder = existing(folder)
    for path in cleaning.clean(folder, (out or folder / "site") if site else None):
        tell(f"{path} removed")


versions_cli.add_to(app)
checking_cli.add_to(app)
archiving_cli.add_to(app)
fetching_cli.add_to(app)
cropping_cli.add_to(app)


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
        tell(f"volvelle: {error.sentence}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        tell("volvelle: interrupted; call it again and it goes on where it was")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        from builder.workspace import output_error

        tell(f"volvelle: {output_error(error, Path(error.filename or '')).sentence}")
        sys.exit(1)
    except Exception as error:
        if os.environ.get("VOLVELLE_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        tell(
            f"volvelle: something went wrong that should not ({reason}); nothing is lost; "
            "set VOLVELLE_DEBUG=1 to see where, and report it."
        )
        sys.exit(1)
