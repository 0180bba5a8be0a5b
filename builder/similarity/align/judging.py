"""How good a map is: what coincides, how nearly, and whether chance would do as much.

The a-contrario score (Desolneux, Moisan and Morel 2000) asks how many maps as good are to be
expected between drawings that have nothing to do with each other: the tests made, times the tail
of a binomial, were each of n pieces of stroke to meet another by itself with probability `MET`.
Strokes are long, so a drawing's pixels are far from independent, and the best of many maps was
chosen: `MET` and the length of an independent piece are therefore measured on strangers, not
assumed. See `bench/alignment.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from builder.similarity.align import kernel
from builder.similarity.align.sheet import Floats, Sheet, inverse

TOLERANCE = 0.01
"""Share of a drawing's side within which strokes coincide, softly: 2.56 of 256 pixels."""

_COVERED = 0.6  # of a drawing's lines that must lie in the other's picture to count in full
MET = 0.4
"""Share of strokes that meet others where strangers are laid over each other at best."""
_PIECE = 20.0  # pixels of stroke that meet others, or not, together
_MOST = 50.0  # pieces: more of one drawing tell nothing new
TESTS = 72 * 10
"""Maps that are tried for one pair."""


@dataclass(frozen=True)
class Judged:
    """What is said of a map from one drawing to another.

    Attributes:
        inliers: points of the one, of at most 800, that lie within the tolerance of a stroke of
            the other that runs the same way.
        residual: root mean square of their distances, either way, in pixels of the drawing.
        coincide: 0 to 1, share of either's strokes that coincide, softly (geometric mean).
        overlap: 0 to 1, soft intersection over union of the strokes that both pictures show.
        log10_nfa: of the expected number of false alarms.
    """

    inliers: int
    residual: float
    coincide: float
    overlap: float
    log10_nfa: float


def judged(one: Sheet, other: Sheet, matrix: Floats) -> Judged:
    """Judge a (3, 3) map from one drawing to another, both ways."""
    there, back = _counted(one, other, matrix), _counted(other, one, inverse(matrix))
    share = math.sqrt(there.share * back.share)
    both = (there.soft + back.soft) / 2
    overlap = both / (2 - both)
    length = min(one.length * there.covered, other.length * back.covered)
    residual = math.sqrt((there.squares + back.squares) / max(there.near + back.near, 1))
    return Judged(there.close, residual, share, overlap, log10_nfa(share, length))


def log10_nfa(share: float, length: float) -> float:
    """The expected number of false alarms: of maps by which strangers coincide as well.

    Args:
        share: of strokes that coincide, 0 to 1.
        length: pixels of stroke in the smaller drawing.

    Returns:
        log10, at most that of the tests made; the tail of the binomial by Hoeffding's bound.
    """
    pieces = length / _PIECE
    pieces = _MOST * pieces / (_MOST + pieces)
    tail = -pieces * _divergence(share) / math.log(10) if share > MET else 0.0
    return math.log10(TESTS) + tail


def _divergence(share: float) -> float:
    """Of a coin that falls as often as `share` from one that falls as often as `MET`, in nats."""
    share = min(max(share, 1e-9), 1 - 1e-9)
    return share * math.log(share / MET) + (1 - share) * math.log((1 - share) / (1 - MET))


@dataclass(frozen=True)
class _Counted:
    """What came of the strokes of one drawing, laid into another's picture."""

    covered: float
    soft: float
    near: int
    squares: float
    close: int

    @property
    def share(self) -> float:
        """Of the strokes in the other's picture; less where too few are."""
        return self.soft * min(1.0, self.covered / _COVERED)


def _counted(one: Sheet, other: Sheet, matrix: Floats) -> _Counted:
    own, onto = one.field, other.field
    inside, near, soft, squares, close = kernel.counted(
        own.points,
        own.directions,
        onto.distance,
        onto.direction,
        matrix,
        other.picture,
        TOLERANCE * one.side,
    )
    return _Counted(inside / len(own.points), soft / max(inside, 1), near, squares, close)
