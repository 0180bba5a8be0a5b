"""The store of features: what is in it stays, whatever happens while it is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
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
@settings(deadline=None)
def test_a_kill_at_any_moment_costs_no_finished_batch(
    tmp_path_factory: pytest.TempPathFactory, batches: list[int], data: st.DataObject
) -> None:
    """Whatever part of the last batch reached the disk, all former ones are whole."""
    folder = tmp_path_factory.mktemp("store")
    store = filled(folder, batches)
    safe, last = sum(batches[:-1]), batches[-1]
    array, names = store.array.read_bytes(), store.list.read_bytes()
    keep = data.draw(st.integers(128 + safe * WIDTH * 2, len(array)))
    line = len(names) // (safe + last)
    named = data.draw(st.integers(safe * line, len(names)))
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


@st.composite
def figures(draw: st.DrawFn) -> tuple[int, list[list[tuple[float, ...]]]]:
    """Turns, and batches of pictures, each as the weights of its pieces; some have none."""
    weights = st.lists(st.sampled_from([1.0, 0.5, 0.25, 1 / 3]), max_size=4).map(tuple)
    batch = st.lists(weights, min_size=1, max_size=3)
    return draw(st.integers(1, 3)), draw(st.lists(batch, min_size=1, max_size=4))


def named(first: int, pictures: list[tuple[float, ...]]) -> list[str]:
    return [f"{i:064x}" for i in range(first, first + len(pictures))]


def expected_places(turns: int, pictures: list[tuple[float, ...]]) -> list[int]:
    """The first row of each picture: those before it have pieces times turns rows each."""
    return [sum(len(own) for own in pictures[:i]) * turns for i in range(len(pictures))]


@given(figures(), st.data())
@settings(deadline=None)
def test_pictures_of_several_pieces_are_found_after_a_kill_at_any_moment(
    tmp_path_factory: pytest.TempPathFactory,
    given_figures: tuple[int, list[list[tuple[float, ...]]]],
    data: st.DataObject,
) -> None:
    """Pieces, turns and pictures without a piece: what was finished is whole, the rest can follow.

    Anything may have reached the disk of the last batch's rows, lines and header.
    """
    turns, batches = given_figures
    folder = tmp_path_factory.mktemp("store")
    store = FeatureStore(folder / "features.npy", WIDTH, turns)
    pictures = [own for batch in batches for own in batch]
    everything = rows(0, sum(len(own) for own in pictures) * turns)
    places = [*expected_places(turns, pictures), len(everything)]
    done, former = 0, (b"", b"")
    for batch in batches:
        if store.array.exists():
            former = store.array.read_bytes(), store.list.read_bytes()
        end = done + len(batch)
        store.append(named(done, batch), everything[places[done] : places[end]], batch)
        done = end
    array, lines = store.array.read_bytes(), store.list.read_bytes()
    safe = done - len(batches[-1])
    if not safe:
        former = (array[:128], b"")
    stored = data.draw(st.integers(len(former[0]), len(array)))
    store.array.write_bytes(former[0][:128] + array[128:stored])
    # Lines are written when the rows are safe.
    listed = data.draw(st.integers(len(former[1]), len(lines))) if stored == len(array) else 0
    store.list.write_bytes(lines[: max(listed, len(former[1]))])

    again = FeatureStore(store.array, WIDTH, turns)

    assert safe <= len(again) <= done
    kept = places[len(again)]
    assert np.array_equal(everything[:kept], again.open())
    assert np.array_equal(everything[:kept], np.load(store.array))
    rest = pictures[len(again) :]
    if rest:
        again.append(named(len(again), rest), everything[kept:], rest)
    for whole in (again, FeatureStore(store.array, WIDTH, turns)):
        assert places[:-1] == whole.index(named(0, pictures)).tolist()
        assert np.array_equal(everything, whole.open())
        for key, own in zip(named(0, pictures), pictures, strict=True):
            assert pytest.approx(own, rel=1e-5) == whole[key].weights


def test_weights_are_the_same_before_and_after_reading_them_again(tmp_path: Path) -> None:
    """What a build compares with does not depend on whether it described the pictures itself."""
    store = FeatureStore(tmp_path / "features.npy", WIDTH)
    store.append(["a", "b"], rows(0, 3), [(1 / 3, 2 / 3), (1.0,)])

    again = FeatureStore(tmp_path / "features.npy", WIDTH)

    assert store["a"] == again["a"]
    assert store["b"] == again["b"]


def test_pictures_without_any_piece_are_known(tmp_path: Path) -> None:
    """A collection of blank sheets has an empty array, and nothing is left to describe."""
    store = FeatureStore(tmp_path / "features.npy", WIDTH, 7)
    store.append(["a", "b"], np.empty((0, WIDTH), np.float16), [(), ()])

    again = FeatureStore(tmp_path / "features.npy", WIDTH, 7)

    assert "a" in again
    assert "b" in again
    assert again["b"].weights == ()
    assert again.open().shape == np.load(tmp_path / "features.npy").shape == (0, WIDTH)


def test_opening_a_torn_list_keeps_the_rest_if_killed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill while a store is mended costs nothing more: the list is shortened, not rewritten."""
    store = filled(tmp_path, [2, 3])
    torn = store.list.read_bytes()[:-4]
    store.list.write_bytes(torn)
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: pytest.fail("rewritten"))

    again = FeatureStore(store.array, WIDTH)

    assert len(again) == 4
    assert torn.startswith(store.list.read_bytes())
    assert np.array_equal(rows(0, 4), np.load(store.array))
