"""Layouts of real collections: how far each can be believed, and what each costs.

`python -m bench.layouts CATALOGUE ...` reads the principal components of built catalogues; the
view may be named behind a colon ("catalogues/astronomy:form").
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.common import table
from builder.layouts.project import components_layout, map_layout, project, tsne
from builder.layouts.quality import measured
from builder.layouts.snap import grid_layout
from builder.layouts.sort import sorted_layout
from builder.layouts.types import Layout

_HEAD = ["layout", "s", "trustworthiness", "continuity", "10-NN kept", "excess over the optimum"]
_FIGURES = ("trustworthiness", "continuity", "neighbours_kept")


def components(catalogue: Path, view: str) -> np.ndarray:
    """Scores of the leading components of a view, as the build left them."""
    found = sorted((catalogue / ".volvelle").glob(f"components-{view}-*.npz"))
    with np.load(found[-1], allow_pickle=False) as stored:
        return stored["scores"][:, :100].astype(np.float32)


def nearest(vectors: np.ndarray) -> np.ndarray:
    """(n, 10) nearest by cosine, without the image itself."""
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    cosine = unit @ unit.T
    np.fill_diagonal(cosine, -np.inf)
    return np.argsort(-cosine, axis=1, kind="stable")[:, :10].astype(np.int32)


def layouts(vectors: np.ndarray) -> list[tuple[str, float, Layout]]:
    """Name, seconds and layout, each once; a grid's seconds are those of snapping alone."""
    made: list[tuple[str, float, Layout]] = []

    def add(name: str, make: Callable[[], Layout]) -> Layout:
        began = time.perf_counter()
        layout = make()
        made.append((name, time.perf_counter() - began, layout))
        return layout

    share = np.var(vectors, axis=0) / np.var(vectors, axis=0).sum()
    for count, distance in [(15, 0.15), (5, 0.15), (50, 0.15), (15, 0.0)]:
        umap = add(
            f"UMAP {count}, {distance:g}",
            lambda c=count, d=distance: map_layout(project(vectors, c, d, 0)),
        )
        if (count, distance) == (15, 0.15):
            add("UMAP + shufflesnap", lambda xy=umap.xy: grid_layout(xy, "shufflesnap"))
            add("UMAP + RasterFairy", lambda xy=umap.xy: grid_layout(xy, "rasterfairy"))
    spread = add("t-SNE", lambda: map_layout(tsne(vectors, 30, 0)))
    add("t-SNE + shufflesnap", lambda: grid_layout(spread.xy, "shufflesnap"))
    add("FLAS", lambda: sorted_layout(vectors, 0))
    plane = add("PCA", lambda: components_layout(vectors, share))
    add("PCA + shufflesnap", lambda: grid_layout(plane.xy, "shufflesnap"))
    lot = np.random.default_rng(0).random((len(vectors), 2)).astype(np.float32)
    add("by lot", lambda: Layout("lot", "positions", lot, 0.01))
    return made


def main() -> None:
    """Print for each collection a table of all layouts, with what snapping to a grid loses."""
    warm = np.random.default_rng(0).normal(size=(60, 5)).astype(np.float32)
    project(warm, 5, 0.1, 0)  # numba compiles once
    for argument in sys.argv[1:]:
        folder, _, view = argument.partition(":")
        vectors = components(Path(folder), view or "look")
        true = nearest(vectors)
        lines = [_HEAD]
        for name, seconds, layout in layouts(vectors):
            quality = measured(layout, vectors, true).quality
            figures = [f"{quality[key]:.3f}" for key in _FIGURES]
            excess = quality.get("excess over the optimum")
            lines.append(
                [name, f"{seconds:.2f}", *figures, "" if excess is None else f"{excess:.4f}"]
            )
        table(f"{Path(folder).name}, view {view or 'look'}, {len(vectors)} images", lines)


if __name__ == "__main__":
    main()
