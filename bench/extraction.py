"""Extraction against bare decoding of the same files plus bare forward passes of the same batches.

Each reference is timed alone with all cores, in turn with the whole; the ratio is taken round by
round.
"""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch

from bench.common import middle, pictures, rounds, table
from builder.corpus.picture import estimate_ground, read_picture
from builder.features.backbones import choose
from builder.features.describe import into_store
from builder.features.extract import BATCH
from builder.features.prepare import to_square
from builder.features.store import FeatureStore
from builder.settings import ViewSettings

COUNT = 160


def main() -> None:
    """Print seconds and the ratio whole / (decoding + forward)."""
    view = ViewSettings()
    files, cores = pictures(COUNT), os.cpu_count() or 1
    family, layer = choose(view.backbone, view.layer)
    network = family.load(layer)

    def load(i: int) -> tuple[np.ndarray, tuple[int, int, int]]:
        pixels = read_picture(files[i], view.size, "#ffffff", 500).pixels
        return pixels, estimate_ground(pixels)

    def square(i: int) -> np.ndarray:
        pixels, ground = load(i)
        return to_square(pixels, view.size, view.fit, ground)

    with ThreadPoolExecutor(cores) as pool:
        squares = list(pool.map(square, range(len(files))))
    tensors = [
        torch.from_numpy(np.stack(squares[i : i + BATCH])).permute(0, 3, 1, 2).float().div_(128)
        for i in range(0, len(files), BATCH)
    ]

    def decode() -> None:
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(square, range(len(files))))

    def forward() -> None:
        with torch.inference_mode():
            for tensor in tensors:
                network.forward(tensor)

    def whole() -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = FeatureStore(Path(folder) / "features.npy", 320 * 10 * 10)
            keys = [f"{i:064x}" for i in range(len(files))]
            into_store(store, keys, view, load, "cpu", cores, lambda _: None)

    forward()
    seconds = rounds([("decoding", decode), ("forward", forward), ("whole", whole)])
    ratios = [
        w / (d + f)
        for d, f, w in zip(seconds["decoding"], seconds["forward"], seconds["whole"], strict=True)
    ]
    rows = [
        [name, f"{middle(s):.2f}", f"{len(files) / middle(s):.1f}"] for name, s in seconds.items()
    ]
    table(f"extraction of {len(files)} pictures, lite0 at 320 px", [["", "s", "images/s"], *rows])
    print(f"\nwhole / (decoding + forward): median {middle(ratios):.3f}, all {np.round(ratios, 3)}")


if __name__ == "__main__":
    main()
