"""Unfolding: UMAP and t-SNE over principal components, or the first two components alone."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from builder.layouts.frame import in_place, normalise, room, spread
from builder.layouts.types import Layout, Mark

_LEAST = 12  # fewer distinct pictures than this have no neighbourhoods to unfold

Positions = NDArray[np.float64]


def project(
    vectors: NDArray[np.float32], neighbours: int, min_distance: float, seed: int
) -> Positions:
    """Positions by UMAP (McInnes and others 2018; umap-learn), cosine metric, one seed.

    Args:
        vectors: (n, d) principal component scores.
        neighbours, min_distance: UMAP's n_neighbors and min_dist.
        seed: makes it repeatable (and single-threaded).

    Returns:
        (n, 2), any scale. Very small collections lie by their first two components.
    """

    def unfold(contents: NDArray[np.float32]) -> object:
        from umap import UMAP

        mapper = UMAP(
            n_neighbors=min(neighbours, len(contents) - 1),
            min_dist=min_distance,
            metric="cosine",
            init="pca",
            random_state=seed,
            n_jobs=1,
        )
        return mapper.fit_transform(contents)

    return _distinct(vectors, unfold)


def tsne(vectors: NDArray[np.float32], perplexity: float, seed: int) -> Positions:
    """Positions by t-SNE (van der Maaten and Hinton 2008; scikit-learn), cosine metric, one seed.

    Args:
        vectors: (n, d) principal component scores.
        perplexity: about how many neighbours an image has; less where there are few images.
        seed: makes it repeatable.

    Returns:
        (n, 2), any scale. Very small collections lie by their first two components.
    """

    def unfold(contents: NDArray[np.float32]) -> object:
        from sklearn.manifold import TSNE
        from threadpoolctl import threadpool_limits

        # Sums over threads would depend on their number.
        with threadpool_limits(1):
            return TSNE(
                perplexity=min(perplexity, (len(contents) - 1) / 3),
                metric="cosine",
                init="pca" if contents.shape[1] > 2 else "random",
                random_state=seed,
                n_jobs=1,
            ).fit_transform(contents)

    return _distinct(vectors, unfold)


def _distinct(
    vectors: NDArray[np.float32], unfold: Callable[[NDArray[np.float32]], object]
) -> Positions:
    """Unfold each content once, so that copies neither make a neighbourhood nor part."""
    contents, index = np.unique(vectors, axis=0, return_inverse=True)
    if len(contents) < _LEAST or vectors.shape[1] < 3:
        return first_two(vectors)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        positions = np.asarray(unfold(contents), np.float64)
    return positions[np.asarray(index).ravel()]


def spaced(positions: Positions) -> tuple[Positions, float]:
    """Positions scaled to 0-1 with pictures moved apart, and the size of pictures."""
    xy = normalise(positions)
    size = room(xy)
    parted = spread(xy, size)
    extent = max(float(np.ptp(parted, axis=0).max()), size)
    return normalise(parted), size / extent


def map_layout(positions: Positions) -> Layout:
    """The layout "map": positions turned to lie broad, scaled to 0-1, pictures moved apart."""
    xy, size = spaced(lie_broad(positions))
    return Layout("map", "positions", xy.astype(np.float32), size)


def components_layout(vectors: NDArray[np.float32], share: NDArray[np.float64]) -> Layout:
    """The layout "pca": the first two principal components, true to scale.

    Args:
        vectors: (n, d) scores.
        share: (d,) of the variance, which the axes say.
    """
    plane = first_two(vectors) * [1, -1]  # the second component upwards
    xy = normalise(plane)
    size = 0.6 * room(xy)
    xy = in_place(xy, size)
    low, high = xy.min(axis=0), xy.max(axis=0)
    names = [f"component {at + 1}: {part:.1%}" for at, part in enumerate(share[:2])]
    places = [((low[0] + high[0]) / 2, high[1] + 1.5 * size), (low[0] + 0.1, low[1] - 1.5 * size)]
    marks = tuple(Mark(float(x), float(y), t) for (x, y), t in zip(places, names, strict=False))
    return Layout(
        "pca",
        "positions",
        xy.astype(np.float32),
        size,
        label="Principal components",
        note="Across and upwards lie the two directions in which the images differ most.",
        marks=marks,
    )


def first_two(vectors: NDArray[np.float32]) -> Positions:
    """The first two columns, zero where there are fewer."""
    positions = np.zeros((len(vectors), 2))
    positions[:, : min(2, vectors.shape[1])] = vectors[:, :2]
    return positions


def lie_broad(positions: Positions) -> Positions:
    """Turn a map so that its longest extent lies across the screen."""
    centred = positions - positions.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    # Which end is left is free; fix it by where the far ends lie.
    skew = (turned**3).sum(axis=0)
    return np.asarray(turned * np.where(skew < 0, -1, 1), np.float64)
