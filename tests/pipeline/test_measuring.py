"""The stage: each content is measured once, whatever happens, and the curator overrules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support import draw, picture, tree

from builder.corpus.picture import read_picture
from builder.describing import Pictures
from builder.ledger import Ledger
from builder.measures.examine import table
from builder.measuring import STAGE, Judged, Measuring, judge
from builder.progress import Silent
from builder.settings.review import ReviewSettings
from builder.workspace import Workspace

GROUND = (255, 255, 255)


class Folder:
    """A folder of pictures that can be measured again and again."""

    def __init__(self, root: Path) -> None:
        self.root, self.decoded = root, list[str]()

    def add(self, name: str, image: Image.Image) -> None:
        (self.root / "images").mkdir(exist_ok=True)
        image.save(self.root / "images" / name)

    def measuring(self, dry_run: bool = False, copies: dict[str, str] | None = None) -> Measuring:
        """Names stand for content hashes; `copies` gives some the content of others."""
        names = sorted(path.name for path in (self.root / "images").iterdir())

        def load(name: str, longest: int) -> tuple[np.ndarray, tuple[int, int, int]]:
            self.decoded.append(name)
            return read_picture(self.root / "images" / name, longest, "#ffffff", 500).pixels, GROUND

        hashes = [(copies or {}).get(name, name) for name in names]
        pictures = Pictures(names, hashes, [""] * len(names), "#ffffff", load)
        sizes = [Image.open(self.root / "images" / name).size for name in names]
        return Measuring(Ledger(Workspace(self.root), Silent(), dry_run), pictures, sizes)

    def judged(self, settings: ReviewSettings | None = None, **options: object) -> Judged:
        measuring = self.measuring()
        measuring.run(2)
        return judge(measuring, settings or ReviewSettings(), self.root, **options)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    for number in range(4):
        draw(tmp_path / "images" / f"f{number}.png", number)
    return made


def test_every_content_is_measured_once(folder: Folder) -> None:
    """A second run decodes nothing; an added picture alone is measured."""
    folder.measuring().run(2)
    folder.measuring().run(2)
    assert sorted(folder.decoded) == ["f0.png", "f1.png", "f2.png", "f3.png"]

    draw(folder.root / "images" / "f9.png", 9)
    again = folder.measuring()
    again.run(1)

    assert folder.decoded[4:] == ["f9.png"]
    report = again.ledger.account(STAGE)
    assert (report.done, report.reused) == (1, 4)


def test_equal_contents_share_what_is_measured(folder: Folder) -> None:
    """Two images of one content are decoded once and get equal numbers."""
    measuring = folder.measuring(copies={"f1.png": "f0.png"})
    measuring.run(2)

    one, two = measuring.examined()[:2]

    assert "f1.png" not in folder.decoded
    assert one is two


def test_numbers_are_the_same_from_disk_and_for_any_number_of_threads(folder: Folder) -> None:
    """What is read back equals what was measured, to the last bit, and files are equal."""
    first = folder.measuring()
    first.run(1)
    kept = first.path.read_bytes()
    second = folder.measuring()
    first.path.unlink()
    third = folder.measuring()
    third.run(4)

    assert third.path.read_bytes() == kept
    for one, two in zip(
        table(first.examined()).columns, table(second.examined()).columns, strict=True
    ):
        assert np.array_equal(one.values, two.values, equal_nan=True)


def test_a_line_cut_short_is_measured_again(folder: Folder) -> None:
    """After a kill in the middle of a line the rest is kept."""
    measuring = folder.measuring()
    measuring.run(1)
    whole = measuring.path.read_bytes()
    measuring.path.write_bytes(whole[:-40])
    folder.decoded.clear()

    again = folder.measuring()
    again.run(1)

    assert folder.decoded == ["f3.png"]
    assert again.path.read_bytes() == whole


def test_a_dry_run_measures_and_writes_nothing(folder: Folder) -> None:
    """It counts what is missing and leaves the folder as it is."""
    before = tree(folder.root)

    measuring = folder.measuring(dry_run=True)
    measuring.run(2)

    assert tree(folder.root) == before
    assert measuring.ledger.account(STAGE).done == 4


def test_the_curators_table_overrules_and_stays(folder: Folder) -> None:
    """review.csv decides, is not touched, and its wrong lines are problems."""
    text = "image,kind,note\nf1.png,fragment,cut\nf8.png,ok,gone\n"
    review = folder.root / "review.csv"
    review.write_text(text, encoding="utf-8")

    first, second = folder.judged(), folder.judged()

    assert (first.kinds[1], first.verdicts[1].by) == ("fragment", "curator")
    assert [problem.problem for problem in first.problems] == ['line 3: there is no image "f8.png"']
    assert first.verdicts == second.verdicts
    assert review.read_text(encoding="utf-8") == text


def test_a_review_that_cannot_be_read_is_a_problem(folder: Folder) -> None:
    """A folder in its place stops nothing."""
    (folder.root / "review.csv").mkdir()

    judged = folder.judged()

    assert len(judged.verdicts) == 4
    assert [problem.path for problem in judged.problems] == ["review.csv"]


def test_what_repeats_is_looked_for_once(folder: Folder) -> None:
    """Judging again reads the near duplicates from disk, and finds the same."""
    draw(folder.root / "images" / "z.png", 0)
    first = folder.judged()
    made = sorted(path.name for path in (folder.root / ".volvelle").glob("twins-*"))

    again = folder.measuring()
    second = judge(again, ReviewSettings(), folder.root)

    assert len(made) == 1
    assert (again.ledger.account(STAGE).done, second.verdicts) == (0, first.verdicts)
    assert (second.kinds[-1], second.verdicts[-1].other) == ("duplicate", 0)


def test_odd_files_are_measured(folder: Folder) -> None:
    """One pixel, one row, 16 bits, transparent, black and white: numbers for all, none infinite."""
    ramp = np.linspace(0, 65535, 80 * 60).reshape(60, 80).astype(np.uint16)
    folder.add("a.png", Image.new("RGB", (1, 1), "red"))
    folder.add("b.png", Image.new("L", (300, 1), 7))
    folder.add("c.png", Image.fromarray(ramp))
    folder.add("d.png", Image.new("RGBA", (60, 80), (0, 0, 0, 0)))
    folder.add("e.png", Image.new("RGB", (60, 80), "black"))
    folder.add("f.png", Image.new("1", (60, 80), 1))

    judged = folder.judged()

    assert len(judged.verdicts) == 10
    assert not any(np.isinf(column.values).any() for column in judged.measures.columns)
    assert {judged.kinds[row] for row in (3, 4, 5)} == {"blank"}


@pytest.mark.parametrize(("alike", "kind"), [(0.9, "duplicate"), (-1.0, "ok")])
def test_a_view_confirms_near_duplicates(folder: Folder, alike: float, kind: str) -> None:
    """A repainted copy is a duplicate only if the view has it among the nearest."""
    pixels = np.minimum(picture(0, (180, 140)).astype(int) + 3, 255).astype(np.uint8)
    for number in range(12):
        draw(folder.root / "images" / f"g{number}.png", 50 + number)
    Image.fromarray(picture(0, (180, 140))).save(folder.root / "images" / "f0.png")
    folder.add("z.png", Image.fromarray(pixels))
    n = 17
    matrix = np.zeros((n, n), np.float32)
    matrix[-1, 0] = matrix[0, -1] = alike

    judged = folder.judged(likeness=(matrix, np.arange(n)))

    assert judged.kinds[-1] == kind


def test_near_duplicates_can_be_turned_off(folder: Folder) -> None:
    """Then only equal files are duplicates."""
    pixels = np.minimum(picture(0).astype(int) + 3, 255).astype(np.uint8)
    folder.add("z.png", Image.fromarray(pixels))

    assert folder.judged().kinds[-1] == "duplicate"
    assert folder.judged(ReviewSettings(duplicates=False)).kinds[-1] != "duplicate"
