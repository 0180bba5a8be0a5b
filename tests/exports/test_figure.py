"""Figures for papers: sizes, type, bytes, and what is told of bad input."""

from __future__ import annotations

import base64
import io
import re
import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from builder.errors import CorpusError, SettingsError
from builder.exports.colours import colour, rgb
from builder.exports.figure import figure, unwritten
from builder.exports.figure_plan import plan
from builder.exports.figure_words import Subject, caption
from builder.layouts.types import Layout
from builder.pages.types import SiteInput

Made = Callable[..., SiteInput]
DPI = 100


def subject(site: SiteInput, layout: Layout | None = None) -> Subject:
    view = site.views[0]
    return Subject(site, view, layout or view.layouts[0], view.clustering)


def thumbnail(row: int) -> np.ndarray:
    """Black, twice as broad as high."""
    return np.zeros((20, 40, 3), np.uint8)


def none(row: int) -> np.ndarray:
    raise FileNotFoundError


@pytest.fixture
def drawn(made: Made) -> Callable[[str], bytes]:
    return lambda form: figure(subject(made()), thumbnail, form, 120, DPI)


def test_a_png_has_the_size_that_was_asked_for(made: Made, drawn) -> None:
    """Width in mm times dots per inch, and it says its resolution."""
    picture = Image.open(io.BytesIO(drawn("png")))

    laid = plan(subject(made()), 120)
    assert abs(picture.width - 120 / 25.4 * DPI) <= 1
    assert abs(picture.height - laid.height / 25.4 * DPI) <= 1
    assert round(picture.info["dpi"][0]) == DPI


def test_vectors_are_as_broad_as_asked_for(drawn) -> None:
    """In points, which programs for type read."""
    root = ElementTree.fromstring(drawn("svg"))
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", drawn("pdf"))

    assert box is not None
    for width in (root.get("width", "").removesuffix("pt"), box[1]):
        assert float(width) == pytest.approx(120 / 25.4 * 72, abs=0.01)


def test_type_is_in_the_file(drawn) -> None:
    """SVG draws letters as outlines; PDF holds the TrueType font; neither asks for one."""
    svg, pdf = drawn("svg"), drawn("pdf")

    assert b"<text" not in svg
    assert b"font-family" not in svg
    assert svg.count(b"<use ") > 100
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf


def test_nothing_is_fetched(drawn) -> None:
    """Pictures are within the SVG, and links point into it."""
    links = re.findall(rb'xlink:href="([^"]{,30})', drawn("svg"))

    assert links
    assert all(link.startswith((b"#", b"data:image/png;base64,")) for link in links)


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_the_same_catalogue_gives_the_same_bytes(form: str, drawn) -> None:
    """No dates, no random names."""
    first, second = drawn(form), drawn(form)

    assert first == second
    assert not re.search(rb"<dc:date>|CreationDate|Software", first)


def test_pictures_stand_in_their_places(made: Made) -> None:
    """Black pixels in the middle of each, its cluster's colour around it, paper beyond."""
    site = made(count=9, groups=3)
    one = subject(site)
    laid = plan(one, 120)
    svg = ElementTree.fromstring(figure(one, thumbnail, "svg", 120, 300))
    image = next(svg.iter("{http://www.w3.org/2000/svg}image"))
    data = image.get("{http://www.w3.org/1999/xlink}href", "").partition(",")[2]
    board = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA"))

    # Later pictures may lie on earlier ones; the last lies on all.
    x, y = (int(value) for value in laid.centres[-1] * 300 / 25.4)
    half = int(laid.side * 0.96 / 2 * 300 / 25.4)
    assert board[y, x].tolist() == [0, 0, 0, 255]
    assert board[y, x - half + 1].tolist() == [*rgb(colour(3)), 255]
    assert board[2, 2, 3] == 0


def test_some_thumbnails_may_be_missing(made: Made) -> None:
    """An empty square takes their place; without any there is no figure."""
    one = subject(made(count=9))

    assert figure(one, lambda row: none(row) if row else thumbnail(row), "png", 120, DPI)
    with pytest.raises(CorpusError, match="no image has a thumbnail; run volvelle build"):
        figure(one, none, "png", 120, DPI)


@pytest.mark.parametrize(
    ("width", "dpi", "told"),
    [
        (10, 300, "--width 10 is out of range; give 40 to 1000 mm"),
        (float("nan"), 300, "--width nan is out of range"),
        (180, 20_000, "--dpi 20000 is out of range; give 50 to 1200 dots per inch"),
        (1000, 1200, "1000 mm at 1200 dpi is too large; give a smaller --width or --dpi"),
    ],
)
def test_impossible_sizes_are_told(width: float, dpi: int, told: str, made: Made) -> None:
    """Before anything is drawn."""
    with pytest.raises(SettingsError, match=told):
        figure(subject(made(count=9)), none, "png", width, dpi)


def test_the_caption_says_what_is_seen_and_whose_it_is(made: Made) -> None:
    """Title, layout, view, model, version, licence, and the credits in the metadata."""
    site = made()
    true = replace(site.views[0].layouts[0], quality={"trustworthiness": 0.954})

    assert caption(subject(site, true)) == (
        "Circles. Map of 40 images by look. 5 clusters, by hand. Trustworthiness 0.95. "
        "View “look”: lite0, blocks.4. Catalogue version 0123456789ab, Volvelle 0.1.0. "
        "Licence: CC0-1.0. Pictures: A, B: A library."
    )


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_images_are_a_figure_too(count: int, made: Made) -> None:
    """However few; nothing to outline, nothing to name."""
    site = made(count=8)
    view = site.views[0]
    lone = replace(
        site,
        corpus=replace(site.corpus, images=site.corpus.images[:count]),
    )
    labels = np.full(count, -1, np.int32)
    clustering = replace(view.clustering, labels=labels, clusters=())
    layout = Layout("map", "positions", np.full((count, 2), 0.5, np.float32), 1.0)

    data = figure(Subject(lone, view, layout, clustering), thumbnail, "png", 80, DPI)

    assert abs(Image.open(io.BytesIO(data)).width - 80 / 25.4 * DPI) <= 1


def test_letters_that_the_font_lacks_are_named(made: Made) -> None:
    """Greek, Arabic and Hebrew are there; for Chinese a square is drawn, without a warning."""
    site = made(count=20)
    view = site.views[0]
    names = ("Ἥλιος", "قمر", "ירח", "月食", "月")
    named = [
        replace(one, name=name) for one, name in zip(view.clustering.clusters, names, strict=True)
    ]
    clustering = replace(view.clustering, clusters=tuple(named))
    one = Subject(site, view, view.layouts[0], clustering)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure(one, thumbnail, "png", 180, DPI)

    assert sorted(unwritten(one, 180)) == ["月", "食"]
