"""`volvelle export`: tables and graphs, the features of a view, and figures for papers."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder import pipeline
from builder import settings as settings_module
from builder.clusters.types import Clustering
from builder.errors import CorpusError, Problem, SettingsError
from builder.exports.figure_types import FORMATS, Format
from builder.gathering import further_files
from builder.intake import PictureStore
from builder.pages.types import SiteInput, ViewResult
from builder.records import read_arrays
from builder.settings import Settings
from builder.showing import Shown
from builder.workspace import Workspace, write_atomic


@dataclass(frozen=True)
class Figures:
    """What figures show, and how large they are.

    Attributes:
        view: of the catalogue, "" for the first.
        layout: of the view, "" for the map.
        clusters: name of the clustering, "" for the main one.
        width: in mm.
        dpi: dots per inch of the pictures.
    """

    view: str = ""
    layout: str = ""
    clusters: str = ""
    width: float = 180.0
    dpi: int = 300


def export(folder: Path, to: Path) -> list[Path]:
    """Write what the site has in exports/ into a folder; gives the paths."""
    from builder.exports.files import files

    site = pipeline.Opened(folder, settings_module.read(folder)).site()
    written = []
    for name, content in chain(files(site), further_files(site)):
        if name.startswith("exports/") and isinstance(content, bytes):
            path = to / Path(name).name
            write_atomic(path, content)
            written.append(path)
    return written


def features(folder: Path, views: Sequence[str], to: Path) -> list[Path]:
    """Write features-<view>.parquet for views: the principal scores that clusters and maps read.

    Raises:
        SettingsError: there is no such view.
        CorpusError: the catalogue is not built.
    """
    from builder.exports.parquets import features_parquet

    settings = settings_module.read(folder)
    for name in views:
        _known(name, [view.name for view in settings.views], "view")
    site = pipeline.Opened(folder, settings).site()
    written = []
    for name in dict.fromkeys(views):
        path = to / f"features-{name}.parquet"
        write_atomic(path, features_parquet(site.corpus.images, _scores(folder, site, name)))
        written.append(path)
    return written


def draw(
    folder: Path, paths: Sequence[Path], wanted: Figures
) -> tuple[list[Path], tuple[Problem, ...]]:
    """Draw a map as SVG, PNG or PDF, as the name of the file ends.

    Gives the paths, and what is not as it should be.

    Raises:
        SettingsError: no such ending, view, layout or clustering, or an impossible size.
        CorpusError: the catalogue is not built, or no image has a thumbnail.
        OutputError: a file cannot be written.
    """
    from builder.exports.figure import check, figure, unwritten
    from builder.exports.figure_words import Subject

    forms = {path: _form(path) for path in paths}
    check(wanted.width, wanted.dpi)
    settings = settings_module.read(folder)
    # Before anything is opened, which takes a while.
    view_name = wanted.view or settings.views[0].name
    _known(view_name, [view.name for view in settings.views], "view")
    site = pipeline.Opened(folder, settings).site()
    view = next(one for one in site.views if one.name == view_name)
    layouts = {layout.name: layout for layout in view.layouts}
    layout = layouts[_known(wanted.layout or view.layouts[0].name, list(layouts), "layout")]
    subject = Subject(site, view, layout, _clustering(view, wanted.clusters))
    picture = _Thumbnails(folder, settings, site)
    for path, form in forms.items():
        write_atomic(path, figure(subject, picture, form, wanted.width, wanted.dpi))
    return list(forms), _squares(unwritten(subject, wanted.width), paths[0])


def _squares(letters: str, path: Path) -> tuple[Problem, ...]:
    """What to do where names are in a script that the font of figures has not."""
    if not letters:
        return ()
    what = f"its font lacks {len(letters)} letter{'s' * (len(letters) > 1)} ({letters[:12]})"
    return (Problem(str(path), what, "give those clusters other names in clusters.csv"),)


class _Thumbnails:
    """Thumbnails of a built catalogue, by row."""

    def __init__(self, folder: Path, settings: Settings, site: SiteInput) -> None:
        self._shown = Shown(PictureStore(Workspace(folder), settings), site.corpus)
        self._images = site.corpus.images

    def __call__(self, row: int) -> NDArray[np.uint8]:
        return self._shown.pixels(self._images[row].sha256)


def _form(path: Path) -> Format:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        what = f'"{path.suffix}" is no kind of figure' if ending else "names no kind of figure"
        raise SettingsError(what, str(path), "end the name in .svg, .png or .pdf")
    return ending


def _clustering(view: ViewResult, name: str) -> Clustering:
    """The clustering of that name; the main one for "".

    Raises:
        SettingsError: the view has none of that name.
    """
    known = {one.name: one for one in view.clusterings if one.name}
    return known[_known(name, list(known), "clustering")] if name else view.clustering


def _known(name: str, known: Sequence[str], what: str) -> str:
    """The name, if it is one of those that are known.

    Raises:
        SettingsError: it is not; the sentence says which is meant, or which there are.
    """
    if name in known:
        return name
    close = difflib.get_close_matches(name, known, n=1)
    remedy = f'did you mean "{close[0]}"?' if close else f"{what}s are: {', '.join(known)}"
    raise SettingsError(f'there is no {what} "{name}"', remedy=remedy)


def _scores(folder: Path, site: SiteInput, name: str) -> NDArray[np.float32]:
    """(n, d) principal scores of a view's images, NaN for those that are left out of it.

    Raises:
        CorpusError: they are not there, though the catalogue is built.
    """
    variance = next(view for view in site.views if view.name == name).variance
    if variance is None:
        raise CorpusError("its components are not known", name, "run volvelle build")
    stored = read_arrays(folder / variance.file)
    rows = {image.id: row for row, image in enumerate(site.corpus.images)}
    scores = np.full((len(rows), stored["scores"].shape[1]), np.nan, np.float32)
    scores[[rows[one] for one in stored["ids"].tolist()]] = stored["scores"]
    return scores
