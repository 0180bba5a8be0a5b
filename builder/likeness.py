"""The likeness that a view sees: its descriptors added up, hubs held back, scores with meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from builder.describing import Describing
from builder.features.types import ModelCard
from builder.settings import ViewSettings
from builder.settings.views import TONED
from builder.similarity.blocks import hands
from builder.similarity.calibrate import scale
from builder.similarity.fuse import evened, fused, shares, spread
from builder.similarity.groups import source_groups
from builder.similarity.hubs import Correction, correction
from builder.similarity.neighbours import over_images, source_codes, top, top_in_bands
from builder.similarity.pieces import PieceLikeness
from builder.similarity.tones import COUNTS, Tones
from builder.similarity.types import Band, NeighbourList, Neighbours
from builder.similarity.verified import WEIGHT, Verified
from builder.verifying import Verifying
from builder.workspace import fingerprint


class Likeness:
    """Likeness of every image with every image in one view, or of those that are not left out.

    Args:
        describing: the descriptors of all views.
        view: which descriptors, and the rule for hubs.
        kept: (n,) which images take part; None for all. Rows are then numbered among those.

    Attributes:
        rows: (m,) rows of the images that take part, among all.
        every: (n,) the content of each image, whether it takes part or not.
        index: (m,) the content of each that takes part.
        sources: (m,) its source.
    """

    def __init__(
        self, describing: Describing, view: ViewSettings, kept: NDArray[np.bool_] | None = None
    ) -> None:
        sources = describing.pictures.sources
        self.view, self._describing = view, describing
        self.rows = np.arange(len(sources)) if kept is None else np.flatnonzero(kept)
        self.every = describing.contents.index
        self.index = self.every[self.rows]
        self.sources = [sources[row] for row in self.rows]
        self.descriptors = [describing[one] for one in view.descriptors]
        self.verifying = Verifying(describing, view) if view.verify else None

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """What describes the pictures, one card a descriptor."""
        return tuple(one.card for one in self.descriptors)

    @cached_property
    def fingerprint(self) -> str:
        """Of all that the likenesses rest on; making it makes the descriptors' artifacts."""
        parts = [one.matrix.fingerprint for one in self.descriptors]
        weights = [one.weight for one in self.view.descriptors]
        return fingerprint({"descriptors": parts, "weights": weights})

    @cached_property
    def parts(self) -> list[float]:
        """What each descriptor's likeness is multiplied by."""
        if len(self.descriptors) == 1:
            return [1.0]
        return shares([one.weight for one in self.view.descriptors], self._spreads)

    @cached_property
    def _spreads(self) -> list[float]:
        return [spread(band, len(self.index)) for band in self._bands]

    @cached_property
    def unit(self) -> float:
        """A standard deviation of the descriptor that counts most, on the scale of the scores."""
        return max(part * spread for part, spread in zip(self.parts, self._spreads, strict=True))

    @cached_property
    def matrix(self) -> NDArray[np.float32]:
        """Likeness of all contents, (u, u), made symmetric, hubs not held back."""
        total = sum(
            one.likeness * np.float32(part)
            for one, part in zip(self.descriptors, self.parts, strict=True)
        )
        matrix = np.asarray(total, np.float32)
        return np.asarray((matrix + matrix.T) * np.float32(0.5), np.float32)

    @cached_property
    def _bands(self) -> list[Band]:
        """Rows of the (n, n) likenesses of each descriptor.

        What a network says of line drawings still tells the hand, so that images of one source
        are spread otherwise than those of two; that is evened out where hubs are held back by one
        rule (the rule for each pair of sources does it by itself).
        """
        bands = [over_images(one.likeness, self.index) for one in self.descriptors]
        if len(bands) == 1 or self.view.hubs != "global":
            return bands
        codes = source_codes(self.sources)
        return [
            band if one.settings.drawn else evened(band, codes)
            for band, one in zip(bands, self.descriptors, strict=True)
        ]

    @cached_property
    def plain(self) -> Band:
        """Rows of the (n, n) likenesses, hubs not held back."""
        return fused(self._bands, self.parts)

    @cached_property
    def corrections(self) -> tuple[Correction, Correction] | None:
        """How hubs are held back among all and among other sources; None if they are not."""
        if self.view.hubs == "none":
            return None
        n, codes = len(self.index), source_codes(self.sources)
        if self.view.hubs == "sources":
            both = correction(self.plain, n, source_groups(self.sources))
            return both, both
        one = np.zeros(n, np.int64)
        return correction(self.plain, n, one), correction(self.plain, n, one, apart=codes)

    def bands(self) -> tuple[Band, Band]:
        """Rows of the final scores, among all and among other sources."""
        every, others = self._before
        if self.verified is None:
            return every, others
        weight = WEIGHT * self.unit
        sure = self.verified.band(every, self.index, weight)
        return sure, sure if every is others else self.verified.band(others, self.index, weight)

    @cached_property
    def _before(self) -> tuple[Band, Band]:
        """Rows of the scores before drawings are laid over each other."""
        if self.corrections is None:
            return self.plain, self.plain
        every, others = self.corrections
        return every.band(self.plain), others.band(self.plain)

    @cached_property
    def verified(self) -> Verified | None:
        """What laying drawings over each other adds; None if the view does not ask for it."""
        if self.verifying is None:
            return None
        seen = fingerprint({"likeness": self.fingerprint, "hubs": self.view.hubs})
        made = self.verifying.run(self._before, self.index, self.sources, seen)
        return Verified(**made.value)

    def drawing(self, row: int) -> NDArray[np.bool_]:
        """The line drawing of an image, whether it takes part or not, in a view that verifies."""
        assert self.verifying is not None
        return self.verifying.drawing(int(self.every[row]))

    def laid(
        self, scores: NDArray[np.float32], drawings: Sequence[Callable[[], NDArray[np.bool_]]]
    ) -> NDArray[np.float32]:
        """Scores of what takes no part, with the nearest laid over it if the view does so.

        Args:
            scores: (k, m) of every image that takes part for k pictures.
            drawings: (k,) give the line drawings.
        """
        if self.verifying is None or self.verified is None or not len(self.index):
            return scores
        result, weight = scores.copy(), np.float32(WEIGHT * self.unit)
        for own, drawing in zip(result, drawings, strict=True):
            nearest = top(own, np.ones(len(own), bool), self.view.verify)
            added = self.verifying.asked(drawing(), self.index[nearest], self.verified)
            own[nearest] += weight * added
        return result

    def neighbours(self, count: int) -> Neighbours:
        """The nearest images of each, with what their scores mean and how they lie."""
        n, (every, others) = len(self.index), self.bands()
        found = top_in_bands(every, n, self.sources, count)
        apart = found if every is others else top_in_bands(others, n, self.sources, count)
        lie = self._orientations(np.hstack([found.all.rows, apart.others.rows]))
        split = found.all.rows.shape[1]
        return Neighbours(
            self._explained(found.all, every, max(n - 1, 0), lie[:, :split]),
            self._explained(apart.others, others, self._others(), lie[:, split:]),
        )

    def _others(self) -> int:
        """Images of other sources that an image has, on average."""
        codes = source_codes(self.sources)
        sizes = np.bincount(codes, minlength=1)[codes] if len(codes) else np.zeros(1)
        return round(float(len(codes) - sizes.mean()))

    def _explained(
        self, found: NeighbourList, band: Band, candidates: int, lie: NDArray[np.uint8]
    ) -> NeighbourList:
        placed = replace(found, orientation=lie)
        measured = scale(band, len(self.index))
        if measured is None:
            return placed
        there = found.rows >= 0
        return replace(
            placed,
            percentile=np.where(there, measured.percentile(found.scores), 0).astype(np.float32),
            chance=np.where(there, measured.chance(found.scores, candidates), 0).astype(np.float32),
        )

    @cached_property
    def _turning(self) -> tuple[PieceLikeness, NDArray[np.int64]] | None:
        """The first descriptor that turns pictures, and the content of each image in it."""
        for one in self.descriptors:
            if one.settings.orientations != "upright" and one.pieces is not None:
                return one.pieces, one.index[self.rows]
        return None

    def lie(self, row: int, others: NDArray[np.integer]) -> NDArray[np.uint8]:
        """How other images lie compared with one, (m,) numbers 0 to 7.

        Args:
            row: the image that all are compared with.
            others: (m,) rows of the others.
        """
        if self._turning is None:
            return np.zeros(len(others), np.uint8)
        pieces, own = self._turning
        content = self.index
        more = COUNTS * self._tones.alike(int(content[row]), content[others])
        return pieces.orientations(int(own[row]), own[others], more)

    @cached_property
    def _tones(self) -> Tones:
        """Where each content is dark."""
        toned = self._describing[TONED]
        rows = toned.store.index(self._describing.contents.hashes)
        return Tones(np.asarray(toned.store.open()[rows], np.float32))

    def _orientations(self, rows: NDArray[np.int32]) -> NDArray[np.uint8]:
        """How the neighbours of every image lie."""
        result = np.zeros(rows.shape, np.uint8)
        if self._turning is None:
            return result

        def fill(row: int) -> None:
            there = rows[row] >= 0
            result[row, there] = self.lie(row, rows[row, there])

        with hands() as threads:
            list(threads.multiply.map(fill, range(len(rows))))
        return result


def score_words(view: ViewSettings) -> str:
    """What the number of a neighbour is in this view, in a sentence; "" for a plain cosine."""
    one = view.descriptors[0]
    plain = not one.drawn and len(view.descriptors) == 1
    if plain and view.hubs == "none":
        return ""
    what = "likeness of the drawings" if one.drawn else "likeness of the pictures"
    if len(view.descriptors) > 1:
        what = "likeness in all that this view compares, added up"
    held = (
        ", less what images that resemble everything have too much" if view.hubs != "none" else ""
    )
    return f"The number is the {what}{held}: the higher, the nearer."
