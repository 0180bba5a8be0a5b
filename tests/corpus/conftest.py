"""Small pictures, sound and broken, made where they are needed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

MakePng = Callable[..., Path]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.fixture
def flat_png(tmp_path: Path) -> MakePng:
    """Write a PNG of one grey level, row by row, however large."""

    def make(width: int, height: int, level: int = 200, name: str = "flat.png") -> Path:
        path = tmp_path / name
        packer = zlib.compressobj(1)
        row = b"\0" + bytes([level]) * width
        with path.open("wb") as stream:
            stream.write(b"\x89PNG\r\n\x1a\n")
            stream.write(_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)))
            for _ in range(height):
                if data := packer.compress(row):
                    stream.write(_chunk(b"IDAT", data))
            stream.write(_chunk(b"IDAT", packer.flush()) + _chunk(b"IEND", b""))
        return path

    return make
