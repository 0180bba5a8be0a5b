"""`evaluate` on small catalogues whose views are made up, so that every answer is known."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import unquote

import cv2
import numpy as np
import pytest
from PIL import Image as PillowImage
from rich.console import Console
from support import draw

from builder import pipeline
from builder.atlas.types import Atlas
from builder.clusters.types import Clustering
from builder.commands.evaluating import Report, evaluate
from builder.commands.evaluation_text import as_json, show
from builder.corpus.changes import CHANGES
from builder.corpus.types import Corpus, Image
from builder.errors import CorpusError, ModelError, SettingsError
from builder.pages.types import SiteInput, ViewResult
from builder.progress import Silent
from builder.settings import Settings, ViewSettings
from builder.similarity.types import NeighbourList, Neighbours

VIEWS = ("form", "look")


def described(pixels: np.ndarray) -> np.ndarray:
    """A very small view: 16 x 16 grey levels, centred, of length one."""
    grey = cv2.resize(pixels, (16, 16), interpolation=cv2.INTER_AREA).mean(axis=2).ravel()
    grey = grey - grey.mean()
    return grey / max(float(np.linalg.norm(grey)), 1e-9)


class Seeing:
    """Sees pictures as they are."""

    def __init__(self, view: str, vectors: np.ndarray) -> None:
        self.view, self._vectors = view, vectors

    def scores(self, row: int) -> np.ndarray:
        return (self._vectors @ self._vectors[row]).astype(np.float32)

    scores_others = scores

    def ask(self, pictures: Sequence[np.ndarray]) -> np.ndarray:
        asked = np.stack([described(picture) for picture in pictures])
        return (asked @ self._vectors.T).astype(np.float32)


class Blind(Seeing):
    """Says the same of everything."""

    def scores(self, row: int) -> np.ndarray:
        return np.zeros(len(self._vectors), np.float32)

    scores_others = scores

    def ask(self, pictures: Sequence[np.ndarray]) -> np.ndarray:
        raise ModelError("sees nothing from outside", self.view, "ask another")


class Opened:
    """A catalogue as it is opened for reading."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        paths = sorted((folder / "images").iterdir())
        pictures = [np.asarray(PillowImage.open(path)) for path in paths]
        self._vectors = np.stack([described(picture) for picture in pictures])
        images = [
            Image(
                path.stem,
                path.name,
                path.read_bytes().hex()[-64:],
                picture.shape[1],
                picture.shape[0],
                f"<b>{path.stem}</b>",
                source="AB"[number % 2],
            )
            for number, (path, picture) in enumerate(zip(paths, pictures, strict=True))
        ]
        self.corpus = Corpus(tuple(images))
        self.kept = np.ones(len(images), bool)
        self._settings = settings

    def ranker(self, view: str) -> Seeing:
        return (Seeing if view == "form" else Blind)(view, self._vectors)

    def site(self) -> SiteInput:
        none = NeighbourList(
            np.empty((0, 0), np.int32),
            np.empty((0, 0), np.float32),
            np.empty((0, 0), bool),
            np.empty((0, 0), np.uint8),
        )
        views = tuple(
            ViewResult(
                ViewSettings(name=name),
                (),
                Neighbours(none, none),
                Clustering("", np.empty(0, np.int32), (), {}),
                (),
            )
            for name in VIEWS
        )
        atlas = Atlas((), np.empty(0, np.int32), np.empty((0, 3), np.uint8))
        return SiteInput(self._settings, self.corpus, views, atlas, "0" * 12)


Make = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six figures, each drawn twice, in sources A and B, the second time lighter."""
    monkeypatch.setattr(pipeline, "Opened", Opened)
    folder = tmp_path / "my catalogue"
    for number in range(6):
        path = folder / "images" / f"f{number}-a.png"
        draw(path, number)
        pixels = np.asarray(PillowImage.open(path))
        lighter = PillowImage.fromarray((128 + pixels // 2).astype(np.uint8))
        lighter.save(path.with_name(f"f{number}-b.png"))
    names = "".join(f'[[views]]\nname = "{name}"\n' for name in VIEWS)
    (folder / "catalogue.toml").write_text(names, encoding="utf-8")
    (folder / "site").mkdir()
    (folder / "site/index.html").touch()
    return folder


def write_groups(folder: Path, *rows: str, header: str = "image,group") -> None:
    rows = rows or tuple(f"f{number}-{copy},{number}" for number in range(6) for copy in "ab")
    (folder / "groups.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def run(folder: Path, *views: str, **options) -> Report:
    options = {"groups": None, "html": None, **options}
    return evaluate(folder, views, options.pop("groups"), options.pop("html"), Silent(), **options)


def test_measures_are_those_of_the_groups(folder: Path) -> None:
    """The seeing view is perfect; the blind one ranks by row, which is worked by hand."""
    write_groups(folder)

    told = as_json(run(folder))

    views = {(one["view"], one["scope"]): one for one in told["views"]}
    assert list(views) == [(view, scope) for view in VIEWS for scope in ("all", "others")]
    best = views["form", "all"]
    assert (best["queries"], best["groups"]) == (12, 6)
    assert (best["map"], best["map_ci"], best["p_at_1"]) == (1, [1, 1], 1)
    assert best["recall"] == {"1": 1, "5": 1, "10": 1, "20": 1}
    assert views["form", "others"]["two_way_recall_at_1"] == 1
    # Among others, twin number i of 6 stands at place i + 1 for both directions.
    blind = views["look", "others"]
    assert blind["map"] == blind["mrr"] == round(sum(1 / (at + 1) for at in range(6)) / 6, 4)
    assert blind["p_at_1"] == blind["two_way_recall_at_1"] == round(1 / 6, 4)
    assert blind["recall"] == {"1": round(1 / 6, 4), "5": round(5 / 6, 4), "10": 1, "20": 1}
    assert "ndcg_at_10" not in blind
    assert json.loads(json.dumps(told)) == told


def test_differences_have_their_chance(folder: Path) -> None:
    """Five of six groups favour the seeing view among others, the sixth has no difference.

    So 4 of the 64 patterns of signs are as extreme; Holm's correction makes no p smaller.
    """
    write_groups(folder)

    others = next(one for one in as_json(run(folder))["comparisons"] if one["scope"] == "others")

    assert others["views"] == ["form", "look"]
    assert others["p"] == 4 / 64
    assert others["difference"] > 0
    assert others["difference_ci"][0] > 0
    assert others["p_holm"] >= others["p"]


def test_few_groups_are_warned_of(folder: Path) -> None:
    """Below thirty, in each scope, once however many views there are."""
    write_groups(folder)

    warnings = as_json(run(folder))["warnings"]

    assert [warning.split(" (")[0] for warning in warnings] == [
        "only 6 independent groups among all images",
        "only 6 independent groups among other sources",
    ]


def test_one_source_only_measures_one_scope(folder: Path) -> None:
    """And says why."""
    write_groups(folder, "f0-a,x", "f1-a,x", "f2-a,y", "f3-a,y")

    told = as_json(run(folder, "form"))

    assert [one["scope"] for one in told["views"]] == ["all"]
    assert told["warnings"][0].startswith("no group has images in two sources")


def test_relations_give_a_graded_measure(folder: Path) -> None:
    """Only then is there nDCG."""
    rows = ["f0-a,x,exact", "f0-b,x,exact", "f1-a,x,partial"]
    write_groups(folder, *rows, header="image,group,relation")

    told = as_json(run(folder, "form"))

    assert 0 < told["views"][0]["ndcg_at_10"] <= 1


def test_unknown_images_are_problems_not_failures(folder: Path) -> None:
    """The rest is measured."""
    write_groups(folder, "f0-a,x", "f0-b,x", "gone,x")

    told = as_json(run(folder, "form"))

    assert [one["problem"] for one in told["problems"]] == ['line 4: no image is called "gone"']
    assert told["views"][0]["queries"] == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            ["f0-a,x", "f1-a,y"],
            "nothing in it says that two images of this catalogue show the same",
        ),
        (["gone,x"], "names no image of this catalogue"),
    ],
)
def test_groups_of_no_use_are_errors(rows: list[str], words: str, folder: Path) -> None:
    """One sentence each."""
    write_groups(folder, *rows)

    with pytest.raises(CorpusError, match=words):
        run(folder)


def test_unknown_views_and_missing_tables_are_errors(folder: Path, tmp_path: Path) -> None:
    """They are named, with what there is."""
    with pytest.raises(SettingsError, match="views are: form, look"):
        run(folder, "nothing")
    with pytest.raises(CorpusError, match="no such file of groups"):
        run(folder, groups=tmp_path / "none.csv")


def test_without_groups_changed_pictures_are_looked_for(folder: Path) -> None:
    """Each change is told; unchanged ones are found, a view that cannot be asked is warned of."""
    told = as_json(run(folder))

    found = {one["change"]: one for one in told["known_item"]}
    assert list(found) == list(CHANGES)
    assert {one["view"] for one in told["known_item"]} == {"form"}
    assert {one["queries"] for one in told["known_item"]} == {12}
    assert found["unchanged"]["p_at_1"] == 1
    assert found["turned 180°"]["p_at_1"] < 0.5
    assert found["unchanged"]["mrr_ci"][1] == 1
    assert told["views"] == []
    assert any('"look" cannot be asked' in warning for warning in told["warnings"])


def test_fewer_pictures_may_be_asked_for(folder: Path) -> None:
    """The choice is the same every time, and so are the changes."""
    first, again = as_json(run(folder, "form", images=5)), as_json(run(folder, "form", images=5))

    assert {one["queries"] for one in first["known_item"]} == {5}
    assert first == again


def test_a_picture_that_is_gone_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are asked."""

    class Losing(Opened):
        def __init__(self, folder: Path, settings: Settings) -> None:
            super().__init__(folder, settings)
            (folder / "images/f0-a.png").unlink()

    monkeypatch.setattr(pipeline, "Opened", Losing)
    told = as_json(run(folder, "form"))

    assert [one["path"] for one in told["problems"]] == ["f0-a.png"]
    assert {one["queries"] for one in told["known_item"]} == {11}


def links(page: Path) -> set[str]:
    """Every address in a page that is not data or an anchor."""
    text = page.read_text(encoding="utf-8")
    return {
        one
        for one in re.findall(r'(?:href|src)="([^"]+)"', text)
        if not one.startswith(("data:", "#"))
    }


@pytest.mark.parametrize("place", [None, "else where/deep/page.html"])
@pytest.mark.parametrize("grouped", [True, False])
def test_the_page_shows_pictures_of_the_site(
    place: str | None, grouped: bool, folder: Path, tmp_path: Path
) -> None:
    """Wherever it lies, all its links lead into the site, and texts are escaped."""
    if grouped:
        write_groups(folder)
    html = tmp_path / place if place else None

    page = run(folder, html=html).page

    assert page == (html or folder / "evaluation.html")
    text = page.read_text(encoding="utf-8")
    site = (folder / "site").resolve()
    targets = {(page.parent / unquote(one)).resolve() for one in links(page)}
    assert all(target.is_relative_to(site) for target in targets)
    assert site / "thumbs/f0-a.webp" in targets
    assert "<b>" not in text
    assert "&lt;b&gt;f0-a&lt;/b&gt;" in text
    assert "style=" not in text
    assert ("data:image/webp" in text) != grouped


def test_the_page_marks_right_ones(folder: Path) -> None:
    """Every query of the seeing view has its twin first; the blind view's worst has it last."""
    write_groups(folder)

    page = run(folder).page
    assert page is not None
    sections = dict(
        re.findall(r'<section id="([^"]+)">(.*?)</section>', page.read_text(), re.DOTALL)
    )

    assert list(sections) == ["form-all", "form-others", "look-all", "look-others", "counted"]
    assert "The worst" not in sections["form-others"]
    assert sections["form-others"].count('<li class="right">') == 6
    blind = sections["look-others"]
    assert blind.index("f5-") < blind.index("f4-") < blind.index("The best")


def test_without_a_site_there_is_no_page(folder: Path) -> None:
    """Measures are told all the same."""
    write_groups(folder)
    (folder / "site/index.html").unlink()

    report = run(folder)

    assert report.page is None
    assert not (folder / "evaluation.html").exists()
    assert len(report.evaluation.summaries) == 4
    assert "there is no site" in report.evaluation.warnings[-1]


@pytest.mark.parametrize("grouped", [True, False])
def test_tables_for_a_terminal(grouped: bool, folder: Path) -> None:
    """Measures with their intervals, differences, changes."""
    if grouped:
        write_groups(folder)
    stream = io.StringIO()

    report = run(folder)
    show(report, Console(file=stream, width=160))

    words = (
        ("Among all images: 12 queries in 6 groups", "1.000 [1.00, 1.00]", "form − look", "R@20")
        if grouped
        else ("find their original first, of 12", "mirrored", "unchanged")
    )
    assert [word for word in words if word not in stream.getvalue()] == []

    narrow = io.StringIO()
    show(report, Console(file=narrow, width=80))
    assert "…" not in narrow.getvalue()
