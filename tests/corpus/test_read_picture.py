from __future__ import annotations

import threading
import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from builder.corpus.picture import Picture, estimate_ground, read_picture
from builder.errors import CorpusError

WHITE = "#ffffff"
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def _read(path: Path, longest: int | None = None, ground: str = WHITE) -> Picture:
    return read_picture(path, longest, ground, 500)


def _saved(folder: Path, image: Image.Image, name: str = "a.png", **options: object) -> Path:
    image.save(folder / name, **options)
    return folder / name


def _noise(height: int, width: int, channels: int = 3) -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (height, width, channels), dtype=np.uint8)


def _quadrants() -> Image.Image:
    """Twenty wide, ten high: red, green over blue, black."""
    pixels = np.zeros((10, 20, 3), dtype=np.uint8)
    pixels[:5, :10], pixels[:5, 10:], pixels[5:, :10] = RED, GREEN, BLUE
    return Image.fromarray(pixels)


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.tif", "a.tiff", "a.webp"])
def test_lossless_formats(tmp_path: Path, name: str) -> None:
    """Lossless formats give back every pixel."""
    pixels = _noise(13, 17)
    picture = _read(_saved(tmp_path, Image.fromarray(pixels), name, lossless=True))
    assert np.array_equal(pixels, picture.pixels)
    assert (picture.width, picture.height, picture.notes) == (17, 13, ())


def test_extension_does_not_matter(tmp_path: Path) -> None:
    """A PNG that is called .jpg is read as what it is."""
    pixels = _noise(4, 5)
    Image.fromarray(pixels).save(tmp_path / "a.jpg", "PNG")
    assert np.array_equal(pixels, _read(tmp_path / "a.jpg").pixels)


def test_pixels_can_be_written(tmp_path: Path) -> None:
    """The array is our own, contiguous and writable."""
    pixels = _read(_saved(tmp_path, _quadrants())).pixels
    assert pixels.flags.writeable
    assert pixels.flags.c_contiguous


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.jpg"])
@pytest.mark.parametrize("longest", [None, 10])
def test_orientation(tmp_path: Path, orientation: int, name: str, longest: int | None) -> None:
    """Every EXIF orientation is turned upright, whole or shrunk; the size is the reader's."""
    turned = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    stored = _quadrants() if turned is None else _quadrants().transpose(turned)
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = _read(_saved(tmp_path, stored, name, exif=exif, quality=100, subsampling=0), longest)
    assert (picture.width, picture.height) == (20, 10)
    height, width = picture.pixels.shape[:2]
    assert (20, 10) if longest is None else (width, height) == (10, 5)
    corners = picture.pixels[[1, 1, -2, -2], [1, -2, 1, -2]].astype(int)
    assert np.abs(corners - np.array([RED, GREEN, BLUE, (0, 0, 0)])).max() < 30


def test_broken_exif_is_ignored(tmp_path: Path) -> None:
    """Remarks that make no sense do not cost the picture."""
    path = _saved(tmp_path, _quadrants(), "a.jpg", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert (_read(path).width, _read(path).height) == (20, 10)


def test_palette_with_transparency(tmp_path: Path) -> None:
    """Transparent palette entries show the ground, others their colour."""
    image = Image.new("P", (2, 1))
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.putdata([0, 1])
    path = _saved(tmp_path, image, transparency=0)
    assert [[[17, 34, 51], list(BLUE)]] == _read(path, ground="#112233").pixels.tolist()


def test_palette_with_many_alphas(tmp_path: Path) -> None:
    """A palette whose entries have each their own alpha is mixed with the ground."""
    image = Image.new("P", (2, 1))
    image.putpalette([0, 0, 0, 0, 0, 0])
    image.putdata([0, 1])
    path = _saved(tmp_path, image, transparency=bytes([255, 0]))
    assert _read(path).pixels.tolist() == [[[0, 0, 0], [255, 255, 255]]]


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("RGBA", (255, 0, 0, 0), (0, 0, 255)),
        ("RGBA", (255, 0, 0, 255), (255, 0, 0)),
        ("RGBA", (255, 0, 0, 51), (51, 0, 204)),
        ("LA", (255, 51), (51, 51, 255)),
        ("L", 77, (77, 77, 77)),
        ("1", 1, (255, 255, 255)),
    ],
)
def test_modes_over_ground(
    tmp_path: Path, mode: str, colour: object, expected: tuple[int, int, int]
) -> None:
    """Alpha is laid over the ground; grey and bilevel pictures become RGB."""
    path = _saved(tmp_path, Image.new(mode, (3, 3), colour))  # type: ignore[arg-type]
    assert list(expected) == _read(path, ground="#0000ff").pixels[1, 1].tolist()


def test_colour_key_of_grey(tmp_path: Path) -> None:
    """A grey level declared transparent shows the ground."""
    path = _saved(tmp_path, Image.new("L", (2, 2), 9), transparency=9)
    assert list(GREEN) == _read(path, ground="#00ff00").pixels[0, 0].tolist()


def test_alpha_is_laid_before_shrinking(tmp_path: Path) -> None:
    """Hidden colours under full transparency do not bleed into their surroundings."""
    pixels = np.zeros((64, 64, 4), dtype=np.uint8)
    pixels[..., 0] = 255  # red all over, all of it invisible
    path = _saved(tmp_path, Image.fromarray(pixels))
    assert (_read(path, 16).pixels == 255).all()


@pytest.mark.parametrize(
    ("level", "expected"), [(0, 0), (257 * 100, 100), (65535, 255), (128, 0), (129, 1)]
)
@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_sixteen_bit_grey(tmp_path: Path, name: str, level: int, expected: int) -> None:
    """16-bit levels are divided by 257 and rounded."""
    path = _saved(tmp_path, Image.fromarray(np.full((4, 4), level, dtype=np.uint16)), name)
    assert [expected] * 3 == _read(path).pixels[2, 2].tolist()


def test_sixteen_bit_big_endian_tiff(tmp_path: Path) -> None:
    """Big-endian 16-bit TIFFs have the same levels."""
    image = Image.frombytes("I;16B", (2, 1), b"\x64\x64\xff\xff")
    assert _read(_saved(tmp_path, image, "a.tif")).pixels.tolist() == [[[100] * 3, [255] * 3]]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 255], [0, 255]),
        ([0, 100], [0, 100]),
        ([0, 65535], [0, 255]),
        ([-50, 50], [0, 255]),
        ([10**6, 3 * 10**6], [0, 255]),
        ([70_000, 70_000], [255, 255]),
    ],
)
def test_thirty_two_bit_integers(tmp_path: Path, values: list[int], expected: list[int]) -> None:
    """32-bit integers take the narrowest usual range that holds them, else their own."""
    image = Image.fromarray(np.array([values], dtype=np.int32))
    assert expected == _read(_saved(tmp_path, image, "a.tif")).pixels[0, :, 0].tolist()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 1.0, 0.5], [0, 255, 128]),
        ([0.0, 200.0, 100.0], [0, 200, 100]),
        ([0.0, 65535.0, 257.0], [0, 255, 1]),
        ([-1.0, 3.0, 1.0], [0, 255, 128]),
        ([0.0, 1.0, float("nan")], [0, 255, 0]),
        ([0.0, 1.0, float("inf")], [0, 255, 255]),
    ],
)
def test_floats(tmp_path: Path, values: list[float], expected: list[int]) -> None:
    """Floats likewise, 0 to 1 among the usual ranges; what is no number is black."""
    image = Image.fromarray(np.array([values], dtype=np.float32))
    assert expected == _read(_saved(tmp_path, image, "a.tif")).pixels[0, :, 0].tolist()


def test_cmyk_tiff(tmp_path: Path) -> None:
    """No ink is white, full cyan has no red."""
    image = Image.new("CMYK", (2, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (255, 0, 0, 0))
    pixels = _read(_saved(tmp_path, image, "a.tif")).pixels
    assert pixels[0].tolist() == [[255, 255, 255], [0, 255, 255]]


def test_inverted_cmyk_jpeg(tmp_path: Path) -> None:
    """CMYK JPEGs, which Adobe stores inverted, come out as they were put in."""
    path = _saved(tmp_path, Image.new("CMYK", (16, 16), (0, 0, 0, 0)), "a.jpg", quality=100)
    assert b"Adobe" in path.read_bytes()[:100]
    assert _read(path).pixels.min() >= 250


def test_lab_tiff(tmp_path: Path) -> None:
    """CIELAB pictures are brought to sRGB."""
    path = _saved(tmp_path, Image.new("LAB", (4, 4), (255, 128, 128)), "a.tif")
    assert _read(path).pixels.min() >= 250


def test_colour_profile_is_applied(tmp_path: Path) -> None:
    """Pixels of a picture with swapped primaries are brought to sRGB, transparent or not."""
    profile = _linear_profile()
    for mode in ("RGB", "RGBA"):
        image = Image.new(mode, (4, 4), (55, 55, 55))
        shown = _read(_saved(tmp_path, image, f"{mode}.png", icc_profile=profile)).pixels[1, 1]
        assert 120 < shown[0] < 136  # linear 0.2157 is about 128 in sRGB


def _linear_profile() -> bytes:
    """An RGB matrix profile with gamma 1 made from the sRGB one."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(data[128:132], "big")
    for entry in range(count):
        start = 132 + 12 * entry
        tag, offset = (
            bytes(data[start : start + 4]),
            int.from_bytes(data[start + 4 : start + 8], "big"),
        )
        if tag in (b"rTRC", b"gTRC", b"bTRC"):
            data[offset : offset + 12] = b"curv" + bytes(8)  # an empty curve is the identity
            data[start + 8 : start + 12] = (12).to_bytes(4, "big")
        if tag == b"desc":
            at = bytes(data).find("sRGB".encode("utf-16-be"), offset)
            data[at : at + 8] = "Line".encode("utf-16-be")
    return bytes(data)


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 200])
def test_broken_profile_is_ignored(tmp_path: Path, profile: bytes) -> None:
    """A profile that cannot be read changes nothing."""
    path = _saved(tmp_path, Image.new("RGB", (4, 4), (10, 20, 30)), icc_profile=profile)
    assert _read(path).pixels[0, 0].tolist() == [10, 20, 30]


def test_profile_of_another_space_is_ignored(tmp_path: Path) -> None:
    """An RGB profile in a grey picture changes nothing."""
    path = _saved(tmp_path, Image.new("L", (4, 4), 55), icc_profile=_linear_profile())
    assert _read(path).pixels[0, 0].tolist() == [55, 55, 55]


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_animation_gives_its_first_frame(tmp_path: Path, name: str) -> None:
    """Of GIF, WebP and PNG animations the first frame is read, and that is said."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, GREEN, BLUE)]
    path = tmp_path / name
    frames[0].save(path, save_all=True, append_images=frames[1:], lossless=True)
    picture = _read(path)
    assert picture.notes == ("first of 3 frames",)
    assert list(RED) == picture.pixels[4, 4].tolist()


def test_pages_of_a_tiff(tmp_path: Path) -> None:
    """Of a TIFF with twelve pages the first is read, and that is said."""
    pages = [Image.new("RGB", (8, 8), (n, 0, 0)) for n in range(12)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    picture = _read(tmp_path / "a.tif")
    assert picture.notes == ("first of 12 pages",)
    assert picture.pixels[4, 4].tolist() == [0, 0, 0]


def test_preview_in_a_jpeg_is_no_page(tmp_path: Path) -> None:
    """The further pictures in a camera's JPEG (MPO) are previews and not worth a note."""
    one, two = Image.new("RGB", (8, 8), RED), Image.new("RGB", (4, 4), BLUE)
    one.save(tmp_path / "a.jpg", "MPO", save_all=True, append_images=[two])
    picture = _read(tmp_path / "a.jpg")
    assert (picture.width, picture.notes) == (8, ())


@pytest.mark.parametrize(
    ("size", "longest", "expected"),
    [
        ((1000, 500), 100, (100, 50)),
        ((500, 1000), 100, (50, 100)),
        ((100, 50), 100, (100, 50)),
        ((60, 50), 100, (60, 50)),
        ((1001, 3), 100, (100, 1)),
        ((3, 1001), 100, (1, 100)),
        ((1, 1), 100, (1, 1)),
        ((333, 222), 100, (100, 67)),
    ],
)
@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_sizes(
    tmp_path: Path, name: str, size: tuple[int, int], longest: int, expected: tuple[int, int]
) -> None:
    """The longer side is at most what was asked for, proportions are kept, nothing is enlarged."""
    picture = _read(_saved(tmp_path, Image.new("RGB", size), name), longest)
    assert expected == picture.pixels.shape[1::-1]
    assert size == (picture.width, picture.height)


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_shrinking_is_close_to_plain_lanczos(tmp_path: Path, name: str) -> None:
    """Shortcuts (partial JPEG decoding, box means) differ little from resizing the whole."""
    small = Image.fromarray(_noise(16, 24)).resize((1200, 800), Image.Resampling.BICUBIC)
    path = _saved(tmp_path, small, name, quality=95)
    with Image.open(path) as whole:
        plain = np.asarray(whole.resize((120, 80), Image.Resampling.LANCZOS), dtype=float)
    error = np.abs(_read(path, 120).pixels - plain)
    assert (error.mean() < 1, error.max() < 12) == (True, True)


def test_strips_leave_no_seams(tmp_path: Path) -> None:
    """A picture that is shrunk strip by strip is the same as one that is shrunk at once."""
    pixels = np.add.outer(np.arange(3000), np.arange(2500)).astype(np.uint16) * 11
    path = _saved(tmp_path, Image.fromarray(pixels), "a.png")
    whole = Image.fromarray(np.floor(pixels / 257 + 0.5).astype(np.uint8))
    plain = whole.resize((250, 300), Image.Resampling.LANCZOS, reducing_gap=2.0)
    error = np.abs(_read(path, 300).pixels[..., 0].astype(int) - np.asarray(plain, dtype=int))
    assert error.max() <= 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty (0 bytes); replace it with an intact copy."),
        (b"just some text", "is not a picture; replace it with a jpg, png, tif, bmp, webp or gif"),
        (b"%PDF-1.7 ...", "is a PDF, not a picture that can be read"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "is an HTML page, not a picture"),
        (b"<svg xmlns=''/>", "is an SVG drawing, not a picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "is a HEIC, AVIF or video file, not a picture"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a Git LFS pointer whose picture"),
        (b"\x89PNG\r\n\x1a\n", "is damaged and cannot be decoded (its header makes no sense)"),
        (b"\xff\xd8\xff\xe0", "is damaged and cannot be decoded"),
        (b"GIF89a", "is damaged and cannot be decoded"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "is damaged and cannot be decoded"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "is not a picture"),
    ],
)
def test_what_is_no_picture(tmp_path: Path, data: bytes, sentence: str) -> None:
    """One sentence says what the file is instead, and what to do."""
    (tmp_path / "a.jpg").write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        _read(tmp_path / "a.jpg")
    assert caught.value.sentence.startswith("a.jpg: " + sentence)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.webp", "a.bmp", "a.gif"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("longest", [None, 20])
def test_truncated(tmp_path: Path, name: str, share: float, longest: int | None) -> None:
    """A file that ends too early is refused, whichever its format and however it is read."""
    path = _saved(tmp_path, Image.fromarray(_noise(100, 100)), name)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CorpusError, match="is damaged and cannot be decoded"):
        _read(path, longest)


def test_compressed_tiff_that_is_damaged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Damage in a compressed TIFF is one error, without the library's own chatter."""
    image = Image.fromarray(_noise(100, 100))
    path = _saved(tmp_path, image, "a.tif", compression="tiff_adobe_deflate")
    data = bytearray(path.read_bytes())
    data[2000:9000] = bytes(7000)
    path.write_bytes(data)
    with pytest.raises(CorpusError, match="is damaged"):
        _read(path)
    assert capfd.readouterr() == ("", "")


def test_damaged_png_checksum(tmp_path: Path) -> None:
    """A flipped byte in a PNG is found."""
    path = _saved(tmp_path, Image.fromarray(_noise(50, 50)))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(CorpusError, match="is damaged"):
        _read(path)


def test_folder_and_missing_file(tmp_path: Path) -> None:
    """What cannot be opened is an error in words."""
    with pytest.raises(CorpusError, match="cannot be read"):
        _read(tmp_path)
    with pytest.raises(CorpusError, match="cannot be read"):
        _read(tmp_path / "gone.png")


def test_warnings_do_not_leak(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Pillow's warnings reach nobody, neither as warnings nor on the terminal."""
    image = Image.new("P", (2, 1))
    image.putpalette([0, 0, 0, 0, 0, 0])
    path = _saved(tmp_path, image, transparency=bytes([255, 0]))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        _read(path)
        _read(_saved(tmp_path, _quadrants(), "b.jpg", exif=b"Exif\0\0II*\0\xff\xff"))
    assert caught == []
    assert capfd.readouterr() == ("", "")


def test_many_threads_leave_no_trace(tmp_path: Path) -> None:
    """Threads that read at once get what one alone gets; Pillow's settings are as before after."""
    paths = [_saved(tmp_path, Image.fromarray(_noise(200 + n, 200)), f"{n}.png") for n in range(8)]
    limit, filters = Image.MAX_IMAGE_PIXELS, list(warnings.filters)
    expected = [_read(path, 50).pixels for path in paths]
    results: dict[int, NDArray[np.uint8]] = {}

    def work(number: int) -> None:
        for _ in range(5):
            results[number] = _read(paths[number], 50).pixels

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(expected[n], results[n]) for n in range(8))
    assert (limit, filters) == (Image.MAX_IMAGE_PIXELS, list(warnings.filters))


def test_ground_is_the_border(tmp_path: Path) -> None:
    """The ground is the median of the border, whatever is drawn inside or crosses it."""
    pixels = np.full((100, 200, 3), (240, 230, 210), dtype=np.uint8)
    pixels[10:90, 10:190] = 0
    pixels[40:60] = (0, 0, 255)
    assert estimate_ground(pixels) == (240, 230, 210)


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (50, 1), (2, 2), (3, 3)])
def test_ground_of_tiny_pictures(shape: tuple[int, int]) -> None:
    """Pictures that are all border have a ground too."""
    assert estimate_ground(np.full((*shape, 3), (7, 8, 9), dtype=np.uint8)) == (7, 8, 9)
