"""The map: UMAP over principal components, then pictures moved apart until each can be seen."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from builder.layouts.frame import normalise, spread
from builder.layouts.types import Layout

_LEAST = 12  # fewer distinct pictures than this have no neighbourhoods to unfold


def project(
    vectors: NDArray[np.float32], neighbours: int, min_distance: float, seed: int
) -> NDArray[np.float64]:
    """Positions by UMAP (McInnes and others 2018; umap-learn), cosine metric, one seed.

    Args:
        vectors: (n, d) principal component scores.
        neighbours, min_distance: UMAP's n_neighbors and min_dist.
        seed: makes it repeatable (and single-threaded).

    Returns:
        (n, 2), any scale. Very small collections lie by their first two components.
    """
    contents, index = np.unique(vectors, axis=0, return_inverse=True)
    if len(contents) < _LEAST or vectors.shape[1] < 3:
        return _first_two(vectors)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from umap import UMAP

        mapper = UMAP(
            n_neighbors=min(neighbours, len(contents) - 1),
            min_dist=min_distance,
            metric="cosine",
            init="pca",
            random_state=seed,
            n_jobs=1,
        )
        positions = np.asarray(mapper.fit_transform(contents), np.float64)
    return positions[np.asarray(index).ravel()]


def map_layout(positions: NDArray[np.float64]) -> Layout:
    """The layout "map": positions turned to lie broad, scaled to 0-1, pictures moved apart."""
    xy = normalise(_lie_broad(positions))
    size = _room(xy)
    parted = spread(xy, size)
    extent = max(float(np.ptp(parted, axis=0).max()), size)
    return Layout("map", "positions", normalise(parted).astype(np.float32), size / extent)


def _first_two(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    positions = np.zeros((len(vectors), 2))
    positions[:, : min(2, vectors.shape[1])] = vectors[:, :2]
    return positions


def _lie_broad(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn a map so that its longest extent lies across the screen."""
    centred = positions - positions.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    # Which end is left is free; fix it by where the far ends lie.
    skew = (turned**3).sum(axis=0)
    return np.asarray(turned * np.where(skew < 0, -1, 1), np.float64)


def _room(xy: NDArray[np.float64]) -> float:
    """Side of a picture: half the map is covered, wherever pictures lie close or far."""
    width, height = np.maximum(np.ptp(xy, axis=0), 0.25)
    return float(np.sqrt(0.5 * width * height / len(xy)))
