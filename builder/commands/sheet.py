"""`volvelle info --preparation`: a contact sheet of what a preparation makes of the pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

from builder import settings as settings_module
from builder.corpus.picture import estimate_ground, read_picture
from builder.corpus.scan import FoundFile, scan
from builder.errors import CorpusError, Problem, SettingsError
from builder.features.prepare import for_network, for_strokes, longest_needed
from builder.intake import images_folder
from builder.settings import PRESETS, DescriptorSettings, Settings
from builder.settings.views import Preparation
from builder.workspace import write_atomic

COUNT = 48
"""Images on a sheet at most, evenly spread over the catalogue."""

_SIDE = 128  # pixels of one picture
_GAP, _LABEL = 12, 16  # pixels between images, and for a name below each
_WIDTH = 2100  # pixels of a sheet, about
_PAPER, _WORDS = "#f4f2ee", "#444444"

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Sheet:
    """A contact sheet that was written.

    Attributes:
        path: of the PNG file.
        images: names of the images on it, in the order of reading.
        descriptor: how they were prepared.
        problems: pictures that could not be read.
    """

    path: Path
    images: tuple[str, ...]
    descriptor: DescriptorSettings
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Entry:
    """An image on the sheet: the picture as it is, then what is made of it."""

    name: str
    pictures: Sequence[Pixels]


def contact_sheet(
    folder: Path, preparation: str, view: str = "", to: Path | None = None, count: int = COUNT
) -> Sheet:
    """Draw each image beside what a preparation makes of it; nothing need be built.

    Args:
        folder: of the catalogue.
        preparation: "colour", "grey", "ink", "lines" or "pieces".
        view: whose settings are taken; "" for the first view that has this preparation, or the
            presets' settings where none has.
        to: the PNG file, if not preparation-NAME.png where the command is called.
        count: of images, at most.

    Raises:
        SettingsError: there is no such preparation or view, or the view has it not.
        CorpusError: the catalogue holds no image that can be read.
    """
    settings = settings_module.read(folder)
    descriptor = _descriptor(settings, preparation, view)
    files = scan(images_folder(folder, settings)).files
    chosen = np.unique(np.linspace(0, len(files) - 1, min(count, len(files))).round().astype(int))
    problems: list[Problem] = []
    entries = list(_entries([files[i] for i in chosen], settings, descriptor, problems))
    if not entries:
        raise CorpusError("holds no image that can be read", str(folder), "put pictures there")
    path = to or Path(f"preparation-{preparation}.png")
    write_atomic(path, _png(_drawn(entries)))
    return Sheet(path, tuple(one.name for one in entries), descriptor, tuple(problems))


def _descriptor(settings: Settings, preparation: str, view: str) -> DescriptorSettings:
    """The descriptor that says how pictures are prepared."""
    known = get_args(Preparation)
    if preparation not in known:
        remedy = "preparations are: " + ", ".join(known)
        raise SettingsError(f'there is no preparation "{preparation}"', remedy=remedy)
    views = [one for one in settings.views if view in ("", one.name)]
    if not views:
        remedy = "views are: " + ", ".join(one.name for one in settings.views)
        raise SettingsError(f'there is no view "{view}"', remedy=remedy)
    for one in views:
        for descriptor in one.descriptors:
            if descriptor.preparation == preparation:
                return descriptor
    if view:
        raise SettingsError(
            f'the view "{view}" has no descriptor with preparation "{preparation}"',
            remedy="leave out --view",
        )
    preset = PRESETS["form" if preparation == "pieces" else "look"]["descriptors"][0]
    return DescriptorSettings(**{**preset, "preparation": preparation})


def _entries(
    files: Sequence[FoundFile],
    settings: Settings,
    descriptor: DescriptorSettings,
    problems: list[Problem],
) -> Iterator[_Entry]:
    images = settings.images
    longest = max(longest_needed(descriptor), 2 * _SIDE)
    for file in files:
        try:
            picture = read_picture(file.absolute, longest, images.ground, images.max_megapixels)
        except CorpusError as error:
            problems.append(Problem(file.path, error.what, error.remedy))
        else:
            yield _Entry(file.path, [picture.pixels, *_prepared(picture.pixels, descriptor)])


def _prepared(pixels: Pixels, descriptor: DescriptorSettings) -> list[Pixels]:
    """What is described of a picture, as pictures."""
    if _by_strokes(descriptor):
        found = for_strokes(pixels, descriptor)
        return [np.where(strokes, 0, 255).astype(np.uint8) for strokes, _ in found]
    return [for_network(pixels, estimate_ground(pixels), descriptor)]


def _by_strokes(descriptor: DescriptorSettings) -> bool:
    return descriptor.drawn


def _drawn(entries: Sequence[_Entry]) -> PillowImage.Image:
    """All entries in rows, each with room for as many pictures as the one that has most."""
    across = max(len(entry.pictures) for entry in entries)
    wide, high = across * _SIDE + _GAP, _SIDE + _LABEL + _GAP
    columns = min(max(1, _WIDTH // wide), len(entries))
    rows = -(-len(entries) // columns)
    sheet = PillowImage.new("RGB", (columns * wide + _GAP, rows * high + _GAP), _PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(11)
    for number, entry in enumerate(entries):
        row, column = divmod(number, columns)
        left, top = _GAP + column * wide, _GAP + row * high
        for place, pixels in enumerate(entry.pictures):
            picture = PillowImage.fromarray(pixels)
            # Thin strokes are evened out when they are made smaller, and never made larger.
            picture.thumbnail((_SIDE - 4, _SIDE - 4), PillowImage.Resampling.LANCZOS)
            sheet.paste(picture, (left + place * _SIDE, top + _SIDE - picture.height))
        label = _shortened(entry.name, font, wide - _GAP)
        pen.text((left, top + _SIDE + 1), label, _WORDS, font)
    return sheet


def _shortened(name: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """The end of a long name, which tells it from others."""
    if font.getlength(name) <= width:
        return name
    while len(name) > 1 and font.getlength("…" + name) > width:
        name = name[1:]
    return "…" + name


def _png(sheet: PillowImage.Image) -> bytes:
    buffer = BytesIO()
    sheet.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
