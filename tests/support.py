"""Small pictures and folders for tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SETTINGS = """
[[views]]
name = "look"
size = 64
layer = "blocks.3"
"""
"""A small network input keeps tests quick; everything else is as users have it."""


def draw(path: Path, seed: int, size: tuple[int, int] = (90, 70)) -> None:
    """A small diagram, as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture(seed, size)).save(path)


def picture(seed: int, size: tuple[int, int] = (90, 70)) -> np.ndarray:
    """A small diagram: a few circles and lines that differ with the seed, (h, w, 3) RGB."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", size, tuple(int(v) for v in rng.integers(200, 256, 3)))
    pen = ImageDraw.Draw(image)
    for _ in range(4):
        x, y, r = (int(v) for v in rng.integers(8, 60, 3))
        pen.ellipse((x - r // 2, y - r // 2, x + r // 2, y + r // 2), outline=(60, 30, 10), width=2)
        pen.line([int(v) for v in rng.integers(0, 80, 4)], fill=(150, 20, 20), width=2)
    return np.asarray(image)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
