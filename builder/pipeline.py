"""The stages in order, and what makes one stale. The only file that knows them all."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from builder import __version__, records
from builder.atlas import hilbert, pack
from builder.atlas.types import Atlas
from builder.corpus.record import corpus_to_json
from builder.corpus.types import Corpus
from builder.describing import Describing, pictures_of
from builder.errors import CorpusError, Problem, SettingsError
from builder.exports.files import files as export_files
from builder.intake import Intake, Taken
from builder.layouts.types import Layout
from builder.ledger import Ledger, Made, StageReport
from builder.likeness import score_words
from builder.pages.data import atlas_twin
from builder.pages.render import render
from builder.pages.resources import data_dir
from builder.pages.types import SiteInput, ViewResult
from builder.progress import Reporter, Silent
from builder.publish import Published, check_out, is_whole, publish, read_published
from builder.ranking import Ranking
from builder.seeing import Seeing, Seen
from builder.settings import Settings
from builder.workspace import Workspace, canonical, fingerprint, write_atomic

STAGES = ("corpus", "features", "neighbours", "clusters", "layouts", "atlas", "pages")
VERSIONS = {"atlas": 1, "pages": 1}
"""Of what these stages write. Raised by hand when it changes for the same inputs."""

_SOFTWARE = ("torch", "timm", "numpy", "scipy", "scikit-learn", "umap-learn", "shufflesnap")


@dataclass(frozen=True)
class Options:
    """What a command says beyond catalogue.toml."""

    out: Path | None = None
    device: str = "auto"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    dry_run: bool = False


@dataclass(frozen=True)
class BuildReport:
    """What came of a build."""

    images: int
    problems: tuple[Problem, ...]
    stages: tuple[StageReport, ...]
    site: Published | None
    out: Path


def build(folder: Path, settings: Settings, options: Options, reporter: Reporter) -> BuildReport:
    """Build the site of a catalogue, doing only what is not done yet.

    Raises:
        VolvelleError: what stops a build; the former site and all artifacts stay whole.
    """
    out = options.out or folder / "site"
    check_out(out, folder)
    workspace = Workspace(folder)
    ledger = Ledger(workspace, reporter, options.dry_run)
    if options.dry_run:
        return _Build(folder, settings, options, ledger, out).run()
    with workspace.lock():
        return _Build(folder, settings, options, ledger, out).run()


class Opened:
    """A catalogue that is built: its corpus and results, to be read.

    Raises:
        CorpusError: it is not built, or something changed since.
    """

    def __init__(self, folder: Path, settings: Settings, device: str = "auto") -> None:
        self._ledger = Ledger(Workspace(folder), Silent(), dry_run=True)
        options = Options(device=device, dry_run=True)
        self._build = _Build(folder, settings, options, self._ledger, folder / "site")
        ready = self._build.read_corpus()
        self._seen = self._build.see() if ready else []
        if any(stage.done for stage in self._ledger.stages.values()):
            raise CorpusError(
                "the catalogue is not built, or changed since", str(folder), "run volvelle build"
            )

    @property
    def corpus(self) -> Corpus:
        """Its images."""
        return self._build.corpus

    def ranker(self, view: str) -> Ranking:
        """A view that can be asked what is like an image, of the catalogue or from outside.

        Raises:
            SettingsError: there is no such view.
        """
        for settings in self._build.settings.views:
            if view in ("", settings.name):
                return Ranking(self._build.describing, settings)
        known = ", ".join(settings.name for settings in self._build.settings.views)
        raise SettingsError(f'there is no view "{view}"', remedy=f"views are: {known}")

    def site(self) -> SiteInput:
        """Everything that pages and exports are made of."""
        atlas = self._build.atlas(self._seen[0].layouts[1])
        return self._build.site(self._seen, atlas)


class _Build:
    """One build."""

    def __init__(
        self, folder: Path, settings: Settings, options: Options, ledger: Ledger, out: Path
    ) -> None:
        self.settings, self.options, self.ledger, self.out = settings, options, ledger, out
        self.folder = folder
        self.intake = Intake(folder, settings, ledger.workspace, out)
        self.taken: Taken | None = None

    @property
    def corpus(self) -> Corpus:
        assert self.taken is not None
        return self.taken.corpus

    def run(self) -> BuildReport:
        if not self.read_corpus():
            return self._report(None)
        seen = self.see()
        site = self._pages(seen, self.atlas(seen[0].layouts[1]))
        if not self.options.dry_run:
            self.ledger.workspace.prune()
        return self._report(site)

    @cached_property
    def describing(self) -> Describing:
        """The descriptors of all views; a view's worth of work is done once for all."""
        assert self.taken is not None
        pictures = pictures_of(self.intake, self.taken, self.settings.images)
        descriptors = [one for view in self.settings.views for one in view.descriptors]
        return Describing(self.ledger, pictures, descriptors, self.folder, self.options.device)

    def see(self) -> list[Seen]:
        """The stages of every view."""
        wanted = [one for view in self.settings.views for one in view.descriptors]
        for descriptor in dict.fromkeys(self.describing[one] for one in wanted):
            descriptor.describe(self.options.device, self.options.jobs)
        return [
            Seeing(self.ledger, self.settings, view, self.describing).run()
            for view in self.settings.views
        ]

    def _report(self, site: Published | None) -> BuildReport:
        problems, images = list(self.intake.problems), len(self.intake.scan.files)
        if self.taken is not None:
            problems += self.corpus.problems
            images = len(self.corpus.images)
        stages = tuple(self.ledger.account(name) for name in STAGES)
        return BuildReport(images, tuple(problems), stages, site, self.out)

    def read_corpus(self) -> bool:
        """Decode what is new and bring the corpus together.

        False if a dry run cannot look further, because pictures would have to be decoded first.
        """
        intake, report, new = self.intake, self.ledger.account("corpus"), self.intake.new
        report.done, report.reused = len(new), len(intake.scan.files) - len(new)
        if new:
            report.why = f"{len(new)} new or changed pictures"
            if self.options.dry_run:
                for name in STAGES[1:]:
                    self.ledger.account(name).why = "after corpus"
                return False
            with self.ledger.timed("corpus", len(new), f"{len(new)} pictures read") as advance:
                intake.store.add(new, self.options.jobs, advance)
        self.taken = intake.take(today().isoformat())
        if not self.options.dry_run:
            intake.save(self.taken)
        return True

    def atlas(self, grid: Made[Layout]) -> Made[Atlas]:
        hashes = [image.sha256 for image in self.corpus.images]
        parts = {
            "version": VERSIONS["atlas"],
            "grid": grid.fingerprint,
            "pictures": fingerprint({"hashes": hashes}),
            "reading": fingerprint(self.intake.store.parts),
        }

        def make() -> records.Write:
            slots = hilbert.slots(grid.value.cell, grid.value.columns)
            known = [self.intake.store.known[sha256] for sha256 in hashes]
            colours = np.array([entry.colour for entry in known], np.uint8)
            return records.write_atlas(Atlas(pack.levels(len(known)), slots, colours))

        atlas = self.ledger.artifact("atlas", "atlas", parts, lambda _: make(), records.read_atlas)
        self.atlas_folder = self.ledger.workspace.path("atlas-pages", "", parts)
        self._atlas_pages(parts, atlas)
        return atlas

    def _atlas_pages(self, parts: dict[str, object], atlas: Made[Atlas]) -> None:
        """Draw the pages; one that is there already is kept, so a kill loses one page."""
        report = self.ledger.account("atlas")
        if self.options.dry_run:
            report.done += not self.atlas_folder.exists()
            return
        corpus, store = self.corpus.images, self.intake.store
        grounds = [store.known[image.sha256].ground for image in corpus]
        sizes = [(image.width, image.height) for image in corpus]
        levels = atlas.value.levels
        total = sum(level.pages for level in levels)
        missing = [
            (level, number)
            for level in levels
            for number in range(level.pages)
            if not self._atlas_page(level.cell, number).exists()
        ]
        report.done += len(missing)
        report.reused += total - len(missing)
        if not missing:
            return
        self.ledger.workspace.record(self.atlas_folder, "atlas-pages", parts)

        def thumbnail(row: int) -> NDArray[np.uint8]:
            with PillowImage.open(store.thumbnail(corpus[row].sha256)) as image:
                return np.asarray(image.convert("RGB"))

        with self.ledger.timed("atlas", len(missing), f"{len(missing)} pages") as advance:
            for level, number in missing:
                page = pack.page(level, number, atlas.value.slots, sizes, grounds, thumbnail)
                write_atomic(self._atlas_page(level.cell, number), page)
                advance(1)

    def _atlas_page(self, cell: int, number: int) -> Path:
        return self.atlas_folder / str(cell) / f"{number}.webp"

    def _pages(self, seen: list[Seen], atlas: Made[Atlas]) -> Published | None:
        parts = self._inputs(seen) | {
            "version": VERSIONS["pages"],
            "atlas": atlas.fingerprint,
            "templates": _digest(data_dir("templates")),
            "front end": _digest(data_dir("static")),
            "built": built(),
        }
        remembered = self.ledger.workspace.path("pages", ".json", parts)
        report, former = self.ledger.account("pages"), read_published(self.out)
        mark = fingerprint(parts)
        if former and former.fingerprint == mark and is_whole(self.out, former):
            report.reused += len(former.files)
            return former
        report.why = self._why_pages(former, mark, parts)
        if self.options.dry_run:
            report.done += 1
            return None
        self.ledger.workspace.write(remembered, "pages", parts, canonical(parts).encode())
        site = self.site(seen, atlas)
        with self.ledger.timed("pages", self._expected(site), "site written") as advance:
            published = publish(self.out, mark, self._files(site), advance)
        report.done += len(published.files)
        return published

    def _inputs(self, seen: list[Seen]) -> dict[str, object]:
        """What the catalogue says, whatever it looks like: its version is a hash of this."""
        return {
            "corpus": fingerprint({"corpus": corpus_to_json(self.corpus)}),
            "settings": self.settings.model_dump(mode="json"),
            "views": [
                [card.checksum for card in view.cards] + _fingerprints(view) for view in seen
            ],
            "volvelle": __version__,
        }

    def _why_pages(self, former: Published | None, mark: str, parts: dict[str, object]) -> str:
        if former is None:
            return "never made here"
        if former.fingerprint == mark:
            return "files of the site are missing or changed"
        return self.ledger.workspace.why("pages", parts)

    def site(self, seen: list[Seen], atlas: Made[Atlas]) -> SiteInput:
        views = tuple(
            ViewResult(
                view.settings,
                view.cards,
                view.neighbours.value,
                view.clustering.value,
                tuple(layout.value for layout in view.layouts),
                score_words(view.settings),
            )
            for view in seen
        )
        return SiteInput(
            self.settings,
            self.corpus,
            views,
            atlas.value,
            fingerprint(self._inputs(seen)),
            built(),
            self._figures(),
        )

    def _figures(self) -> dict[str, object]:
        """Numbers for the about page that no other room knows."""
        distinct = len({image.sha256 for image in self.corpus.images})
        return {
            "Images": len(self.corpus.images),
            "Distinct picture files": distinct,
            "Software": ", ".join(f"{name} {metadata.version(name)}" for name in _SOFTWARE),
        }

    def _expected(self, site: SiteInput) -> int:
        """About how many files the site will have, for the bar."""
        return 6 * len(self.corpus.images) + 2 * sum(level.pages for level in site.atlas.levels)

    def _files(self, site: SiteInput) -> Iterator[tuple[str, bytes | Path]]:
        """Every file of the site: pages and data, exports, front end, pictures, atlas."""
        yield from render(site)
        yield from export_files(site)
        static = data_dir("static")
        for path in sorted(path for path in static.rglob("*") if path.is_file()):
            yield f"assets/{path.relative_to(static).as_posix()}", path
        for image in self.corpus.images:
            yield f"images/{image.id}.webp", self.intake.store.display(image.sha256)
            yield f"thumbs/{image.id}.webp", self.intake.store.thumbnail(image.sha256)
        for level in site.atlas.levels:
            for number in range(level.pages):
                path = self._atlas_page(level.cell, number)
                key = f"atlas/{level.cell}/{number}"
                yield f"{key}.webp", path
                if self.settings.site.portable:
                    yield f"data/{key}.js", atlas_twin(key, path.read_bytes())


def _fingerprints(view: Seen) -> list[str]:
    layouts = [layout.fingerprint for layout in view.layouts]
    return [view.neighbours.fingerprint, view.clustering.fingerprint, *layouts]


def _digest(folder: Path) -> str:
    """Hash of all files in a folder of templates or assets: they are inputs of the pages."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


def built() -> str:
    """ISO date from SOURCE_DATE_EPOCH; without it "", so that builds do not differ by the day."""
    return today().isoformat() if os.environ.get("SOURCE_DATE_EPOCH") else ""


def today() -> datetime.date:
    """The date, or the one that SOURCE_DATE_EPOCH says."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
