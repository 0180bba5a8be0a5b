"""Images by what a column says: columns on one line, or piles; in each a second column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.layouts.scatter import framed
from builder.layouts.types import Layout, Mark

MOST = 60
"""Values that get a place of their own; of more the commonest, and the rest together."""

_BROAD = 1.6
_FEW = 24  # values whose names are all worth showing
NO_VALUE = "no value"
"""Name of the group of images of which a column says nothing."""


def facet_layout(
    name: str,
    values: Sequence[str],
    label: str,
    then: Sequence[str] | None,
    order: NDArray[np.int64],
    piles: bool = False,
) -> Layout:
    """A layout by the values of a column.

    Args:
        name: of the layout.
        values: (n,) what the column says of each image, "" for nothing.
        label: the column's name.
        then: (n,) a second column: in each value images stand by it, each on rows of its own.
        order: (n,) rank of each image; so they stand where nothing else says.
        piles: square piles rather than columns on one line.

    Values stand in their natural order, "no value" last. Beyond 60 values the rarest stand
    together; every image is somewhere.
    """
    groups, proper = _groups(values, MOST)
    runs = [_runs(rows, then, order) for _, rows in groups]
    sizes = [[len(rows) for _, rows in one] for one in runs]
    blocks, places = _piles(sizes) if piles else _columns(sizes, proper)
    xy = np.zeros((len(values), 2))
    marks = []
    for (value, rows), own, block, (x, y) in zip(groups, runs, blocks, places, strict=True):
        ordered = [row for _, part in own for row in part]
        xy[ordered] = block
        level = 0 if len(groups) <= _FEW or len(rows) > 2 * len(values) / len(groups) else 1
        marks.append(Mark(x, y, value, level))
        marks += _inner(own, block, not piles)
    counts = {"values": float(len({value for value in values if value}))}
    if "" in values:
        counts["images without a value"] = float(sum(not value for value in values))
    return framed(
        Layout(
            name,
            "positions",
            xy.astype(np.float32),
            0.94,
            quality=counts,
            label=f"By {label}",
            note=f"Each {'pile' if piles else 'column'} holds the images of one {label}.",
            marks=tuple(marks),
        )
    )


def _groups(values: Sequence[str], most: int) -> tuple[list[tuple[str, list[int]]], int]:
    """Names and rows of the groups, in the order of showing; how many are of one value."""
    counts = Counter(value for value in values if value)
    named = sorted(counts, key=lambda value: (-counts[value], natural(value)))
    kept = set(named if len(named) <= most else named[: most - 1])
    rest = f"{len(named) - len(kept):,} other values".replace(",", " ")
    groups: dict[str, list[int]] = {value: [] for value in sorted(kept, key=natural)}
    others: list[int] = []
    nothing: list[int] = []
    for row, value in enumerate(values):
        (groups[value] if value in kept else others if value else nothing).append(row)
    apart = [(rest, others)] * bool(others) + [(NO_VALUE, nothing)] * bool(nothing)
    return [*groups.items(), *apart], len(groups)


def natural(text: str) -> list[tuple[int, float, str]]:
    """A key that puts 9 before 10, and letters regardless of case."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(0, float(part[:300]), "") if part.isdecimal() else (1, 0.0, part) for part in parts]


def _runs(
    rows: list[int], then: Sequence[str] | None, order: NDArray[np.int64]
) -> list[tuple[str, list[int]]]:
    """Rows of one value, apart by the second column, each in order."""
    ordered = sorted(rows, key=lambda row: (int(order[row]), row))
    if then is None:
        return [("", ordered)]
    found: dict[str, list[int]] = {}
    for row in ordered:
        found.setdefault(then[row], []).append(row)
    # What says nothing stands last.
    return sorted(found.items(), key=lambda item: (not item[0], natural(item[0])))


def _block(runs: list[int], width: int) -> tuple[NDArray[np.float64], int]:
    """Cells (m, 2) of runs and the rows they take.

    Each of several runs begins on a new row of `width` cells, after a row for its name.
    """
    name = int(len(runs) > 1)
    cells, row = [], 0
    for count in runs:
        row += name
        at = np.arange(count)
        cells.append(np.stack([at % width, row + at // width], axis=1))
        row += -(-count // width)
    return np.concatenate(cells).astype(np.float64), row


def _columns(
    sizes: list[list[int]], proper: int
) -> tuple[list[NDArray[np.float64]], list[tuple[float, float]]]:
    """Columns of one width on one line, as broad that the whole is a little broader than high.

    The last groups, beyond the `proper` ones, are of no value that could be compared: they may be
    broader, so that they do not dwarf the others.
    """
    compared = sizes[:proper] or sizes

    def unfit(width: int) -> float:
        height = max(_block(runs, width)[1] for runs in compared)
        return float(abs(np.log(len(compared) * (width + 1) / (height + 1) / _BROAD)))

    most = max(sum(runs) for runs in compared)
    width = min(range(1, min(int(np.sqrt(most)) + 2, most) + 1), key=unfit)
    tallest = max(_block(runs, width)[1] for runs in compared)
    tallest = max(tallest, len(compared) * (width + 1) // 4)
    blocks, places, left = [], [], 0
    for number, runs in enumerate(sizes):
        own = width if number < proper else max(width, -(-sum(runs) // tallest))
        cells, _ = _block(runs, own)
        blocks.append(np.stack([cells[:, 0] + left, -cells[:, 1]], axis=1))
        places.append((left + (own - 1) / 2, 1.2))
        left += own + 1
    return blocks, places


def _piles(sizes: list[list[int]]) -> tuple[list[NDArray[np.float64]], list[tuple[float, float]]]:
    """Square piles side by side on shelves, their names above."""
    widths = [max(1, round(float(np.sqrt(sum(runs) * 1.1)))) for runs in sizes]
    made = [_block(runs, width) for runs, width in zip(sizes, widths, strict=True)]
    area = sum((w + 1) * (high + 3) for w, (_, high) in zip(widths, made, strict=True))
    line = max(float(np.sqrt(area * _BROAD)), max(widths))
    blocks, places = [], []
    left = top = 0.0
    tallest = 0
    for width, (cells, high) in zip(widths, made, strict=True):
        if left and left + width > line:
            left, top, tallest = 0.0, top + tallest + 3, 0
        blocks.append(cells + np.array([left, top]))
        places.append((left + (width - 1) / 2, top - 1.2))
        left += width + 1
        tallest = max(tallest, high)
    return blocks, places


def _inner(own: list[tuple[str, list[int]]], block: NDArray[np.float64], below: bool) -> list[Mark]:
    """Names of the second column's values, in the rows left for them.

    Args:
        own: values and rows of one group.
        block: where the rows lie.
        below: whether a name stands below its images, where they are piled upwards.
    """
    if len(own) < 2:
        return []
    marks, start = [], 0
    middle = float(block[:, 0].min() + block[:, 0].max()) / 2
    for value, rows in own:
        part = block[start : start + len(rows), 1]
        y = part.max() + 1 if below else part.min() - 1
        marks.append(Mark(middle, float(y), value or NO_VALUE, 2))
        start += len(rows)
    return marks
