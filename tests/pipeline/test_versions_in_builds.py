"""Real builds over every kind of change: what was published stays, and stays what it was."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import draw, tree

Make = Callable[..., Path]

SETTINGS = """
[catalogue]
licence = "CC-BY-4.0"

[site]
portable = false
keep_versions = true

[layouts]
show = ["map"]

[[views]]
name = "look"
size = 64
layer = "blocks.3"
"""


def bare(catalogue: Make, count: int) -> Path:
    """A catalogue of so many images and no table."""
    folder = catalogue(count, rows=[], settings=SETTINGS)
    (folder / "metadata.csv").unlink()
    return folder


def frozen(site: Path, label: str) -> dict[str, str]:
    """What the pages of a release claim, without the frame and the pictures around it."""
    pages = tree(site / "v" / label)
    claims = {}
    for path, data in pages.items():
        main = data.decode().partition("<main")[2].partition("</main>")[0] or data.decode()
        text = re.sub(r"<[^>]*>", " ", main)
        text = re.sub(r" *\(?(removed|another picture) since\)?", "", text)
        claims[path] = re.sub(r"\s+", " ", text).replace(" .", ".")
    return claims


def addresses(site: Path) -> set[str]:
    """The addresses that are promised to stay."""
    folders = [*(site / "items").iterdir(), *(site / "v").glob("*/**/")]
    return {path.relative_to(site).as_posix() for path in folders if (path / "index.html").exists()}


def test_five_cycles_with_every_kind_of_change(catalogue: Make, volvelle) -> None:
    """Move, change, removal, return, rename, merge, split, retirement and release over builds."""
    folder = bare(catalogue, 8)
    images, site = folder / "images", folder / "site"

    def build(*faults: str) -> None:
        ran = volvelle("build", folder, "--json", "-q")
        # Names of clusters that knew an image which is gone are told of; nothing else is.
        assert {one["path"] for one in ran.json["problems"]} - {"clusters.csv"} == set(faults)
        seen.update(addresses(site))
        assert seen == addresses(site)
        for label in ("v1", "v2"):
            if (site / "v" / label).exists():
                claimed.setdefault(label, frozen(site, label))
                assert claimed[label] == frozen(site, label)

    def register(*words: str, code: int = 0) -> str:
        ran = volvelle("register", words[0], "-c", folder, *words[1:])
        assert ran.code == code, ran.err
        return ran.out

    def page(address: str) -> str:
        return (site / "items" / address / "index.html").read_text()

    def diff(*names: str) -> dict:
        return volvelle("diff", "-c", folder, *names, "--json").json

    seen: set[str] = set()
    claimed: dict[str, dict[str, str]] = {}
    build_first = volvelle("build", folder, "-q")
    assert build_first.code == 0
    assert volvelle("release", "v1", "-c", folder, "--note", "First <b>").code == 0
    build()
    assert diff("v1")["added"] == []
    assert json.loads((site / "version.json").read_text())["label"] == "v1"
    assert not (site / "new").exists()

    (images / "f0.png").rename(images / "moved.png")
    draw(images / "f1.png", 77)
    (images / "f2.png").unlink()
    draw(images / "f9.png", 9)
    build()
    assert "This image is no longer in the catalogue" in page("f2")
    assert (site / "thumbs/f2.webp").is_file()
    former = list((site / "items/f1/versions").glob("*.webp"))
    assert len(former) == 1
    found = diff("v1")
    assert (found["added"], found["gone"], found["changed"]) == (["f9"], ["f2"], ["f1"])
    assert "What is new since v1" in (site / "new/index.html").read_text()

    draw(images / "f2.png", 2)
    register("rename", "f3", "moon", "--reason", "Shelfmark")
    register("merge", "f4", "f5")
    (images / "f4.png").unlink()
    build()
    assert "f2" in json.loads((site / "api/catalogue.json").read_text())["ids"]
    assert "../moon/index.html" in page("f3")
    assert "../f5/index.html" in page("f4")
    found = diff("v1", "now")
    assert (found["renamed"], found["merged"]) == ([["f3", "moon"]], [["f4", "f5"]])
    assert volvelle("release", "v2", "-c", folder).code == 0

    one, other = (images / "f6.png").read_bytes(), (images / "f7.png").read_bytes()
    (images / "f6.png").write_bytes(other)
    (images / "f7.png").write_bytes(one)
    before = tree(folder)
    ran = volvelle("build", folder, "-q")
    assert (ran.code, "were files renamed, or pictures replaced" in ran.err) == (3, True)
    assert before == tree(folder)
    assert "question" in register("status", code=3)
    register("settle", "--by", "pictures")
    build()
    assert diff("v2")["changed"] == []

    draw(images / "left.png", 61)
    draw(images / "right.png", 62)
    register("split", "f9", "left.png", "right.png")
    register("retire", "f6", "--reason", "A forgery", "--successor", "f7", "--no-picture")
    assert volvelle("clean", folder, "--site").code == 0
    build("f7.png", "f9.png")
    assert ("../left/index.html" in page("f9"), "../right/index.html" in page("f9")) == (True, True)
    assert "A forgery" in page("f6")
    assert not (site / "thumbs/f6.webp").exists()
    assert set(claimed) == {"v1", "v2"}
    removed = json.loads((site / "api/removed.json").read_text())["removed"]
    assert {one["id"] for one in removed} == {"f3", "f4", "f6", "f9"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "v1.json").unlink(), "v1.json: is missing"),
        (lambda folder: (folder / "v1.json").write_text("{}"), "was changed since it was frozen"),
        (
            lambda folder: (folder / "releases.csv").write_text("label\nv1\n"),
            "line 1: the columns should be",
        ),
        (
            lambda folder: (folder / "releases.csv").write_bytes(
                (folder / "releases.csv").read_bytes() + b"v1,a,b,c,d,e\n"
            ),
            'the label "v1" stands there twice',
        ),
    ],
)
def test_spoilt_releases_stop_a_build_in_words(catalogue: Make, volvelle, spoil, said: str) -> None:
    """What was frozen cannot be lost in silence: the former site stays as it is."""
    folder = bare(catalogue, 4)
    volvelle("build", folder, "-q")
    volvelle("release", "v1", "-c", folder)
    volvelle("build", folder, "-q")
    site = tree(folder / "site")
    spoil(folder / "releases")

    ran = volvelle("build", folder, "-q")

    assert ran.code == 1
    assert said in ran.err
    assert site == tree(folder / "site")


def test_a_label_keeps_its_meaning(catalogue: Make, volvelle) -> None:
    """It is given once; a DOI can be named later; what is no label is refused."""
    folder = bare(catalogue, 4)
    assert "is no built site" in volvelle("release", "v1", "-c", folder).err
    volvelle("build", folder, "-q")
    assert volvelle("release", "v1", "-c", folder).code == 0
    again = volvelle("release", "v1", "-c", folder)
    assert (again.code, "a label keeps its meaning" in again.err) == (1, True)
    assert volvelle("release", "v1", "-c", folder, "--doi", "10.5281/zenodo.1").code == 0
    other = volvelle("release", "v1", "-c", folder, "--doi", "10.5281/zenodo.2")
    assert (other.code, "has the DOI" in other.err) == (1, True)
    for label in ("V1", "../x", "now", "con", "a b", "-v"):
        assert volvelle("release", "-c", folder, "--", label).code == 2
    volvelle("build", folder, "-q")
    told = json.loads((folder / "site/version.json").read_text())
    assert (told["label"], told["doi"]) == ("v1", "10.5281/zenodo.1")
    assert [one["label"] for one in told["releases"]] == ["v1"]


def test_versions_are_named_in_several_ways(catalogue: Make, volvelle, tmp_path: Path) -> None:
    """Labels, folders of sites and catalogues, and files of releases are the same to diff."""
    folder = bare(catalogue, 5)
    volvelle("build", folder, "-q")
    volvelle("release", "v1", "-c", folder)
    shutil.copytree(folder / "site", tmp_path / "before")
    draw(folder / "images/new.png", 50)
    volvelle("build", folder, "-q")
    names = ("v1", tmp_path / "before", folder / "releases/v1.json")
    for old in names:
        for new in ("now", folder, folder / "site"):
            found = volvelle("diff", old, new, "-c", folder, "--json").json
            assert (found["added"], found["gone"]) == (["new"], [])
    text = volvelle("diff", "v1", "-c", folder, "--html", tmp_path / "diff.html")
    assert "added: 1 (new)" in text.out
    assert "What is new since v1" in (tmp_path / "diff.html").read_text()
    wrong = volvelle("diff", "v7", "-c", folder)
    assert (wrong.code, "releases are v1, now" in wrong.err) == (1, True)
    assert "nothing changed" in volvelle("diff", "now", "-c", folder).out
