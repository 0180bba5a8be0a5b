"""Vectors that users bring themselves, in NumPy or Parquet files, each with its image's id."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.errors import ModelError, Problem, SettingsError
from builder.features.backbones.checkpoints import checksum

ID = "id"
_SHOWN = 5  # ids named in a message


def vectors_width(path: Path) -> int:
    """Numbers in a row of the file; errors as in `read_vectors`."""
    return int(_table(path)[1].shape[1])


def vectors_checksum(path: Path) -> str:
    """sha256 of all that `read_vectors` reads, hex: of the file, or of the array and its ids."""
    if path.suffix != ".npy":
        return checksum(path)
    both = checksum(path) + checksum(_ids_file(path))
    return hashlib.sha256(both.encode()).hexdigest()


def no_question(backbone: str) -> SettingsError:
    """What to say when a picture from outside is asked about in a view of the user's vectors."""
    return SettingsError(
        f'a new picture has no vector in "{backbone}", so it cannot be compared',
        "catalogue.toml",
        "ask in another view",
    )


def read_vectors(path: Path, ids: Sequence[str]) -> NDArray[np.float32]:
    """Read the vectors of a catalogue's images.

    Args:
        path: a `.npy` file (rows, d), with the id of each row on a line of its own in a `.txt`
            file of the same name or in `ids.txt` beside it; or a Parquet file with a column "id"
            and one column of lists, or else numeric columns, which are taken in their order.
        ids: of the images, in order. Rows of other images are left out.

    Returns:
        (len(ids), d) float32, row i is image i. Rows may be zero, see `zero_vectors`.

    Raises:
        ModelError: the file cannot be read; it holds no real numbers, or numbers that are not
            finite; an image has no row, or two; or there are not as many ids as rows.
    """
    names, rows = _table(path)
    twice = [name for name, times in Counter(names).items() if times > 1 and name in set(ids)]
    if twice:
        raise ModelError(f"has several rows for {_named(twice)}", str(path), "keep one for each")
    place = {name: row for row, name in enumerate(names)}
    missing = [name for name in ids if name not in place]
    if missing:
        raise ModelError(
            f"has no row for {_named(missing)}", str(path), "add it, or leave out the descriptor"
        )
    with np.errstate(over="ignore"):
        chosen = np.asarray(rows[[place[name] for name in ids]], np.float32)
    bad = ~np.isfinite(chosen).all(axis=1)
    if bad.any():
        named = _named([ids[row] for row in np.nonzero(bad)[0].tolist()])
        raise ModelError(
            f"has numbers that are not finite (NaN or too large) for {named}", str(path), "mend it"
        )
    return chosen


def zero_vectors(
    path: Path, vectors: NDArray[np.float32], ids: Sequence[str]
) -> tuple[Problem, ...]:
    """Images whose vector is zero: they are like nothing, which should be known."""
    return tuple(
        Problem(
            ids[row],
            f"its vector in {path.name} is zero, so it is like no other image",
            "compute it anew",
        )
        for row in np.nonzero(~vectors.any(axis=1))[0].tolist()
    )


def _table(path: Path) -> tuple[list[str], NDArray[Any]]:
    if not path.is_file():
        raise ModelError(
            "there is no such file of vectors", str(path), "correct backbone in catalogue.toml"
        )
    if path.suffix == ".npy":
        names, rows = _numpy_ids(path), _numpy(path)
    elif path.suffix in (".parquet", ".pq"):
        names, rows = _parquet(path)
    else:
        raise ModelError("is neither .npy nor .parquet", str(path), "save it as one of these")
    if rows.ndim != 2 or not rows.size:
        shape = " x ".join(map(str, rows.shape))
        raise ModelError(f"holds {shape} numbers", str(path), "it wants one row an image")
    if rows.dtype.kind not in "fiu":
        raise ModelError(
            f"holds {rows.dtype}, not real numbers", str(path), "save it as float32 or float16"
        )
    if len(names) != len(rows):
        raise ModelError(f"has {len(rows)} rows, but {len(names)} ids", str(path), "make them fit")
    return names, rows


def _numpy(path: Path) -> NDArray[Any]:
    try:
        found: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise ModelError(
            f"is no whole array of numbers ({error})", str(path), "save it with numpy.save"
        ) from error
    return found


def _ids_file(path: Path) -> Path:
    own = path.with_suffix(".txt")
    for file in (own, path.with_name("ids.txt")):
        if file.is_file():
            return file
    raise ModelError(
        "does not say which image each row belongs to",
        str(path),
        f"list the ids, one a line, in {own.name}",
    )


def _numpy_ids(path: Path) -> list[str]:
    file = _ids_file(path)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ModelError("is not UTF-8", str(file), "save it as UTF-8") from error
    return [line.strip() for line in lines if line.strip()]


def _parquet(path: Path) -> tuple[list[str], NDArray[Any]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise ModelError(
            "is no whole Parquet file", str(path), "write it again with pyarrow or pandas"
        ) from error
    if ID not in table.column_names:
        raise ModelError(f'has no column "{ID}"', str(path), "add the id of each row's image")
    names = [str(value) for value in table.column(ID).to_pylist()]
    columns = table.drop_columns([ID])
    lists = [field.name for field in columns.schema if _is_list(field.type)]
    if len(lists) > 1:
        raise ModelError(f"has several columns of lists: {', '.join(lists)}", str(path), "keep one")
    if lists:
        return names, _stacked(columns.column(lists[0]).combine_chunks(), path)
    return names, _side_by_side(columns, path)


def _side_by_side(columns: Any, path: Path) -> NDArray[Any]:
    from pyarrow import types

    for field in columns.schema:
        if not (types.is_floating(field.type) or types.is_integer(field.type)):
            raise ModelError(
                f'column "{field.name}" holds {field.type}, not real numbers',
                str(path),
                "keep only the id and numbers",
            )
    if not columns.num_columns:
        raise ModelError("holds no numbers", str(path), "add a column of lists")
    return np.stack([column.to_numpy() for column in columns.itercolumns()], axis=1)


def _is_list(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _stacked(column: Any, path: Path) -> NDArray[Any]:
    from pyarrow import compute

    lengths = compute.list_value_length(column).to_pylist()
    if not lengths or len(set(lengths)) > 1 or lengths[0] is None:
        raise ModelError(
            "has vectors of different lengths, or none", str(path), "give all images one length"
        )
    flat: NDArray[Any] = column.flatten().to_numpy(zero_copy_only=False)
    return flat.reshape(len(column), lengths[0])


def _named(ids: Sequence[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in ids[:_SHOWN])
    return shown + (f" and {len(ids) - _SHOWN} others" if len(ids) > _SHOWN else "")
