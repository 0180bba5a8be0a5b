"""Pictures that a store does not hold yet, described and stored a batch at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder.features import drawing, spectrum, strokes
from builder.features.backbones import choose
from builder.features.cards import weights_file
from builder.features.prepare import for_network, for_strokes
from builder.features.prepare.pieces import turned
from builder.features.prepare.tone import tone
from builder.features.store import FeatureStore
from builder.features.strokes import histogram
from builder.settings import DescriptorSettings
from builder.settings.views import TONE

Ground = tuple[int, int, int]
Load = Callable[[int], tuple[NDArray[np.uint8], Ground]]
"""Gives picture i, (h, w, 3) RGB, and its ground."""

SMALL_TURNS = (0, -24, -16, -8, 8, 16, 24)
"""Degrees, clockwise, by which each piece is turned to be asked with; upright first."""

_AT_ONCE = 64  # pictures described by their strokes between two writes

_OF_LINES: dict[str, tuple[Callable[[NDArray[np.bool_]], NDArray[np.float32]], int]] = {
    "strokes": (histogram, strokes.WIDTH),
    "spectrum": (spectrum.spectrum, spectrum.WIDTH),
    "drawing": (drawing.packed, drawing.WIDTH),
}

Batch = tuple[NDArray[np.float16], list[tuple[float, ...]]]


def turns(descriptor: DescriptorSettings) -> int:
    """Rows that each piece has in the store: as it is, and as it is turned to be asked with.

    Descriptions of lines need only the small turns, because the eight orientations of the square
    are had by re-arranging their numbers; a network has to see each of the eight.
    """
    if descriptor.drawn:
        return len(SMALL_TURNS) if descriptor.orientations == "turned" else 1
    return 1 if descriptor.orientations == "upright" else 8


def into_store(
    store: FeatureStore,
    keys: Sequence[str],
    descriptor: DescriptorSettings,
    folder: Path,
    load: Load,
    device: str,
    workers: int,
    progress: Callable[[int], None],
) -> None:
    """Describe pictures and append their rows; every finished batch is safe at once.

    Args:
        store: where rows go.
        keys: content hash of picture 0, 1, ...
        descriptor: how pictures are prepared and described.
        folder: of the catalogue, to which paths of weights are relative.
        load: gives a picture; called from several threads.
        device: "auto", "cpu", "cuda", "mps".
        workers: threads that decode.
        progress: called with the number of pictures done.
    """
    if descriptor.drawn:
        batches = _by_strokes(descriptor, load, len(keys), workers)
    else:
        batches = _by_network(descriptor, folder, load, len(keys), device, workers)
    done = 0
    for rows, weights in batches:
        store.append(keys[done : done + len(weights)], rows, weights)
        done += len(weights)
        progress(len(weights))


def stroke_rows(pixels: NDArray[np.uint8], descriptor: DescriptorSettings) -> Batch:
    """What the lines of one picture say: (pieces x turns, d) rows, and its weights."""
    if descriptor.backbone == TONE:
        return tone(pixels).reshape(1, -1).astype(np.float16), [(1.0,)]
    describe, width = _OF_LINES[descriptor.backbone]
    drawings = for_strokes(pixels, descriptor)
    angles = SMALL_TURNS[: turns(descriptor)]
    rows = [
        describe(one if angle == 0 else turned(one, angle)).ravel()
        for one, _ in drawings
        for angle in angles
    ]
    return np.array(rows, np.float16).reshape(-1, width), [tuple(weight for _, weight in drawings)]


def strokes_of_all(
    pictures: Sequence[NDArray[np.uint8]], descriptor: DescriptorSettings
) -> list[Batch]:
    """`stroke_rows` of several pictures, by all cores."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda pixels: stroke_rows(pixels, descriptor), pictures))


def _by_strokes(
    descriptor: DescriptorSettings, load: Load, count: int, workers: int
) -> Iterator[Batch]:
    with ThreadPoolExecutor(workers) as pool:
        for start in range(0, count, _AT_ONCE):
            numbers = range(start, min(start + _AT_ONCE, count))
            found = list(pool.map(lambda i: stroke_rows(load(i)[0], descriptor), numbers))
            rows = np.concatenate([rows for rows, _ in found])
            yield rows, [weights for _, own in found for weights in own]


def _by_network(
    descriptor: DescriptorSettings,
    folder: Path,
    load: Load,
    count: int,
    device: str,
    workers: int,
    filled: bool = True,
) -> Iterator[Batch]:
    from builder.features.extract import extract, pick_device

    each = turns(descriptor)

    # With turns every picture is wanted eight times in a row.
    @lru_cache(maxsize=2 * workers if each > 1 else 1)
    def square(i: int) -> NDArray[np.uint8]:
        return for_network(*load(i), descriptor)

    def view(number: int) -> NDArray[np.uint8]:
        picture, turn = divmod(number, each)
        return oriented(square(picture), turn)

    network = choose(descriptor.backbone, descriptor.layer, weights_file(descriptor, folder)).load(
        descriptor.size
    )
    left = np.empty((0, 0), np.float16)
    for rows in extract(
        network, view, count * each, pick_device(device), descriptor.pooling, workers, filled
    ):
        left = np.concatenate([left, rows]) if len(left) else rows
        whole = len(left) // each
        if whole:
            yield left[: whole * each], [(1.0,)] * whole
            left = left[whole * each :]


def oriented(square: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """A square in one of the eight orientations: mirrored from 4 on, then turned clockwise."""
    picture = square[:, ::-1] if turn >= 4 else square
    return np.ascontiguousarray(np.rot90(picture, -(turn % 4)))


def network_rows(
    pictures: Sequence[tuple[NDArray[np.uint8], Ground]],
    descriptor: DescriptorSettings,
    folder: Path,
    device: str,
) -> NDArray[np.float16]:
    """What the network says of some pictures that are not kept: (pictures x turns, d)."""
    count, hands = len(pictures), os.cpu_count() or 1
    batches = _by_network(
        descriptor, folder, pictures.__getitem__, count, device, hands, filled=False
    )
    return np.concatenate([rows for rows, _ in batches])
