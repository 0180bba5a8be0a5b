"""Clusterings of a built catalogue against its groups.csv, and k auto against the kinds of truth.

Usage: python -m bench.groups FOLDER [FOLDER ...]; the catalogues must be built.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.common import table
from builder import settings
from builder.clusters.fit import fit, fit_families
from builder.clusters.stability import alone
from builder.corpus.groups import read_groups
from builder.corpus.types import Corpus
from builder.pipeline import Opened
from builder.settings import ClustersSettings
from builder.similarity.components import principal_scores

METHODS = {
    "k-means 25": ClustersSettings(k=25, subsamples=0),
    "k-means auto": ClustersSettings(),
    "ward auto": ClustersSettings(method="ward"),
    "mixture auto": ClustersSettings(method="gaussian-mixture", subsamples=0),
    "mixture 25": ClustersSettings(method="gaussian-mixture", k=25, subsamples=0),
    "hdbscan": ClustersSettings(method="hdbscan", subsamples=0),
    "families": ClustersSettings(method="families", subsamples=0),
}


def b_cubed(found: NDArray[np.int32], truth: NDArray[np.int32]) -> float:
    """F of B-cubed precision and recall (Bagga and Baldwin 1998)."""
    same, right = found[:, None] == found, truth[:, None] == truth
    both = (same & right).sum(axis=1)
    precision, recall = (both / same.sum(axis=1)).mean(), (both / right.sum(axis=1)).mean()
    return float(2 * precision * recall / (precision + recall))


def groups(folder: Path, corpus: Corpus) -> NDArray[np.int32]:
    """The first group of each image, -1 for none."""
    labels = np.full(len(corpus.images), -1, np.int32)
    numbers: dict[str, int] = {}
    for member in read_groups(folder / "groups.csv", corpus).members:
        if labels[member.row] < 0:
            labels[member.row] = numbers.setdefault(member.group, len(numbers))
    return labels


def kinds(folder: Path) -> int:
    """How many kinds truth.json knows, 0 without one."""
    path = folder / "truth.json"
    if not path.exists():
        return 0
    images = json.loads(path.read_text(encoding="utf-8"))["images"]
    return len({entry["kind"] for entry in images.values()} - {None})


def rows(folder: Path) -> list[list[object]]:
    """A row for each view and method."""
    from sklearn.metrics import adjusted_rand_score

    chosen = settings.read(folder)
    opened = Opened(folder, chosen)
    truth, number = groups(folder, opened.corpus), kinds(folder)
    known, found = truth >= 0, []
    for view in chosen.views:
        ranker = opened.ranker(view.name)
        likeness = ranker.likeness
        vectors = principal_scores(likeness.matrix, likeness.index, 64)[0]
        scores = likeness.bands()[0](0, len(truth))
        for name, options in METHODS.items():
            began = time.perf_counter()
            by_families = options.method == "families"
            made = fit_families(scores, options) if by_families else fit(vectors, options)
            spent, own = time.perf_counter() - began, alone(made.labels)[known]
            found.append(
                [
                    view.name,
                    name,
                    made.k,
                    int((made.labels < 0).sum()),
                    f"{adjusted_rand_score(truth[known], own):.3f}",
                    f"{b_cubed(own, truth[known]):.3f}",
                    f"{made.k / number:.2f}" if number and "auto" in name else "",
                    f"{spent:.1f}",
                ]
            )
    return found


def main() -> None:
    """Print a table for each catalogue named."""
    if len(sys.argv) < 2:
        print("no catalogue: name the folders of built catalogues that have a groups.csv")
    for name in sys.argv[1:]:
        head = ["view", "method", "k", "alone", "ARI", "B-cubed F", "k / kinds", "s"]
        table(f"groups of {Path(name).name}", [head, *rows(Path(name))])


if __name__ == "__main__":
    main()
