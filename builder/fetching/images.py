"""Which addresses to ask of an image service for a picture of about a size.

By Image API 1 to 3; the largest that is asked for is never larger than the original, and within
what the service says it gives.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from builder.fetching.nodes import Node, nodes, whole
from builder.fetching.types import Picture, Service

Box = tuple[int, int, int, int]
"""left, top, width, height in pixels of the original."""

_MOST_TILES = 400


@dataclass(frozen=True)
class Tile:
    """A part of a picture that is put together: its address, and where it goes."""

    address: str
    left: int
    top: int


@dataclass(frozen=True)
class Request:
    """One way to come by a picture.

    Attributes:
        address: of the whole, or "" where it is put together of tiles.
        tiles: the parts, and `size` of what they make.
        cut: the region that is still to be cut out of it, "" if none.
    """

    address: str
    cut: str = ""
    tiles: tuple[Tile, ...] = ()
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Info:
    """What a service says of an image.

    Attributes:
        sizes: (width, height) that there are for certain, the smallest first.
        longest: side of the largest that is given, 0 if nothing is said; area: likewise, pixels.
        tiles: (width, height, scale factors) of the first set; None if there is none.
    """

    service: Service
    width: int
    height: int
    level: int
    sizes: tuple[tuple[int, int], ...] = ()
    longest: int = 0
    area: int = 0
    tiles: tuple[int, int, tuple[int, ...]] | None = None


def info(document: Node, service: Service) -> Info | None:
    """What info.json says; None if it does not even say how large the image is."""
    width, height = whole(document.get("width")), whole(document.get("height"))
    if not width or not height:
        return None
    profile = str(document.get("profile"))
    said = next(
        (at for at in range(3) if f"level{at}" in profile or f"#level{at}" in profile), None
    )
    limits = [document, *nodes(document.get("profile"))]
    sides = [whole(one.get(key)) for one in limits for key in ("maxWidth", "maxHeight")]
    areas = [whole(one.get("maxArea")) for one in limits]
    sizes = [
        (whole(one.get("width")), whole(one.get("height"))) for one in nodes(document.get("sizes"))
    ]
    level = said if said is not None else service.level
    return Info(
        Service(service.address, _version(document, service), level),
        width,
        height,
        1 if level is None else level,
        tuple(sorted(size for size in sizes if all(size))),
        min((side for side in sides if side), default=0),
        min((area for area in areas if area), default=0),
        _tiles(document),
    )


def _version(document: Node, service: Service) -> int:
    context = str(document.get("@context", ""))
    found = next((at for at in (3, 2, 1) if f"image/{at}" in context), 0)
    return found or (1 if "image-api/1" in context else service.version)


def _tiles(document: Node) -> tuple[int, int, tuple[int, ...]] | None:
    for one in nodes(document.get("tiles")):
        width = whole(one.get("width"))
        factors = one.get("scaleFactors")
        found = [whole(f) for f in factors] if isinstance(factors, list) else []
        if width and any(found):
            height = whole(one.get("height")) or width
            return width, height, tuple(sorted(f for f in found if f))
    return None


def box_of(region: str, width: int, height: int) -> Box | None:
    """A region as the Image API writes it, in pixels within the image; None if it is none.

    "" and "full" are the whole; "square" is the middle.
    """
    if region in ("", "full"):
        return 0, 0, width, height
    if region == "square":
        side = min(width, height)
        return (width - side) // 2, (height - side) // 2, side, side
    try:
        numbers = [float(part) for part in region.removeprefix("pct:").split(",")]
    except ValueError:
        return None
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        return None
    if region.startswith("pct:"):
        sides = (width, height, width, height)
        numbers = [part * side / 100 for part, side in zip(numbers, sides, strict=True)]
    left, top = max(0, round(numbers[0])), max(0, round(numbers[1]))
    right = min(width, round(numbers[0] + numbers[2]))
    bottom = min(height, round(numbers[1] + numbers[3]))
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None


def requests(picture: Picture, known: Info | None, wanted: int, region: str) -> Iterator[Request]:
    """Ways to come by a picture, the best first.

    Args:
        picture: as the manifest names it.
        known: what its service says; None without a service, or where that could not be read.
        wanted: longer side in pixels; 0 for the largest there is.
        region: what part of the picture is wanted, "" for the whole.
    """
    if known is not None:
        yield from _served(known, wanted, region)
    elif picture.service is not None:
        yield Request(_address(picture.service, "full", _most(picture.service)), region)
    if picture.address:
        yield Request(picture.address, region)


def _served(known: Info, wanted: int, region: str) -> Iterator[Request]:
    box = box_of(region, known.width, known.height)
    entire = box == (0, 0, known.width, known.height)
    if known.level >= 1 and box is not None:
        named = "full" if entire else ",".join(map(str, box))
        yield Request(_address(known.service, named, _size(known, box, wanted)))
    sized = [size for size in known.sizes if wanted and max(size) >= wanted]
    # Of a part, as many pixels as are wanted must be left.
    if sized and entire:
        yield from (Request(one) for one in _exactly(known, sized[0]))
    cut = "" if entire else region
    yield Request(_address(known.service, "full", _most(known.service)), cut)
    for size in reversed(known.sizes):
        yield from (Request(one, cut) for one in _exactly(known, size))
    if made := _put_together(known, wanted if entire else 0):
        yield Request("", cut, *made)


def _size(known: Info, box: Box, wanted: int) -> str:
    """The size parameter for a part of an image."""
    width, height = box[2:]
    longest = max(width, height)
    scale = min(1.0, (wanted or longest) / longest)
    if known.longest:
        scale = min(scale, known.longest / longest)
    if known.area:
        scale = min(scale, math.sqrt(known.area / (width * height)))
    return _most(known.service) if scale >= 1 else f"{max(1, int(width * scale))},"


def _most(service: Service) -> str:
    return "max" if service.version >= 3 else "full"


def _exactly(known: Info, size: tuple[int, int]) -> Iterator[str]:
    """Addresses of a size that there is: canonical for the version, then the other form."""
    forms = [f"{size[0]},", f"{size[0]},{size[1]}"]
    for form in reversed(forms) if known.service.version >= 3 else forms:
        yield _address(known.service, "full", form)


def _address(service: Service, region: str, size: str) -> str:
    quality = "native" if service.version == 1 else "default"
    return f"{service.address}/{region}/{size}/0/{quality}.jpg"


def _put_together(known: Info, wanted: int) -> tuple[tuple[Tile, ...], tuple[int, int]] | None:
    """Tiles of the coarsest scale that is fine enough, and the size of what they make."""
    if known.tiles is None:
        return None
    across, down, factors = known.tiles
    longest = max(known.width, known.height)
    fine = [f for f in factors if not wanted or math.ceil(longest / f) >= wanted]
    factor = (max(fine) if wanted else min(fine)) if fine else min(factors)
    while True:
        found = tuple(_grid(known, across, down, factor))
        larger = [f for f in factors if f > factor]
        if len(found) <= _MOST_TILES or not larger:
            break
        factor = min(larger)
    return found, (math.ceil(known.width / factor), math.ceil(known.height / factor))


def _grid(known: Info, across: int, down: int, factor: int) -> Iterator[Tile]:
    for top in range(0, known.height, down * factor):
        for left in range(0, known.width, across * factor):
            width = min(across * factor, known.width - left)
            height = min(down * factor, known.height - top)
            size = math.ceil(width / factor), math.ceil(height / factor)
            third = known.service.version >= 3
            form = f"{size[0]},{size[1]}" if third else f"{size[0]},"
            entire = (width, height) == (known.width, known.height)
            region = "full" if entire else f"{left},{top},{width},{height}"
            yield Tile(_address(known.service, region, form), left // factor, top // factor)
