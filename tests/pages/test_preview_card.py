"""The card that networks show."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from builder.pages.preview import draw_card, shown_text

_PAPER = np.array([250, 248, 244])


def card(picture: Image.Image, title: str, *origin: str) -> Image.Image:
    return Image.open(io.BytesIO(draw_card(picture, title, origin, "Credit")))


def inked(made: Image.Image, left: int, right: int) -> np.ndarray:
    """Which rows of a column of the card are not plain paper."""
    pixels = np.asarray(made.convert("RGB")).astype(int)[:, left:right]
    return (abs(pixels - _PAPER) > 60).any(axis=(1, 2))


@pytest.mark.parametrize("size", [(10, 10), (3000, 100), (100, 3000), (800, 600)])
def test_a_card_shows_the_whole_picture(size: tuple[int, int]) -> None:
    """Whatever its proportions, in its box, and the card is always of one size."""
    made = card(Image.new("RGB", size, (10, 20, 200)), "Title")
    blue = np.argwhere(np.asarray(made.convert("RGB")).astype(int)[:, :, 2] > 150)
    drawn = np.asarray(made.convert("RGB")).astype(int)
    mask = (drawn[:, :, 2] > 150) & (drawn[:, :, 0] < 80)
    rows, columns = np.nonzero(mask)

    assert made.size == (1200, 630)
    assert len(blue)
    ratio = (columns.max() - columns.min() + 1) / (rows.max() - rows.min() + 1)
    assert ratio == pytest.approx(size[0] / size[1], rel=0.12)


@pytest.mark.parametrize(
    "title", ["Spheres", "Περὶ σφαίρας ἁπλανῶν", "كتاب المجسطي، شكل القمر", "Ж и Ђ", "שמים"]
)
def test_titles_of_many_scripts_are_drawn(title: str) -> None:
    """Something stands where the title goes."""
    made = card(Image.new("RGB", (100, 100)), title, "MS", "1400")

    assert inked(made, 664, 1144)[80:140].any()


@pytest.mark.parametrize("title", ["x" * 500, "word " * 200, "", "😀", "\x00\ud800", "漢字"])
def test_odd_titles_stay_on_the_card(title: str) -> None:
    """Long ones are cut before the credit, those that no font knows are left out."""
    made = card(Image.new("RGB", (100, 100)), title, "y" * 400, "z" * 400)
    rows = inked(made, 664, 1144)

    assert not inked(made, 1150, 1200).any()
    assert not rows[600:].any()


def test_what_no_font_has_is_left_out() -> None:
    """Signs that steer, and writing that none of the fonts has."""
    assert shown_text("A\u202eB 漢 Γ\n ش") == "AB  Γ ش"


def test_the_same_card_has_the_same_bytes() -> None:
    """Drawn twice, it is the same file."""
    picture = Image.new("RGB", (300, 200), "red")

    assert draw_card(picture, "T", ("a",), "c") == draw_card(picture, "T", ("a",), "c")
