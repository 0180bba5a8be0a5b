"""Atlas pages: every thumbnail whole, in its cell, near its neighbours."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from builder.atlas.hilbert import distance, slots
from builder.atlas.pack import levels, page, picture_size
from builder.atlas.thumbnails import THUMBNAIL, copies
from builder.atlas.types import LEVELS, MANY, PAGE, SMALLEST


def test_the_curve_visits_every_cell_by_single_steps() -> None:
    """A Hilbert curve over 32 x 32 cells."""
    y, x = (axis.ravel() for axis in np.mgrid[0:32, 0:32].astype(np.int64))
    along = distance(x, y)
    order = np.argsort(along)

    assert list(range(1024)) == sorted(along.tolist())
    assert (np.abs(np.diff(x[order])) + np.abs(np.diff(y[order])) == 1).all()


def test_many_images_have_a_level_that_fits_a_phone() -> None:
    """Beyond some 16,000 images the smallest cells are of 8 px: 100,000 images on seven pages."""
    assert [one.cell for one in levels(MANY)] == list(LEVELS)
    assert [one.cell for one in levels(MANY + 1)] == [SMALLEST, *LEVELS]
    assert levels(100_000)[0].pages == 7


@given(st.integers(1, 200), st.integers(1, 30), st.integers(0, 2**31))
def test_slots_are_a_permutation(n: int, columns: int, seed: int) -> None:
    """Every image has a place of its own, whichever cells are used."""
    cell = np.random.default_rng(seed).choice(n * 3, n, replace=False).astype(np.int32)

    assert list(range(n)) == sorted(slots(cell, columns).tolist())


def test_images_of_one_page_are_near_each_other_on_the_grid() -> None:
    """64 images of a page of the largest cells span a compact patch, not a strip."""
    columns, rows = 60, 40
    cell = np.arange(columns * rows, dtype=np.int32)
    pages = slots(cell, columns) // 64
    spans = [
        max(np.ptp(cell[pages == p] % columns), np.ptp(cell[pages == p] // columns))
        for p in range(pages.max() + 1)
    ]

    assert np.mean(spans) < 16


@given(st.integers(1, 9000), st.integers(1, 9000), st.sampled_from(LEVELS))
def test_pictures_fit_their_cells_in_their_proportions(w: int, h: int, cell: int) -> None:
    """The longer side fills the cell, the other is right to half a pixel, none vanishes."""
    width, height = picture_size(w, h, cell)

    assert max(width, height) == cell
    assert min(width, height) >= 1
    assert abs(width - max(1, cell * w / max(w, h))) <= 0.5
    assert abs(height - max(1, cell * h / max(w, h))) <= 0.5


@given(st.integers(1, 70), st.integers(0, 2**31))
@settings(max_examples=8, deadline=None)
def test_pages_show_each_image_at_its_slot(n: int, seed: int) -> None:
    """Decoding the pages finds each image's colour where its slot says, ground around it."""
    rng = np.random.default_rng(seed)
    places = rng.permutation(n).astype(np.int32)
    sizes = [(int(w), int(h)) for w, h in rng.integers(20, 200, (n, 2))]
    colours = rng.integers(0, 2, (n, 3)) * 255
    for level in levels(n)[1:]:
        for number in range(level.pages):
            data = page(
                level,
                number,
                places,
                sizes,
                [(128, 128, 128)] * n,
                lambda row: np.full((sizes[row][1], sizes[row][0], 3), colours[row], np.uint8),
            )
            sheet = np.asarray(Image.open(BytesIO(data)).convert("RGB")).astype(int)
            assert sheet.shape == (PAGE, PAGE, 3)
            for row in np.flatnonzero(places // level.columns**2 == number):
                slot = places[row] % level.columns**2
                top = slot // level.columns * level.cell
                left = slot % level.columns * level.cell
                width, height = picture_size(*sizes[row], level.cell)
                middle = sheet[top + height // 2, left + width // 2]
                assert np.abs(middle - colours[row]).max() < 60


def test_copies_never_enlarge_and_keep_proportions() -> None:
    """A large picture is shrunk twice, a small one is left as it is."""
    large = copies(np.full((300, 900, 3), (10, 200, 30), np.uint8), 600)
    small = copies(np.zeros((30, 40, 3), np.uint8), 600)

    assert Image.open(BytesIO(large.display)).size == (600, 200)
    assert Image.open(BytesIO(large.thumbnail)).size == (THUMBNAIL, 85)
    assert large.colour == (10, 200, 30)
    assert Image.open(BytesIO(small.display)).size == (40, 30)
