"""Vectors that users bring: found by id, whatever the file's order, and refused with reasons."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from builder.errors import ModelError
from builder.features.own_vectors import (
    read_vectors,
    vectors_checksum,
    vectors_width,
    zero_vectors,
)

IDS = ["a", "b", "c", "d"]
ROWS = np.arange(1, 13, dtype=np.float32).reshape(4, 3)


def npy(folder: Path, rows: np.ndarray = ROWS, ids: list[str] = IDS) -> Path:
    path = folder / "mine.npy"
    np.save(path, rows)
    path.with_suffix(".txt").write_text("".join(f"{name}\n" for name in ids), encoding="utf-8")
    return path


def table(folder: Path, columns: dict[str, object]) -> Path:
    path = folder / "mine.parquet"
    parquet.write_table(pa.table(columns), path)
    return path


@given(st.permutations(IDS), st.sampled_from(["float16", "float32", "float64", "int8"]))
@settings(max_examples=20, deadline=None)
def test_rows_come_in_the_order_of_the_images(
    tmp_path_factory: pytest.TempPathFactory, ids: list[str], kind: str
) -> None:
    """Each image gets its own row; rows of others are left out."""
    folder = tmp_path_factory.mktemp("vectors")
    path = npy(folder, ROWS.astype(kind), ids)

    found = read_vectors(path, IDS[:3])

    assert found.dtype == np.float32
    assert np.array_equal(found, [ROWS[ids.index(name)] for name in IDS[:3]])
    assert vectors_width(path) == 3


@pytest.mark.parametrize("kind", ["list", "fixed", "columns"])
def test_parquet_holds_lists_or_columns(tmp_path: Path, kind: str) -> None:
    """One column of lists of either kind, or a numeric column for each number."""
    columns: dict[str, object] = {"id": IDS}
    if kind == "list":
        columns["vector"] = ROWS.tolist()
    elif kind == "fixed":
        flat = pa.array(ROWS.ravel())
        columns["vector"] = pa.FixedSizeListArray.from_arrays(flat, 3)
    else:
        columns |= {f"x{i}": ROWS[:, i] for i in range(3)}

    found = read_vectors(table(tmp_path, columns), ["d", "a"])

    assert np.array_equal(found, ROWS[[3, 0]])


def test_a_common_list_of_ids_serves_several_arrays(tmp_path: Path) -> None:
    """`ids.txt` beside them."""
    path = npy(tmp_path)
    path.with_suffix(".txt").rename(tmp_path / "ids.txt")

    assert np.array_equal(ROWS[:1], read_vectors(path, ["a"]))


def test_missing_ids_are_named_the_first_five(tmp_path: Path) -> None:
    """And the others counted."""
    with pytest.raises(ModelError, match=r'no row for "e", "f", "g", "h", "i" and 2 others'):
        read_vectors(npy(tmp_path), [*IDS, *"efghijk"])


def changed(place: tuple[int, int], value: float) -> np.ndarray:
    rows = ROWS.astype(np.float64)
    rows[place] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "ids", "reason"),
    [
        (changed((1, 2), np.nan), IDS, r'not finite .* for "b"'),
        (changed((2, 0), 1e300), IDS, r'not finite .* for "c"'),
        (ROWS.astype(complex), IDS, "holds complex128, not real numbers"),
        (ROWS.astype(str), IDS, "holds <U32, not real numbers"),
        (ROWS.astype(object), IDS, "is no whole array"),
        (ROWS.ravel(), IDS, "holds 12 numbers; it wants one row an image"),
        (ROWS[:, :0], IDS, "holds 4 x 0 numbers"),
        (ROWS, IDS[:3], "has 4 rows, but 3 ids"),
        (ROWS, ["a", "b", "b", "c"], 'several rows for "b"'),
    ],
)
def test_bad_arrays_are_told_in_words(
    tmp_path: Path, rows: np.ndarray, ids: list[str], reason: str
) -> None:
    """One sentence with the file and the reason."""
    path = npy(tmp_path, rows, ids)

    with pytest.raises(ModelError, match=reason) as error:
        read_vectors(path, ["a", "b", "c"])
    assert error.value.where == str(path)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"name": IDS, "vector": ROWS.tolist()}, 'has no column "id"'),
        ({"id": IDS, "v": ROWS.tolist(), "w": ROWS.tolist()}, "several columns of lists: v, w"),
        ({"id": IDS, "v": [[1.0], [1.0, 2.0], [1.0], [1.0]]}, "different lengths"),
        ({"id": IDS, "v": [[1.0], None, [1.0], [1.0]]}, "different lengths"),
        ({"id": IDS, "v": ["x", "y", "z", "w"]}, 'column "v" holds string'),
        ({"id": IDS}, "holds no numbers"),
        ({"id": IDS, "v": [1.0, None, 2.0, 3.0]}, r'not finite .* for "b"'),
    ],
)
def test_bad_tables_are_told_in_words(
    tmp_path: Path, columns: dict[str, object], reason: str
) -> None:
    """Parquet files too."""
    with pytest.raises(ModelError, match=reason):
        read_vectors(table(tmp_path, columns), ["a", "b"])


def test_files_that_are_none_are_told_in_words(tmp_path: Path) -> None:
    """Missing, of another kind, cut off, or without ids."""
    cut = npy(tmp_path)
    cut.write_bytes(cut.read_bytes()[:140])
    alone = tmp_path / "alone" / "mine.npy"
    alone.parent.mkdir()
    np.save(alone, ROWS)
    text = tmp_path / "mine.csv"
    text.write_text("1,2")
    damaged = tmp_path / "damaged.parquet"
    damaged.write_bytes(b"PAR1")
    for path, reason in (
        (tmp_path / "other.npy", "no such file"),
        (cut, "is no whole array"),
        (alone, "list the ids, one a line, in mine.txt"),
        (text, "neither .npy nor .parquet"),
        (damaged, "is no whole Parquet file"),
    ):
        with pytest.raises(ModelError, match=reason):
            read_vectors(path, IDS)


def test_zero_vectors_are_allowed_and_reported(tmp_path: Path) -> None:
    """A problem for each, named by its image."""
    rows = ROWS.copy()
    rows[2] = 0
    path = npy(tmp_path, rows)

    found = zero_vectors(path, read_vectors(path, IDS), IDS)

    assert [problem.path for problem in found] == ["c"]


def test_the_checksum_covers_the_ids(tmp_path: Path) -> None:
    """The same array in another order of ids is something else."""
    first = vectors_checksum(npy(tmp_path))
    second = vectors_checksum(npy(tmp_path, ids=IDS[::-1]))

    assert first != second
