"""The atlas stage: thumbnail pages for the explorer, cut in the order of a grid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.atlas import hilbert, pack
from builder.atlas.types import Atlas
from builder.corpus.types import Corpus
from builder.layouts.types import Layout
from builder.ledger import Ledger, Made
from builder.pages.data import atlas_twin
from builder.showing import Shown
from builder.workspace import fingerprint, write_atomic

VERSIONS = {"atlas": 2}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""


class Packing:
    """The atlas of a catalogue.

    Args:
        ledger: makes what is missing.
        shown: the pictures.
        corpus: whose images are packed.
        grid: in whose order pages are cut.
    """

    def __init__(self, ledger: Ledger, shown: Shown, corpus: Corpus, grid: Made[Layout]) -> None:
        self.ledger, self.shown, self.images = ledger, shown, corpus.images
        hashes = [image.sha256 for image in self.images]
        self._parts = {
            "version": VERSIONS["atlas"],
            "grid": grid.fingerprint,
            "pictures": fingerprint({"hashes": hashes}),
            "reading": fingerprint(shown.parts),
        }

        def make() -> records.Write:
            slots = hilbert.slots(grid.value.cell, grid.value.columns)
            colours = np.array([shown.colour(sha256) for sha256 in hashes], np.uint8)
            return records.write_atlas(Atlas(pack.levels(len(hashes)), slots, colours))

        self.atlas = ledger.artifact(
            "atlas", "atlas", self._parts, lambda _: make(), records.read_atlas
        )
        self._folder = ledger.workspace.path("atlas-pages", "", self._parts)

    def draw(self) -> None:
        """Draw the pages; one that is there already is kept, so a kill loses one page."""
        report = self.ledger.account("atlas")
        if self.ledger.dry_run:
            report.done += not self._folder.exists()
            return
        images, shown, atlas = self.images, self.shown, self.atlas.value
        grounds = [shown.ground(image.sha256) for image in images]
        sizes = [(image.width, image.height) for image in images]
        pages = [(level, number) for level in atlas.levels for number in range(level.pages)]
        missing = [one for one in pages if not self._page(one[0].cell, one[1]).exists()]
        report.done += len(missing)
        report.reused += len(pages) - len(missing)
        if not missing:
            return
        self.ledger.workspace.record(self._folder, "atlas-pages", self._parts)

        def thumbnail(row: int) -> NDArray[np.uint8]:
            return shown.pixels(images[row].sha256)

        with self.ledger.timed("atlas", len(missing), f"{len(missing)} pages") as advance:
            for level, number in missing:
                page = pack.page(level, number, atlas.slots, sizes, grounds, thumbnail)
                write_atomic(self._page(level.cell, number), page)
                advance(1)

    def files(self, portable: bool) -> Iterator[tuple[str, bytes | Path]]:
        """The pages as files of the site, with their twins for file:// if it is portable."""
        for level in self.atlas.value.levels:
            for number in range(level.pages):
                path = self._page(level.cell, number)
                key = f"atlas/{level.cell}/{number}"
                yield f"{key}.webp", path
                if portable:
                    yield f"data/{key}.js", atlas_twin(key, path.read_bytes())

    def _page(self, cell: int, number: int) -> Path:
        return self._folder / str(cell) / f"{number}.webp"
