"""The demonstration corpus as a whole: files, counts, truth and sameness."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from builder import settings
from builder.demo import Drawn, draw
from builder.demo.corpus import picture
from builder.demo.kinds import KINDS
from builder.demo.metadata import metadata_text
from builder.demo.paint import Picture
from builder.demo.plan import Piece, plan
from builder.errors import OutputError

SEED = 3


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus, one design of each kind, drawn by two processes."""
    folder = tmp_path_factory.mktemp("demo") / "small"
    draw(folder, SEED, designs_per_kind=1, workers=2)
    return folder


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _truth(corpus: Path) -> dict[str, dict[str, object]]:
    images: dict[str, dict[str, object]] = json.loads((corpus / "truth.json").read_text())["images"]
    return images


def _sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _ink(pixels: Picture) -> NDArray[np.float64]:
    """What is darker than its surroundings, 128 by 128, mean 0 and deviation 1."""
    small = Image.fromarray(pixels).convert("L").resize((128, 128))
    smooth = small.filter(ImageFilter.GaussianBlur(6))
    values = np.clip(np.asarray(smooth, float) - np.asarray(small, float), 0, None)
    return np.asarray((values - values.mean()) / values.std())


def _likeness(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    """Greatest correlation over all shifts."""
    product = np.fft.fft2(one) * np.conj(np.fft.fft2(two))
    return float(np.fft.ifft2(product).real.max() / one.size)


def test_same_seed_gives_same_bytes_for_any_number_of_workers(corpus: Path, tmp_path: Path) -> None:
    """A second drawing, by one process into an empty folder, is byte-equal; progress counts up."""
    seen: list[int] = []
    folder = tmp_path / "again"
    folder.mkdir()
    drawn = draw(folder, SEED, seen.append, designs_per_kind=1, workers=1)
    assert _sums(corpus) == _sums(folder)
    count = len(plan(SEED, 1))
    assert Drawn(count, len(KINDS), 9) == drawn
    assert list(range(1, count + 1)) == seen


def test_another_seed_gives_other_pictures_and_metadata() -> None:
    """The same design number in the same manuscript looks different under another seed."""
    piece = Piece("B", "wheel", 0, True, "001r", 1)
    one, _ = picture(piece, 1)
    two, _ = picture(piece, 2)
    assert one.shape != two.shape or not np.array_equal(one, two)
    assert metadata_text(plan(1, 1), 1) != metadata_text(plan(2, 1), 2)


@pytest.mark.parametrize("seed", [1, 2, 77])
def test_full_corpus_has_about_six_hundred_images(seed: int) -> None:
    """Twelve designs of twelve kinds, each in four or five manuscripts, and false detections."""
    pieces = plan(seed, 12)
    assert 570 <= len(pieces) <= 660
    copies: dict[str, set[str]] = {}
    for piece in pieces:
        if piece.diagram:
            assert piece.siglum not in copies.setdefault(piece.design, set())
            copies[piece.design].add(piece.siglum)
    assert len(KINDS) * 12 == len(copies)
    assert {4, 5} == {len(sigla) for sigla in copies.values()}
    strays = [piece.kind for piece in pieces if not piece.diagram]
    assert 35 <= len(strays) <= 45
    assert {"blank", "text", "smudge", "ornament"} == set(strays)
    assert len(pieces) == len({piece.id for piece in pieces})
    assert len(pieces) == len({piece.filename for piece in pieces})


def test_every_row_has_its_image_and_every_image_its_row(corpus: Path) -> None:
    """File names in metadata.csv are exactly the files; each opens as RGB of 420 to 760 pixels."""
    rows = _rows(corpus / "metadata.csv")
    files = {
        path.relative_to(corpus / "images").as_posix()
        for path in (corpus / "images").rglob("*")
        if path.is_file()
    }
    assert files == {row["filename"] for row in rows}
    for row in rows:
        with Image.open(corpus / "images" / row["filename"]) as image:
            image.load()
            assert image.mode == "RGB"
            assert 420 <= max(image.size) <= 760
            assert min(image.size) >= 120
        assert re.fullmatch(r"ms-[a-i]-f\d{3}[rv]-\d", row["id"])
        assert row["title"]
        assert row["source"]


def test_groups_are_the_designs_of_the_truth(corpus: Path) -> None:
    """groups.csv lists each copy with its design, and no false detection."""
    groups = {row["image"]: row["group"] for row in _rows(corpus / "groups.csv")}
    truth = _truth(corpus)
    assert {name: fact["design"] for name, fact in truth.items() if fact["design"]} == groups
    assert {row["id"] for row in _rows(corpus / "metadata.csv")} == set(truth)
    for fact in truth.values():
        assert (fact["design"] is None) == (fact["false_detection"] is not None)


def test_false_detections_are_not_given_away_by_the_metadata(corpus: Path) -> None:
    """A false detection has no subject, or is called unidentified."""
    truth = _truth(corpus)
    for row in _rows(corpus / "metadata.csv"):
        stray = truth[row["id"]]["false_detection"] is not None
        assert stray == (row["subject"] in ("", "unidentified"))


def test_settings_of_the_corpus_parse(corpus: Path) -> None:
    """catalogue.toml names columns that metadata.csv has."""
    found = settings.read(corpus)
    columns = set(_rows(corpus / "metadata.csv")[0])
    assert found.catalogue.title == "Circles of the heavens"
    assert "program" in found.catalogue.description
    assert set(found.metadata.facets or ()) <= columns
    named = {getattr(found.metadata, key) for key in ("id", "filename", "title", "source", "date")}
    assert named <= columns


def test_dates_are_uncertain_in_the_usual_ways() -> None:
    """Years, ranges, centuries, "c.", "before", doubtful ones and empty ones all occur."""
    rows = csv.DictReader(metadata_text(plan(1, 12), 1).splitlines())
    dates = {row["date"] for row in rows}
    ways = (
        r"", r"\d{4}", r"c\. \d{4}", r"\d{4}-\d{4}", r"\d+th century", r"late \d+th century",
        r"before \d{4}", r"\d{4}\?", r"s\. [ivx]+ in\.", r"second half of the \d+th century",
    )  # fmt: skip
    for way in ways:
        assert any(re.fullmatch(way, date) for date in dates), way


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("mirror", [0, 4])
def test_turns_are_quarter_turns_with_the_clock(turns: int, mirror: int) -> None:
    """A turned copy is the unturned picture, turned, pixel by pixel."""
    piece = Piece("G", "parallax", 2, True, "001r", 1)
    upright, first = picture(piece, SEED, mirror)
    turned, fact = picture(piece, SEED, mirror + turns)
    assert mirror == first["orientation"]
    assert mirror + turns == fact["orientation"]
    np.testing.assert_array_equal(np.rot90(upright, -turns), turned)


@pytest.mark.parametrize("kind", ["parallax", "epicycle", "phases"])
def test_mirrored_copies_are_mirrored(kind: str) -> None:
    """A mirrored copy, mirrored back, is nearer to the plain copy than it is as it stands."""
    piece = Piece("D", kind, 2, True, "001r", 1)
    plain, mirrored = (_ink(picture(piece, SEED, orientation)[0]) for orientation in (0, 4))
    assert _likeness(plain, mirrored[:, ::-1]) > _likeness(plain, mirrored) + 0.05


def test_orientation_of_the_truth_is_that_of_the_file(corpus: Path) -> None:
    """Drawing with the orientation that the truth tells gives what is in the file's place."""
    truth = _truth(corpus)
    changed = [piece for piece in plan(SEED, 1) if truth[piece.id].get("orientation")]
    assert changed
    for piece in changed[:4]:
        pixels, _ = picture(piece, SEED, int(str(truth[piece.id]["orientation"])))
        with Image.open(corpus / "images" / piece.filename) as image:
            there = np.asarray(image.convert("RGB"), float)
        assert there.shape == pixels.shape
        assert np.abs(there - pixels).mean() < 6


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    """Nothing is overwritten: the error names the folder and a remedy."""
    kept = tmp_path / "catalogue.toml"
    kept.write_text("mine")
    with pytest.raises(OutputError, match="is not an empty folder; name another folder"):
        draw(tmp_path, designs_per_kind=1)
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue.toml"]
    assert kept.read_text() == "mine"


def test_what_an_interrupted_drawing_left_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure in the middle leaves no half corpus; a folder with such leavings is accepted."""
    (tmp_path / ".drawing" / "images").mkdir(parents=True)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("builder.demo.corpus._draw_one", fail)
    with pytest.raises(OutputError, match="No space left on device"):
        draw(tmp_path, designs_per_kind=1, workers=1)
    assert list(tmp_path.iterdir()) == []


def test_the_truth_says_where_designs_lie(corpus: Path) -> None:
    """Two copies of a design, each undone by its placement, show the same lines."""
    truth = _truth(corpus)
    rows = {row["id"]: row["filename"] for row in _rows(corpus / "metadata.csv")}
    by_design: dict[str, list[str]] = {}
    for image, entry in truth.items():
        if entry["design"]:
            by_design.setdefault(str(entry["design"]), []).append(image)
    in_unit = np.array([[32.0, 0, 64], [0, 32, 64]])
    found = []
    for images in by_design.values():
        drawings = []
        for image in images[:2]:
            pixels = np.asarray(Image.open(corpus / "images" / rows[image]).convert("L"), float)
            values = truth[image]["placement"]
            assert isinstance(values, list)
            place = np.vstack([np.array(values).reshape(2, 3), [0, 0, 1]])
            undone = place @ np.linalg.inv(np.vstack([in_unit, [0, 0, 1]]))
            xs, ys = np.meshgrid(np.arange(128) + 0.5, np.arange(128) + 0.5)
            at = (undone @ np.stack([xs.ravel(), ys.ravel(), np.ones(128 * 128)]))[:2].astype(int)
            columns, lines = np.clip(at, 0, [[pixels.shape[1] - 1], [pixels.shape[0] - 1]])
            grey = pixels[lines, columns].reshape(128, 128).astype(np.uint8)
            drawings.append(_ink(np.repeat(grey[..., None], 3, axis=2)))
        found.append(float((drawings[0] * drawings[1]).mean()))

    assert np.median(found) > 0.3
