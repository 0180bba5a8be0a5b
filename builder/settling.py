"""Where the images of an unfolded layout lie: as they did before, new ones beside their nearest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder.errors import Problem
from builder.places import Places, image_mark, read_places, rows_of, write_places
from builder.told import Told
from builder.workspace import canonical

_KEPT = 0.5  # share of the images that must have a place for a map to stay

Vectors = NDArray[np.float32]
Unfold = Callable[[Vectors], NDArray[np.float64]]


@dataclass(frozen=True)
class Unfolding:
    """An unfolded layout.

    Attributes:
        recipe: all that it is made with, but for the images; representable in JSON.
        vectors: gives (n, d) scores, asked only where places must be found.
        unfold: positions for scores.
        fresh: whether all images are unfolded anew when images change.
    """

    recipe: Mapping[str, object]
    vectors: Callable[[], Vectors]
    unfold: Unfold
    fresh: bool


class Settling:
    """The places of one unfolded layout, kept in a file.

    Args:
        path: of the file.
        told: ids and hashes of the images.
        unfolding: how places are found.
    """

    def __init__(self, path: Path, told: Told, unfolding: Unfolding) -> None:
        self.path, self.unfolding = path, unfolding
        self.ids, self.hashes = told.ids, told.hashes
        self.places, self.problems = self._read()

    def _read(self) -> tuple[Places, list[Problem]]:
        return read_places(self.path)

    @property
    def _alike(self) -> bool:
        """Whether the kept places were made in this way."""
        return canonical(self.places.recipe) == canonical(dict(self.unfolding.recipe))

    @property
    def whole(self) -> bool:
        """Whether every image, as it is now, has its place on this very layout."""
        same = self.places.of(self.ids, self.hashes)[2]
        this = self.places.images == image_mark(self.ids, self.hashes)
        return self._alike and bool(same.all()) and (this or not self.unfolding.fresh)

    def settle(self) -> None:
        """Find the places that are missing, and keep all.

        While at least half of the images have their places, those stay and the others are laid
        beside their nearest. Else, or when the recipe has changed, all are unfolded anew, and the
        whole is turned and mirrored to match the former places.
        """
        former, there, same = self.places.of(self.ids, self.hashes)
        stays = self._alike and not self.unfolding.fresh and same.mean() >= _KEPT
        if stays and self.places.size > 0:
            self._join(former, same)
        else:
            self._anew(former, there)
        self.places, _ = self._read()

    def _join(self, former: NDArray[np.float64], same: NDArray[np.bool_]) -> None:
        from builder.layouts.stay import joined

        xy, size = joined(self.unfolding.vectors(), same, former, self.places.size)
        rows = {**self.places.rows, **rows_of(self.ids, self.hashes, xy)}
        write_places(self.path, self.unfolding.recipe, size, self.places.images, rows)

    def _anew(self, former: NDArray[np.float64], there: NDArray[np.bool_]) -> None:
        from builder.layouts.project import lie_broad, spaced
        from builder.layouts.stay import aligned

        positions = self.unfolding.unfold(self.unfolding.vectors())
        some = np.count_nonzero(there) > 1
        xy, size = spaced(aligned(positions, former, there) if some else lie_broad(positions))
        rows = rows_of(self.ids, self.hashes, xy)
        mark = image_mark(self.ids, self.hashes)
        write_places(self.path, self.unfolding.recipe, size, mark, rows)

    @property
    def xy(self) -> NDArray[np.float64]:
        """(n, 2) places as they are kept."""
        return self.places.of(self.ids, self.hashes)[0]
