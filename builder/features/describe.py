"""Pictures that a store does not hold yet, described and stored a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from builder.features.backbones import choose
from builder.features.extract import extract, pick_device
from builder.features.prepare import to_square
from builder.features.store import FeatureStore
from builder.settings import ViewSettings

Load = Callable[[int], tuple[NDArray[np.uint8], tuple[int, int, int]]]
"""Gives picture i, (h, w, 3) RGB, and its ground."""


def into_store(
    store: FeatureStore,
    keys: Sequence[str],
    view: ViewSettings,
    load: Load,
    device: str,
    workers: int,
    progress: Callable[[int], None],
) -> None:
    """Describe pictures and append their rows; every finished batch is safe at once.

    Args:
        store: where rows go.
        keys: content hash of picture 0, 1, ...
        view: which network, and how pictures are prepared.
        load: gives a picture; called from several threads.
        device: "auto", "cpu", "cuda", "mps".
        workers: threads that decode.
        progress: called with the number of pictures done.
    """
    family, layer = choose(view.backbone, view.layer)
    network = family.load(layer)

    def square(i: int) -> NDArray[np.uint8]:
        pixels, ground = load(i)
        return to_square(pixels, view.size, view.fit, ground)

    done = 0
    batches = extract(network, square, len(keys), pick_device(device), view.pooling, workers)
    for rows in batches:
        store.append(keys[done : done + len(rows)], rows)
        done += len(rows)
        progress(len(rows))
