"""Where on its page an image stood: a small picture of the page, where that is at hand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from builder.corpus.picture import read_picture
from builder.corpus.types import Corpus, Image
from builder.errors import CorpusError
from builder.ledger import Ledger
from builder.made_pictures import make_missing
from builder.pages.types import PagePlace, SiteInput
from builder.settings import Settings
from builder.workspace import Workspace, fingerprint, write_atomic

_SIDE = 360  # longer side of the small picture
_PARTS: dict[str, object] = {"version": 1, "side": _SIDE}


def places(folder: Path, settings: Settings, corpus: Corpus) -> dict[str, PagePlace]:
    """The place of each image that was cut out of a page whose file is there, by the image's id.

    A page on which an image stood that may not be shown is not shown either.
    """
    pages = folder / settings.crop.pages
    if not pages.is_dir():
        return {}
    hidden = {_said(image, "crop_page") for image in corpus.images if image.access == "withheld"}
    found: dict[str, PagePlace] = {}
    files: dict[str, tuple[Path, str] | None] = {}
    for image in corpus.images:
        page = _said(image, "crop_page")
        if not page or page in hidden:
            continue
        if page not in files:
            files[page] = _file(pages, page)
        box, size = _numbers(image, "crop_box", ","), _numbers(image, "crop_page_size", "x")
        known = files[page]
        if known and len(box) == 4 and len(size) == 2 and all(size):
            found[image.id] = PagePlace(page, known[0], known[1], size, box)
    return found


def _said(image: Image, column: str) -> str:
    return next((text for label, text in image.fields.items() if label.casefold() == column), "")


def _numbers(image: Image, column: str, between: str) -> tuple[int, ...]:
    parts = _said(image, column).split(between)
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def _file(pages: Path, page: str) -> tuple[Path, str] | None:
    """The file of a page, inside of its folder, and a mark of its state."""
    path = (pages / page).resolve()
    if not path.is_relative_to(pages.resolve()) or not path.is_file():
        return None
    state = path.stat()
    return path, fingerprint({"page": page, "state": [state.st_size, state.st_mtime_ns]})


def folder_of(workspace: Workspace) -> Path:
    """Where small pages are kept; asking for it keeps them through a build that needs none."""
    return workspace.path("small-pages", "", _PARTS)


class SmallPages:
    """The small pictures of the pages of a site.

    Args:
        ledger: of the build.
        site: whose images stood on pages.
    """

    def __init__(self, ledger: Ledger, site: SiteInput) -> None:
        self._ledger, self._images = ledger, site.settings.images
        self._folder = folder_of(ledger.workspace)
        self._files = {
            one.picture: (one.file, self._folder / one.state[:2] / f"{one.state}.jpg")
            for one in site.beside.places.values()
        }

    def make(self, jobs: int) -> None:
        """Make the pictures that are not there, and remove those that nobody needs."""
        wanted = {path: (page, path) for page, path in self._files.values()}
        done = "pages drawn small"
        make_missing(
            self._ledger, self._folder, "small-pages", _PARTS, wanted, self._make, jobs, done
        )

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each picture where pages name it."""
        for name, (_, path) in self._files.items():
            yield name, path

    def _make(self, one: tuple[Path, Path]) -> None:
        from PIL import Image as PillowImage

        page, path = one
        out = io.BytesIO()
        try:
            images = self._images
            pixels = read_picture(page, _SIDE, images.ground, images.max_megapixels).pixels
            PillowImage.fromarray(pixels).save(out, "jpeg", quality=80, optimize=True)
        except CorpusError:  # it was a picture when it was cut: an empty sheet stands for it
            PillowImage.new("RGB", (1, 1), self._images.ground).save(out, "jpeg")
        write_atomic(path, out.getvalue())
