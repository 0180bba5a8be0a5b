"""Numbers on images: milliseconds each on one core, and blanks and text found in drawn corpora.

`python -m bench.measures --seed 7 --seed 8` draws demonstration corpora of these seeds and holds
what the images are taken for against the truth; `--folder F` takes a corpus that is drawn already.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2

from bench.common import middle, pictures, table
from builder.corpus.picture import Picture, read_picture
from builder.corpus.scan import digest
from builder.demo import draw
from builder.measures import complexity
from builder.measures.colours import colours
from builder.measures.examine import Examined, clues, copies, examine
from builder.measures.kinds import classify, distinctive
from builder.measures.registry import CLUES, MEASURES
from builder.measures.sheet import SIDE, Sheet
from builder.measures.twins import twins
from builder.measures.types import KINDS

FOUND = ("blank", "text")
"""Kinds that the truth of a drawn corpus knows under the same name."""


def read(path: Path) -> Picture:
    """A picture as measures see it."""
    return read_picture(path, SIDE, "#ffffff", 500)


def times(paths: Sequence[Path]) -> None:
    """Print what decoding and each group of measures take of a processor."""
    spent: dict[str, list[float]] = {}
    examine(read(paths[0]).pixels, (1, 1))  # what is loaded once is nobody's time
    for path in paths:
        for name, seconds in _timed(path):
            spent.setdefault(name, []).append(seconds)
    rows = [
        [
            name,
            *(f"{1000 * value:.1f}" for value in (sum(all_) / len(all_), middle(all_), max(all_))),
        ]
        for name, all_ in spent.items()
    ]
    head = [f"{len(paths)} pictures, one core", "processor ms, mean", "median", "most"]
    table("measures", [head, *rows])


def _timed(path: Path) -> Iterator[tuple[str, float]]:
    began = time.process_time()
    picture = read(path)
    yield "reading the file", time.process_time() - began
    size = (picture.width, picture.height)
    began = time.process_time()
    examine(picture.pixels, size)
    yield "all measures and clues", time.process_time() - began
    sheet = Sheet(picture.pixels, size)
    for name, work in (
        ("  ground, ink and parts", lambda: sheet.written),
        ("  measures of ink and lines", lambda: [one.of(sheet) for one in MEASURES]),
        ("  colours", lambda: colours(sheet)),
        ("  complexity", lambda: complexity.ratios(sheet)),
        ("  clues", lambda: [clue(sheet) for _, clue in CLUES]),
    ):
        began = time.process_time()
        work()
        yield name, time.process_time() - began


def truth_of(folder: Path) -> list[tuple[Path, str]]:
    """Each picture of a drawn corpus and what it is: "ok", or its sort of false detection."""
    facts = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["images"]
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        names = {row["id"]: row["filename"] for row in csv.DictReader(file)}
    return [
        (folder / "images" / names[id_], fact["false_detection"] or "ok")
        for id_, fact in sorted(facts.items())
    ]


def check(name: str, folder: Path) -> None:
    """Print precision and recall for a drawn corpus, and what every sort was taken for."""
    pairs = truth_of(folder)
    examined: list[Examined] = []
    for path, _ in pairs:
        picture = read(path)
        examined.append(examine(picture.pixels, (picture.width, picture.height)))
    numbers = clues(examined)
    repeated = twins(copies(examined), [digest(path) for path, _ in pairs], distinctive(numbers))
    said: list[str] = [verdict.kind for verdict in classify(numbers, repeated)]
    true = [sort for _, sort in pairs]
    rows: list[list[object]] = [[name, "there", "said", "precision", "recall"]]
    for kind in FOUND:
        right = sum(a == b == kind for a, b in zip(said, true, strict=True))
        there, called = true.count(kind), said.count(kind)
        rows.append([kind, there, called, f"{right / max(1, called):.3f}", f"{right / there:.3f}"])
    table(f"false detections, {name}", rows)
    taken = [
        [
            sort,
            *(Counter(s for s, t in zip(said, true, strict=True) if t == sort)[k] for k in KINDS),
        ]
        for sort in sorted(set(true))
    ]
    table(f"taken for, {name}", [["truth", *KINDS], *taken])


def main(arguments: Sequence[str] = ()) -> None:
    """Print times; then, for each seed or folder asked for, precision and recall."""
    parser = argparse.ArgumentParser(prog="python -m bench.measures", description=__doc__)
    parser.add_argument("--seed", type=int, action="append", default=[], help="draw such a corpus")
    parser.add_argument("--folder", type=Path, action="append", default=[], help="drawn already")
    parser.add_argument("--pictures", type=int, default=60, help="how many are timed")
    asked = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    times(pictures(asked.pictures))
    for folder in asked.folder:
        check(folder.name, folder)
    for seed in asked.seed:
        with tempfile.TemporaryDirectory() as rough:
            draw(Path(rough) / "corpus", seed)
            check(f"seed {seed}", Path(rough) / "corpus")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
