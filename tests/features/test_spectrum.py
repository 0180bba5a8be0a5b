"""How lines repeat: what the spectrum tells apart and what it does not mind."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from builder.features.describe import oriented, stroke_rows
from builder.features.spectrum import SIDE, WIDTH, spectrum
from builder.settings import DescriptorSettings
from builder.similarity import dihedral

LINES = DescriptorSettings(preparation="lines", backbone="spectrum", size=192)


def rings(count: int, shift: int = 0) -> NDArray[np.bool_]:
    """Nested circles at equal distances."""
    picture = np.zeros((192, 192), np.uint8)
    for radius in np.linspace(16, 84, count):
        cv2.circle(picture, (96 + shift, 96), round(float(radius)), 1)
    return picture > 0


def alike(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    a, b = one.ravel() - one.mean(), other.ravel() - other.mean()
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_circles_are_counted() -> None:
    """Eight circles, a little shifted, are more like eight than like nine."""
    eight = spectrum(rings(8))
    assert alike(eight, spectrum(rings(8, 6))) > 0.97 > alike(eight, spectrum(rings(9)))


@pytest.mark.parametrize("orientation", range(8))
def test_turning_re_arranges(orientation: int) -> None:
    """The spectrum of a turned drawing is the re-arranged spectrum of the drawing."""
    rng = np.random.default_rng(2)
    picture = np.zeros((192, 192, 3), np.uint8)
    cv2.polylines(picture, [rng.integers(10, 180, (7, 2), dtype=np.int32)], False, (1, 1, 1))
    expected = spectrum(oriented(picture, orientation)[..., 0] > 0)

    found = dihedral.eight_spectra(spectrum(picture[..., 0] > 0).reshape(1, -1))

    np.testing.assert_allclose(
        expected, found[0, orientation].reshape(SIDE, SIDE), atol=2e-2 * float(expected.max())
    )


def test_both_rooms_count_frequencies_alike() -> None:
    """Rooms do not import each other, so the constant stands twice."""
    assert dihedral.SPECTRUM == SIDE
    assert {name: dihedral.ARRANGED[name](np.zeros((1, width), np.float32)).shape
            for name, width in (("strokes", 4608), ("spectrum", WIDTH))} == {
        "strokes": (1, 8, 4608), "spectrum": (1, 8, WIDTH)}  # fmt: skip


def test_a_drawing_has_one_row_and_an_empty_page_none() -> None:
    """The whole drawing is described once; a page without lines is not."""
    picture = np.full((300, 300, 3), 250, np.uint8)
    empty, (none,) = stroke_rows(picture, LINES)
    cv2.circle(picture, (150, 150), 100, (20, 20, 20), 2)
    cv2.line(picture, (50, 150), (250, 150), (20, 20, 20), 2)
    rows, (weights,) = stroke_rows(picture, LINES)

    assert (empty.shape, none) == ((0, WIDTH), ())
    assert (rows.shape, weights) == ((1, WIDTH), (1.0,))


def test_writing_round_a_figure_does_not_move_its_frame() -> None:
    """A word beside the figure is too small to be part of the drawing."""
    picture = np.full((400, 400, 3), 250, np.uint8)
    cv2.circle(picture, (200, 180), 120, (20, 20, 20), 2)
    cv2.line(picture, (80, 180), (320, 180), (20, 20, 20), 2)
    plain, _ = stroke_rows(picture, LINES)
    cv2.line(picture, (180, 380), (220, 382), (20, 20, 20), 3)
    beside, _ = stroke_rows(picture, LINES)

    assert alike(plain[0].astype(np.float32), beside[0].astype(np.float32)) > 0.98
