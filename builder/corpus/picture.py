"""Read one picture: decoded within bounded memory, upright, opaque, in sRGB, as 8-bit RGB.

Only Pillow decodes. Its own limit on pixels is replaced by `images.max_megapixels`.
"""

from __future__ import annotations

import ctypes
import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError
from PIL import _imaging as core

from builder.corpus.flatten import flatten, to_array, to_srgb
from builder.errors import CorpusError

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")
_KINDS = "jpg, png, tif, bmp, webp or gif"
_GAP = 2  # shrink by box means to no less than this many times the size wanted, then Lanczos
_BORDER = 0.02
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIGNATURES = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"II+\0",
    b"MM\0+",
)
_STRANGERS = (
    (b"%PDF", "a PDF"),
    (b"8BPS", "a Photoshop file"),
    (b"<svg", "an SVG drawing"),
    (b"<html", "an HTML page"),
    (b"<!doctype html", "an HTML page"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 file"),
    (b"version https://git-lfs", "a Git LFS pointer whose picture was not fetched"),
)

# Without a handler, Python would print Pillow's remarks on odd files to the user's terminal.
logging.getLogger("PIL").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Picture:
    """A decoded picture.

    Attributes:
        pixels: uint8 (h, w, 3) RGB, upright, its longer side at most what was asked for.
        width, height: full size in pixels, upright.
        notes: remarks such as "first of 12 pages".
    """

    pixels: NDArray[np.uint8]
    width: int
    height: int
    notes: tuple[str, ...] = ()


def read_picture(path: Path, longest: int | None, ground: str, max_megapixels: int) -> Picture:
    """Decode the first frame or page of a picture, shrunk so that no side exceeds `longest`.

    Pictures are never enlarged. Transparency is laid over `ground` ("#rrggbb") before shrinking;
    16-bit levels are scaled by range; embedded colour profiles are brought to sRGB where they can
    be read. May be called from several threads at once.

    Raises:
        CorpusError: the file is empty, no picture, damaged, or larger than `max_megapixels`.
    """
    try:
        with _quiet(), _open(path) as image:
            _check_size(image, path, max_megapixels)
            return _read(image, longest, ground)
    except CorpusError:
        raise
    except MemoryError as error:
        raise CorpusError(
            "is too large for this machine's memory", path.name, "make the picture smaller"
        ) from error
    # Decoders answer damage with almost any exception; none of them may stop a build.
    except Exception as error:
        raise CorpusError(
            f"is damaged and cannot be decoded ({_reason(error)})",
            path.name,
            "replace it with an intact copy",
        ) from error


def estimate_ground(pixels: NDArray[np.uint8]) -> tuple[int, int, int]:
    """A picture's own ground colour: the median of each channel over a border of 2 % of each side.

    Args:
        pixels: uint8 (h, w, 3).
    """
    height, width = pixels.shape[:2]
    band_y, band_x = max(1, round(height * _BORDER)), max(1, round(width * _BORDER))
    inside = np.zeros((height, width), dtype=bool)
    inside[band_y : height - band_y, band_x : width - band_x] = True
    red, green, blue = np.median(pixels[~inside], axis=0)
    return int(red), int(green), int(blue)


def _open(path: Path) -> Image.Image:
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise CorpusError(
            f"cannot be read ({error.strerror})", path.name, "make the file readable"
        ) from error
    if not head:
        raise CorpusError("is empty (0 bytes)", path.name, "replace it with an intact copy")
    try:
        return Image.open(path, formats=_FORMATS)
    except UnidentifiedImageError as error:
        if head.startswith(_SIGNATURES) or head[8:12] == b"WEBP":
            raise ValueError("its header makes no sense") from error
        raise CorpusError(
            _stranger(head), path.name, f"replace it with a {_KINDS} picture"
        ) from error


def _stranger(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for signature, kind in _STRANGERS:
        if start.startswith(signature.lower()):
            return f"is {kind}, not a picture that can be read"
    if head[4:8] == b"ftyp":
        return "is a HEIC, AVIF or video file, not a picture that can be read"
    return "is not a picture"


def _check_size(image: Image.Image, path: Path, max_megapixels: int) -> None:
    pixels = image.width * image.height
    if pixels > max_megapixels * 1_000_000:
        raise CorpusError(
            f"has {image.width} x {image.height} pixels ({pixels / 1e6:.0f} megapixels), "
            f"more than images.max_megapixels = {max_megapixels} allows",
            path.name,
            "make the picture smaller, or raise images.max_megapixels in catalogue.toml",
        )


def _read(image: Image.Image, longest: int | None, ground: str) -> Picture:
    notes = _notes(image)
    width, height = image.size
    scaled = _scaled(width, height, longest)
    if image.format == "TIFF":
        _hush_libtiff()
    if image.format in ("JPEG", "MPO"):  # decodes at 1/2, 1/4 or 1/8, for a fraction of the cost
        image.draft(None, (_GAP * scaled[0], _GAP * scaled[1]))
    image.load()
    if image.format == "TIFF":
        width, height = image.size  # Pillow has turned it upright by now
        scaled = _scaled(width, height, longest)
    orientation = _orientation(image)
    factor = max(1, min(image.width // (_GAP * scaled[0]), image.height // (_GAP * scaled[1])))
    flat = flatten(image, ground, factor)
    if flat.size != scaled:
        box = (0.0, 0.0, image.width / factor, image.height / factor)
        flat = flat.resize(scaled, Image.Resampling.LANCZOS, box=box)
    flat = to_srgb(flat, image)
    if orientation in _UPRIGHT:
        flat = flat.transpose(_UPRIGHT[orientation])
    if orientation >= 5:
        width, height = height, width
    return Picture(to_array(flat), width, height, notes)


def _scaled(width: int, height: int, longest: int | None) -> tuple[int, int]:
    if longest is None or max(width, height) <= longest:
        return width, height
    scale = longest / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _notes(image: Image.Image) -> tuple[str, ...]:
    """Whether there is more in the file than is shown. An MPO's further frames are previews."""
    if image.format not in ("TIFF", "GIF", "WEBP", "PNG"):
        return ()
    try:
        frames = int(getattr(image, "n_frames", 1))
    except Exception:  # a damaged later page is no reason to refuse the first
        frames = 1
    kind = "pages" if image.format == "TIFF" else "frames"
    return (f"first of {frames} {kind}",) if frames > 1 else ()


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8; 1 if there is none or it cannot be read."""
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:  # remarks that cannot be read must not cost the picture
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


@lru_cache(maxsize=1)
def _hush_libtiff() -> None:
    """Keep libtiff from writing to the terminal: what it says is in the error, too.

    Where it is linked in such a way that it cannot be reached, it goes on talking.
    """
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(core.__file__)
        for name in ("TIFFSetErrorHandler", "TIFFSetWarningHandler"):
            setter = getattr(library, name)
            setter.argtypes, setter.restype = [ctypes.c_void_p], ctypes.c_void_p
            setter(None)


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 120 else text[:117] + "..."


class _Silence:
    """How many readers are at work, and what to restore when the last one is done."""

    lock = threading.Lock()
    readers = 0
    limit: int | None = None
    caught: warnings.catch_warnings[None] | None = None


@contextmanager
def _quiet() -> Iterator[None]:
    """Lift Pillow's own pixel limit and its warnings, for all threads, while any of them reads.

    Both are global to the process: the first reader saves them, the last one puts them back.
    """
    with _Silence.lock:
        if _Silence.readers == 0:
            _Silence.limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
            _Silence.caught = warnings.catch_warnings()
            _Silence.caught.__enter__()
            warnings.filterwarnings("ignore", module=r"PIL(\.|$)")
        _Silence.readers += 1
    try:
        yield
    finally:
        with _Silence.lock:
            _Silence.readers -= 1
            if _Silence.readers == 0:
                Image.MAX_IMAGE_PIXELS = _Silence.limit
                if _Silence.caught is not None:
                    _Silence.caught.__exit__(None, None, None)
