"""How the rooms' results are kept on disk: open NumPy archives, never pickles."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from io import BufferedWriter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.atlas.types import Atlas, AtlasLevel
from builder.clusters.types import Cluster, Clustering
from builder.layouts.types import Layout
from builder.similarity.types import NeighbourList, Neighbours

Write = Callable[[BufferedWriter], object]
Archive = Mapping[str, Any]


def archive(arrays: Archive, note: Mapping[str, object] | None = None) -> Write:
    """A function that writes named arrays, and a note in JSON, as an uncompressed npz."""
    text = np.array(json.dumps(note or {}, ensure_ascii=False))

    def write(file: BufferedWriter) -> None:
        np.savez(file, allow_pickle=False, note=text, **arrays)

    return write


def read(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays and the note of an archive."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files if name != "note"}
        return arrays, json.loads(str(stored["note"]))


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of an archive that has no note."""
    return read(path)[0]


def write_neighbours(neighbours: Neighbours) -> Write:
    """Both lists as arrays `all_rows`, `all_scores`, ... `others_chance`."""
    arrays = {}
    for scope in ("all", "others"):
        for name, value in vars(getattr(neighbours, scope)).items():
            if value is not None:
                arrays[f"{scope}_{name}"] = value
    return archive(arrays)


def read_neighbours(path: Path) -> Neighbours:
    """What `write_neighbours` wrote."""
    arrays, _ = read(path)

    def scope(name: str) -> NeighbourList:
        prefix = f"{name}_"
        own = {key.removeprefix(prefix): arrays[key] for key in arrays if key.startswith(prefix)}
        return NeighbourList(**own)

    return Neighbours(scope("all"), scope("others"))


def write_clustering(clustering: Clustering) -> Write:
    """Labels as an array, everything else as a note."""
    note = {
        "method": clustering.method,
        "choice": dict(clustering.choice),
        "clusters": [asdict(cluster) for cluster in clustering.clusters],
    }
    return archive({"labels": clustering.labels}, note)


def read_clustering(path: Path) -> Clustering:
    """What `write_clustering` wrote."""
    arrays, note = read(path)
    clusters = tuple(
        _cluster({k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})
        for entry in note["clusters"]
    )
    return Clustering(note["method"], arrays["labels"], clusters, note["choice"])


def _cluster(entry: dict[str, Any]) -> Cluster:
    return Cluster(**entry)


def write_layout(layout: Layout) -> Write:
    """Positions and cells as arrays, the rest as a note."""
    note = {
        "name": layout.name,
        "kind": layout.kind,
        "size": layout.size,
        "columns": layout.columns,
        "rows": layout.rows,
        "quality": dict(layout.quality),
    }
    return archive({"xy": layout.xy, "cell": layout.cell}, note)


def read_layout(path: Path) -> Layout:
    """What `write_layout` wrote."""
    arrays, note = read(path)
    return Layout(xy=arrays["xy"], cell=arrays["cell"], **note)


def write_atlas(atlas: Atlas) -> Write:
    """Slots and colours as arrays, levels as a note."""
    levels = [asdict(level) for level in atlas.levels]
    return archive({"slots": atlas.slots, "colours": atlas.colours}, {"levels": levels})


def read_atlas(path: Path) -> Atlas:
    """What `write_atlas` wrote."""
    arrays, note = read(path)
    levels = tuple(AtlasLevel(**level) for level in note["levels"])
    return Atlas(levels, arrays["slots"], arrays["colours"])
