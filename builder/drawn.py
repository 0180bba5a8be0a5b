"""Pictures in black and white, and drafts in lines: each made once for what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.corpus.types import Corpus
from builder.ledger import Ledger
from builder.made_pictures import make_missing
from builder.settings import InkSettings, Settings
from builder.showing import Shown
from builder.vectors.geogebra import ggb
from builder.vectors.record import drawing_from_json, drawing_to_json
from builder.vectors.svg import svg
from builder.vectors.types import Drawing
from builder.workspace import canonical, write_atomic

VERSIONS = {"ink": 1, "drafts": 1}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""

TITLE = "Draft in lines, found by a program: check every line against the picture"
"""What a draft says of itself wherever it goes."""


class Drawn:
    """Pictures in black and white and drafts of a catalogue, where its settings ask for them.

    Args:
        ledger: of the build.
        shown: the pictures as the site may show them; what it may not show large is not drawn.
        corpus: whose pictures they are.
        settings: of the catalogue.
    """

    def __init__(self, ledger: Ledger, shown: Shown, corpus: Corpus, settings: Settings) -> None:
        self._ledger, self._corpus, self._settings = ledger, corpus, settings
        copies = ((image, shown.display(image)) for image in corpus.images)
        self._copies = {image.id: (image.sha256, copy) for image, copy in copies if copy}
        ink = settings.ink.model_dump(mode="json", exclude={"publish"})
        self._ink_parts: dict[str, object] = {
            "version": VERSIONS["ink"],
            "ink": ink,
            "pictures": shown.parts,
        }
        self._draft_parts: dict[str, object] = {
            "version": VERSIONS["drafts"],
            "ink": self._ink_parts,
            "pixels": settings.vectors.pixels,
        }
        # Asking for the folders keeps what is in them through a build that needs nothing new.
        self._inks = ledger.workspace.path("ink", "", self._ink_parts)
        self._drafts = ledger.workspace.path("drafts", "", self._draft_parts)

    def make(self, jobs: int) -> None:
        """Make what is not there, `jobs` at a time, and remove what nobody needs."""
        sources = dict(self._copies.values())
        if self._settings.ink.publish:
            wanted = {self._ink(one): (copy, self._ink(one)) for one, copy in sources.items()}
            make_missing(
                self._ledger,
                self._inks,
                "ink",
                self._ink_parts,
                wanted,
                lambda one: _make_ink(*one, self._settings.ink),
                jobs,
                "pictures in black and white made",
                ".png",
            )
        if self._settings.vectors.enabled:
            kept = {self._draft(one): (copy, self._draft(one)) for one, copy in sources.items()}
            make_missing(
                self._ledger,
                self._drafts,
                "drafts",
                self._draft_parts,
                kept,
                lambda one: _make_draft(*one, self._settings),
                jobs,
                "drafts in lines made",
                ".json",
            )

    def drawings(self) -> tuple[Drawing | None, ...]:
        """(n,) the draft of each image, None where there is none yet; () where nobody asks."""
        if not self._settings.vectors.enabled:
            return ()
        known = {sha256: self._read(sha256) for sha256, _ in self._copies.values()}
        return tuple(
            known[image.sha256] if image.id in self._copies else None
            for image in self._corpus.images
        )

    def files(self) -> Iterator[tuple[str, bytes | Path]]:
        """What the site holds of them."""
        if self._settings.ink.publish:
            for image_id, (sha256, _) in self._copies.items():
                yield f"images/{image_id}.ink.png", self._ink(sha256)
        for image, drawing in zip(self._corpus.images, self.drawings(), strict=False):
            if drawing is not None:
                yield f"items/{image.id}/drawing.svg", svg(drawing, TITLE).encode()
                yield f"items/{image.id}/drawing.ggb", ggb(drawing, TITLE)

    def _ink(self, sha256: str) -> Path:
        return self._inks / sha256[:2] / f"{sha256}.png"

    def _draft(self, sha256: str) -> Path:
        return self._drafts / sha256[:2] / f"{sha256}.json"

    def _read(self, sha256: str) -> Drawing | None:
        path = self._draft(sha256)
        if not path.exists():
            return None
        drawing = drawing_from_json(path.read_text(encoding="utf-8"))
        return drawing.at_least(self._settings.vectors.least)


def _make_ink(source: Path, path: Path, settings: InkSettings) -> None:
    """One bit a pixel: ink is black."""
    import io

    import numpy as np
    from PIL import Image

    from builder.ink.binarise import ink

    with Image.open(source) as picture:
        found = ink(np.asarray(picture.convert("RGB")), settings)
    out = io.BytesIO()
    Image.fromarray(~found).save(out, "png", optimize=True)
    write_atomic(path, out.getvalue())


def _make_draft(source: Path, path: Path, settings: Settings) -> None:
    """Lines in pixels of the display copy, looked for in a copy that is no larger than asked."""
    import numpy as np
    from PIL import Image

    from builder.ink.binarise import ink
    from builder.vectors.draft import draft

    with Image.open(source) as picture:
        shown = picture.convert("RGB")
    scale = min(1.0, settings.vectors.pixels / max(shown.size))
    size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
    small = shown.resize(size, Image.Resampling.BOX) if scale < 1 else shown
    found = draft(ink(np.asarray(small), settings.ink))
    text = canonical(drawing_to_json(found.scaled(shown.width, shown.height)))
    write_atomic(path, text.encode())
