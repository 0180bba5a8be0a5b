"""Pictures by Image API 3.0 at level 0: some sizes as JPEG, at addresses of their own."""

from __future__ import annotations

from builder.corpus.types import Image
from builder.pages import links
from builder.pages.cards import THUMB, fitted
from builder.pages.data import Json
from builder.settings import Settings

_CONTEXT = "http://iiif.io/api/image/3/context.json"
_BETWEEN = 800  # longer side of a size between thumbnail and display copy


def served(settings: Settings) -> bool:
    """Whether pictures are served so: the owner has asked for it, and the site has an address."""
    return bool(settings.site.iiif_images and settings.catalogue.site_url)


def sizes(image: Image, settings: Settings) -> list[tuple[int, int]]:
    """(width, height) of all sizes that exist, the smallest first; the last is the display copy."""
    longest = settings.site.display_pixels
    sides = [side for side in (THUMB, _BETWEEN) if side < longest] + [longest]
    return list(dict.fromkeys(fitted(image.width, image.height, side) for side in sides))


def paths(image: Image, settings: Settings) -> list[tuple[str, tuple[int, int]]]:
    """(path from the site's root, size) of every JPEG of an image."""
    found = sizes(image, settings)
    full = f"{_folder(image)}/full"
    return [(f"{full}/max/0/default.jpg", found[-1])] + [
        (f"{full}/{width},{height}/0/default.jpg", (width, height)) for width, height in found
    ]


def information(image: Image, settings: Settings) -> tuple[str, Json]:
    """(path, document) that says which sizes of an image there are."""
    found = sizes(image, settings)
    width, height = found[-1]
    document: Json = {
        "@context": _CONTEXT,
        **_named(image, settings),
        "protocol": "http://iiif.io/api/image",
        "width": width,
        "height": height,
        "sizes": [{"width": across, "height": down} for across, down in found],
    }
    return f"{_folder(image)}/info.json", document


def served_body(image: Image, settings: Settings) -> Json:
    """The picture of an image as its canvas names it, with the service that has it in sizes."""
    (path, (width, height)), *_ = paths(image, settings)
    return {
        "id": _address(path, settings),
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": [_named(image, settings)],
    }


def _named(image: Image, settings: Settings) -> Json:
    address = _address(_folder(image), settings)
    return {"id": address, "type": "ImageService3", "profile": "level0"}


def _folder(image: Image) -> str:
    return f"iiif/images/{image.id}"


def _address(path: str, settings: Settings) -> str:
    # The size's comma stands in the address as it does in the name of the folder.
    return links.absolute(settings.catalogue.site_url, path).replace("%2C", ",")
