"""Draw the demonstration corpus: pictures, metadata, groups and the truth about them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import cv2
from PIL import Image

from builder.demo import metadata
from builder.demo.chance import generator
from builder.demo.kinds import design
from builder.demo.manuscripts import MANUSCRIPTS
from builder.demo.paint import Picture, paint
from builder.demo.placement import placement
from builder.demo.plan import Piece, plan
from builder.demo.scribe import copy
from builder.demo.strays import stray
from builder.demo.symmetry import same_orientations
from builder.errors import OutputError

_ROUGH = ".drawing"
_FEW = 24
_QUALITY = 88


@dataclass(frozen=True)
class Drawn:
    """What was drawn: how many images, different designs and manuscripts."""

    images: int
    designs: int
    manuscripts: int


def draw(
    folder: Path,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
    designs_per_kind: int = 12,
    *,
    workers: int | None = None,
) -> Drawn:
    """Draw the corpus as a catalogue's folder.

    It appears at the end as a whole: catalogue.toml, metadata.csv, groups.csv,
    truth.json and images/. The same seed gives the same bytes for any number of workers.

    Args:
        folder: where to; must be absent or empty.
        seed: chooses designs, copies and pages.
        progress: told the number of images drawn so far.
        designs_per_kind: how many designs each kind of diagram gets.
        workers: processes to share the work; as many as there are processors by default.

    Raises:
        OutputError: the folder holds something already, or cannot be written.
    """
    pieces = plan(seed, designs_per_kind)
    rough = folder / _ROUGH
    try:
        if folder.exists() and not _empty(folder):
            raise OutputError("is not an empty folder", str(folder), "name another folder")
        shutil.rmtree(rough, ignore_errors=True)
        facts = _draw_all(pieces, rough / "images", seed, progress, workers)
        _write(rough / "metadata.csv", metadata.metadata_text(pieces, seed))
        _write(rough / "groups.csv", metadata.groups_text(pieces))
        _write(rough / "truth.json", metadata.truth_text(seed, facts))
        _write(rough / "catalogue.toml", metadata.settings_text())
        for name in ("images", "metadata.csv", "groups.csv", "truth.json", "catalogue.toml"):
            (rough / name).replace(folder / name)
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror})",
            str(folder),
            "free space there or name another folder",
        ) from error
    finally:
        shutil.rmtree(rough, ignore_errors=True)
    designs = {piece.design for piece in pieces if piece.diagram}
    return Drawn(len(pieces), len(designs), len({piece.siglum for piece in pieces}))


def _empty(folder: Path) -> bool:
    """Whether a folder holds nothing, or only what an interrupted drawing left."""
    return folder.is_dir() and all(child.name == _ROUGH for child in folder.iterdir())


def picture(
    piece: Piece, seed: int, orientation: int | None = None
) -> tuple[Picture, dict[str, object]]:
    """Draw one image; also the truth about it.

    Args:
        piece: which image.
        seed: the corpus's seed.
        orientation: draws it in another orientation than its own, all else being equal.

    Returns:
        The picture, shape (h, w, 3), uint8 RGB, and its entry in truth.json.
    """
    book = next(book for book in MANUSCRIPTS if book.siglum == piece.siglum)
    rng = generator(seed, "image", piece.kind, piece.number, piece.diagram, piece.siglum)
    long_side = int(rng.integers(420, 761))
    if not piece.diagram:
        return stray(piece.kind, book, long_side, rng), {
            "design": None, "kind": None, "manuscript": book.siglum, "false_detection": piece.kind,
        }  # fmt: skip
    scene = design(piece.kind, piece.number, seed)
    copied = copy(scene, rng, orientation)
    pixels, frame = paint(copied, book, long_side, rng)
    return pixels, {
        "design": piece.design,
        "kind": piece.kind,
        "manuscript": book.siglum,
        "false_detection": None,
        "orientation": copied.orientation,
        "same_orientations": list(same_orientations(scene)),
        "rotation_degrees": copied.tilt,
        "margins": dict(zip(("left", "top", "right", "bottom"), copied.margins, strict=True)),
        "placement": placement(copied, frame),
        "changes": list(copied.changes),
    }


def _draw_all(
    pieces: tuple[Piece, ...],
    images: Path,
    seed: int,
    progress: Callable[[int], None] | None,
    workers: int | None,
) -> dict[str, dict[str, object]]:
    for siglum in sorted({piece.siglum for piece in pieces}):
        (images / siglum).mkdir(parents=True, exist_ok=True)
    work = partial(_draw_one, images=images, seed=seed)
    facts = {}
    for count, (piece, fact) in enumerate(_spread(pieces, work, workers), 1):
        facts[piece.id] = fact
        if progress:
            progress(count)
    return facts


def _spread(
    pieces: tuple[Piece, ...],
    work: Callable[[Piece], dict[str, object]],
    workers: int | None,
) -> Iterator[tuple[Piece, dict[str, object]]]:
    """Do the work on all pieces, in this process if it is little."""
    crew = min(workers or os.cpu_count() or 1, 16)
    if crew == 1 or len(pieces) < _FEW:
        yield from zip(pieces, map(work, pieces), strict=True)
        return
    # A fresh start for each process: a fork would inherit locks of libraries' threads.
    with ProcessPoolExecutor(crew, get_context("spawn"), partial(cv2.setNumThreads, 1)) as pool:
        yield from zip(pieces, pool.map(work, pieces, chunksize=4), strict=True)


def _draw_one(piece: Piece, images: Path, seed: int) -> dict[str, object]:
    pixels, fact = picture(piece, seed)
    path = images / piece.filename
    if piece.suffix == ".png":
        Image.fromarray(pixels).save(path, compress_level=6)
    else:
        Image.fromarray(pixels).save(path, quality=_QUALITY, subsampling=0)
    return fact


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
