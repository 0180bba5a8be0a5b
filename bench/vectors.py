"""Lines found in drawings, held against what was drawn, with milliseconds an image by step.

`python -m bench.vectors --seed 1 --half even` looks at every other design of a demonstration
corpus. "Clean" is the copyist's ink in black on white, with letters, hatching and page text;
`--worn` takes the pictures as they are painted. `--sheet FILE` draws the worst of them.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.common import middle, table
from builder.demo.corpus import picture
from builder.demo.lines import Known, known
from builder.demo.plan import Piece, plan
from builder.ink.binarise import ink
from builder.settings import InkSettings, VectorsSettings
from builder.vectors.draft import draft
from builder.vectors.score import Score, distance, score
from builder.vectors.types import KINDS, Drawing

WITHIN = 0.02
"""Of the longer side: largest distance between a line found and the line that it is."""

THRESHOLDS = (0.005, 0.01, 0.02, 0.03, 0.05)
"""At which average precision is told besides."""


@dataclass(frozen=True)
class Looked:
    """What came of one picture."""

    piece: Piece
    truth: Known
    drawing: Drawing
    seconds: tuple[float, float]
    """Of a processor, for ink and for lines."""

    def scores(self, within: float) -> dict[str, Score]:
        """Of each kind of line."""
        side = max(self.truth.ink.shape)
        return score(self.drawing.found, self.truth.lines, self.truth.ornament, within * side)

    @property
    def wrongs(self) -> int:
        """Lines found that are not there, and lines there that were not found."""
        return sum(one.wrong + one.missed for one in self.scores(WITHIN).values())


def chosen(seed: int, half: str, most: int, designs: int) -> list[Piece]:
    """Diagrams of the corpus of a seed, at most so many."""
    wanted = {"even": (0,), "odd": (1,), "all": (0, 1)}[half]
    pieces = [one for one in plan(seed, designs) if one.diagram and one.number % 2 in wanted]
    order = np.random.default_rng(0).permutation(len(pieces))[:most]
    return [pieces[place] for place in sorted(order.tolist())]


def looked(piece: Piece, seed: int, worn: bool, least: float) -> Looked:
    """Draw a diagram, and draft it."""
    truth = known(piece, seed)
    pixels = picture(piece, seed)[0] if worn else None
    began = time.process_time()
    found = truth.ink if pixels is None else ink(pixels, InkSettings())
    between = time.process_time()
    drawing = draft(found).at_least(least)
    ended = time.process_time()
    return Looked(piece, truth, drawing, (between - began, ended - between))


def tell(all_of_them: list[Looked], title: str) -> None:
    """Print precision and recall by kind of line, by kind of diagram and by type of change."""
    groups: dict[str, list[Looked]] = defaultdict(list)
    for one in all_of_them:
        groups["all"].append(one)
        groups[f"diagram: {one.piece.kind}"].append(one)
        for change in one.truth.changes or ("unchanged",):
            groups[f"change: {change}"].append(one)
    rows = []
    for group, members in sorted(groups.items()):
        for kind in KINDS:
            total = sum((one.scores(WITHIN)[kind] for one in members), Score())
            if total.right + total.missed:
                rows.append([group, len(members), kind, *_told(total)])
    head = ["pictures", "", "line", "right", "wrong", "missed", "precision", "recall", "AP"]
    table(title, [head, *rows])
    finer = []
    for kind in KINDS:
        sums = [sum((one.scores(at)[kind] for one in all_of_them), Score()) for at in THRESHOLDS]
        finer.append([kind, *(f"{one.average_precision:.3f}" for one in sums)])
    table("average precision by threshold", [["line", *(f"{at:.1%}" for at in THRESHOLDS)], *finer])
    for at, step in enumerate(("ink", "lines")):
        spent = [1000 * one.seconds[at] for one in all_of_them]
        print(f"{step}: median {middle(spent):.0f} ms an image, most {max(spent):.0f}")


def _told(total: Score) -> list[object]:
    shares = (total.precision, total.recall, total.average_precision)
    return [total.right, total.wrong, total.missed, *(f"{value:.3f}" for value in shares)]


def sheet(all_of_them: list[Looked], path: Path) -> None:
    """Draw the worst twelve: right lines green, wrong ones red, missed ones blue."""
    import cv2

    worst = sorted(all_of_them, key=lambda one: -one.wrongs)[:12]
    tiles = [_tile(one) for one in worst]
    tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % 4)
    rows = [np.hstack(tiles[at : at + 4]) for at in range(0, len(tiles), 4)]
    cv2.imwrite(str(path), np.vstack(rows))


def _tile(one: Looked) -> NDArray[np.uint8]:
    import cv2

    side = 600
    scale = side / max(one.truth.ink.shape)
    grey = np.where(one.truth.ink, 190, 255).astype(np.uint8)
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    tile = np.full((side, side, 3), 255, np.uint8)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    tile[: size[1], : size[0]] = small[..., None]
    for points, colour in _strokes(one):
        shown = np.rint(points * scale * 16).astype(np.int32)
        cv2.polylines(tile, [shown], False, colour, 2, cv2.LINE_AA, 4)
    words = f"{one.piece.design} {one.piece.siglum}: {one.wrongs}"
    cv2.putText(tile, words, (6, 16), 0, 0.5, (0, 0, 0), 1, cv2.LINE_AA)
    return tile


def _strokes(one: Looked) -> Iterator[tuple[NDArray[np.float64], tuple[int, int, int]]]:
    """Points of each line and its colour (blue, green, red)."""
    left = list(one.truth.lines)
    within = WITHIN * max(one.truth.ink.shape)
    for found in sorted(one.drawing.found, key=lambda each: -each.confidence):
        aways = [distance(found.shape, other) for other in left]
        hit = bool(aways) and min(aways) <= within
        if hit:
            left.pop(int(np.argmin(aways)))
        hit = hit or any(distance(found.shape, other) <= within for other in one.truth.ornament)
        yield found.shape.path(), (60, 160, 0) if hit else (0, 0, 255)
    for missed in left:
        yield missed.path(), (255, 80, 0)


def main() -> None:
    """Print precision, recall and average precision."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--half", choices=("even", "odd", "all"), default="even")
    arguments.add_argument("--most", type=int, default=100)
    arguments.add_argument("--designs", type=int, default=12)
    arguments.add_argument("--worn", action="store_true")
    arguments.add_argument("--least", type=float, default=VectorsSettings().least)
    arguments.add_argument("--sheet", type=Path)
    asked = arguments.parse_args()
    pieces = chosen(asked.seed, asked.half, asked.most, asked.designs)
    work = partial(looked, seed=asked.seed, worn=asked.worn, least=asked.least)
    with ProcessPoolExecutor(2) as crew:
        found = list(crew.map(work, pieces))
    kind = "worn" if asked.worn else "clean"
    tell(found, f"{kind}, seed {asked.seed}, {asked.half} designs, {len(pieces)} pictures")
    if asked.sheet:
        sheet(found, asked.sheet)


if __name__ == "__main__":
    main()
