"""The clusters stage of one view: every clustering of the settings, its names, its mean images."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from builder import records
from builder.clusters.match import Former
from builder.clusters.types import Cluster, Clustering, Facts, Fit
from builder.corpus.types import Corpus, Image
from builder.curated import Curated
from builder.errors import Problem
from builder.given_groups import column_values, file_values
from builder.ledger import Ledger, Made
from builder.likeness import Likeness
from builder.measures.leaving import spread
from builder.settings import ClustersSettings
from builder.similarity.calibrate import scale
from builder.workspace import fingerprint

VERSIONS = {"grouping": 2, "clusters": 2, "means": 2}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""

SUBJECTS = (
    "subject",
    "subjects",
    "topic",
    "theme",
    "motif",
    "keyword",
    "keywords",
    "tags",
    "iconography",
    "description",
    "caption",
    "sujet",
    "thema",
    "motiv",
    "soggetto",
    "tema",
)
"""Names of columns that say what a picture shows, in lower case."""

Picture = Callable[[str], NDArray[np.uint8]]
"""Gives a small picture, (h, w, 3), by the hash of its file."""


@dataclass(frozen=True)
class Surroundings:
    """What clusters are told of beside likeness; without a corpus they get numbers alone.

    Attributes:
        folder: of the catalogue, where a curator's files lie.
        corpus: the images.
        thumbnail: gives a small picture by the hash of its file; None leaves mean images out.
        ground: gives the colour of a picture's ground by the hash of its file.
        curated: clusters.csv, as it was read.
        roles: column of the metadata -> the part that the settings give it ("source", "title",
            "date"): columns that are known by that name alone.
    """

    folder: Path = field(default_factory=Path)
    corpus: Corpus | None = None
    thumbnail: Picture | None = None
    ground: Callable[[str], tuple[int, int, int]] = lambda _: (255, 255, 255)
    curated: Curated = field(default_factory=lambda: Curated({}))
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grouped:
    """One clustering of a view.

    Attributes:
        found: with proposed names, as layouts read it.
        named: with the names of clusters.csv, as it is shown.
        kept: what clusters.csv is to say of it.
        means: "<number>/mean" and "<number>/deviation" -> WebP, for clusters of two or more.
        problems: names that fit no cluster any more.
    """

    found: Made[Clustering]
    named: Made[Clustering]
    kept: tuple[Former, ...]
    means: Made[dict[str, bytes]] | None
    problems: tuple[Problem, ...]


class Grouping:
    """The clusterings of one view.

    Args:
        ledger: makes what is missing.
        view: name of the view.
        likeness: of the view.
        neighbours: fingerprint of its neighbours, on which families rest.
        components: its principal components, {"scores": (n, c), ...}.
        around: what is known besides.
        part: likeness of the images that are not left out; None if all take part.
    """

    def __init__(
        self,
        ledger: Ledger,
        view: str,
        likeness: Likeness,
        neighbours: str,
        components: Made[Any],
        around: Surroundings,
        part: Likeness | None = None,
    ) -> None:
        self.ledger, self.view, self.likeness = ledger, view, likeness
        self.neighbours, self.components, self.around = neighbours, components, around
        self.index = likeness.index
        self.part = part or likeness
        self.kept = np.isin(np.arange(len(self.index)), self.part.rows)

    def run(self, options: ClustersSettings) -> Grouped:
        """Make one clustering, and all that is shown of it."""
        fit = self.fit(options)
        found = self.clusters(options, fit)
        named, kept, problems = self.names(options, found)
        means = self.means(options, found) if self.around.thumbnail else None
        return Grouped(found, named, kept, means, problems)

    def fit(self, options: ClustersSettings) -> Made[Fit]:
        """Labels."""
        from builder.clusters.fit import steps

        parts: dict[str, object] = {
            "version": VERSIONS["grouping"],
            "clusters": options.model_dump(exclude={"name"}),
        }
        values: list[str] | None = None
        problems: tuple[Problem, ...] = ()
        if options.method in ("from-column", "from-file"):
            values, problems = self._given(options)
            parts |= {"values": values, "problems": [str(problem) for problem in problems]}
        else:
            parts["features"] = self.components.fingerprint
        if options.method == "families":
            parts["neighbours"] = self.neighbours
        if not self.kept.all():
            parts["kept"] = fingerprint({"kept": self.part.rows.tolist()})

        def make(advance: Callable[[int], None]) -> records.Write:
            fit = self._fit(options, values, advance)
            labels = spread(fit.labels, self.kept, -1)
            told = (*problems, *fit.problems)
            return records.write_fit(replace(fit, labels=labels, problems=told))

        count = steps(options, len(self.part.rows))
        return self._made("grouping", options, parts, make, records.read_fit, count)

    def _fit(
        self, options: ClustersSettings, values: list[str] | None, advance: Callable[[int], None]
    ) -> Fit:
        from builder.clusters.fit import fit, fit_families
        from builder.clusters.given import given

        if not len(self.part.rows):
            return _nothing(options)
        if values is not None:
            source = options.column or options.file
            kept = [values[row] for row in self.part.rows]
            return given(kept, f"groups given in {source}", source)
        if options.method == "families":
            band = self.part.bands()[0]
            scores = np.asarray(band(0, len(self.part.rows)), np.float32)
            return fit_families(scores, options, _threshold(options))
        return fit(self._vectors(options)[self.part.rows], options, advance)

    def _vectors(self, options: ClustersSettings) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self.components.value["scores"][:, : options.components]
        return vectors

    def clusters(self, options: ClustersSettings, fit: Made[Fit]) -> Made[Clustering]:
        """What is to be shown of each cluster."""
        facts = self.facts
        parts = {
            "version": VERSIONS["clusters"],
            "grouping": fit.fingerprint,
            "features": self.components.fingerprint,
            "name": options.name,
            "facts": fingerprint({"facts": list(vars(facts).values())}),
        }

        def make(_: object) -> records.Write:
            from builder.clusters.represent import represent
            from builder.similarity.components import centre_cosines

            labels = fit.value.labels
            cosines = centre_cosines(self.likeness.matrix, self.index, labels)
            vectors = self._vectors(options)
            return records.write_clustering(
                represent(fit.value, vectors, cosines, facts, options.name)
            )

        return self._made("clusters", options, parts, make, records.read_clustering)

    @cached_property
    def facts(self) -> Facts:
        """Sources, dates and words of the images."""
        if self.around.corpus is None:
            return Facts()
        images = self.around.corpus.images
        return Facts(
            tuple(image.source for image in images),
            tuple((image.date.first, image.date.last) if image.date else None for image in images),
            tuple(_phrases(image) for image in images),
            tuple(image.title for image in images),
        )

    def names(
        self, options: ClustersSettings, found: Made[Clustering]
    ) -> tuple[Made[Clustering], tuple[Former, ...], tuple[Problem, ...]]:
        """The clustering under the names of clusters.csv, what that is to say, and what is lost."""
        former = self.around.curated.rows.get((self.view, options.name), ())
        if self.around.corpus is None or (self.ledger.dry_run and not found.path.exists()):
            return found, former, ()
        from builder.clusters.match import rename

        ids = [image.id for image in self.around.corpus.images]
        renamed = rename(found.value, former, ids)
        outcome = [(one.name, one.changed) for one in renamed.clustering.clusters]
        parts = {"clusters": found.fingerprint, "names": outcome}
        problems = tuple(_lost(self.view, one) for one in renamed.lost)
        named = Made(found.path, parts, lambda _: renamed.clustering)
        return named, renamed.kept, problems

    def means(self, options: ClustersSettings, found: Made[Clustering]) -> Made[dict[str, bytes]]:
        """Mean images of clusters of two or more that may be seen, with standard deviations."""
        assert self.around.corpus is not None
        images = self.around.corpus.images
        withheld = [row for row, image in enumerate(images) if image.access == "withheld"]
        parts = {
            "version": VERSIONS["means"],
            "clusters": found.fingerprint,
            "likeness": self.likeness.fingerprint,
            "pictures": fingerprint({"hashes": [image.sha256 for image in images]}),
            **({"withheld": withheld} if withheld else {}),
        }

        def make(advance: Callable[[int], None]) -> records.Write:
            pictures: dict[str, bytes] = {}
            hidden = set(withheld)
            for cluster in found.value.clusters:
                seen = [row for row in (cluster.medoid, *cluster.members) if row not in hidden]
                rows = list(dict.fromkeys(seen))
                if len(rows) > 1:
                    pictures |= self._mean(cluster.number, rows)
                advance(1)
            return records.write_pictures(pictures)

        return self._made("means", options, parts, make, records.read_pictures)

    def _mean(self, number: int, rows: Sequence[int]) -> dict[str, bytes]:
        """The mean of the images of some rows, all brought to how the first of them lies."""
        from builder.clusters.mean import mean_picture, squared

        around = self.around
        assert around.thumbnail is not None
        assert around.corpus is not None
        lie = self.likeness.lie(rows[0], np.array(rows))
        hashes = [around.corpus.images[row].sha256 for row in rows]
        squares = (squared(around.thumbnail(one), around.ground(one)) for one in hashes)
        mean, deviation = mean_picture(squares, lie.tolist())
        return {
            f"{number}/mean": _webp(mean),
            f"{number}/deviation": _webp(deviation),
        }

    def _given(self, options: ClustersSettings) -> tuple[list[str], tuple[Problem, ...]]:
        """The group of each image as somebody gave it, and what is wrong with that."""
        if self.around.corpus is None:
            return [""] * len(self.index), ()
        if options.method == "from-column":
            roles = {column.casefold(): role for column, role in self.around.roles.items()}
            column = roles.get(options.column.casefold(), options.column)
            return column_values(self.around.corpus, column)
        return file_values(self.around.folder, self.around.corpus, options.file)

    def _made(
        self,
        what: str,
        options: ClustersSettings,
        parts: Mapping[str, object],
        make: Callable[[Callable[[int], None]], records.Write],
        read: Callable[[Path], Any],
        steps: int = 1,
    ) -> Made[Any]:
        name = f"{what}-{self.view}" + (f"-{options.name}" if options.name else "")
        return self.ledger.artifact("clusters", name, parts, make, read, steps)


def with_rest(clustering: Clustering) -> Clustering:
    """A clustering in which the images of no cluster are one more, for layouts that place all."""
    rest = np.flatnonzero(clustering.labels < 0)
    if not len(rest):
        return clustering
    number, rows = len(clustering.clusters) + 1, tuple(rest.tolist())
    more = Cluster(number, "", rows, rows[0], rows[:5], (0.0,) * len(rows[:5]), 0.0)
    labels = np.where(clustering.labels < 0, number - 1, clustering.labels).astype(np.int32)
    return replace(clustering, labels=labels, clusters=(*clustering.clusters, more))


def _nothing(options: ClustersSettings) -> Fit:
    """No clusters at all, because every image is left out."""
    rule = "no image takes part, all are left out by images.exclude"
    return Fit(np.zeros(0, np.int32), 0, options.method, {"rule": rule, "chosen": 0})


def _phrases(image: Image) -> tuple[str, ...]:
    """What the metadata say of the subject, and the source."""
    said = [text for label, text in image.fields.items() if label.casefold() in SUBJECTS and text]
    return (*said, image.source) if image.source else tuple(said)


def _threshold(
    options: ClustersSettings,
) -> Callable[[NDArray[np.float32]], float] | None:
    """Gives the cut at which so many unrelated images may be expected to be as alike."""
    if isinstance(options.accept, str):
        return None
    accepted = float(options.accept)

    def cut(likeness: NDArray[np.float32]) -> float:
        from builder.clusters.families import lend

        lent = lend(likeness) if len(likeness) > 2 else likeness
        measured = scale(lambda start, stop: lent[start:stop], len(lent))
        if measured is None:
            return float(lent.max(initial=0))
        tried = np.linspace(float(lent.min()), float(lent.max()), 4096, dtype=np.float32)
        enough = measured.chance(tried, len(lent) - 1) <= accepted
        return float(tried[int(np.argmax(enough))] if enough.any() else tried[-1])

    return cut


def _lost(view: str, former: Former) -> Problem:
    name = former.name or former.proposed
    what = f'the name "{name}" fits no cluster of the view "{view}" any more; it is kept'
    return Problem("clusters.csv", what, "give the name to another cluster, or remove the line")


def _webp(picture: NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    PillowImage.fromarray(picture).save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
