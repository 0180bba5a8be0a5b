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

from builder.atlas.types import Atlas, AtlasLevel, Vectors
from builder.clusters.types import Cluster, Clustering, Fit
from builder.errors import Problem
from builder.layouts.types import Layout, Mark
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


def write_vectors(vectors: Vectors) -> Write:
    """Numbers and scales as arrays, what is lost as a note."""
    arrays = {"values": vectors.values, "scales": vectors.scales}
    return archive(arrays, {"overlap": vectors.overlap})


def read_vectors(path: Path) -> Vectors:
    """What `write_vectors` wrote."""
    arrays, note = read(path)
    return Vectors(arrays["values"], arrays["scales"], note["overlap"])


def write_fit(fit: Fit) -> Write:
    """Labels as an array, everything else as a note."""
    note = {
        "k": fit.k,
        "method": fit.method,
        "choice": dict(fit.choice),
        "stability": list(fit.stability),
        "names": list(fit.names),
        "problems": [asdict(problem) for problem in fit.problems],
    }
    return archive({"labels": fit.labels}, note)


def read_fit(path: Path) -> Fit:
    """What `write_fit` wrote."""
    arrays, note = read(path)
    return Fit(
        arrays["labels"],
        note["k"],
        note["method"],
        note["choice"],
        tuple(note["stability"]),
        tuple(note["names"]),
        tuple(Problem(**problem) for problem in note["problems"]),
    )


def write_clustering(clustering: Clustering) -> Write:
    """Labels and distances as arrays, everything else as a note."""
    note = {
        "method": clustering.method,
        "choice": dict(clustering.choice),
        "clusters": [asdict(cluster) for cluster in clustering.clusters],
        "name": clustering.name,
        "order": clustering.order,
        "problems": [asdict(problem) for problem in clustering.problems],
    }
    return archive({"labels": clustering.labels, "distances": clustering.distances}, note)


def read_clustering(path: Path) -> Clustering:
    """What `write_clustering` wrote."""
    arrays, note = read(path)
    return Clustering(
        note["method"],
        arrays["labels"],
        tuple(Cluster(**_tuples(entry)) for entry in note["clusters"]),
        note["choice"],
        note["name"],
        arrays["distances"],
        note["order"],
        tuple(Problem(**problem) for problem in note["problems"]),
    )


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    """Lists of JSON, and lists in them, as the tuples that they were."""

    def frozen(value: Any) -> Any:
        return tuple(frozen(one) for one in value) if isinstance(value, list) else value

    return {key: frozen(value) for key, value in entry.items()}


def write_pictures(pictures: Mapping[str, bytes]) -> Write:
    """Encoded pictures by name, one after the other."""
    sizes = [len(data) for data in pictures.values()]
    joined = np.frombuffer(b"".join(pictures.values()), np.uint8)
    ends = np.cumsum(sizes, dtype=np.int64)
    return archive({"bytes": joined, "ends": ends}, {"names": list(pictures)})


def read_pictures(path: Path) -> dict[str, bytes]:
    """What `write_pictures` wrote."""
    arrays, note = read(path)
    parts = np.split(arrays["bytes"], arrays["ends"][:-1])
    return {name: part.tobytes() for name, part in zip(note["names"], parts, strict=False)}


def write_layout(layout: Layout) -> Write:
    """Positions and cells as arrays, the rest as a note."""
    note = {
        "name": layout.name,
        "kind": layout.kind,
        "size": layout.size,
        "columns": layout.columns,
        "rows": layout.rows,
        "quality": dict(layout.quality),
        "label": layout.label,
        "note": layout.note,
        "marks": [asdict(mark) for mark in layout.marks],
    }
    arrays = {
        "xy": layout.xy,
        "cell": layout.cell,
        "faithful": layout.faithful,
        "lines": np.concatenate([np.zeros((0, 2), np.float32), *layout.lines]),
        "line_ends": np.cumsum([len(line) for line in layout.lines], dtype=np.int64),
    }
    return archive(arrays, note)


def read_layout(path: Path) -> Layout:
    """What `write_layout` wrote."""
    arrays, note = read(path)
    lines = np.split(arrays["lines"], arrays["line_ends"])[:-1]
    return Layout(
        xy=arrays["xy"],
        cell=arrays["cell"],
        faithful=arrays["faithful"],
        lines=tuple(lines),
        **{**note, "marks": tuple(Mark(**mark) for mark in note["marks"])},
    )


def write_atlas(atlas: Atlas) -> Write:
    """Slots and colours as arrays, levels as a note."""
    levels = [asdict(level) for level in atlas.levels]
    return archive({"slots": atlas.slots, "colours": atlas.colours}, {"levels": levels})


def read_atlas(path: Path) -> Atlas:
    """What `write_atlas` wrote."""
    arrays, note = read(path)
    levels = tuple(AtlasLevel(**level) for level in note["levels"])
    return Atlas(levels, arrays["slots"], arrays["colours"])
