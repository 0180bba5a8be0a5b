"""Ink is told from its ground, whatever the ground; nothing is found where nothing is drawn."""

from __future__ import annotations

import math
from typing import get_args

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from builder.ink.binarise import despeckled, ink, stroke_width, without_areas
from builder.ink.ground import evened, ground
from builder.ink.score import agreement
from builder.settings import InkSettings
from builder.settings.ink import InkMethod

METHODS = get_args(InkMethod)


def page(shade: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """A drawing on parchment that darkens to the right by a share, and its ink."""
    drawn = np.zeros((300, 400), np.uint8)
    cv2.circle(drawn, (200, 150), 100, 255, 3)
    cv2.line(drawn, (20, 30), (380, 280), 255, 3)
    light = 1 - shade * np.linspace(0, 1, 400)[None, :, None]
    pixels = np.full((300, 400, 3), (230, 215, 185), np.float64) * light
    pixels[drawn > 0] = (70, 45, 30)
    return np.rint(pixels).astype(np.uint8), drawn > 0


@pytest.mark.parametrize("method", METHODS)
def test_ink_on_an_even_page_is_found_whole(method: str) -> None:
    """Every method finds the ink of a clean page but for its rims."""
    pixels, truth = page()
    k = {"niblack": 0.8, "otsu": 0.0}.get(method, 0.22)
    found = ink(pixels, InkSettings.model_validate({"method": method, "k": k}))
    assert agreement(found, truth).f_measure > 0.9


def test_a_shadow_across_the_page_is_no_ink() -> None:
    """A ground that darkens by half leaves the ink as it was."""
    pixels, truth = page(0.5)
    assert agreement(ink(pixels, InkSettings()), truth).f_measure > 0.9
    assert float(evened(pixels)[~truth].min()) > 230


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((200, 150, 3), np.uint8),
        np.full((200, 150, 3), 255, np.uint8),
        np.zeros((1, 300, 3), np.uint8),
        np.full((300, 1, 3), 128, np.uint8),
        np.zeros((1, 1, 3), np.uint8),
    ],
    ids=["black", "white", "one high", "one wide", "one pixel"],
)
def test_pictures_without_drawing_have_no_ink(method: str, pixels: np.ndarray) -> None:
    """Blank, black and one pixel high: nothing is found, nothing fails."""
    found = ink(pixels, InkSettings.model_validate({"method": method}))
    assert (found.shape, found.any()) == (pixels.shape[:2], False)


def test_paint_is_no_stroke_unless_asked_for() -> None:
    """What is broader than a stroke may be is left out; 0 keeps it."""
    drawn = np.zeros((200, 200), np.uint8)
    cv2.circle(drawn, (50, 50), 30, 1, -1)
    found = drawn > 0
    found[120:124, 10:190] = True
    strokes = without_areas(found, 10)
    assert (strokes[120:124, 10:190].all(), strokes[20:80, 20:80].any()) == (True, False)
    assert np.array_equal(without_areas(found, 0), found)


@settings(max_examples=60, deadline=None)
@given(arrays(np.bool_, (12, 12)), st.integers(0, 6))
def test_specks_are_parts_no_longer_than_asked(found: np.ndarray, least: int) -> None:
    """Kept are just the connected parts whose box is longer than the least."""
    count, labels = cv2.connectedComponents(found.astype(np.uint8), connectivity=8)
    expected = np.zeros_like(found)
    for label in range(1, count):
        ys, xs = np.nonzero(labels == label)
        if max(np.ptp(ys), np.ptp(xs)) + 1 > least:
            expected[labels == label] = True
    assert np.array_equal(despeckled(found, least), expected)


@pytest.mark.parametrize("breadth", [3, 5, 9])
def test_stroke_width_is_the_pen_s(breadth: int) -> None:
    """A straight stroke is as broad as it was drawn; without ink it is 0."""
    found = np.zeros((100, 200), bool)
    found[40 : 40 + breadth, 10:190] = True
    assert stroke_width(found) == pytest.approx(breadth, abs=1)
    assert stroke_width(np.zeros((9, 9), bool)) == 0.0


def test_the_ground_is_what_lies_under_the_ink() -> None:
    """Strokes do not move the ground's colour."""
    pixels, _ = page()
    assert np.abs(ground(pixels).astype(int) - (230, 215, 185)).max() <= 2


@settings(max_examples=60, deadline=None)
@given(arrays(np.bool_, (7, 5)), arrays(np.bool_, (7, 5)))
def test_agreement_is_counted_pixel_by_pixel(found: np.ndarray, known: np.ndarray) -> None:
    """F-measure and PSNR are those of the counts."""
    told = agreement(found, known)
    both, either = int((found & known).sum()), int(found.sum() + known.sum())
    assert told.f_measure == (2 * both / either if either else 1.0)
    wrong = int((found != known).sum())
    expected = 10 * math.log10(found.size / wrong) if wrong else math.inf
    assert told.psnr == pytest.approx(expected)
