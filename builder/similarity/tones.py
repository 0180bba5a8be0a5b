"""How alike the tones of two drawings are in each of the eight orientations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COUNTS = 0.15
"""What the correlation of tones counts beside the likeness of pieces, where it is asked how a
drawing lies. Lines alone cannot tell which half of a moon is lit."""


class Tones:
    """Where the drawings of u pictures are dark.

    Args:
        vectors: (u, s * s), mean zero and length one, or zero; rows of squares.
    """

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._vectors = vectors
        self._side = round(vectors.shape[1] ** 0.5)

    def alike(self, i: int, others: NDArray[np.int64]) -> NDArray[np.float32]:
        """Correlation of drawing i, turned into each orientation, with others: (8, m)."""
        square = self._vectors[i].reshape(self._side, self._side)
        turned = [
            np.rot90(one, -quarters).ravel()
            for one in (square, square[:, ::-1])
            for quarters in range(4)
        ]
        return np.asarray(np.stack(turned) @ self._vectors[others].T, np.float32)
