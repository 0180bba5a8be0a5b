"""Sources side by side: how often the best answer is the right one, with and without page order.

Usage: python -m bench.collation FOLDER... [--view form]; the catalogues must be built and have a
groups.csv. For every pair of sources that share a group, the share of images of either whose best
answer in the other is of their group (two-way recall at 1), over images that have an answer there;
the mean over the two ways and over pairs. Then what is believed at several thresholds. Intervals
are of 95 %, drawing groups anew.
"""

from __future__ import annotations

import argparse
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.common import table
from builder import pipeline
from builder import settings as settings_module
from builder.aligning import Overlaid
from builder.collate.answers import answers
from builder.collate.scores import keeps_order, normalised, propagated
from builder.collating import Scores, Sure
from builder.corpus.groups import read_groups
from builder.pages.sources import in_page_order

Floats = NDArray[np.float64]

CHANCES = (100.0, 30.0, 10.0, 3.0, 1.0, 0.3)


@dataclass(frozen=True)
class Hit:
    """Whether one image found its answer in another source, and of which group it is."""

    pair: int
    way: int
    group: str
    found: tuple[bool, ...]  # for each way of scoring


WAYS = (
    "likeness",
    "shares of row and column",
    "likeness, in order",
    "shares, in order",
    "shares, in order where the two keep one",
)


class Bench:
    """One catalogue, its sources in page order and the scores of all pairs."""

    def __init__(self, folder: Path, view: str) -> None:
        settings = settings_module.read(folder)
        opened = pipeline.Opened(folder, settings)
        corpus = opened.corpus
        self.sources = in_page_order(corpus, settings)
        self.groups: dict[int, set[str]] = defaultdict(set)
        for one in read_groups(folder / "groups.csv", corpus).members:
            self.groups[one.row].add(one.group)
        laid = [pair for one in opened.site().views for pair in one.aligned or ()]
        self.ways = {"likeness": Sure(Overlaid()), "or laid": Sure(Overlaid("", tuple(laid)))}
        self.scores = Scores(opened.ranker(view).likeness, 0.1)
        self.least = {chance: self.scores.threshold(chance) for chance in CHANCES}
        self.pairs = list(itertools.combinations(range(len(self.sources)), 2))

    def rows(self, source: int) -> list[int]:
        """Images of a source in page order, without those that are left out."""
        return self.scores.there(self.sources[source].rows)

    def between(self, rows: Sequence[int], others: Sequence[int]) -> NDArray[np.float32]:
        """Scores of the images of two sources."""
        return self.scores.among(self.scores.of(rows), others)

    def hits(self) -> list[Hit]:
        """Of every image that has an answer in another source."""
        found = []
        for at, (first, second) in enumerate(self.pairs):
            own, others = self.rows(first), self.rows(second)
            scores = self.between(own, others)
            shares = normalised(scores, self.scores.ground)
            plain = np.maximum(scores - self.scores.ground, 0).astype(np.float64)
            drawn = propagated(shares)
            kept = drawn if keeps_order(shares) else shares
            every = (scores, shares, propagated(plain), drawn, kept)
            for way, (mine, theirs) in enumerate(((own, others), (others, own))):
                best = [(one if way == 0 else one.T).argmax(axis=1) for one in every]
                for place, row in enumerate(mine):
                    right = [bool(self.groups[row] & self.groups[other]) for other in theirs]
                    if any(right):
                        got = tuple(right[int(one[place])] for one in best)
                        found.append(Hit(at, way, min(self.groups[row]), got))
        return found

    def believed(self, least: float, ordered: bool, sure: Sure) -> tuple[int, int, int, int]:
        """Mutual answers and the right ones, one-way answers and the right ones."""
        counts = [0, 0, 0, 0]
        for first, second in self.pairs:
            rows = self.rows(first), self.rows(second)
            scores = self.between(*rows)
            for one in answers(
                scores, rows, self.scores.ground, least, ordered, sure.between(*rows)
            ):
                right = bool(self.groups[one.a] & self.groups[one.b])
                at = 0 if one.mutual else 2
                counts[at] += 1
                counts[at + 1] += right
        return counts[0], counts[1], counts[2], counts[3]

    def possible(self) -> int:
        """Groups that two sources share, over all pairs of sources."""
        total = 0
        for first, second in self.pairs:
            own, others = (
                set().union(*(self.groups[row] for row in self.rows(s)), set())
                for s in (first, second)
            )
            total += len(own & others)
        return total


def recall(hits: Sequence[Hit], weights: dict[str, int]) -> Floats:
    """Mean two-way recall at 1, for each way of scoring; groups count as often as `weights` say."""
    sums: dict[tuple[int, int], Floats] = defaultdict(lambda: np.zeros(len(WAYS) + 1))
    for hit in hits:
        weight = weights[hit.group]
        sums[hit.pair, hit.way] += weight * np.array([1.0, *hit.found])
    shares = [own[1:] / own[0] for own in sums.values() if own[0]]
    return np.asarray(np.mean(shares, axis=0))


def intervals(hits: Sequence[Hit]) -> list[list[object]]:
    """A row for each way: recall, and its gain over plain likeness."""
    names = sorted({hit.group for hit in hits})
    rng = np.random.default_rng(4)
    whole = recall(hits, dict.fromkeys(names, 1))
    drawn = []
    for _ in range(400):
        counts = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))
        drawn.append(recall(hits, dict(zip(names, counts.tolist(), strict=True))))
    all_drawn = np.array(drawn)
    rows: list[list[object]] = []
    for at, way in enumerate(WAYS):
        low, high = np.quantile(all_drawn[:, at], [0.025, 0.975])
        gains = all_drawn[:, at] - all_drawn[:, 0]
        less, more = np.quantile(gains, [0.025, 0.975])
        gain = f"{whole[at] - whole[0]:+.3f} [{less:+.3f}, {more:+.3f}]" if at else ""
        rows.append([way, f"{whole[at]:.3f} [{low:.3f}, {high:.3f}]", gain])
    return rows


def main() -> None:
    """Measure the catalogues named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--view", default="form")
    given = parser.parse_args()
    for folder in given.folders:
        bench = Bench(folder, given.view)
        hits = bench.hits()
        head = ["score", "two-way recall at 1", "gain"]
        title = f"{folder.name}, {given.view}: {len(bench.pairs)} pairs, {len(hits)} questions"
        table(title, [head, *intervals(hits)])
        rows: list[list[object]] = []
        for chance, ordered, way in itertools.product(CHANCES, (False, True), bench.ways):
            mutual, right, further, right_too = bench.believed(
                bench.least[chance], ordered, bench.ways[way]
            )
            rows.append(
                [
                    chance,
                    way,
                    ordered,
                    mutual,
                    f"{right / max(mutual, 1):.3f}",
                    further,
                    f"{right_too / max(further, 1):.3f}",
                ]
            )
        head = ["chance below", "believed by", "in order", "mutual", "right", "one way", "right"]
        table(f"answers believed; {bench.possible()} groups shared by two sources", [head, *rows])


if __name__ == "__main__":
    main()
