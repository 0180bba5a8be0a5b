"""A view of a built catalogue, asked what is like an image."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.corpus.picture import estimate_ground
from builder.describing import Describing
from builder.likeness import Likeness
from builder.settings import ViewSettings


class Ranking:
    """Scores of every image for a question; compared within one answer only.

    Args:
        describing: the descriptors of the catalogue.
        view: which view is asked.
    """

    def __init__(self, describing: Describing, view: ViewSettings) -> None:
        self.view = view.name
        self._likeness = Likeness(describing, view)
        self._all, self._others = self._likeness.bands()

    def scores(self, row: int) -> NDArray[np.float32]:
        """(n,) score of every image for image `row`, among all."""
        return np.asarray(self._all(row, row + 1)[0])

    def scores_others(self, row: int) -> NDArray[np.float32]:
        """(n,) the same among other sources."""
        return np.asarray(self._others(row, row + 1)[0])

    def ask(self, pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """(m, n) scores of every image for m >= 1 pictures from outside, each (h, w, 3) RGB.

        Several at once cost less than one after another: networks describe them together.

        Raises:
            SettingsError: the view rests on the user's own vectors, which a new picture has not.
        """
        likeness = self._likeness
        known = [(pixels, estimate_ground(pixels)) for pixels in pictures]
        total = np.zeros((len(pictures), len(likeness.index)), np.float32)
        for one, part in zip(likeness.descriptors, likeness.parts, strict=True):
            total += one.asked(known)[:, one.index] * np.float32(part)
        if likeness.corrections is None:
            return total
        return np.stack([likeness.corrections[0].asked(scores) for scores in total])
