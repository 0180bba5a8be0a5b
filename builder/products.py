"""Inner products of stored features, kept from build to build: new images cost their own rows."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.features.store import FeatureStore
from builder.similarity.blocks import GRID, MAPPED, forget
from builder.similarity.gram import extend_gram, inner_gram
from builder.workspace import Workspace

VERSION = 1
"""Of how products are summed. Raised by hand when the numbers change."""

_WORTH = 0.5  # of the rows wanted: with fewer known ones all are taken anew
_SAMPLE = 1024  # numbers of a row by which it is known again


class KeptProducts:
    """The matrix of all inner products of a store, extended by what was added since.

    A product's last bits depend on where its rows stand, so a catalogue that grew may differ in
    them from one that was built at once, as it may in where images lie on a map.

    Args:
        workspace: of the catalogue.
        store: the features; its rows stay where they are for ever.
    """

    def __init__(self, workspace: Workspace, store: FeatureStore) -> None:
        self._workspace = workspace
        self._name = f"products-{store.array.stem.removeprefix('features-')}"
        self._parts: dict[str, object] = {"version": VERSION, "grid": vars(GRID)}
        self._path = workspace.path(self._name, ".npz", self._parts)

    def __call__(self, features: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Inner products of the chosen rows with each other, (n, n); rows are distinct.

        Raises:
            ModelError: features are infinite or undefined.
        """
        known, matrix = self._known(features)
        missing = rows[~np.isin(rows, known)]
        if len(rows) - len(missing) < _WORTH * len(rows):
            known, matrix = rows, inner_gram(features, rows)
        elif len(missing):
            matrix = extend_gram(matrix, features, known, missing)
            known = np.concatenate([known, missing])
        kept = np.isin(known, rows)
        if not kept.all():
            known, matrix = known[kept], matrix[np.ix_(kept, kept)]
        if len(missing) or not kept.all():
            self._keep(known, matrix, features)
        if np.array_equal(known, rows):
            return matrix
        order = np.argsort(known)
        place = order[np.searchsorted(known, rows, sorter=order)]
        return matrix[np.ix_(place, place)]

    def _known(self, features: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows whose products are there, and these; none if the features were made anew since."""
        nothing = np.zeros(0, np.int64), np.zeros((0, 0), np.float32)
        if not self._path.exists():
            return nothing
        held = records.read_arrays(self._path)
        rows = held["rows"]
        there = rows.max(initial=-1) < len(features)
        if not there or not np.array_equal(_marks(features, rows), held["marks"]):
            return nothing
        return rows, held["matrix"]

    def _keep(
        self, rows: NDArray[np.int64], matrix: NDArray[np.float32], features: NDArray[Any]
    ) -> None:
        arrays = {"rows": rows, "matrix": matrix, "marks": _marks(features, rows)}
        self._workspace.write(self._path, self._name, self._parts, records.archive(arrays))


def _marks(features: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number for each row by its middle: tells whether a file still holds what it held."""
    plain, width = np.asarray(features), features.shape[1]
    cut = slice(max((width - _SAMPLE) // 2, 0), (width + _SAMPLE) // 2 + 1)
    marks = np.empty(len(rows), np.uint64)
    for done, row in enumerate(rows.tolist()):
        digest = hashlib.blake2b(plain[row, cut].tobytes(), digest_size=8).digest()
        marks[done] = int.from_bytes(digest, "little")
        if done % MAPPED == 0:
            forget(features)
    return marks
