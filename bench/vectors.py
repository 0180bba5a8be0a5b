"""Lines found in drawings, held against what was drawn, with milliseconds an image by step.

`python -m bench.vectors --seed 1 --half even` looks at every other design of a demonstration
corpus; "clean" is the copyist's ink in black on white with its letters, "worn" the picture itself.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict

import numpy as np

from bench.common import table
from builder.demo.lines import known
from builder.demo.plan import Piece, plan
from builder.vectors.draft import draft
from builder.vectors.score import Score, score


def chosen(seed: int, half: str, most: int, designs: int) -> list[Piece]:
    """Diagrams of the corpus of a seed, at most so many."""
    wanted = {"even": (0,), "odd": (1,), "all": (0, 1)}[half]
    pieces = [one for one in plan(seed, designs) if one.diagram and one.number % 2 in wanted]
    order = np.random.default_rng(0).permutation(len(pieces))[:most]
    return [pieces[place] for place in sorted(order.tolist())]


def main() -> None:
    """Print precision, recall and average precision."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--half", choices=("even", "odd", "all"), default="even")
    arguments.add_argument("--most", type=int, default=100)
    arguments.add_argument("--designs", type=int, default=12)
    asked = arguments.parse_args()
    pieces = chosen(asked.seed, asked.half, asked.most, asked.designs)
    sums: dict[tuple[str, str], Score] = defaultdict(Score)
    spent = []
    for piece in pieces:
        truth = known(piece, asked.seed)
        began = time.perf_counter()
        drawing = draft(truth.ink)
        spent.append(time.perf_counter() - began)
        within = 0.02 * max(truth.ink.shape)
        for kind, one in score(drawing.found, truth.lines, truth.ornament, within).items():
            sums["all", kind] += one
            sums[piece.kind, kind] += one
    rows = [
        [group, kind, one.right, one.wrong, one.missed]
        + [f"{value:.3f}" for value in (one.precision, one.recall, one.average_precision)]
        for (group, kind), one in sorted(sums.items())
    ]
    table(
        f"clean, seed {asked.seed}, {asked.half}, {len(pieces)}",
        [
            ["kind of diagram", "line", "right", "wrong", "missed", "precision", "recall", "AP"],
            *rows,
        ],
    )
    print(f"ms an image: median {1000 * np.median(spent):.0f}, most {1000 * max(spent):.0f}")


if __name__ == "__main__":
    main()
