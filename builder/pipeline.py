"""The stages in order, and what makes one stale. The only file that knows them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder import __version__, drawn, outlined
from builder.aligning import Overlaid, overlaid
from builder.asked import BuildReport as BuildReport
from builder.asked import Options as Options
from builder.atlas.types import Atlas
from builder.beside import Margin
from builder.claiming import news_of
from builder.collate.types import Collations
from builder.collating import collated
from builder.corpus.record import corpus_to_json
from builder.corpus.types import Corpus
from builder.curated import read_curated, save_beside
from builder.days import built, today
from builder.describing import Describing, pictures_of
from builder.errors import CorpusError, Problem, SettingsError
from builder.exports.files import files as export_files
from builder.gathering import further_files, gather, surroundings
from builder.intake import Intake, Taken
from builder.keeping import Keeping
from builder.ledger import Ledger, Made
from builder.likeness import Likeness
from builder.measures.kinds import included
from builder.measuring import Judged, Measuring, agreement, judge
from builder.outlined import Outlined
from builder.packing import Packing
from builder.pages.render import render
from builder.pages.resources import data_dir, digest
from builder.pages.types import SiteInput
from builder.previewing import Previews, folder_of
from builder.progress import Reporter, Silent
from builder.publish import Published, check_out, is_whole, publish, read_published
from builder.ranking import Ranking
from builder.releases import claims_files, read_releases
from builder.seeing import Seeing, Seen
from builder.settings import Settings
from builder.showing import Shown
from builder.theming import read_looks
from builder.workspace import Workspace, canonical, fingerprint

_SEEN = ("corpus", "features", "measures", "neighbours", "clusters", "layouts")
STAGES = (*_SEEN, "alignments", "collations", "atlas", "pages")
VERSIONS = {"pages": 7}
"""Of what these stages write. Raised by hand when it changes for the same inputs."""


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
        seen = self._build.see() if self._build.read_corpus() else None
        if seen is None or any(stage.done for stage in self._ledger.stages.values()):
            raise CorpusError(
                "the catalogue is not built, or changed since", str(folder), "run volvelle build"
            )
        self._seen = seen

    @property
    def corpus(self) -> Corpus:
        """Its images."""
        return self._build.corpus

    @property
    def kept(self) -> NDArray[np.bool_]:
        """(n,) which images are not left out by `images.exclude`."""
        return self._build.kept

    def ranker(self, view: str) -> Ranking:
        """A view that can be asked what is like an image, of the catalogue or from outside.

        Raises:
            SettingsError: there is no such view.
        """
        for settings in self._build.settings.views:
            if view in ("", settings.name):
                return Ranking(self._build.describing, settings, self._build.kept)
        known = ", ".join(settings.name for settings in self._build.settings.views)
        raise SettingsError(f'there is no view "{view}"', remedy=f"views are: {known}")

    def site(self) -> SiteInput:
        """Everything that pages and exports are made of."""
        return self._build.site(self._seen, self._build.pack(self._seen).atlas)


class _Build:
    """One build."""

    def __init__(
        self, folder: Path, settings: Settings, options: Options, ledger: Ledger, out: Path
    ) -> None:
        self.settings, self.options, self.ledger, self.out = settings, options, ledger, out
        self.folder = folder
        # First of all: what was frozen and cannot be read again must stop a build.
        self.releases = read_releases(folder)
        self.looks = read_looks(folder, settings.site.theme)
        self.intake = Intake(folder, settings, ledger.workspace, out)
        self.taken: Taken | None = None
        self._told: list[Problem] = []
        self._judged: Judged | None = None
        self.laid = Overlaid()
        self.collated: Made[Collations] | None = None

    @property
    def judged(self) -> Judged:
        """The numbers on the images, and what each is taken for."""
        assert self._judged is not None
        return self._judged

    @property
    def corpus(self) -> Corpus:
        assert self.taken is not None
        return self.taken.corpus

    def run(self) -> BuildReport:
        seen = self.see() if self.read_corpus() else None
        if seen is None:
            return self._report(None)
        packing = self.pack(seen)
        packing.draw()
        site = self._pages(seen, packing)
        if not self.options.dry_run:
            self.ledger.workspace.prune()
        self._told += [problem for one in seen for problem in one.problems]
        self._told += self.margin.problems
        return self._report(site)

    @cached_property
    def margin(self) -> Margin:
        """Notes, relations and days."""
        assert self.taken is not None
        return Margin(self.folder, self.settings, self.corpus, self.taken.register)

    @cached_property
    def describing(self) -> Describing:
        """The descriptors of all views; a view's worth of work is done once for all."""
        assert self.taken is not None
        pictures = pictures_of(self.intake, self.taken, self.settings.images)
        descriptors = [one for view in self.settings.views for one in view.described]
        return Describing(self.ledger, pictures, descriptors, self.folder, self.options.device)

    def see(self) -> list[Seen] | None:
        """The stages of every view; None if a dry run cannot look further than the measures."""
        wanted = [one for view in self.settings.views for one in view.described]
        for descriptor in dict.fromkeys(self.describing[one] for one in wanted):
            descriptor.describe(self.options.device, self.options.jobs)
        if not self._measure():
            return None
        curated = read_curated(self.folder, self.describing.pictures.ids)
        around = surroundings(self.folder, self.settings, self.corpus, self.shown, curated)
        numbers = {one.name: one.values for one in self.judged.measures.columns}
        seen = [
            Seeing(
                self.ledger, self.settings, view, self.describing, around, numbers, self.kept
            ).run()
            for view in self.settings.views
        ]
        given = (self.ledger, self.settings, self.folder, self.corpus, self.describing.pictures)
        self.laid = overlaid(*given, seen, self.options.jobs)
        self.collated = collated(
            *given[:2], self.corpus, self.describing, seen, self.kept, self.laid
        )
        self._told += [*self.judged.problems, *curated.problems, *self.laid.problems]
        if not self.options.dry_run:
            made = {
                (view.settings.name, options.name): one.kept
                for view in seen
                for options, one in zip(self.settings.clusters, view.groupings, strict=True)
            }
            save_beside(self.folder, curated, made)
        return seen

    def _measure(self) -> bool:
        """Measure pictures and say what each is; False if a dry run would have to measure first."""
        images = self.corpus.images
        sizes = [(image.width, image.height) for image in images]
        measuring = Measuring(self.ledger, self.describing.pictures, sizes)
        measuring.run(self.options.jobs)
        if measuring.missing:
            self._after("measures")
            return False
        first = Likeness(self.describing, self.settings.views[0])
        review = self.settings.review
        agrees = agreement(measuring, review, first)
        self._judged = judge(measuring, review, self.folder, agrees=agrees)
        return True

    @property
    def kept(self) -> NDArray[np.bool_]:
        """(n,) which images take part in neighbours and clusters."""
        return included(self.judged.kinds, self.settings.images.exclude)

    @cached_property
    def _measured(self) -> list[str]:
        """Fingerprints of the numbers on images, and of what they are taken for."""
        columns = self.judged.measures.columns
        numbers = [[one.name, hashlib.sha256(one.values.tobytes()).hexdigest()] for one in columns]
        verdicts = [list(vars(one).values()) for one in self.judged.verdicts]
        return [fingerprint({"numbers": numbers}), fingerprint({"verdicts": verdicts})]

    def _after(self, stage: str) -> None:
        """Say that later stages were not looked at, because this one has to be done first."""
        for name in STAGES[STAGES.index(stage) + 1 :]:
            self.ledger.account(name).why = f"after {stage}"

    def _report(self, site: Published | None) -> BuildReport:
        problems, images = list(self.intake.problems), len(self.intake.scan.files)
        if self.taken is not None:
            problems += [*self.corpus.problems, *dict.fromkeys(self._told)]
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
                self._after("corpus")
                return False
            with self.ledger.timed("corpus", len(new), f"{len(new)} pictures read") as advance:
                intake.store.add(new, self.options.jobs, advance)
        self.taken = intake.take(today().isoformat())
        if not self.options.dry_run:
            # Pictures of what is gone first: the register then says that they are gone.
            self.keeping.save(self.corpus)
            intake.save(self.taken)
        return True

    @cached_property
    def shown(self) -> Shown:
        """The pictures as the site may show them."""
        return Shown(self.intake.store, self.corpus)

    @cached_property
    def keeping(self) -> Keeping:
        """Pictures that outlive their files."""
        return Keeping(self.folder, self.settings, self.intake.store, self.out)

    @cached_property
    def drawn(self) -> drawn.Drawn:
        """Pictures in black and white, and drafts in lines."""
        return drawn.Drawn(self.ledger, self.shown, self.corpus, self.settings)

    def pack(self, seen: list[Seen]) -> Packing:
        """The atlas, in the order of the first view's grid."""
        grid = seen[0].arranged.grid
        return Packing(self.ledger, self.shown, self.corpus, grid)

    def _pages(self, seen: list[Seen], packing: Packing) -> Published | None:
        folder_of(self.ledger.workspace)
        assert self.drawn  # asked for first, so that its folders are kept
        atlas = packing.atlas
        parts = self._inputs(seen) | {
            "version": VERSIONS["pages"],
            "atlas": atlas.fingerprint,
            "templates": digest(data_dir("templates")),
            "looks": self.looks.fingerprint,
            "front end": digest(data_dir("static")),
            "outlines": outlined.VERSION,
            "drawn": drawn.VERSIONS,
            "days": self.margin.days,
            "built": built(),
            "releases": [[one.label, one.sha256, one.doi, one.note] for one in self.releases],
            "kept": sorted(self.keeping.names(self.corpus)),
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
        for one in self._outlines.values():
            one.run(self.options.jobs)
        self.drawn.make(self.options.jobs)
        site = self.site(seen, atlas)
        previews = Previews(self.ledger, self.shown, site)
        previews.draw(self.options.jobs)
        with self.ledger.timed("pages", self._expected(site), "site written") as advance:
            published = publish(self.out, mark, self._files(site, packing, previews), advance)
        report.done += len(published.files)
        return published

    def _inputs(self, seen: list[Seen]) -> dict[str, object]:
        """What the catalogue says, whatever it looks like: its version is a hash of this."""
        return {
            "corpus": fingerprint({"corpus": corpus_to_json(self.corpus)}),
            "settings": self.settings.model_dump(mode="json", exclude={"site": {"theme"}}),
            "views": [[card.checksum for card in one.cards] + one.fingerprints for one in seen],
            "measures": self._measured,
            "alignments": self.laid.fingerprint,
            "collations": self.collated.fingerprint if self.collated else "",
            "beside": self.margin.fingerprint,
            "volvelle": __version__,
        }

    def _why_pages(self, former: Published | None, mark: str, parts: dict[str, object]) -> str:
        if former is None:
            return "never made here"
        if former.fingerprint == mark:
            return "files of the site are missing or changed"
        return self.ledger.workspace.why("pages", parts)

    def site(self, seen: list[Seen], atlas: Made[Atlas]) -> SiteInput:
        version = fingerprint(self._inputs(seen))
        pieces = {name: one.of_all() for name, one in self._outlines.items()}
        results = (self.settings, self.corpus, seen, self.judged, atlas.value, version, built())
        gathered = gather(*results, pieces, self.laid.of_views)
        kept, beside = self.keeping.names(self.corpus), self.margin.beside
        sides = self.collated.value if self.collated else None
        whole = replace(
            gathered,
            releases=self.releases,
            drawings=self.drawn.drawings(),
            kept=kept,
            beside=beside,
            theme=self.looks.theme,
        )
        return replace(whole, news=news_of(whole), collated=sides)

    @cached_property
    def _outlines(self) -> dict[str, Outlined]:
        """What draws the pieces that a view compared, for each view that has pieces."""
        return outlined.of_views(self.ledger, self.describing.pictures, self.settings.views)

    def _expected(self, site: SiteInput) -> int:
        """About how many files the site will have, for the bar."""
        return 6 * len(self.corpus.images) + 2 * sum(level.pages for level in site.atlas.levels)

    def _files(
        self, site: SiteInput, packing: Packing, previews: Previews
    ) -> Iterator[tuple[str, bytes | Path]]:
        """Every file of the site: pages and data, exports, front end, pictures, atlas."""
        yield from render(site)
        yield from export_files(site)
        yield from further_files(site)
        static = data_dir("static")
        for path in sorted(path for path in static.rglob("*") if path.is_file()):
            yield f"assets/{path.relative_to(static).as_posix()}", path
        yield from self.shown.files()
        yield from self.keeping.files(self.corpus)
        yield from claims_files(self.folder, self.releases)
        yield from self.looks.site_files()
        yield from previews.files()
        yield from self.drawn.files()
        yield from packing.files(self.settings.site.portable)
