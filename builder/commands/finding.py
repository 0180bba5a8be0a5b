"""Known-item search over a catalogue: changed copies of its own pictures must find them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from builder.corpus.changes import CHANGES, change
from builder.corpus.picture import read_picture
from builder.corpus.types import Corpus
from builder.errors import CorpusError, Problem, VolvelleError
from builder.settings import ImagesSettings
from builder.similarity.evaluate.known_item import known_item, place
from builder.similarity.evaluate.measure import NEAREST
from builder.similarity.evaluate.metrics import order
from builder.similarity.evaluate.types import KnownItem, Lost, Ranker

SEED = 0
_LONGEST = 800  # pixels: more than twice what any descriptor looks at by default
_SMALL = 192  # pixels of a picture on the page
_BATCH = 16  # pictures at a time, to bound memory

Pixels = NDArray[np.uint8]


@dataclass
class Search:
    """What a search found so far.

    Attributes:
        lost: for each view and change the picture furthest from being found.
        samples: the first picture in every change.
        problems: pictures that could not be read any more.
        warnings: views that could not be asked.
    """

    corpus: Corpus
    rankers: list[Ranker]
    lost: dict[tuple[str, str], Lost] = field(default_factory=dict)
    samples: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    places: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def run(
        self,
        folder: Path,
        images: ImagesSettings,
        rows: Sequence[int],
        progress: Callable[[], None],
    ) -> None:
        """Ask all views for every change of the pictures in `rows`; `progress` for each picture."""
        for start in range(0, len(rows), _BATCH):
            read = list(self._read(folder, images, rows[start : start + _BATCH]))
            for number, name in enumerate(CHANGES):
                changed = [(row, _changed(pixels, row, number)) for row, pixels in read]
                self._ask(name, changed)
            for _ in rows[start : start + _BATCH]:
                progress()

    def results(self) -> list[KnownItem]:
        """Measures of each view and change."""
        views = [ranker.view for ranker in self.rankers]
        return [
            known_item(view, name, self.places[view, name])
            for view in views
            for name in CHANGES
            if self.places[view, name]
        ]

    def furthest(self) -> list[Lost]:
        """The picture of each view and change that was furthest from being found."""
        views = [ranker.view for ranker in self.rankers]
        keys = [(view, name) for view in views for name in CHANGES]
        return [self.lost[key] for key in keys if key in self.lost]

    def _read(
        self, folder: Path, images: ImagesSettings, rows: Sequence[int]
    ) -> Iterator[tuple[int, Pixels]]:
        for row in rows:
            path = folder / self.corpus.images[row].path
            try:
                picture = read_picture(path, _LONGEST, images.ground, images.max_megapixels)
            except CorpusError as error:
                known = self.corpus.images[row].path
                self.problems.append(Problem(known, error.what, error.remedy))
            else:
                yield row, picture.pixels

    def _ask(self, name: str, changed: list[tuple[int, Pixels]]) -> None:
        if not changed:
            return
        if name not in self.samples:
            self.samples[name] = small(changed[0][1])
        for ranker in list(self.rankers):
            try:
                answers = ranker.ask([pixels for _, pixels in changed])
            except VolvelleError as error:
                self.rankers.remove(ranker)
                self.warnings.append(f'the view "{ranker.view}" cannot be asked: {error.sentence}')
                continue
            for (row, pixels), scores in zip(changed, answers, strict=True):
                self._take(ranker.view, name, row, pixels, scores)

    def _take(
        self, view: str, name: str, row: int, pixels: Pixels, scores: NDArray[np.float32]
    ) -> None:
        found = place(scores, row, contents(self.corpus))
        self.places[view, name].append(found)
        worst = self.lost.get((view, name))
        if found > (worst.place if worst else 1):
            nearest = order(scores, np.ones(len(scores), bool))[:NEAREST]
            picture = small(pixels)
            self.lost[view, name] = Lost(view, name, row, found, tuple(nearest.tolist()), picture)


def choose(
    corpus: Corpus, count: int, kept: NDArray[np.bool_] | None = None, seed: int = SEED
) -> list[int]:
    """Rows of at most `count` images of distinct content, picked by chance, ascending.

    Args:
        kept: (n,) images that may be picked; None for all.
    """
    codes = contents(corpus)
    distinct = np.unique(codes, return_index=True)[1]
    if kept is not None:
        distinct = distinct[kept[distinct]]
    picked = np.random.default_rng(seed).permutation(distinct)[:count]
    return sorted(int(row) for row in picked)


def contents(corpus: Corpus) -> NDArray[np.int64]:
    """(n,) a number for each content of a file."""
    codes: dict[str, int] = {}
    return np.array([codes.setdefault(image.sha256, len(codes)) for image in corpus.images])


def small(pixels: Pixels) -> bytes:
    """A picture as a small WebP file."""
    picture = PillowImage.fromarray(pixels)
    picture.thumbnail((_SMALL, _SMALL))
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=70)
    return buffer.getvalue()


def _changed(pixels: Pixels, row: int, number: int) -> Pixels:
    """The same picture changes in the same way whatever else is asked."""
    return change(list(CHANGES)[number], pixels, np.random.default_rng([SEED, row, number]))
