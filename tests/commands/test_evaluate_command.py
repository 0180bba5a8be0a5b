"""`evaluate` on the command line, on a catalogue that is really built."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

VIEWS = ("look", "form", "both")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "evaluation.html"


def test_json_has_all_views_in_both_scopes(pairs: Path, page: Path, volvelle) -> None:
    """On standard output; cautions and the page's path on the other."""
    ran = volvelle("evaluate", pairs, "--html", page, "--json", "-q")

    rows = [(one["view"], one["scope"], one["queries"]) for one in ran.json["views"]]
    assert ran.code == 0
    assert rows == [(view, scope, 12) for view in VIEWS for scope in ("all", "others")]
    assert len(ran.json["comparisons"]) == 6
    assert "note: only 6 independent groups among all images" in ran.err
    assert str(page) in ran.err


def test_measures_follow_from_the_published_neighbours(pairs: Path, page: Path, volvelle) -> None:
    """Every image has one twin and eleven neighbours are published: its place is in the lists."""
    told = volvelle("evaluate", pairs, "--html", page, "--json", "-q").json["views"]

    for one in told:
        data = json.loads((pairs / f"site/api/neighbours/{one['view']}.json").read_text())
        ids, lists = data["ids"], data[one["scope"]]["neighbours"]
        twins = [ids.index(name[:-1] + ("b" if name[-1] == "a" else "a")) for name in ids]
        places = [found.index(twin) + 1 for found, twin in zip(lists, twins, strict=True)]
        expected = sum(1 / place for place in places) / len(places)
        assert one["map"] == pytest.approx(expected, abs=1e-4), one["view"]


def test_chosen_views_as_a_table(pairs: Path, page: Path, volvelle) -> None:
    """In the order asked for; the page shows them alone, with pictures of the site."""
    ran = volvelle("evaluate", pairs, "--view", "form", "--view", "look", "--html", page)

    text = page.read_text(encoding="utf-8")
    assert ran.code == 0
    assert ran.out.index("form") < ran.out.index("look")
    assert "both" not in ran.out
    assert "Among other sources: 12 queries in 6 groups" in ran.out
    pictures = re.findall(r'src="([^"]+\.webp)"', text)
    assert pictures
    assert all((page.parent / unquote(one)).exists() for one in pictures)


def test_rows_of_no_use_end_with_one(pairs: Path, page: Path, tmp_path: Path, volvelle) -> None:
    """They are told, and the rest is measured."""
    table = tmp_path / "mine.csv"
    table.write_text("image,group\nf0-a.png,x\nf0-b.png,x\nlost.png,x\n")

    ran = volvelle("evaluate", pairs, "--groups", table, "--html", page, "-q")

    assert ran.code == 1
    assert 'no image is called "lost.png"' in ran.err
    assert "2 queries in 1 group\n" in ran.out


def test_without_groups_pictures_are_changed(pairs: Path, page: Path, volvelle) -> None:
    """Unchanged ones are found; every view is asked for as many as wanted."""
    table = pairs / "groups.csv"
    rows = table.read_bytes()
    table.unlink()

    ran = volvelle("evaluate", pairs, "--images", 3, "--html", page, "--json", "-q")
    table.write_bytes(rows)

    assert ran.code == 0
    found = {(one["view"], one["change"]): one for one in ran.json["known_item"]}
    assert {one["queries"] for one in found.values()} == {3}
    assert {view for view, _ in found} == set(VIEWS)
    assert [found[view, "unchanged"]["p_at_1"] for view in VIEWS] == [1, 1, 1]


def test_unknown_views_are_wrong_usage(pairs: Path, volvelle) -> None:
    """The known ones are named."""
    ran = volvelle("evaluate", pairs, "--view", "nothing")

    assert ran.code == 2
    assert "views are: look, form, both" in ran.err
