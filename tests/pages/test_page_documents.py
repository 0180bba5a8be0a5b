"""The site's JSON fits its schemas, and the scripts for file:// say the same."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from builder.pages import data
from builder.pages.render import render
from builder.pages.types import SiteInput
from builder.similarity.types import Neighbours

_SCHEMAS = Path(data.__file__).parent / "schemas"

_KINDS = {
    r"api/catalogue\.json": "catalogue",
    r"api/search\.json": "search",
    r"api/items/[a-z0-9-]+\.json": "item",
    r"api/layouts\.json": "layouts",
    r"api/removed\.json": "removed",
    r"api/measures\.json": "measures",
    r"api/kinds\.json": "kinds",
    r"api/layouts/[a-z0-9-]+\.json": "layout",
    r"api/clusters/[a-z0-9-]+\.json": "clusters",
    r"api/neighbours/[a-z0-9-]+\.json": "neighbours",
    r"api/neighbours/[a-z0-9-]+/\d+\.json": "neighbours-part",
    r"api/alignments/[a-z0-9-]+\.json": "alignments",
    r"api/alignments/[a-z0-9-]+/\d+\.json": "alignments-part",
    r"version\.json": "version",
}


def kind_of(path: str) -> str:
    return next(kind for pattern, kind in _KINDS.items() if re.fullmatch(pattern, path))


def validator(kind: str) -> Any:
    schema = json.loads((_SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def files(site: SiteInput) -> dict[str, bytes]:
    return dict(render(site))


def parsed(files: dict[str, bytes]) -> dict[str, Any]:
    return {
        path: json.loads(content)
        for path, content in files.items()
        if path.startswith(("api/", "version"))
    }


def payload(script: bytes) -> tuple[str, Any]:
    match = re.fullmatch(r"volvelle\.add\((\"[^\"]*\"), (.*)\);\n", script.decode(), re.DOTALL)
    assert match
    return json.loads(match[1]), json.loads(match[2])


def test_every_document_fits_its_schema(files: dict[str, bytes]) -> None:
    """All kinds of documents are there, and each is valid."""
    documents = parsed(files)
    checkers = {kind: validator(kind) for kind in _KINDS.values()}
    for path, document in documents.items():
        checkers[kind_of(path)].validate(document)

    asked = {"neighbours-part", "measures", "kinds", "alignments", "alignments-part"}
    always = set(_KINDS.values()) - asked
    assert always == {kind_of(path) for path in documents}


def test_lists_run_parallel_to_the_ids(files: dict[str, bytes], site: SiteInput) -> None:
    """Every list of the catalogue has one entry an image."""
    catalogue = json.loads(files["api/catalogue.json"])
    n = len(site.corpus.images)
    per_image = ["ids", "titles", "sources", "dates", "years", "width", "height", "colour"]

    assert [n] * len(per_image) == [len(catalogue[name]) for name in per_image]
    assert [n] * len(catalogue["facets"]) == [len(f["index"]) for f in catalogue["facets"]]
    assert list(range(n)) == sorted(catalogue["atlas"]["slots"])
    assert n == len(json.loads(files["api/search.json"])["text"])


def test_neighbours_are_descending_and_complete(files: dict[str, bytes]) -> None:
    """Every list has 20 others in descending score, and the items say the same."""
    found = json.loads(files["api/neighbours/look.json"])
    ids = found["ids"]
    for row, (near, scores) in enumerate(
        zip(found["all"]["neighbours"], found["all"]["scores"], strict=True)
    ):
        item = json.loads(files[f"api/items/{ids[row]}.json"])
        told = item["views"]["look"]["neighbours"]["all"]

        assert 20 == len(near) == len(set(near) - {row})
        assert scores == sorted(scores, reverse=True)
        assert [ids[at] for at in near] == [one["id"] for one in told]
        assert scores == [one["score"] for one in told]


def test_labels_are_numbers_of_clusters(files: dict[str, bytes]) -> None:
    """A row's label is the number of the cluster that lists it, from 1."""
    found = json.loads(files["api/clusters/look.json"])
    place = {image_id: row for row, image_id in enumerate(found["ids"])}

    assert [one["number"] for one in found["clusters"]] == [1, 2, 3, 4]
    for one in found["clusters"]:
        assert one["number"] == found["label"][place[one["medoid"]]]
        assert one["size"] == found["label"].count(one["number"])


def test_scripts_say_what_the_documents_say(files: dict[str, bytes]) -> None:
    """data/<key>.js adds api/<key>.json under its key; items come 64 at a time."""
    scripts = {path: payload(text) for path, text in files.items() if path.startswith("data/")}
    items = scripts.pop("data/items/0.js")

    assert {
        f"data/{key}.js": (key, json.loads(files[f"api/{key}.json"])) for key, _ in scripts.values()
    } == scripts
    assert (items[0], len(items[1])) == ("items/0", 30)
    assert all(json.loads(files[f"api/items/{one['id']}.json"]) == one for one in items[1])


def test_items_are_cut_into_parts_of_64(build_site: Callable[..., SiteInput]) -> None:
    """Part p holds rows 64 p to 64 p + 63."""
    files = dict(render(build_site(n=130, k=3)))
    parts = [payload(files[f"data/items/{part}.js"])[1] for part in range(3)]

    assert [len(part) for part in parts] == [64, 64, 2]
    assert list(range(130)) == [item["row"] for part in parts for item in part]


def test_without_scripts_a_site_is_for_servers_only(build_site: Callable[..., SiteInput]) -> None:
    """A site that is not portable lacks data/, and nothing else."""
    portable = {path for path, _ in render(build_site())}
    lean = {path for path, _ in render(build_site(site={"portable": False}))}

    assert portable - lean == {path for path in portable if path.startswith("data/")}
    assert lean <= portable


def test_large_catalogues_have_neighbours_in_parts(
    build_site: Callable[..., SiteInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the limit an index names parts, whose rows together are the whole."""
    site = build_site(n=25, k=5)
    whole = dict(data.neighbours([image.id for image in site.corpus.images], site.views[0]))
    monkeypatch.setattr(data, "NEIGHBOURS_WHOLE", 20)
    monkeypatch.setattr(data, "NEIGHBOURS_A_PART", 10)
    files = {path: json.loads(text) for path, text in render(site) if "/neighbours/" in path}

    index = files.pop("api/neighbours/look.json")
    validator("neighbours").validate(index)
    for part in files.values():
        validator("neighbours-part").validate(part)

    assert [f"api/{path}" for path in index["parts"]] == list(files)
    assert [part["first"] for part in files.values()] == [0, 10, 20]
    for name in ("all", "others"):
        joined = [row for part in files.values() for row in part[name]["neighbours"]]
        assert whole["neighbours/look.json"][name]["neighbours"] == joined


@pytest.mark.parametrize("n", [1, 2])
def test_tiny_catalogues_are_whole(build_site: Callable[..., SiteInput], n: int) -> None:
    """One image has no neighbours, two have one each; all documents stay valid."""
    files = dict(render(build_site(n=n)))
    for path, document in parsed(files).items():
        validator(kind_of(path)).validate(document)

    found = json.loads(files["api/neighbours/look.json"])
    assert [n - 1] * n == [len(near) for near in found["all"]["neighbours"]]


def test_others_are_empty_without_sources(build_site: Callable[..., SiteInput]) -> None:
    """Where no image names a source, there is no second list."""
    from dataclasses import replace

    site = build_site(n=6, k=3)
    images = tuple(replace(image, source="") for image in site.corpus.images)
    bare = replace(site, corpus=replace(site.corpus, images=images))

    item = data.Items(bare).item(0)

    assert item["views"]["look"]["neighbours"]["others"] == []
    assert data.Items(site).item(0)["views"]["look"]["neighbours"]["others"] != []


def test_facet_of_sources_wins_over_a_column_of_that_name(
    build_site: Callable[..., SiteInput],
) -> None:
    """The facet "source" is of the images' sources even if a column is called so too."""
    from dataclasses import replace

    from builder.pages.facets import facets

    site = build_site(n=4)
    images = tuple(
        replace(image, source=f"ms {row % 2}", fields={"source": "shop"})
        for row, image in enumerate(site.corpus.images)
    )
    corpus = replace(site.corpus, images=images, facets=("source",))

    (found,) = facets(corpus, site.settings.metadata)

    assert found.values == ("ms 0", "ms 1")
    assert found.index == (0, 1, 0, 1)
    assert found.rows == ((0, 2), (1, 3), ())


def test_colours_are_whole_numbers(build_site: Callable[..., SiteInput]) -> None:
    """0xRRGGBB from the atlas' mean colours."""
    from dataclasses import replace

    site = build_site(n=2)
    atlas = replace(site.atlas, colours=np.array([[255, 0, 1], [0, 16, 0]], np.uint8))

    assert data.catalogue(replace(site, atlas=atlas), ())["colour"] == [0xFF0001, 0x001000]


def test_atlas_twin_carries_the_file() -> None:
    """The script holds the page's bytes as base64."""
    key, text = payload(data.atlas_twin("atlas/64/0", b"RIFF\x00\xff"))

    assert (key, base64.b64decode(text)) == ("atlas/64/0", b"RIFF\x00\xff")


def without_measures(site: SiteInput) -> SiteInput:
    """The same site with nothing measured against random pairs."""
    from dataclasses import replace

    def bare(found: Neighbours) -> Neighbours:
        lists = (replace(one, percentile=None, chance=None) for one in (found.all, found.others))
        return Neighbours(*lists)

    views = tuple(replace(view, neighbours=bare(view.neighbours)) for view in site.views)
    return replace(site, views=views)


def test_measures_run_beside_the_scores(files: dict[str, bytes]) -> None:
    """Percentiles and chances have an entry for each score, and the items say the same."""
    found = json.loads(files["api/neighbours/look.json"])
    for scope in ("all", "others"):
        for row, image_id in enumerate(found["ids"]):
            item = json.loads(files[f"api/items/{image_id}.json"])
            told = item["views"]["look"]["neighbours"][scope]
            for name in ("percentile", "chance"):
                assert [one[name] for one in told] == found[scope][name][row]
                assert len(found[scope][name][row]) == len(found[scope]["scores"][row])


def test_what_was_not_measured_is_left_out(site: SiteInput) -> None:
    """No list of nothing: documents without measures fit the schemas and do not name them."""
    documents = parsed(dict(render(without_measures(site))))
    for path, document in documents.items():
        validator(kind_of(path)).validate(document)

    assert not {"percentile", "chance"} & set(documents["api/neighbours/look.json"]["all"])
    for one in documents["api/items/image-000.json"]["views"]["look"]["neighbours"]["all"]:
        assert set(one) == {"id", "score", "mutual", "orientation"}


def test_scores_may_lie_outside_the_cosines(site: SiteInput) -> None:
    """Likeness that adds up, or is corrected, may be above 1 or below -1."""
    from dataclasses import replace

    view = site.views[0]
    wide = replace(view.neighbours.all, scores=view.neighbours.all.scores * 7 - 4)
    neighbours = replace(view.neighbours, all=wide)
    documents = parsed(dict(render(replace(site, views=(replace(view, neighbours=neighbours),)))))
    for path in ("api/neighbours/look.json", "api/items/image-000.json"):
        validator(kind_of(path)).validate(documents[path])

    scores = documents["api/neighbours/look.json"]["all"]["scores"]
    assert max(max(line) for line in scores) > 1
    assert min(min(line) for line in scores) < -1


def test_a_view_names_all_its_descriptors(build_site: Callable[..., SiteInput]) -> None:
    """One descriptor stands by itself, several in a list with their weights; all fit the schema."""
    site = build_site(n=6, k=3, views=[{"name": "likeness"}, {"name": "look"}])
    documents = parsed(dict(render(site)))
    for path, document in documents.items():
        validator(kind_of(path)).validate(document)
    both = documents["api/neighbours/likeness.json"]["model"]
    one = documents["api/neighbours/look.json"]["model"]

    assert [card["backbone"] for card in both["descriptors"]] == ["lite0", "strokes"]
    assert [card["weight"] for card in both["descriptors"]] == [1, 1]
    assert (both["hubs"], one["hubs"]) == ("sources", "sources")
    assert (one["backbone"], one["orientations"], one["components"]) == ("lite0", "upright", 512)
    assert documents["version.json"]["models"] == {"likeness": both, "look": one}
