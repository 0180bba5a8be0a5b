"""A view of a built catalogue, asked what is like an image."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from builder.corpus.picture import estimate_ground
from builder.describing import Describing
from builder.likeness import Likeness
from builder.settings import ViewSettings
from builder.similarity.types import Band
from builder.verifying import drawing_of


class Ranking:
    """Scores of every image for a question; compared within one answer only.

    Images that are left out of the catalogue's neighbours are no answer: their score is -inf. They
    can be asked about, as a picture from outside can.

    Args:
        describing: the descriptors of the catalogue.
        view: which view is asked.
        kept: (n,) which images are not left out; None for all.

    Attributes:
        view: the view's name.
        likeness: of the view, among the images that are not left out.
    """

    def __init__(
        self, describing: Describing, view: ViewSettings, kept: NDArray[np.bool_] | None = None
    ) -> None:
        self.view = view.name
        self.likeness = Likeness(describing, view, kept)
        self._all, self._others = self.likeness.bands()
        n = len(describing.contents.index)
        self._place = np.full(n, -1)
        self._place[self.likeness.rows] = np.arange(len(self.likeness.rows))

    def scores(self, row: int) -> NDArray[np.float32]:
        """(n,) score of every image for image `row`, among all."""
        return self._scores(row, self._all)

    def scores_others(self, row: int) -> NDArray[np.float32]:
        """(n,) the same among other sources."""
        return self._scores(row, self._others)

    def _scores(self, row: int, band: Band) -> NDArray[np.float32]:
        at = int(self._place[row])
        if at >= 0:
            return np.asarray(self._of_all(np.asarray(band(at, at + 1)))[0], np.float32)
        likeness = self.likeness
        total = np.zeros((1, len(likeness.rows)), np.float32)
        for one, part in zip(likeness.descriptors, likeness.parts, strict=True):
            own = one.likeness[likeness.every[row]][likeness.index]
            total += own * np.float32(part)
        found = likeness.laid(self._corrected(total), [partial(likeness.drawing, row)])
        return np.asarray(self._of_all(found)[0], np.float32)

    def ask(self, pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """(m, n) scores of every image for m >= 1 pictures from outside, each (h, w, 3) RGB.

        Several at once cost less than one after another: networks describe them together.

        Raises:
            SettingsError: the view rests on the user's own vectors, which a new picture has not.
        """
        likeness = self.likeness
        known = [(pixels, estimate_ground(pixels)) for pixels in pictures]
        total = np.zeros((len(pictures), len(likeness.index)), np.float32)
        for one, part in zip(likeness.descriptors, likeness.parts, strict=True):
            total += one.asked(known)[:, one.index[likeness.rows]] * np.float32(part)
        drawings = [partial(drawing_of, one) for one in pictures]
        return self._of_all(likeness.laid(self._corrected(total), drawings))

    def _corrected(self, total: NDArray[np.float32]) -> NDArray[np.float32]:
        """(m, kept) plain likenesses with hubs held back, as the view does."""
        corrections = self.likeness.corrections
        if corrections is None:
            return total
        return np.stack([corrections[0].asked(scores) for scores in total])

    def _of_all(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """(m, kept) scores of the images that are not left out -> (m, n), -inf for the others."""
        if scores.shape[1] == len(self._place):
            return scores
        whole = np.full((len(scores), len(self._place)), -np.inf, np.float32)
        whole[:, self.likeness.rows] = scores
        return whole
