"""What is to be drawn: which manuscript copies which design, on which leaf."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from builder.demo.chance import generator
from builder.demo.kinds import KINDS
from builder.demo.manuscripts import MANUSCRIPTS
from builder.demo.strays import SORTS

_STRAYS_A_DESIGN = 40 / 12
_SHARE = {"text": 0.34, "blank": 0.3, "smudge": 0.18, "ornament": 0.18}


@dataclass(frozen=True)
class Piece:
    """One image to be drawn."""

    siglum: str
    kind: str
    """Kind of diagram; of a false detection one of strays.SORTS."""
    number: int
    """Which design of the kind; of a false detection its count."""
    diagram: bool
    folio: str = ""
    place: int = 0
    """Which of the images on its page."""
    late: bool = False
    """On the later leaves of its manuscript."""
    suffix: str = ".jpg"

    @property
    def design(self) -> str:
        """Name of the design, such as "epicycle-03"; "" for false detections."""
        return f"{self.kind}-{self.number + 1:02d}" if self.diagram else ""

    @property
    def id(self) -> str:
        """The permanent identifier."""
        return f"ms-{self.siglum.lower()}-f{self.folio}-{self.place}"

    @property
    def filename(self) -> str:
        """Path within the images folder."""
        return f"{self.siglum}/f{self.folio}_{self.place}{self.suffix}"


def plan(seed: int, designs_per_kind: int) -> tuple[Piece, ...]:
    """All images in the order of manuscripts and leaves."""
    pieces = _copies(seed, designs_per_kind) + _strays(seed, designs_per_kind)
    foliated: list[Piece] = []
    for book in MANUSCRIPTS:
        own = [piece for piece in pieces if piece.siglum == book.siglum]
        foliated += _foliate(own, generator(seed, "leaves", book.siglum))
    return tuple(foliated)


def _copies(seed: int, designs_per_kind: int) -> list[Piece]:
    """Each design goes to four or five manuscripts."""
    sigla = [book.siglum for book in MANUSCRIPTS]
    pieces = []
    for kind in KINDS:
        for number in range(designs_per_kind):
            rng = generator(seed, "witnesses", kind, number)
            count = 5 if rng.random() < 0.2 else 4
            for chosen in sorted(rng.permutation(len(sigla))[:count].tolist()):
                pieces.append(Piece(sigla[chosen], kind, number, True))
    return pieces


def _strays(seed: int, designs_per_kind: int) -> list[Piece]:
    """False detections of every sort."""
    total = max(len(SORTS), round(_STRAYS_A_DESIGN * designs_per_kind))
    pieces = []
    for sort in SORTS:
        for number in range(max(1, round(total * _SHARE[sort]))):
            rng = generator(seed, "stray", sort, number)
            book = MANUSCRIPTS[int(rng.integers(len(MANUSCRIPTS)))]
            pieces.append(Piece(book.siglum, sort, number, False))
    return pieces


def _foliate(pieces: list[Piece], rng: np.random.Generator) -> list[Piece]:
    """Give the images of a manuscript their leaves: kinds stand together, more or less."""
    order = list(KINDS)
    keys = [
        (order.index(piece.kind) if piece.diagram else rng.random() * len(order))
        + rng.normal(0, 0.45)
        for piece in pieces
    ]
    leaf, verso, place = int(rng.integers(2, 9)), bool(rng.integers(2)), 0
    foliated = []
    for rank, index in enumerate(np.argsort(keys, kind="stable").tolist()):
        if place and (place == 3 or rng.random() < 0.6):
            sides = int(rng.choice([1, 1, 1, 2, 2, 3, 5]))
            leaf, verso = leaf + (sides + verso) // 2, bool((sides + verso) % 2)
            place = 0
        place += 1
        late = rank >= 0.8 * len(pieces)
        suffix = ".png" if rng.random() < 0.025 else ".jpg"
        folio = f"{leaf:03d}{'v' if verso else 'r'}"
        foliated.append(replace(pieces[index], folio=folio, place=place, late=late, suffix=suffix))
    return foliated
