"""Pooling: every kind of output against the naive computation."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.errors import SettingsError
from builder.features.pooling import maps_shape, pool, pooled_shape

POOLINGS = ("none", "mean", "max", "gem")


def maps(channels: int, side: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(3, channels, side, side)).astype(np.float32)


def naive(picture: np.ndarray, pooling: str) -> list[float]:
    """One picture's maps, channel by channel, place by place."""
    row = []
    for channel in picture:
        places = [float(value) for line in channel for value in line]
        if pooling == "none":
            row += places
        elif pooling == "mean":
            row.append(sum(places) / len(places))
        elif pooling == "max":
            row.append(max(places))
        else:
            cubes = sum(max(value, 1e-6) ** 3 for value in places)
            row.append((cubes / len(places)) ** (1 / 3))
    return row


@given(
    st.integers(1, 6),
    st.integers(1, 5),
    st.integers(0, 2),
    st.sampled_from(POOLINGS),
    st.sampled_from(["maps", "maps last", "tokens"]),
)
@settings(max_examples=60, deadline=None)
def test_pooling_is_that_of_the_naive_loop(
    channels: int, side: int, prefix: int, pooling: str, kind: str
) -> None:
    """Maps, maps with channels last, and tokens in reading order say the same."""
    given_maps = maps(channels, side)
    raw = torch.from_numpy(given_maps)
    if kind == "maps last":
        # Where all sides are equal nothing tells the orders apart; channels first is meant then.
        channels = channels + side
        given_maps = maps(channels, side)
        raw = torch.from_numpy(given_maps).permute(0, 2, 3, 1)
    if kind == "tokens":
        patches = raw.flatten(2).transpose(1, 2)
        raw = torch.cat([torch.full((3, prefix, channels), 9.0), patches], dim=1)

    found = pool(raw, pooling, prefix)

    expected = [naive(picture, pooling) for picture in given_maps]
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-4, atol=1e-6)
    shape = pooled_shape(tuple(raw.shape[1:]), pooling, prefix)
    assert int(np.prod(shape)) == found.shape[1]


def test_the_summary_is_the_first_token() -> None:
    """Whatever other tokens stand before the patches."""
    tokens = torch.arange(2 * 6 * 3).reshape(2, 6, 3).float()

    assert torch.equal(tokens[:, 0], pool(tokens, "cls", prefix=2, summary=True))
    assert pooled_shape((6, 3), "cls", prefix=2, summary=True) == (3,)


def test_a_vector_is_left_as_it_is() -> None:
    """A projected embedding has no places to pool over, and may be the summary itself."""
    vectors = torch.arange(8).reshape(2, 4).float()

    for pooling in POOLINGS:
        assert torch.equal(vectors, pool(vectors, pooling))
    assert torch.equal(vectors, pool(vectors, "cls", prefix=1, summary=True))


@pytest.mark.parametrize(
    ("shape", "prefix", "summary"),
    [((8, 4, 4), 0, False), ((16, 8), 1, True), ((17, 8), 1, False), ((8,), 0, False)],
    ids=["maps", "patches before the token is added", "registers only", "vector of a CNN"],
)
def test_layers_without_a_summary_refuse_cls(
    shape: tuple[int, ...], prefix: int, summary: bool
) -> None:
    """The message names what can be used instead."""
    with pytest.raises(SettingsError, match="use none, mean, max or gem"):
        pooled_shape(shape, "cls", prefix, summary)


@pytest.mark.parametrize("shape", [(7, 3), (3, 4, 5), (2, 3, 4, 4)])
def test_what_is_no_map_of_the_picture_is_refused(shape: tuple[int, ...]) -> None:
    """Tokens that fill no square, maps of unequal sides, and more."""
    with pytest.raises(SettingsError, match="choose another with layer"):
        maps_shape(shape, 1)
