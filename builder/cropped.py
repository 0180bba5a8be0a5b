"""Cuts images out of pages; what was cut before stays as it is."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from builder.corpus.assemble import readable
from builder.corpus.picture import read_picture
from builder.corpus.scan import FoundFile
from builder.corpus.slugs import slug
from builder.cropping import yolo
from builder.cropping.boxes import cut
from builder.cropping.read import regions
from builder.cropping.types import Cut, Region
from builder.errors import CorpusError, Problem, VolvelleError
from builder.metadata_file import MetadataFile
from builder.page_files import PageFiles
from builder.settings import Settings
from builder.workspace import write_atomic

COLUMNS = ("crop_page", "crop_box", "crop_page_size", "crop_label", "crop_margin", "crop_from")
"""Columns that say where an image was cut out: page, "left,top,width,height", "WxH" in pixels."""

_LOSSLESS = (".png", ".tif", ".tiff", ".bmp", ".gif")
_OF_THE_PAGE = ("iiif_image", "iiif_service", "iiif_region", "iiif_size", "iiif_url")
_NAMES = ("classes.txt", "obj.names", "names.txt")


@dataclass
class Cropped:
    """What came of it: images that were cut, and that were there; what could not be used."""

    new: int = 0
    kept: int = 0
    pages: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_regions(path: Path) -> tuple[Region, ...]:
    """All regions of a file of annotations, or of a folder of YOLO's.

    Raises:
        CorpusError: there is no such file, or it is of no kind that is known.
    """
    try:
        if path.is_dir() or path.suffix.lower() == ".txt":
            return _of_yolo(path)
        return regions(path.read_bytes(), path.name)
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise CorpusError(what, str(path), "name a file of annotations") from error


def _of_yolo(path: Path) -> tuple[Region, ...]:
    folder = path if path.is_dir() else path.parent
    places = [place / name for place in (folder, folder.parent) for name in _NAMES]
    names = next((yolo.class_names(_text(one)) for one in places if one.is_file()), [])
    files = sorted(folder.rglob("*.txt")) if path.is_dir() else [path]
    found = [
        region
        for file in files
        if file.name not in _NAMES
        for region in yolo.regions(
            file.relative_to(folder).with_suffix("").as_posix(), _text(file), names, file.name
        )
    ]
    if not found:
        remedy = "a text file for each page, with a line for each box, is looked for"
        raise CorpusError("holds no boxes", str(path), remedy)
    return tuple(found)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "replace")


class Cropping:
    """One call.

    Args:
        catalogue: its folder.
        settings: of the catalogue; `crop.margin` is added to boxes.
        pages: the files of the pages.
        name: of the annotations, for rows and messages.

    Raises:
        CorpusError: the table of metadata cannot be added to.
    """

    def __init__(self, catalogue: Path, settings: Settings, pages: PageFiles, name: str) -> None:
        self._settings, self._pages, self._name = settings, pages, name
        self._images = catalogue / settings.images.folder
        self._table = MetadataFile(catalogue, settings)
        self._known = {row.get(self._table.filename, ""): row for row in self._table.rows}
        self._cut: set[str] = set()
        self.done = Cropped()

    def run(self, found: Sequence[Region], advance: Callable[[int], None]) -> Cropped:
        """Cut all regions, page by page; the table is written at the end, however it ends."""
        by_page: dict[str, tuple[FoundFile, list[Region]]] = {}
        for region in found:
            file, why = self._pages.find(region.page)
            if file is None:
                self._tell(region, why, "correct its name, or name another folder with --pages")
                advance(1)
                continue
            by_page.setdefault(file.path, (file, []))[1].append(region)
        try:
            for file, regions_ in by_page.values():
                self._page(file, regions_)
                advance(len(regions_))
        finally:
            self._table.save()
        return self.done

    def _tell(self, region: Region, what: str, remedy: str) -> None:
        self.done.problems.append(Problem(f"{self._name}, {region.where}", what, remedy))

    def _page(self, file: FoundFile, found: Sequence[Region]) -> None:
        try:
            width, height = _size(file.absolute)
            page = _Page(file, self._settings)
        except VolvelleError as error:
            self.done.problems.append(Problem(f"page {file.path}", error.what, error.remedy))
            return
        self.done.pages += 1
        for number, region in enumerate(found, start=1):
            one, said = cut(region, width, height, self._settings.crop.margin)
            if said:
                self._tell(region, said, "correct the box, or leave it out")
            if one is None:
                continue
            try:
                self._region(page, region, one, number, (width, height))
            except CorpusError as error:
                self.done.problems.append(Problem(f"page {file.path}", error.what, error.remedy))
                return

    def _region(
        self, page: _Page, region: Region, one: Cut, number: int, size: tuple[int, int]
    ) -> None:
        name = _file_name(page.file.path, one)
        if name in self._cut:
            self._tell(region, "stands there twice", "remove one of the two")
            return
        self._cut.add(name)
        path, margin = self._images / name, f"{self._settings.crop.margin:g}"
        row = self._known.get(name)
        same = row is not None and row.get(self._table.named("crop_margin"), margin) == margin
        if same and path.is_file() and path.stat().st_mtime_ns >= page.file.mtime_ns:
            self.done.kept += 1
            return
        content = page.encoded(one, path.suffix)
        if path.is_file() and path.read_bytes() == content:
            self.done.kept += 1
        else:
            write_atomic(path, content)
            self.done.new += 1
        if row is None:
            self._table.add(self._row(page.file.path, region, one, number, size, name))
        else:
            self._table.add_columns(["crop_margin"])
            row[self._table.named("crop_margin")] = margin

    def _row(
        self,
        page: str,
        region: Region,
        one: Cut,
        number: int,
        size: tuple[int, int],
        name: str,
    ) -> dict[str, str]:
        """What is known of the page, and where on it the image stood."""
        known = self._pages.row(page)
        roles = {role: known.get(f"{role}:", "") for role in ("title", "source", "date")}
        title = roles["title"] or region.title or readable(page)
        folder = PurePosixPath(page).parent.name
        names = self._settings.metadata
        return {
            self._table.filename: name,
            names.title: region.label or f"{title}, figure {number}",
            names.source: roles["source"] or folder or readable(page),
            names.date: roles["date"],
            **_inherited(known),
            "crop_page": page,
            "crop_box": ",".join(map(str, one.box)),
            "crop_page_size": f"{size[0]}x{size[1]}",
            "crop_label": region.label,
            "crop_margin": f"{self._settings.crop.margin:g}",
            "crop_from": self._name,
        }


def _inherited(known: Mapping[str, str]) -> dict[str, str]:
    """What holds for a part of a page as for the whole: rights and all, but not its own name."""
    return {
        column: text
        for column, text in known.items()
        if not column.endswith(":") and column not in _OF_THE_PAGE
    }


class _Page:
    """A page, decoded when something is cut out of it."""

    def __init__(self, file: FoundFile, settings: Settings) -> None:
        self.file, self._settings = file, settings
        self._pixels: NDArray[np.uint8] | None = None

    def encoded(self, one: Cut, ending: str) -> bytes:
        """A part of it as a file; without loss where the page has none.

        Raises:
            CorpusError: the page is damaged or too large.
        """
        if self._pixels is None:
            images = self._settings.images
            self._pixels = read_picture(
                self.file.absolute, None, images.ground, images.max_megapixels
            ).pixels
        part = self._pixels[one.top : one.top + one.height, one.left : one.left + one.width]
        out = io.BytesIO()
        picture = PillowImage.fromarray(np.ascontiguousarray(part))
        if ending == ".png":
            picture.save(out, "png")
        else:
            picture.save(out, "jpeg", quality=95, subsampling=0)
        return out.getvalue()


def _size(path: Path) -> tuple[int, int]:
    """Width and height of a page as a reader sees it, without decoding it.

    Raises:
        CorpusError: it is no picture.
    """
    try:
        with PillowImage.open(path) as picture:
            turned = picture.getexif().get(0x0112, 1) >= 5
            width, height = picture.size
            return (height, width) if turned else (width, height)
    except Exception as error:  # decoders answer damage with almost any exception
        raise CorpusError(
            "cannot be decoded", path.name, "replace it with an intact copy"
        ) from error


def _file_name(page: str, one: Cut) -> str:
    """Named by page and box, so that the same box is the same file."""
    pure = PurePosixPath(page)
    ending = "png" if pure.suffix.lower() in _LOSSLESS else "jpg"
    return f"{slug(page.removesuffix(pure.suffix))}/{'-'.join(map(str, one.box))}.{ending}"
