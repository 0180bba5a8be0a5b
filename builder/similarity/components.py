"""Principal components through the matrix of cosines, and cosines to the centres of groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FEW = 400  # below this all eigenvectors are had at once, faster than the leading ones one by one


def principal_scores(
    gram: NDArray[np.float32], index: NDArray[np.int64], count: int
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Scores of the leading principal components of the images' unit-length features.

    With G the cosines of the images and H = I - 11'/n the eigenvectors of HGH = U L U' give the
    scores U sqrt(L): exact, without the features.

    Args:
        gram: (u, u) cosines of the distinct contents.
        index: (n,) the content of each image.
        count: components wanted; fewer come back where the rank is lower.

    Returns:
        (n, c) float32 scores, and (c,) the share of the variance that each component holds.
        The sign of each component is fixed: its largest score in absolute value is positive.
    """
    # Images with one content have one score: weigh each content by its number of images.
    weight = np.bincount(index, minlength=len(gram)).astype(np.float64)
    centred = gram - (weight @ gram / weight.sum())[None, :]
    centred -= (centred @ weight / weight.sum())[:, None]
    root = np.sqrt(weight)
    matrix = centred * root[:, None] * root[None, :]
    values, vectors = _leading(matrix, min(count, max(len(gram) - 1, 1)))
    total = max(float(np.trace(matrix)), 1e-12)
    kept = values > total * 1e-7
    values, vectors = values[kept], vectors[:, kept]
    scores = vectors * np.sqrt(values)[None, :] / root[:, None]
    if scores.size:
        peaks = scores[np.abs(scores).argmax(axis=0), np.arange(scores.shape[1])]
        scores *= np.where(peaks < 0, -1, 1)[None, :]
    return scores[index].astype(np.float32), values / total


def _leading(
    matrix: NDArray[np.float64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The `count` largest eigenvalues of a symmetric matrix, descending, and their vectors."""
    from scipy.linalg import eigh
    from scipy.sparse.linalg import eigsh

    if len(matrix) <= _FEW or count > len(matrix) // 4:
        values, vectors = eigh(matrix)
    else:
        # A fixed start makes the iteration, and so the signs and last bits, repeatable.
        start = np.cos(np.arange(len(matrix), dtype=np.float64))
        values, vectors = eigsh(matrix, k=count, which="LA", v0=start)
    order = np.argsort(-values, kind="stable")[:count]
    return values[order], vectors[:, order]


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
