"""Where everything of a figure goes, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from builder.clusters.types import Cluster
from builder.exports.figure_hulls import REACH, hulls
from builder.exports.figure_labels import Wanted, place
from builder.exports.figure_marks import mark_words, overhang
from builder.exports.figure_text import block, lines, measure, shortened
from builder.exports.figure_types import Box, Plan, Points, Words
from builder.exports.figure_words import Subject, caption, clean, entry, named, rest
from builder.layouts.types import Layout

MARGIN = 2.0
"""Empty border of the figure, in mm."""

NAME, LEGEND, CAPTION = 6.5, 6.0, 6.0
"""Sizes of type in points: what journals ask for at least is 5 to 6."""

_GRID_REACH = 0.75  # cells touch, and beyond them is nothing
_TALLEST = 1.3  # of the width: the map's height
_PAD = 0.5  # mm around a name
_SWATCH = 2.2
_SPACE = 3.0  # mm between map, legend and caption
_BROADEST = 70.0  # of a column of the legend
_NAME_ACROSS = 24.0  # mm, of a name on the map


def plan(subject: Subject, width: float) -> Plan:
    """Lay a figure out.

    Args:
        subject: what it shows.
        width: of the whole, in mm. The height follows from the layout, the legend and the caption.

    No two texts overlap: a name that finds no room stands in the legend alone, and of marks that
    are too close the less important are left out.
    """
    layout, inner = subject.layout, width - 2 * MARGIN
    reach = _GRID_REACH if layout.kind == "grid" else REACH
    around = reach if subject.by_likeness else 0.5
    scale, origin, area = _frame(layout, inner, around)
    centres = layout.xy.astype(np.float64) * scale + origin
    side = layout.size * scale
    shown = named(subject.clustering)
    outlines = hulls(centres, side, subject.clustering.labels, reach) if subject.by_likeness else {}
    outlines = {cluster.number: outlines[cluster.number] for cluster in shown
                if cluster.number in outlines}  # fmt: skip
    own = {clean(c.name) or f"Cluster {c.number}" for c in subject.clustering.clusters}
    marks = [mark for mark in layout.marks if not subject.by_likeness or mark.text not in own]
    words = mark_words(marks, layout, scale, origin, area)
    if subject.by_likeness:
        taken = [one.box for one in words]
        words += _names(shown, outlines, centres, side, area, taken)
    lines_ = tuple(line.astype(np.float64) * scale + origin for line in layout.lines)
    bottom = area.bottom + _SPACE
    ticked = any(mark.level > 0 for mark in layout.marks)
    bar = None
    if not ticked and layout.kind == "positions":
        text, bar = _bar(scale, inner, bottom)
        words.append(text)
        bottom = text.box.bottom + _SPACE / 2
    legend, swatches, bottom = _legend(subject, shown, inner, bottom)
    below, bottom = _caption(subject, inner, bottom)
    words += [*legend, *below]
    return Plan(
        width, bottom + MARGIN, centres, side, outlines, lines_, tuple(words), swatches, bar
    )


def _frame(layout: Layout, inner: float, around: float) -> tuple[float, Points, Box]:
    """Millimetres to a unit of the layout, where its zero lies, and the room of the map.

    There is room for `around` times the side of a picture on all sides of their centres.
    The map takes the whole width, unless it would be too tall. Marks hang over the pictures by
    their type, whose size does not follow the scale, so it is approached in rounds.
    """
    points = np.concatenate([layout.xy, *layout.lines]).astype(np.float64)
    low = points.min(axis=0) - layout.size * around
    extent = np.maximum(points.max(axis=0) + layout.size * around - low, 1e-9)
    over = np.zeros(4)
    scale = inner / extent[0]
    for _ in range(4):
        room = max(inner - over[0] - over[2], inner / 4)
        scale = min(room / extent[0], inner * _TALLEST / extent[1])
        over = overhang(layout, scale, low, extent)
    broad = extent[0] * scale + over[0] + over[2]
    left = MARGIN + max(inner - broad, 0) / 2 + over[0]
    top = MARGIN + over[1]
    origin = np.array([left, top]) - low * scale
    bottom = top + extent[1] * scale + over[3]
    return float(scale), origin, Box(MARGIN, MARGIN, MARGIN + inner, float(bottom))


def _names(
    shown: Sequence[Cluster],
    outlines: dict[int, list[Points]],
    centres: Points,
    side: float,
    area: Box,
    taken: Sequence[Box],
) -> list[Words]:
    """Names of clusters on the map, the largest first; a number alone where room is scarce.

    Further places of a cluster get its number.
    """
    largest = sorted(shown, key=lambda one: -len(one.members))
    parts = [
        (one.number, _forms(one) if first else [[str(one.number)]], outline, one.members)
        for first in (True, False)
        for one in largest
        for outline in _some(outlines.get(one.number, []), first)
    ]
    pad = 2 * _PAD
    wanted = [
        Wanted(
            [(w + pad, h + pad) for w, h in (block(form, NAME) for form in forms)],
            _within(centres[list(members)], outline),
        )
        for _, forms, outline, members in parts
    ]
    placed = place(wanted, area, centres, side, taken)
    return [
        Words("\n".join(parts[at][1][form]), box, NAME, "name", parts[at][0])
        for at, (form, box) in placed.items()
    ]


def _some(outlines: list[Points], first: bool) -> list[Points]:
    return outlines[:1] if first else outlines[1:]


def _forms(cluster: Cluster) -> list[list[str]]:
    """How a cluster may be named: in up to two lines, in one that is cut short, by its number."""
    number, name = str(cluster.number), clean(cluster.name)
    if not name:
        return [[number]]
    broken = lines(f"{number}  {name}".replace("  ", "\u00a0"), NAME, _NAME_ACROSS)
    first = broken if len(broken) <= 2 else [broken[0], shortened(" ".join(broken[1:]), NAME,
                                                                   _NAME_ACROSS)]  # fmt: skip
    return [first, [shortened(f"{number}\u00a0{name}", NAME, _NAME_ACROSS * 0.6)], [number]]


def _within(members: Points, outline: Points) -> Points:
    """The members within an outline."""
    from matplotlib.path import Path

    inside = Path(outline).contains_points(members)
    return members[inside] if inside.any() else members


def _bar(scale: float, inner: float, top: float) -> tuple[Words, tuple[float, float, float]]:
    """A tenth of the layout's longer side, as its positions in the tables are counted."""
    right = MARGIN + 0.1 * scale
    left = right + 1.5
    text = shortened("0.1 of the longer side of the map", LEGEND, MARGIN + inner - left)
    width, height = measure(text, LEGEND)
    box = Box(left, top, left + width, top + height)
    return Words(text, box, LEGEND, "scale"), (MARGIN, right, top + height / 2)


def _legend(
    subject: Subject, shown: Sequence[Cluster], inner: float, top: float
) -> tuple[list[Words], tuple[tuple[Box, int], ...], float]:
    """Names of clusters beside their colours, in columns; gives where they end too."""
    texts = [(cluster.number, entry(cluster)) for cluster in shown]
    more = rest(subject.clustering, shown)
    texts += [(0, more)] if more else []
    if not texts:
        return [], (), top
    indent = _SWATCH + 1.2
    limit = min(_BROADEST, inner) - indent - 2
    texts = [(number, shortened(text, LEGEND, limit)) for number, text in texts]
    broad = max(measure(text, LEGEND)[0] for _, text in texts) + indent + 2
    columns = max(int(inner / broad), 1)
    rows = -(-len(texts) // columns)
    pitch = measure("x", LEGEND)[1] * 1.12
    words, swatches = [], []
    for at, (number, text) in enumerate(texts):
        column, row = divmod(at, rows)
        left, y = MARGIN + column * inner / columns, top + row * pitch
        width, height = measure(text, LEGEND)
        box = Box(left + indent, y, left + indent + width, y + height)
        words.append(Words(text, box, LEGEND, "legend", number))
        middle = y + height / 2
        swatches.append(
            (
                Box(left, middle - _SWATCH / 2 * 0.8, left + _SWATCH, middle + _SWATCH / 2 * 0.8),
                number,
            )
        )
    return words, tuple(swatches), top + rows * pitch


def _caption(subject: Subject, inner: float, top: float) -> tuple[list[Words], float]:
    """The lines below; gives where they end too."""
    words, y = [], top + _SPACE * 0.7
    for text in lines(caption(subject), CAPTION, inner):
        width, height = measure(text, CAPTION)
        words.append(Words(text, Box(MARGIN, y, MARGIN + width, y + height), CAPTION, "caption"))
        y += height
    return words, y
