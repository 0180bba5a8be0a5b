"""Pictures described into a store: in order, in batches, in every turn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import picture

from builder.features.cards import model_card
from builder.features.describe import (
    SMALL_TURNS,
    into_store,
    network_rows,
    oriented,
    stroke_rows,
    turns,
)
from builder.features.prepare import for_network
from builder.features.store import FeatureStore
from builder.settings import DescriptorSettings

GROUND = (250, 250, 250)
FORM = DescriptorSettings(preparation="pieces", backbone="strokes", size=64, orientations="turned")
NETWORK = DescriptorSettings(layer="blocks.2", size=32, pooling="mean")


def pictures(count: int) -> list[np.ndarray]:
    """Small diagrams, the second of them a blank sheet."""
    found = [picture(seed) for seed in range(count)]
    if count > 1:
        found[1] = np.full((30, 40, 3), 250, np.uint8)
    return found


def described(folder: Path, descriptor: DescriptorSettings, parts: list[range]) -> FeatureStore:
    """A store filled by one call after the other, as by builds that were cut short."""
    width = int(np.prod(model_card(descriptor).shape))
    store = FeatureStore(folder / "features.npy", width, turns(descriptor))
    shown = pictures(parts[-1].stop)
    for part in parts:
        keys = [f"{i:064x}" for i in part]
        first = part.start
        into_store(
            store,
            keys,
            descriptor,
            folder,
            lambda i, first=first: (shown[first + i], GROUND),
            "cpu",
            2,
            lambda _: None,
        )
    return store


def test_rows_of_pieces_follow_one_another(tmp_path: Path) -> None:
    """Each picture has the rows and weights that it has alone; a blank one has none."""
    store = described(tmp_path, FORM, [range(6)])

    rows = store.open()
    for number, shown in enumerate(pictures(6)):
        expected, (weights,) = stroke_rows(shown, FORM)
        held = store[f"{number:064x}"]
        assert held.weights == pytest.approx(weights, rel=1e-5)
        assert np.array_equal(expected, rows[held.start : held.start + len(expected)])
        assert len(expected) == len(weights) * len(SMALL_TURNS)
    assert store[f"{1:064x}"].weights == ()


def test_small_turns_are_those_of_the_piece() -> None:
    """The first row of each piece is upright and does not depend on the others."""
    upright = FORM.model_copy(update={"orientations": "square"})

    turned, _ = stroke_rows(picture(3), FORM)
    plain, _ = stroke_rows(picture(3), upright)

    assert turns(upright) == 1
    assert np.array_equal(plain, turned[:: turns(FORM)])
    assert not np.array_equal(turned[0], turned[1])


@pytest.mark.parametrize("descriptor", [FORM, NETWORK], ids=["strokes", "network"])
def test_a_resumed_description_gives_the_same_bytes(
    descriptor: DescriptorSettings, tmp_path: Path
) -> None:
    """Described at once, or in three goes."""
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()

    whole = described(tmp_path / "whole", descriptor, [range(7)])
    parts = described(tmp_path / "parts", descriptor, [range(1), range(1, 4), range(4, 7)])

    assert whole.array.read_bytes() == parts.array.read_bytes()
    assert whole.list.read_bytes() == parts.list.read_bytes()


def test_a_network_sees_each_picture_in_eight_orientations(tmp_path: Path) -> None:
    """Row o of a picture is that of the picture, turned; more pictures than a batch has."""
    eight = NETWORK.model_copy(update={"orientations": "square"})
    store = described(tmp_path, eight, [range(5)])

    assert store.open().shape == (40, 40)
    for number, shown in enumerate(pictures(5)):
        square = for_network(shown, GROUND, NETWORK)
        turned = [(oriented(square, way), GROUND) for way in range(8)]
        expected = network_rows(turned, NETWORK, tmp_path, "cpu")
        rows = store.open()[store[f"{number:064x}"].start :][:8]
        np.testing.assert_allclose(expected, rows, atol=2e-3)
        # The blank sheet looks the same in all.
        assert (number == 1) == np.allclose(rows, rows[0], atol=1e-3)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 7))
@settings(deadline=None)
def test_orientations_mirror_first_and_turn_clockwise(h: int, w: int, way: int) -> None:
    """Pixel by pixel."""
    pixels = np.random.default_rng(h * w).integers(0, 256, (h, w, 3)).astype(np.uint8)
    expected = pixels[:, ::-1] if way >= 4 else pixels
    for _ in range(way % 4):
        height = expected.shape[0]
        # Clockwise: what was lowest on the left comes to the upper left.
        expected = np.stack([expected[height - 1 - i] for i in range(height)], axis=1)

    assert np.array_equal(expected, oriented(pixels, way))


@pytest.mark.parametrize(
    ("backbone", "preparation", "orientations", "rows"),
    [
        ("strokes", "pieces", "turned", len(SMALL_TURNS)),
        ("strokes", "pieces", "square", 1),
        ("strokes", "lines", "upright", 1),
        ("lite0", "colour", "upright", 1),
        ("lite0", "colour", "square", 8),
        ("lite0", "lines", "turned", 8),
    ],
)
def test_rows_a_piece(backbone: str, preparation: str, orientations: str, rows: int) -> None:
    """Strokes are re-arranged, so only small turns are stored; networks see all eight."""
    descriptor = DescriptorSettings(
        backbone=backbone, preparation=preparation, orientations=orientations
    )

    assert rows == turns(descriptor)
