"""`volvelle export`: tables and graphs, features, figures, and bad input."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from PIL import Image
from support import tree


@pytest.fixture
def copy(pairs: Path, tmp_path: Path) -> Path:
    """The built catalogue, to be spoilt."""
    return Path(shutil.copytree(pairs, tmp_path / "copy"))


def test_files_are_those_of_the_site(pairs: Path, tmp_path: Path, volvelle) -> None:
    """The same bytes, wherever they are written."""
    ran = volvelle("export", pairs, "--to", tmp_path / "out")

    assert ran.code == 0
    assert tree(tmp_path / "out") == tree(pairs / "site/exports")
    assert len(ran.out.splitlines()) == len(tree(tmp_path / "out"))


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_figure_is_drawn(ending: str, pairs: Path, tmp_path: Path, volvelle) -> None:
    """Of the view and layout that are asked for, as the name ends; equal bytes each time."""
    path = tmp_path / f"new/map.{ending.upper()}"
    words = ("export", pairs, "--figure", path, "--view", "form", "--layout", "grid", "--dpi", 72)

    first = volvelle(*words)
    before = path.read_bytes()
    volvelle(*words)

    assert (first.code, first.out) == (0, f"{path}\n")
    assert before.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[ending])
    assert path.read_bytes() == before


def test_a_figure_is_as_broad_as_asked_for(pairs: Path, tmp_path: Path, volvelle) -> None:
    """Millimetres by dots per inch."""
    volvelle("export", pairs, "--figure", tmp_path / "a.png", "--width", 90, "--dpi", 254)

    assert abs(Image.open(tmp_path / "a.png").width - 900) <= 1


def test_features_are_written_on_request(pairs: Path, tmp_path: Path, volvelle) -> None:
    """A vector an image; likes are nearer than strangers."""
    ran = volvelle("export", pairs, "--features", "form", "--to", tmp_path)
    table = pq.read_table(tmp_path / "features-form.parquet").to_pydict()

    assert ran.out == f"{tmp_path / 'features-form.parquet'}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["features-form.parquet"]
    vectors = np.array(table["vector"])
    distances = np.linalg.norm(vectors[:, None] - vectors, axis=2) + 1e9 * np.eye(len(vectors))
    nearest = [table["id"][at][:2] for at in distances.argmin(axis=1)]
    assert [name[:2] for name in table["id"]] == nearest


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (
            ["--figure", "a.svg", "--view", "from"],
            2,
            'there is no view "from"; did you mean "form"?',
        ),
        (["--figure", "a.svg", "--view", "x"], 2, 'no view "x"; views are: look, form, both.'),
        (["--figure", "a.svg", "--layout", "gird"], 2, 'layout "gird"; did you mean "grid"?'),
        (["--figure", "a.svg", "--layout", "x"], 2, 'no layout "x"; layouts are: map, grid'),
        (["--figure", "a.svg", "--clusters", "x"], 2, 'there is no clustering "x"'),
        (["--figure", "a.gif"], 2, '".gif" is no kind of figure; end the name in .svg, .png or'),
        (["--figure", "map"], 2, "names no kind of figure"),
        (["--figure", "a.png", "--width", "1"], 2, "--width 1 is out of range; give 40 to 1000 mm"),
        (["--figure", "a.png", "--dpi", "9999"], 2, "--dpi 9999 is out of range"),
        (["--features", "lok"], 2, 'there is no view "lok"; did you mean "look"?'),
        (["--figure", "file/a.png", "--dpi", "72"], 1, "cannot be written (not a directory)"),
        (["--to", "file"], 1, "cannot be written"),
    ],
)
def test_bad_words_are_told(
    words: list[str], code: int, told: str, pairs: Path, tmp_path: Path, volvelle, monkeypatch
) -> None:
    """One sentence each, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("a file, no folder")

    ran = volvelle("export", pairs, *words)

    assert ran.code == code
    assert told in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_without_thumbnails_there_is_no_figure(copy: Path, tmp_path: Path, volvelle) -> None:
    """It says how to get them back."""
    for path in copy.glob(".volvelle/pictures-*/*/*.thumb.webp"):
        path.write_bytes(b"no picture")

    ran = volvelle("export", copy, "--figure", tmp_path / "a.png")

    assert (ran.code, (tmp_path / "a.png").exists()) == (1, False)
    assert ran.err == "volvelle: no image has a thumbnail; run volvelle build.\n"


def test_a_catalogue_must_be_built(tmp_path: Path, volvelle) -> None:
    """Else there is nothing to export."""
    (tmp_path / "images").mkdir()
    Image.new("RGB", (40, 40)).save(tmp_path / "images/a.png")

    ran = volvelle("export", tmp_path, "--figure", tmp_path / "a.png")

    assert ran.code == 1
    assert "the catalogue is not built, or changed since; run volvelle build" in ran.err
