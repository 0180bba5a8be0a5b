"""Pictures through a network, many at once.

On a processor each core takes a few pictures of its own, decodes them and sees them through the
network: so the cores never wait for each other, what they work on stays in their caches, and the
numbers do not depend on how many cores there are. With a graphics card the next batch is decoded
while the card works.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from builder.errors import ModelError
from builder.features.backbones.base import Network
from builder.features.pooling import pool

if TYPE_CHECKING:
    import torch

BATCH = 16
"""Pictures that are given back, and seen by a graphics card, together."""
SHARE = 2
"""Pictures that a core sees at a time: few, because the maps of many leave its cache. Like those
of a card these are filled up to the full number, so that a picture's numbers do not depend on how
many others were left to do: a build that was interrupted gives the same bytes."""

Load = Callable[[int], NDArray[np.uint8]]
"""Gives picture i as a square, (s, s, 3) uint8 RGB; called from several threads."""

_LARGEST = 65504.0  # that float16 can hold


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
    load: Load,
    count: int,
    device: torch.device,
    pooling: str = "none",
    workers: int = 2,
    filled: bool = True,
) -> Iterator[NDArray[np.float16]]:
    """Describe pictures 0 to count - 1.

    Args:
        network: from a backbone family.
        load: gives a picture.
        count: how many pictures.
        device: where the network runs.
        pooling: what becomes of the maps, see `builder.features.pooling.pool`.
        workers: threads that decode and, on a processor, describe.
        filled: whether the last few are filled up to the full number, see `SHARE`; what is asked
            once and not kept need not be.

    Yields:
        One batch after the other, (at most BATCH, d) float16.
    """
    network.to(device)
    batches = [range(start, min(start + BATCH, count)) for start in range(0, count, BATCH)]
    if device.type == "cpu":
        see = partial(describe, network, device=device, pooling=pooling, filled=filled)
        yield from _core_by_core(see, load, batches, workers)
        return
    with ThreadPoolExecutor(workers) as threads:
        for squares in _decoded(threads, load, batches):
            yield describe(network, squares, device, pooling, filled)


def _core_by_core(
    see: Callable[[Sequence[NDArray[np.uint8]]], NDArray[np.float16]],
    load: Load,
    batches: Sequence[range],
    workers: int,
) -> Iterator[NDArray[np.float16]]:
    import torch

    before = torch.get_num_threads()
    shares = (batch[i : i + SHARE] for batch in batches for i in range(0, len(batch), SHARE))
    with ThreadPoolExecutor(workers, initializer=lambda: torch.set_num_threads(1)) as threads:
        ahead: deque[Future[NDArray[np.float16]]] = deque()
        try:
            for batch in batches:
                rows = []
                for _ in range(0, len(batch), SHARE):
                    some = islice(shares, max(0, 2 * workers + 8 - len(ahead)))
                    ahead.extend(
                        threads.submit(lambda own: see([load(i) for i in own]), share)
                        for share in some
                    )
                    rows.append(ahead.popleft().result())
                yield np.concatenate(rows)
        finally:
            for future in ahead:
                future.cancel()
            torch.set_num_threads(before)


def describe(
    network: Network,
    squares: Sequence[NDArray[np.uint8]],
    device: torch.device,
    pooling: str,
    filled: bool = True,
) -> NDArray[np.float16]:
    """Features of squares, (len(squares), d) float16.

    Args:
        network: from a backbone family, on `device`.
        squares: (s, s, 3) uint8 RGB each.
        device: where the network runs.
        pooling: see `builder.features.pooling.pool`.
        filled: see `extract`.

    Raises:
        ModelError: the network gives numbers that are none, or too large to keep.
    """
    each = SHARE if device.type == "cpu" else BATCH
    parts = [
        _seen(network, squares[start : start + each], each if filled else 1, device, pooling)
        for start in range(0, len(squares), each)
    ]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _seen(
    network: Network,
    squares: Sequence[NDArray[np.uint8]],
    least: int,
    device: torch.device,
    pooling: str,
) -> NDArray[np.float16]:
    import torch

    stack = np.zeros((max(least, len(squares)), *squares[0].shape), np.uint8)
    np.stack(squares, out=stack[: len(squares)])
    with torch.inference_mode():
        # (b, h, w, 3) seen as (b, 3, h, w) is the channels-last format that convolutions like.
        batch = torch.from_numpy(stack).to(device).permute(0, 3, 1, 2).float()
        mean = torch.tensor(network.mean, device=device).mul_(255).view(1, 3, 1, 1)
        std = torch.tensor(network.std, device=device).mul_(255).view(1, 3, 1, 1)
        with _precision(device):
            raw = network.forward(batch.sub_(mean).div_(std))[: len(squares)]
        # Wide maps are put in order as float16: half the bytes to move.
        kept = raw.half() if pooling == "none" else raw
        rows = pool(kept, pooling, network.prefix, network.summary).half()
        _check_finite(rows, raw)
        flat = rows.cpu().numpy()
    return np.ascontiguousarray(flat)


def _precision(device: torch.device) -> AbstractContextManager[object]:
    """Half precision on a CUDA card, whose results are kept in float16 anyway; full elsewhere."""
    import torch

    if device.type == "cuda":
        return torch.autocast("cuda", dtype=torch.float16)
    return nullcontext()


def _check_finite(rows: torch.Tensor, raw: torch.Tensor) -> None:
    low, high = (float(value) for value in rows.aminmax())
    if not (low >= -_LARGEST and high <= _LARGEST):
        low, high = (float(value) for value in raw.aminmax())
        raise ModelError(
            f"the network gives numbers from {low:g} to {high:g}, which cannot be kept",
            "catalogue.toml",
            "choose another layer, or check its weights",
        )


def _decoded(
    threads: ThreadPoolExecutor, load: Load, batches: Sequence[range]
) -> Iterator[list[NDArray[np.uint8]]]:
    """Squares of each batch; those of the next are under way while one is used."""
    waiting: deque[list[Future[NDArray[np.uint8]]]] = deque()
    for batch in batches:
        waiting.append([threads.submit(load, i) for i in batch])
        if len(waiting) > 1:
            yield [future.result() for future in waiting.popleft()]
    for futures in waiting:
        yield [future.result() for future in futures]
