"""`volvelle query` and `volvelle export`: the catalogue asked from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder import pipeline
from builder import settings as settings_module
from builder.corpus.picture import estimate_ground, read_picture
from builder.corpus.types import Corpus
from builder.errors import CorpusError, SettingsError
from builder.settings import ViewSettings
from builder.workspace import write_atomic


@dataclass(frozen=True)
class Hit:
    """An image found near another, by cosine."""

    id: str
    title: str
    score: float
    path: str


@dataclass(frozen=True)
class Answer:
    """What a query found, nearest first."""

    view: str
    hits: tuple[Hit, ...]


def query(folder: Path, image: str, view: str, count: int, device: str) -> Answer:
    """The nearest images of an image of the catalogue, or of any image file.

    Raises:
        CorpusError: the catalogue is not built, or there is no such image.
        SettingsError: there is no such view.
    """
    from builder.similarity.neighbours import top

    settings = settings_module.read(folder)
    chosen = _view(settings.views, view)
    built = pipeline.Opened(folder, settings)
    features = built.features(chosen)
    array, index = features.array, features.index
    own = next((row for row, i in enumerate(built.corpus.images) if i.id == image), None)
    if own is not None:
        asked = np.asarray(array[index[own]])
    else:
        asked = _describe(folder, Path(image), chosen, settings, device)
    scores = cosines(array, index, asked)
    candidates = np.ones(len(index), bool)
    if own is not None:
        candidates[own] = False
    best = top(scores, candidates, count)
    return Answer(chosen.name, tuple(_hit(built.corpus, int(r), scores) for r in best))


def cosines(
    array: NDArray[np.float16], index: NDArray[np.int64], asked: NDArray[np.float16]
) -> NDArray[np.float32]:
    """Cosine of one row of features with each image's, a thousand rows at a time."""
    query_row = asked.astype(np.float32)
    query_row /= max(float(np.linalg.norm(query_row)), 1e-12)
    scores = np.empty(len(index), np.float32)
    for start in range(0, len(index), 1000):
        block = array[index[start : start + 1000]].astype(np.float32)
        lengths = np.maximum(np.linalg.norm(block, axis=1), 1e-12)
        scores[start : start + 1000] = block @ query_row / lengths
    return scores


def export(folder: Path, to: Path) -> list[Path]:
    """Write what the site has in exports/ into a folder; gives the paths."""
    from builder.exports.files import files

    settings = settings_module.read(folder)
    site = pipeline.Opened(folder, settings).site()
    written = []
    for name, content in files(site):
        path = to / Path(name).name
        write_atomic(path, content)
        written.append(path)
    return written


def _view(views: tuple[ViewSettings, ...], name: str) -> ViewSettings:
    for view in views:
        if name in ("", view.name):
            return view
    known = ", ".join(view.name for view in views)
    raise SettingsError(f'there is no view "{name}"', remedy=f"views are: {known}")


def _describe(
    folder: Path, image: Path, view: ViewSettings, settings: settings_module.Settings, device: str
) -> NDArray[np.float16]:
    from builder.features.backbones import choose
    from builder.features.extract import describe, pick_device
    from builder.features.prepare import to_square

    path = image if image.exists() else folder / settings.images.folder / image
    if not path.is_file():
        raise CorpusError(
            "there is no such image", str(image), "name an id of the catalogue, or an image file"
        )
    longest = view.size if view.fit == "pad" else 2 * view.size
    limit = settings.images.max_megapixels
    picture = read_picture(path, longest, settings.images.ground, limit)
    family, layer = choose(view.backbone, view.layer)
    network = family.load(layer)
    where = pick_device(device)
    network.to(where)
    square = to_square(picture.pixels, view.size, view.fit, estimate_ground(picture.pixels))
    row: NDArray[np.float16] = describe(network, [square], where, view.pooling)[0]
    return row


def _hit(corpus: Corpus, row: int, scores: NDArray[np.float32]) -> Hit:
    image = corpus.images[row]
    return Hit(image.id, image.title, round(float(scores[row]), 4), image.path)
