"""Aligning: one picture laid over another by their drawings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from builder.features.types import Placed
from builder.similarity.align.bending import bent
from builder.similarity.align.candidates import starts
from builder.similarity.align.estimating import likeliest, nearest_similarity, worked_out
from builder.similarity.align.judging import Judged, judged
from builder.similarity.align.matching import Cells, cells_of, matched_starts, turned_cells
from builder.similarity.align.sheet import Floats, Sheet, inverse, sheet
from builder.similarity.types import Alignment

ACCEPTED = -1.5
"""log10 of false alarms below which an alignment is believed; see `bench/alignment.py`."""

_MIRRORED, _TURNED = 0.03, 0.03
"""By how much more must coincide before a copy is called mirrored, or turned by 45 degrees."""

_BENT = 0.01
"""By how much more must coincide under a homography than under an affine map."""

NONE = Alignment("", (1, 0, 0, 0, 1, 0, 0, 0, 1), 0, 0, 0.0, 0.0, 0.0, False)
"""What is said where nothing, or hardly anything, is drawn on one of the two."""


@dataclass(frozen=True)
class Ready:
    """A picture made ready to be laid over others, and others over it.

    Attributes:
        sheet: its drawing.
        cells: its local descriptions.
    """

    sheet: Sheet
    cells: Cells


@dataclass(frozen=True)
class Laid(Ready):
    """A picture that is laid over several others.

    Attributes:
        turned: its local descriptions in the eight orientations, ten times as large as the rest.
    """

    turned: tuple[Cells, ...]


def ready(placed: Placed) -> Ready | None:
    """Make a picture ready; None where hardly anything is drawn."""
    found = sheet(placed)
    return Ready(found, cells_of(found)) if found else None


def turned(one: Ready | None) -> Laid | None:
    """Make a picture ready to be laid over others."""
    return Laid(one.sheet, one.cells, turned_cells(one.sheet)) if one else None


def align(one: Laid | None, other: Ready | None, model: str = "affine") -> Alignment:
    """Lay one picture over another.

    Starts come from local matches and from matched pieces; the likeliest are drawn to the strokes
    that they nearly meet, either drawing over the other; what coincides best is judged.

    Args:
        one, other: pictures made ready.
        model: "similarity", "affine" or "homography", the richest that may be taken.

    Returns:
        The alignment; `NONE` where no map is found. Every number is finite.
    """
    if one is None or other is None:
        return NONE
    found = _best(one, other, "similarity" if model == "similarity" else "affine")
    if found is not None and model == "homography":
        found = _bent(one.sheet, other.sheet, found)
    return NONE if found is None else _alignment(one.sheet, other.sheet, found)


def given(
    one: Ready | None, other: Ready | None, model: str, matrix: tuple[float, ...], by: str
) -> Alignment:
    """A map made by hand, with the numbers that say how well it does; it is believed anyway.

    Args:
        one, other: pictures made ready.
        model: "similarity", "affine" or "homography".
        matrix: nine numbers by row, from pixels of the one to pixels of the other.
        by: who made it.
    """
    whole = np.array(matrix).reshape(3, 3)
    bare = Alignment(model, matrix, oriented(whole), 0, 0.0, 0.0, 0.0, True, by)
    if one is None or other is None:
        return bare
    drawn = other.sheet.matrix @ whole @ inverse(one.sheet.matrix)
    found = judged(one.sheet, other.sheet, drawn / drawn[2, 2])
    numbers = _alignment(one.sheet, other.sheet, _Found(model, drawn / drawn[2, 2], found))
    if not numbers.model:
        return bare
    return replace(numbers, matrix=matrix, accepted=True, by=by)


@dataclass(frozen=True)
class _Found:
    """A map between two drawings, and what is said of it."""

    model: str
    matrix: Floats
    judged: Judged


def _best(one: Laid, other: Ready, model: str) -> _Found | None:
    """The map by which most coincides, the plainer of two that are nearly as good."""
    maps = _maps(one, other, model)
    found = [_Found(model, one_map, judged(one.sheet, other.sheet, one_map)) for one_map in maps]
    return max(found, key=lambda it: it.judged.coincide - _doubt(it.matrix), default=None)


def _bent(one: Sheet, other: Sheet, found: _Found) -> _Found:
    """The same as a homography, if clearly more coincides then."""
    curved = bent(one, other, found.matrix)
    if curved is None:
        return found
    new = _Found("homography", curved, judged(one, other, curved))
    return new if new.judged.coincide > found.judged.coincide + _BENT else found


def _maps(one: Laid, other: Ready, model: str) -> Iterator[Floats]:
    matched = matched_starts(one.turned, other.cells, one.sheet.side)
    chosen = likeliest(one.sheet, other.sheet, matched, starts(one.sheet, other.sheet))
    yield from worked_out(one.sheet, other.sheet, chosen, model)
    back: Floats = inverse(chosen)
    for matrix in worked_out(other.sheet, one.sheet, back, model):
        yield inverse(matrix)


def lies(matrix: Floats) -> tuple[bool, float]:
    """Whether a map mirrors, and by how many degrees it then turns, with the clock."""
    linear = matrix[:2, :2]
    mirrored = bool(np.linalg.det(linear) < 0)
    turn = linear * (-1.0, 1.0) if mirrored else linear
    return mirrored, float(np.degrees(np.arctan2(turn[1, 0] - turn[0, 1], turn[0, 0] + turn[1, 1])))


def _doubt(matrix: Floats) -> float:
    mirrored, turn = lies(matrix)
    return _MIRRORED * mirrored + _TURNED * min(abs(turn) / 45, 1.0)


def oriented(matrix: Floats) -> int:
    """The orientation, 0 to 7, that a map comes nearest to."""
    mirrored, turn = lies(matrix)
    return 4 * mirrored + round(turn / 90) % 4


def _alignment(one: Sheet, other: Sheet, found: _Found) -> Alignment:
    whole = inverse(other.matrix) @ found.matrix @ one.matrix
    if found.model == "similarity":
        # Drawings are whole pixels wide and high: their scales differ a little by direction.
        to_middle = np.eye(3)
        to_middle[:2, 2] = inverse(one.matrix)[:2, 2]
        whole = nearest_similarity(whole @ to_middle) @ inverse(to_middle)
    numbers = tuple(float(f"{value:.9g}") for value in (whole / whole[2, 2]).ravel())
    if not np.isfinite(numbers).all():
        return NONE
    judged = found.judged
    return Alignment(
        found.model,
        numbers,
        oriented(whole),
        judged.inliers,
        judged.residual / other.scale / other.longest,
        judged.overlap,
        judged.log10_nfa,
        judged.log10_nfa <= ACCEPTED,
    )
