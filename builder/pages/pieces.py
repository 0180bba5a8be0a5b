"""The pieces of a figure that views compared, as pictures beside the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.pages.text import encoded
from builder.pages.types import Piece, ViewResult

_BOX = 100  # units of a piece's box, with a tenth of it between two


@dataclass(frozen=True)
class ShownPiece:
    """A piece as the page shows it: where in which file, and its share in the figure."""

    src: str
    weight: float


@dataclass(frozen=True)
class Pair:
    """A piece of the image and the piece of a relative that answered it; their cosine."""

    own: ShownPiece
    other: ShownPiece
    cosine: float


@dataclass(frozen=True)
class Answered:
    """How the pieces of one relative answered: its row, how it lies (0 to 7), and the pairs."""

    row: int
    orientation: int
    pairs: tuple[Pair, ...]


class Pieces:
    """Files of pieces; views that compared the same pieces share one."""

    def __init__(self, views: Sequence[ViewResult]) -> None:
        self._views = [view for view in views if view.pieces]
        self._file: dict[str, ViewResult] = {}
        for view in self._views:
            same = (one for one in self._file.values() if one.pieces == view.pieces)
            self._file[view.name] = next(same, view)

    def of(self, view: ViewResult, row: int, folder: str = "") -> list[ShownPiece]:
        """The pieces of one image; none where the view has no pieces.

        Args:
            view: that compared them.
            row: of the image.
            folder: the way to the folder of its page, "" from the page itself.
        """
        if view.name not in self._file:
            return []
        file = f"{folder}pieces-{self._file[view.name].name}.svg"
        return [
            ShownPiece(f"{file}#p{at}", piece.weight)
            for at, piece in enumerate(view.pieces[row], start=1)
        ]

    def answered(self, view: ViewResult, row: int, ids: Sequence[str]) -> list[Answered]:
        """Which pieces of the nearest answered which of an image's, the nearest first."""
        answers, own = view.answers, self.of(view, row)
        if answers is None or not own:
            return []
        found = []
        for at, other in enumerate(answers.rows[row].tolist()):
            theirs = self.of(view, other, f"../{ids[other]}/") if other >= 0 else []
            partners = answers.partners[row, at, : len(own)].tolist()
            pairs = tuple(
                Pair(own[piece], theirs[partner], float(answers.cosines[row, at, piece]))
                for piece, partner in enumerate(partners)
                if 0 <= partner < len(theirs)
            )
            if pairs:
                found.append(Answered(other, int(answers.orientation[row, at]), pairs))
        return found

    def files(self, image_id: str, row: int) -> Iterator[tuple[str, bytes]]:
        """The pictures of one image's pieces."""
        for view in self._views:
            if self._file[view.name] is view and view.pieces[row]:
                yield f"items/{image_id}/pieces-{view.name}.svg", encoded(drawn(view.pieces[row]))


def drawn(pieces: Sequence[Piece]) -> str:
    """All pieces side by side in one SVG, each with a view of its own (#p1, #p2, ...)."""
    step = _BOX * 11 // 10
    views = "".join(
        f'<view id="p{at + 1}" viewBox="{at * step} 0 {_BOX} {_BOX}"/>' for at in range(len(pieces))
    )
    paths = "".join(
        f'<path transform="translate({at * step})" d="{piece.path}"/>'
        for at, piece in enumerate(pieces)
    )
    width = step * len(pieces) - step + _BOX
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_BOX}" '
        f'fill="#1b1a17" fill-rule="evenodd">{views}{paths}</svg>\n'
    )
