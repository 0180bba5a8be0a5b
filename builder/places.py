"""Places that are kept: `layouts/<view>-<layout>.csv` in the catalogue, to be committed.

A map cannot be made again to the bit on another machine or with another version of a library, and
readers remember where things are. So the places of unfolded layouts are kept beside the register:
one line an image with its id, x and y as on the site, and the beginning of its picture's hash; the
first line says what the map was made with. Artifacts are made from these files, never the other
way round. Places of images that were taken out are kept too: an image that comes back finds its
own. To unfold a map anew remove its file, or set `fresh` in the table layouts.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder.errors import CorpusError, Problem
from builder.workspace import canonical, fingerprint, write_atomic

FOLDER = "layouts"
_HEAD = ["id", "x", "y", "content"]
_CONTENT = 12  # hex digits of a hash that are kept
_TITLE = "# Where the images lie; kept so that they stay. Made with "


@dataclass(frozen=True)
class Places:
    """Kept places of one layout.

    Attributes:
        recipe: what the layout was made with; {} if nothing is kept.
        size: side of a picture, in units of x and y.
        images: stands for the images that the layout was unfolded from, as `image_mark`.
        rows: id -> x, y and the beginning of the picture's hash.
    """

    recipe: dict[str, object]
    size: float
    images: str
    rows: dict[str, tuple[float, float, str]]

    def of(
        self, ids: Sequence[str], hashes: Sequence[str]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
        """Places of images.

        Returns:
            (n, 2) places, zero where there is none; (n,) which images have one; (n,) which have
            one and the picture that they had then.
        """
        xy = np.zeros((len(ids), 2))
        there, same = np.zeros(len(ids), bool), np.zeros(len(ids), bool)
        for row, (name, sha256) in enumerate(zip(ids, hashes, strict=True)):
            if name in self.rows:
                x, y, content = self.rows[name]
                xy[row], there[row], same[row] = (x, y), True, sha256[:_CONTENT] == content
        return xy, there, same


NOTHING = Places({}, 0.0, "", {})


def image_mark(ids: Sequence[str], hashes: Sequence[str]) -> str:
    """Stands for a set of images with their pictures, in any order."""
    return fingerprint({"images": sorted(zip(ids, hashes, strict=True))})


def place_file(catalogue: Path, view: str, layout: str) -> Path:
    """Where the places of a layout are kept."""
    return catalogue / FOLDER / f"{view}-{layout}.csv"


def read_places(path: Path) -> tuple[Places, list[Problem]]:
    """Kept places; `NOTHING` without a file. Lines that make no sense are passed over and told.

    Raises:
        CorpusError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        return NOTHING, []
    except OSError as error:
        raise CorpusError(
            f"cannot be read ({error.strerror})", str(path), "make it readable"
        ) from error
    title, _, body = text.partition("\n")
    recipe, size, images = _made_with(title)
    rows: dict[str, tuple[float, float, str]] = {}
    lost = 0
    for line in csv.reader(body.splitlines()):
        if not line or line == _HEAD:
            continue
        place = _place(line)
        if place is None:
            lost += 1
        else:
            rows[line[0]] = place
    named = f"{FOLDER}/{path.name}"
    problems = []
    if lost:
        what = "1 line is no place" if lost == 1 else f"{lost} lines are no places"
        remedy = "nothing need be done: those images are placed anew"
        problems.append(Problem(named, what, remedy))
    return Places(recipe, size, images, rows), problems


def write_places(
    path: Path,
    recipe: Mapping[str, object],
    size: float,
    images: str,
    rows: dict[str, tuple[float, float, str]],
) -> None:
    """Keep places, in the order of ids, to six decimals.

    Raises:
        OutputError: it cannot be written.
    """
    made = {"recipe": dict(recipe), "size": round(size, 8), "images": images}
    text = io.StringIO()
    text.write(_TITLE + canonical(made) + "\n")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_HEAD)
    for name in sorted(rows):
        x, y, content = rows[name]
        table.writerow([name, f"{x:.6f}", f"{y:.6f}", content])
    write_atomic(path, text.getvalue().encode())


def rows_of(
    ids: Sequence[str], hashes: Sequence[str], xy: NDArray[np.float64]
) -> dict[str, tuple[float, float, str]]:
    """Places as they are kept."""
    return {
        name: (float(x), float(y), sha256[:_CONTENT])
        for name, sha256, (x, y) in zip(ids, hashes, xy, strict=True)
    }


def _made_with(title: str) -> tuple[dict[str, object], float, str]:
    """What the first line says; nothing where it was lost, so that the map counts as another's."""
    try:
        made = json.loads(title[title.index("{") :])
        return dict(made["recipe"]), float(made["size"]), str(made["images"])
    except (ValueError, KeyError, TypeError):
        return {}, 0.0, ""


def _place(line: list[str]) -> tuple[float, float, str] | None:
    try:
        name, x, y, content = line
        place = float(x), float(y)
    except ValueError:
        return None
    fits = name and all(-1 <= value <= 2 for value in place)
    return (*place, content) if fits else None
