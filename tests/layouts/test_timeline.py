from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.layouts.timeline import Span, timeline
from builder.layouts.types import Layout

YEARS = st.integers(-400, 2000)
SPANS = st.builds(lambda first, more: (first, first + more), YEARS, st.integers(0, 120))
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
    """An image whose date is over before another's begins never stands to the right of it."""
    x = _timeline(spans).xy[:, 0]
    for row, (_, last) in enumerate(spans):
        later = [other for other, (first, _) in enumerate(spans) if first > last]
        assert all(x[row] <= x[other] + 1e-6 for other in later)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(lambda a, b: (a, a + b), st.integers(1000, 1200), st.integers(0, 150))))
def test_images_stand_within_their_dates(spans: list[Span]) -> None:
    """An image stands within its interval, or in the column that holds it if that is broader."""
    frame: list[Span] = [(1000, 1000), (1400, 1400), (1000, 1400)]
    layout = _timeline([*spans, *frame])
    column = layout.quality["years to a column"]
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
