"""The notebook's own path on principal components, against scikit-learn on the dense matrix.

k-means 25, a Gaussian mixture of 25, 1,000 principal components, t-SNE, UMAP and the elbow to 20.
Each step runs in a process of its own, so that its peak memory is its own, ours and theirs in turn;
what takes longer than `LIMIT` on the dense matrix is done again on every fourth image, by both.

`python -m bench.notebook [FEATURES.npy] [IMAGES]` reads features as a build stores them (images
beyond the stored rows are copies of the first ones); without a file they are drawn by lot.
`python -m bench.notebook --wide [IMAGES] [WIDTH]` finds the components of 5,000 x 409,600 numbers
(4.1 GB in the temporary folder) and checks the first of them against the features themselves.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.common import table
from builder.clusters.parts import Parting
from builder.clusters.sweep import knee, sweep
from builder.layouts.project import project, tsne
from builder.layouts.quality import kept
from builder.settings.clusters import ClustersSettings
from builder.settings.layouts import LayoutsSettings
from builder.similarity.components import holding, principal_components
from builder.similarity.gram import cosine_gram, distinct

IMAGES, WIDTH, KINDS, COUNT = 1000, 20_480, 40, 1000
LIMIT = 300  # seconds that a step may take on the dense matrix
GROUPS, NUMBERS = 25, range(1, 21)
CLUSTERS, LAYOUTS = ClustersSettings(subsamples=0, n_init=1), LayoutsSettings()
MIXTURE = ClustersSettings(method="gaussian-mixture", n_init=1)
ROUNDS, CHECKED = 100, 3

Step = Callable[[Any], Any]


@dataclass(frozen=True)
class Spent:
    """What a step took and gave."""

    clock: float
    processor: float
    peak: float
    result: Any


@dataclass(frozen=True)
class Place:
    """Where a run keeps its files, and which images it is about."""

    folder: Path
    features: Path
    images: int
    every: int = 1

    def rows(self) -> NDArray[np.int64]:
        """Stored row of each image."""
        stored = len(np.load(self.features, mmap_mode="r"))
        return np.arange(0, self.images, self.every, dtype=np.int64) % stored

    def scores(self, width: int) -> NDArray[np.float32]:
        """Leading components of the images."""
        found = np.load(self.folder / "scores.npy", mmap_mode="r")[:: self.every, :width]
        return np.ascontiguousarray(found)

    def dense(self) -> NDArray[np.float32]:
        """Features of all images as float32, of unit length: on these a cosine is a product."""
        stored = np.load(self.features, mmap_mode="r")
        matrix = np.empty((len(self.rows()), stored.shape[1]), np.float32)
        for at, row in enumerate(self.rows()):
            matrix[at] = stored[row]
            matrix[at] /= max(float(np.linalg.norm(matrix[at])), 1e-12)
        return matrix


def main() -> None:
    """Print seconds, peak memory and worth of both."""
    words = [word for word in sys.argv[1:] if word != "--wide"]
    numbers = [int(word) for word in words if word.isdigit()]
    with tempfile.TemporaryDirectory() as folder:
        if "--wide" in sys.argv:
            wide(Path(folder), *[*numbers, *(5000, 409_600)[len(numbers) :]])
            return
        named = [Path(word) for word in words if not word.isdigit()]
        images = numbers[0] if numbers else IMAGES
        path = named[0] if named else drawn(Path(folder), images, [*numbers, IMAGES, WIDTH][1])
        path_of_notebook(Place(Path(folder), path, images))


def drawn(folder: Path, count: int, width: int) -> Path:
    """A file of non-negative float16 maps around forty centres."""
    rng = np.random.default_rng(0)
    centres = rng.random((KINDS, width), np.float32)
    path = folder / "features.npy"
    stored = np.lib.format.open_memmap(path, "w+", np.float16, (count, width))
    for start in range(0, count, 100):
        kinds = rng.integers(KINDS, size=min(100, count - start))
        noise = rng.random((len(kinds), width), np.float32)
        stored[start : start + len(kinds)] = centres[kinds] + 2 * noise
    stored.flush()
    return path


# Ours: everything on the components.


def our_components(place: Place) -> dict[str, Any]:
    """The Gram matrix and its leading components, kept for the other steps."""
    stored = np.load(place.features, mmap_mode="r")
    rows, index = distinct(stored, place.rows())
    gram = cosine_gram(stored, rows)
    found = principal_components(gram, index, COUNT)
    np.save(place.folder / "scores.npy", found.scores)
    np.save(place.folder / "gram.npy", gram)
    np.save(place.folder / "index.npy", index)
    return {"held": float(found.share.sum()), "ninety": holding(found.spectrum, 0.9)}


def our_groups(place: Place, width: int, options: ClustersSettings) -> NDArray[np.int32]:
    return Parting(place.scores(width), options).into(GROUPS).labels


def our_elbow(place: Place, width: int) -> int | None:
    parting = Parting(place.scores(width), CLUSTERS)
    return knee(list(NUMBERS), [parting.into(k).inertia for k in NUMBERS])


def our_sweep(place: Place, width: int) -> int | None:
    """What the build does: silhouette, and stability over 20 subsamples, at each number."""
    options = CLUSTERS.model_copy(update={"subsamples": 20})
    measured, _ = sweep(place.scores(width), options, NUMBERS[1:])
    return knee(measured.k, measured.inertia)


def our_tsne(place: Place, width: int) -> NDArray[np.float64]:
    return tsne(place.scores(width), LAYOUTS.perplexity, 0)


def our_umap(place: Place, width: int) -> NDArray[np.float64]:
    return project(place.scores(width), LAYOUTS.neighbours[0], LAYOUTS.min_distance[0], 0)


# Theirs: scikit-learn and umap-learn on the features, with the same starts, rounds and parameters.


def their_components(place: Place) -> dict[str, Any]:
    from sklearn.decomposition import PCA

    matrix = place.dense()
    found = PCA(min(COUNT, len(matrix) - 1), random_state=0).fit(matrix)
    return {"held": float(found.explained_variance_ratio_.sum()), "ninety": None}


def their_kmeans(place: Place) -> NDArray[np.int32]:
    return _means(place.dense(), GROUPS).labels_


def their_mixture(place: Place) -> NDArray[np.int32]:
    """Diagonal covariances: full ones of the notebook's width would not fit into any memory."""
    from sklearn.mixture import GaussianMixture

    matrix = place.dense()
    model = GaussianMixture(
        GROUPS,
        covariance_type="diag",
        max_iter=ROUNDS,
        reg_covar=1e-3 * float(matrix.var(axis=0).mean()),
        init_params="k-means++",
        random_state=0,
    )
    return model.fit_predict(matrix)


def their_elbow(place: Place) -> int | None:
    matrix = place.dense()
    return knee(list(NUMBERS), [float(_means(matrix, k).inertia_) for k in NUMBERS])


def their_tsne(place: Place) -> NDArray[np.float32]:
    from sklearn.manifold import TSNE

    how = TSNE(perplexity=LAYOUTS.perplexity, metric="cosine", init="pca", random_state=0)
    return how.fit_transform(place.dense())


def their_umap(place: Place) -> NDArray[np.float32]:
    from umap import UMAP

    neighbours, distance = LAYOUTS.neighbours[0], LAYOUTS.min_distance[0]
    how = UMAP(neighbours, min_dist=distance, metric="cosine", init="pca", random_state=0, n_jobs=1)
    return how.fit_transform(place.dense())


def _means(matrix: NDArray[np.float32], k: int) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(k, n_init=CLUSTERS.n_init, random_state=0).fit(matrix)


STEPS: tuple[tuple[str, int, Callable[..., Any], Step], ...] = (
    ("k-means 25", 64, partial(our_groups, options=CLUSTERS), their_kmeans),
    ("mixture 25, diagonal", 64, partial(our_groups, options=MIXTURE), their_mixture),
    ("t-SNE", 100, our_tsne, their_tsne),
    ("UMAP", 100, our_umap, their_umap),
    ("elbow, 1 to 20", 64, our_elbow, their_elbow),
)
"""Name, components that the build reads, ours, theirs."""


def path_of_notebook(place: Place) -> None:
    """Every step by ours on the components of a build, on all of them, and by theirs."""
    shape = np.load(place.features, mmap_mode="r").shape
    table(
        f"the notebook's path, {place.images} images ({shape[0]} stored) x {shape[1]} float16",
        [["step", "", "s", "processor s", "peak MB", "s / dense", "peak / dense", "worth"]],
    )
    ours, theirs = alone(our_components, place), alone(their_components, place)
    lines("1,000 components", [("Gram, exact", ours), ("dense", theirs)], held)
    for name, width, own, other in STEPS:
        dense, told = alone(other, place, LIMIT), name
        asked = place
        if dense is None:
            asked = Place(place.folder, place.features, place.images, 4 * place.every)
            dense, told = alone(other, asked, LIMIT), f"{name}, every fourth image"
        every = COUNT if width < COUNT else width
        made = [(str(w), alone(partial(own, width=w), asked)) for w in (width, every)]
        lines(told, [*made, ("dense", dense)], partial(worth, asked))
    lines("sweep of the build", [("64", alone(partial(our_sweep, width=64), place))], str)


def held(found: dict[str, Any]) -> str:
    """Share of the variance, and how many components hold nine tenths where that is known."""
    ninety = "" if found["ninety"] is None else f", {found['ninety']} hold 90 %"
    return f"{found['held']:.4f} of the variance{ninety}"


def worth(place: Place, found: Any) -> str:
    """How good a result is, measured on the cosines of the features themselves."""
    if not isinstance(found, np.ndarray):
        return f"knee at {found}"
    index = np.load(place.folder / "index.npy")[:: place.every]
    gram = np.load(place.folder / "gram.npy")[np.ix_(index, index)]
    if found.ndim == 1:
        within = len(index) - sum(
            float(gram[np.ix_(own, own)].sum(dtype=np.float64)) / len(own)
            for own in (np.flatnonzero(found == label) for label in np.unique(found))
        )
        return f"inertia {within:.2f}"
    np.fill_diagonal(gram, -np.inf)
    true = np.argsort(-gram, axis=1, kind="stable")[:, :10].astype(np.int32)
    return f"{float(kept(np.asarray(found, np.float32), true).mean()):.3f} of 10 nearest kept"


def lines(name: str, made: list[tuple[str, Spent | None]], describe: Callable[[Any], str]) -> None:
    """Print the rows of one step; the last is what the others are compared with."""
    last = made[-1][1]
    for kind, spent in made:
        if spent is None:
            print(f"| {name} | {kind} | over {LIMIT} | | | | | |", flush=True)
            continue
        cells = [f"{spent.clock:.2f}", f"{spent.processor:.2f}", f"{spent.peak:.0f}"]
        ratios = ["", ""]
        if last is not None and last is not spent:
            ratios = [f"{spent.clock / last.clock:.3f}", f"{spent.peak / last.peak:.2f}"]
        print("| " + " | ".join([name, kind, *cells, *ratios, describe(spent.result)]) + " |")
    sys.stdout.flush()


def alone(step: Step, place: Place, limit: float | None = None) -> Spent | None:
    """Run in a process of its own; None where it took longer than the limit."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        try:
            spent: Spent = pool.apply_async(_measured, (step, place)).get(limit)
        except multiprocessing.TimeoutError:
            return None
        pool.close()
        pool.join()
        return spent


def _measured(step: Step, place: Place) -> Spent:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _warm()
        clock, processor = time.perf_counter(), time.process_time()
        result = step(place)
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
    return Spent(clock, processor, _peak(), result)


def _peak() -> float:
    """Peak memory of this process, MB; getrusage would count that of the process which began it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _warm() -> None:
    """Load and compile everything before the clock starts."""
    some = np.random.default_rng(0).normal(size=(100, 8)).astype(np.float32)
    Parting(some, CLUSTERS).into(3)
    Parting(some, MIXTURE).into(3)
    tsne(some, 10, 0)
    project(some, 10, 0.1, 0)


# As wide as the widest recipe.


def wide(folder: Path, count: int, width: int) -> None:
    """Components of wide features: seconds, peak memory, and whether they are true."""
    place = Place(folder, drawn(folder, count, width), count)
    size = place.features.stat().st_size / 1e9
    spent = alone(our_components, place)
    assert spent is not None
    difference = alone(_difference, place)
    assert difference is not None
    table(
        f"1,000 components of {count} x {width} float16 ({size:.2f} GB)",
        [
            ["s", "processor s", "peak GB", "", f"first {CHECKED}, against the features"],
            [
                f"{spent.clock:.1f}",
                f"{spent.processor:.1f}",
                f"{spent.peak * 1024**2 / 1e9:.2f}",
                held(spent.result),
                f"{difference.result:.1e}",
            ],
        ],
    )


def _difference(place: Place) -> float:
    """Greatest difference of scores from projections of the features on their directions.

    A direction is the features' sum weighted by the scores, divided by its length; projecting the
    centred features on it gives the scores back if they are principal components. As a share of
    the greatest score of each component.
    """
    stored = np.load(place.features, mmap_mode="r")
    scores = np.load(place.folder / "scores.npy")[:, :CHECKED].astype(np.float64)
    mean, along = np.zeros(stored.shape[1]), np.zeros((CHECKED, stored.shape[1]))
    for start in range(0, len(stored), 100):
        part = _unit(stored[start : start + 100])
        mean += part.sum(axis=0, dtype=np.float64) / len(stored)
        along += scores[start : start + 100].T @ part
    along -= scores.sum(axis=0)[:, None] * mean
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    again = np.concatenate(
        [_unit(stored[at : at + 100]) @ along.T for at in range(0, len(stored), 100)]
    )
    off = np.abs(again - mean @ along.T - scores)
    return float((off / np.abs(scores).max(axis=0)).max())


def _unit(rows: NDArray[np.float16]) -> NDArray[np.float64]:
    wide_rows = np.asarray(rows).astype(np.float64)
    return wide_rows / np.linalg.norm(wide_rows, axis=1, keepdims=True)


if __name__ == "__main__":
    main()
