"""Pages of sources side by side, the tree of sources, and verdicts on the pages of images."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from builder.collate.types import Answer, Collation, Collations, Join
from builder.corpus.types import PairVerdict
from builder.exports.collations import collation_files
from builder.pages.facing import FEW, slots
from builder.pages.render import render
from builder.pages.sources import sources
from builder.pages.tree import leaf_order, newick
from builder.pages.types import Beside, SiteInput


def two(site: SiteInput) -> tuple[int, int]:
    """The first two sources that have four images."""
    first, second, *_ = [at for at, one in enumerate(sources(site)) if len(one.rows) >= 4]
    return first, second


@pytest.fixture(scope="module")
def collated(site: SiteInput) -> SiteInput:
    """Two sources answer each other: in order, across it, and one way."""
    found = sources(site)
    first, second = (found[at].rows for at in two(site))
    pair = Collation(
        *two(site),
        (
            Answer(first[0], second[0], 0.9, True),
            Answer(first[1], second[0], 0.7, False),
            Answer(first[2], second[3], 0.8, True),
            Answer(first[3], second[1], 0.8, True, crossing=True),
        ),
    )
    names, rows = tuple(one.name for one in found), tuple(one.rows for one in found)
    joins = [Join(0, 1, 0.4)]
    for at in range(2, len(names)):
        joins.append(Join(at, len(names) + at - 2, 0.5 + at / 100))
    sides = Collations("look", names, rows, (pair,), 7, 0.5, tuple(joins))
    ids = [image.id for image in site.corpus.images]
    said = (
        PairVerdict(ids[0], ids[1], "exact", "Ann <i>", "2026-01-02", "</p><script>"),
        PairVerdict(ids[2], ids[0], "none"),
    )
    return replace(site, collated=sides, beside=Beside(verdicts=said))


@pytest.fixture(scope="module")
def pages(collated: SiteInput) -> dict[str, bytes]:
    return dict(render(collated))


def test_every_pair_has_a_page_and_a_cell(collated: SiteInput, pages: dict[str, bytes]) -> None:
    """The matrix leads to it both ways, sources lead to it, and every image stands there once."""
    found = [sources(collated)[at] for at in two(collated)]
    path = f"collate/{found[0].slug}/{found[1].slug}/index.html"
    assert [one for one in pages if one.startswith("collate/")] == ["collate/index.html", path]

    index = html.fromstring(pages["collate/index.html"].decode())
    assert index.xpath("//table//td/a/@href") == [f"../{path}"] * 2
    assert "7 further pairs" in index.text_content()
    assert "This is no stemma" in index.text_content()
    for one in found[:2]:
        assert f"../../{path}" in html.fromstring(pages[one.page].decode()).xpath("//a/@href")

    page = html.fromstring(pages[path].decode())
    ids = [collated.corpus.images[row].id for one in found[:2] for row in one.rows]
    shown = page.xpath("//a[@class='face']/@href")
    assert sorted(shown) == sorted(f"../../../items/{one}/index.html" for one in ids)
    kinds = page.xpath("//div[@class='lines']//line/@class")
    assert sorted(kinds) == ["crossing", "mutual", "mutual", "one-way"]


def test_table_of_answers_is_whole(collated: SiteInput) -> None:
    """A line an answer, whose images are named; the tree is drawn and can be read."""
    files = dict(collation_files(collated))

    table = list(csv.DictReader(io.StringIO(files["exports/collations.csv"].decode())))
    assert [one["mutual"] for one in table] == ["true", "false", "true", "true"]
    assert [one["transposed"] for one in table] == ["false", "false", "false", "true"]
    assert etree.fromstring(files["exports/likeness-tree.svg"]).tag.endswith("svg")
    assert files["exports/likeness-tree.nwk"].decode().endswith(";\n")
    assert dict(collation_files(replace(collated, collated=None))) == {}


def test_verdicts_stand_on_both_pages(collated: SiteInput, pages: dict[str, bytes]) -> None:
    """With who and when, as text; and in the data of both."""
    first, second, third = (image.id for image in collated.corpus.images[:3])

    for one, other in ((first, second), (second, first)):
        page = html.fromstring(pages[f"items/{one}/index.html"].decode())
        (section,) = page.xpath("//section[@aria-labelledby='judged']")
        assert "Ann <i>, 2026-01-02" in section.text_content()
        assert f"../../compare/index.html#a={one}&b={other}" in section.xpath(".//a/@href")
        item = json.loads(pages[f"api/items/{one}.json"])
        assert item["verdicts"][0] == {
            "image": other,
            "verdict": "exact",
            "who": "Ann <i>",
            "when": "2026-01-02",
            "note": "</p><script>",
        }
    assert json.loads(pages[f"api/items/{third}.json"])["verdicts"][0]["verdict"] == "none"


@given(st.data())
def test_facing_rows_lose_nothing(data: st.DataObject) -> None:
    """Each image once, in page order; answers in order face each other; gaps have no answer."""
    first = list(range(data.draw(st.integers(0, 20))))
    second = list(range(100, 100 + data.draw(st.integers(0, 20))))
    count = data.draw(st.integers(0, min(len(first), len(second))))
    some = sorted(data.draw(st.permutations(first))[:count])
    others = sorted(data.draw(st.permutations(second))[:count])
    answers = [Answer(a, b, 0.9, True) for a, b in zip(some, others, strict=True)]

    found = slots(first, second, answers)

    assert [row for slot in found for row in slot.first] == first
    assert [row for slot in found for row in slot.second] == second
    facing = [(slot.first[0], slot.second[0]) for slot in found if slot.first and slot.second]
    assert facing == list(zip(some, others, strict=True))
    assert all(slot.gap != bool(slot.first and slot.second) for slot in found)
    assert all(
        len(side) == 1 or len(side) > FEW for s in found for side in (s.first, s.second) if side
    )


def test_newick_quotes_names_and_says_lengths() -> None:
    """Each branch is as long as its join is higher than what it joins."""
    found = Collations(
        "look",
        ("A'b", "c d", "e"),
        ((), (), ()),
        (),
        0,
        0.0,
        (Join(0, 2, 0.25), Join(1, 3, 0.75)),
    )

    assert newick(found) == "('c d':0.7500,('A''b':0.2500,'e':0.2500):0.5000);\n"
    assert leaf_order(found) == [1, 0, 2]
