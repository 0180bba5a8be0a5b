"""Pairs laid over each other: in parts for the compare page, and on the pages of both images."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builder.pages import data
from builder.pages.cards import cards
from builder.pages.overlays import PART, SHOWN, alignment_parts, overlays
from builder.pages.render import render
from builder.pages.types import SiteInput
from builder.similarity.types import Aligned, Alignment

SCHEMAS = Path(data.__file__).parent / "schemas"
MATRIX = (1.0, 0.0, 5.0, 0.0, 1.0, 7.0, 1e-6, 0.0, 1.0)


def laid(a: int, b: int, nfa: float = -12.3, accepted: bool = True, by: str = "") -> Aligned:
    return Aligned(a, b, Alignment("affine", MATRIX, 0, 41, 0.008, 0.6, nfa, accepted, by))


def with_pairs(site: SiteInput, *pairs: Aligned) -> SiteInput:
    first, *rest = site.views
    return replace(site, views=(replace(first, aligned=pairs), *rest))


@given(
    count=st.integers(1, 400),
    seed=st.integers(0, 99),
    pairs=st.integers(0, 60),
)
def test_every_pair_is_in_the_part_of_its_lower_row(count: int, seed: int, pairs: int) -> None:
    """Nothing is lost or told twice, and a part is there for every image."""
    rng = np.random.default_rng(seed)
    whole = {
        "view": "form",
        "pairs": [
            dict(zip("ab", pair, strict=True)) for pair in rng.integers(0, count, (pairs, 2))
        ],
    }

    parts = dict(alignment_parts(count, whole))

    assert list(parts) == [f"alignments/form/{at}" for at in range(-(-count // PART))]
    for pair in whole["pairs"]:
        homes = [key for key, part in parts.items() if pair in part["pairs"]]
        assert homes == [f"alignments/form/{min(pair['a'], pair['b']) // PART}"]
    assert sum(len(part["pairs"]) for part in parts.values()) == pairs


def test_a_pair_is_told_on_both_pages_the_surest_first(site: SiteInput) -> None:
    """What is refused is told nowhere; of many the surest stay."""
    pairs = [
        laid(0, 3, -4),
        laid(5, 0, -30),
        laid(0, 7, -99, accepted=False),
        laid(2, 0, -9, by="A"),
    ]

    found = overlays(with_pairs(site, *pairs).views, cards(site.corpus.images))

    assert [one.card.row for one in found[0]] == [5, 2, 3]
    assert [one.card.row for one in found[5]] == [0]
    assert found[5][0].href == "compare/index.html#a=image-005&b=image-000"
    assert found[0][0].words == (
        "41 points agree, 0.8\N{NO-BREAK SPACE}% of the side apart; "
        "expected false alarms 10^\N{MINUS SIGN}30"
    )
    assert found[0][1].words == "laid by hand by A"
    assert 7 not in found
    many = with_pairs(site, *(laid(0, row, -row) for row in range(1, len(site.corpus.images))))
    assert len(overlays(many.views, cards(site.corpus.images))[0]) == SHOWN


def test_the_site_has_the_page_its_data_and_the_links(site: SiteInput) -> None:
    """One page for all pairs; parts for both ways of opening; a link from each of the two."""
    files = dict(render(with_pairs(site, laid(1, 6))))
    view = site.views[0].name

    part = json.loads(files[f"api/alignments/{view}/0.json"])
    assert [(pair["a"], pair["b"]) for pair in part["pairs"]] == [(1, 6)]
    for kind, path in (("alignments-part", "/0"), ("alignments", "")):
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
        jsonschema.validate(json.loads(files[f"api/alignments/{view}{path}.json"]), schema)
    assert files[f"data/alignments/{view}/0.js"].startswith(b"volvelle.add(")
    assert json.loads(files[f"api/alignments/{view}.json"])["pairs"] == part["pairs"]
    known = json.loads(files["api/catalogue.json"])["views"]
    assert [one["alignments"] for one in known] == [True] + [False] * (len(known) - 1)
    for here, there in ((1, 6), (6, 1)):
        page = files[f"items/image-{here:03d}/index.html"].decode()
        link = f"compare/index.html#a=image-{here:03d}&b=image-{there:03d}"
        assert re.search(re.escape(link).replace("&", "&(amp;)?"), page)
    assert b'class="overlaid"' not in files["items/image-002/index.html"]
    assert b"noindex" in files["compare/index.html"]
    assert b"<noscript>" in files["compare/index.html"]


def test_no_alignments_no_files(site: SiteInput) -> None:
    """Where nothing was laid, the page is there all the same and asks for nothing."""
    files = [path for path, _ in render(site)]

    assert "compare/index.html" in files
    assert [path for path in files if "alignments" in path] == []
