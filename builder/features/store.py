"""Features kept per picture: an open array on disk that only ever grows, a batch at a time.

`features-<key>.npy` is an ordinary NumPy file (float16). A picture has a row for each of its
pieces, and for each turn in which a piece is described; usually that is one row.
`features-<key>.txt` lists the pictures in order, each with its content hash and the weights of its
pieces. A batch is first appended to the array, then to the list, then the array's header is
brought up to date; after a kill at any moment opening the store again drops at most the batch in
hand.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HEADER = 128  # bytes; NumPy pads a small header to this and leaves room for the row count


@dataclass(frozen=True)
class Held:
    """Where the rows of one picture lie: from `start` on, those of its pieces one after another.

    A picture in which nothing is drawn may have no piece.
    """

    start: int
    weights: tuple[float, ...]


class FeatureStore:
    """Rows of `width` float16 numbers by content hash.

    Args:
        array: path of the `.npy` file; the list lies beside it with the ending `.txt`.
        width: numbers in a row.
        turns: rows a piece.
    """

    def __init__(self, array: Path, width: int, turns: int = 1) -> None:
        self.array, self.list = array, array.with_suffix(".txt")
        self.width, self.turns = width, turns
        self._held: dict[str, Held] = {}
        self._rows = 0
        if array.exists() and self.list.exists():
            self._recover()

    def __contains__(self, key: str) -> bool:
        return key in self._held

    def __len__(self) -> int:
        return len(self._held)

    def __getitem__(self, key: str) -> Held:
        return self._held[key]

    def append(
        self,
        keys: Sequence[str],
        rows: NDArray[np.float16],
        weights: Sequence[Sequence[float]] | None = None,
    ) -> None:
        """Add pictures, safely.

        Args:
            keys: content hash of each.
            rows: (rows of all, width) float16.
            weights: of the pieces of each; one piece each if not given.

        Raises:
            OSError: the disk is full; the rows stored before stay whole.
        """
        pieces = weights or [(1.0,)] * len(keys)
        expected = sum(len(own) for own in pieces) * self.turns
        if rows.shape != (expected, self.width) or rows.dtype != np.float16:
            raise ValueError(f"expected {expected} float16 rows of {self.width}, got {rows.shape}")
        with self.array.open("r+b" if self.array.exists() else "w+b") as file:
            if not self._rows:
                file.write(_header(0, self.width))
            file.seek(_HEADER + self._rows * self.width * 2)
            file.write(np.ascontiguousarray(rows).data)
            file.flush()
            os.fsync(file.fileno())
            self._list(keys, pieces)
            file.seek(0)
            file.write(_header(self._rows, self.width))

    def open(self) -> NDArray[np.float16]:
        """The rows, memory-mapped read-only, (rows, width)."""
        if not self._rows:
            return np.empty((0, self.width), np.float16)
        return np.memmap(
            self.array, np.float16, "r", offset=_HEADER, shape=(self._rows, self.width)
        )

    def index(self, keys: Sequence[str]) -> NDArray[np.int64]:
        """The first stored row of each key; a KeyError if one is missing."""
        return np.array([self._held[key].start for key in keys], np.int64)

    def _list(self, keys: Sequence[str], pieces: Sequence[Sequence[float]]) -> None:
        with self.list.open("a", encoding="ascii", newline="\n") as file:
            file.writelines(_line(key, own) for key, own in zip(keys, pieces, strict=True))
            file.flush()
            os.fsync(file.fileno())
        for key, own in zip(keys, pieces, strict=True):
            self._hold(key, tuple(float(_decimal(weight)) for weight in own))

    def _hold(self, key: str, weights: tuple[float, ...]) -> None:
        self._held[key] = Held(self._rows, weights)
        self._rows += len(weights) * self.turns

    def _recover(self) -> None:
        """Keep the rows that both files hold whole; cut off what a kill left half-written."""
        lines = self.list.read_text(encoding="ascii").splitlines(keepends=True)
        whole = (self.array.stat().st_size - _HEADER) // (self.width * 2)
        kept = 0
        for line in lines:
            key, *weights = line.split()
            if not line.endswith("\n") or self._rows + len(weights) * self.turns > whole:
                break
            self._hold(key, tuple(float(weight) for weight in weights))
            kept += len(line)
        if kept != self.list.stat().st_size:
            # Shortened, not rewritten: a kill between the two would lose all.
            os.truncate(self.list, kept)
        header = _header(self._rows, self.width)
        with self.array.open("r+b") as file:
            if file.read(_HEADER) != header:
                file.seek(0)
                file.write(header)
            file.truncate(_HEADER + self._rows * self.width * 2)


def _line(key: str, weights: Sequence[float]) -> str:
    return " ".join([key, *(_decimal(weight) for weight in weights)]) + "\n"


def _decimal(weight: float) -> str:
    return f"{weight:.6g}"


def _header(rows: int, width: int) -> bytes:
    buffer = BytesIO()
    np.lib.format.write_array_header_1_0(
        buffer, {"descr": "<f2", "fortran_order": False, "shape": (rows, width)}
    )
    header = buffer.getvalue()
    if len(header) != _HEADER:
        raise AssertionError(f"NumPy wrote a header of {len(header)} bytes")
    return header
