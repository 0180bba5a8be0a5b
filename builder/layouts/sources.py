"""Sources: one row a manuscript or book, its images in page order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.layouts.facets import NO_VALUE, natural
from builder.layouts.scatter import framed
from builder.layouts.types import Layout, Mark

_LONGEST = 12.0  # columns to rows of the whole; longer sources are broken into lines
_BROKEN = 3.0  # the same, where they are
_GAP = (1.0, 4.0)  # between sources, in rows: their names stand there
_BROAD = 2.4  # of the whole, if the gaps let it
_FEW = 40  # sources whose names are all worth showing


def sources_layout(sources: Sequence[str]) -> Layout:
    """The layout "sources": a row for each source, one below the other, images in page order.

    Where the longest would make the whole more than twelve times as broad as high, long sources
    go on in further lines below their first; each source still has its lines to itself.

    Args:
        sources: (n,) the source of each image, in page order, "" for none; those come last.
    """
    groups: dict[str, list[int]] = {}
    for row, source in enumerate(sources):
        groups.setdefault(source, []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (not item[0], natural(item[0])))
    width = _width([len(rows) for _, rows in ordered])
    lines = sum(-(-len(rows) // width) for _, rows in ordered)
    gap = float(np.clip((width / _BROAD - lines) / max(1, len(ordered)), *_GAP))
    xy = np.zeros((len(sources), 2))
    marks = []
    top = 0.0
    for number, (source, rows) in enumerate(ordered):
        at = np.arange(len(rows))
        xy[rows] = _cells(at, width, top)
        level = 0 if len(ordered) <= _FEW or number % (len(ordered) // _FEW + 1) == 0 else 1
        name = f"{source or NO_VALUE} ({len(rows)})"
        marks.append(Mark(-0.5, top - 0.5 - 0.35 * gap, name, level))
        top += -(-len(rows) // width) + gap
    return framed(
        Layout(
            "sources",
            "positions",
            xy.astype(np.float32),
            0.92,
            quality={"sources": float(sum(bool(source) for source in groups))},
            label="Sources",
            note="Each row holds one source, its images in page order.",
            marks=tuple(marks),
        )
    )


def _cells(at: NDArray[np.int64], width: int, top: float) -> NDArray[np.float64]:
    return np.stack([at % width, top + at // width], axis=1).astype(np.float64)


def _width(sizes: list[int]) -> int:
    """Images in a line."""
    longest = max(sizes, default=1)
    if longest <= _LONGEST * len(sizes):
        return longest

    def unfit(width: int) -> float:
        height = sum(-(-size // width) + _GAP[0] for size in sizes)
        return float(abs(np.log(width / height / _BROKEN)))

    return min(range(1, longest + 1), key=unfit)
