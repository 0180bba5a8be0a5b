"""Sources of a catalogue laid side by side, from the likeness of one view."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.aligning import Overlaid, drawn_view
from builder.collate.answers import answers
from builder.collate.tree import distances, joined
from builder.collate.types import Answer, Collation, Collations, Join
from builder.corpus.types import Corpus
from builder.describing import Describing
from builder.ledger import Ledger, Made
from builder.likeness import Likeness
from builder.pages.sources import in_page_order
from builder.seeing import Seen
from builder.settings import Settings
from builder.similarity.calibrate import scale
from builder.similarity.pairs import random_pairs

STAGE = "collations"

VERSION = 1
"""Of which images answer which. Raised by hand when that changes for the same inputs."""


class Scores:
    """Likeness of images of different sources, as the view's neighbours in other sources have it.

    Attributes:
        ground: score of strangers: the median of random pairs.
        least: score that so many strangers as asked are expected to reach, inf where there are too
            few images to tell.
    """

    def __init__(self, likeness: Likeness, chance: float) -> None:
        self._band = likeness.bands()[1]
        n = len(likeness.rows)
        self._place = np.full(len(likeness.every), -1)
        self._place[likeness.rows] = np.arange(n)
        found = random_pairs(self._band, n)
        self.ground = float(np.median(found)) if len(found) else 0.0
        self.least = self.threshold(chance)

    def threshold(self, chance: float) -> float:
        """Least score that no more than `chance` of all other images reach by chance."""
        n = int((self._place >= 0).sum())
        measured = scale(self._band, n)
        if measured is None:
            return float("inf")
        low, high = (float(measured.quantiles[at]) for at in (0, -1))
        high += max(high - low, 1e-6) * 4
        for _ in range(50):
            middle = (low + high) / 2
            expected = measured.chance(np.array([middle], np.float32), n - 1)[0]
            low, high = (middle, high) if expected > chance else (low, middle)
        return high

    def there(self, rows: Sequence[int]) -> list[int]:
        """Those that are not left out of likeness, in their order."""
        return [row for row in rows if self._place[row] >= 0]

    def of(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """(m, n) scores of images that are there with all that are; see `among`."""
        places = self._place[list(rows)]
        runs = np.flatnonzero(np.diff(places) != 1) + 1
        ends = [0, *runs.tolist(), len(places)]
        bands = [
            self._band(int(places[a]), int(places[b - 1]) + 1) for a, b in itertools.pairwise(ends)
        ]
        return np.concatenate(bands)

    def among(self, scores: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """(m, k) columns of what `of` gave, for k images."""
        return scores[:, self._place[list(rows)]]


def collated(
    ledger: Ledger,
    settings: Settings,
    corpus: Corpus,
    describing: Describing,
    seen: Sequence[Seen],
    kept: NDArray[np.bool_],
    laid: Overlaid,
) -> Made[Collations] | None:
    """Collate all sources by one view; None if that is not asked, or there are not two."""
    options = settings.collate
    found = in_page_order(corpus, settings)
    if not options.enabled or len(found) < 2:
        ledger.account(STAGE)
        return None
    name = options.view or drawn_view(settings)
    view = next(one for one in seen if name in ("", one.settings.name))
    names, rows = tuple(one.name for one in found), tuple(one.rows for one in found)
    parts = {
        "version": VERSION,
        # The lists rest on likeness, hubs, what is verified and what is left out.
        "neighbours": view.neighbours.fingerprint,
        "sources": [list(names), [list(own) for own in rows]],
        "laid": laid.fingerprint,
        "settings": options.model_dump(exclude={"enabled", "view"}),
    }

    def make(advance: Callable[[int], None]) -> records.Write:
        part = Likeness(describing, view.settings, None if kept.all() else kept)
        scores = Scores(part, options.chance)
        pairs = _pairs(scores, rows, options.order, Sure(laid), advance)
        told = sorted(pairs, key=lambda one: (-len(one.mutual), one.first, one.second))
        told = sorted(told[: options.pages], key=lambda one: (one.first, one.second))
        joins = joined(distances([len(scores.there(own)) for own in rows], pairs))
        return _write(
            Collations(
                view.settings.name,
                names,
                rows,
                tuple(told),
                len(pairs) - len(told),
                scores.least,
                joins,
            )
        )

    named = f"collations-{view.settings.name}"
    return ledger.artifact(STAGE, named, parts, make, _read, len(rows))


class Sure:
    """Pairs of images that lie over each other too well for chance."""

    def __init__(self, laid: Overlaid) -> None:
        self._near: dict[int, set[int]] = defaultdict(set)
        for one in laid.pairs:
            if one.found.accepted:
                self._near[one.a].add(one.b)
                self._near[one.b].add(one.a)

    def between(self, rows: Sequence[int], others: Sequence[int]) -> NDArray[np.bool_]:
        """(m, k) which of m and k images do."""
        places = {row: at for at, row in enumerate(others)}
        found = np.zeros((len(rows), len(others)), bool)
        for at, row in enumerate(rows):
            found[at, [places[one] for one in self._near.get(row, ()) if one in places]] = True
        return found


def _pairs(
    scores: Scores,
    rows: Sequence[Sequence[int]],
    ordered: bool,
    sure: Sure,
    advance: Callable[[int], None],
) -> list[Collation]:
    """Every pair of sources that has mutual answers."""
    there = [scores.there(own) for own in rows]
    found = []
    for first, own in enumerate(there):
        advance(1)
        if not own:
            continue
        of_all = scores.of(own)
        for second in range(first + 1, len(there)):
            if not there[second]:
                continue
            both = own, there[second]
            between = scores.among(of_all, there[second])
            how = (scores.ground, scores.least, ordered, sure.between(*both))
            got = answers(between, both, *how)
            if got:
                found.append(Collation(first, second, got))
    return found


def _write(found: Collations) -> records.Write:
    flat = [
        (at, *asdict(one).values()) for at, pair in enumerate(found.pairs) for one in pair.answers
    ]
    columns = list(zip(*flat, strict=True)) or [()] * 6
    kinds = (np.int32, np.int32, np.int32, np.float32, np.bool_, np.bool_)
    names = ("pair", "a", "b", "score", "mutual", "crossing")
    arrays: dict[str, NDArray[np.generic]] = {
        name: np.array(column, kind)
        for name, column, kind in zip(names, columns, kinds, strict=True)
    }
    note = {
        "view": found.view,
        "names": list(found.names),
        "rows": [list(own) for own in found.rows],
        "pairs": [[one.first, one.second] for one in found.pairs],
        "left_out": found.left_out,
        "least": found.least if np.isfinite(found.least) else None,
        "joins": [list(asdict(one).values()) for one in found.joins],
    }
    return records.archive(arrays, note)


def _read(path: Path) -> Collations:
    arrays, note = records.read(path)
    lists = [arrays[name].tolist() for name in ("a", "b", "score", "mutual", "crossing")]
    every = [Answer(*one) for one in zip(*lists, strict=True)]
    ends = np.searchsorted(arrays["pair"], np.arange(len(note["pairs"]) + 1)).tolist()
    pairs = [
        Collation(first, second, tuple(every[start:stop]))
        for (first, second), (start, stop) in zip(
            note["pairs"], itertools.pairwise(ends), strict=True
        )
    ]
    return Collations(
        note["view"],
        tuple(note["names"]),
        tuple(tuple(own) for own in note["rows"]),
        tuple(pairs),
        note["left_out"],
        float("inf") if note["least"] is None else note["least"],
        tuple(Join(*one) for one in note["joins"]),
    )
