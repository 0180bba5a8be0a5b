"""Extraction against bare decoding of the same files plus bare forward passes of the same squares.

Each reference is timed alone with all cores, in turn with the whole; the ratio is taken round by
round. The forward pass is taken in two ways, core by core and a batch at a time with all cores on
it, and the quicker one counts. Weights of ResNet-50 are random: only its speed matters.

A second table has the ways to run a network, each with the neighbours that it leaves as they are.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import torch

from bench.common import middle, pictures, rounds, table
from builder.corpus.picture import estimate_ground, read_picture
from builder.features.backbones import choose
from builder.features.backbones.base import Network
from builder.features.backbones.cutting import at_layer
from builder.features.describe import into_store
from builder.features.extract import BATCH, SHARE
from builder.features.prepare import for_network, longest_needed
from builder.features.store import FeatureStore
from builder.settings import DescriptorSettings

COUNT = int(os.environ.get("VOLVELLE_BENCH_COUNT", "160"))
CORES = os.cpu_count() or 1
WIDTHS = {"lite0": 320 * 10 * 10, "torchvision:resnet50[:-3]": 1024 * 20 * 20}


def main() -> None:
    """Print seconds and the ratio whole / (decoding + forward) of two networks."""
    for backbone, width in WIDTHS.items():
        with tempfile.TemporaryDirectory() as folder:
            weights = _random_weights(Path(folder)) if "resnet50" in backbone else ""
            fit = "squash" if "resnet50" in backbone else "pad"
            descriptor = DescriptorSettings(backbone=backbone, weights=weights, fit=fit)
            _ratio(descriptor, Path(folder), width)
    _ways()


def _random_weights(folder: Path) -> str:
    from torchvision.models import resnet50

    torch.save(resnet50(weights=None).state_dict(), folder / "resnet50.pth")
    return "resnet50.pth"


def _ratio(descriptor: DescriptorSettings, folder: Path, width: int) -> None:
    files = pictures(COUNT)
    weights = folder / descriptor.weights if descriptor.weights else None
    network = choose(descriptor.backbone, weights=weights).load(descriptor.size)

    def load(i: int) -> tuple[np.ndarray, tuple[int, int, int]]:
        pixels = read_picture(files[i], longest_needed(descriptor), "#ffffff", 500).pixels
        return pixels, estimate_ground(pixels)

    def square(i: int) -> np.ndarray:
        return for_network(*load(i), descriptor)

    def decode() -> list[np.ndarray]:
        with ThreadPoolExecutor(CORES) as threads:
            return list(threads.map(square, range(len(files))))

    def whole() -> None:
        with tempfile.TemporaryDirectory() as place:
            store = FeatureStore(Path(place) / "features.npy", width)
            keys = [f"{i:064x}" for i in range(len(files))]
            into_store(store, keys, descriptor, folder, load, "cpu", CORES, lambda _: None)

    squares = decode()
    work = [
        ("decoding", decode),
        ("forward, core by core", partial(_by_core, network, _tensors(squares, SHARE))),
        ("forward, all cores on a batch", partial(_together, network, _tensors(squares, BATCH))),
        ("whole", whole),
    ]
    work[1][1]()
    seconds = rounds(work)
    forward = zip(seconds[work[1][0]], seconds[work[2][0]], strict=True)
    bare = [d + min(f) for d, f in zip(seconds["decoding"], forward, strict=True)]
    ratios = [w / b for w, b in zip(seconds["whole"], bare, strict=True)]
    rows = [
        [name, f"{middle(s):.2f}", f"{len(files) / middle(s):.1f}"] for name, s in seconds.items()
    ]
    title = f"extraction of {len(files)} pictures, {descriptor.backbone} at {descriptor.size} px"
    table(title, [["", "s", "images/s"], *rows])
    print(f"\nwhole / (decoding + forward): median {middle(ratios):.3f}, all {np.round(ratios, 3)}")


def _tensors(squares: Sequence[np.ndarray], each: int) -> list[torch.Tensor]:
    return [
        torch.from_numpy(np.stack(squares[i : i + each])).permute(0, 3, 1, 2).float().div_(128)
        for i in range(0, len(squares), each)
    ]


def _together(network: Network, tensors: Sequence[torch.Tensor]) -> None:
    torch.set_num_threads(CORES)
    with torch.inference_mode():
        for tensor in tensors:
            network.forward(tensor)


def _by_core(network: Network, tensors: Sequence[torch.Tensor]) -> None:
    def one(tensor: torch.Tensor) -> None:
        with torch.inference_mode():
            network.forward(tensor)

    with ThreadPoolExecutor(CORES, initializer=lambda: torch.set_num_threads(1)) as threads:
        list(threads.map(one, tensors))


def _ways(count: int = 64) -> None:
    """One core, lite0: images a second, and the share of the 20 nearest that stay the same."""
    torch.set_num_threads(1)
    squares = [
        for_network(pixels, estimate_ground(pixels), DescriptorSettings())
        for pixels in (read_picture(f, 320, "#ffffff", 500).pixels for f in pictures(count))
    ]
    plain = _unmerged()
    ours = choose("lite0").load(320).forward
    last = torch.channels_last
    ways: list[tuple[str, Callable[[torch.Tensor], torch.Tensor], int]] = [
        ("as timm builds it", lambda x: plain(x.contiguous()), BATCH),
        ("channels last", lambda x: plain(x.contiguous(memory_format=last)), BATCH),
        ("+ normalisations merged", ours, BATCH),
        (f"+ {SHARE} pictures at a time (ours)", ours, SHARE),
    ]
    if torch.cpu._is_avx512_bf16_supported():
        ways.append(("+ bfloat16", _half(ours), SHARE))
    kept: list[np.ndarray] = []

    def run(way: Callable[[torch.Tensor], torch.Tensor], each: int) -> None:
        with torch.inference_mode():
            rows = [way(part).flatten(1).float().numpy() for part in _tensors(squares, each)]
        kept.append(np.concatenate(rows))

    seconds = rounds([(name, partial(run, way, each)) for name, way, each in ways])
    nearest = [_nearest(rows) for rows in kept[: len(ways)]]
    rows = [
        [name, f"{count / middle(seconds[name]):.1f}", f"{_agreement(nearest[0], own):.4f}"]
        for (name, _, _), own in zip(ways, nearest, strict=True)
    ]
    head = ["", "images/s", "of the 20 nearest the same"]
    table(f"ways to run lite0 on one core, {count} pictures at 320 px", [head, *rows])


def _unmerged() -> torch.nn.Module:
    from builder.features.backbones import checkpoints

    backbone = choose("lite0")
    built = backbone.family.build("lite0", "")
    path = backbone.weights().path
    checkpoints.fill(built.model, built.translate(checkpoints.read(path)), built.head, path)
    return at_layer(built, "", "lite0").eval()


def _half(way: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[torch.Tensor], torch.Tensor]:
    def run(batch: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return way(batch)

    return run


def _nearest(rows: np.ndarray) -> np.ndarray:
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    likeness = unit @ unit.T
    np.fill_diagonal(likeness, -2)
    return np.argsort(-likeness, axis=1, kind="stable")[:, :20]


def _agreement(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.mean([len(set(a) & set(b)) / 20 for a, b in zip(one, other, strict=True)]))


if __name__ == "__main__":
    main()
