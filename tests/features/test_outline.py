"""Outlines: what a reader is shown of a drawing that was compared."""

from __future__ import annotations

import re

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from builder.features.outline import outline
from builder.features.prepare.letters import dilated


def filled(path: str, side: int) -> NDArray[np.bool_]:
    """The path drawn again, even-odd, by its own numbers."""
    polygons = []
    for part in re.findall(r"M([^z]+)z", path):
        start, steps = part.split("l")
        numbers = np.array([start.split(), *np.reshape(steps.split(), (-1, 2))], float)
        polygons.append(np.cumsum(numbers, axis=0) * side / 100)
    canvas = np.zeros((side, side), np.uint8)
    if polygons:
        cv2.fillPoly(canvas, [np.round(p * 16).astype(np.int32) for p in polygons], 1, 8, 4)
    return canvas > 0


@given(st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_a_path_covers_the_strokes(seed: int) -> None:
    """Nearly every stroke lies in the path, and the path nowhere far from a stroke."""
    rng = np.random.default_rng(seed)
    strokes = np.zeros((192, 192), np.uint8)
    cv2.polylines(strokes, [rng.integers(8, 184, (5, 2), dtype=np.int32)], False, 1)
    cv2.circle(strokes, (96, 96), int(rng.integers(20, 80)), 1)
    found = filled(outline(strokes > 0), 192)

    assert (dilated(found, 1) & (strokes > 0)).sum() >= 0.97 * strokes.sum()
    assert not (found & ~dilated(strokes > 0, 5)).any()


def test_nothing_drawn_is_no_path() -> None:
    """An empty square has an empty path."""
    assert outline(np.zeros((64, 64), bool)) == ""
