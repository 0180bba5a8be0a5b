"""The pieces of every figure as they were compared, drawn once for each picture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from builder.describing import Pictures
from builder.features.outline import outline
from builder.features.prepare import for_strokes, longest_needed
from builder.ledger import Ledger
from builder.pages.types import Piece
from builder.settings import DescriptorSettings, ViewSettings
from builder.workspace import canonical, whole_lines

VERSION = 1
"""Of the outlines. Raised by hand when they change for the same pictures."""


class Outlined:
    """Outlines of the pieces of one descriptor, remembered by the content of the picture.

    Args:
        ledger: keeps account.
        pictures: of the corpus.
        descriptor: with preparation "pieces".
    """

    def __init__(self, ledger: Ledger, pictures: Pictures, descriptor: DescriptorSettings) -> None:
        self._ledger, self._pictures, self._descriptor = ledger, pictures, descriptor
        self.parts: dict[str, object] = {
            "version": VERSION,
            "preparation": [descriptor.preparation, descriptor.size],
            "ground": pictures.ground,
        }
        self.path = ledger.workspace.path("outlines", ".jsonl", self.parts)
        self._known = dict(_read(self.path, mend=not ledger.dry_run))

    def run(self, jobs: int) -> None:
        """Draw what is not drawn yet, `jobs` at a time; a kill loses the picture at hand."""
        distinct = dict.fromkeys(self._pictures.hashes)
        missing = [sha256 for sha256 in distinct if sha256 not in self._known]
        report = self._ledger.account("pages")
        report.done += len(missing)
        if not missing or self._ledger.dry_run:
            return
        report.why = report.why or f"pieces of {len(missing)} pictures not drawn yet"
        self._ledger.workspace.prepare()
        self._ledger.workspace.record(self.path, "outlines", self.parts)
        with (
            self._ledger.timed("pages", len(missing), f"{len(missing)} outlined") as advance,
            ThreadPoolExecutor(jobs) as pool,
            self.path.open("a", encoding="utf-8") as file,
        ):
            for sha256, found in zip(missing, pool.map(self._outline, missing), strict=True):
                pieces = [[piece.path, piece.weight] for piece in found]
                file.write(canonical({"sha256": sha256, "pieces": pieces}) + "\n")
                file.flush()
                self._known[sha256] = found
                advance(1)

    def of_all(self) -> tuple[tuple[Piece, ...], ...]:
        """(n,) the pieces of each image, the one with most lines first; () where not drawn yet."""
        return tuple(self._known.get(sha256, ()) for sha256 in self._pictures.hashes)

    def _outline(self, sha256: str) -> tuple[Piece, ...]:
        pixels, _ = self._pictures.load(sha256, longest_needed(self._descriptor))
        drawings = for_strokes(pixels, self._descriptor)
        return tuple(Piece(outline(strokes), round(weight, 4)) for strokes, weight in drawings)


def in_pieces(view: ViewSettings) -> DescriptorSettings | None:
    """The first descriptor of a view that takes figures into pieces, whatever its weight."""
    found = (one for one in view.descriptors if one.preparation == "pieces")
    one = next(found, None)
    return one.model_copy(update={"weight": 1.0}) if one else None


def of_views(
    ledger: Ledger, pictures: Pictures, views: Iterable[ViewSettings]
) -> dict[str, Outlined]:
    """What draws the pieces of each view that compares pieces; views that see alike share it."""
    compared = {view.name: one for view in views if (one := in_pieces(view)) is not None}
    made = {one: Outlined(ledger, pictures, one) for one in compared.values()}
    return {name: made[one] for name, one in compared.items()}


def _read(path: Path, mend: bool) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    for line in whole_lines(path, mend):
        entry = json.loads(line)
        yield entry["sha256"], tuple(Piece(*one) for one in entry["pieces"])
