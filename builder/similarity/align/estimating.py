"""From starts to maps: the likeliest starts, drawn to the strokes that they nearly meet."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from builder.similarity.align import kernel
from builder.similarity.align.candidates import TURNS
from builder.similarity.align.sheet import Floats, Sheet, inverse, six, three
from builder.similarity.overlay_kernel import refined

KEEP = 6  # starts that are worked out
FEW = 150  # points that starts are compared by
COARSE = 7.0  # pixels within which strokes coincide for a start
AREA = (0.1, 10.0)  # change of area in which a map is believed
SHEAR = 2.5  # longest over shortest change of length in which it is believed

# Pixels that still pull, pass by pass.
_REACHES = np.array([12.0, 9.0, 6.5, 5.0, 4.0, 3.2, 2.6, 2.2])


def likeliest(one: Sheet, other: Sheet, matched: Floats, shaped: Floats) -> Floats:
    """The starts that bring most strokes onto strokes, either way.

    Args:
        one, other: the drawings.
        matched: (m, 3, 3) from local matches; each is looked at.
        shaped: (8 x TURNS x p, 3, 3) from pieces; the best turn of each orientation of each
            pair is looked at.
    """
    both = np.concatenate([matched, shaped])
    worth = np.zeros(len(both))
    fine = np.flatnonzero(believed(both))
    there = _worths(one, other, both[fine])
    back = _worths(other, one, inverse(both[fine]))
    worth[fine] = np.sqrt(there * back)
    groups = worth[len(matched) :].reshape(-1, len(TURNS))
    rows = len(matched) + np.arange(len(groups)) * len(TURNS) + groups.argmax(axis=1)
    chosen = np.concatenate([np.arange(len(matched)), rows])
    order = np.argsort(-worth[chosen], kind="stable")[:KEEP]
    return np.asarray(both[chosen[order]][worth[chosen[order]] > 0], np.float64)


def believed(maps: Floats) -> NDArray[np.bool_]:
    """(m,) whether maps neither shrink, nor swell, nor shear beyond what a copy may."""
    linear = maps[:, :2, :2]
    fine = np.asarray(np.isfinite(maps).all(axis=(1, 2)))
    finite: Floats = np.where(fine[:, None, None], linear, 0.0).astype(np.float64)
    values = np.asarray(np.linalg.svd(finite, compute_uv=False), np.float64)
    area = values[:, 0] * values[:, 1]
    low, high = AREA
    sheared = values[:, 0] > SHEAR * np.maximum(values[:, 1], 1e-9)
    return np.asarray(fine & (area >= low) & (area <= high) & ~sheared)


def _worths(one: Sheet, other: Sheet, maps: Floats) -> Floats:
    step = max(len(one.field.points) // FEW, 1)
    numbers = np.concatenate(
        [maps[:, :2, :2].reshape(-1, 4), maps[:, :2, 2].reshape(-1, 2)], axis=1
    )
    few, directions = one.field.points[::step], one.field.directions[::step]
    onto = other.field
    found: Floats = kernel.worths(few, directions, onto.distance, onto.direction, numbers, COARSE)
    return found


def worked_out(one: Sheet, other: Sheet, starts: Floats, model: str) -> Iterator[Floats]:
    """The map near each start under which strokes meet best, (3, 3); none where it runs away."""
    for start in starts:
        found = drawn(one, other, start, model)
        if believed(found[None])[0]:
            yield found


def drawn(one: Sheet, other: Sheet, start: Floats, model: str) -> Floats:
    """A map drawn to the strokes that it nearly meets, by least squares on their distance."""
    basis = np.eye(6) if model != "similarity" else _similar(start)
    own, onto = one.field, other.field
    first = six(nearest_similarity(start) if model == "similarity" else start)
    found = refined(
        own.points, own.directions, onto.distance, onto.direction, first, _REACHES, basis
    )
    return three(found)


def _similar(start: Floats) -> Floats:
    """(6, 4): the ways in which a similarity may change, mirrored or not."""
    sign = 1.0 if np.linalg.det(start[:2, :2]) > 0 else -1.0
    basis = np.zeros((6, 4))
    basis[[0, 3], 0] = 1.0, sign
    basis[[1, 2], 1] = -sign, 1.0
    basis[4, 2] = basis[5, 3] = 1.0
    return basis


def nearest_similarity(start: Floats) -> Floats:
    """The similarity nearest to an affine map, with the same image of the origin."""
    basis = _similar(start)
    numbers = six(start)
    weights = (basis * numbers[:, None]).sum(axis=0) / (basis**2).sum(axis=0)
    return three(basis @ weights)
