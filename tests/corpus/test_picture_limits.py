from __future__ import annotations

import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from builder.corpus.picture import read_picture
from builder.errors import CorpusError

MakePng = Callable[..., Path]


def test_thirty_thousand_square(tmp_path: Path) -> None:
    """A real PNG of 30,000 x 30,000 pixels is refused at once, and the setting is named."""
    path = tmp_path / "huge.png"
    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(bytes(30_001)) for _ in range(30_000)) + packer.flush()
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    chunks = b""
    for kind, data in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")):
        chunks += struct.pack(">I", len(data)) + kind + data
        chunks += struct.pack(">I", zlib.crc32(kind + data))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    started = time.perf_counter()
    with pytest.raises(CorpusError) as caught:
        read_picture(path, 320, "#ffffff", 500)
    assert time.perf_counter() - started < 1
    expected = (
        "huge.png: has 30000 x 30000 pixels (900 megapixels), more than images.max_megapixels = "
        "500 allows; make the picture smaller, or raise images.max_megapixels in catalogue.toml."
    )
    assert expected == caught.value.sentence


def test_limit_is_exact(flat_png: MakePng) -> None:
    """A picture of exactly the limit is read, one with a row more is not."""
    assert read_picture(flat_png(1000, 1000), 10, "#ffffff", 1).width == 1000
    with pytest.raises(CorpusError, match=r"images\.max_megapixels = 1 "):
        read_picture(flat_png(1000, 1001), 10, "#ffffff", 1)


def test_our_limit_counts_and_not_pillows(
    flat_png: MakePng, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pillow's own limit on pixels neither refuses nor warns, and is restored after."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert read_picture(flat_png(500, 500), 10, "#ffffff", 500).pixels.shape == (10, 10, 3)
    assert Image.MAX_IMAGE_PIXELS == 100


def test_memory_of_a_large_picture(flat_png: MakePng) -> None:
    """A grey PNG of 100 megapixels takes little more than its own 100 MB while it is shrunk."""
    pytest.importorskip("resource")
    path = flat_png(10_000, 10_000)
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from builder.corpus.picture import read_picture\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "picture = read_picture(Path(sys.argv[1]), 320, '#ffffff', 500)\n"
        "assert picture.pixels.shape == (320, 320, 3) and (picture.pixels == 200).all()\n"
        "print((peak() - before) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 160


def test_large_jpeg_is_decoded_small(tmp_path: Path) -> None:
    """A JPEG of 64 megapixels is decoded at an eighth: far less than its 190 MB are taken."""
    pytest.importorskip("resource")
    path = tmp_path / "large.jpg"
    Image.new("RGB", (8000, 8000), (200, 100, 50)).save(path)
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from builder.corpus.picture import read_picture\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "picture = read_picture(Path(sys.argv[1]), 320, '#ffffff', 500)\n"
        "assert (picture.width, picture.height) == (8000, 8000)\n"
        "print((peak() - before) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 60
