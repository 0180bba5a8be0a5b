"""The reading of real collections, where VOLVELLE_REAL_DATA names a folder of them."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from builder.corpus.assemble import assemble
from builder.corpus.guess import guess_columns
from builder.corpus.metadata import read_metadata
from builder.corpus.picture import read_picture
from builder.corpus.register import Register
from builder.corpus.scan import digest, scan
from builder.corpus.types import ReadFile
from builder.settings import Settings

_FOLDER = os.environ.get("VOLVELLE_REAL_DATA", "")
_SETS = sorted(path.parent for path in Path(_FOLDER).glob("*/metadata.csv")) if _FOLDER else []

pytestmark = pytest.mark.skipif(not _SETS, reason="VOLVELLE_REAL_DATA names no collections")


@pytest.mark.parametrize("folder", _SETS, ids=lambda folder: folder.name)
def test_collection_is_read_whole(folder: Path) -> None:
    """Every image of a collection is joined with its row, dated where it is, and has its id."""
    found = scan(folder / "images")
    assert found.problems == ()
    files = []
    for file in found.files:
        with Image.open(file.absolute) as image:
            files.append(ReadFile(file.path, digest(file.absolute), *image.size))
    table = read_metadata(folder / "metadata.csv", Settings().metadata)
    corpus, register = assemble(files, table, Register(), Settings(), "2026-11-24")
    assert corpus.problems == ()
    assert len(files) == len(corpus.images) == len({image.id for image in corpus.images})
    assert all(image.title and image.source for image in corpus.images)
    assert (corpus, register) == assemble(files, table, register, Settings(), "2027-01-01")
    guessed = guess_columns(table.columns, [row.cells for row in table.rows])
    assert {role: role for role in ("filename", "title", "source", "date")} == guessed


@pytest.mark.parametrize("folder", _SETS, ids=lambda folder: folder.name)
def test_pictures_look_as_pillow_shows_them(folder: Path) -> None:
    """A sample of opaque pictures differs little from Pillow's own conversion and resizing."""
    for file in scan(folder / "images").files[::40]:
        with Image.open(file.absolute) as image:
            if "transparency" in image.info or image.info.get("icc_profile"):
                continue
            plain = image.convert("RGB")
            plain.thumbnail((160, 160), Image.Resampling.LANCZOS, reducing_gap=None)
        ours = read_picture(file.absolute, 160, "#ffffff", 500).pixels.astype(float)
        if ours.shape == (plain.height, plain.width, 3):
            assert np.abs(ours - np.asarray(plain, dtype=float)).mean() < 3, file.path
