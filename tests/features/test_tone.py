"""Where a drawing is dark."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from builder.features.prepare.tone import SIDE, tone


def moon(turns: int = 0, mirrored: bool = False, ground: int = 235, ink: int = 20) -> np.ndarray:
    """A disc with its left half dark and a small ring at its upper right."""
    picture = np.full((300, 300, 3), ground, np.uint8)
    cv2.circle(picture, (150, 150), 90, (ink, ink, ink), 3)
    cv2.ellipse(picture, (150, 150), (90, 90), 0, 90, 270, (ink, ink, ink), -1)
    cv2.circle(picture, (220, 70), 14, (ink, ink, ink), 3)
    picture = picture[:, ::-1] if mirrored else picture
    return np.ascontiguousarray(np.rot90(picture, -turns))


def test_a_tone_is_centred_and_of_unit_length() -> None:
    """So that products of two are correlations; a blank picture has none."""
    found = tone(moon())

    assert found.shape == (SIDE, SIDE)
    assert found.mean() == pytest.approx(0, abs=1e-6)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)
    assert not tone(np.full((80, 120, 3), 200, np.uint8)).any()


def test_the_dark_side_is_where_it_is() -> None:
    """Left of the middle in the picture, and there in the description."""
    found = tone(moon())

    assert found[8:24, 8:14].mean() > found[8:24, 18:24].mean() + 0.01


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_turning_the_picture_turns_the_tone(turns: int, mirrored: bool) -> None:
    """And no other orientation of the upright one is as alike."""
    start = tone(moon())
    eight = [np.rot90(one, -quarters) for one in (start, start[:, ::-1]) for quarters in range(4)]
    alike = [float((one * tone(moon(turns, mirrored))).sum()) for one in eight]

    assert int(np.argmax(alike)) == 4 * mirrored + turns
    assert max(alike) > 0.95


def test_pale_ink_on_dark_ground_says_the_same() -> None:
    """What counts is how places differ, not how dark the ink is."""
    assert float((tone(moon()) * tone(moon(ground=190, ink=120))).sum()) > 0.95
