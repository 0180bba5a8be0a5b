"""`volvelle crop`: boxes of all tools become the same images, and bad ones are told."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from support import picture, tree

from builder.cropping.boxes import cut
from builder.cropping.read import regions
from builder.cropping.types import Region
from builder.errors import CorpusError

SIZE = (400, 300)
BOXES = ((40, 30, 100, 80), (200, 150, 120, 90))
LABELS = ("Moon", "Sun")
ADDRESS = "https://x.org/iiif/p%201/full/max/0/default.jpg"


def coco() -> dict[str, Any]:
    return {
        "images": [{"id": 7, "file_name": "p 1.png", "width": 800, "height": 600}],
        "categories": [{"id": at, "name": name} for at, name in enumerate(LABELS)],
        "annotations": [
            {"id": at, "image_id": 7, "category_id": at, "bbox": [2 * side for side in box]}
            for at, box in enumerate(BOXES)
        ],
    }


def via(version: int) -> dict[str, Any]:
    shapes = [
        {
            "shape_attributes": dict(
                zip(("name", "x", "y", "width", "height"), ("rect", *box), strict=True)
            ),
            "region_attributes": {"label": label},
        }
        for box, label in zip(BOXES, LABELS, strict=True)
    ]
    listed: Any = shapes if version == 2 else {str(at): one for at, one in enumerate(shapes)}
    files = {"p 1.png123": {"filename": "p 1.png", "size": 123, "regions": listed}}
    return {"_via_img_metadata": files, "_via_settings": {}} if version == 2 else files


def via_table() -> str:
    lines = [
        "filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes"
    ]
    for at, (box, label) in enumerate(zip(BOXES, LABELS, strict=True)):
        x, y, w, h = box
        xs, ys = [x, x + w, x + w, x], [y, y, y + h, y + h]
        shape = json.dumps({"name": "polygon", "all_points_x": xs, "all_points_y": ys})
        cells = [shape.replace('"', '""'), json.dumps({"kind": label}).replace('"', '""')]
        lines.append(f'p 1.png,123,"{{}}",2,{at},"{cells[0]}","{cells[1]}"')
    return "\n".join([*lines, 'none.png,1,"{}",0,0,"{}","{}"'])


def wadm() -> dict[str, Any]:
    (x, y, w, h), (u, v, p, q) = BOXES
    svg = f"<svg><polygon points='{u},{v} {u + p},{v} {u + p},{v + q} {u},{v + q}'/></svg>"
    return {"type": "AnnotationPage", "items": [
        {"type": "Annotation", "target": f"{ADDRESS}#xywh={x},{y},{w},{h}", "body": [
            {"type": "TextualBody", "value": "some words"},
            {"type": "TextualBody", "purpose": "tagging", "value": "Moon"}]},
        {"type": "Annotation", "body": {"type": "TextualBody", "value": "<p>Sun</p>"}, "target": {
            "source": {"id": ADDRESS}, "selector": [{"type": "SvgSelector", "value": svg}]}},
    ]}  # fmt: skip


def open_annotations() -> dict[str, Any]:
    (x, y, w, h), box = BOXES
    share = ",".join(str(100 * side / SIZE[at % 2]) for at, side in enumerate(box))
    return {"@type": "sc:AnnotationList", "resources": [
        {"@type": "oa:Annotation", "on": f"{ADDRESS}#xywh=pixel:{x},{y},{w},{h}",
         "resource": {"@type": "oa:Tag", "chars": "Moon"}},
        {"@type": "oa:Annotation", "resource": [{"chars": "Sun"}], "on": [{
            "full": ADDRESS, "selector": {"@type": "oa:Choice", "default": {
                "@type": "oa:FragmentSelector", "value": f"xywh=percent:{share}"}}}]},
    ]}  # fmt: skip


def yolo() -> str:
    lines = []
    for at, (x, y, w, h) in enumerate(BOXES):
        shares = (x + w / 2) / SIZE[0], (y + h / 2) / SIZE[1], w / SIZE[0], h / SIZE[1]
        lines.append(f"{at} " + " ".join(f"{share:.6f}" for share in shares))
    return "\n".join(lines)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with a page and what is known of it."""
    folder = tmp_path / "catalogue/pages/MS A"
    folder.mkdir(parents=True)
    Image.fromarray(picture(3, SIZE)).save(folder / "p 1.png")
    Image.fromarray(picture(4, SIZE)).save(folder / "p 2.jpg")
    (folder.parent / "metadata.csv").write_text(
        "filename,title,source,date,folio,rights_status,credit\n"
        "p 1.png,Page one,Vat. gr. 1594,c. 850,1r,restricted,A library\n"
    )
    return folder.parent


def annotated(folder: Path, kind: str) -> Path:
    """The boxes as a tool writes them."""
    made: dict[str, Callable[[], Any]] = {
        "coco": coco,
        "via1": lambda: via(1),
        "via2": lambda: via(2),
        "wadm": wadm,
        "oa": open_annotations,
    }
    if kind == "yolo":
        place = folder / "labels"
        place.mkdir(exist_ok=True)
        (place / "p 1.txt").write_text(yolo())
        (folder / "classes.txt").write_text("\n".join(LABELS))
        return place
    path = folder / f"{kind}.{'csv' if kind == 'table' else 'json'}"
    path.write_text(via_table() if kind == "table" else json.dumps(made[kind]()))
    return path


def rows(catalogue: Path) -> list[dict[str, str]]:
    with (catalogue / "metadata.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["coco", "via1", "via2", "table", "wadm", "oa", "yolo"])
def test_every_tool_gives_the_same_images(
    kind: str, pages: Path, volvelle: Callable, tmp_path: Path
) -> None:
    """Pixels of the page, and a row with page, box, label and what is known of the page."""
    catalogue = tmp_path / "catalogue"

    ran = volvelle(
        "crop", annotated(tmp_path, kind), "--to", catalogue, "--margin", 0, "-q", "--json"
    )

    assert (ran.code, ran.json["images"]) == (0, {"new": 2, "kept": 0})
    page = np.asarray(Image.open(pages / "MS A/p 1.png").convert("RGB"))
    for row, (x, y, w, h), label in zip(rows(catalogue), BOXES, LABELS, strict=True):
        shown = np.asarray(Image.open(catalogue / "images" / row["filename"]))
        assert np.array_equal(shown, page[y : y + h, x : x + w])
        assert (row["title"], row["source"], row["date"]) == (label, "Vat. gr. 1594", "c. 850")
        assert (row["folio"], row["rights_status"], row["credit"]) == (
            "1r",
            "restricted",
            "A library",
        )
        assert (row["crop_page"], row["crop_box"]) == ("MS A/p 1.png", f"{x},{y},{w},{h}")
        assert row["crop_page_size"] == "400x300"


def test_running_twice_changes_nothing(pages: Path, volvelle: Callable, tmp_path: Path) -> None:
    """Rows edited since stay edited; another margin cuts the same image anew."""
    catalogue, boxes = tmp_path / "catalogue", annotated(tmp_path, "coco")
    volvelle("crop", boxes, "--to", catalogue, "-q")
    table = catalogue / "metadata.csv"
    table.write_text(table.read_text().replace("Moon,", "The moon,", 1))
    before = tree(catalogue)

    ran = volvelle("crop", boxes, "--to", catalogue, "-q", "--json")

    assert ran.json["images"] == {"new": 0, "kept": 2}
    assert tree(catalogue) == before

    ran = volvelle("crop", boxes, "--to", catalogue, "-q", "--json", "--margin", 0.2)
    assert ran.json["images"] == {"new": 2, "kept": 0}
    first, second = rows(catalogue)
    assert (first["title"], first["crop_margin"]) == ("The moon", "0.2")
    assert Image.open(catalogue / "images" / first["filename"]).size == (140, 120)
    assert Image.open(catalogue / "images" / second["filename"]).size == (168, 138)


def test_bad_boxes_are_told_and_the_rest_is_cut(
    pages: Path, volvelle: Callable, tmp_path: Path
) -> None:
    """Outside, empty, not numbers, of no page, twice: one sentence each, and nothing else lost."""
    document = coco()
    bad: list[Any] = [
        [900, 0, 10, 10],
        [10, 10, 0, 50],
        [10, 10, 50, -5],
        ["x", 0, 1, 1],
        [math.nan, 0, 10, 10],
        [1, 2, 3],
        None,
        [700, 500, 400, 400],
        document["annotations"][0]["bbox"],
    ]
    document["annotations"] += [
        {"id": 100 + at, "image_id": 7, "bbox": box} for at, box in enumerate(bad)
    ]
    document["annotations"].append({"id": 200, "image_id": 8, "bbox": [0, 0, 9, 9]})
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(document))
    catalogue = tmp_path / "catalogue"

    ran = volvelle("crop", path, "--to", catalogue, "-q", "--json")

    assert (ran.code, ran.json["images"]) == (1, {"new": 3, "kept": 0})
    told = {one["path"].rpartition(" ")[2]: one["problem"] for one in ran.json["problems"]}
    assert len(told) == len(bad) + 1
    assert "outside of the page" in told["100"]
    assert told["101"] == "has a box of 0 x 25 pixels"
    assert all("no box of four numbers" in told[str(at)] for at in (103, 104, 105, 106))
    assert "reaches beyond" in told["107"]
    assert "twice" in told["108"]
    assert "which is not there" in told["200"]
    assert len(rows(catalogue)) == 3


def test_pages_that_cannot_be_told_apart_or_read_are_told(
    pages: Path, volvelle: Callable, tmp_path: Path
) -> None:
    """A name of two pages is not guessed; a damaged page loses its boxes alone."""
    (pages / "other").mkdir()
    (pages / "other/p 1.png").write_bytes((pages / "MS A/p 1.png").read_bytes())
    (pages / "MS A/p 2.jpg").write_bytes(b"\xff\xd8\xff broken")
    document = coco()
    document["images"] += [
        {"id": 8, "file_name": "other/p 1.png"},
        {"id": 9, "file_name": "p 2.jpg"},
    ]
    document["annotations"] += [
        {"id": 50 + at, "image_id": at, "bbox": [5, 5, 20, 20]} for at in (8, 9)
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))

    ran = volvelle("crop", path, "--to", tmp_path / "catalogue", "-q", "--json")

    assert ran.json["images"]["new"] == 1
    said = [one["problem"] for one in ran.json["problems"]]
    assert sum("may be" in one for one in said) == 2
    assert sum("decoded" in one for one in said) == 1


@given(
    st.tuples(*[st.floats(-500, 1500, width=32)] * 2, *[st.floats(0, 1500, width=32)] * 2),
    st.integers(1, 900), st.integers(1, 900), st.sampled_from([0, 0.02, 0.5]),
)  # fmt: skip
@settings(max_examples=120, deadline=None)
def test_what_is_cut_is_on_the_page_and_holds_the_box(
    box: tuple[float, float, float, float], width: int, height: int, margin: float
) -> None:
    """Compared with the pixels that lie in the box one by one."""
    one, said = cut(Region("p", box), width, height, margin)

    xs = [x for x in range(width) if x + 1 > box[0] + 0.03 and x < box[0] + box[2] - 0.03]
    ys = [y for y in range(height) if y + 1 > box[1] + 0.03 and y < box[1] + box[3] - 0.03]
    if one is None:
        assert said
        assert min(box[2], box[3]) < 1 or not xs or not ys or len(xs) * len(ys) <= 2 * width
        return
    assert 0 <= one.left <= one.left + one.width <= width
    assert 0 <= one.top <= one.top + one.height <= height
    left, top, wide, high = one.box
    assert set(xs) <= set(range(left, left + wide)) <= set(range(one.left, one.left + one.width))
    assert set(ys) <= set(range(top, top + high)) <= set(range(one.top, one.top + one.height))
    assert wide <= len(xs) + 2
    assert high <= len(ys) + 2


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.sampled_from(["", "x#xywh=1,2", "<svg>", "rect"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["items", "target", "on", "selector", "value", "source", "type", "body", "regions",
             "filename", "shape_attributes", "region_attributes", "images", "annotations", "bbox",
             "all_points_x", "all_points_y", "cx", "r", "categories", "name", "id", "image_id"]
        ),
        inner, max_size=4,
    ),
    max_leaves=30,
)  # fmt: skip


@given(_JSON)
@settings(max_examples=60, deadline=None)
def test_any_file_of_annotations_is_read_or_refused_in_words(document: Any) -> None:
    """Whatever stands in it, each region has a page that is text and a box of four numbers."""
    try:
        found = regions(json.dumps(document).encode(), "a.json")
    except CorpusError:
        return
    for one in found:
        assert isinstance(one.page, str)
        assert [isinstance(side, float | int) for side in one.box] == [True] * 4


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b\n1,2\n", b"{", b"{}"])
def test_what_holds_no_boxes_is_refused(content: bytes) -> None:
    """In one sentence that says what can be given."""
    with pytest.raises(CorpusError, match="Web Annotations"):
        regions(content, "a.json")
