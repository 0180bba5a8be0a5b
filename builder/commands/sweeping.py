"""`volvelle sweep`: which backbone, layer and preparation finds what belongs together here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from builder import describing
from builder import settings as settings_module
from builder.clock import today
from builder.commands import sweep_kept
from builder.commands.sweep_grid import Cell, Grid, cells
from builder.commands.sweep_kept import Cost, Result
from builder.corpus.groups import FILE, Groups, read_groups
from builder.describing import Describing, Descriptor, pictures_of
from builder.errors import CorpusError, ModelError, Problem
from builder.features.backbones import kind
from builder.features.describe import into_store
from builder.features.prepare import longest_needed
from builder.features.store import FeatureStore
from builder.intake import Intake
from builder.ledger import Ledger
from builder.progress import Reporter
from builder.ranking import Ranking
from builder.settings import Settings
from builder.similarity.evaluate.compare import compare, holm
from builder.similarity.evaluate.measure import measure
from builder.similarity.evaluate.relevance import Truth, truth
from builder.similarity.evaluate.types import Judgement, Measured, Scope
from builder.workspace import Workspace, fingerprint

TIMED = 32
"""Pictures by which the cost of a descriptor is measured, at most."""

_SCOPES: tuple[Scope, ...] = ("others", "all")  # what decides comes first


@dataclass(frozen=True)
class Rival:
    """A cell held against the best one.

    Attributes:
        result: of the cell.
        p: chance of a difference as large if the two were alike, corrected after Holm.
    """

    result: Result
    p: float


@dataclass(frozen=True)
class Sweep:
    """What came of a sweep.

    Attributes:
        results: of every cell, the best first.
        scope: by which they are ordered: other sources if they can be measured.
        rivals: all but the best, in the same order.
        problems: cells that could not be tried, and rows of groups that could not be used.
    """

    results: tuple[Result, ...]
    scope: Scope
    rivals: tuple[Rival, ...]
    problems: tuple[Problem, ...]

    @property
    def best(self) -> Result:
        """The cell of the highest mean average precision."""
        return self.results[0]

    @property
    def equal(self) -> tuple[Result, ...]:
        """The best, and those that are not worse beyond chance (p >= 0.05)."""
        return (self.best, *(one.result for one in self.rivals if one.p >= 0.05))

    @property
    def cheapest(self) -> Result:
        """Of those the one that describes most pictures a second, then with the fewest bytes."""
        return max(self.equal, key=lambda one: (one.cost.rate, -one.cost.size))


def sweep(
    folder: Path,
    grid: Grid,
    groups: Path | None,
    reporter: Reporter,
    device: str = "auto",
    jobs: int = 1,
) -> Sweep:
    """Try every cell of a grid; what was done before is taken up.

    Features go where builds keep theirs; the result of a finished cell is kept beside them.

    Args:
        folder: of the catalogue, whose images must have been read by a build.
        grid: what is tried.
        groups: the table of groups; if not said groups.csv in the folder.
        reporter: told of the progress.
        device: where networks run.
        jobs: threads that decode.

    Raises:
        CorpusError: the catalogue was never built, or the groups cannot be used.
        SettingsError: the grid names what there is not.
        ModelError: of no cell there are weights.
    """
    settings = settings_module.read(folder)
    tried = cells(grid, settings)
    workspace = Workspace(folder)
    with workspace.lock():
        bench = _Bench(folder, settings, Ledger(workspace, reporter, dry_run=False), device, jobs)
        known = bench.read(groups)
        results = list(bench.run(tried))
    if not results:
        raise bench.failures[0]
    problems = [*known.problems, *bench.problems]
    return _held_together(results, bench.scopes[0], tuple(problems))


def _held_together(results: Sequence[Result], scope: Scope, problems: tuple[Problem, ...]) -> Sweep:
    """The cells in order, each held against the best."""
    ordered = sorted(results, key=lambda one: -one.summary(scope).values["map"].value)
    best = ordered[0].measured[scope]
    chances = [compare([best, one.measured[scope]])[0].p for one in ordered[1:]]
    rivals = zip(ordered[1:], holm(chances), strict=True)
    return Sweep(tuple(ordered), scope, tuple(Rival(one, p) for one, p in rivals), problems)


class _Bench:
    """A catalogue on which cells are tried."""

    def __init__(
        self, folder: Path, settings: Settings, ledger: Ledger, device: str, jobs: int
    ) -> None:
        self.folder, self.settings, self.ledger = folder, settings, ledger
        self.device, self.jobs = device, jobs
        self.problems: list[Problem] = []
        self.failures: list[ModelError] = []

    def read(self, groups: Path | None) -> Groups:
        """Read the corpus, and what is known to show the same."""
        intake = Intake(self.folder, self.settings, self.ledger.workspace, self.folder / "site")
        if intake.new:
            raise CorpusError(
                "the catalogue is not built, or changed since",
                str(self.folder),
                "run volvelle build",
            )
        taken = intake.take(today().isoformat())
        self.pictures = pictures_of(intake, taken, self.settings.images)
        table = groups or self.folder / FILE
        known = read_groups(table, taken.corpus)
        judgements = [Judgement(one.row, one.group, one.grade) for one in known.members]
        self.truth: Truth = truth(judgements, self.pictures.sources)
        self.judged = fingerprint({"judgements": [list(vars(one).values()) for one in judgements]})
        self.scopes = [scope for scope in _SCOPES if self.truth.queries(scope)]
        if not self.scopes:
            remedy = "give images that show the same the same group"
            raise CorpusError("no group has two images of this catalogue", table.name, remedy)
        return known

    def run(self, tried: Sequence[Cell]) -> Iterator[Result]:
        """The results of all cells; unknown networks stop it before any work is done."""
        ready: list[tuple[Cell, Describing]] = []
        for cell in tried:
            room = Describing(
                self.ledger, self.pictures, [cell.descriptor], self.folder, self.device
            )
            try:
                room[cell.descriptor]
            except ModelError as error:
                self.failures.append(error)
                self.problems.append(Problem(cell.descriptor.backbone, error.what, error.remedy))
            else:
                ready.append((cell, room))
        while ready:
            yield self._result(*ready.pop(0))

    def _result(self, cell: Cell, room: Describing) -> Result:
        descriptor = room[cell.descriptor]
        path = self.ledger.workspace.root / "sweep" / f"{self._mark(cell, descriptor)}.json"
        kept = sweep_kept.read(path, cell)
        if kept is not None and set(kept.measured) == set(self.scopes):
            return kept
        descriptor.describe(self.device, self.jobs)
        former = {one.name for one in self.ledger.workspace.root.iterdir()}
        ranking = Ranking(room, cell.view)
        measured = {scope: self._measure(ranking, scope, cell) for scope in self.scopes}
        result = Result(cell, measured, self._cost(descriptor))
        sweep_kept.write(path, result)
        for made in (descriptor.matrix.path, descriptor.axes.path):
            if made.name not in former:  # large, and soon made again from the features
                made.unlink(missing_ok=True)
        return result

    def _mark(self, cell: Cell, descriptor: Descriptor) -> str:
        """Stands for all that the result of a cell rests on."""
        card = descriptor.card
        return fingerprint(
            {
                "version": sweep_kept.VERSION,
                "stages": describing.VERSIONS,
                "view": cell.view.model_dump(mode="json", exclude={"name"}),
                "model": [card.backbone, card.layer, card.checksum],
                "hashes": self.pictures.hashes,
                "sources": self.pictures.sources,
                "ground": self.pictures.ground,
                "judged": self.judged,
            }
        )

    def _measure(self, ranking: Ranking, scope: Scope, cell: Cell) -> Measured:
        reporter, total = self.ledger.reporter, len(self.truth.queries(scope))
        reporter.start("evaluate", total)
        measured = measure(ranking, self.truth, scope, reporter.advance)
        found = float(measured.values[:, 0].mean())
        reporter.finish(f"{sweep_kept.label(cell)}: mAP {found:.3f} among {scope}")
        return measured

    def _cost(self, descriptor: Descriptor) -> Cost:
        """Pictures a second, decoding included, by a few of them; and bytes an image."""
        if kind(descriptor.settings.backbone) == "vectors":
            return Cost(float("inf"), 4 * int(np.prod(descriptor.card.shape)))
        store = descriptor.store
        size = round(store.open().nbytes / max(len(store), 1))
        keys = list(dict.fromkeys(self.pictures.hashes))
        few = [keys[i] for i in np.unique(np.linspace(0, len(keys) - 1, TIMED).astype(int))]
        self._describe(descriptor, few[:1])  # loads the network
        began = time.perf_counter()
        self._describe(descriptor, few)
        return Cost(round(len(few) / (time.perf_counter() - began), 2), size)

    def _describe(self, descriptor: Descriptor, keys: Sequence[str]) -> None:
        settings, store = descriptor.settings, descriptor.store
        longest = longest_needed(settings)

        def picture(i: int) -> tuple[NDArray[np.uint8], tuple[int, int, int]]:
            return self.pictures.load(keys[i], longest)

        with TemporaryDirectory() as passing:
            fresh = FeatureStore(Path(passing) / "timed.npy", store.width, store.turns)
            into_store(
                fresh, keys, settings, self.folder, picture, self.device, self.jobs, lambda _: None
            )
