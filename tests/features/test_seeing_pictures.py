"""Preparation, the backbone interface and extraction."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.errors import ModelError, SettingsError
from builder.features.backbones import base, choose, families
from builder.features.cards import model_card
from builder.features.extract import BATCH, describe, extract, pick_device
from builder.features.prepare import to_square
from builder.features.strokes import BINS, CELLS
from builder.settings import DescriptorSettings


@given(st.integers(1, 90), st.integers(1, 90), st.integers(8, 64))
@settings(max_examples=80, deadline=None)
def test_padding_keeps_proportions_and_fills_with_the_ground(h: int, w: int, size: int) -> None:
    """The picture lies centred in its own proportions, all around is ground."""
    ink, ground = (10, 20, 30), (200, 210, 220)
    pixels = np.full((h, w, 3), ink, np.uint8)

    square = to_square(pixels, size, "pad", ground)

    inked = (square == ink).all(axis=2)
    expected = [max(1, round(side * size / max(h, w))) for side in (h, w)]
    assert (size, size, 3) == square.shape
    assert expected == [inked.any(axis=1).sum(), inked.any(axis=0).sum()]
    assert (square[~inked] == ground).all()


def test_squashing_fills_the_square() -> None:
    """The notebook's way: no ground, proportions lost."""
    pixels = np.full((10, 40, 3), 7, np.uint8)

    assert (to_square(pixels, 32, "squash", (255, 255, 255)) == 7).all()


def test_a_descriptor_says_its_shape_and_checksum_without_torch() -> None:
    """The card of the embedded network is complete, pooled or not."""
    card = model_card(DescriptorSettings())

    assert (card.backbone, card.layer, card.shape) == ("lite0", "blocks.6", (320, 10, 10))
    assert (card.input_size, card.fit, card.licence) == (320, "pad", "Apache-2.0")
    assert len(card.checksum) == 64
    assert model_card(DescriptorSettings(pooling="mean")).shape == (320,)


def test_the_card_of_strokes_names_no_weights() -> None:
    """There is no network: directions by cells, and nothing to check."""
    card = model_card(DescriptorSettings(preparation="pieces", backbone="strokes", size=128))

    assert (card.backbone, card.layer, card.shape) == ("strokes", "", (BINS, CELLS, CELLS))
    assert (card.weights, card.checksum) == ("", "")
    assert "taken apart into connected pieces" in card.preparation


@pytest.mark.parametrize(
    ("backbone", "layer", "hint"),
    [("lite", "", 'did you mean "lite0"'), ("lite0", "blocks.9", 'did you mean "blocks')],
)
def test_unknown_backbones_and_layers_suggest_known_ones(
    backbone: str, layer: str, hint: str
) -> None:
    """A misspelt name is answered with the nearest known one."""
    with pytest.raises(SettingsError, match=hint):
        model_card(DescriptorSettings(backbone=backbone, layer=layer))


@pytest.mark.parametrize("layer", families()["lite0"].layers, ids=lambda layer: layer.name)
def test_layers_have_the_shape_they_claim(layer: base.Layer) -> None:
    """Channels and stride of every layer are true, and the model's own normalisation is used."""
    import torch

    network = choose("lite0", layer.name).load(64)
    with torch.inference_mode():
        maps = network.forward(torch.zeros(1, 3, 64, 64))

    assert (1, layer.channels, 64 // layer.stride, 64 // layer.stride) == tuple(maps.shape)
    assert (network.mean, network.std) == ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


def tiny() -> base.Network:
    """A network as a test double: the mean of each colour over 8 x 8 pixels."""
    import torch

    pool = torch.nn.AvgPool2d(8)
    return base.Network(pool, lambda device: None, (0.0, 0.5, 0.0), (1.0, 0.5, 1.0))


def squares(count: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, (16, 16, 3)).astype(np.uint8) for _ in range(count)]


@pytest.mark.parametrize("pooling", ["none", "mean"])
def test_extraction_is_normalised_and_in_order(pooling: str) -> None:
    """Rows come in the order of pictures, as the naive computation gives them."""
    pictures = squares(2 * BATCH + 3)

    found = np.concatenate(
        list(extract(tiny(), pictures.__getitem__, len(pictures), pick_device(), pooling))
    )

    scaled = (np.stack(pictures) / 255 - [0, 0.5, 0]) / [1, 0.5, 1]
    maps = scaled.reshape(-1, 2, 8, 2, 8, 3).mean(axis=(2, 4)).transpose(0, 3, 1, 2)
    expected = maps.mean(axis=(2, 3)) if pooling == "mean" else maps.reshape(len(pictures), -1)
    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_numbers_of_a_picture_do_not_depend_on_its_batch() -> None:
    """Alone or among others, first or last: the same bits, so that resumed builds are equal."""
    network, device = choose("lite0", "blocks.2").load(64), pick_device("cpu")
    pictures = [np.resize(square, (64, 64, 3)) for square in squares(BATCH)]
    together = describe(network, pictures, device, "none")

    for place in (0, 5, BATCH - 1):
        alone = describe(network, [pictures[place]], device, "none")
        assert np.array_equal(together[place], alone[0])


def test_a_device_that_is_not_there_is_told_in_words() -> None:
    """No traceback for --device nonsense."""
    with pytest.raises(ModelError, match="use --device"):
        pick_device("abacus")
