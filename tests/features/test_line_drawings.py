"""Pictures as line drawings, taken into pieces, each in one shape."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.features.describe import SMALL_TURNS, oriented, stroke_rows
from builder.features.prepare import for_network, for_strokes
from builder.features.prepare.letters import dilated
from builder.features.prepare.lines import SIDE, fitted, lines, thinned
from builder.features.prepare.pieces import MOST, normalised, pieces, turned
from builder.features.strokes import WIDTH, histogram
from builder.settings import DescriptorSettings
from builder.similarity.dihedral import eight

PIECES = DescriptorSettings(preparation="pieces", backbone="strokes", size=128)
PAPER, INK = (240, 232, 210), (40, 30, 20)


def sheet(height: int = 260, width: int = 330, paper: tuple[int, int, int] = PAPER) -> np.ndarray:
    return np.full((height, width, 3), paper, np.uint8)


def figure(seed: int) -> np.ndarray:
    """One connected figure without any symmetry: a path of five points, a circle about one."""
    rng = np.random.default_rng(seed)
    picture = sheet()
    points = np.stack([rng.integers(30, 300, 5), rng.integers(30, 230, 5)], axis=1)
    cv2.polylines(picture, [points.astype(np.int32)], False, INK, 2, cv2.LINE_AA)
    centre = (int(points[2][0]), int(points[2][1]))
    cv2.circle(picture, centre, 28, INK, 2, cv2.LINE_AA)
    return picture


def circle_and_line(width: int = 2, letter: bool = False) -> np.ndarray:
    picture = sheet()
    cv2.circle(picture, (120, 130), 80, INK, width, cv2.LINE_AA)
    cv2.line(picture, (230, 40), (300, 220), INK, width, cv2.LINE_AA)
    if letter:
        cv2.putText(picture, "A", (210, 140), cv2.FONT_HERSHEY_SIMPLEX, 0.7, INK, 2, cv2.LINE_AA)
        cv2.putText(picture, "b", (110, 135), cv2.FONT_HERSHEY_SIMPLEX, 0.7, INK, 2, cv2.LINE_AA)
    return picture


def overlap(one: np.ndarray, other: np.ndarray, radius: int) -> float:
    """Intersection over union of thin strokes widened to `radius`."""
    a, b = dilated(one, radius), dilated(other, radius)
    return float((a & b).sum() / max((a | b).sum(), 1))


def turned_mask(mask: np.ndarray, orientation: int) -> np.ndarray:
    return oriented(np.repeat(mask[..., None], 3, axis=2).astype(np.uint8), orientation)[..., 0] > 0


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_strokes_are_one_pixel_wide_whatever_the_pen(width: int) -> None:
    """No two by two pixels are set, and the drawing is that of the thinnest pen."""
    drawing = lines(circle_and_line(width))
    blocks = drawing[:-1, :-1] & drawing[1:, :-1] & drawing[:-1, 1:] & drawing[1:, 1:]

    assert drawing.shape == (SIDE, SIDE)
    assert not blocks.any()
    assert overlap(drawing, lines(circle_and_line(2)), 3) > 0.8


def test_letters_are_gone_and_the_figure_stays() -> None:
    """Two letters change nothing of the drawing."""
    with_letters, without = lines(circle_and_line(letter=True)), lines(circle_and_line())

    assert overlap(with_letters, without, 1) > 0.95
    assert len(pieces(with_letters)) == 2


def test_the_ground_and_its_colour_are_gone() -> None:
    """Dark ink on light paper, light ink on dark, and red on blue: one drawing."""
    picture = circle_and_line()
    drawn = np.abs(picture.astype(int) - PAPER).sum(axis=2) > 100
    swapped, coloured = sheet(paper=INK), sheet(paper=(30, 40, 160))
    swapped[drawn], coloured[drawn] = PAPER, (200, 40, 30)

    for other in (swapped, coloured):
        assert overlap(lines(picture), lines(other), 3) > 0.75


def test_a_drawing_fills_its_square_wherever_it_stands() -> None:
    """A figure in the corner of a large sheet is drawn as one that fills its sheet."""
    large = sheet(780, 990)
    large[400:660, 500:830] = circle_and_line()
    drawing = lines(circle_and_line())
    ys, xs = np.nonzero(drawing)

    assert overlap(drawing, lines(large), 4) > 0.7
    assert max(np.ptp(ys), np.ptp(xs)) == pytest.approx(0.88 * SIDE, abs=3)


def test_pieces_are_the_connected_parts_weighed_by_their_lines() -> None:
    """Together they are the drawing, the one with most lines first, weights sum to one."""
    drawing = lines(circle_and_line())

    found = pieces(drawing)

    assert len(found) == 2
    assert np.array_equal(drawing, found[0].strokes | found[1].strokes)
    assert not (found[0].strokes & found[1].strokes).any()
    expected = [piece.strokes.sum() / drawing.sum() for piece in found]
    assert pytest.approx(expected) == [piece.weight for piece in found]
    assert found[0].weight > found[1].weight


def test_of_many_pieces_the_largest_are_kept() -> None:
    """Nine separate circles give no more than the most."""
    picture = sheet(300, 300)
    for number in range(9):
        centre = (50 + 100 * (number % 3), 50 + 100 * (number // 3))
        cv2.circle(picture, centre, 22 + 2 * number, INK, 2, cv2.LINE_AA)

    found = pieces(lines(picture))

    weights = [piece.weight for piece in found]
    assert len(found) == MOST
    assert sorted(weights, reverse=True) == weights
    assert sum(weights) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("orientation", range(8))
def test_a_turned_or_mirrored_picture_has_the_same_piece_turned(
    seed: int, orientation: int
) -> None:
    """Whatever the orientation, only that one lays both alike."""
    picture = figure(seed)
    ((one, weight),) = for_strokes(picture, PIECES)
    ((other, other_weight),) = for_strokes(oriented(picture, orientation), PIECES)

    ways, asked = eight(histogram(one)).reshape(8, -1), histogram(other).ravel()
    cosines = ways @ asked / (np.linalg.norm(ways, axis=1) * np.linalg.norm(asked))

    assert (weight, other_weight) == (1, 1)
    assert overlap(turned_mask(one, orientation), other, 4) > 0.7
    assert orientation == cosines.argmax()
    assert cosines[orientation] > 0.93
    assert np.sort(cosines)[-2] < 0.8


@pytest.mark.parametrize("seed", range(4))
def test_a_stretched_figure_has_the_same_shape(seed: int) -> None:
    """Proportions go: a figure half as high is described nearly alike, another is not."""
    picture = figure(seed)
    flat = cv2.resize(picture, (330, 150), interpolation=cv2.INTER_AREA)

    def seen(pixels: np.ndarray) -> np.ndarray:
        row = histogram(for_strokes(pixels, PIECES)[0][0]).ravel()
        return row / np.linalg.norm(row)

    assert seen(picture) @ seen(flat) > 0.9
    assert seen(picture) @ seen(flat) > seen(picture) @ seen(figure(seed + 50)) + 0.1


def test_a_normalised_piece_is_round() -> None:
    """Its line pixels have the same spread in all directions, about the middle."""
    ((one, _),) = for_strokes(figure(1), PIECES)
    points = np.stack(np.nonzero(one)).astype(float)

    spread = np.cov(points)

    assert pytest.approx([64, 64], abs=2) == points.mean(axis=1)
    assert spread[0, 0] == pytest.approx(spread[1, 1], rel=0.15)
    assert abs(spread[0, 1]) < 0.1 * spread[0, 0]


@pytest.mark.parametrize("degrees", [-24, -8, 8, 24])
def test_turning_by_a_few_degrees_is_clockwise_and_can_be_undone(degrees: int) -> None:
    """A stroke that points right points lower after a clockwise turn."""
    stroke = np.zeros((128, 128), bool)
    stroke[64, 64:110] = True
    ys, xs = np.nonzero(turned(stroke, degrees))
    end = xs.argmax()

    angle = np.degrees(np.arctan2(ys[end] - 64, xs[end] - 64))

    assert degrees == pytest.approx(angle, abs=3)
    assert overlap(turned(turned(stroke, degrees), -degrees), stroke, 2) > 0.7


EMPTY = {
    "one pixel": np.zeros((1, 1, 3), np.uint8),
    "black": np.zeros((200, 300, 3), np.uint8),
    "white": np.full((200, 300, 3), 255, np.uint8),
    "a single row": np.full((1, 900, 3), 90, np.uint8),
    "paper that fades slowly": np.tile(
        np.linspace(200, 202, 300).astype(np.uint8)[None, :, None], (200, 1, 3)
    ),
}


@pytest.mark.parametrize("name", [name for name in EMPTY if "fades" not in name])
def test_where_nothing_is_drawn_there_is_no_piece(name: str) -> None:
    """And rows are none, not zeros; a network still gets its square."""
    rows, (weights,) = stroke_rows(EMPTY[name], PIECES)

    assert not lines(EMPTY[name]).any()
    assert for_strokes(EMPTY[name], PIECES) == []
    assert (rows.shape, weights) == ((0, WIDTH), ())


@pytest.mark.parametrize("preparation", ["colour", "grey", "ink", "lines"])
@pytest.mark.parametrize("name", EMPTY)
def test_a_network_gets_its_square_of_any_picture(name: str, preparation: str) -> None:
    """However small or blank it is, with and without a crop."""
    for crop in (False, True):
        descriptor = DescriptorSettings(preparation=preparation, size=64, crop=crop)

        square = for_network(EMPTY[name], (200, 200, 200), descriptor)

        assert (square.shape, square.dtype) == ((64, 64, 3), np.uint8)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**31), st.booleans())
@settings(max_examples=40, deadline=None)
def test_any_noise_is_described_by_finite_numbers(h: int, w: int, seed: int, binary: bool) -> None:
    """Pictures of any size and content: rows of pieces times turns, weights that sum to one."""
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (h, w, 3)).astype(np.uint8)
    if binary:
        pixels = np.where(rng.random((h, w, 1)) < 0.1, 0, np.full((h, w, 3), 255)).astype(np.uint8)
    descriptor = PIECES.model_copy(update={"orientations": "turned", "size": 64})

    rows, (weights,) = stroke_rows(pixels, descriptor)

    assert (len(weights) * len(SMALL_TURNS), WIDTH) == rows.shape
    assert np.isfinite(rows).all()
    assert len(weights) <= MOST
    assert not weights or sum(weights) == pytest.approx(1)


def test_a_large_picture_is_drawn_like_a_small_one() -> None:
    """3,000 pixels a side, or 300."""
    large = cv2.resize(circle_and_line(), (3000, 2364), interpolation=cv2.INTER_CUBIC)

    assert overlap(lines(large), lines(circle_and_line()), 3) > 0.8


@given(st.integers(0, 2**31), st.integers(48, 200))
@settings(max_examples=40, deadline=None)
def test_fitting_keeps_proportions_and_centres(seed: int, side: int) -> None:
    """The longer side of the box fills the square but for the margin; the box is in the middle."""
    rng = np.random.default_rng(seed)
    strokes = np.zeros((90, 90), bool)
    x, y = rng.integers(0, 40, 2)
    width, height = rng.integers(24, 50, 2)
    scale = side * 0.88 / max(width, height)
    strokes[y, x : x + width] = True
    strokes[y : y + height, x] = True

    found = fitted(strokes, side)
    ys, xs = np.nonzero(found)

    assert (side, side) == found.shape
    sizes = np.array([np.ptp(ys) + 1, np.ptp(xs) + 1])
    # Thinning takes the ends of strokes that were made larger.
    assert np.abs(sizes - np.array([height, width]) * scale).max() <= 4 + 2 * scale
    assert abs((ys.min() + ys.max()) / 2 - side / 2) <= 2 + scale


@pytest.mark.parametrize("points", [0, 1, 2, 3])
def test_pieces_of_a_few_points_are_kept_as_they_are(points: int) -> None:
    """No covariance can be had of one or two points; nothing breaks."""
    strokes = np.zeros((SIDE, SIDE), bool)
    strokes[100, 100 : 100 + points] = True

    assert normalised(strokes, 128).shape == (128, 128)
    assert thinned(strokes).sum() <= points


def test_preparations_of_a_network_show_what_they_say() -> None:
    """Grey has no colour, ink and lines are black on white, colour is the picture itself."""
    picture = circle_and_line(4)
    picture[100:160, 90:150] = (200, 40, 30)

    def shown(preparation: str) -> np.ndarray:
        return for_network(picture, PAPER, DescriptorSettings(preparation=preparation, size=128))

    colour, grey, ink, drawn = (shown(name) for name in ("colour", "grey", "ink", "lines"))
    assert (colour.max(axis=2).astype(int) - colour.min(axis=2) > 100).any()
    for plain in (grey, ink, drawn):
        assert np.array_equal(plain[..., 0], plain[..., 1])
        assert np.array_equal(plain[..., 0], plain[..., 2])
    # Ink is filled where the picture is; lines are its edges, and so less.
    assert 0 < (drawn < 128).sum() < (ink < 128).sum()
    assert ink[0, 0, 0] == drawn[0, 0, 0] == 255
