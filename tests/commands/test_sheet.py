"""`info --preparation`, and what `info` tells of networks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support import draw

from builder.commands.sheet import contact_sheet

PREPARATIONS = ("colour", "grey", "ink", "lines", "pieces")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five drawings, and a sixth on which nothing is drawn."""
    for number in range(5):
        draw(tmp_path / f"images/{number}.png", number)
    Image.new("RGB", (90, 70), "white").save(tmp_path / "images/5.png")
    return tmp_path


def pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB"))


@pytest.mark.parametrize("preparation", PREPARATIONS)
def test_a_sheet_of_each_preparation(
    preparation: str, folder: Path, volvelle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written where one is, unless told otherwise; nothing has to be built."""
    monkeypatch.chdir(folder)

    ran = volvelle("info", folder, "--preparation", preparation, "--json")

    assert ran.code == 0
    assert (ran.json["sheet"], ran.json["images"]) == (f"preparation-{preparation}.png", 6)
    assert ran.json["how"]
    assert pixels(folder / f"preparation-{preparation}.png").shape[2] == 3
    assert not (folder / ".volvelle").exists()


def test_each_preparation_shows_something_else(folder: Path, tmp_path: Path) -> None:
    """Only colour has colours of its own beside the original; what is drawn in ink is black."""
    sheets = {
        name: pixels(contact_sheet(folder, name, to=tmp_path / f"{name}.png").path)
        for name in PREPARATIONS
    }

    # The same place on all: the second square of the first image.
    cells = {name: sheet[12:140, 140:268].astype(int) for name, sheet in sheets.items()}
    coloured = {name: np.ptp(cell, axis=2).max() > 40 for name, cell in cells.items()}
    assert coloured == {name: name == "colour" for name in PREPARATIONS}
    assert cells["ink"].min() < 30
    assert len({cell.tobytes() for cell in cells.values()}) == len(PREPARATIONS)


def test_nothing_drawn_leaves_no_piece(folder: Path) -> None:
    """Beside such a picture the sheet is paper."""
    for number in range(5):
        (folder / f"images/{number}.png").unlink()

    sheet = pixels(contact_sheet(folder, "pieces", to=folder / "sheet.png").path)

    assert sheet.shape[1] < 2 * 128 + 24


def test_a_large_catalogue_is_sampled_evenly(tmp_path: Path) -> None:
    """First and last are there, and steps are equal up to rounding."""
    for number in range(30):
        draw(tmp_path / f"images/{number:02}.png", number, size=(40, 40))

    sheet = contact_sheet(tmp_path, "grey", to=tmp_path / "sheet.png", count=7)

    numbers = [int(name[:2]) for name in sheet.images]
    assert numbers == [round(step * 29 / 6) for step in range(7)]


def test_settings_of_a_view_are_taken(folder: Path) -> None:
    """Of the one that is named, else of the first that has the preparation."""
    (folder / "catalogue.toml").write_text(
        '[[views]]\nname = "one"\npreparation = "ink"\nsize = 96\n'
        '[[views]]\nname = "two"\npreparation = "ink"\nsize = 64\n'
    )

    sizes = [
        contact_sheet(folder, "ink", view, folder / "sheet.png").descriptor.size
        for view in ("", "one", "two")
    ]

    assert sizes == [96, 96, 64]


def test_a_damaged_picture_is_named(folder: Path, volvelle) -> None:
    """The others are on the sheet."""
    (folder / "images/2.png").write_bytes(b"\x89PNG\r\n\x1a\n half a picture")

    ran = volvelle("info", folder, "--preparation", "grey", "--to", folder / "s.png", "--json")

    assert (ran.code, ran.json["images"]) == (1, 5)
    assert "2.png: is damaged" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "answer"),
    [
        (["--preparation", "sepia"], 2, "preparations are: colour, grey, ink, lines, pieces"),
        (["--preparation", "ink", "--view", "x"], 2, "views are: likeness, form, look"),
        (["--preparation", "ink", "--view", "look"], 2, "leave out --view"),
        (["--layers", "lite1"], 2, 'did you mean "lite0"?'),
    ],
)
def test_what_is_not_there(words: list[str], code: int, answer: str, folder, volvelle) -> None:
    """One sentence each."""
    ran = volvelle("info", folder, *words)

    assert ran.code == code
    assert answer in ran.err


def test_an_empty_catalogue_has_no_sheet(tmp_path: Path, volvelle) -> None:
    """It says what to do."""
    ran = volvelle("info", tmp_path, "--preparation", "grey")

    assert ran.code == 1
    assert "holds no image that can be read" in ran.err


def test_layers_are_told_with_their_shapes(volvelle) -> None:
    """For the size that is asked about."""
    small = volvelle("info", "--layers", "lite0", "--size", 64, "--json").json

    assert small["layers"]["blocks.4"] == "112 x 4 x 4, one cell for 16 px"
    assert "lite0" in volvelle("info", "--backbones").out
