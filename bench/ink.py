"""Ink told from its ground, held against the ink that was drawn: F-measure and PSNR by method.

`python -m bench.ink --seed 1 --half even` tries methods, windows and k on every other design of a
demonstration corpus; `--half odd` and another seed are for reporting.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import numpy as np

from bench.common import table
from bench.vectors import chosen
from builder.demo.corpus import picture
from builder.demo.lines import known
from builder.ink.binarise import ink
from builder.ink.score import agreement
from builder.settings import InkSettings

GRID = {
    "otsu": [(0.05, 0.0)],
    "sauvola": [(0.04, 0.3), (0.04, 0.2), (0.08, 0.2)],
    "niblack": [(0.15, 0.8), (0.05, 0.8)],
    "wolf": [(0.04, 0.4), (0.08, 0.3), (0.04, 0.5)],
    "local": [(w, k) for w in (0.05, 0.03, 0.08) for k in (0.22, 0.18, 0.26)],
}
"""Windows and k that are tried of each method."""


def tried(all_of_them: bool) -> Iterator[InkSettings]:
    """The settings to be measured: all of the grid, or each method as it comes."""
    for method, pairs in GRID.items():
        for window, k in pairs if all_of_them else pairs[:1]:
            yield InkSettings.model_validate({"method": method, "window": window, "k": k})


def main() -> None:
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--half", choices=("even", "odd", "all"), default="even")
    arguments.add_argument("--most", type=int, default=60)
    arguments.add_argument("--grid", action="store_true", help="try all windows and k")
    asked = arguments.parse_args()
    pieces = chosen(asked.seed, asked.half, asked.most, 12)
    drawn = [(picture(piece, asked.seed)[0], known(piece, asked.seed).ink) for piece in pieces]
    settings = [*tried(asked.grid), InkSettings()]
    rows: list[list[object]] = []
    for one in settings:
        began = time.perf_counter()
        found = [agreement(ink(pixels, one), truth) for pixels, truth in drawn]
        spent = 1000 * (time.perf_counter() - began) / len(drawn)
        means = [
            float(np.mean([getattr(each, name) for each in found]))
            for name in ("precision", "recall", "f_measure", "psnr")
        ]
        rows.append(
            [one.method, one.window, one.k, *(f"{value:.3f}" for value in means), f"{spent:.0f}"]
        )
    head = ["method", "window", "k", "precision", "recall", "F-measure", "PSNR dB", "ms"]
    table(f"ink, seed {asked.seed}, {asked.half}, {len(pieces)} pictures", [head, *rows])


if __name__ == "__main__":
    main()
