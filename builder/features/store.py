"""Features kept per picture: an open array on disk that only ever grows, a batch at a time.

`features-<key>.npy` is an ordinary NumPy file (float16, one row a picture) and
`features-<key>.txt` lists the content hash of each row. A batch is first appended to the array,
then to the list, then the array's header is brought up to date; after a kill at any moment
opening the store again drops at most the batch in hand.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HEADER = 128  # bytes; NumPy pads a small header to this and leaves room for the row count


class FeatureStore:
    """Rows of `width` float16 numbers by content hash.

    Args:
        array: path of the `.npy` file; the list lies beside it with the ending `.txt`.
        width: numbers in a row.
    """

    def __init__(self, array: Path, width: int) -> None:
        self.array, self.list, self.width = array, array.with_suffix(".txt"), width
        self._rows: dict[str, int] = {}
        if array.exists() and self.list.exists():
            self._recover()

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def append(self, keys: Sequence[str], rows: NDArray[np.float16]) -> None:
        """Add rows, safely: (len(keys), width) float16.

        Raises:
            OSError: the disk is full; the rows stored before stay whole.
        """
        if rows.shape != (len(keys), self.width) or rows.dtype != np.float16:
            raise ValueError(f"expected {len(keys)} float16 rows of {self.width}, got {rows.shape}")
        with self.array.open("r+b" if self.array.exists() else "w+b") as file:
            if not self._rows:
                file.write(_header(0, self.width))
            file.seek(_HEADER + len(self) * self.width * 2)
            file.write(np.ascontiguousarray(rows).tobytes())
            file.flush()
            os.fsync(file.fileno())
            self._list(keys)
            file.seek(0)
            file.write(_header(len(self), self.width))

    def open(self) -> NDArray[np.float16]:
        """The rows, memory-mapped read-only, (len(self), width)."""
        if not self._rows:
            return np.empty((0, self.width), np.float16)
        return np.memmap(self.array, np.float16, "r", offset=_HEADER, shape=(len(self), self.width))

    def index(self, keys: Sequence[str]) -> NDArray[np.int64]:
        """The stored row of each key; a KeyError if one is missing."""
        return np.array([self._rows[key] for key in keys], np.int64)

    def _list(self, keys: Sequence[str]) -> None:
        with self.list.open("a", encoding="ascii") as file:
            file.writelines(f"{key}\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        for key in keys:
            self._rows[key] = len(self._rows)

    def _recover(self) -> None:
        """Keep the rows that both files hold whole; cut off what a kill left half-written."""
        lines = self.list.read_text(encoding="ascii").splitlines(keepends=True)
        whole = (self.array.stat().st_size - _HEADER) // (self.width * 2)
        keys = [line.strip() for line in lines if line.endswith("\n")][: max(0, whole)]
        self._rows = {key: row for row, key in enumerate(keys)}
        text = "".join(f"{key}\n" for key in keys)
        if text != "".join(lines):
            self.list.write_text(text, encoding="ascii")
        header = _header(len(keys), self.width)
        with self.array.open("r+b") as file:
            if file.read(_HEADER) != header:
                file.seek(0)
                file.write(header)
            file.truncate(_HEADER + len(keys) * self.width * 2)


def _header(rows: int, width: int) -> bytes:
    buffer = BytesIO()
    np.lib.format.write_array_header_1_0(
        buffer, {"descr": "<f2", "fortran_order": False, "shape": (rows, width)}
    )
    header = buffer.getvalue()
    if len(header) != _HEADER:
        raise AssertionError(f"NumPy wrote a header of {len(header)} bytes")
    return header
