"""Candidates laid over each other, drawing over drawing; each pair of pictures once for all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.describing import Describing
from builder.features.store import FeatureStore
from builder.ledger import Made
from builder.settings.views import TRACED, ViewSettings
from builder.similarity.neighbours import top_in_bands
from builder.similarity.types import Band
from builder.similarity.verified import Verified, level, standing_out, verified
from builder.workspace import fingerprint

if TYPE_CHECKING:
    from builder.similarity.overlay import Ready

VERSION = 2
"""Of how pairs are laid over each other. Raised by hand when the numbers change."""

_KEPT = 4096  # pairs between two writes


class Verifying:
    """Pairs of contents that a view finds alike, laid over each other.

    Args:
        describing: the descriptors of all views, with the drawings among them.
        view: how many of the nearest are looked at.
    """

    def __init__(self, describing: Describing, view: ViewSettings) -> None:
        self._room, self._view = describing, view
        self._drawn = describing[TRACED]

    @property
    def _parts(self) -> dict[str, object]:
        return {"version": VERSION, "drawings": self._drawn.store.array.name}

    def run(
        self,
        bands: tuple[Band, Band],
        index: NDArray[np.int64],
        sources: list[str],
        seen: str,
    ) -> Made[dict[str, NDArray[Any]]]:
        """The candidates of every image laid over it.

        Args:
            bands: rows of the (n, n) scores, among all and among other sources.
            index: (n,) the content of each image.
            sources: (n,) source of each.
            seen: fingerprint of all that the scores rest on.
        """
        parts = {
            **self._parts,
            "scores": seen,
            "verify": self._view.verify,
            "images": fingerprint({"index": index.tolist(), "sources": sources}),
        }

        def make(advance: Callable[[int], None]) -> records.Write:
            pairs = self._candidates(bands, index, sources)
            worth = self._worth(pairs, advance)
            found = verified(pairs[:, 0], pairs[:, 1], worth, len(self._room.contents.hashes))
            return records.archive(vars(found))

        name = f"verified-{self._view.name}"
        # About so many pairs; some are candidates either way.
        steps = len(index) * self._view.verify
        ledger = self._room.ledger
        return ledger.artifact("neighbours", name, parts, make, records.read_arrays, steps)

    def asked(
        self, strokes: NDArray[np.bool_], contents: NDArray[np.int64], found: Verified
    ) -> NDArray[np.float32]:
        """What is added for candidates of a drawing from outside, (m,)."""
        from builder.similarity.overlay import coincidences, field

        own = field(strokes)
        pairs = [(-1, int(content)) for content in contents]
        worth = coincidences(pairs, lambda one: own if one < 0 else self._ready(one))
        return standing_out(worth, level(worth), found.levels[contents])

    def drawing(self, content: int) -> NDArray[np.bool_]:
        """The line drawing of a content, (SIDE, SIDE) bool."""
        from builder.similarity.overlay import SIDE, unpacked

        store = self._drawn.store
        held = store[self._room.contents.hashes[content]]
        if not held.weights:
            return np.zeros((SIDE, SIDE), bool)
        return unpacked(self._rows[held.start])

    def _candidates(
        self, bands: tuple[Band, Band], index: NDArray[np.int64], sources: list[str]
    ) -> NDArray[np.int64]:
        """(m, 2) contents, the lower number first, each pair once."""
        count, n = self._view.verify, len(index)
        # One search finds both lists, unless hubs are held back otherwise among other sources.
        found = [top_in_bands(band, n, sources, count) for band in dict.fromkeys(bands)]
        rows = np.hstack([found[0].all.rows, found[-1].others.rows])
        own = np.repeat(index, rows.shape[1])
        their = np.where(rows.ravel() >= 0, index[np.maximum(rows.ravel(), 0)], own)
        pairs = np.stack([np.minimum(own, their), np.maximum(own, their)], axis=1)
        return np.asarray(np.unique(pairs[own != their], axis=0), np.int64)

    def _worth(
        self, pairs: NDArray[np.int64], advance: Callable[[int], None]
    ) -> NDArray[np.float32]:
        """How well each pair coincides; pictures that were laid over each other once are known."""
        from builder.similarity.overlay import coincidences

        path = self._room.ledger.workspace.path("overlays", ".npy", self._parts)
        store = FeatureStore(path, 1)
        listed = [(int(one), int(other)) for one, other in pairs]
        keys = [self._key(*pair) for pair in listed]
        missing = {key: pair for key, pair in zip(keys, listed, strict=True) if key not in store}
        advance(len(keys) - len(missing))
        for some in _parted(list(missing), _KEPT):
            worth = coincidences([missing[key] for key in some], self._ready, advance)
            store.append(some, worth.astype(np.float16)[:, None])
        kept = store.open()
        return np.asarray(kept[store.index(keys), 0] if keys else np.zeros(0), np.float32)

    def _key(self, one: int, other: int) -> str:
        hashes = self._room.contents.hashes
        both = " ".join(sorted((hashes[one], hashes[other])))
        return hashlib.blake2b(both.encode(), digest_size=16).hexdigest()

    @cached_property
    def _ready(self) -> Ready:
        from builder.similarity.overlay import remembered

        return remembered(self.drawing)

    @cached_property
    def _rows(self) -> NDArray[np.float16]:
        return self._drawn.store.open()


def drawing_of(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The line drawing of a picture from outside, as it is laid over others."""
    from builder.features.prepare import for_strokes
    from builder.similarity.overlay import SIDE

    drawn = for_strokes(pixels, TRACED)
    return drawn[0][0] if drawn else np.zeros((SIDE, SIDE), bool)


def _parted(keys: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
