"""Images by time: piles along an axis of years, each image somewhere in what its date allows.

A date is an interval, and no place in it is truer than another. So the images of an interval are
shared out over all of it: heights of piles come as near as whole images can to the histogram in
which every image counts once, spread evenly over its years. The nearer a date to a single year,
the lower its image lies in the pile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.layouts.scatter import framed
from builder.layouts.types import Layout, Mark

_ASPECT = 2.2  # width over height that is aimed at
_BREAK = 0.2  # share of the whole time from which on an empty stretch is cut short
_GAP = 0.04  # of all columns, between stretches and before the undated
_LEAST_GAP = 3
_MOST_COLUMNS = 20_000
_TICKS = 12
_BELOW = 1.3  # of the baseline, where the years stand

_YEARS_A_COLUMN = (
    *((1, many) for many in range(64, 0, -1)),
    *((years * 10**power, 1) for power in range(7) for years in (2, 3, 4, 5, 6, 8, 10)),
)
"""Widths of a column as fractions of a year, numerator and denominator."""

Span = tuple[int, int]
_Ints = NDArray[np.int64]


def timeline(spans: Sequence[Span | None], order: NDArray[np.int64]) -> Layout:
    """The layout "timeline".

    Args:
        spans: (n,) first and last year that an image's date may mean, both included, astronomical;
            None for no date. Those stand apart, marked "undated".
        order: (n,) rank of each image; images of one interval stand side by side in this order.

    Empty stretches of more than a fifth of the time are cut short, which a mark "…" tells.
    """
    dated = np.array([row for row, span in enumerate(spans) if span is not None], np.int64)
    years = np.array([span for span in spans if span is not None], np.int64).reshape(-1, 2)
    undated = np.array([row for row, span in enumerate(spans) if span is None], np.int64)
    xy = np.zeros((len(spans), 2))
    marks: list[Mark] = []
    lines: list[NDArray[np.float32]] = []
    axis = _best_axis(years, len(undated)) if len(dated) else None
    height = 0
    if axis:
        columns = _share_out(axis, years, order[dated])
        xy[dated] = np.stack([columns, -_levels(columns, years, order[dated])], axis=1)
        height = int(-xy[:, 1].min()) + 1
        marks, lines = _ticks(axis), _baselines(axis)
    if len(undated):
        block = _block(len(undated), height)
        block[:, 0] += axis.columns + axis.gap if axis else 0
        xy[undated[np.argsort(order[undated], kind="stable")]] = block
        marks.append(Mark(float(block[:, 0].min() + block[:, 0].max()) / 2, _BELOW, "undated"))
    quality = {
        "images with a date": float(len(dated)),
        "images without": float(len(undated)),
    }
    if axis:
        quality["years to a column"] = axis.years / axis.parts
    return framed(
        Layout(
            "timeline",
            "positions",
            xy.astype(np.float32),
            0.94,
            quality=quality,
            label="Timeline",
            note="Across: years. Each image stands within the years that its date allows, those of "
            "one interval spread over it; the closer a date, the lower its image.",
            marks=tuple(marks),
            lines=tuple(lines),
        )
    )


@dataclass(frozen=True)
class _Axis:
    """Columns of `years / parts` years each, for stretches of time with gaps between them.

    Attributes:
        years, parts: a column's width as a fraction of a year.
        stretches: first year of each, and the one after its last.
        first: (s,) number of each stretch's first column, counted from the year 0.
        offset: (s,) where that column stands.
        gap: columns that stay empty between stretches.
        columns: all of them, with the gaps.
    """

    years: int
    parts: int
    stretches: tuple[Span, ...]
    first: _Ints
    offset: _Ints
    gap: int
    columns: int

    def within(self, spans: _Ints) -> tuple[_Ints, _Ints]:
        """First and last column whose middle lies in a span; the one that holds it if none does."""
        begin, end = spans[:, 0], spans[:, 1] + 1
        low = -((self.years - 2 * begin * self.parts) // (2 * self.years))
        high = -((self.years - 2 * end * self.parts) // (2 * self.years)) - 1
        middle = (begin + end) * self.parts // (2 * self.years)
        none = low > high
        at = self._stretch(begin)
        shift = self.offset[at] - self.first[at]
        return np.where(none, middle, low) + shift, np.where(none, middle, high) + shift

    def x(self, year: float, stretch: int) -> float:
        """Where the beginning of a year lies; columns are centred on whole numbers."""
        column = year * self.parts / self.years - float(self.first[stretch])
        return float(self.offset[stretch]) + column - 0.5

    def bounds(self, stretch: int) -> Span:
        """The first year whose beginning is in a stretch's columns, and the last."""
        begin, end = self.stretches[stretch]
        if self.years == 1:  # a year's number stands below its columns
            return begin, end - 1
        after = -(-end * self.parts // self.years)
        return int(self.first[stretch]) * self.years, after * self.years

    def _stretch(self, years: _Ints) -> _Ints:
        starts = np.array([begin for begin, _ in self.stretches], np.int64)
        return np.searchsorted(starts, years, side="right") - 1


def _best_axis(spans: _Ints, undated: int) -> _Axis:
    """The one whose piles, with the undated, come nearest to a broad rectangle."""
    stretches = _stretches(spans)
    distinct, counts = np.unique(spans, axis=0, return_counts=True)

    def unfit(axis: _Axis) -> float:
        height = float(np.ceil(_expected(axis, distinct, counts).max()))
        width = axis.columns + (axis.gap + undated / height if undated else 0)
        return float(abs(np.log(width / height / _ASPECT)))

    axes = [_axis(years, parts, stretches) for years, parts in _YEARS_A_COLUMN]
    few = [axis for axis in axes if axis.columns <= _MOST_COLUMNS]
    return min(few or axes[-1:], key=unfit)


def _stretches(spans: _Ints) -> tuple[Span, ...]:
    """First year, and the one after the last, of the times that dates cover without a long gap."""
    longest = _BREAK * float(spans[:, 1].max() + 1 - spans[:, 0].min())
    ordered = spans[np.lexsort((spans[:, 1], spans[:, 0]))].tolist()
    begin, end = ordered[0][0], ordered[0][1] + 1
    found = []
    for first, last in ordered[1:]:
        if first - end > longest:
            found.append((begin, end))
            begin = first
            end = last + 1
        end = max(end, last + 1)
    return (*found, (begin, end))


def _axis(years: int, parts: int, stretches: tuple[Span, ...]) -> _Axis:
    first = np.array([begin * parts // years for begin, _ in stretches], np.int64)
    after = np.array([-(-end * parts // years) for _, end in stretches], np.int64)
    wide = after - first
    gap = max(_LEAST_GAP, round(_GAP * int(wide.sum())))
    offset = np.concatenate([[0], np.cumsum(wide + gap)[:-1]]).astype(np.int64)
    return _Axis(years, parts, stretches, first, offset, gap, int(offset[-1] + wide[-1]))


def _expected(axis: _Axis, spans: _Ints, counts: _Ints) -> NDArray[np.float64]:
    """Height of each column if every image were spread evenly over its span."""
    low, high = axis.within(spans)
    rise = np.zeros(axis.columns + 1)
    each = counts / (high - low + 1)
    np.add.at(rise, low, each)
    np.add.at(rise, high + 1, -each)
    return np.cumsum(rise)[:-1]


def _share_out(axis: _Axis, spans: _Ints, order: _Ints) -> _Ints:
    """A column for each image, close dates first; (n,)."""
    low, high = axis.within(spans)
    kinds, index, counts = np.unique(
        np.stack([high - low, low], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    rows = np.split(np.lexsort((order, np.ravel(index))), np.cumsum(counts)[:-1])
    columns = np.zeros(len(spans), np.int64)
    lacking = np.zeros(axis.columns)
    for (more, begin), own in zip(kinds.tolist(), rows, strict=True):
        part = lacking[begin : begin + more + 1]  # a window: what changes here changes there
        each, rest = divmod(len(own), len(part))
        part += len(own) / len(part) - each
        extra = _where_most_is_lacking(part, rest)
        part[extra] -= 1
        heights = np.full(len(part), each)
        heights[extra] += 1
        columns[own] = begin + np.repeat(np.arange(len(part)), heights)
    return columns


def _where_most_is_lacking(lacking: NDArray[np.float64], count: int) -> list[int]:
    """A column in each of `count` equal parts: the emptiest, or of such the middle one."""
    edges = [part * len(lacking) // count for part in range(count + 1)] if count else []
    chosen = []
    for begin, end in pairwise(edges):
        here = np.round(lacking[begin:end], 6)
        emptiest = np.flatnonzero(here == here.max())
        middle = (end - begin - 1) / 2
        chosen.append(begin + int(emptiest[np.argmin(np.abs(emptiest - middle))]))
    return chosen


def _levels(columns: _Ints, spans: _Ints, order: _Ints) -> _Ints:
    """How high each image lies in its pile, from 0: the closer a date, the lower."""
    ranked = np.lexsort((order, spans[:, 1] - spans[:, 0], columns))
    sorted_columns = columns[ranked]
    starts = np.searchsorted(sorted_columns, sorted_columns)
    levels = np.zeros(len(columns), np.int64)
    levels[ranked] = np.arange(len(columns)) - starts
    return levels


def _block(count: int, height: int) -> NDArray[np.float64]:
    """Cells (count, 2) of a block as high as the piles, filled row by row from below."""
    broad = int(np.ceil(np.sqrt(count * _ASPECT)))
    width = -(-count // height) if height > 1 else broad
    at = np.arange(count)
    return np.stack([at % width, -(at // width)], axis=1).astype(np.float64)


def _ticks(axis: _Axis) -> list[Mark]:
    """Round years below the piles, and "…" where time is cut short."""
    bounds = [axis.bounds(stretch) for stretch in range(len(axis.stretches))]
    step, fine = _steps(sum(end - begin for begin, end in bounds))
    # A year with columns of its own has its number below them, else where it begins.
    middle = 0.5 if axis.years == 1 else 0.0
    marks = []
    for stretch, (begin, end) in enumerate(bounds):
        coarse = _round_years(begin, end, step) or [begin]
        finer = [year for year in _round_years(begin, end, fine) if year not in coarse]
        for level, years in ((1, coarse), (2, finer)):
            for year in years:
                marks.append(Mark(axis.x(year + middle, stretch), _BELOW, _text(year, axis), level))
        if stretch:
            marks.append(Mark(float(axis.offset[stretch]) - (axis.gap + 1) / 2, _BELOW, "…", 1))
    return marks


def _steps(total: int) -> tuple[int, int]:
    """Years between ticks, and between finer ones."""
    steps = [step * 10**power for power in range(10) for step in (1, 2, 5)]
    number = next(n for n, step in enumerate(steps) if total / step <= _TICKS)
    return steps[number], steps[max(0, number - 2)]


def _round_years(begin: int, end: int, step: int) -> list[int]:
    """Years from `begin` to `end` that are round as they are written, BCE counted backwards."""
    after = [number * step for number in range(max(1, -(-begin // step)), end // step + 1)]
    nearest = max(1, -((end - 1) // step))
    before = [1 - number * step for number in range((1 - begin) // step, nearest - 1, -1)]
    return [year for year in (*before, *after) if begin <= year <= end]


def _text(year: int, axis: _Axis) -> str:
    if year < 1:
        return f"{1 - year} BCE"
    return f"{year} CE" if axis.stretches[0][0] < 1 and year < 1000 else str(year)


def _baselines(axis: _Axis) -> list[NDArray[np.float32]]:
    """A line below each stretch of time, in the layout's own units."""
    after = [*(axis.offset[1:] - axis.gap).tolist(), axis.columns]
    ends = [(at - 0.5, end - 0.5) for at, end in zip(axis.offset.tolist(), after, strict=True)]
    return [np.array([[left, 0.6], [right, 0.6]], np.float32) for left, right in ends]
