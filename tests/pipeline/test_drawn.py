"""Pictures in black and white and drafts are made once for what a picture shows."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from PIL import Image as Picture

from builder.corpus.types import Corpus, Image
from builder.drawn import Drawn
from builder.intake import PictureStore
from builder.ledger import Ledger
from builder.progress import Silent
from builder.settings import Settings, parse
from builder.showing import Shown
from builder.workspace import Workspace


def drawn_picture(number: int) -> np.ndarray:
    pixels = np.full((260, 320, 3), (232, 220, 190), np.uint8)
    if number:
        cv2.circle(pixels, (160, 130), 90, (60, 40, 30), 3)
        cv2.line(pixels, (20, 240), (300, 240), (60, 40, 30), 3)
    return pixels


Make = Callable[..., Drawn]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(**tables: dict[str, object]) -> Drawn:
        settings: Settings = parse(tables)
        ledger = Ledger(Workspace(tmp_path), Silent(), dry_run=False)
        store = PictureStore(ledger.workspace, settings)
        files = []
        for number in (0, 1):
            path = tmp_path / f"{number}.png"
            Picture.fromarray(drawn_picture(number)).save(path)
            files.append((f"{number:064x}", path))
        store.add([one for one in files if one[0] not in store.known], 1, lambda _: None)
        hashes = [files[1][0], files[0][0], files[1][0]]
        images = tuple(
            Image(f"image-{at}", f"{at}.png", sha256, 320, 260, f"Image {at}")
            for at, sha256 in enumerate(hashes)
        )
        corpus = Corpus(images, (), (), (), ())
        return Drawn(ledger, Shown(store, corpus), corpus, settings)

    return made


def test_nothing_is_made_unless_asked_for(make: Make) -> None:
    """By default a catalogue has neither."""
    drawn = make()
    drawn.make(1)
    assert (list(drawn.files()), drawn.drawings()) == ([], ())


def test_ink_is_published_with_one_bit_a_pixel(make: Make) -> None:
    """Equal pictures share a file; ink is black, ground white."""
    drawn = make(ink={"publish": True})
    drawn.make(2)
    files = dict(drawn.files())
    assert list(files) == [f"images/image-{at}.ink.png" for at in range(3)]
    assert files["images/image-0.ink.png"] == files["images/image-2.ink.png"]
    with Picture.open(Path(str(files["images/image-0.ink.png"]))) as picture:
        assert (picture.mode, picture.size) == ("1", (320, 260))
        pixels = np.asarray(picture)
    assert (bool(pixels[240, 100]), bool(pixels[130, 160])) == (False, True)


def test_drafts_are_published_as_svg_and_for_geogebra(make: Make, tmp_path: Path) -> None:
    """Both hold the same lines; a picture without any has files too."""
    drawn = make(vectors={"enabled": True})
    drawn.make(2)
    files = dict(drawn.files())
    assert [path for path in files if path.startswith("items/image-0/")] == [
        "items/image-0/drawing.svg",
        "items/image-0/drawing.ggb",
    ]
    text = files["items/image-0/drawing.svg"]
    assert isinstance(text, bytes)
    tags = [one.tag.split("}")[1] for one in ElementTree.fromstring(text).iter()]
    assert (tags.count("line"), tags.count("circle"), tags.count("path")) == (1, 1, 0)
    path = tmp_path / "drawing.ggb"
    path.write_bytes(files["items/image-0/drawing.ggb"])  # type: ignore[arg-type]
    with zipfile.ZipFile(path) as archive:
        names = [
            one.get("name")
            for one in ElementTree.fromstring(archive.read("geogebra.xml")).iter("command")
        ]
    assert names == ["Segment", "Circle"]
    assert b"<line" not in files["items/image-1/drawing.svg"]  # type: ignore[operator]


def test_drafts_are_made_once(make: Make) -> None:
    """A second build reads what is there; a draft that was taken away is made anew, the same."""
    first = make(vectors={"enabled": True})
    first.make(1)
    kept = sorted(path for path in first._drafts.glob("*/*.json"))
    before = [path.read_bytes() for path in kept]
    marked = json.loads(before[0]) | {"pen": 99.0}
    kept[0].write_text(json.dumps(marked), encoding="utf-8")
    kept[1].unlink()
    second = make(vectors={"enabled": True})
    second.make(1)
    pens = {one.pen for one in second.drawings() if one is not None}
    assert 99.0 in pens
    assert kept[1].read_bytes() == before[1]


def test_what_nobody_needs_is_removed(make: Make) -> None:
    """A file of a picture that is gone goes; unsure lines are left out where asked."""
    drawn = make(vectors={"enabled": True, "least": 1.0})
    stale = drawn._drafts / "ab" / "ab.json"
    drawn.make(1)
    stale.parent.mkdir()
    stale.write_text("{}", encoding="utf-8")
    make(vectors={"enabled": True, "least": 1.0}).make(1)
    assert not stale.exists()
    assert all(one.confidence >= 1 for each in drawn.drawings() if each for one in each.found)
