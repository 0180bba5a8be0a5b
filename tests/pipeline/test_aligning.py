"""Relatives laid over each other: each pair once, again whole after a kill."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import jsonschema
import numpy as np

from builder.aligning import Aligning, mark, pairs_of, view_of
from builder.corpus.alignments import ByHand
from builder.describing import Picture, Pictures
from builder.ledger import Ledger
from builder.pages import data
from builder.pages.alignments import alignments
from builder.progress import Silent
from builder.settings import AlignSettings, Settings
from builder.similarity.types import NeighbourList, Neighbours
from builder.workspace import Workspace

SIDE = 240


def drawn(name: str) -> np.ndarray:
    """A triangle in a circle with a square beside it; "copy" is "one" mirrored."""
    picture = np.full((SIDE, SIDE, 3), 245, np.uint8)
    if name in ("one", "copy"):
        cv2.circle(picture, (90, 100), 70, (20, 20, 20), 2)
        corners = np.array([[90, 30], [150, 136], [30, 136]])
        cv2.polylines(picture, [corners], True, (20, 20, 20), 2)
        cv2.rectangle(picture, (150, 150), (225, 215), (20, 20, 20), 2)
    return np.ascontiguousarray(picture[:, ::-1] if name == "copy" else picture)


def aligning(folder: Path, asked: list[str], dry_run: bool = False) -> Aligning:
    def load(sha256: str, longest: int) -> Picture:
        asked.append(sha256)
        return drawn(sha256), (245, 245, 245)

    hashes = ["one", "copy", "one", "blank"]
    pictures = Pictures([str(row) for row in range(4)], hashes, [""] * 4, "#ffffff", load)
    ledger = Ledger(Workspace(folder), Silent(), dry_run)
    return Aligning(ledger, pictures, [(SIDE, SIDE)] * 4, AlignSettings())


PAIRS = [(0, 1), (0, 2), (0, 3), (1, 2)]


def test_every_pair_of_pictures_is_laid_once(tmp_path: Path) -> None:
    """Equal pictures share what was found; the second time nothing is decoded; same bytes."""
    asked: list[str] = []
    first = aligning(tmp_path, asked)
    first.run(PAIRS, 2)
    again = aligning(tmp_path, asked)
    again.run(PAIRS, 2)
    found = again.of(PAIRS)

    assert sorted(asked) == ["blank", "copy", "one"]
    assert mark(found) == mark(first.of(PAIRS))
    assert [{0, 1}, {0, 2}, {1, 2}] == [{one.a, one.b} for one in found]
    assert [one.found.orientation for one in found] == [4, 0, 4]
    assert all(one.found.accepted for one in found)


def test_a_kill_loses_the_pair_at_hand(tmp_path: Path) -> None:
    """A line cut short is laid again, the others are not."""
    whole = aligning(tmp_path, [])
    whole.run(PAIRS, 1)
    (path,) = (tmp_path / ".volvelle").glob("aligned-*.jsonl")
    before = path.read_bytes()
    path.write_bytes(before[:-9])
    asked: list[str] = []
    again = aligning(tmp_path, asked)
    again.run(PAIRS, 1)

    assert before == path.read_bytes()
    assert asked == []


def test_a_dry_run_says_what_would_be_laid(tmp_path: Path) -> None:
    """And writes nothing."""
    dry = aligning(tmp_path, [], dry_run=True)
    dry.run(PAIRS, 1)

    assert dry.of(PAIRS) == ()
    assert not (tmp_path / ".volvelle").exists()


def test_the_document_fits_its_schema(tmp_path: Path) -> None:
    """What was computed, and what was made by hand, with who made it."""
    made = aligning(tmp_path, [])
    made.run(PAIRS, 1)
    hand = ByHand(0, 3, "homography", (1, 0, 0, 0, 1, 0, 1e-6, 0, 1), "Ann", "2026-01-02")
    document = alignments(list("abcd"), "form", [*made.of(PAIRS), *made.by_hand([hand], 1)])
    schema = Path(data.__file__).parent / "schemas" / "alignments.schema.json"

    jsonschema.validate(document, json.loads(schema.read_text(encoding="utf-8")))
    assert document["pairs"][-1]["by"] == "Ann, 2026-01-02"
    assert document["pairs"][-1]["matrix"][6] == 1e-6


def test_pairs_are_of_both_lists_and_each_once() -> None:
    """The nearest of all and of other sources; what fills short lists is no neighbour."""

    def listed(rows: list[list[int]]) -> NeighbourList:
        array = np.array(rows, np.int32)
        none = np.zeros(array.shape)
        return NeighbourList(
            array, none.astype(np.float32), none.astype(bool), none.astype(np.uint8)
        )

    lists = Neighbours(listed([[1, 2], [0, 2], [0, 1]]), listed([[2, -1], [-1, -1], [0, -1]]))

    assert pairs_of(lists, 2) == [(0, 1), (0, 2), (1, 2)]
    assert pairs_of(lists, 1) == [(0, 1), (0, 2)]


def test_whose_neighbours_are_laid() -> None:
    """The view that lays drawings over each other already; none if that is not wanted."""
    off = Settings(align=AlignSettings(enabled=False))

    assert (view_of(Settings()), view_of(off)) == ("form", "")
    assert view_of(Settings(align=AlignSettings(view="look"))) == "look"
