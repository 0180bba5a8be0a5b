"""The part of a picture in which something is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.features.prepare.crop import cropped, ink_box

GROUND, INK = (230, 220, 200), (60, 40, 20)


@given(st.integers(1, 120), st.integers(1, 120), st.data())
@settings(max_examples=100, deadline=None)
def test_the_box_is_that_of_the_ink_and_the_margin_is_ground(
    height: int, width: int, data: st.DataObject
) -> None:
    """Six hundredths of the longer side are added all round, ground where the picture ends."""
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    right = data.draw(st.integers(left + 1, width))
    bottom = data.draw(st.integers(top + 1, height))
    pixels = np.full((height, width, 3), GROUND, np.uint8)
    pixels[top:bottom, left:right] = INK

    found = cropped(pixels, GROUND)

    margin = round(0.06 * max(right - left, bottom - top))
    expected = np.full((bottom - top + 2 * margin, right - left + 2 * margin, 3), GROUND, np.uint8)
    expected[margin : margin + bottom - top, margin : margin + right - left] = INK
    assert (left, top, right, bottom) == ink_box(pixels, GROUND)
    assert np.array_equal(expected, found)


def test_a_blank_picture_stays_as_it_is() -> None:
    """Nothing differs from the ground, so nothing is cut."""
    for pixels in (np.full((40, 60, 3), GROUND, np.uint8), np.full((1, 1, 3), GROUND, np.uint8)):
        assert ink_box(pixels, GROUND) is None
        assert cropped(pixels, GROUND) is pixels


def test_paper_that_is_not_even_is_no_ink() -> None:
    """Shades near the ground do not widen the box."""
    pixels = np.full((100, 100, 3), GROUND, np.uint8)
    pixels[::3] -= np.uint8(20)
    pixels[40:60, 30:70] = INK

    assert ink_box(pixels, GROUND) == (30, 40, 70, 60)


@pytest.mark.parametrize("shape", [(3000, 2000), (2000, 3000), (3000, 7), (7, 3000)])
def test_large_pictures_are_boxed_to_a_few_pixels(shape: tuple[int, int]) -> None:
    """The box is looked for in a smaller picture; it may be some pixels off, never outside."""
    height, width = shape
    pixels = np.full((height, width, 3), GROUND, np.uint8)
    top, bottom, left, right = height // 4, height // 2 + 1, width // 3, width // 2 + 1
    pixels[top:bottom, left:right] = INK

    box = ink_box(pixels, GROUND)

    assert box is not None
    step = max(shape) / 512
    assert np.abs(np.array(box) - (left, top, right, bottom)).max() <= 2 * step + 1
    assert cropped(pixels, GROUND).min(axis=2).min() < 100
