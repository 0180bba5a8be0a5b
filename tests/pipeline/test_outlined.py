"""Pieces drawn for the page: once a picture, and again whole after a kill."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from builder.describing import Picture, Pictures
from builder.features.outline import outline
from builder.features.prepare import for_strokes
from builder.ledger import Ledger
from builder.outlined import Outlined, in_pieces
from builder.progress import Silent
from builder.settings import ViewSettings
from builder.workspace import Workspace


def drawn(kind: str) -> np.ndarray:
    picture = np.full((200, 200, 3), 245, np.uint8)
    if kind == "two":
        cv2.circle(picture, (60, 100), 40, (20, 20, 20), 2)
        cv2.rectangle(picture, (120, 60), (180, 140), (20, 20, 20), 2)
    elif kind == "one":
        cv2.circle(picture, (100, 100), 70, (20, 20, 20), 2)
    return picture


def outlined(folder: Path, hashes: list[str], asked: list[str]) -> Outlined:
    def load(sha256: str, longest: int) -> Picture:
        asked.append(sha256)
        return drawn(sha256), (245, 245, 245)

    ids = [str(row) for row in range(len(hashes))]
    pictures = Pictures(ids, hashes, [""] * len(hashes), "#ffffff", load)
    descriptor = in_pieces(ViewSettings(name="form"))
    assert descriptor is not None
    ledger = Ledger(Workspace(folder), Silent(), dry_run=False)
    return Outlined(ledger, pictures, descriptor)


def test_every_picture_is_outlined_once(tmp_path: Path) -> None:
    """Equal pictures share their pieces; the second time nothing is drawn."""
    asked: list[str] = []
    hashes = ["two", "one", "two", "none"]
    outlined(tmp_path, hashes, asked).run(2)
    again = outlined(tmp_path, hashes, asked)
    again.run(2)
    found = again.of_all()

    assert sorted(asked) == ["none", "one", "two"]
    assert [len(pieces) for pieces in found] == [2, 1, 2, 0]
    assert found[0] == found[2]
    view = in_pieces(ViewSettings(name="form"))
    assert view is not None
    ((strokes, weight),) = for_strokes(drawn("one"), view)
    assert [(piece.path, piece.weight) for piece in found[1]] == [
        (outline(strokes), round(weight, 4))
    ]


def test_a_line_cut_short_is_drawn_again(tmp_path: Path) -> None:
    """What a kill left half written is no entry, and does not spoil the next one."""
    asked: list[str] = []
    first = outlined(tmp_path, ["two", "one"], asked)
    first.run(1)
    whole = first.of_all()
    first.path.write_bytes(first.path.read_bytes()[:-20])
    outlined(tmp_path, ["two", "one"], asked).run(1)

    assert outlined(tmp_path, ["two", "one"], asked).of_all() == whole
    assert asked == ["two", "one", "one"]


def test_views_without_pieces_have_none() -> None:
    """A view in colour compares no pieces."""
    assert in_pieces(ViewSettings(name="look")) is None
