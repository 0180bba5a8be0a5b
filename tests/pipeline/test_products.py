"""Inner products kept from build to build."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import products
from builder.features.store import FeatureStore
from builder.products import KeptProducts
from builder.workspace import Workspace

WIDTH = 5000


def catalogue(folder: Path, count: int, seed: int = 0) -> tuple[Workspace, FeatureStore]:
    """A store of random features."""
    store = FeatureStore(folder / ".volvelle" / "features-some-abc.npy", WIDTH)
    more(store, count, seed)
    return Workspace(folder), store


def more(store: FeatureStore, count: int, seed: int = 0) -> None:
    store.array.parent.mkdir(parents=True, exist_ok=True)
    first = len(store)
    rng = np.random.default_rng(seed + first)
    rows = rng.normal(0.5, 1, (count, WIDTH)).astype(np.float16)
    store.append([f"{seed}-{first + i}" for i in range(count)], rows)


def naive(store: FeatureStore, rows: np.ndarray) -> np.ndarray:
    exact = store.open()[rows].astype(np.float64)
    return exact @ exact.T


@given(st.lists(st.sets(st.integers(0, 29), min_size=1), min_size=1, max_size=5), st.randoms())
@settings(max_examples=40, deadline=None)
def test_whatever_was_asked_before_the_answer_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, asked: list[set[int]], random: object
) -> None:
    """Images come, go, return and change places: products are those of the rows, in their order."""
    workspace, store = catalogue(tmp_path_factory.mktemp("c"), 30)
    for wanted in asked:
        rows = np.array(sorted(wanted, key=lambda _: random.random()), np.int64)  # type: ignore[attr-defined]

        found = KeptProducts(workspace, store)(store.open(), rows)

        np.testing.assert_allclose(found, naive(store, rows), rtol=1e-5)
        assert np.array_equal(found, found.T)


def test_only_new_rows_are_multiplied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten more images: the others are not computed again, and keep their bits."""
    workspace, store = catalogue(tmp_path, 90)
    before = KeptProducts(workspace, store)(store.open(), np.arange(90))
    more(store, 10)
    monkeypatch.setattr(products, "inner_gram", None)

    after = KeptProducts(workspace, store)(store.open(), np.arange(100))

    assert np.array_equal(after[:90, :90], before)
    np.testing.assert_allclose(after, naive(store, np.arange(100)), rtol=1e-5)


def test_features_made_anew_are_multiplied_anew(tmp_path: Path) -> None:
    """A file of features that was deleted and made again holds other rows."""
    workspace, store = catalogue(tmp_path, 20)
    KeptProducts(workspace, store)(store.open(), np.arange(20))
    store.array.unlink()
    store.list.unlink()
    _, again = catalogue(tmp_path, 20, seed=7)

    found = KeptProducts(workspace, again)(again.open(), np.arange(20))

    np.testing.assert_allclose(found, naive(again, np.arange(20)), rtol=1e-5)
