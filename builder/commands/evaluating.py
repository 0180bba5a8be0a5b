"""`volvelle evaluate`: which view finds what belongs together, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder import pipeline
from builder import settings as settings_module
from builder.commands import finding
from builder.commands.outside_page import has_site, write_page
from builder.corpus.groups import FILE, GRADES, Groups, read_groups
from builder.corpus.types import Corpus
from builder.corpus.verdicts import Verdicts, read_verdicts
from builder.errors import CorpusError, Problem, SettingsError
from builder.intake import images_folder
from builder.pages.evaluation import evaluation_page
from builder.progress import Reporter
from builder.settings import Settings
from builder.similarity.evaluate.compare import compare
from builder.similarity.evaluate.examples import examples
from builder.similarity.evaluate.intervals import summarise
from builder.similarity.evaluate.measure import measure
from builder.similarity.evaluate.relevance import Truth, truth
from builder.similarity.evaluate.types import (
    Evaluation,
    Judgement,
    Measured,
    Ranker,
    Scope,
    Summary,
)

PAGE = "evaluation.html"
FEW = 30
"""Groups below which a warning is given: intervals are rough and differences drown in chance."""

_SCOPES: tuple[Scope, ...] = ("all", "others")


@dataclass(frozen=True)
class Report:
    """What came of an evaluation.

    Attributes:
        evaluation: measures, differences, examples and warnings.
        problems: rows of the table, or pictures, that could not be used.
        page: where the HTML page was written, None if it was not.
    """

    evaluation: Evaluation
    problems: tuple[Problem, ...]
    page: Path | None


def evaluate(
    folder: Path,
    views: Sequence[str],
    groups: Path | None,
    html: Path | None,
    reporter: Reporter,
    *,
    images: int = 200,
    site: Path | None = None,
    verdicts: Path | None = None,
) -> Report:
    """Measure views against groups of images that show the same, or against changed copies.

    Args:
        folder: of the catalogue, which must be built.
        views: their names; all views if there are none.
        groups: the table of groups; if not said groups.csv in the folder, and without one changed
            copies of the catalogue's own pictures are looked for.
        html: where the page is written, if not evaluation.html in the folder.
        reporter: told of the progress.
        images: how many pictures are changed and looked for.
        verdicts: a table of verdicts on pairs. They overrule groups; `exact`, `partial` and
            `semantic` pairs should be found (grades 3, 2 and 1), `none` pairs should not. Without
            groups each image is compared with those alone that it was judged beside.
        site: the site's folder, if not site/ in the catalogue; the page shows its thumbnails.

    Raises:
        CorpusError: the catalogue is not built, or the groups cannot be used.
        SettingsError: there is no such view.
    """
    settings = settings_module.read(folder)
    names = _names(settings, views)
    built = pipeline.Opened(folder, settings)
    rankers: list[Ranker] = [built.ranker(name) for name in names]
    table = groups or (folder / FILE if (folder / FILE).exists() else None)
    if table is not None or verdicts is not None:
        known = read_groups(table, built.corpus) if table else Groups(())
        said = _verdicts(verdicts, built.corpus)
        judged = " and ".join(path.name for path in (table, verdicts) if path)
        evaluation = _against(known, said, judged, built, rankers, reporter)
        problems = (*known.problems, *said.problems)
    else:
        evaluation, problems = _by_itself(folder, settings, built, rankers, images, reporter)
        judged = ""
    shown = site or folder / "site"
    return _paged(built, evaluation, problems, judged, shown, html or folder / PAGE)


def _paged(
    built: pipeline.Opened,
    evaluation: Evaluation,
    problems: tuple[Problem, ...],
    judged: str,
    site: Path,
    path: Path,
) -> Report:
    """The report, its page written where there is a site whose pictures it can show."""
    if not has_site(site):
        warning = "there is no site whose pictures a page could show, so none was written"
        evaluation = replace(evaluation, warnings=(*evaluation.warnings, warning))
        return Report(evaluation, problems, None)
    write_page(path, site, lambda root: evaluation_page(built.site(), evaluation, judged, root))
    return Report(evaluation, problems, path)


def _names(settings: Settings, wanted: Sequence[str]) -> list[str]:
    known = [view.name for view in settings.views]
    for name in wanted:
        if name not in known:
            remedy = "views are: " + ", ".join(known)
            raise SettingsError(f'there is no view "{name}"', remedy=remedy)
    return list(dict.fromkeys(wanted)) or known


def _verdicts(path: Path | None, corpus: Corpus) -> Verdicts:
    """What people said of pairs.

    Raises:
        CorpusError: the file is missing, or says nothing of this catalogue.
    """
    if path is None:
        return Verdicts()
    if not path.is_file():
        remedy = "volvelle verdicts suggest writes one to fill in"
        raise CorpusError("there is no such file of verdicts", str(path), remedy)
    found = read_verdicts(path, corpus)
    if not found.rows:
        first = next((one.problem for one in found.problems), "no row has a verdict")
        raise CorpusError(f"says nothing of this catalogue ({first})", path.name, "fill it in")
    return found


def _pairs(
    verdicts: Verdicts, corpus: Corpus, kept: NDArray[np.bool_]
) -> Iterator[tuple[int, int, int]]:
    """Rows of the two images of each verdict and its grade, 0 for `none`."""
    rows = {image.id: row for row, image in enumerate(corpus.images)}
    for one in verdicts.rows:
        first, second = rows[one.image], rows[one.other]
        if kept[first] and kept[second]:
            yield first, second, GRADES.get(one.verdict, 0)


def _against(
    groups: Groups,
    verdicts: Verdicts,
    name: str,
    built: pipeline.Opened,
    rankers: list[Ranker],
    reporter: Reporter,
) -> Evaluation:
    """Against a table of groups, of verdicts, or both."""
    kept = built.kept
    there = [one for one in groups.members if kept[one.row]]
    judgements = [Judgement(one.row, one.group, one.grade) for one in there]
    sources = [image.source for image in built.corpus.images]
    known = truth(judgements, sources, _pairs(verdicts, built.corpus, kept))
    scopes = [scope for scope in _SCOPES if known.queries(scope)]
    if not scopes:
        remedy = "give images that show the same the same group, or judge pairs"
        raise CorpusError(
            "nothing in it says that two images of this catalogue show the same", name, remedy
        )
    measured = [_measure(one, known, scope, reporter) for one in rankers for scope in scopes]
    summaries = tuple(summarise(one) for one in measured)
    return Evaluation(
        summaries,
        compare(measured),
        tuple(examples(one) for one in measured),
        graded=groups.graded or bool(verdicts.rows),
        warnings=(*_left_out(groups, kept), *_warnings(summaries, scopes)),
    )


def _left_out(groups: Groups, kept: NDArray[np.bool_]) -> tuple[str, ...]:
    """How many images of groups have no part in neighbours, and so are neither asked nor sought."""
    count = len({one.row for one in groups.members if not kept[one.row]})
    if not count:
        return ()
    images = "1 image of the groups is" if count == 1 else f"{count} images of the groups are"
    return (f"{images} left out by images.exclude, and neither asked about nor looked for",)


def _measure(ranker: Ranker, known: Truth, scope: Scope, reporter: Reporter) -> Measured:
    total = len(known.queries(scope))
    reporter.start(ranker.view, total)
    measured = measure(ranker, known, scope, reporter.advance)
    reporter.finish(f"{total} queries among {'all' if scope == 'all' else 'other sources'}")
    return measured


def _warnings(summaries: Sequence[Summary], scopes: Sequence[Scope]) -> tuple[str, ...]:
    found: dict[str, None] = {}  # in order, each once
    if "others" not in scopes:
        found["no group has images in two sources, so other sources cannot be measured"] = None
    for one in summaries:
        if one.groups < FEW:
            where = "all images" if one.scope == "all" else "other sources"
            few = "1 independent group" if one.groups == 1 else f"{one.groups} independent groups"
            found[
                f"only {few} among {where} (groups that share an image count as one): "
                f"intervals are rough below {FEW}"
            ] = None
    return tuple(found)


def _by_itself(
    folder: Path,
    settings: Settings,
    built: pipeline.Opened,
    rankers: list[Ranker],
    images: int,
    reporter: Reporter,
) -> tuple[Evaluation, tuple[Problem, ...]]:
    """Against changed copies of the catalogue's own pictures."""
    rows = finding.choose(built.corpus, images, built.kept)
    search = finding.Search(built.corpus, rankers)
    reporter.start("changes", len(rows))
    search.run(images_folder(folder, settings), settings.images, rows, reporter.advance)
    reporter.finish(f"{len(rows)} pictures, each in {len(search.samples)} changes")
    found = Evaluation(
        known_items=tuple(search.results()),
        lost=tuple(search.furthest()),
        samples=search.samples,
        warnings=tuple(search.warnings),
    )
    return found, tuple(search.problems)
