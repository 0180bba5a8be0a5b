"""The stage that measures every picture once, and says what each image is.

What is measured is remembered by content: adding images measures those alone, and a build that
is cut off loses at most the picture at hand.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.describing import Pictures
from builder.errors import Problem
from builder.ledger import Ledger
from builder.likeness import Likeness
from builder.measures.complexity import RATIOS
from builder.measures.examine import Examined, clues, copies, examine, table
from builder.measures.kinds import classify, distinctive
from builder.measures.review import overrule, read_review
from builder.measures.sheet import SIDE
from builder.measures.twins import COPY, Twin, twins
from builder.measures.types import Measures, Verdict
from builder.settings.review import ReviewSettings
from builder.workspace import canonical, fingerprint, whole_lines

STAGE = "measures"
VERSIONS = {"measured": 1, "twins": 1, "agreed": 1}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""

_NEAREST = 10  # a view agrees on a near duplicate if it is among so many nearest


@dataclass(frozen=True)
class Judged:
    """The numbers on all images, what each of them is, and what was wrong with review.csv."""

    measures: Measures
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def kinds(self) -> list[str]:
        """(n,) what each image is."""
        return [verdict.kind for verdict in self.verdicts]


class Measuring:
    """Measures the pictures of a catalogue.

    Args:
        ledger: keeps account.
        pictures: of the corpus.
        sizes: (n,) width and height of each image in pixels.
    """

    def __init__(
        self, ledger: Ledger, pictures: Pictures, sizes: Sequence[tuple[int, int]]
    ) -> None:
        self.ledger, self.pictures = ledger, pictures
        self._sizes = dict(zip(pictures.hashes, sizes, strict=True))
        self.parts: dict[str, object] = {
            "version": VERSIONS["measured"],
            "side": SIDE,
            "ground": pictures.ground,
        }
        self.path = ledger.workspace.path("measured", ".jsonl", self.parts)
        self._known = dict(self._read())

    @property
    def missing(self) -> list[str]:
        """Hashes of the pictures that were not measured yet."""
        distinct = dict.fromkeys(self.pictures.hashes)
        return [sha256 for sha256 in distinct if sha256 not in self._known]

    def run(self, jobs: int) -> None:
        """Measure the pictures that were not measured yet, `jobs` at a time."""
        missing = self.missing
        report = self.ledger.account(STAGE)
        report.done += len(missing)
        report.reused += len(set(self.pictures.hashes)) - len(missing)
        if not missing:
            return
        report.why = report.why or f"{len(missing)} pictures not measured yet"
        if self.ledger.dry_run:
            return
        self.ledger.workspace.prepare()
        self.ledger.workspace.record(self.path, "measured", self.parts)
        what = f"{len(missing)} pictures measured"
        with (
            self.ledger.timed(STAGE, len(missing), what) as advance,
            ThreadPoolExecutor(jobs) as pool,
            self.path.open("a", encoding="utf-8") as file,
        ):
            for sha256, found in zip(missing, pool.map(self._measure, missing), strict=True):
                file.write(canonical({"sha256": sha256, **_to_json(found)}) + "\n")
                file.flush()
                self._known[sha256] = found
                advance(1)

    def examined(self) -> list[Examined]:
        """(n,) what was measured of each image; all must have been measured."""
        return [self._known[sha256] for sha256 in self.pictures.hashes]

    def twins(self, near: bool) -> list[Twin]:
        """Images that repeat an earlier one; without `near` only those whose files are equal."""
        hashes = self.pictures.hashes
        parts: dict[str, object] = {
            "version": VERSIONS["twins"],
            "measured": self.path.name,
            "pictures": fingerprint({"hashes": hashes}),
            "near": near,
        }

        def make(_: object) -> records.Write:
            examined = self.examined()
            known = distinctive(clues(examined)) & near
            found = twins(copies(examined), hashes, known)
            rows = [[one.row, one.other, one.orientation, one.bits] for one in found]
            return records.archive(
                {
                    "rows": np.array(rows, np.int64).reshape(-1, 4),
                    "correlation": np.array([one.correlation for one in found], np.float64),
                }
            )

        made = self.ledger.artifact(STAGE, "twins", parts, make, records.read_arrays)
        if self.ledger.dry_run and not made.path.exists():
            return []
        arrays = made.value
        pairs = zip(arrays["rows"].tolist(), arrays["correlation"].tolist(), strict=True)
        return [Twin(row[0], row[1], row[2], row[3], alike) for row, alike in pairs]

    def _measure(self, sha256: str) -> Examined:
        pixels, _ = self.pictures.load(sha256, SIDE)
        return examine(pixels, self._sizes[sha256])

    def _read(self) -> Iterable[tuple[str, Examined]]:
        """Entries whose line is whole; a line that a kill cut short is cut off."""
        for line in whole_lines(self.path, mend=not self.ledger.dry_run):
            entry = json.loads(line)
            yield entry["sha256"], _from_json(entry)


def judge(
    measuring: Measuring,
    settings: ReviewSettings,
    folder: Path,
    likeness: tuple[NDArray[np.float32], NDArray[np.int64]] | None = None,
    agrees: Callable[[Twin], bool] | None = None,
) -> Judged:
    """The table of measures, and what each image is: by the measures, then by the curator.

    Args:
        measuring: all pictures of it measured.
        settings: of the review.
        folder: of the catalogue, where review.csv may be.
        likeness: (u, u) of contents in a view and (n,) the content of each image, by which near
            duplicates are confirmed; without it small copies of the pictures alone decide.
        agrees: confirms near duplicates in its place, as `agreement` does.
    """
    examined, ids = measuring.examined(), measuring.pictures.ids
    if likeness is not None:
        agrees = partial(_agrees, matrix=likeness[0], index=likeness[1])
    verdicts = classify(clues(examined), measuring.twins(settings.duplicates), agrees)
    data, problems = _review(folder, settings.file)
    review = read_review(data, ids, settings.file)
    return Judged(
        table(examined), tuple(overrule(verdicts, ids, review)), (*problems, *review.problems)
    )


def agreement(
    measuring: Measuring, settings: ReviewSettings, likeness: Likeness
) -> Callable[[Twin], bool]:
    """Whether a view confirms near duplicates; the answers are kept, the likenesses are large.

    Args:
        measuring: all pictures of it measured.
        settings: of the review.
        likeness: of the view, of all images.
    """
    ledger, twins = measuring.ledger, measuring.twins(settings.duplicates)
    pairs = [(twin.row, twin.other) for twin in twins]
    parts = {
        "version": VERSIONS["agreed"],
        "twins": fingerprint({"twins": pairs}),
        "likeness": likeness.fingerprint,
    }

    def make(_: object) -> records.Write:
        agreed = [_agrees(twin, likeness.matrix, likeness.index) for twin in twins]
        return records.archive({"agreed": np.array(agreed, np.bool_)})

    made = ledger.artifact(STAGE, "agreed", parts, make, records.read_arrays)
    if ledger.dry_run and not made.path.exists():
        return lambda _: True
    agreed = dict(zip(pairs, made.value["agreed"].tolist(), strict=True))
    return lambda twin: agreed[twin.row, twin.other]


def _review(folder: Path, name: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The bytes of the curator's table, none if there is no such file."""
    try:
        return (folder / name).read_bytes(), ()
    except FileNotFoundError:
        return b"", ()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return b"", (Problem(name, f"cannot be read ({reason})", "make it readable"),)


def _agrees(twin: Twin, matrix: NDArray[np.float32], index: NDArray[np.int64]) -> bool:
    """Whether a view has the earlier image among the nearest of the later one."""
    one, other = int(index[twin.row]), int(index[twin.other])
    if one == other or twin.correlation >= 1:
        return True
    nearer = np.count_nonzero(matrix[one] > matrix[one, other])
    return bool(nearer - (matrix[one, one] > matrix[one, other]) < _NEAREST)


def _to_json(found: Examined) -> dict[str, object]:
    return {
        "values": found.values,
        "ratios": found.ratios.tolist(),
        "palette": found.palette.tolist(),
        "shares": found.shares.tolist(),
        "copy": base64.b64encode(found.copy.tobytes()).decode(),
    }


def _from_json(entry: dict[str, Any]) -> Examined:
    copy = np.frombuffer(base64.b64decode(entry["copy"]), np.uint8)
    return Examined(
        entry["values"],
        np.array(entry["ratios"], np.float64).reshape(len(RATIOS)),
        np.array(entry["palette"], np.uint8),
        np.array(entry["shares"], np.float32),
        copy.reshape(COPY, COPY),
    )
