"""Scatter, geography, and how numbers are read: true to scale, and nothing lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.layouts.geography import geography
from builder.layouts.numbers import degrees, numbers, ticks, words
from builder.layouts.scatter import scatter


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (" -3.5 ", -3.5),
        ("−3,5", -3.5),
        ("1 234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1'000'000", 1_000_000),
        ("2e3", 2000),
        ("12 cm", 12),
        ("12%", 12),
        ("", np.nan),
        ("heavy", np.nan),
        ("12-15", np.nan),
        ("4 of 7", np.nan),
        ("3rd", np.nan),
        ("nan", np.nan),
        ("inf", np.nan),
        ("1e999", np.nan),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    """Points and commas, units behind, and no number in what is none."""
    np.testing.assert_equal(numbers([text])[0], value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48.8566", 48.8566),
        ("48°51'24\" N", 48 + 51 / 60 + 24 / 3600),
        ("48° 51′ S", -48.85),
        ("-2,5", -2.5),
        ("12 W", -12),
        ("91", np.nan),
        ("north", np.nan),
        ("", np.nan),
    ],
)
def test_degrees_as_people_write_them(text: str, value: float) -> None:
    """Decimal, or with minutes and seconds; beyond the limit is none."""
    np.testing.assert_allclose(degrees([text], 90)[0], value)


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_a_number_or_none(text: str) -> None:
    """Never an error, never infinity."""
    found = [numbers([text])[0], degrees([text], 180)[0]]

    assert not np.isinf(found).any()


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
@settings(max_examples=80, deadline=None)
def test_ticks_are_few_and_inside(low: float, extent: float) -> None:
    """At least one and at most nine, ascending, within the bounds."""
    high = low + extent
    found = ticks(low, high)

    assert 1 <= len(found) <= 9 or high - low < abs(high) * 1e-12
    assert found == sorted(found)
    assert all(low - extent * 1e-6 <= tick <= high + extent * 1e-6 for tick in found)


def test_ticks_in_words() -> None:
    """No needless zeros, thousands apart, a true minus."""
    assert [words(value) for value in (1400.0, 0.25, -3.0, 120000.0)] == [
        "1400",
        "0.25",
        "−3",
        "120 000",
    ]


_NUMBER = st.one_of(st.just(np.nan), st.floats(allow_nan=True, allow_infinity=True))


@given(st.lists(st.tuples(_NUMBER, _NUMBER), min_size=1, max_size=60))
@settings(max_examples=120, deadline=None)
def test_a_scatter_of_anything_is_finite(pairs: list[tuple[float, float]]) -> None:
    """NaN, infinity, the largest numbers, all equal: each image has a place."""
    x, y = np.array(pairs, np.float64).T

    with np.errstate(over="ignore"):
        layout = scatter("scatter-x-y", x, y, ("x", "y"))

    assert np.isfinite(layout.xy).all()
    assert layout.xy.min() >= -1e-5
    assert layout.xy.max() <= 1 + 1e-5
    assert layout.size > 0
    assert all(np.isfinite([mark.x, mark.y]).all() for mark in layout.marks)


def test_a_scatter_is_true_to_scale() -> None:
    """Places are a straight line of the numbers, upwards for y; none of them is pushed away."""
    rng = np.random.default_rng(0)
    x, y = rng.random(300) * 40, rng.random(300) * 7 - 3

    layout = scatter("scatter-x-y", x, y, ("x", "y"))

    for numbers_, places, sign in [(x, layout.xy[:, 0], 1), (y, layout.xy[:, 1], -1)]:
        slope, offset = np.polyfit(numbers_, places, 1)
        assert np.sign(slope) == sign
        np.testing.assert_allclose(places, slope * numbers_ + offset, atol=1e-5)


def test_the_axes_lie_beside_the_images() -> None:
    """Two strokes that meet at the lower left, and no image lies on them."""
    rng = np.random.default_rng(1)
    layout = scatter("scatter-x-y", rng.random(50), rng.random(50), ("x", "y"))
    across, upwards = layout.lines

    assert across[0].tolist() == upwards[1].tolist()
    assert across[:, 1].min() > layout.xy[:, 1].max() >= layout.xy[:, 1].min()
    assert upwards[:, 0].max() < layout.xy[:, 0].min()


def test_images_without_a_number_lie_apart() -> None:
    """Left of the axis without x, below it without y, in the corner without both."""
    nan = np.nan
    x, y = np.array([1, 2, 3, nan, 2, nan]), np.array([1, 3, 2, 2, nan, nan])

    layout = scatter("scatter-x-y", x, y, ("x", "y"))

    whole = layout.xy[:3]
    assert layout.xy[3, 0] < whole[:, 0].min()
    assert layout.xy[4, 1] > whole[:, 1].max()
    assert layout.xy[5, 0] < whole[:, 0].min()
    assert layout.xy[5, 1] > whole[:, 1].max()
    assert layout.quality == {"images with both numbers": 3, "images without": 3}
    assert [mark.text for mark in layout.marks].count("no value") == 2


def test_places_lie_as_on_the_globe() -> None:
    """West of each other left, north above, and what has no place beneath."""
    # Paris, London, Cairo, none
    north, east = np.array([48.9, 51.5, 30.0, np.nan]), np.array([2.3, -0.1, 31.2, 10.0])

    layout = geography(north, east)

    paris, london, cairo, nowhere = layout.xy
    assert london[0] < paris[0] < cairo[0]
    assert london[1] < paris[1] < cairo[1] < nowhere[1]
    assert "no place" in [mark.text for mark in layout.marks]
    assert layout.quality == {"images with a place": 3}


@given(
    st.lists(
        st.tuples(st.floats(-90, 90), st.floats(-180, 180)) | st.just((np.nan, np.nan)),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_places_give_a_map_with_outlines_in_its_frame(places) -> None:
    """One place, none, poles: finite, with outlines that do not run out of the picture."""
    north, east = np.array(places, np.float64).T

    layout = geography(north, east)

    assert np.isfinite(layout.xy).all()
    assert layout.size > 0
    for line in layout.lines:
        assert np.isfinite(line).all()
        assert len(line) > 1


def test_the_outline_shows_the_strait_of_gibraltar() -> None:
    """Land and sea are where they are: the coast passes near Tarifa and near Tangier."""
    layout = geography(np.array([36.0, 35.78]), np.array([-5.61, -5.81]))

    points = np.concatenate(layout.lines)
    # One unit is the distance of the two, 0.22 degrees of latitude.
    for place in layout.xy:
        assert np.linalg.norm(points - place, axis=1).min() < 0.5
