"""`volvelle query` and `volvelle export`: the catalogue asked from the command line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder import pipeline
from builder import settings as settings_module
from builder.commands.finding import small
from builder.commands.outside_page import write_page
from builder.corpus.picture import read_picture
from builder.corpus.scan import scan
from builder.corpus.types import Corpus
from builder.errors import CorpusError, Problem
from builder.intake import images_folder
from builder.pages.asked import Asked, asked_page
from builder.progress import Reporter, Silent
from builder.ranking import Ranking
from builder.settings import Settings

LONGEST = 1024
"""Longer side in pixels at which a picture from outside is read: more than descriptors look at."""

_BATCH = 16  # pictures described together


@dataclass(frozen=True)
class Hit:
    """An image found near another; `path` is that of its file in the images folder."""

    id: str
    title: str
    source: str
    score: float
    path: str


@dataclass(frozen=True)
class Answer:
    """What a query found, nearest first.

    Attributes:
        query: the image as it was named.
        path: of its file, in the images folder for images of the catalogue.
        view: that was asked.
        hits: what was found.
        page: the same for a page.
    """

    query: str
    path: str
    view: str
    hits: tuple[Hit, ...]
    page: Asked


@dataclass(frozen=True)
class Answers:
    """What queries found.

    Attributes:
        found: an answer for each image.
        problems: files that could not be read.
        several: whether more than one image was, or could have been, asked about.
    """

    found: tuple[Answer, ...]
    problems: tuple[Problem, ...] = ()
    several: bool = False


@dataclass(frozen=True)
class _Question:
    """An image to ask about: a row of the catalogue, or a file."""

    name: str
    row: int | None = None
    file: Path | None = None


def query(
    folder: Path,
    images: Sequence[str],
    view: str = "",
    count: int = 20,
    device: str = "auto",
    reporter: Reporter | None = None,
    html: Path | None = None,
    site: Path | None = None,
) -> Answers:
    """The nearest images of some images of the catalogue, or of any image files.

    Args:
        folder: of the catalogue, which must be built.
        images: ids, image files, or folders of them.
        view: which view is asked; "" for the first.
        count: how many are wanted.
        device: where networks run.
        reporter: told of the progress.
        html: where a page with the answers is written, if anywhere.
        site: the site's folder, if not site/ in the catalogue; the page shows its thumbnails.

    Raises:
        CorpusError: the catalogue is not built, or there is no such image; or the only one that
            was asked about cannot be read.
        SettingsError: there is no such view.
        OutputError: the page cannot be written.
    """
    settings = settings_module.read(folder)
    built = pipeline.Opened(folder, settings, device)
    asking = _Asking(built.corpus, built.ranker(view), settings, count)
    questions, problems = _questions(folder, settings, built.corpus, images)
    found = asking.answers(questions, problems, reporter or Silent())
    if len(questions) == 1 and not found:
        only = problems[-1]
        raise CorpusError(only.problem, only.path, only.remedy)
    if html is not None:
        pages = [one.page for one in found]
        name = asking.ranking.view
        write_page(
            html,
            site or folder / "site",
            lambda root: asked_page(built.site(), name, pages, root),
        )
    several = len(images) != 1 or Path(images[0]).is_dir()
    return Answers(tuple(found), tuple(problems), several)


class _Asking:
    """One view asked about one image after another.

    Args:
        corpus: of the catalogue.
        ranking: the view.
        settings: of the catalogue.
        count: how many images are wanted.
    """

    def __init__(self, corpus: Corpus, ranking: Ranking, settings: Settings, count: int) -> None:
        self.corpus, self.ranking, self.settings, self.count = corpus, ranking, settings, count

    def answers(
        self, questions: Sequence[_Question], problems: list[Problem], reporter: Reporter
    ) -> list[Answer]:
        """In the order of the questions; files that cannot be read are added to `problems`."""
        found: list[Answer] = []
        reporter.start("asking", len(questions))
        for start in range(0, len(questions), _BATCH):
            some = questions[start : start + _BATCH]
            found += self._some(some, problems)
            reporter.advance(len(some))
        reporter.finish(f"{len(found)} answered by {self.ranking.view}")
        return found

    def _some(self, questions: Sequence[_Question], problems: list[Problem]) -> Iterator[Answer]:
        read = dict(self._read(questions, problems))
        outside = dict(
            zip(read, self.ranking.ask(list(read.values())), strict=True) if read else ()
        )
        for one in questions:
            if one.row is not None:
                yield self._answer(one, self.ranking.scores(one.row), None)
            elif one in read:
                yield self._answer(one, outside[one], read[one])

    def _read(
        self, questions: Iterable[_Question], problems: list[Problem]
    ) -> Iterator[tuple[_Question, NDArray[np.uint8]]]:
        images = self.settings.images
        for one in questions:
            if one.file is None:
                continue
            try:
                picture = read_picture(one.file, LONGEST, images.ground, images.max_megapixels)
            except CorpusError as error:
                problems.append(Problem(one.name, error.what, error.remedy))
            else:
                yield one, picture.pixels

    def _answer(
        self,
        question: _Question,
        scores: NDArray[np.float32],
        pixels: NDArray[np.uint8] | None,
    ) -> Answer:
        from builder.similarity.neighbours import top

        candidates = np.isfinite(scores)  # others are left out of neighbours
        path = question.name
        if question.row is not None:
            candidates[question.row] = False
            path = self.corpus.images[question.row].path
        rows = [int(row) for row in top(scores, candidates, self.count)]
        hits = tuple(self._hit(row, scores) for row in rows)
        shown = tuple((row, hit.score) for row, hit in zip(rows, hits, strict=True))
        picture = small(pixels) if pixels is not None else None
        page = Asked(question.name, question.row, picture, shown)
        return Answer(question.name, path, self.ranking.view, hits, page)

    def _hit(self, row: int, scores: NDArray[np.float32]) -> Hit:
        image = self.corpus.images[row]
        score = round(float(scores[row]), 4)
        return Hit(image.id, image.title, image.source, score, image.path)


def _questions(
    folder: Path, settings: Settings, corpus: Corpus, names: Sequence[str]
) -> tuple[list[_Question], list[Problem]]:
    """What the words of the command line mean: ids first, then files and folders."""
    rows = {image.id: row for row, image in enumerate(corpus.images)}
    questions: list[_Question] = []
    problems: list[Problem] = []
    for name in names:
        if name in rows:
            questions.append(_Question(name, row=rows[name]))
        elif Path(name).is_dir():
            within = scan(Path(name))
            problems += within.problems
            files = [_Question(str(one.absolute), file=one.absolute) for one in within.files]
            if not files:
                raise CorpusError("holds no pictures", name, "name another folder")
            questions += files
        else:
            path = Path(name)
            path = path if path.exists() else images_folder(folder, settings) / name
            if not path.is_file():
                raise _no_image(name, list(rows))
            questions.append(_Question(name, file=path))
    return list(dict.fromkeys(questions)), problems


def _no_image(name: str, known: Sequence[str]) -> CorpusError:
    close = difflib.get_close_matches(name, known, n=1)
    remedy = (
        f'did you mean "{close[0]}"?'
        if close
        else "name an id of the catalogue, an image file, or a folder of them"
    )
    return CorpusError("there is no such image", name, remedy)
