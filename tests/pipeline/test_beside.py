"""Notes, relations, days and preview cards in real builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image as Picture

Make = Callable[..., Path]

_SETTINGS = """[catalogue]
site_url = "https://x.org/c/"
[images]
alt = "{title}, {nobody}"
[[views]]
name = "plain"
size = 64
layer = "blocks.3"
"""


def page(folder: Path, image_id: str) -> str:
    return (folder / f"site/items/{image_id}/index.html").read_text(encoding="utf-8")


def cards(folder: Path) -> dict[str, tuple[int, int]]:
    """When and how long each card was written, by its file in the cache."""
    found = (folder / ".volvelle").glob("cards-*/*/*.jpg")
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in found}


def test_what_lies_beside_is_read_and_its_faults_are_told(catalogue: Make, volvelle) -> None:
    """A note and a relation come to the pages; what cannot be used stops nothing."""
    folder = catalogue(5, settings=_SETTINGS)
    (folder / "notes").mkdir()
    (folder / "notes/f1.md").write_text("See [that](f2) and [this](gone).")
    (folder / "notes/f9.md").write_text("of nobody")
    (folder / "relations.csv").write_text("image,relation,other\nf1,copy of,f3\nf1,eats,f3\n")

    ran = volvelle("build", folder, "--json", "-q")

    assert ran.code == 1
    assert [(one["path"], one["problem"]) for one in ran.json["problems"]] == [
        ("notes/f9.md", "is named like no image"),
        ("notes/f1.md", 'links to "gone", which is no image'),
        ("relations.csv", 'line 3: the relation "eats" is unknown'),
        ("catalogue.toml", 'images.alt names "nobody", which is no column'),
    ]
    assert '<a href="../f2/index.html">that</a>' in page(folder, "f1")
    assert "Copy of" in page(folder, "f1")
    assert "Copied in" in page(folder, "f3")


def test_only_what_changed_is_drawn_again(catalogue: Make, volvelle) -> None:
    """A new note makes new pages and another version, but no new card; a day makes none."""
    folder = catalogue(5, settings=_SETTINGS)
    volvelle("build", folder, "-q")
    before, drawn = page(folder, "f1"), cards(folder)
    with Picture.open(folder / "site/items/f1/card.jpg") as card:
        assert card.size == (1200, 630)

    assert volvelle("build", folder, "--json", "-q").json["stages"][-1]["done"] == 0
    (folder / "notes").mkdir()
    (folder / "notes/f1.md").write_text("A note.")
    volvelle("build", folder, "-q")

    assert len(drawn) == 5
    assert cards(folder) == drawn
    assert page(folder, "f1") != before
    assert "A note." in page(folder, "f1")


def test_references_name_the_day_of_the_newest_image(catalogue: Make, volvelle) -> None:
    """Where nobody says another: the register has it."""
    folder = catalogue(4, settings=_SETTINGS)
    volvelle("build", folder, "-q")
    text = (folder / "register.csv").read_text().splitlines()
    day = text[1].split(",")[3]

    bibtex = (folder / "site/items/f1/cite.bib").read_text()

    assert f"date = {{{day}}}" in bibtex
    assert f"<updated>{day}T00:00:00Z</updated>" in (folder / "site/feed.xml").read_text()
