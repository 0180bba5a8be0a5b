"""Neighbours against the machine's own rate of matrix products, measured in the same run.

Half of all products is counted as work: the matrix is symmetric, the other half is copied.

`python -m bench.neighbours` takes features a quarter as wide as those of the widest recipe, and
20,000 vectors; `--full` takes 5,000 x 409,600 (4.1 GB in the temporary folder) and 100,000 x 1,280.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bench.common import middle, table
from builder.similarity.blocks import unit_vectors, vector_band
from builder.similarity.gram import cosine_gram, cosines, distinct, extend_gram, inner_gram
from builder.similarity.neighbours import nearest, top_in_bands

Result = TypeVar("Result")
Pair = tuple[float, float]
Took = dict[str, Pair]
"""Seconds by the clock, and of processors: these tell more where others use the machine."""

IMAGES, ADDED, COUNT = 5000, 10, 20
SIDE, DEEP = 2048, 4096  # of the reference product, which stays clear of edges and of the disk


def main() -> None:
    """Print rates, memory, the cost of ten more images, and whether a full sort agrees."""
    full = "--full" in sys.argv
    with _stored(IMAGES + ADDED, 409_600 if full else 102_400) as features:
        _wide(features)
    _check(2000, 8000)
    with _stored(100_000 if full else 20_000, 1280) as features:
        _many(features)


def _wide(features: NDArray[np.float16]) -> None:
    """The Gram matrix of wide features: rate, memory, and what ten more images cost."""
    took: Took = {}
    before = [_product() for _ in range(5)]
    rows, index = _timed(took, "distinct", lambda: distinct(features, np.arange(IMAGES)))
    gram = _timed(took, "inner products", lambda: inner_gram(features, rows))
    _timed(took, "cosines, lists", lambda: nearest(cosines(gram), index, *_WANTED))
    stage = _sum(took)
    every = np.arange(IMAGES + ADDED)
    more: Took = {}
    grown, index = _timed(more, "distinct", lambda: distinct(features, every, known=rows))
    added = grown[len(rows) :]
    gram = _timed(more, "rows", lambda: extend_gram(gram, features, rows, added))
    sources = [f"source {row % 40}" for row in every]
    _timed(more, "lists", lambda: nearest(cosines(gram), index, sources, COUNT))
    extra, alone = _sum(more), before + [_product() for _ in range(5)]

    work = len(rows) * (len(rows) + 1) * features.shape[1]
    ours = [work / seconds for seconds in took["inner products"]]
    reference = [middle([_WORK / pair[kind] for pair in alone]) for kind in (0, 1)]
    body = [_line(name, pair, stage) for name, pair in took.items()]
    body += [_line("whole stage", stage, stage), _line(f"+{ADDED} images", extra, stage)]
    body += [_rates("inner products", ours, reference), _rates("reference", reference, reference)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    title = f"neighbours of {IMAGES} x {features.shape[1]} float16"
    table(title, [["", "clock", "share", "processor", "share"], *body])
    rates = " ".join(f"{_WORK / clock / 1e9:.0f}" for clock, _ in alone)
    print(f"\nreference before and after: {rates} GFLOP/s; peak memory {memory:.2f} GB")


def _many(features: NDArray[np.float16]) -> None:
    """Lists of many vectors without their matrix."""
    count = len(features)
    took: Took = {}
    alone = [_product() for _ in range(5)]
    rows, index = _timed(took, "distinct", lambda: distinct(features, np.arange(count)))
    vectors = _timed(took, "unit vectors", lambda: unit_vectors(features, rows))
    sources = [f"source {row % 40}" for row in range(count)]
    band = vector_band(vectors, None if len(rows) == count else index)
    _timed(took, "bands, two lists", lambda: top_in_bands(band, count, sources, COUNT))
    work = 2 * count * count * features.shape[1] / _WORK
    least = (middle([c for c, _ in alone]) * work, middle([p for _, p in alone]) * work)
    body = [_line(name, pair, least) for name, pair in took.items()]
    body.append(_line("the products alone, at the reference rate", least, least))
    title = f"top {COUNT} of {count} x {features.shape[1]} float16"
    table(title, [["", "clock", "share", "processor", "share"], *body])


def _check(count: int, width: int) -> None:
    """The same lists as one dense product and a full sort give."""
    features = np.random.default_rng(0).normal(size=(count, width)).astype(np.float16)
    found = nearest(cosine_gram(features, np.arange(count)), np.arange(count), [""] * count, COUNT)
    dense = features.astype(np.float64)
    dense /= np.linalg.norm(dense, axis=1, keepdims=True)
    gram = dense @ dense.T
    np.fill_diagonal(gram, -2)
    expected = np.argsort(-gram, axis=1, kind="stable")[:, :COUNT]
    print(f"\nentries equal to those of a full sort: {(found.all.rows == expected).mean():.6f}")


_WANTED = ([f"source {row % 40}" for row in range(IMAGES)], COUNT)
_WORK = 2 * SIDE * SIDE * DEEP  # operations of the reference product


def _product() -> Pair:
    """Seconds of one dense float32 product, all cores."""
    rng = np.random.default_rng(0)
    left = rng.standard_normal((SIDE, DEEP), dtype=np.float32)
    right = rng.standard_normal((DEEP, SIDE), dtype=np.float32)
    took: Took = {}
    _timed(took, "product", lambda: left @ right)
    return took["product"]


def _timed(took: Took, name: str, work: Callable[[], Result]) -> Result:
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    took[name] = (time.perf_counter() - clock, time.process_time() - processor)
    return result


def _sum(took: Took) -> Pair:
    return sum(clock for clock, _ in took.values()), sum(own for _, own in took.values())


def _line(name: str, pair: Pair, whole: Pair) -> list[str]:
    cells = [(f"{own:.2f} s", f"{own / all_:.3f}") for own, all_ in zip(pair, whole, strict=True)]
    return [name, *cells[0], *cells[1]]


def _rates(name: str, rates: Sequence[float], reference: Sequence[float]) -> list[str]:
    cells = [(f"{r / 1e9:.1f}", f"{r / b:.2f}") for r, b in zip(rates, reference, strict=True)]
    return [f"{name}, GFLOP/s", *cells[0], *cells[1]]


@contextmanager
def _stored(count: int, width: int) -> Iterator[NDArray[np.float16]]:
    """A file of random features, mapped into memory."""
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "features.npy"
        with path.open("wb") as file:
            for start in range(0, count, 100):
                part = rng.standard_normal((min(100, count - start), width), dtype=np.float32)
                file.write(np.maximum(part + 0.5, 0).astype(np.float16).tobytes())
        yield np.memmap(path, np.float16, "r", shape=(count, width))


if __name__ == "__main__":
    main()
