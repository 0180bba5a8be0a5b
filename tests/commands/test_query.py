"""`query`: ids and files, one or many, in every form of answer."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
from PIL import Image
from support import draw

from builder import pipeline, settings
from builder.features import describe

VIEWS = ("look", "form", "both")


@pytest.fixture
def outside(tmp_path: Path, pairs: Path) -> Path:
    """A folder with three pictures that are in no catalogue by these names, one of them damaged."""
    folder = tmp_path / "from outside"
    folder.mkdir()
    shutil.copy(pairs / "images/f3-a.png", folder / "copy.png")
    draw(folder / "new.png", 99)
    (folder / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n half a picture")
    return folder


@pytest.mark.parametrize("view", VIEWS)
def test_ids_find_what_is_published(view: str, pairs: Path, volvelle) -> None:
    """For every image of the catalogue the first twenty, scores included."""
    published = json.loads((pairs / f"site/api/neighbours/{view}.json").read_text())
    ids = published["ids"]
    expected = [
        [(ids[row], score) for row, score in zip(rows, scores, strict=True)]
        for rows, scores in zip(
            published["all"]["neighbours"], published["all"]["scores"], strict=True
        )
    ]

    told = volvelle("query", *ids, "-c", pairs, "--view", view, "--json").json

    assert [one["query"] for one in told] == ids
    assert [[(hit["id"], hit["score"]) for hit in one["neighbours"]] for one in told] == expected


def test_one_image_is_answered_by_an_object(pairs: Path, volvelle) -> None:
    """Several by a list, and a folder by a list even if it holds one picture."""
    one = volvelle("query", "f1-a", "-c", pairs, "--top", 3, "--json").json
    two = volvelle("query", "f1-a", pairs / "images/f2-a.png", "-c", pairs, "--json").json

    assert (one["query"], one["view"], len(one["neighbours"])) == ("f1-a", "look", 3)
    assert list(one["neighbours"][0]) == ["id", "title", "source", "score", "path"]
    assert two[0]["neighbours"][:3] == one["neighbours"]
    assert two[1]["neighbours"][0]["id"] == "f2-a"


def test_a_folder_asks_about_all_its_pictures(outside: Path, pairs: Path, volvelle) -> None:
    """What cannot be read is a problem, and the others are answered."""
    ran = volvelle("query", outside, "-c", pairs, "--json", "-q")

    assert ran.code == 1
    assert "torn.png: is damaged" in ran.err
    assert [Path(one["query"]).name for one in ran.json] == ["copy.png", "new.png"]
    assert ran.json[0]["neighbours"][0]["id"] == "f3-a"


def test_the_table_of_the_notebook(outside: Path, pairs: Path, tmp_path: Path, volvelle) -> None:
    """Its columns; files of the catalogue by their paths there, others as they were named."""
    file = tmp_path / "found.csv"
    named = str(outside / "copy.png")

    told = volvelle("query", "f1-a", named, "-c", pairs, "--csv", file, "--json").json

    with file.open(newline="") as text:
        rows = list(csv.DictReader(text))
    expected = [
        {"img_path": hit["path"], "query_img": name, "score": f"{hit['score']:.4f}"}
        for name, one in zip(("f1-a.png", named), told, strict=True)
        for hit in one["neighbours"]
    ]
    assert rows == expected
    assert list(rows[0]) == ["img_path", "query_img", "score"]


def test_the_page_shows_queries_and_neighbours(
    outside: Path, pairs: Path, tmp_path: Path, volvelle
) -> None:
    """Its links lead into the site, pictures from outside are in the page, texts are escaped."""
    page = tmp_path / "else where/page.html"
    (outside / "new.png").rename(outside / "<b>.png")

    ran = volvelle("query", "f0-a", outside / "<b>.png", "-c", pairs, "--html", page)

    text = page.read_text(encoding="utf-8")
    linked = set(re.findall(r'(?:href|src)="([^"#]+)[^"]*"', text))
    files = [one for one in linked if not one.startswith("data:")]
    site = (pairs / "site").resolve()
    targets = {(page.parent / unquote(one)).resolve() for one in files}
    assert ran.code == 0
    assert [one for one in targets if not (one.is_relative_to(site) and one.exists())] == []
    assert site / "thumbs/f0-a.webp" in targets
    assert len(re.findall(r'class="asked"', text)) == 2
    assert len(re.findall(r'class="score num"', text)) == 11 + 12
    assert text.count('src="data:image/webp') == 1
    assert "<b>" not in text
    assert "<i>" not in text
    assert "style=" not in text


def test_a_table_for_the_terminal(pairs: Path, volvelle) -> None:
    """Ids and titles whole, whatever marks they hold."""
    ran = volvelle("query", "f1-a", "-c", pairs, "--top", 4, "--view", "form")

    assert ran.code == 0
    assert "Nearest to f1-a, by form" in ran.out
    assert len(re.findall(r"<i>f\d-[ab]</i>", ran.out)) == 4


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["f1-c"], 'did you mean "f1-'),
        (["images/nothing.png"], "there is no such image"),
        (["torn.png"], "is damaged"),
        (["."], "holds no pictures"),
    ],
)
def test_what_cannot_be_asked(
    asked: list[str], words: str, pairs: Path, tmp_path: Path, volvelle, monkeypatch
) -> None:
    """One sentence each."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    torn = tmp_path / "torn.png"
    torn.write_bytes(b"\x89PNG\r\n\x1a\n half a picture")

    ran = volvelle("query", *[torn if one == "torn.png" else one for one in asked], "-c", pairs)

    assert ran.code == 1
    assert words in ran.err


def test_a_page_needs_a_site(pairs: Path, tmp_path: Path, volvelle) -> None:
    """It says what to do."""
    where = ["--html", tmp_path / "page.html", "--out", tmp_path]

    ran = volvelle("query", "f1-a", "-c", pairs, *where)

    assert ran.code == 1
    assert "run volvelle build" in ran.err
    assert not (tmp_path / "page.html").exists()


@pytest.fixture(scope="module")
def opened(pairs: Path) -> pipeline.Opened:
    return pipeline.Opened(pairs, settings.read(pairs))


def pictures(pairs: Path) -> list[np.ndarray]:
    paths = sorted((pairs / "images").iterdir())[:5]
    return [np.asarray(Image.open(path).convert("RGB")) for path in paths]


@pytest.mark.parametrize("view", VIEWS)
def test_many_are_answered_as_one_by_one(view: str, pairs: Path, opened: pipeline.Opened) -> None:
    """Described together or alone, asked twice or once, pictures get the same scores."""
    asked = pictures(pairs)
    alone = pipeline.Opened(pairs, settings.read(pairs)).ranker(view)

    together = opened.ranker(view).ask([*asked, asked[0]])

    assert together.shape == (6, 12)
    np.testing.assert_array_equal(together[0], together[5])
    each = np.stack([alone.ask([pixels])[0] for pixels in asked])
    np.testing.assert_allclose(together[:5], each, atol=2e-3)


def test_views_share_what_their_descriptors_say(
    pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each picture goes through the network once, however many views ask and how often."""
    counted: list[int] = []
    plain = describe.network_rows

    def counting(asked, *rest):
        counted.append(len(asked))
        return plain(asked, *rest)

    monkeypatch.setattr(describe, "network_rows", counting)
    built = pipeline.Opened(pairs, settings.read(pairs))
    asked = pictures(pairs)

    built.ranker("look").ask(asked[:3])
    built.ranker("both").ask(asked)

    assert counted == [3, 2]


def test_answers_do_not_pile_up(pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the last ones are remembered, and more than that can be asked at once."""
    from builder import describing

    monkeypatch.setattr(describing, "_ANSWERS_KEPT", 2)
    ranker = pipeline.Opened(pairs, settings.read(pairs)).ranker("form")
    asked = pictures(pairs)

    first, again = ranker.ask(asked), ranker.ask(asked[::-1])

    # A network sees pictures two at a time: who stands beside whom may move the last bit.
    np.testing.assert_allclose(first, again[::-1], atol=1e-5)
