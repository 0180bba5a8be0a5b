from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.layouts.crowded import BROADEST, broadening, expected
from builder.layouts.timeline import Span, timeline
from builder.layouts.types import Layout

YEARS = st.integers(-400, 2000)
SPANS = st.builds(lambda first, more: (first, first + more), YEARS, st.integers(0, 120))
BROADENED = "years to a crowded date at most"
MAYBE = st.lists(st.none() | SPANS, min_size=1, max_size=60)


def _timeline(spans: Sequence[Span | None]) -> Layout:
    return timeline(spans, np.arange(len(spans)))


def _at_years(layout: Layout) -> list[float]:
    """The time at which each image stands, from the layout's own ticks; no breaks, no eras."""
    ticks = [(mark.x, int(mark.text)) for mark in layout.marks if mark.text.isdigit()]
    (x0, year0), (x1, year1) = min(ticks), max(ticks)
    middle = 0.5 if layout.quality["years to a column"] <= 1 else 0.0
    return [(x - x0) / (x1 - x0) * (year1 - year0) + year0 + middle for x in layout.xy[:, 0]]


@settings(max_examples=40, deadline=None)
@given(MAYBE)
def test_each_image_has_a_place_of_its_own(spans: list[Span | None]) -> None:
    """Every image lies within 0-1, and no two overlap."""
    layout = _timeline(spans)
    xy = layout.xy.astype(np.float64)
    assert layout.xy.shape == (len(spans), 2)
    assert xy.min() >= 0
    assert xy.max() <= 1 + 1e-6
    gaps = np.abs(xy[:, None] - xy[None]).max(axis=2)
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() >= layout.size


@settings(max_examples=40, deadline=None)
@given(st.lists(SPANS, min_size=2, max_size=40))
def test_time_runs_to_the_right(spans: list[Span]) -> None:
    """An image whose date is over before another's begins never stands to the right of it.

    Only crowded dates take some breadth of their neighbours, and these are too few for that.
    """
    layout = _timeline(spans)
    assume(BROADENED not in layout.quality)
    x = layout.xy[:, 0]
    for row, (_, last) in enumerate(spans):
        later = [other for other, (first, _) in enumerate(spans) if first > last]
        assert all(x[row] <= x[other] + 1e-6 for other in later)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(lambda a, b: (a, a + b), st.integers(1000, 1200), st.integers(0, 150))))
def test_images_stand_within_their_dates(spans: list[Span]) -> None:
    """An image stands within its interval, or in the column that holds it if that is broader."""
    frame: list[Span] = [(1000, 1000), (1400, 1400), (1000, 1400)]
    layout = _timeline([*spans, *frame])
    column = layout.quality.get(BROADENED, layout.quality["years to a column"])
    for (first, last), year in zip(spans, _at_years(layout), strict=False):
        slack = column if last - first + 1 < 2 * column else 0
        assert first - slack - 0.01 <= year <= last + 1 + slack + 0.01


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 400))
def test_a_century_is_filled(count: int) -> None:
    """Images of one century fill it evenly: no pile is higher by more than one image."""
    layout = _timeline([(1201, 1300)] * count + [(1000, 1400)])
    heights = Counter(np.round(layout.xy[:count, 0], 5).tolist())
    assert max(heights.values()) - min(heights.values()) <= 1
    years = _at_years(layout)[:count]
    assert np.mean(years) == pytest.approx(1250.5, abs=layout.quality["years to a column"])


@settings(max_examples=40, deadline=None)
@given(st.lists(SPANS, min_size=1, max_size=60))
def test_piles_follow_the_even_histogram(spans: list[Span]) -> None:
    """No piles up to a column hold many more or fewer images than if dates were spread evenly."""
    framed = [*spans, (-400, -400), (-400, 2120), (2120, 2120)]
    layout = _timeline(framed)
    step = layout.size / 0.94
    columns = np.round(layout.xy[:, 0] / step).astype(int)
    width = layout.quality["years to a column"]
    begin = np.floor(-400 / width) * width
    middles = begin + (np.arange(columns.max() + 1) + 0.5) * width
    even = np.zeros(len(middles))
    for first, last in framed:
        inside = np.flatnonzero((middles >= first) & (middles < last + 1))
        if not len(inside):
            inside = np.array([int(((first + last + 1) / 2 - begin) // width)])
        even[inside] += 1 / len(inside)
    counts = np.bincount(columns, minlength=len(middles))
    assert counts.sum() == pytest.approx(even.sum())
    assert np.abs(counts - even).max() <= 1.5 + len(spans) / 10


def test_close_dates_lie_low() -> None:
    """In a pile, an image of one year lies below one of a century."""
    layout = _timeline([(1201, 1300)] * 30 + [(1250, 1250)] * 3)
    below = layout.xy[30:, 1].min()
    same = np.abs(layout.xy[:30, 0] - layout.xy[30, 0]) < layout.size / 2
    assert all(layout.xy[:30, 1][same] < below)


def test_order_within_an_interval() -> None:
    """Images of one interval stand from left to right in the order given."""
    spans: list[Span | None] = [(1201, 1300)] * 40
    order = np.array([(row * 7) % 40 for row in range(40)])
    x = timeline(spans, order).xy[:, 0]
    assert np.all(np.diff(x[np.argsort(order)]) >= 0)


def test_undated_stand_apart() -> None:
    """Images without a date are to the right of all others, below one name."""
    layout = _timeline([(1201, 1300), None, (1400, 1400), None])
    assert layout.xy[[1, 3], 0].min() > layout.xy[[0, 2], 0].max() + 2 * layout.size
    [name] = [mark for mark in layout.marks if mark.level == 0]
    assert name.text == "undated"
    assert name.x == pytest.approx(layout.xy[[1, 3], 0].mean(), abs=layout.size)
    assert layout.quality["images with a date"] == layout.quality["images without"] == 2


def test_no_date_at_all() -> None:
    """Without any date there is one block, and no axis."""
    layout = _timeline([None] * 5)
    assert [mark.text for mark in layout.marks] == ["undated"]
    assert "years to a column" not in layout.quality


def test_a_long_empty_time_is_cut_short() -> None:
    """Antiquity and the middle ages stand side by side, and a mark tells what is left out."""
    spans: list[Span] = [(-299, -200)] * 300 + [(1301, 1400)] * 300
    layout = _timeline(spans)
    gap = layout.xy[300:, 0].min() - layout.xy[:300, 0].max()
    assert gap < 0.2
    texts = [mark.text for mark in sorted(layout.marks, key=lambda mark: mark.x) if mark.level == 1]
    assert "…" in texts
    assert "300 BCE" in texts[: texts.index("…")]
    assert "1400" in texts[texts.index("…") :]


def test_ticks_stand_where_their_years_are() -> None:
    """Ticks are round years, in even steps, below the piles."""
    layout = _timeline([(year, year) for year in range(1400, 1500)])
    ticks = [mark for mark in layout.marks if mark.level == 1]
    years = [int(mark.text) for mark in ticks]
    assert years == list(range(1400, 1501, 10))
    assert np.ptp(np.diff([mark.x for mark in ticks])) == pytest.approx(0, abs=1e-6)
    assert min(mark.y for mark in ticks) > layout.xy[:, 1].max()


def test_a_line_below_each_stretch() -> None:
    """The lines of the axis reach below all dated images, one for each stretch of time."""
    spans: list[Span | None] = [(-299, -200)] * 300 + [(1301, 1400)] * 300 + [None]
    layout = _timeline(spans)
    assert len(layout.lines) == 2
    for line, part in zip(layout.lines, (layout.xy[:300], layout.xy[300:600]), strict=True):
        assert line[0, 0] < part[:, 0].min()
        assert line[1, 0] > part[:, 0].max()
        assert (line[:, 1] > part[:, 1].max()).all()


def test_years_far_away() -> None:
    """Geological times and years of our own stand on one axis with few marks."""
    layout = _timeline([(-170_000_000, -170_000_000), (1482, 1482), (2000, 2000)])
    assert len(layout.marks) < 80
    assert layout.xy[:, 0].tolist() == sorted(layout.xy[:, 0].tolist())


@settings(max_examples=40, deadline=None)
@given(MAYBE)
def test_same_dates_same_places(spans: list[Span | None]) -> None:
    """Twice the same dates give the same layout."""
    one, two = _timeline(spans), _timeline(spans)
    assert one.xy.tobytes() == two.xy.tobytes()
    assert one.marks == two.marks


YEAR_AND_COUNT = st.tuples(st.integers(1010, 1390), st.integers(25, 90))
BACKGROUND: list[Span] = [(1000, 1000), (1400, 1400), *((1000, 1400),) * 40]


@settings(max_examples=30, deadline=None)
@given(YEAR_AND_COUNT)
def test_a_crowded_year_is_no_needle(crowd: tuple[int, int]) -> None:
    """Many images of one year stand evenly about it, bounded in breadth, the axis still true."""
    year, count = crowd
    layout = _timeline([(year, year)] * count + BACKGROUND)
    years = np.array(_at_years(layout))[:count]
    columns = Counter(np.round(layout.xy[:count, 0], 5).tolist())
    step = layout.size / 0.94
    assert len(columns) % 2 == 1
    assert max(columns.values()) - min(columns.values()) <= 1
    middle = (years.min() + years.max()) / 2
    assert abs(middle - year - 0.5) <= layout.quality["years to a column"] / 2 + 0.01
    assert len(columns) <= max(1, BROADEST * (np.ptp(layout.xy[:, 0]) / step + 3))
    if BROADENED in layout.quality:
        assert str(year) in [mark.text for mark in layout.marks]
        broad = len(columns) * layout.quality["years to a column"]
        assert broad == pytest.approx(layout.quality[BROADENED])


def test_a_crowded_year_gets_breadth_and_its_name_above() -> None:
    """Seventy images of one year among centuries take several columns below the year's number."""
    layout = _timeline([(1282, 1282)] * 70 + BACKGROUND)
    own = layout.xy[:70]
    assert len(set(np.round(own[:, 0], 5).tolist())) >= 3
    [name] = [mark for mark in layout.marks if mark.text == "1282"]
    assert name.x == pytest.approx((own[:, 0].min() + own[:, 0].max()) / 2, abs=1e-5)
    assert name.y < own[:, 1].min()


def test_crowded_years_at_both_ends_fit_in() -> None:
    """The first and the last year may be crowded: piles lie within 0-1 and over the axis."""
    layout = _timeline([(1000, 1000)] * 70 + [(1400, 1400)] * 70 + BACKGROUND)
    [line] = layout.lines
    assert BROADENED in layout.quality
    assert line[0, 0] <= layout.xy[:, 0].min() <= layout.xy[:, 0].max() <= line[-1, 0]
    ticks = {mark.text: mark.x for mark in layout.marks if mark.y > layout.xy[:, 1].max()}
    assert ticks["1100"] - ticks["1050"] == pytest.approx(ticks["1350"] - ticks["1300"], abs=1e-5)


def test_equal_years_stay_in_their_columns() -> None:
    """Where every year is as full as the next, breadth would only blur: nothing is broadened."""
    layout = _timeline([(year, year) for year in range(1000, 1100) for _ in range(60)])
    assert BROADENED not in layout.quality


WINDOWS = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 9), st.integers(1, 200)),
    min_size=1,
    unique_by=lambda window: window[:2],
)


@settings(max_examples=100, deadline=None)
@given(WINDOWS)
def test_only_slender_windows_are_broadened(found: list[tuple[int, int, int]]) -> None:
    """No window gets more than its share of the columns, nor one that is broad or low already."""
    low, more, counts = (np.array(column) for column in zip(*found, strict=True))
    extra = broadening(low, low + more, counts, 110)
    own = more + 1
    assert (extra >= 0).all()
    assert (own + 2 * extra)[extra > 0].max(initial=0) <= BROADEST * 110
    assert (extra[counts <= 3 * own**2] == 0).all()
    assert expected(low, low + more, counts, 110).sum() == pytest.approx(counts.sum())
