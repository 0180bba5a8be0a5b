"""Builds with several clusterings, with names that people gave, and with images left out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from PIL import Image
from support import SETTINGS

from builder.curated import FILE
from builder.pages import data

Make = Callable[..., Path]
SCHEMAS = Path(data.__file__).parent / "schemas"
SEVERAL = """
[[clusters]]
k = 2
[[clusters]]
name = "books"
method = "from-column"
column = "Book"
"""
BOOKS = [f"f{n}.png,Figure {n},{'AB'[n % 2]},{1200 + n}" for n in range(9)]


@pytest.fixture
def blanks(catalogue: Make) -> Callable[..., Path]:
    """A catalogue of nine figures and two empty pages, which are to be left out."""

    def make(exclude: str = '"blank"', more: str = "") -> Path:
        settings = f"[images]\nexclude = [{exclude}]\n" + SETTINGS + more
        folder = catalogue(9, BOOKS, settings)
        for number in range(2):
            grey = np.full((80, 70, 3), 230 + number, np.uint8)
            Image.fromarray(grey).save(folder / f"images/void{number}.png")
        return folder

    return make


def api(folder: Path, name: str) -> Any:
    return json.loads((folder / f"site/api/{name}.json").read_text(encoding="utf-8"))


def documents(folder: Path) -> Iterator[tuple[str, Any]]:
    """The kind of each document of a site, and the document."""
    kinds = {"items": "item", "layouts": "layout", "clusters": "clusters"}
    for path in sorted((folder / "site/api").rglob("*.json")):
        within = path.relative_to(folder / "site/api").parts
        kind = path.stem if len(within) == 1 else kinds.get(within[0], within[0])
        yield kind, json.loads(path.read_text(encoding="utf-8"))


def lines(folder: Path) -> list[dict[str, str]]:
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rename(folder: Path, number: str, name: str) -> None:
    """Give a cluster of the main clustering a name, as a curator would."""
    rows = lines(folder)
    for row in rows:
        if (row["clustering"], row["number"]) == ("", number):
            row["name"] = name
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def done(ran: Any) -> dict[str, int]:
    return {stage["name"]: stage["done"] for stage in ran.json["stages"]}


def test_what_is_left_out_is_nobodys_neighbour_and_in_no_cluster(
    blanks: Callable[..., Path], volvelle: Callable[..., Any]
) -> None:
    """Blanks keep page and places; lists are among the others; every document fits its schema."""
    folder = blanks(more=SEVERAL.replace("Book", "source"))

    ran = volvelle("build", folder, "--json", "-q")
    again = volvelle("build", folder, "--json", "-q")

    assert ran.code == 1  # two images have no row in the table
    assert {0} == set(done(again).values())
    kinds, found = api(folder, "kinds"), api(folder, "neighbours/look")
    void = [found["ids"].index(f"void{n}") for n in range(2)]
    assert [kinds["kind"][row] for row in void] == ["blank"] * 2
    assert [row for row, out in enumerate(kinds["left_out"]) if out] == void
    for scope in ("all", "others"):
        near = found[scope]["neighbours"]
        assert [near[row] for row in void] == [[], []]
        assert not {row for line in near for row in line} & set(void)
    assert {len(line) for line in found["all"]["neighbours"]} == {0, 8}
    for name in ("look", "look-books"):
        labels = api(folder, f"clusters/{name}")["label"]
        assert [row for row, label in enumerate(labels) if label == -1] == void
    assert len(api(folder, "layouts/look-map")["x"]) == 11
    assert (folder / "site/items/void0/index.html").is_file()
    assert "void0,blank," in (folder / "site/exports/suspects.csv").read_text()
    for kind, document in documents(folder):
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(document)


def test_questions_are_answered_without_what_is_left_out(
    blanks: Callable[..., Path], volvelle: Callable[..., Any]
) -> None:
    """A blank is no answer, but can be asked about, by its id and as a file alike."""
    folder = blanks()
    volvelle("build", folder, "-q")

    by_id = volvelle("query", "void0", "--catalogue", folder, "--top", "50", "--json").json
    of_other = volvelle("query", "f3", "--catalogue", folder, "--top", "50", "--json").json
    file = folder / "images/void0.png"
    by_file = volvelle("query", file, "--catalogue", folder, "--top", "50", "--json").json

    figures = {f"f{n}" for n in range(9)}
    assert {hit["id"] for hit in by_id["neighbours"]} == figures
    assert {hit["id"] for hit in of_other["neighbours"]} == figures - {"f3"}
    np.testing.assert_allclose(
        [hit["score"] for hit in by_id["neighbours"]],
        [hit["score"] for hit in by_file["neighbours"]],
        atol=2e-3,
    )


def test_a_catalogue_of_which_everything_is_left_out_has_a_site(
    blanks: Callable[..., Path], volvelle: Callable[..., Any]
) -> None:
    """No neighbours, no clusters, and every page."""
    folder = blanks('"blank"')
    lines_ = "".join(f"f{n},blank,\n" for n in range(9))
    (folder / "review.csv").write_text("image,kind,note\n" + lines_)

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"]) == (1, 11)
    assert api(folder, "clusters/look")["clusters"] == []
    assert {len(line) for line in api(folder, "neighbours/look")["all"]["neighbours"]} == {0}
    assert (folder / "site/items/f0/index.html").is_file()


def test_the_curator_says_what_images_are(
    blanks: Callable[..., Path], volvelle: Callable[..., Any]
) -> None:
    """review.csv brings an image back, takes another out, and what it gets wrong is reported."""
    folder = blanks()
    volvelle("build", folder, "-q")
    (folder / "review.csv").write_text("image,kind,note\nvoid0,ok,faint\nf1,blank,\nf99,ok,\n")

    ran = volvelle("build", folder, "--json", "-q")

    kinds = api(folder, "kinds")
    said = dict(zip(kinds["ids"], zip(kinds["kind"], kinds["by"], strict=True), strict=True))
    assert (said["void0"], said["f1"]) == (("ok", "curator"), ("blank", "curator"))
    told = [one["problem"] for one in ran.json["problems"] if one["path"] == "review.csv"]
    assert told == ['line 4: there is no image "f99"']
    near = api(folder, "neighbours/look")
    assert near["all"]["neighbours"][near["ids"].index("f1")] == []
    assert done(ran)["features"] == 0


def test_several_clusterings_stand_side_by_side(
    catalogue: Make, volvelle: Callable[..., Any]
) -> None:
    """Each has its document, its distances and its mean images; the main one has the view's name.

    The column that says the source is known by its own name too.
    """
    folder = catalogue(8, settings=SETTINGS + '[metadata]\nsource = "source"\n' + SEVERAL)
    table = folder / "metadata.csv"
    table.write_text(table.read_text().replace("source,", "Book,", 1))
    toml = folder / "catalogue.toml"
    toml.write_text(toml.read_text().replace('source = "source"', 'source = "Book"'))

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["problems"]) == (0, [])
    (view,) = api(folder, "catalogue")["views"]
    assert [one["key"] for one in view["clusterings"]] == ["look", "look-books"]
    books = api(folder, "clusters/look-books")
    assert sorted(one["name"] for one in books["clusters"]) == ["A", "B"]
    assert "clusters-books" in view["layouts"]
    item = api(folder, "items/f0")["views"]["look"]
    assert item["clusterings"]["books"]["name"] == "A"
    for key in ("look", "look-books"):
        for one in api(folder, f"clusters/{key}")["clusters"]:
            for picture in (one["mean"], one["deviation"]):
                assert (picture is None) == (one["size"] == 1)
                assert picture is None or (folder / "site" / picture).is_file()
        table = (folder / f"site/exports/distances-{key}.csv").read_text().splitlines()
        assert len(table) == 1 + len(api(folder, f"clusters/{key}")["clusters"])


def test_names_that_people_give_stay(catalogue: Make, volvelle: Callable[..., Any]) -> None:
    """An edited name is shown, also on the layout, and survives a clustering's absence."""
    folder = catalogue(8, settings=SETTINGS + SEVERAL.replace("Book", "source"))
    volvelle("build", folder, "-q")
    islands = "layouts/look-clusters"
    before = api(folder, islands)["x"], api(folder, islands)["y"]
    rename(folder, "1", "Wheels of the sun")

    ran = volvelle("build", folder, "--json", "-q")

    assert api(folder, "clusters/look")["clusters"][0]["name"] == "Wheels of the sun"
    assert "Wheels of the sun" in {one["text"] for one in api(folder, islands)["marks"]}
    assert {name: count for name, count in done(ran).items() if count > 1}.keys() == {"pages"}
    assert done(ran)["layouts"] == 1  # the islands, whose marks say the name
    assert (api(folder, islands)["x"], api(folder, islands)["y"]) == before
    toml = folder / "catalogue.toml"
    toml.write_text(SETTINGS + '[[clusters]]\nname = "three"\nk = 3\n')
    volvelle("build", folder, "-q")
    assert "Wheels of the sun" in [row["name"] for row in lines(folder)]
    toml.write_text(SETTINGS + SEVERAL.replace("Book", "source"))
    volvelle("build", folder, "-q")
    assert api(folder, "clusters/look")["clusters"][0]["name"] == "Wheels of the sun"


def test_a_file_of_names_that_cannot_be_read_stays_as_it_is(
    catalogue: Make, volvelle: Callable[..., Any]
) -> None:
    """The report says what is wrong with it, and nothing is written over."""
    folder = catalogue(6)
    (folder / FILE).write_bytes(b"name,members\nWheels,f0 f1\n")

    ran = volvelle("build", folder, "--json", "-q")

    assert [one["path"] for one in ran.json["problems"]] == [FILE]
    assert (folder / FILE).read_bytes() == b"name,members\nWheels,f0 f1\n"


def test_a_dry_run_says_that_pictures_are_to_be_measured(
    catalogue: Make, volvelle: Callable[..., Any]
) -> None:
    """Nothing is concluded from measures that are not there."""
    folder = catalogue(6)
    volvelle("build", folder, "-q")
    for path in (folder / ".volvelle").glob("measured-*"):
        path.unlink()

    ran = volvelle("build", folder, "--dry-run", "--json", "-q")

    why = {stage["name"]: stage["why"] for stage in ran.json["stages"]}
    assert done(ran)["measures"] == 6
    assert {why[name] for name in ("neighbours", "clusters", "layouts", "pages")} == {
        "after measures"
    }


@pytest.mark.parametrize("count", [1, 2, 5])
def test_equal_images_and_single_ones_become_a_site(
    count: int, catalogue: Make, volvelle: Callable[..., Any]
) -> None:
    """All equal or alone, with more clusters asked for than there are images."""
    families = '[[clusters]]\nname = "families"\nmethod = "families"\n'
    folder = catalogue(count, settings=SETTINGS + "[[clusters]]\nk = 40\n" + families)
    first = (folder / "images/f0.png").read_bytes()
    for number in range(count):
        (folder / f"images/f{number}.png").write_bytes(first)

    ran = volvelle("build", folder, "--json", "-q")

    assert ran.json["images"] == count
    assert [one["path"] for one in ran.json["problems"]] == ["clusters.k"]
    assert len(api(folder, "clusters/look")["clusters"]) == 1
    kinds = api(folder, "kinds")["kind"]
    assert kinds.count("duplicate") == count - 1


def test_what_is_left_out_is_no_question_of_an_evaluation(
    blanks: Callable[..., Path], volvelle: Callable[..., Any]
) -> None:
    """A blank in a group is neither asked about nor looked for; how many is said."""
    folder = blanks()
    groups = "image,group\nf0,a\nf1,a\nvoid0,a\nf2,b\nf3,b\n"
    (folder / "groups.csv").write_text(groups)
    volvelle("build", folder, "-q")

    told = volvelle("evaluate", folder, "--json").json

    assert {one["queries"] for one in told["views"] if one["scope"] == "all"} == {4}
    said = "1 image of the groups is left out by images.exclude, and neither asked about"
    assert [one for one in told["warnings"] if one.startswith(said)] != []
