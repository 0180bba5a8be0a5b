"""What ordering neighbours by their alignments does to finding the same figure.

Usage: python -m bench.alignment_order FOLDER [--view form] [--queries 120]; the catalogue must be
built and have a groups.csv. The nearest of other sources are ordered anew: by what coincides
alone, and by what coincides added to the score. Average precision counts what the list of the
nearest holds; intervals are of the difference, drawn anew by groups.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.alignment import Bench
from bench.common import table
from builder.similarity.align.laying import align, turned

Floats = NDArray[np.float64]


def precision(same: NDArray[np.bool_], relevant: int) -> float:
    """Average precision of a list, of so many that there are in all."""
    ranks = np.flatnonzero(same) + 1
    return float((np.arange(1, len(ranks) + 1) / ranks).sum() / max(relevant, 1))


def measured(folder: Path, view: str, queries: int) -> list[list[object]]:
    """A row for each way of ordering."""
    found = json.loads((folder / "site/api/neighbours" / f"{view}.json").read_text())
    bench = Bench(folder)
    names = {name: row for row, name in enumerate(found["ids"])}
    place = {names[_id(case.path)]: at for at, case in enumerate(bench.cases)}
    order = np.random.default_rng(3).permutation(sorted(place))[:queries]
    ways: dict[str, list[float]] = {"as they are": [], "by alignment": [], "score + alignment": []}
    groups = []
    for row in order.tolist():
        near = [one for one in found["others"]["neighbours"][row] if one in place]
        own = turned(bench.ready[place[row]])
        laid = [align(own, bench.ready[place[one]]) for one in near]
        case = bench.cases[place[row]]
        same = np.array([bench.cases[place[one]].group == case.group for one in near])
        relevant = sum(it.group == case.group and it.source != case.source for it in bench.cases)
        scores = np.array(found["others"]["scores"][row][: len(near)])
        overlap = np.array([one.overlap for one in laid])
        chance = np.array([one.log10_nfa for one in laid])
        spread = scores / max(float(scores.std()), 1e-6)
        together = spread + overlap / max(float(overlap.std()), 1e-6)
        for name, by in zip(ways, (-scores, chance - overlap / 100, -together), strict=True):
            ways[name].append(precision(same[np.argsort(by, kind="stable")], relevant))
        groups.append(case.group)
    first = np.array(ways["as they are"])
    return [
        [name, f"{np.mean(own):.3f}", interval(np.array(own) - first, groups)]
        for name, own in ways.items()
    ]


def _id(path: Path) -> str:
    return path.stem.replace("_", "-")


def interval(gain: Floats, groups: list[str]) -> str:
    """The mean gain with its 95 % interval, drawing groups anew."""
    rng = np.random.default_rng(4)
    names, index = np.unique(groups, return_inverse=True)
    sums, counts = np.bincount(index, gain), np.bincount(index)
    drawn = rng.integers(0, len(names), (2000, len(names)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{gain.mean():+.3f} [{low:+.3f}, {high:+.3f}]"


def main() -> None:
    """Measure the catalogues named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--view", default="form")
    parser.add_argument("--queries", type=int, default=120)
    given = parser.parse_args()
    for folder in given.folders:
        head = ["order", "mAP among the nearest", "gain"]
        rows = measured(folder, given.view, given.queries)
        table(f"{folder.name}, {given.queries} queries", [head, *rows])


if __name__ == "__main__":
    main()
