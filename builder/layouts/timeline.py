"""Images by time: piles along an axis of years, each image somewhere in what its date allows.

A date is an interval, and no place in it is truer than another. So the images of an interval are
shared out over all of it: heights of piles come as near as whole images can to the histogram in
which every image counts once, spread evenly over its years. The nearer a date to a single year,
the lower its image lies in the pile. Where one date has so many images that they would stand
as a needle, their pile is made broader, evenly to both sides, and says its date above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.layouts.crowded import broadening, expected
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
        windows = _windows(axis, years)
        columns = _share_out(axis, windows, order[dated])
        levels = _levels(columns, years, order[dated])
        xy[dated] = np.stack([columns, -levels], axis=1)
        height = int(levels.max()) + 1
        marks, lines = _ticks(axis), _baselines(axis)
        marks += _dates_above(windows, years, columns, levels, axis)
    if len(undated):
        block = _block(len(undated), height)
        block[:, 0] += axis.columns + axis.gap if axis else 0
        xy[undated[np.argsort(order[undated], kind="stable")]] = block
        marks.append(Mark(float(block[:, 0].min() + block[:, 0].max()) / 2, _BELOW, "undated"))
    quality = {"images with a date": float(len(dated)), "images without": float(len(undated))}
    if axis:
        quality |= _coarseness(axis, windows)
    return framed(
        Layout(
            "timeline",
            "positions",
            xy.astype(np.float32),
            0.94,
            quality=quality,
            label="Timeline",
            note="Across: years. Each image stands within the years that its date allows, those of "
            "one interval spread over it; the closer a date, the lower its image. A date of very "
            "many images takes more breadth than its years have, and is written above them.",
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
        at = self.stretch(begin)
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

    def stretch(self, years: _Ints) -> _Ints:
        """Number of the stretch that holds each year."""
        starts = np.array([begin for begin, _ in self.stretches], np.int64)
        return np.searchsorted(starts, years, side="right") - 1


def _best_axis(spans: _Ints, undated: int) -> _Axis:
    """The one whose piles, with the undated, come nearest to a broad rectangle."""
    stretches = _stretches(spans)
    distinct, counts = np.unique(spans, axis=0, return_counts=True)

    def unfit(axis: _Axis) -> float:
        found = _windows(axis, distinct, counts)
        piles = expected(found.low, found.high, counts, axis.columns)
        height = float(np.ceil(piles.max()))
        width = axis.columns + (axis.gap + undated / height if undated else 0)
        return float(abs(np.log(width / height / _ASPECT)))

    bare = [_axis(years, parts, stretches) for years, parts in _YEARS_A_COLUMN]
    axes = [_padded(axis, distinct, counts) for axis in bare if axis.columns <= _MOST_COLUMNS]
    return min(axes or bare[-1:], key=unfit)


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


def _axis(
    years: int,
    parts: int,
    stretches: tuple[Span, ...],
    more: tuple[_Ints, _Ints] | tuple[int, int] = (0, 0),
) -> _Axis:
    """The axis of one width of a column, with `more` columns before and after each stretch."""
    first = np.array([begin * parts // years for begin, _ in stretches], np.int64) - more[0]
    after = np.array([-(-end * parts // years) for _, end in stretches], np.int64) + more[1]
    wide = after - first
    gap = max(_LEAST_GAP, round(_GAP * int(wide.sum())))
    offset = np.concatenate([[0], np.cumsum(wide + gap)[:-1]]).astype(np.int64)
    return _Axis(years, parts, stretches, first, offset, gap, int(offset[-1] + wide[-1]))


@dataclass(frozen=True)
class _Windows:
    """Columns in which images may stand.

    Attributes:
        low, high: (n,) first and last.
        extra: (n,) how many of them were added on each side, because the date is crowded.
    """

    low: _Ints
    high: _Ints
    extra: _Ints


def _windows(axis: _Axis, spans: _Ints, counts: _Ints | None = None) -> _Windows:
    """Where images of (n, 2) spans may stand; `counts` (n,) if a span stands for several."""
    low, high = axis.within(spans)
    kinds, index = np.unique(np.stack([low, high], axis=1), axis=0, return_inverse=True)
    index = np.ravel(index)
    many = np.bincount(index, counts).astype(np.int64)
    extra = broadening(kinds[:, 0], kinds[:, 1], many, axis.columns)[index]
    return _Windows(low - extra, high + extra, extra)


def _padded(axis: _Axis, spans: _Ints, counts: _Ints) -> _Axis:
    """The axis with so many columns more that crowded dates at the ends of a stretch fit in."""
    found = _windows(axis, spans, counts)
    at = axis.stretch(spans[:, 0])
    ends = _ends(axis)
    before, after = np.zeros(len(ends), np.int64), np.zeros(len(ends), np.int64)
    np.maximum.at(before, at, axis.offset[at] - found.low)
    np.maximum.at(after, at, found.high + 1 - ends[at])
    if not (before.any() or after.any()):
        return axis
    return _axis(axis.years, axis.parts, axis.stretches, (before, after))


def _ends(axis: _Axis) -> _Ints:
    """(s,) the column after each stretch's last."""
    return np.append(axis.offset[1:] - axis.gap, axis.columns)


def _share_out(axis: _Axis, windows: _Windows, order: _Ints) -> _Ints:
    """A column for each image, close dates first; (n,)."""
    low, high = windows.low, windows.high
    kinds, index, counts = np.unique(
        np.stack([high - low, low], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    rows = np.split(np.lexsort((order, np.ravel(index))), np.cumsum(counts)[:-1])
    columns = np.zeros(len(low), np.int64)
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
    """Cells (count, 2) of a block no higher than the piles, filled row by row from below."""
    broad = int(np.ceil(np.sqrt(count * _ASPECT)))
    slim = int(np.ceil(np.sqrt(count / 2)))
    width = max(-(-count // height), slim) if height > 1 else broad
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


def _dates_above(
    windows: _Windows, spans: _Ints, columns: _Ints, levels: _Ints, axis: _Axis
) -> list[Mark]:
    """The dates of piles that were made broader, above the highest image there."""
    marks = []
    crowded = np.stack([windows.low, windows.high], axis=1)[windows.extra > 0]
    for low, high in np.unique(crowded, axis=0).tolist():
        own = (windows.low == low) & (windows.high == high) & (windows.extra > 0)
        first, last = int(spans[own, 0].min()), int(spans[own, 1].max())
        text = _text(first, axis) if first == last else f"{first}\N{EN DASH}{last}"
        if first != last and first < 1:
            text = f"{_text(first, axis)} \N{EN DASH} {_text(last, axis)}"
        top = int(levels[(columns >= low) & (columns <= high)].max())
        marks.append(Mark((low + high) / 2, -top - 1.2, text, 1))
    return marks


def _coarseness(axis: _Axis, windows: _Windows) -> dict[str, float]:
    """How exactly years are shown, as measures of the layout."""
    column = axis.years / axis.parts
    broad = (windows.high - windows.low + 1)[windows.extra > 0]
    found = {"years to a column": column}
    return found | (
        {"years to a crowded date at most": column * int(broad.max())} if len(broad) else {}
    )


def _baselines(axis: _Axis) -> list[NDArray[np.float32]]:
    """A line below each stretch of time, in the layout's own units."""
    pairs = zip(axis.offset.tolist(), _ends(axis).tolist(), strict=True)
    ends = [(at - 0.5, end - 0.5) for at, end in pairs]
    return [np.array([[left, 0.6], [right, 0.6]], np.float32) for left, right in ends]
