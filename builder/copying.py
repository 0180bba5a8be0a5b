"""JPEG copies of all pictures for IIIF viewers, each made once for what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.ledger import Ledger
from builder.made_pictures import make_missing
from builder.pages.iiif_services import paths, served
from builder.pages.types import SiteInput
from builder.showing import Shown
from builder.workspace import Workspace, write_atomic

_PARTS: dict[str, object] = {"version": 1}
_QUALITY = 85

_Copy = tuple[Path, tuple[int, int], Path]


def folder_of(workspace: Workspace) -> Path:
    """Where copies are kept; asking for it keeps them through a build that needs none."""
    return workspace.path("copies", "", _PARTS)


class Copies:
    """The copies of a site; none where `[site] iiif_images` does not ask for them.

    Args:
        ledger: of the build.
        shown: the pictures.
        site: whose pictures they are.
    """

    def __init__(self, ledger: Ledger, shown: Shown, site: SiteInput) -> None:
        self._ledger = ledger
        self._files: list[tuple[str, _Copy]] = []
        self._folder = folder_of(ledger.workspace)
        if not served(site.settings):
            return
        for image in site.corpus.images:
            display = shown.display(image)
            if display is None:
                continue
            kept = self._folder / image.sha256[:2]
            for path, (width, height) in paths(image, site.settings):
                copy = kept / f"{image.sha256}-{width}x{height}.jpg"
                self._files.append((path, (display, (width, height), copy)))

    def make(self, jobs: int) -> None:
        """Make the copies that are not there, and remove those that nobody needs."""
        wanted = {copy[2]: copy for _, copy in self._files}
        done = "copies for viewers made"
        make_missing(self._ledger, self._folder, "copies", _PARTS, wanted, _make, jobs, done)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each copy where the service has it."""
        for path, (_, _, copy) in self._files:
            yield path, copy


def _make(copy: _Copy) -> None:
    import io

    from PIL import Image

    source, size, path = copy
    out = io.BytesIO()
    with Image.open(source) as picture:
        shown = picture.convert("RGB")
        scaled = shown if shown.size == size else shown.resize(size, Image.Resampling.LANCZOS)
        scaled.save(out, "jpeg", quality=_QUALITY, optimize=True)
    write_atomic(path, out.getvalue())
