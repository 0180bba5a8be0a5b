"""Near duplicates are found in any orientation, and strangers are not taken for them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.measures.sheet import Sheet
from builder.measures.twins import COPY, codes, small_copy, twins


def figure(seed: int, side: int = 320) -> np.ndarray:
    """Rings and lines without symmetry, (side, side, 3)."""
    rng = np.random.default_rng(seed)
    pixels = np.full((side, side, 3), 235, np.uint8)
    for _ in range(3):
        x, y, r = (rng.random(3) * (0.6, 0.6, 0.25) + (0.2, 0.2, 0.05)) * side
        cv2.circle(pixels, (int(x), int(y)), int(r), (30, 20, 10), 4)
    for _ in range(3):
        a, b = (rng.random((2, 2)) * side * 0.9 + side * 0.05).astype(int).tolist()
        cv2.line(pixels, a, b, (40, 20, 10), 4)
    return pixels


def copies(*pictures: np.ndarray) -> np.ndarray:
    found = [small_copy(Sheet(np.ascontiguousarray(one), (1, 1))) for one in pictures]
    return np.array(found, np.uint8).reshape(-1, COPY, COPY)


def found(*pictures: np.ndarray) -> list[tuple[int, int, int]]:
    """Row, earlier row and orientation of each near duplicate."""
    names = [str(row) for row in range(len(pictures))]
    known = np.ones(len(pictures), bool)
    return [(one.row, one.other, one.orientation) for one in twins(copies(*pictures), names, known)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 7))
def test_a_turned_copy_is_found_and_how_it_lies(seed: int, way: int) -> None:
    """The eight orientations of a figure are its near duplicates, with the right orientation."""
    one = figure(seed)
    other = np.rot90(one[:, ::-1] if way >= 4 else one, -(way % 4))

    assert found(one, other) == [(1, 0, way)]


def test_a_smaller_darker_noisy_copy_is_found() -> None:
    """Scaling, another light and grain do not hide a copy."""
    one = figure(5)
    small = cv2.resize(one, (260, 260), interpolation=cv2.INTER_AREA).astype(float)
    noisy = small * 0.8 + np.random.default_rng(0).normal(0, 4, small.shape)

    assert found(one, np.clip(noisy, 0, 255).astype(np.uint8)) == [(1, 0, 0)]


def test_strangers_are_no_twins() -> None:
    """Forty different figures: none is called a duplicate of another."""
    assert found(*(figure(seed) for seed in range(40))) == []


def test_equal_files_are_twins_whatever_they_show() -> None:
    """Two blanks are only duplicates if their files are equal."""
    blank = copies(np.full((50, 50, 3), 200, np.uint8))[0]
    stack = np.stack([blank, blank, blank])

    pairs = twins(stack, ["a", "b", "a"], np.zeros(3, bool))

    assert [(one.row, one.other) for one in pairs] == [(2, 0)]


@pytest.mark.parametrize("count", [0, 1])
def test_few_images_have_no_twins(count: int) -> None:
    """None or one image: nothing to repeat."""
    assert found(*(figure(seed) for seed in range(count))) == []


def test_codes_of_the_orientations_are_the_same_eight() -> None:
    """Turning a picture only permutes its codes."""
    one = figure(3)
    code = codes(copies(one, np.rot90(one)))

    assert sorted(code[0].tolist()) == sorted(code[1].tolist())
