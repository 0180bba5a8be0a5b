"""Line drawings that know where they lie in their pictures, kept by the content of the picture."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from builder.describing import Pictures
from builder.features.placed import described, placed
from builder.features.prepare.frame import SIDE as FRAME
from builder.features.types import Placed
from builder.ledger import Ledger
from builder.workspace import canonical, whole_lines

VERSION = 1
"""Of the drawings. Raised by hand when they change for the same pictures."""


class Placing:
    """The placed drawing of every picture.

    Args:
        ledger: keeps account.
        pictures: of the corpus.
        sizes: content of a picture -> its width and height in full.
    """

    def __init__(
        self, ledger: Ledger, pictures: Pictures, sizes: Mapping[str, tuple[int, int]]
    ) -> None:
        self._ledger, self._pictures, self._sizes = ledger, pictures, sizes
        self.parts: dict[str, object] = {"version": VERSION, "ground": pictures.ground}
        self._path = ledger.workspace.path("placed", ".jsonl", self.parts)
        self._known = dict(_read(self._path, mend=not ledger.dry_run))

    def missing(self, wanted: Iterable[str]) -> list[str]:
        """Which of some contents were not drawn yet."""
        return [one for one in dict.fromkeys(wanted) if one not in self._known]

    def run(self, missing: list[str], jobs: int, advance: Callable[[int], None]) -> None:
        """Draw what is not drawn yet, `jobs` at a time; a kill loses the pictures at hand."""
        self._ledger.workspace.prepare()
        self._ledger.workspace.record(self._path, "placed", self.parts)
        with ThreadPoolExecutor(jobs) as pool, self._path.open("a", encoding="utf-8") as file:
            for sha256, found in zip(missing, pool.map(self._draw, missing), strict=True):
                file.write(canonical({"sha256": sha256, **found}) + "\n")
                file.flush()
                self._known[sha256] = found
                advance(1)

    def __getitem__(self, sha256: str) -> Placed:
        """The placed drawing of a content."""
        entry = self._known[sha256]
        packed = zlib.decompress(base64.b64decode(str(entry["strokes"])))
        bits = np.unpackbits(np.frombuffer(packed, np.uint8)).view(bool)
        side = int(np.sqrt(len(bits)))
        matrix = np.array(entry["matrix"], np.float64).reshape(2, 3)
        return described(bits.reshape(side, side), matrix, self._sizes[sha256])

    def _draw(self, sha256: str) -> dict[str, object]:
        pixels, _ = self._pictures.load(sha256, FRAME)
        found = placed(pixels, self._sizes[sha256])
        strokes = zlib.compress(np.packbits(found.strokes).tobytes(), 9)
        return {
            "matrix": [float(f"{value:.12g}") for value in found.matrix.ravel()],
            "strokes": base64.b64encode(strokes).decode("ascii"),
        }


def _read(path: Path, mend: bool) -> Iterator[tuple[str, dict[str, object]]]:
    for line in whole_lines(path, mend):
        entry = json.loads(line)
        yield entry.pop("sha256"), entry
