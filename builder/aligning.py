"""Near relatives laid over each other, each pair of pictures once for all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from builder.corpus.alignments import ByHand, HandMade, read_alignments
from builder.corpus.types import Corpus
from builder.describing import Pictures
from builder.errors import Problem
from builder.ledger import Ledger
from builder.outlined import in_pieces
from builder.placing import Placing
from builder.settings import AlignSettings, Settings
from builder.similarity.types import Aligned, Alignment, Neighbours
from builder.workspace import canonical, fingerprint, whole_lines

if TYPE_CHECKING:
    from builder.seeing import Seen
    from builder.similarity.align.laying import Ready

STAGE = "alignments"

VERSION = 1
"""Of how pictures are laid over each other. Raised by hand when the numbers change."""

_REMEMBERED = 1024  # pictures made ready at a time, of some 300 kB each

Pair = tuple[str, str]
"""Two contents, the lower hash first, so that whoever asks gets the same numbers."""


def view_of(settings: Settings) -> str:
    """Whose neighbours are laid over each other; "" for none."""
    if not settings.align.enabled:
        return ""
    return settings.align.view or drawn_view(settings)


def drawn_view(settings: Settings) -> str:
    """The first view that compares drawings in pieces, one that verifies first; "" for none."""
    drawn = [view for view in settings.views if in_pieces(view) is not None]
    drawn.sort(key=lambda view: not view.verify)
    return drawn[0].name if drawn else ""


class Aligning:
    """Pairs of pictures laid over each other.

    Args:
        ledger: keeps account.
        pictures: of the corpus.
        sizes: (n,) width and height of each image in full.
        settings: how.
    """

    def __init__(
        self,
        ledger: Ledger,
        pictures: Pictures,
        sizes: Sequence[tuple[int, int]],
        settings: AlignSettings,
    ) -> None:
        self._ledger, self._hashes, self._settings = ledger, pictures.hashes, settings
        self._placing = Placing(ledger, pictures, dict(zip(pictures.hashes, sizes, strict=True)))
        self.parts: dict[str, object] = {
            "version": VERSION,
            "drawings": self._placing.parts,
            "model": settings.model,
        }
        self._path = ledger.workspace.path("aligned", ".jsonl", self.parts)
        self._known = dict(_read(self._path, mend=not ledger.dry_run))

    def run(self, pairs: Iterable[tuple[int, int]], jobs: int) -> None:
        """Lay what was not laid yet; a kill loses the pictures at hand."""
        wanted = sorted({self._pair(*rows) for rows in pairs})
        missing = [pair for pair in wanted if pair not in self._known]
        report = self._ledger.account(STAGE)
        report.done += len(missing)
        report.reused += len(wanted) - len(missing)
        if not missing:
            return
        report.why = report.why or f"{len(missing)} pairs not laid over each other yet"
        if self._ledger.dry_run:
            return
        self._place((one for pair in missing for one in pair), jobs)
        self._ledger.workspace.record(self._path, "aligned", self.parts)
        with (
            self._ledger.timed(STAGE, len(missing), f"{len(missing)} pairs laid") as advance,
            ThreadPoolExecutor(jobs) as pool,
            self._path.open("a", encoding="utf-8") as file,
        ):
            for some in pool.map(self._lay, _by_first(missing)):
                file.writelines(_line(pair, found) for pair, found in some)
                file.flush()
                self._known.update(some)
                advance(len(some))

    def of(self, pairs: Iterable[tuple[int, int]]) -> tuple[Aligned, ...]:
        """What came of some pairs of rows that were laid and met at all, in their order."""
        found = []
        for rows in pairs:
            pair = self._pair(*rows)
            one, other = rows if self._hashes[rows[0]] == pair[0] else rows[::-1]
            known = self._known.get(pair)
            if known is not None and known.model:
                found.append(Aligned(one, other, known))
        return tuple(found)

    def by_hand(self, made: Iterable[ByHand], jobs: int) -> tuple[Aligned, ...]:
        """What was laid by hand, with its numbers; believed, whatever they are."""
        from builder.similarity.align.laying import given

        rows = list(made)
        self._place((self._hashes[row] for one in rows for row in (one.a, one.b)), jobs)
        found = []
        for one in rows:
            mine, theirs = (self._ready(self._hashes[row]) for row in (one.a, one.b))
            by = ", ".join(word for word in (one.who, one.when) if word) or "hand"
            found.append(Aligned(one.a, one.b, given(mine, theirs, one.model, one.matrix, by)))
        return tuple(found)

    def _place(self, wanted: Iterable[str], jobs: int) -> None:
        missing = self._placing.missing(wanted)
        if missing:
            with self._ledger.timed(STAGE, len(missing), f"{len(missing)} placed") as advance:
                self._placing.run(missing, jobs, advance)

    def _pair(self, one: int, other: int) -> Pair:
        low, high = sorted((self._hashes[one], self._hashes[other]))
        return low, high

    def _lay(self, pairs: list[Pair]) -> list[tuple[Pair, Alignment]]:
        """One picture over all that it is laid over."""
        from builder.similarity.align.laying import align, turned

        own = turned(self._ready(pairs[0][0]))
        model = self._settings.model
        return [(pair, align(own, self._ready(pair[1]), model)) for pair in pairs]

    @cached_property
    def _ready(self) -> Callable[[str], Ready | None]:
        """Gives pictures made ready; remembers them for a while."""
        from builder.similarity.align.laying import ready

        return lru_cache(maxsize=_REMEMBERED)(lambda sha256: ready(self._placing[sha256]))


def pairs_of(neighbours: Neighbours, top: int) -> list[tuple[int, int]]:
    """Rows of images and their nearest, among all and among other sources, each pair once."""
    found = set()
    for listed in (neighbours.all, neighbours.others):
        near: NDArray[np.int32] = listed.rows[:, :top]
        for row, column in zip(*np.nonzero(near >= 0), strict=True):
            other = int(near[row, column])
            found.add((min(int(row), other), max(int(row), other)))
    return sorted(found)


@dataclass(frozen=True)
class Overlaid:
    """What came of all pairs.

    Attributes:
        view: whose neighbours were laid over each other; "" for none.
        pairs: what met at all, in the order of rows; what was made by hand in place of the rest.
        problems: of alignments.csv.
    """

    view: str = ""
    pairs: tuple[Aligned, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Of what pages show."""
        return mark(self.pairs) if self.view else ""

    @property
    def of_views(self) -> dict[str, tuple[Aligned, ...]]:
        """By the view."""
        return {self.view: self.pairs} if self.view else {}


def overlaid(
    ledger: Ledger,
    settings: Settings,
    folder: Path,
    corpus: Corpus,
    pictures: Pictures,
    seen: Sequence[Seen],
    jobs: int,
) -> Overlaid:
    """Lay the neighbours of one view over each other, and take in what was laid by hand."""
    name, report = view_of(settings), ledger.account(STAGE)
    if not name:
        report.reused += 1  # nothing is asked, so what there is serves
        return Overlaid()
    neighbours = next(one.neighbours for one in seen if one.settings.name == name)
    if not neighbours.path.exists():  # a dry run has not made them
        report.why = "after neighbours"
        return Overlaid(name)
    sizes = [(image.width, image.height) for image in corpus.images]
    aligning = Aligning(ledger, pictures, sizes, settings.align)
    pairs = pairs_of(neighbours.value, settings.align.top)
    aligning.run(pairs, jobs)
    made: HandMade = read_alignments(folder / settings.align.file, corpus)
    found = {**_by_rows(aligning.of(pairs)), **_by_rows(aligning.by_hand(made.rows, jobs))}
    return Overlaid(name, tuple(found[rows] for rows in sorted(found)), made.problems)


def _by_rows(found: Iterable[Aligned]) -> dict[tuple[int, int], Aligned]:
    return {(min(one.a, one.b), max(one.a, one.b)): one for one in found}


def mark(found: Sequence[Aligned]) -> str:
    """A fingerprint of alignments, as pages show them."""
    return fingerprint({"aligned": [[one.a, one.b, *vars(one.found).values()] for one in found]})


def _by_first(pairs: list[Pair]) -> Iterator[list[Pair]]:
    for _, some in groupby(pairs, key=lambda pair: pair[0]):
        yield list(some)


def _line(pair: Pair, found: Alignment) -> str:
    return canonical({"pair": pair, **vars(found)}) + "\n"


def _read(path: Path, mend: bool) -> Iterator[tuple[Pair, Alignment]]:
    for line in whole_lines(path, mend):
        entry = json.loads(line)
        low, high = entry.pop("pair")
        yield (low, high), Alignment(**{**entry, "matrix": tuple(entry["matrix"])})
