"""Pictures through a network, in batches, with decoding in parallel.

On a processor without a graphics card decoding and the network would only take the cores from
each other, so they alternate: a batch is decoded by all cores, then described by all cores. With
a graphics card the next batch is decoded while the card works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from builder.errors import ModelError
from builder.features.backbones.base import Network

if TYPE_CHECKING:
    import torch

BATCH = 16
"""Pictures a batch. Every batch is filled up to this size, so that a picture's numbers do not
depend on how many others were left to do: a build that was interrupted gives the same bytes."""


def pick_device(wish: str = "auto") -> torch.device:
    """The device to compute on: CUDA, else MPS, else the processor, or the one wished for."""
    import torch

    if wish != "auto":
        try:
            device = torch.device(wish)
            torch.empty(1, device=device)
        except (RuntimeError, AssertionError) as error:
            raise ModelError(
                f'the device "{wish}" is not there', remedy="use --device cpu, cuda or mps"
            ) from error
        return device
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def extract(
    network: Network,
    load: Callable[[int], NDArray[np.uint8]],
    count: int,
    device: torch.device,
    pooling: str = "none",
    workers: int = 2,
) -> Iterator[NDArray[np.float16]]:
    """Describe pictures 0 to count - 1.

    Args:
        network: from a backbone family.
        load: gives picture i as a square, (s, s, 3) uint8 RGB; called from several threads.
        count: how many pictures.
        device: where the network runs.
        pooling: "none" flattens the maps (c, h, w); "mean" averages each over its cells.
        workers: threads that decode.

    Yields:
        One batch after the other, (at most BATCH, d) float16.
    """
    network.to(device)
    batches = [range(start, min(start + BATCH, count)) for start in range(0, count, BATCH)]
    with ThreadPoolExecutor(workers) as pool:
        for squares in _decoded(pool, load, batches, ahead=device.type != "cpu"):
            yield describe(network, squares, device, pooling)


def describe(
    network: Network, squares: Sequence[NDArray[np.uint8]], device: torch.device, pooling: str
) -> NDArray[np.float16]:
    """Features of at most BATCH squares, (len(squares), d) float16."""
    import torch

    stack = np.zeros((BATCH, *squares[0].shape), np.uint8)
    np.stack(squares, out=stack[: len(squares)])
    with torch.inference_mode():
        # (b, h, w, 3) seen as (b, 3, h, w) is the channels-last format that convolutions like.
        batch = torch.from_numpy(stack).to(device).permute(0, 3, 1, 2).float()
        mean = torch.tensor(network.mean, device=device).mul_(255).view(1, 3, 1, 1)
        std = torch.tensor(network.std, device=device).mul_(255).view(1, 3, 1, 1)
        maps = network.forward(batch.sub_(mean).div_(std))[: len(squares)]
        if pooling == "mean":
            maps = maps.mean(dim=(2, 3))
        flat = maps.flatten(1).half().cpu().numpy()
    return np.ascontiguousarray(flat)


def _decoded(
    pool: ThreadPoolExecutor,
    load: Callable[[int], NDArray[np.uint8]],
    batches: Sequence[range],
    ahead: bool,
) -> Iterator[list[NDArray[np.uint8]]]:
    waiting: list[list[Future[NDArray[np.uint8]]]] = []
    for batch in batches:
        waiting.append([pool.submit(load, i) for i in batch])
        if len(waiting) > ahead:
            yield [future.result() for future in waiting.pop(0)]
    for futures in waiting:
        yield [future.result() for future in futures]
