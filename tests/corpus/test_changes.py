"""Synthetic changes of pictures: each does what its name says, and nothing to its input."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.changes import CHANGES, change


def diagram(height: int = 90, width: int = 120) -> np.ndarray:
    """Dark red strokes on cream, with nothing symmetric about them."""
    pixels = np.full((height, width, 3), (240, 230, 205), np.uint8)
    cv2.circle(pixels, (width // 3, height // 3), min(height, width) // 5, (90, 20, 20), 3)
    cv2.line(pixels, (width // 4, height - 12), (width - 15, height // 2), (90, 20, 20), 3)
    return pixels


def changed(name: str, pixels: np.ndarray, seed: int = 0) -> np.ndarray:
    return change(name, pixels, np.random.default_rng(seed))


def ink(pixels: np.ndarray) -> int:
    """Pixels darker than middle grey."""
    return int((pixels.mean(axis=2) < 128).sum())


@pytest.mark.parametrize("name", CHANGES)
@given(
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    seed=st.integers(0, 1000),
    flat=st.booleans(),
)
def test_changes_are_pure_and_repeatable(
    name: str, height: int, width: int, seed: int, flat: bool
) -> None:
    """Any picture, one pixel or none of interest, gives a picture; equal chance, equal bytes."""
    rng = np.random.default_rng(seed)
    shape = (height, width, 3)
    pixels = np.full(shape, 200, np.uint8) if flat else rng.integers(0, 256, shape, np.uint8)
    before = pixels.copy()

    first, again = changed(name, pixels, seed), changed(name, pixels, seed)

    assert (first.dtype, first.ndim, first.shape[2]) == (np.uint8, 3, 3)
    assert min(first.shape[:2]) >= 1
    assert first.flags.c_contiguous
    assert np.array_equal(first, again)
    assert np.array_equal(pixels, before)
    assert not np.shares_memory(first, pixels)


def test_turns_and_mirror_move_pixels_alone() -> None:
    """A quarter either way, a half, and left for right."""
    pixels = diagram()

    quarters = [changed("turned 90°", pixels, seed) for seed in range(8)]

    ways = [np.rot90(pixels, 1), np.rot90(pixels, -1)]
    taken = [next(at for at, way in enumerate(ways) if np.array_equal(q, way)) for q in quarters]
    assert set(taken) == {0, 1}
    assert np.array_equal(changed("turned 180°", pixels), pixels[::-1, ::-1])
    assert np.array_equal(changed("mirrored", pixels), pixels[:, ::-1])
    assert np.array_equal(changed("unchanged", pixels), pixels)


def test_a_small_turn_keeps_everything() -> None:
    """The frame grows, the corners have the ground's colour, the ink stays."""
    pixels = diagram()

    turned = changed("turned 7°", pixels)

    assert turned.shape[0] > pixels.shape[0]
    assert turned.shape[1] > pixels.shape[1]
    assert turned[0, 0].tolist() == [240, 230, 205]
    assert ink(turned) == pytest.approx(ink(pixels), rel=0.1)


def test_cropping_takes_a_window() -> None:
    """85 % of each side, cut out of the picture as it is."""
    pixels = np.arange(100 * 200 * 3, dtype=np.uint32).reshape(100, 200, 3).astype(np.uint8)
    pixels[:, :, 0] = np.arange(100)[:, None]
    pixels[:, :, 1] = np.arange(200)[None, :]

    window = changed("cropped 15 %", pixels, 3)

    top, left = int(window[0, 0, 0]), int(window[0, 0, 1])
    assert window.shape == (85, 170, 3)
    assert np.array_equal(window, pixels[top : top + 85, left : left + 170])


def test_wear_takes_contrast_and_adds_stains() -> None:
    """The strokes fade, and part of the ground turns brown."""
    pixels = diagram(200, 300)

    worn = changed("worn", pixels)

    strokes = pixels[:, :, 1] == 20
    assert worn[strokes].mean() > pixels[strokes].mean() + 20
    assert (worn[:, :, 2].astype(int) < 140).mean() > (pixels[:, :, 2] < 140).mean()


def test_redrawing_leaves_black_lines_on_white() -> None:
    """Only two levels, and lines where the picture's edges are."""
    drawn = changed("redrawn as lines", diagram())

    assert set(np.unique(drawn)) == {0, 255}
    assert 0 < ink(drawn) < drawn.shape[0] * drawn.shape[1] / 2


def test_recolouring_keeps_the_drawing() -> None:
    """Ground and ink get other colours; what was darker stays darker."""
    pixels = diagram()

    other = changed("recoloured", pixels)

    assert np.abs(other[0, 0].astype(int) - pixels[0, 0]).max() > 20
    grey, former = other.mean(axis=2), pixels.mean(axis=2)
    assert np.corrcoef(grey.ravel(), former.ravel())[0, 1] > 0.95


@pytest.mark.parametrize("light_on_dark", [False, True])
def test_strokes_grow_and_shrink(light_on_dark: bool) -> None:
    """Whether the ink is darker than the ground or lighter; no line is lost altogether."""
    pixels = 255 - diagram() if light_on_dark else diagram()

    def strokes(picture: np.ndarray) -> int:
        return ink(255 - picture if light_on_dark else picture)

    thicker, thinner = changed("thicker strokes", pixels), changed("thinner strokes", pixels)

    assert strokes(thinner) < strokes(pixels) < strokes(thicker)
    faint = np.abs(thinner.astype(int) - pixels[0, 0]).max(axis=2) > 20
    clear = np.abs(pixels.astype(int) - pixels[0, 0]).max(axis=2) > 20
    assert faint.sum() > 0.9 * clear.sum()
