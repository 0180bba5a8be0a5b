"""Which designs look the same turned or mirrored, and what a copy can tell."""

from __future__ import annotations

import numpy as np
import pytest

from builder.demo.corpus import design
from builder.demo.scenes import Scene, Stroke
from builder.demo.symmetry import same_orientations, shows


def scene(*lines: list[tuple[float, float]]) -> Scene:
    return Scene("", tuple(Stroke(np.array(points, float)) for points in lines))


CASES = {
    "a letter L": (scene([(0, 0), (0, 2), (1, 2)]), (0,)),
    "a letter T": (scene([(-1, 0), (1, 0)], [(0, 0), (0, 2)]), (0, 4)),
    "a letter E": (scene([(1, 0), (0, 0), (0, 2), (1, 2)], [(0, 1), (1, 1)]), (0, 6)),
    "a parallelogram": (scene([(0, 0), (2, 0), (3, 1), (1, 1), (0, 0)]), (0, 2)),
    "an oblong": (scene([(0, 0), (3, 0), (3, 1), (0, 1), (0, 0)]), (0, 2, 4, 6)),
    "a square": (scene([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]), tuple(range(8))),
}


@pytest.mark.parametrize("name", CASES)
def test_symmetries_are_found(name: str) -> None:
    """Shapes of known symmetry have it, and no more."""
    drawn, expected = CASES[name]
    assert same_orientations(drawn) == expected


def test_what_a_copy_tells() -> None:
    """A turned copy tells how it lies unless a plainer orientation gives the same drawing."""
    tells = {same: [o for o in range(8) if shows(o, same)] for _, same in CASES.values()}
    assert tells == {
        (0,): [0, 1, 2, 3, 4, 5, 6, 7],
        (0, 4): [0, 1, 2, 3],
        (0, 6): [0, 1, 2, 3],
        (0, 2): [0, 4, 5],
        (0, 2, 4, 6): [0],
        tuple(range(8)): [0],
    }


def test_designs_have_symmetries_of_a_group() -> None:
    """The upright orientation is always among a design's own."""
    kinds = ("table", "wheel", "armillary", "parallax")
    assert {same_orientations(design(kind, 0, 1))[0] for kind in kinds} == {0}
