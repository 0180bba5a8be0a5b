"""Any Pillow mode to opaque RGB over a ground colour, shrinking as it goes.

Large pictures are converted and box-reduced strip by strip, so that beside the decoded picture
only the small result is held.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_STRIP_PIXELS = 1 << 22
_SIXTEEN_BIT = 257  # 65535 / 255
_PROFILE_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}


def flatten(image: Image.Image, ground: str, factor: int) -> Image.Image:
    """Opaque L, RGB or CMYK, `factor` times smaller by box means; partial boxes at the edges count.

    What is still L or CMYK is to be brought to RGB by `to_srgb` once it has its final size.

    Args:
        image: a decoded picture of any mode.
        ground: "#rrggbb", laid under transparent pixels before anything is averaged.
        factor: 1 keeps the size.
    """
    convert = _converter(image, ground)
    small: Image.Image | None = None
    for top, strip in _strips(image, factor):
        part = convert(strip)
        if factor > 1:
            part = part.reduce(factor)
        if small is None:
            size = (-(-image.width // factor), -(-image.height // factor))
            small = Image.new(part.mode, size)
        small.paste(part, (0, top // factor))
    assert small is not None
    return small


def to_srgb(picture: Image.Image, original: Image.Image) -> Image.Image:
    """RGB, with the colour profile of `original` applied if that was not done before.

    Args:
        picture: what `flatten` made of `original`, at any size.
        original: holds the profile; one that is not usable, or is sRGB already, changes nothing.
    """
    return _apply_profile(picture, original) if _is_opaque(original) else picture.convert("RGB")


def to_array(image: Image.Image) -> NDArray[np.uint8]:
    """An RGB picture as a new, writable (h, w, 3) array."""
    pixels = np.empty((image.height, image.width, 3), dtype=np.uint8)
    for top, strip in _strips(image, 1):
        pixels[top : top + strip.height] = np.asarray(strip)
    return pixels


def _strips(image: Image.Image, factor: int) -> Iterator[tuple[int, Image.Image]]:
    """Bands of full width, their height a multiple of `factor`."""
    rows = max(1, _STRIP_PIXELS // image.width // factor) * factor
    if rows >= image.height:
        yield 0, image
        return
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(top + rows, image.height)))


def _is_opaque(image: Image.Image) -> bool:
    transparent = image.mode in ("LA", "La", "PA", "RGBA", "RGBa")
    return not transparent and image.info.get("transparency") is None


def _converter(image: Image.Image, ground: str) -> Callable[[Image.Image], Image.Image]:
    """What turns a strip of this picture into a mode that can be averaged."""
    if image.mode.startswith("I;16"):
        return lambda strip: _from_levels(strip, 0, 65535)
    if image.mode in ("I", "F"):
        low, high = _range(image)
        return lambda strip: _from_levels(strip, low, high)
    if not _is_opaque(image):
        return lambda strip: _over_ground(strip, image, ground)
    if image.mode in _PROFILE_SPACES:
        return lambda strip: strip
    return lambda strip: strip.convert("RGB")


def _over_ground(strip: Image.Image, image: Image.Image, ground: str) -> Image.Image:
    layered = strip.convert("RGBA")
    alpha = layered.getchannel("A")
    below = Image.new("RGB", strip.size, ground)
    below.paste(_apply_profile(layered.convert("RGB"), image), mask=alpha)
    return below


def _from_levels(strip: Image.Image, low: float, high: float) -> Image.Image:
    """Grey levels between `low` and `high` to 0-255, rounded; NaN is black."""
    levels = np.asarray(strip)
    if (low, high) == (0, 65535):
        wide = levels.astype(np.int64) if levels.dtype.kind in "iu" else np.nan_to_num(levels)
        grey = np.floor(np.clip(wide, 0, 65535) / _SIXTEEN_BIT + 0.5)
    else:
        scaled = (np.nan_to_num(levels.astype(np.float64), posinf=high, neginf=low) - low) * (
            255.0 / (high - low)
        )
        grey = np.floor(np.clip(scaled, 0, 255) + 0.5)
    return Image.fromarray(grey.astype(np.uint8))


def _range(image: Image.Image) -> tuple[float, float]:
    """The levels of black and white in a 32-bit picture, which says nothing about them.

    The narrowest usual range that holds all its values is taken: 0-1 (floats only), 0-255 or
    0-65535; if none does, the range of its own values.
    """
    low, high = np.inf, -np.inf
    for _, strip in _strips(image, 1):
        levels = np.asarray(strip)
        finite = levels[np.isfinite(levels)]
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    usual = (1, 255, 65535) if image.mode == "F" else (255, 65535)
    for white in usual:
        if low >= 0 and high <= white:
            return 0, white
    return (low, high) if low < high else (0, 255)


def _apply_profile(picture: Image.Image, original: Image.Image) -> Image.Image:
    transform = _transform(original.info.get("icc_profile"), picture.mode)
    if transform is not None:
        try:
            converted = transform.apply(picture)
        except (ImageCms.PyCMSError, ValueError, OSError):
            pass
        else:
            return converted if isinstance(converted, Image.Image) else picture
    return picture.convert("RGB")


@lru_cache(maxsize=16)
def _transform(profile: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From a profile to sRGB; None if there is nothing to do or the profile does not fit."""
    if not profile or mode not in _PROFILE_SPACES:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != _PROFILE_SPACES[mode]:
            return None
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return None
        target = ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(source, target, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, AttributeError):
        return None
