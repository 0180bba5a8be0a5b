"""What the measures room gives to all others: columns of numbers, and what each image is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Kind = Literal["ok", "blank", "text", "photograph", "fragment", "duplicate", "suspect"]

KINDS: tuple[Kind, ...] = get_args(Kind)

MEANINGS: dict[Kind, str] = {
    "ok": "A picture as the catalogue wants it.",
    "blank": "Nothing is drawn, but for letters at one side.",
    "text": "Lines of writing fill it.",
    "photograph": "Tones pass into each other, as in a photograph or a painting.",
    "fragment": "Too small or too narrow to show a figure.",
    "duplicate": "The same picture stands in the catalogue before it.",
    "suspect": "It may be none of what the catalogue collects.",
}
"""What each kind means, in a sentence."""


@dataclass(frozen=True)
class Column:
    """One number of every image.

    Attributes:
        name: lower-case letters, digits and hyphens; the column's name in exports.
        label: for readers.
        unit: "" for a plain number, "share" for 0 to 1, else a unit such as "px" or "degrees".
        meaning: one sentence.
        values: (n,) float64; NaN where the image has no such number, never infinite.
    """

    name: str
    label: str
    unit: str
    meaning: str
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Measures:
    """The numbers on all images.

    Attributes:
        columns: in the order in which they are shown.
        palette: (n, 3, 3) uint8, the three commonest colours in RGB, the commonest first.
        shares: (n, 3) float32, what share of the picture each of them has; 0 where there is none.
    """

    columns: tuple[Column, ...]
    palette: NDArray[np.uint8]
    shares: NDArray[np.float32]

    def __getitem__(self, name: str) -> Column:
        """The column of a name.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True)
class Verdict:
    """What an image is.

    Attributes:
        kind: one of KINDS.
        score: how sure that is, 0 to 1.
        reason: why, a clause without a full stop.
        by: "measures", "prompts" or "curator".
        other: row of the image that a duplicate repeats, else -1.
    """

    kind: Kind
    score: float
    reason: str
    by: Literal["measures", "prompts", "curator"] = "measures"
    other: int = -1
