"""The store of features: what is in it stays, whatever happens while it is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.features.store import FeatureStore

WIDTH = 5


def rows(first: int, count: int) -> np.ndarray:
    return np.arange(first * WIDTH, (first + count) * WIDTH, dtype=np.float16).reshape(-1, WIDTH)


def filled(folder: Path, batches: list[int]) -> FeatureStore:
    store = FeatureStore(folder / "features.npy", WIDTH)
    done = 0
    for size in batches:
        store.append([f"{i:064x}" for i in range(done, done + size)], rows(done, size))
        done += size
    return store


def test_a_store_is_an_ordinary_numpy_file(tmp_path: Path) -> None:
    """numpy.load reads it, without pickles."""
    filled(tmp_path, [2, 3])

    assert np.array_equal(rows(0, 5), np.load(tmp_path / "features.npy", allow_pickle=False))


def test_rows_are_found_by_content(tmp_path: Path) -> None:
    """Index and membership go by hash, also after opening again."""
    filled(tmp_path, [2, 3])

    store = FeatureStore(tmp_path / "features.npy", WIDTH)

    assert f"{4:064x}" in store
    assert f"{5:064x}" not in store
    assert store.index([f"{4:064x}", f"{0:064x}"]).tolist() == [4, 0]
    assert np.array_equal(rows(0, 5), store.open())


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.data())
def test_a_kill_at_any_moment_costs_no_finished_batch(
    tmp_path_factory: pytest.TempPathFactory, batches: list[int], data: st.DataObject
) -> None:
    """Whatever part of the last batch reached the disk, all former ones are whole."""
    folder = tmp_path_factory.mktemp("store")
    store = filled(folder, batches)
    safe, last = sum(batches[:-1]), batches[-1]
    array, names = store.array.read_bytes(), store.list.read_bytes()
    keep = data.draw(st.integers(128 + safe * WIDTH * 2, len(array)))
    named = data.draw(st.integers(safe * 65, len(names)))
    store.array.write_bytes(array[:keep])
    store.list.write_bytes(names[:named])

    again = FeatureStore(store.array, WIDTH)

    assert safe <= len(again) <= safe + last
    assert np.array_equal(rows(0, len(again)), again.open())
    assert np.array_equal(rows(0, len(again)), np.load(store.array))
    rest = safe + last - len(again)
    if rest:
        keys = [f"{i:064x}" for i in range(len(again), safe + last)]
        again.append(keys, rows(len(again), rest))
    assert np.array_equal(rows(0, safe + last), np.load(store.array))


def test_rows_of_another_shape_are_refused(tmp_path: Path) -> None:
    """A wrong width is a mistake of ours, told at once."""
    store = FeatureStore(tmp_path / "features.npy", WIDTH)

    with pytest.raises(ValueError, match="expected 1 float16 rows of 5"):
        store.append(["a"], np.zeros((1, 4), np.float16))
