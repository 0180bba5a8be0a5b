"""Pictures laid over each other: how exactly, how often by chance, and at what cost.

Usage: python -m bench.alignment FOLDER [--strangers N] [--sheets FOLDER]; the folder holds
metadata.csv, images/ and groups.csv, or the column `group`. With a truth.json that knows
placements, errors of corners are measured, by type of change; half of the groups settled the
threshold, so the two halves are told apart. With --sheets, sheets of pairs are drawn to be
looked at: red only in the one, blue only in the other, black in both.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.common import table
from builder.corpus.picture import read_picture
from builder.demo.kinds import design
from builder.demo.symmetry import middle
from builder.features.placed import placed
from builder.features.types import Placed
from builder.similarity.align.laying import Ready, align, ready, turned
from builder.similarity.align.sheet import squared
from builder.similarity.types import Alignment

_GOOD = 0.02  # of the side: corners nearer than this are where they belong


@dataclass(frozen=True)
class Case:
    """A picture, the group it belongs to and its source; and the truth, where it is known."""

    path: Path
    group: str
    source: str
    truth: dict[str, object]

    @property
    def half(self) -> int:
        """Groups of half 0 settled the threshold."""
        return sum(self.group.encode()) % 2


def cases(folder: Path) -> list[Case]:
    """Every picture that belongs to a group."""
    path = folder / "truth.json"
    known = json.loads(path.read_text())["images"] if path.exists() else {}
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    groups = {row.get("id") or row["filename"]: row.get("group", "") for row in rows}
    if (folder / "groups.csv").exists():
        with (folder / "groups.csv").open(encoding="utf-8", newline="") as stream:
            groups |= {row["image"]: row["group"] for row in csv.DictReader(stream)}
    found = []
    for row in rows:
        key = row.get("id") or row["filename"]
        source = row.get("style") or row["source"]
        if groups[key]:
            path = folder / "images" / row["filename"]
            found.append(Case(path, groups[key], source, known.get(key, {})))
    return found


def placed_of(path: Path) -> Placed:
    """The placed drawing of a picture file."""
    picture = read_picture(path, 560, "#ffffff", 500)
    return placed(picture.pixels, (picture.width, picture.height))


def error(
    one: Case, other: Case, found: Alignment, size: tuple[int, int], other_size: tuple[int, int]
) -> float:
    """How far corners are from where they belong, on average, as a share of the longer side.

    Up to the orientations in which the design looks the same: nobody could tell them apart. Nested
    circles look the same in every direction.
    """
    width, height = size
    corners = np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1.0]])
    there = np.array(found.matrix).reshape(3, 3) @ corners
    there = there[:2] / there[2]
    first, second = (squared(np.array(it.truth["placement"]).reshape(2, 3)) for it in (one, other))
    own = np.linalg.inv(first) @ corners
    longest = max(other_size)
    errors = [
        np.linalg.norm((second @ same @ own)[:2] - there, axis=0).mean() / longest
        for same in _symmetries(one)
    ]
    return float(min(errors))


def _symmetries(case: Case) -> list[NDArray[np.float64]]:
    """The maps under which a design looks the same, (3, 3), in its own unit."""
    kind, number = case.group.rsplit("-", 1)
    to_middle = np.eye(3)
    to_middle[:2, 2] = middle(design(kind, int(number) - 1, 1))
    same = [int(o) for o in case.truth["same_orientations"]]  # type: ignore[attr-defined]
    turns = range(0, 90, 2) if kind == "spheres" and len(same) == 8 else (0,)
    found = []
    for orientation, turn in itertools.product(same, turns):
        mirror = np.diag([-1.0 if orientation >= 4 else 1.0, 1.0, 1.0])
        angle = np.deg2rad(90 * (orientation % 4) + turn)
        cos, sin = np.cos(angle), np.sin(angle)
        about = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]]) @ mirror
        found.append(to_middle @ about @ np.linalg.inv(to_middle))
    return found


Pair = tuple[int, int]


class Bench:
    """All pictures of a folder made ready."""

    def __init__(self, folder: Path) -> None:
        self.cases = cases(folder)
        with ProcessPoolExecutor(2) as pool:
            paths = [case.path for case in self.cases]
            self.placed = list(pool.map(placed_of, paths, chunksize=8))
        self.ready: list[Ready | None] = [ready(one) for one in self.placed]

    def lay(self, pairs: Sequence[Pair]) -> list[Alignment]:
        """Lay pairs over each other."""
        return [align(turned(self.ready[a]), self.ready[b]) for a, b in pairs]

    def copies(self) -> list[Pair]:
        """Pairs of one group and two sources."""
        both = itertools.combinations(range(len(self.cases)), 2)
        return [(a, b) for a, b in both if self._kin(a, b) and self._apart(a, b)]

    def strangers(self, count: int) -> list[Pair]:
        """Random pairs of two groups."""
        rng = np.random.default_rng(1)
        found: set[Pair] = set()
        while len(found) < count:
            a, b = sorted(int(one) for one in rng.choice(len(self.cases), 2, replace=False))
            if not self._kin(a, b):
                found.add((a, b))
        return sorted(found)

    def _kin(self, a: int, b: int) -> bool:
        return self.cases[a].group == self.cases[b].group

    def _apart(self, a: int, b: int) -> bool:
        return self.cases[a].source != self.cases[b].source


def interval(count: int, of: int) -> str:
    """A share with its 95 % interval (Clopper and Pearson)."""
    from scipy.stats import beta

    low = beta.ppf(0.025, count, of - count + 1) if count else 0.0
    high = beta.ppf(0.975, count + 1, of - count) if count < of else 1.0
    return f"{count / max(of, 1):.4f} [{low:.4f}, {high:.4f}]"


def by_change(bench: Bench, pairs: Sequence[Pair], errors: Sequence[float]) -> list[list[object]]:
    """Share of copies whose corners are right, by what was done to either."""
    kinds: dict[str, list[float]] = defaultdict(list)
    for (a, b), wrong in zip(pairs, errors, strict=True):
        truths = [bench.cases[row].truth for row in (a, b)]
        orientations = [int(str(truth["orientation"])) for truth in truths]
        changes = {str(one) for truth in truths for one in truth["changes"]}  # type: ignore[attr-defined]
        changes = {"cut off" if one.startswith("cut off") else one for one in changes}
        changes |= {f"hand {bench.cases[row].source}" for row in (a, b)}
        mirrored = (orientations[0] >= 4) != (orientations[1] >= 4)
        is_turned = orientations[0] % 4 != orientations[1] % 4
        for one in changes | ({"mirrored"} if mirrored else set()):
            kinds[one].append(wrong)
        kinds["turned" if is_turned else "not turned"].append(wrong)
    return [
        [kind, len(own), f"{np.mean(np.array(own) < _GOOD):.3f}", f"{np.median(own):.4f}"]
        for kind, own in sorted(kinds.items())
    ]


def drawn(bench: Bench, pair: Pair, found: Alignment) -> NDArray[np.uint8]:
    """The two drawings of a pair, the one laid over the other, and the numbers."""
    one, other = (bench.placed[row] for row in pair)
    whole = squared(other.matrix) @ np.array(found.matrix).reshape(3, 3)
    matrix = whole @ np.linalg.inv(squared(one.matrix))
    wide = np.ones((3, 3), np.uint8)
    pens = [cv2.dilate(it.strokes.astype(np.uint8) * 255, wide) for it in (one, other)]
    side = len(one.strokes)
    mine = cv2.warpPerspective(pens[0], matrix, (side, side)) > 100
    theirs = pens[1] > 100
    sheet = np.full((side, side, 3), 255, np.uint8)
    sheet[mine], sheet[theirs], sheet[mine & theirs] = (220, 60, 40), (40, 90, 220), (0, 0, 0)
    told = f"{found.log10_nfa:.1f} {found.overlap:.2f} " + bench.cases[pair[0]].group[:14]
    cv2.putText(sheet, told, (3, 12), cv2.FONT_HERSHEY_SIMPLEX, 0.36, (0, 110, 0), 1)
    return sheet


def contact(path: Path, pictures: Sequence[NDArray[np.uint8]], columns: int = 5) -> None:
    """Write a sheet of pictures."""
    rows = list(pictures) + [np.full_like(pictures[0], 255)] * (-len(pictures) % columns)
    lines = [np.hstack(rows[i : i + columns]) for i in range(0, len(rows), columns)]
    cv2.imwrite(str(path), cv2.cvtColor(np.vstack(lines), cv2.COLOR_RGB2BGR))


def sheets(
    bench: Bench, folder: Path, pairs: Sequence[Pair], laid: Sequence[Alignment], name: str
) -> None:
    """Twenty that are believed and twenty that are not, drawn by lot."""
    folder.mkdir(parents=True, exist_ok=True)
    order = np.random.default_rng(2).permutation(len(pairs))
    which: tuple[tuple[str, Callable[[Alignment], bool]], ...] = (
        ("accepted", lambda found: found.accepted),
        ("refused", lambda found: not found.accepted and bool(found.model)),
    )
    for kind, wanted in which:
        some = [int(at) for at in order if wanted(laid[at])][:20]
        if some:
            drawings = [drawn(bench, pairs[at], laid[at]) for at in some]
            contact(folder / f"{name}-{kind}.png", drawings)


def measure(folder: Path, count: int, sheets_in: Path | None) -> None:
    """Print the tables of one folder."""
    bench = Bench(folder)
    strangers, copies = bench.strangers(count), bench.copies()
    bench.lay(copies[:1])
    began = time.process_time()
    laid = bench.lay(copies)
    each = (time.process_time() - began) / max(len(copies), 1) * 1000
    false = bench.lay(strangers)
    rows: list[list[object]] = [["pairs", "half", "accepted"]]
    for name, pairs, found in (("strangers", strangers, false), ("copies", copies, laid)):
        for half in (0, 1):
            own = [
                one.accepted
                for (a, _), one in zip(pairs, found, strict=True)
                if bench.cases[a].half == half
            ]
            rows.append([name, ("settled by", "held out")[half], interval(sum(own), len(own))])
    table(f"alignments of {folder.name}: {len(copies)} copies, {len(strangers)} strangers", rows)
    print(f"\n{each:.1f} ms of processor a pair, turned cells included")
    if any("placement" in case.truth for case in bench.cases):
        exact(bench, copies, laid, sheets_in)
    if sheets_in:
        for name, some in by_sources(bench, copies + strangers).items():
            pairs, found = (
                [both[at] for at in some] for both in (copies + strangers, laid + false)
            )
            sheets(bench, sheets_in, pairs, found, f"{folder.name}{name}")


def by_sources(bench: Bench, pairs: Sequence[Pair]) -> dict[str, list[int]]:
    """Numbers of pairs by their two sources, where those are few; else all as one."""
    found: dict[str, list[int]] = defaultdict(list)
    few = len({case.source for case in bench.cases}) <= 3
    for at, pair in enumerate(pairs):
        sources = sorted(bench.cases[row].source for row in pair)
        found["".join(f"-{source}" for source in sources) if few else ""].append(at)
    return found


def exact(
    bench: Bench, pairs: Sequence[Pair], laid: Sequence[Alignment], sheets_in: Path | None
) -> None:
    """Errors of corners where the truth is known, and the worst of them as a sheet."""
    errors = [
        error(bench.cases[a], bench.cases[b], found, bench.placed[a].size, bench.placed[b].size)
        for (a, b), found in zip(pairs, laid, strict=True)
    ]
    good = np.array(errors) < _GOOD
    believed = np.array([one.accepted for one in laid])
    print(f"\ncorners within 2 %: {good.mean():.3f}; median {np.median(errors):.4f}")
    print(f"of those believed: {good[believed].mean():.3f}; ", end="")
    print(f"median {np.median(np.array(errors)[believed]):.4f}")
    table(
        "by change",
        [["change", "pairs", "within 2 %", "median error"], *by_change(bench, pairs, errors)],
    )
    worst = [int(at) for at in np.argsort(-np.array(errors)) if laid[at].model][:20]
    if sheets_in:
        sheets_in.mkdir(parents=True, exist_ok=True)
        contact(sheets_in / "failures.png", [drawn(bench, pairs[at], laid[at]) for at in worst])


def main() -> None:
    """Measure the folders named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--strangers", type=int, default=2000)
    parser.add_argument("--sheets", type=Path)
    given = parser.parse_args()
    for folder in given.folders:
        measure(folder, given.strangers, given.sheets)


if __name__ == "__main__":
    main()
