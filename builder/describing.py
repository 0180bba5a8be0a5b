"""What the descriptors of a catalogue's views say, each worked out once for all views."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.corpus.picture import read_picture
from builder.features.backbones import kind, vectors_file
from builder.features.cards import model_card
from builder.features.describe import turns
from builder.features.own_vectors import no_question, read_vectors
from builder.features.prepare import longest_needed
from builder.features.store import FeatureStore
from builder.features.types import ModelCard
from builder.intake import Intake, Taken
from builder.ledger import Ledger, Made
from builder.products import KeptProducts
from builder.settings import DescriptorSettings, ImagesSettings
from builder.similarity.axes import Axes
from builder.similarity.dihedral import ARRANGED
from builder.similarity.groups import source_groups
from builder.similarity.pieces import PieceLikeness
from builder.similarity.whole import Inner
from builder.workspace import fingerprint

VERSIONS = {"features": 4, "axes": 1, "matrix": 2}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""

_ANSWERS_KEPT = 64  # pictures from outside whose likenesses are remembered

Picture = tuple[NDArray[np.uint8], tuple[int, int, int]]
Load = Callable[[str, int], Picture]


@dataclass(frozen=True)
class Pictures:
    """The pictures of the corpus, as the views need them.

    Attributes:
        ids: (n,) of the images, by which own vectors are found.
        hashes: (n,) content of each image.
        sources: (n,) source of each image.
        ground: colour under transparent pictures, which changes what networks see.
        load: gives a picture by its hash, the longer side at most as asked, and its ground.
    """

    ids: list[str]
    hashes: list[str]
    sources: list[str]
    ground: str
    load: Load


def pictures_of(intake: Intake, taken: Taken, images: ImagesSettings) -> Pictures:
    """The pictures of a corpus that was read."""

    def load(sha256: str, longest: int) -> Picture:
        path = taken.by_content[sha256]
        picture = read_picture(path, longest, images.ground, images.max_megapixels)
        return picture.pixels, intake.store.known[sha256].ground

    rows = taken.corpus.images
    return Pictures(
        [image.id for image in rows],
        [image.sha256 for image in rows],
        [image.source for image in rows],
        images.ground,
        load,
    )


class Contents:
    """Distinct pictures of distinct groups of sources: what is compared with what.

    The same picture in two manuscripts is two contents, because the mean of its source may be
    taken off. Within a source equal pictures are one, which keeps ties exact.

    Attributes:
        first: (u,) an image that has this content.
        groups: (u,) its group of sources.
        index: (n,) content of each image.
    """

    def __init__(self, pictures: Pictures, apart: bool) -> None:
        groups = source_groups(pictures.sources)
        keys: dict[tuple[str, int, int], int] = {}
        index = [
            keys.setdefault((sha256, int(group), row if apart else -1), len(keys))
            for row, (sha256, group) in enumerate(zip(pictures.hashes, groups, strict=True))
        ]
        self.index = np.array(index, np.int64)
        self.first = np.unique(self.index, return_index=True)[1].astype(np.int64)
        self.groups = groups[self.first]
        self.hashes = [pictures.hashes[row] for row in self.first]
        self.mark = fingerprint({"contents": [pictures.hashes, groups.tolist(), apart]})


def _key(pixels: NDArray[np.uint8]) -> str:
    """One text for equal pictures, by their pixels."""
    return f"{pixels.shape} {hashlib.sha256(pixels.tobytes()).hexdigest()}"


class Descriptor:
    """One descriptor at work: its features, its axes, and the likeness of all contents."""

    def __init__(self, room: Describing, settings: DescriptorSettings) -> None:
        self.settings = settings
        self._room = room
        self._stored = kind(settings.backbone) != "vectors"
        self._contents = room.pictured if self._stored else room.contents
        self.card: ModelCard = model_card(settings, room.folder)
        self._answers: dict[str, NDArray[np.float32]] = {}

    @cached_property
    def store(self) -> FeatureStore:
        """Its features; views and descriptors that see alike share them."""
        s, card = self.settings, self.card
        parts = {
            "version": VERSIONS["features"],
            "model": [card.backbone, card.layer, card.checksum, list(card.shape)],
            "preparation": [s.preparation, s.size, s.fit, s.crop, s.pooling, turns(s)],
            "ground": self._room.pictures.ground,
        }
        path = self._room.ledger.workspace.path(self._name("features"), ".npy", parts)
        return FeatureStore(path, int(np.prod(card.shape)), turns(s))

    def describe(self, device: str, jobs: int) -> None:
        """Describe the pictures that the store does not hold yet."""
        if not self._stored:
            return
        from builder.features.describe import into_store

        ledger, load, store = self._room.ledger, self._room.pictures.load, self.store
        distinct = dict.fromkeys(self._room.pictures.hashes)
        missing = [sha256 for sha256 in distinct if sha256 not in store]
        report = ledger.account("features")
        report.done += len(missing)
        report.reused += len(distinct) - len(missing)
        if not missing:
            return
        report.why = report.why or f"{len(missing)} pictures not described yet"
        if ledger.dry_run:
            return
        ledger.workspace.prepare()
        longest = longest_needed(self.settings)
        what = f"{len(missing)} described by {self.card.backbone}"
        with ledger.timed("features", len(missing), what) as advance:

            def picture(i: int) -> Picture:
                return load(missing[i], longest)

            folder = self._room.folder
            into_store(store, missing, self.settings, folder, picture, device, jobs, advance)

    @property
    def _parts(self) -> dict[str, object]:
        seen = self.store.array.name if self._stored else self.card.checksum
        s = self.settings
        return {
            "features": seen,
            "contents": self._contents.mark,
            "scaling": [s.centring, s.components, s.whitening],
        }

    @cached_property
    def _rows(self) -> tuple[NDArray[Any], NDArray[np.int64], list[tuple[float, ...]]]:
        """Features of all, the first row of each content, and the weights of its pieces."""
        contents = self._contents
        if self._stored:
            held = [self.store[sha256] for sha256 in contents.hashes]
            starts = np.array([one.start for one in held], np.int64)
            return self.store.open(), starts, [one.weights for one in held]
        path = self._room.folder / vectors_file(self.settings.backbone)
        vectors = read_vectors(path, self._room.pictures.ids)
        return vectors, contents.first, [(1.0,)] * len(contents.first)

    @cached_property
    def _groups(self) -> NDArray[np.int64]:
        """Whose mean is taken off each content."""
        groups = self._contents.groups
        return groups if self.settings.centring == "source" else np.zeros_like(groups)

    @cached_property
    def axes(self) -> Made[dict[str, NDArray[Any]]]:
        """Means and principal axes."""
        parts = {"version": VERSIONS["axes"], **self._parts}

        def make(_: object) -> records.Write:
            axes = self._fit()
            return records.archive(vars(axes))

        return self._room.ledger.artifact(
            "neighbours", self._name("axes"), parts, make, records.read_arrays
        )

    def _fit(self) -> Axes:
        from builder.similarity import turning
        from builder.similarity.axes import fit_axes, no_axes

        array, starts, weights = self._rows
        s = self.settings
        if s.drawn:
            rows, owner = turning.piece_rows(starts, weights, turns(s))
            groups = self._groups[owner]
            arrange, centred = ARRANGED[s.backbone], s.centring != "none"
            return turning.fit_turned_axes(
                array, rows, groups, s.components, s.whitening, centred, arrange
            )
        if not s.components:
            return no_axes(array, starts, self._groups, s.centring != "none")
        return fit_axes(
            array, starts, self._groups, s.components, s.whitening, s.centring != "none"
        )

    @cached_property
    def fitted(self) -> Axes:
        """The axes, read."""
        return Axes(**self.axes.value)

    @cached_property
    def pieces(self) -> PieceLikeness | None:
        """Likeness by pieces and turns; None where contents are compared whole and upright."""
        from builder.similarity.turning import Figures

        if self._whole:
            return None
        s, each = self.settings, turns(self.settings)
        arrange, upright = ARRANGED.get(s.backbone), s.orientations == "upright"
        array, starts, weights = self._rows
        figures = Figures(array, starts, weights, self._groups, self.fitted, each, arrange, upright)
        return figures.likeness(s.turned_penalty)

    @property
    def _whole(self) -> bool:
        """Whether pictures are compared as one piece and as they are."""
        s = self.settings
        return s.orientations == "upright" and s.backbone not in ARRANGED

    @property
    def _inner(self) -> Inner:
        """Gives inner products of rows; those of former builds where rows are used as they are."""
        from builder.similarity.gram import inner_gram

        if self._stored and self._whole and not self.settings.components:
            return KeptProducts(self._room.ledger.workspace, self.store)
        return inner_gram

    @cached_property
    def matrix(self) -> Made[dict[str, NDArray[Any]]]:
        """Likeness of every content with every content, (u, u)."""
        s = self.settings
        turning = [s.orientations, s.turned_penalty]
        parts = {"version": VERSIONS["matrix"], "axes": self.axes.fingerprint, "turning": turning}

        inner = self._inner  # asked for here, so that what is kept counts as used in every build

        def make(advance: Callable[[int], None]) -> records.Write:
            return records.archive({"matrix": self._compare(advance, inner)})

        return self._room.ledger.artifact(
            "neighbours",
            self._name("likeness"),
            parts,
            make,
            records.read_arrays,
            len(self._contents.first),
        )

    @property
    def index(self) -> NDArray[np.int64]:
        """(n,) which of the contents that this descriptor tells apart each image has."""
        return self._contents.index

    @cached_property
    def likeness(self) -> NDArray[np.float32]:
        """`matrix`, read, over the contents that all views of the catalogue tell apart."""
        found: NDArray[np.float32] = self.matrix.value["matrix"]
        if self.pieces is not None:
            # Either of the two may be the one that is turned, and neither is right by itself.
            found = (found + found.T) * np.float32(0.5)
        if self._contents is self._room.contents:
            return found
        place = self._contents.index[self._room.contents.first]
        return found[np.ix_(place, place)]

    def _compare(self, advance: Callable[[int], None], inner: Inner) -> NDArray[np.float32]:
        from builder.similarity.whole import whole_matrix

        if self.pieces is not None:
            return self.pieces.matrix(advance)
        array, starts, _ = self._rows
        return whole_matrix(array, starts, self._groups, self.fitted, advance, inner)

    def asked(self, pictures: Sequence[Picture]) -> NDArray[np.float32]:
        """Likeness of m pictures from outside with every content, (m, u).

        Answers are kept for a while, so that views that share the descriptor describe a picture
        once.

        Raises:
            SettingsError: the descriptor is the user's own vectors, which a new picture has not.
        """
        if not self._stored:
            raise no_question(self.settings.backbone)
        wanted = {_key(pixels): (pixels, ground) for pixels, ground in pictures}
        new = [key for key in wanted if key not in self._answers]
        found = self._answered([wanted[key] for key in new]) if new else []
        self._answers |= dict(zip(new, found, strict=True))
        result = np.stack([self._answers[_key(pixels)] for pixels, _ in pictures])
        for key in list(self._answers)[:-_ANSWERS_KEPT]:
            del self._answers[key]
        return result

    def _answered(self, pictures: Sequence[Picture]) -> Sequence[NDArray[np.float32]]:
        """The likenesses of each picture, (u,), worked out."""
        from builder.features.describe import network_rows, strokes_of_all

        if self.settings.drawn:
            assert self.pieces is not None
            described = strokes_of_all([pixels for pixels, _ in pictures], self.settings)
            return [self.pieces.asked_rows(rows, weights[0]) for rows, weights in described]
        rows = network_rows(pictures, self.settings, self._room.folder, self._room.device)
        if self.pieces is not None:
            each = np.split(rows, len(pictures))
            return [self.pieces.asked_rows(own, (1.0,)) for own in each]
        from builder.similarity.whole import whole_asked

        if self.fitted.matrix.size:
            return list(self.fitted.apply(rows) @ self._vectors.T)
        array, starts, _ = self._rows
        return list(whole_asked(rows, array, starts, self._groups, self.fitted))

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        """The contents as short vectors, (u, c), worked out once for all questions."""
        from builder.similarity.axes import project

        array, starts, _ = self._rows
        return project(array, starts, self._groups, self.fitted)

    def _name(self, what: str) -> str:
        return f"{what}-{self.card.backbone.replace(':', '-').replace('/', '-')}"


class Describing:
    """The descriptors of a catalogue.

    Args:
        ledger: makes what is missing.
        pictures: of the corpus.
        descriptors: of all views.
        folder: of the catalogue.
        device: where networks run.
    """

    def __init__(
        self,
        ledger: Ledger,
        pictures: Pictures,
        descriptors: list[DescriptorSettings],
        folder: Path,
        device: str,
    ) -> None:
        self.ledger, self.pictures, self.folder, self.device = ledger, pictures, folder, device
        apart = any(kind(one.backbone) == "vectors" for one in descriptors)
        # Own vectors may tell images apart whose pictures are the same; networks cannot.
        self.pictured = Contents(pictures, apart=False)
        self.contents = Contents(pictures, apart=True) if apart else self.pictured
        self._made: dict[DescriptorSettings, Descriptor] = {}

    def __getitem__(self, settings: DescriptorSettings) -> Descriptor:
        """The descriptor of some settings, whatever its weight in a view."""
        plain = settings.model_copy(update={"weight": 1.0})
        if plain not in self._made:
            self._made[plain] = Descriptor(self, plain)
        return self._made[plain]
