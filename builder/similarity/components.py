"""Principal components through the matrix of likenesses, and cosines to the centres of groups."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

_EXACT = 8000  # contents up to which all take part in finding the components
_LANDMARKS = 4000  # as many take part where there are more
_AT_ONCE = 512
_NOTHING = 1e-7  # share of the variance below which a component is rounding
_ROUNDING = 1e-7  # the same of the mean squared length, for likenesses in float32


@dataclass(frozen=True)
class Components:
    """Principal components of n images.

    Attributes:
        scores: (n, c) float32, where each image lies on each component.
        share: (c,) float64, the share of the variance that each component holds.
        spectrum: (m,) float64, the same of all components, descending, summing to 1: the curve.
        landmarks: (l,) int64, the contents that the components were found from.
        basis: (l, c) float64; with `towards` and `centre` it places what was not there (`place`).
        towards: (l,) float64, mean likeness of each landmark to all of them.
        centre: (1,) float64, mean of `towards`.
        weight: (l,) float64, the share of the images that each landmark stands for.
    """

    scores: NDArray[np.float32]
    share: NDArray[np.float64]
    spectrum: NDArray[np.float64]
    landmarks: NDArray[np.int64]
    basis: NDArray[np.float64]
    towards: NDArray[np.float64]
    centre: NDArray[np.float64]
    weight: NDArray[np.float64]

    def place(self, likeness: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scores of pictures by their likeness to the landmarks.

        Args:
            likeness: (q, l), on the scale of the matrix that the components were found from.

        Returns:
            (q, c) float32. A picture that is a landmark gets the scores that it has.
        """
        result = np.empty((len(likeness), self.basis.shape[1]), np.float32)
        for start in range(0, len(likeness), _AT_ONCE):
            rows = likeness[start : start + _AT_ONCE].astype(np.float64)
            rows -= (rows @ self.weight)[:, None] + self.towards[None, :] - self.centre
            result[start : start + _AT_ONCE] = rows @ self.basis
        return result


def principal_components(
    gram: NDArray[np.float32], index: NDArray[np.int64], count: int, exact: int = _EXACT
) -> Components:
    """Leading principal components of the images, from likenesses alone.

    With G the cosines of the images and H = I - 11'/n the eigenvectors of HGH = U L U' give the
    scores U sqrt(L): exact, without the features (kernel principal components, Schoelkopf and
    others 1998). Up to 8,000 contents all take part; of more, 4,000 landmarks spread evenly find
    the components and the others are placed by their likeness to them (Nystroem), which takes
    memory for 4,000 x 4,000 numbers, however many images there are.

    A likeness that is no inner product (the best of several orientations, say) has negative
    eigenvalues too; they are no variance. Shares are of the sum of the positive ones.

    Args:
        gram: (u, u) likenesses of the distinct contents, symmetric.
        index: (n,) the content of each image.
        count: components wanted; fewer come back where the rank is lower.
        exact: contents up to which all take part.

    Returns:
        The components; the sign of each is fixed: its largest score in absolute value is positive.
    """
    chosen = np.arange(len(gram))
    if len(gram) > exact:
        chosen = np.linspace(0, len(gram) - 1, min(_LANDMARKS, exact)).astype(np.int64)
    likeness = gram if len(chosen) == len(gram) else gram[:, chosen]
    weight = np.bincount(index, minlength=len(gram)).astype(np.float64)[chosen]
    found = _found(likeness[chosen], weight / weight.sum(), chosen, count)
    return _signed(found, found.place(likeness), index)


def _found(
    square: NDArray[np.float32],
    weight: NDArray[np.float64],
    landmarks: NDArray[np.int64],
    count: int,
) -> Components:
    """Components of the landmarks, (l, l) likenesses, without scores."""
    matrix = square.astype(np.float64)
    towards = matrix @ weight
    centre = towards @ weight
    root = np.sqrt(weight)
    matrix -= towards[None, :] + towards[:, None] - centre
    matrix *= root[:, None] * root[None, :]
    values, vectors = _descending(matrix)
    values = np.maximum(values, 0)
    least = _ROUNDING * float(np.abs(np.diagonal(square)).mean(dtype=np.float64))
    real = values > max(float(values.sum()) * _NOTHING, least)
    spectrum = values[real] / max(float(values[real].sum()), 1e-300)
    kept = min(count, len(spectrum))
    basis = vectors[:, :kept] * root[:, None] / np.sqrt(values[:kept])[None, :]
    none = np.zeros((0, kept), np.float32)
    mean = np.array([centre])
    return Components(none, spectrum[:kept], spectrum, landmarks, basis, towards, mean, weight)


def _signed(found: Components, scores: NDArray[np.float32], index: NDArray[np.int64]) -> Components:
    """Components whose largest score in absolute value is positive, with the images' scores."""
    turned = np.ones(scores.shape[1])
    if scores.size:
        peaks = scores[np.abs(scores).argmax(axis=0), np.arange(scores.shape[1])]
        turned = np.where(peaks < 0, -1.0, 1.0)
    own = (scores * turned.astype(np.float32))[index]
    return replace(found, scores=own, basis=found.basis * turned)


def _descending(
    square: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Eigenvalues of a symmetric matrix, largest first, and their vectors; it is used up."""
    from scipy.linalg import eigh

    # Divide and conquer: all values and vectors for about the price of the values alone.
    values, vectors = eigh(square, overwrite_a=True, check_finite=False, driver="evd")
    return values[::-1], vectors[:, ::-1]


def principal_scores(
    gram: NDArray[np.float32], index: NDArray[np.int64], count: int
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Scores and shares of `principal_components`."""
    found = principal_components(gram, index, count)
    return found.scores, found.share


def holding(spectrum: NDArray[np.float64], share: float) -> int:
    """How many leading components hold at least `share` of the variance; all if they hold less."""
    reached = np.flatnonzero(np.cumsum(spectrum) >= share - 1e-12)
    return int(reached[0]) + 1 if len(reached) else len(spectrum)


def centre_cosines(
    gram: NDArray[np.float32], index: NDArray[np.int64], labels: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Cosine of each image with the mean (of unit-length features) of its group.

    Args:
        gram: (u, u) cosines of the distinct contents.
        index: (n,) the content of each image.
        labels: (n,) group of each image; -1 is none and gives 0.
    """
    result = np.zeros(len(index), np.float32)
    for label in np.unique(labels[labels >= 0]):
        members = np.flatnonzero(labels == label)
        contents, inverse = np.unique(index[members], return_inverse=True)
        share = np.bincount(inverse) / len(members)
        towards = gram[np.ix_(contents, contents)] @ share
        length = np.sqrt(max(float(share @ towards), 1e-12))
        result[members] = (towards / length)[inverse]
    return np.clip(result, -1, 1)
