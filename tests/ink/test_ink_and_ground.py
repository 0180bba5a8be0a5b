"""Ink told from its ground, by every method, and what is no picture of ink."""

from __future__ import annotations

from typing import get_args

import cv2
import numpy as np
import pytest

from builder.ink.binarise import despeckled, ink, stroke_width, without_areas
from builder.ink.score import agreement
from builder.settings import InkSettings
from builder.settings.ink import InkMethod

METHODS = get_args(InkMethod)


def written() -> tuple[np.ndarray, np.ndarray]:
    """A circle and a cross in brown ink on parchment that darkens to one side; and its ink."""
    known = np.zeros((400, 400), np.uint8)
    cv2.circle(known, (200, 200), 130, 1, 3)
    cv2.line(known, (70, 200), (330, 200), 1, 3)
    cv2.line(known, (200, 70), (200, 330), 1, 3)
    ground = np.linspace(225, 150, 400)[None, :, None] * np.array([1.0, 0.95, 0.85])
    grain = np.random.default_rng(0).normal(0, 3, (400, 400, 1))
    picture = np.where(known[..., None] > 0, ground * 0.35, ground) + grain
    return np.clip(picture, 0, 255).astype(np.uint8), known > 0


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_ink_of_an_uneven_page(method: str) -> None:
    """Nearly all of it, and little else."""
    picture, known = written()

    found = agreement(ink(picture, InkSettings(method=method)), known)

    assert found.f_measure > 0.85
    assert found.psnr > 12


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (60, 90)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_even_pictures_hold_no_ink(method: str, shape: tuple[int, int], level: int) -> None:
    """Blank or black, one pixel high or wide."""
    found = ink(np.full((*shape, 3), level, np.uint8), InkSettings(method=method))

    assert found.shape == shape
    assert not found.any()


def test_specks_and_paint_are_taken_off() -> None:
    """What is short is dirt, what is broad is paint; strokes stay."""
    page = np.zeros((100, 100), np.uint8)
    page[50, 10:90] = 1
    page[10:12, 10:12] = 1
    page[70:95, 20:60] = 1

    assert despeckled(page > 0, 5)[50, 40]
    assert not despeckled(page > 0, 5)[10, 10]
    kept = without_areas(page > 0, 9)
    assert kept[50, 40]
    assert not kept[80, 40]
    assert stroke_width(page[:60] > 0) == pytest.approx(1, abs=0.5)


def test_agreement_by_hand() -> None:
    """Three pixels found, four known, two of them the same; nine in all."""
    found, known = np.zeros((3, 3), bool), np.zeros((3, 3), bool)
    found.flat[[0, 1, 2]] = known.flat[[1, 2, 3, 4]] = True

    told = agreement(found, known)

    assert told.precision == pytest.approx(2 / 3)
    assert told.recall == pytest.approx(1 / 2)
    assert told.f_measure == pytest.approx(4 / 7)
    assert told.psnr == pytest.approx(-10 * np.log10(3 / 9))
    assert agreement(known, known).psnr == float("inf")
